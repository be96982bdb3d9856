//! Mutations of jobs.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::Case;

async fn queued(app: &TestApp) -> Value {
    let input = json!({ "organization": app.organization_id("chongchuan") });
    let asked = app.mutate("organizer-chongchuan", "obligationRecompute", "job { id }", input).await;
    asked.at("/obligationRecompute/job/id").clone()
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "jobStart",
            selection: "job { id }",
            input: |_| Box::pin(async move { json!({ "kind": "integrity_check" }) }),
            right: "admin",
            wrong: &["organizer-city", "organizer-rugao", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "jobCancel",
            selection: "job { id }",
            input: |app| Box::pin(async move { json!({ "job": queued(app).await }) }),
            right: "admin",
            wrong: &["organizer-rugao", "organizer-city", "secretary", "inspector", "member"],
            guarded: Some(("job", "JOB_MANAGE")),
        },
        Case {
            field: "jobRetry",
            selection: "job { id }",
            input: |app| {
                Box::pin(async move {
                    let job = queued(app).await;
                    app.mutate("admin", "jobCancel", "job { id }", json!({ "job": job })).await;
                    json!({ "job": job })
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "organizer-city", "secretary", "inspector", "member"],
            guarded: Some(("job", "JOB_MANAGE")),
        },
    ]
}
