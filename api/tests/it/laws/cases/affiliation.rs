//! Mutations of affiliations.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{Case, person};

fn station(app: &TestApp) -> Value {
    json!({ "person": person(app, "孙示例静"), "organization": app.organization_id("grid1"), "kind": "STATION", "from": "2026-09-01" })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "affiliationCreate",
            selection: "affiliation { id }",
            input: |app| Box::pin(async move { station(app) }),
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "affiliationEnd",
            selection: "affiliation { id }",
            input: |app| {
                Box::pin(async move {
                    {
                        let made = app
                            .mutate("organizer-chongchuan", "affiliationCreate", "affiliation { id }", station(app))
                            .await;
                        json!({ "affiliation": made.at("/affiliationCreate/affiliation/id"), "until": "2026-09-09" })
                    }
                })
            },
            right: "organizer-chongchuan",
            wrong: &["organizer-rugao", "inspector", "member", "admin"],
            guarded: None,
        },
    ]
}
