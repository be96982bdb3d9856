//! Mutations of roles.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{Case, account};

/// A grant that the account `name` has on a subtree.
pub(in crate::laws) fn grant_of(app: &TestApp, name: &str) -> entity::GrantId {
    let authority = app.app.authority.current();
    let grants = &authority.grants[&app.account(name)];
    grants.iter().find(|grant| grant.organization.is_some()).unwrap().id
}

pub(in crate::laws) async fn grant(app: &TestApp) -> Value {
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap().clone();
    let role = roles.iter().find(|role| role["code"] == "secretary").unwrap()["id"].clone();
    json!({ "account": account(app, "nobody"), "role": role, "scope": "SUBTREE",
        "organization": app.organization_id("grid2"), "from": "2026-09-09", "reason": "换届任职" })
}

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "roleGrant",
            selection: "grant { id }",
            input: |app| Box::pin(async move { grant(app).await }),
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "roleGrantConfirm",
            selection: "grant { id }",
            input: |app| {
                Box::pin(async move {
                    let made = app.mutate("admin", "roleGrant", "grant { id }", grant(app).await).await;
                    json!({ "grant": made.at("/roleGrant/grant/id") })
                })
            },
            right: "admin2",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "roleGrantEnd",
            selection: "grant { id }",
            input: |app| {
                Box::pin(async move {
                    {
                        let made = app.mutate("admin", "roleGrant", "grant { id }", grant(app).await).await;
                        json!({ "grant": made.at("/roleGrant/grant/id"), "until": "2026-09-09", "reason": "离任" })
                    }
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
    ]
}
