//! Mutations of sets of rules.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::Case;

/// The set of rules that comes with the product.
pub(in crate::laws) const SHIPPED_RULES: entity::RuleSetId =
    entity::RuleSetId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));

async fn draft(app: &TestApp) -> Value {
    let input = json!({ "family": "OBLIGATION" });
    let made = app.mutate("admin", "ruleSetDraft", "ruleSet { id version }", input).await;
    json!({ "ruleSet": made.at("/ruleSetDraft/ruleSet/id"), "version": 1 })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "ruleSetDraft",
            selection: "ruleSet { id }",
            input: |_| Box::pin(async { json!({ "family": "OBLIGATION", "note": "通党组〔2026〕1号" }) }),
            right: "admin",
            wrong: &["organizer-city", "inspector", "member", "secretary"],
            guarded: None,
        },
        Case {
            field: "ruleSetEdit",
            selection: "ruleSet { id version }",
            input: |app| {
                Box::pin(async move {
                    let mut input = draft(app).await;
                    input["note"] = json!("通党组〔2026〕2号");
                    input["rules"] = json!([{ "completeRecord": { "days": 21 } }]);
                    input
                })
            },
            right: "admin",
            wrong: &["organizer-city", "inspector", "member", "secretary"],
            guarded: Some(("ruleSet", "RULE_EDIT")),
        },
        Case {
            field: "ruleSetPublish",
            selection: "ruleSet { id version }",
            input: |app| {
                Box::pin(async move {
                    let mut input = draft(app).await;
                    input["from"] = json!("2026-10-01");
                    input
                })
            },
            right: "admin",
            wrong: &["organizer-city", "inspector", "member", "secretary"],
            guarded: Some(("ruleSet", "RULE_EDIT")),
        },
        Case {
            field: "ruleSetDiscard",
            selection: "ruleSet { id version }",
            input: |app| Box::pin(async move { draft(app).await }),
            right: "admin",
            wrong: &["organizer-city", "inspector", "member", "secretary"],
            guarded: Some(("ruleSet", "RULE_EDIT")),
        },
    ]
}
