//! Mutations of accounts.
use serde_json::json;

use super::{Case, account};
use crate::laws::mutations::CURRENT;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "accountCreate",
            selection: "account { id }",
            input: |_| {
                Box::pin(async move {
                    json!({ "name": "new-service", "kind": "SERVICE", "password": "a long enough secret" })
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "accountOpenForPosts",
            selection: "opened { account { id } grant { id } }",
            input: |app| {
                Box::pin(async move {
                    let post = crate::account_for_posts::post(app, "吴示例泰", "kz1", "DEPUTY_SECRETARY").await;
                    let role = crate::grant::role(app, "station_keeper").await;
                    json!({ "rows": [{ "post": post, "name": "wu.tai", "role": role }], "reason": "换届" })
                })
            },
            right: "admin",
            wrong: &["organizer-city", "organizer-rugao", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "accountDisable",
            selection: "account { id version }",
            input: |app| {
                Box::pin(async move { json!({ "account": account(app, "inspector"), "reason": "离岗", "version": 1 }) })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "member"],
            guarded: Some(("account", "ACCOUNT_DISABLE")),
        },
        Case {
            field: "accountEnable",
            selection: "account { id version }",
            input: |app| {
                Box::pin(async move {
                    {
                        let input = json!({ "account": account(app, "inspector"), "reason": "离岗", "version": 1 });
                        app.mutate("admin", "accountDisable", "account { id }", input).await;
                        json!({ "account": account(app, "inspector"), "reason": "返岗", "version": 2 })
                    }
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "member"],
            guarded: None,
        },
        Case {
            field: "accountPasswordChange",
            selection: "account { id }",
            input: |_| {
                Box::pin(async move { json!({ "currentPassword": CURRENT, "newPassword": "another long secret 9" }) })
            },
            right: "organizer-city",
            wrong: &[],
            guarded: None,
        },
    ]
}
