//! Mutations of posts.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{Case, person};

fn post(app: &TestApp) -> Value {
    json!({ "organization": app.organization_id("grid1"), "person": person(app, "李示例宁"), "title": "DEPUTY_SECRETARY",
        "from": "2026-09-01" })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "postAssign",
            selection: "post { id }",
            input: |app| Box::pin(async move { post(app) }),
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("organization", "POST_ASSIGN")),
        },
        Case {
            field: "postEnd",
            selection: "post { id }",
            input: |app| {
                Box::pin(async move {
                    {
                        let made = app.mutate("secretary", "postAssign", "post { id }", post(app)).await;
                        json!({ "post": made.at("/postAssign/post/id"), "until": "2026-09-09" })
                    }
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
    ]
}
