//! Second factors, one-time links, and what they keep from whom.
use jianghai::{
    features::second_factor::totp,
    testing::{PASSWORD, TestApp},
};
use serde_json::{Value, json};

use crate::{
    http::{Reply, auth, send, sign_in, whoami},
    laws::cases::credentials::{begun, code_now, confirmed},
};

/// A sign-in with a code.
pub async fn with_code(app: &TestApp, name: &str, code: &str) -> Reply {
    send(app, auth("sign-in", &json!({ "name": name, "password": PASSWORD, "code": code }))).await
}

fn code_of(reply: &Reply) -> String {
    reply.json()["code"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_second_factor_is_asked_for_after_the_password_and_a_code_opens_once() {
    let app = TestApp::start().await;
    let (seed, codes) = confirmed(&app, "organizer-city").await;
    assert_eq!(codes.len(), 10);
    assert_eq!(code_of(&sign_in(&app, "organizer-city", PASSWORD).await), "SECOND_FACTOR_NEEDED");
    assert_eq!(code_of(&sign_in(&app, "organizer-city", "a wrong password").await), "BAD_CREDENTIALS");
    // The code that confirmed it was used.
    assert_eq!(code_of(&with_code(&app, "organizer-city", &code_now(&app, &seed)).await), "BAD_CODE");
    app.clock.advance(30);
    let code = code_now(&app, &seed);
    let opened = with_code(&app, "organizer-city", &code).await;
    assert_eq!(whoami(&app, &opened.token()).await, "organizer-city");
    assert_eq!(code_of(&with_code(&app, "organizer-city", &code).await), "BAD_CODE");
    let opened = with_code(&app, "organizer-city", &codes[3].to_uppercase().replace('-', " ")).await;
    assert_eq!(opened.status, 200);
    assert_eq!(code_of(&with_code(&app, "organizer-city", &codes[3]).await), "BAD_CODE");
    // Recovery codes are of one account.
    let (_, others) = confirmed(&app, "inspector").await;
    assert_eq!(code_of(&with_code(&app, "organizer-city", &others[0]).await), "BAD_CODE");
}

#[tokio::test]
async fn wrong_codes_pause_like_wrong_passwords_and_the_password_alone_forgives_none() {
    let app = TestApp::start().await;
    let (seed, _) = confirmed(&app, "organizer-city").await;
    app.clock.advance(30);
    for _ in 0..5 {
        assert_eq!(code_of(&with_code(&app, "organizer-city", "000000").await), "BAD_CODE");
        let between = code_of(&sign_in(&app, "organizer-city", PASSWORD).await);
        assert!(["SECOND_FACTOR_NEEDED", "THROTTLED"].contains(&between.as_str()), "{between}");
    }
    assert_eq!(code_of(&with_code(&app, "organizer-city", &code_now(&app, &seed)).await), "THROTTLED");
    let unlock = json!({ "account": crate::laws::cases::account(&app, "organizer-city") });
    let done = app.mutate("admin", "accountUnlock", "account { id }", unlock).await;
    assert_eq!(done.user_errors("accountUnlock"), Vec::<String>::new());
    assert_eq!(with_code(&app, "organizer-city", &code_now(&app, &seed)).await.status, 200);
}

#[tokio::test]
async fn who_has_no_password_learns_nothing_of_names_and_factors() {
    let app = TestApp::start().await;
    confirmed(&app, "organizer-city").await;
    let mut answers = Vec::new();
    for name in ["organizer-city", "inspector", "no-such-name"] {
        let body = json!({ "name": name, "password": "a wrong password", "code": "123456" });
        let reply = send(&app, auth("sign-in", &body)).await;
        let mut body = reply.json();
        body["requestId"] = Value::Null;
        answers.push((reply.status, body));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[tokio::test]
async fn setting_up_and_switching_off_need_the_password_and_a_code() {
    let app = TestApp::start().await;
    let wrong = json!({ "password": "a wrong password" });
    let refused = app.mutate("organizer-city", "secondFactorBegin", "setup { secret }", wrong).await;
    assert_eq!(refused.user_errors("secondFactorBegin"), ["password WRONG_PASSWORD"]);
    let seed = begun(&app, "organizer-city").await;
    assert_eq!(sign_in(&app, "organizer-city", PASSWORD).await.status, 200, "it does not work before a first code");
    let wrong = json!({ "code": totp::code(&seed, 1) });
    let refused = app.mutate("organizer-city", "secondFactorConfirm", "recoveryCodes", wrong).await;
    assert_eq!(refused.user_errors("secondFactorConfirm"), ["code INVALID"]);
    let right = json!({ "code": code_now(&app, &seed) });
    app.mutate("organizer-city", "secondFactorConfirm", "recoveryCodes", right).await;
    let again = json!({ "password": PASSWORD });
    let refused = app.mutate("organizer-city", "secondFactorBegin", "setup { secret }", again).await;
    assert_eq!(refused.user_errors("secondFactorBegin"), [" DUPLICATE"]);
    let off = json!({ "password": PASSWORD, "code": "000000" });
    let refused = app.mutate("organizer-city", "secondFactorDisable", "account { id }", off).await;
    assert_eq!(refused.user_errors("secondFactorDisable"), ["code INVALID"]);
    app.clock.advance(30);
    let off = json!({ "password": PASSWORD, "code": code_now(&app, &seed) });
    let done = app.mutate("organizer-city", "secondFactorDisable", "account { secondFactor }", off).await;
    assert_eq!(done.user_errors("secondFactorDisable"), Vec::<String>::new());
    assert_eq!(sign_in(&app, "organizer-city", PASSWORD).await.status, 200);
}

pub(super) async fn demand(app: &TestApp, by: &str, code: &str) -> Vec<String> {
    let roles = app.run("admin", "{ roles { id code version } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap();
    let role = roles.iter().find(|role| role["code"] == code).unwrap();
    let input = json!({ "role": role["id"], "required": true, "version": role["version"] });
    app.mutate(by, "roleSecondFactorRequire", "role { requiresSecondFactor }", input)
        .await
        .user_errors("roleSecondFactorRequire")
}

#[tokio::test]
async fn a_role_that_demands_a_second_factor_works_only_with_one() {
    let app = TestApp::start().await;
    let seen = "{ viewer { lacksSecondFactor permissions } organizations { totalCount } }";
    let before = app.run("inspector", seen, json!({})).await;
    assert_eq!(before.at("/viewer/lacksSecondFactor"), false);
    assert_eq!(demand(&app, "admin", "inspector").await, Vec::<String>::new());
    let without = app.run("inspector", seen, json!({})).await;
    assert_eq!(without.at("/viewer/lacksSecondFactor"), true);
    assert_eq!(without.at("/viewer/permissions"), &json!([]));
    assert_eq!(without.at("/organizations/totalCount"), 0);
    confirmed(&app, "inspector").await;
    let with = app.run("inspector", seen, json!({})).await;
    assert_eq!(with.at("/organizations/totalCount"), before.at("/organizations/totalCount"));
}

#[tokio::test]
async fn the_last_administrator_is_neither_reset_nor_left_without_a_demanded_factor() {
    let app = TestApp::start().await;
    assert_eq!(demand(&app, "admin", "administrator").await, ["required INVALID"]);
    confirmed(&app, "admin").await;
    assert_eq!(demand(&app, "admin", "administrator").await, Vec::<String>::new());
    let seen = app.run("admin", "{ viewer { permissions } }", json!({})).await;
    assert!(!seen.at("/viewer/permissions").as_array().unwrap().is_empty());
    let off = json!({ "password": PASSWORD, "code": "000000" });
    let refused = app.mutate("admin", "secondFactorDisable", "account { id }", off).await;
    assert_eq!(refused.user_errors("secondFactorDisable"), [" INVALID"]);
    // The other administrator has no factor, so he administers nothing, and may not reset the one who does.
    let reset = json!({ "account": crate::laws::cases::account(&app, "admin"), "reason": "试", "version": 1 });
    let refused = app.mutate("admin2", "accountReset", "account { id }", reset).await;
    assert_ne!(refused.user_errors("accountReset").len() + refused.codes().len(), 0);
}

async fn reset(app: &TestApp, account: &str) -> String {
    let found = app
        .run(
            "admin",
            "query($id: ID!) { account(id: $id) { version } }",
            json!({ "id": crate::laws::cases::account(app, account) }),
        )
        .await;
    let input = json!({ "account": crate::laws::cases::account(app, account), "reason": "忘记密码",
        "version": found.at("/account/version") });
    let made = app.mutate("admin", "accountReset", "slip { name code validUntil }", input).await;
    assert_eq!(made.user_errors("accountReset"), Vec::<String>::new(), "{}", made.0);
    made.at("/accountReset/slip/code").as_str().unwrap().to_owned()
}

pub async fn start(app: &TestApp, code: &str, password: &str) -> Reply {
    send(app, auth("start", &json!({ "code": code, "password": password }))).await
}

#[tokio::test]
async fn a_one_time_link_sets_a_password_once_and_ends_everything_before() {
    let app = TestApp::start().await;
    let before = sign_in(&app, "inspector", PASSWORD).await.token();
    let first = reset(&app, "inspector").await;
    assert_eq!(whoami(&app, &before).await, "401 UNAUTHENTICATED", "sessions end at once");
    assert_eq!(
        code_of(&sign_in(&app, "inspector", PASSWORD).await),
        "BAD_CREDENTIALS",
        "the old password opens no more"
    );
    let second = reset(&app, "inspector").await;
    let new = "three quiet herons";
    assert_eq!(code_of(&start(&app, &first, new).await), "LINK_INVALID", "a new link ends the one before");
    assert_eq!(code_of(&start(&app, &second, "short").await), "WEAK_PASSWORD");
    let done = start(&app, &second, new).await;
    assert_eq!((done.status.as_u16(), done.json()["name"].clone()), (200, json!("inspector")));
    assert_eq!(code_of(&start(&app, &second, new).await), "LINK_INVALID");
    assert_eq!(sign_in(&app, "inspector", new).await.status, 200);
    assert_eq!(app.number(&format!("SELECT COUNT(*) FROM audit WHERE body LIKE '%{second}%'")).await, 0);

    let late = reset(&app, "inspector").await;
    app.clock.advance(72 * 3_600);
    assert_eq!(code_of(&start(&app, &late, new).await), "LINK_INVALID");
    let unknown = start(&app, "never-made", new).await.json()["message"].clone();
    assert_eq!(start(&app, &late, new).await.json()["message"], unknown);
}

#[tokio::test]
async fn a_person_sees_his_own_sign_ins_and_an_administrator_those_in_scope() {
    let app = TestApp::start().await;
    sign_in(&app, "inspector", "a wrong password").await;
    app.clock.advance(1);
    sign_in(&app, "inspector", PASSWORD).await;
    let question = "query($id: ID!) { signInEvents(account: $id) { totalCount nodes { address outcome } } }";
    let asked = json!({ "id": crate::laws::cases::account(&app, "inspector") });
    for viewer in ["inspector", "admin"] {
        let seen = app.run(viewer, question, asked.clone()).await;
        let expected = json!([{ "address": "192.0.2.7", "outcome": "SIGNED_IN" },
            { "address": "192.0.2.7", "outcome": "BAD_CREDENTIALS" }]);
        assert_eq!(seen.at("/signInEvents/nodes"), &expected, "{viewer}");
    }
    let hidden = app.run("organizer-city", question, asked).await;
    assert_eq!(hidden.at("/signInEvents/totalCount"), 0);
}
