//! Cases of what accounts show to be let in: tokens, one-time links, second factors.
use jianghai::{
    features::second_factor::totp,
    testing::{PASSWORD, TestApp},
};
use serde_json::{Value, json};

use super::{Case, account};

/// A service account that may read below `organization`.
pub(crate) async fn service(app: &TestApp, name: &str, organization: &str) -> Value {
    let input = json!({ "name": name, "kind": "SERVICE", "password": "a long enough secret" });
    let made = app.mutate("admin", "accountCreate", "account { id }", input).await;
    let account = made.at("/accountCreate/account/id").clone();
    let role = role(app, "integrator").await;
    let grant = json!({ "account": account, "role": role, "scope": "SUBTREE",
        "organization": app.organization_id(organization), "from": "2026-09-09", "reason": "接口对接" });
    let made = app.mutate("admin", "roleGrant", "grant { id }", grant).await;
    assert_eq!(made.user_errors("roleGrant"), Vec::<String>::new(), "{}", made.0);
    account
}

/// What issues a token of a fresh service account that may read below `organization`.
pub(crate) async fn issue(app: &TestApp, organization: &str) -> Value {
    let account = service(app, "integrator", organization).await;
    json!({ "account": account, "name": "统计平台", "permissions": ["ORGANIZATION_READ", "PERSON_READ"], "life": "DAYS_30" })
}

/// The seed that `account` begins a second factor with.
pub(crate) async fn begun(app: &TestApp, account: &str) -> Vec<u8> {
    let input = json!({ "password": PASSWORD });
    let made = app.mutate(account, "secondFactorBegin", "setup { secret }", input).await;
    assert_eq!(made.user_errors("secondFactorBegin"), Vec::<String>::new(), "{}", made.0);
    from_base32(made.at("/secondFactorBegin/setup/secret").as_str().unwrap())
}

/// A working second factor of `account`: its seed and its recovery codes.
pub(crate) async fn confirmed(app: &TestApp, account: &str) -> (Vec<u8>, Vec<String>) {
    let seed = begun(app, account).await;
    let input = json!({ "code": code_now(app, &seed) });
    let made = app.mutate(account, "secondFactorConfirm", "recoveryCodes", input).await;
    assert_eq!(made.user_errors("secondFactorConfirm"), Vec::<String>::new(), "{}", made.0);
    let codes = made.at("/secondFactorConfirm/recoveryCodes").as_array().unwrap();
    (seed, codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect())
}

/// What an app shows now.
pub(crate) fn code_now(app: &TestApp, seed: &[u8]) -> String {
    totp::code(seed, totp::step_at(app.app.ambient.now()))
}

fn from_base32(text: &str) -> Vec<u8> {
    let value = |letter: char| "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap();
    let bits: Vec<usize> =
        text.chars().flat_map(|letter| (0..5).rev().map(move |bit| value(letter) >> bit & 1)).collect();
    let byte = |bits: &[usize]| bits.iter().fold(0, |byte, bit| byte << 1 | *bit);
    bits.chunks_exact(8).map(|bits| u8::try_from(byte(bits)).unwrap()).collect()
}

async fn role(app: &TestApp, code: &str) -> Value {
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap();
    roles.iter().find(|role| role["code"] == code).unwrap()["id"].clone()
}

/// The table.
pub(super) fn cases() -> Vec<Case> {
    vec![
        Case {
            field: "accountReset",
            selection: "account { id version }",
            input: |app| {
                Box::pin(async move {
                    json!({ "account": account(app, "inspector"), "reason": "忘记密码", "version": 1 })
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "member"],
            guarded: Some(("account", "ACCOUNT_RESET")),
        },
        Case {
            field: "accountUnlock",
            selection: "account { id }",
            input: |app| Box::pin(async move { json!({ "account": account(app, "inspector") }) }),
            right: "admin",
            wrong: &["organizer-city", "secretary", "member"],
            guarded: Some(("account", "ACCOUNT_RESET")),
        },
        Case {
            field: "secondFactorBegin",
            selection: "setup { secret uri picture pictureSize }",
            input: |_| Box::pin(async move { json!({ "password": PASSWORD }) }),
            right: "organizer-city",
            wrong: &[],
            guarded: None,
        },
        Case {
            field: "secondFactorConfirm",
            selection: "account { id } recoveryCodes",
            input: |app| {
                Box::pin(async move {
                    let seed = begun(app, "organizer-city").await;
                    json!({ "code": code_now(app, &seed) })
                })
            },
            right: "organizer-city",
            wrong: &[],
            guarded: None,
        },
        Case {
            field: "secondFactorDisable",
            selection: "account { id }",
            input: |app| {
                Box::pin(async move {
                    let (_, codes) = confirmed(app, "organizer-city").await;
                    json!({ "password": PASSWORD, "code": codes[0] })
                })
            },
            right: "organizer-city",
            wrong: &[],
            guarded: None,
        },
        Case {
            field: "accountSecondFactorReset",
            selection: "account { id version }",
            input: |app| {
                Box::pin(async move {
                    confirmed(app, "inspector").await;
                    json!({ "account": account(app, "inspector"), "reason": "手机丢失", "version": 1 })
                })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "member"],
            guarded: Some(("account", "ACCOUNT_RESET")),
        },
        Case {
            field: "roleSecondFactorRequire",
            selection: "role { id version }",
            input: |app| {
                Box::pin(async move { json!({ "role": role(app, "inspector").await, "required": true, "version": 1 }) })
            },
            right: "admin",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
        Case {
            field: "apiTokenIssue",
            selection: "token { id }",
            input: |app| Box::pin(async move { issue(app, "hongdong").await }),
            right: "admin2",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: Some(("account", "TOKEN_ISSUE")),
        },
        Case {
            field: "apiTokenRevoke",
            selection: "token { id revokedAt }",
            input: |app| {
                Box::pin(async move {
                    let made = app.mutate("admin", "apiTokenIssue", "token { id }", issue(app, "hongdong").await).await;
                    json!({ "token": made.at("/apiTokenIssue/token/id") })
                })
            },
            right: "admin2",
            wrong: &["organizer-city", "secretary", "inspector", "member"],
            guarded: None,
        },
    ]
}
