//! Mutations of notifications.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::Case;

async fn told(app: &TestApp) -> Value {
    let made = app.mutate("organizer-city", "memberCreate", "member { id }", activist(app)).await;
    assert_eq!(made.user_errors("memberCreate"), Vec::<String>::new());
    let inbox = app.run("secretary", "{ notifications(first: 1) { nodes { id } } }", json!({})).await;
    json!({ "notification": inbox.at("/notifications/nodes/0/id") })
}

fn activist(app: &TestApp) -> Value {
    json!({ "organization": app.organization_id("grid1"), "person": { "name": "何示例新" }, "appliedOn": "2026-09-01" })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "notificationRead",
            selection: "notification { id }",
            input: |app| Box::pin(async move { told(app).await }),
            right: "secretary",
            wrong: &["organizer-city", "organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "notificationReadAll",
            selection: "notification { id }",
            input: |app| Box::pin(async move { told(app).await }),
            right: "secretary",
            wrong: &["organizer-city", "organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "notificationSettingUpdate",
            selection: "setting { kind }",
            input: |_| Box::pin(async move { json!({ "kind": "JOB_DONE", "inApp": false, "inDigest": true }) }),
            right: "nobody",
            wrong: &[],
            guarded: None,
        },
    ]
}
