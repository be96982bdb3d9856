//! Mutations of duties.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::Case;

async fn duty(app: &TestApp) -> Value {
    let document = "query($id: ID!) { obligations(first: 1, filter: { organization: $id }) { nodes { id } } }";
    let asked = app.run("secretary", document, json!({ "id": app.organization_id("grid1") })).await;
    asked.at("/obligations/nodes/0/id").clone()
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "obligationRecompute",
            selection: "job { id }",
            input: |app| Box::pin(async move { json!({ "organization": app.organization_id("chongchuan") }) }),
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "secretary", "inspector", "member", "admin"],
            guarded: Some(("organization", "OBLIGATION_RECOMPUTE")),
        },
        Case {
            field: "obligationSnooze",
            selection: "obligation { id }",
            input: |app| {
                Box::pin(async move {
                    json!({ "obligation": duty(app).await, "until": "2026-09-15", "reason": "等待调档" })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("obligation", "OBLIGATION_SNOOZE")),
        },
        Case {
            field: "obligationUnsnooze",
            selection: "obligation { id }",
            input: |app| {
                Box::pin(async move {
                    let duty = duty(app).await;
                    let input = json!({ "obligation": duty, "until": "2026-09-15", "reason": "等待调档" });
                    app.mutate("secretary", "obligationSnooze", "obligation { id }", input).await;
                    json!({ "obligation": duty })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
    ]
}
