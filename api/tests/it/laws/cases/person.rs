//! Mutations of people.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{Case, person};

fn reported_in(app: &TestApp) -> Value {
    json!({ "organization": app.organization_id("grid1"), "affiliation": "COMMUNITY_REPORT_IN", "person": { "name": "许示例来" } })
}

pub(super) async fn archived(app: &TestApp) -> Value {
    let made = app.mutate("secretary", "personCreate", "person { id }", reported_in(app)).await;
    let id = made.at("/personCreate/person/id").clone();
    let input = json!({ "person": id, "reason": "离开", "version": 1 });
    let done = app.mutate("secretary", "personArchive", "person { version }", input).await;
    json!({ "person": id, "reason": "回来", "version": done.at("/personArchive/person/version") })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "personCreate",
            selection: "person { id }",
            input: |app| Box::pin(async move { reported_in(app) }),
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("organization", "PERSON_CREATE")),
        },
        Case {
            field: "personUpdate",
            selection: "person { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "person": person(app, "王示例安"), "version": 1, "employer": "示例厂" })
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("person", "PERSON_UPDATE")),
        },
        Case {
            field: "personArchive",
            selection: "person { id version }",
            input: |app| {
                Box::pin(async move {
                    {
                        let made = app.mutate("secretary", "personCreate", "person { id }", reported_in(app)).await;
                        json!({ "person": made.at("/personCreate/person/id"), "reason": "离开", "version": 1 })
                    }
                })
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("person", "PERSON_ARCHIVE")),
        },
        Case {
            field: "personRestore",
            selection: "person { id version }",
            input: |app| Box::pin(async move { archived(app).await }),
            right: "organizer-city",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: None,
        },
        Case {
            field: "personUnmask",
            selection: "value",
            input: |app| {
                Box::pin(
                    async move { json!({ "person": person(app, "赵示例远"), "field": "PHONE", "reason": "CARE" }) },
                )
            },
            right: "secretary",
            wrong: &["organizer-rugao", "inspector", "member", "secretary-grid2", "admin"],
            guarded: Some(("person", "PERSON_UNMASK")),
        },
        Case {
            field: "personExport",
            selection: "export { requestedAt }",
            input: |app| Box::pin(async move { json!({ "person": person(app, "李示例宁") }) }),
            right: "member",
            wrong: &["organizer-city", "organizer-chongchuan", "secretary", "secretary-grid2", "inspector", "admin"],
            guarded: None,
        },
    ]
}
