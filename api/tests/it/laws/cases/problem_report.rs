//! Mutations of reports of problems.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::Case;

async fn reported(app: &TestApp) -> Value {
    let report = json!({ "page": "/members", "text": "名册打不开" });
    let made = app.mutate("secretary", "problemReport", "report { id }", report).await;
    made.at("/problemReport/report/id").clone()
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "problemReportAnswer",
            selection: "report { id version }",
            input: |app| {
                Box::pin(async move { json!({ "report": reported(app).await, "answer": "已修好", "version": 1 }) })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: Some(("report", "PROBLEM_ANSWER")),
        },
        Case {
            field: "problemReport",
            selection: "report { id }",
            input: |_| Box::pin(async move { json!({ "page": "/members", "text": "名册打不开" }) }),
            right: "nobody",
            wrong: &[],
            guarded: None,
        },
    ]
}
