//! Mutations of grants that go on.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{Case, grant};

/// A grant in force that ends some day.
async fn ending(app: &TestApp) -> Value {
    let mut wish = grant(app).await;
    wish["until"] = json!("2027-01-01");
    let made = app.mutate("admin", "roleGrant", "grant { id }", wish).await.at("/roleGrant/grant/id").clone();
    let confirmed = app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": made })).await;
    assert!(confirmed.user_errors("roleGrantConfirm").is_empty(), "{}", confirmed.0);
    made
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "roleGrantExtend",
            selection: "grant { id }",
            input: |app| {
                Box::pin(async move { json!({ "grant": ending(app).await, "until": "2027-06-01", "reason": "续任" }) })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "roleGrantRenew",
            selection: "grants { id }",
            input: |app| {
                Box::pin(async move {
                    json!({ "grants": [ending(app).await], "until": "2027-06-01", "reason": "年度续期" })
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
    ]
}
