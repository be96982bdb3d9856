//! Mutations that design roles.
use serde_json::json;

use super::Case;
use crate::role_design::reader;

const WRONG: &[&str] = &["organizer-city", "secretary", "inspector", "member"];

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "roleCreate",
            selection: "role { id version }",
            input: |_| {
                Box::pin(async move {
                    json!({ "name": "看人", "nameEn": "Reader", "workbench": "ORGANIZER",
                        "permissions": ["PERSON_READ"], "passOn": [] })
                })
            },
            right: "admin",
            wrong: WRONG,
            guarded: None,
        },
        Case {
            field: "roleUpdate",
            selection: "role { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "role": reader(app).await, "name": "只看组织", "permissions": ["ORGANIZATION_READ"],
                        "version": 1 })
                })
            },
            right: "admin",
            wrong: WRONG,
            guarded: Some(("role", "ROLE_EDIT")),
        },
        Case {
            field: "roleArchive",
            selection: "role { id version }",
            input: |app| Box::pin(async move { json!({ "role": reader(app).await, "version": 1 }) }),
            right: "admin",
            wrong: WRONG,
            guarded: Some(("role", "ROLE_EDIT")),
        },
        Case {
            field: "roleRestore",
            selection: "role { id version }",
            input: |app| {
                Box::pin(async move {
                    let role = reader(app).await;
                    app.mutate("admin", "roleArchive", "role { id }", json!({ "role": role, "version": 1 })).await;
                    json!({ "role": role, "version": 2 })
                })
            },
            right: "admin",
            wrong: WRONG,
            guarded: Some(("role", "ROLE_EDIT")),
        },
    ]
}
