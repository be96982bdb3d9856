//! Signing in, going on, signing out.
use actix_web::{
    cookie::{Cookie, SameSite},
    test::TestRequest,
};
use jianghai::testing::{PASSWORD, TestApp};
use serde_json::json;

use super::{Reply, auth, bearer, graphql, send, sign_in, signed_in, whoami};

async fn refresh(app: &TestApp, cookie: &Cookie<'static>) -> Reply {
    send(app, auth("refresh", &json!({})).cookie(cookie.clone())).await
}

fn outcome(reply: &Reply) -> (u16, String) {
    (reply.status.as_u16(), reply.json()["code"].as_str().unwrap_or_default().to_owned())
}

fn failed(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

#[actix_web::test]
async fn a_name_and_its_password_open_a_session() {
    let app = TestApp::start().await;
    let reply = signed_in(&app, " Secretary ").await;
    assert_eq!(whoami(&app, &reply.token()).await, "secretary");
    assert_eq!(reply.json()["expiresAt"], "2026-09-09T08:05:00Z");
    let cookie = reply.refresh_cookie();
    assert_eq!(cookie.http_only(), Some(true));
    assert_eq!(cookie.same_site(), Some(SameSite::Strict));
    assert_eq!(cookie.path(), Some("/auth"));
    assert_eq!(cookie.max_age().map(actix_web::cookie::time::SignedDuration::whole_days), Some(30));
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(app.number("SELECT COUNT(*) FROM sign_in_event WHERE outcome = 'SIGNED_IN'").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM account WHERE last_sign_in_at IS NOT NULL").await, 1);
}

#[actix_web::test]
async fn unknown_name_and_wrong_password_read_the_same() {
    let app = TestApp::start().await;
    let unknown = sign_in(&app, "who", "no password at all").await;
    let wrong = sign_in(&app, "secretary", "no password at all").await;
    let strip = |reply: &Reply| {
        let mut body = reply.json();
        body["requestId"].take();
        (reply.status, body)
    };
    assert_eq!(strip(&unknown), strip(&wrong));
    assert_eq!(unknown.json()["message"], "Name or password are wrong; 4 more tries before a pause.");
    assert_eq!(outcome(&unknown), failed(401, "BAD_CREDENTIALS"));
}

#[actix_web::test]
async fn the_fifth_failure_brings_a_pause_that_grows_and_ends() {
    let app = TestApp::start().await;
    for n in 1..=5 {
        let reply = sign_in(&app, "secretary", "wrong").await;
        assert_eq!(outcome(&reply), failed(401, "BAD_CREDENTIALS"));
        assert_eq!(reply.json()["retryAfterSeconds"].as_u64(), (n == 5).then_some(30), "failure {n}");
    }
    app.clock.advance(10);
    let reply = sign_in(&app, "secretary", PASSWORD).await;
    assert_eq!(outcome(&reply), failed(429, "THROTTLED"));
    assert_eq!((reply.json()["retryAfterSeconds"].as_u64(), reply.header("retry-after")), (Some(20), "20"));
    assert_eq!(sign_in(&app, "member", PASSWORD).await.status, 200, "others are not concerned");
    app.clock.advance(20);
    assert_eq!(sign_in(&app, "secretary", "wrong").await.json()["retryAfterSeconds"], 60);
    app.clock.advance(60);
    signed_in(&app, "secretary").await;
    let reply = sign_in(&app, "secretary", "wrong").await;
    assert_eq!(reply.json()["message"], "Name or password are wrong; 4 more tries before a pause.");
}

#[actix_web::test]
async fn an_address_that_tries_many_names_is_slowed_down_and_good_sign_ins_are_not() {
    let app = TestApp::start().await;
    for _ in 0..60 {
        signed_in(&app, "member").await;
    }
    for n in 0..49 {
        let reply = sign_in(&app, &format!("guess{n}"), "wrong").await;
        assert_eq!(reply.json()["retryAfterSeconds"].as_u64(), None, "failure {n}");
    }
    assert_eq!(sign_in(&app, "guess49", "wrong").await.json()["retryAfterSeconds"], 30);
    assert_eq!(outcome(&sign_in(&app, "member", PASSWORD).await), failed(429, "THROTTLED"));
    let elsewhere = auth("sign-in", &json!({ "name": "member", "password": PASSWORD }))
        .peer_addr("198.51.100.1:1".parse().unwrap());
    assert_eq!(send(&app, elsewhere).await.status, 200);
}

#[actix_web::test]
async fn whoever_signed_in_before_is_not_locked_out_by_the_failures_of_others() {
    let app = TestApp::start().await;
    let device = signed_in(&app, "secretary").await.cookie("jianghai_device");
    assert_eq!(
        (device.http_only(), device.same_site(), device.path()),
        (Some(true), Some(SameSite::Strict), Some("/auth"))
    );
    for n in 0..50 {
        sign_in(&app, "secretary", "wrong").await;
        sign_in(&app, &format!("guess{n}"), "wrong").await;
    }
    let attempt = async |name: &str, password: &str| {
        let request = auth("sign-in", &json!({ "name": name, "password": password })).cookie(device.clone());
        outcome(&send(&app, request).await)
    };
    assert_eq!(outcome(&sign_in(&app, "secretary", PASSWORD).await), failed(429, "THROTTLED"));
    assert_eq!(attempt("secretary", PASSWORD).await, failed(200, ""));
    assert_eq!(attempt("member", PASSWORD).await, failed(429, "THROTTLED"), "known for one name, not for all");
    for _ in 0..5 {
        assert_eq!(attempt("secretary", "wrong").await, failed(401, "BAD_CREDENTIALS"));
    }
    assert_eq!(
        attempt("secretary", PASSWORD).await,
        failed(429, "THROTTLED"),
        "a stolen cookie is no place for guessing"
    );
}

#[actix_web::test]
async fn a_disabled_account_says_so_only_to_its_owner() {
    let app = TestApp::start().await;
    let session = signed_in(&app, "member").await;
    let input = json!({ "account": jianghai::graphql::ids::encode(app.account("member")).to_string(), "reason": "离职", "version": 1 });
    let answer = app.mutate("admin", "accountDisable", "account { status }", input).await;
    assert_eq!(answer.at("/accountDisable/account/status"), "DISABLED");
    assert_eq!(whoami(&app, &session.token()).await, "401 UNAUTHENTICATED");
    assert_eq!(outcome(&refresh(&app, &session.refresh_cookie()).await), failed(401, "REFRESH_INVALID"));
    assert_eq!(outcome(&sign_in(&app, "member", PASSWORD).await), failed(401, "ACCOUNT_DISABLED"));
    assert_eq!(outcome(&sign_in(&app, "member", "wrong").await), failed(401, "BAD_CREDENTIALS"));
}

#[actix_web::test]
async fn every_refresh_brings_a_new_token_and_the_old_one_ends_the_session() {
    let app = TestApp::start().await;
    let first = signed_in(&app, "secretary").await;
    app.clock.advance(200);
    let second = refresh(&app, &first.refresh_cookie()).await;
    assert_eq!(second.status, 200);
    assert_ne!(second.refresh_cookie().value(), first.refresh_cookie().value());
    assert_eq!(whoami(&app, &second.token()).await, "secretary");
    app.clock.advance(200);
    let third = refresh(&app, &second.refresh_cookie()).await;
    assert_eq!(third.status, 200);
    let stolen = refresh(&app, &first.refresh_cookie()).await;
    assert_eq!(outcome(&stolen), failed(401, "TOKEN_REUSED"));
    assert_eq!(stolen.refresh_cookie().value(), "", "the cookie is cleared");
    assert_eq!(outcome(&refresh(&app, &third.refresh_cookie()).await), failed(401, "REFRESH_INVALID"));
    assert_eq!(whoami(&app, &third.token()).await, "401 UNAUTHENTICATED");
    assert_eq!(app.number("SELECT COUNT(*) FROM sign_in_event WHERE outcome = 'TOKEN_REUSED'").await, 1);
}

#[actix_web::test]
async fn two_tabs_may_refresh_at_the_same_moment() {
    let app = TestApp::start().await;
    let first = signed_in(&app, "secretary").await;
    let one = refresh(&app, &first.refresh_cookie()).await;
    app.clock.advance(9);
    let other = refresh(&app, &first.refresh_cookie()).await;
    assert_eq!((one.status.as_u16(), other.status.as_u16()), (200, 200));
    // The browser keeps the cookie that came last; either would do, and the other is used up with it.
    app.clock.advance(250);
    let next = refresh(&app, &one.refresh_cookie()).await;
    assert_eq!(next.status, 200);
    app.clock.advance(11);
    assert_eq!(outcome(&refresh(&app, &other.refresh_cookie()).await), failed(401, "TOKEN_REUSED"));
}

#[actix_web::test]
async fn the_previous_token_is_forgiven_for_ten_seconds_only() {
    let app = TestApp::start().await;
    let first = signed_in(&app, "secretary").await;
    refresh(&app, &first.refresh_cookie()).await;
    app.clock.advance(11);
    assert_eq!(outcome(&refresh(&app, &first.refresh_cookie()).await), failed(401, "TOKEN_REUSED"));
}

#[actix_web::test]
async fn a_session_ends_when_it_is_idle_or_a_month_old() {
    let app = TestApp::start().await;
    let idle = signed_in(&app, "secretary").await;
    app.clock.advance(8 * 3_600);
    assert_eq!(outcome(&refresh(&app, &idle.refresh_cookie()).await), failed(401, "REFRESH_INVALID"));
    let mut cookie = signed_in(&app, "secretary").await.refresh_cookie();
    let mut refreshes = 0;
    loop {
        app.clock.advance(7 * 3_600);
        let reply = refresh(&app, &cookie).await;
        if reply.status != 200 {
            assert_eq!(outcome(&reply), failed(401, "REFRESH_INVALID"));
            break;
        }
        refreshes += 1;
        cookie = reply.refresh_cookie();
    }
    assert_eq!(refreshes, 30 * 24 / 7);
}

#[actix_web::test]
async fn signing_out_ends_the_session_at_once() {
    let app = TestApp::start().await;
    let reply = signed_in(&app, "secretary").await;
    let out = send(&app, auth("sign-out", &json!({})).cookie(reply.refresh_cookie())).await;
    assert_eq!((out.status.as_u16(), out.refresh_cookie().value()), (204, ""));
    assert_eq!(whoami(&app, &reply.token()).await, "401 UNAUTHENTICATED");
    assert_eq!(outcome(&refresh(&app, &reply.refresh_cookie()).await), failed(401, "REFRESH_INVALID"));
    let again = send(&app, auth("sign-out", &json!({})).cookie(reply.refresh_cookie())).await;
    assert_eq!(again.status, 204);
}

#[actix_web::test]
async fn a_damaged_cookie_is_no_failure_of_the_server() {
    let app = TestApp::start().await;
    for value in ["", "x", "%%%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &"A".repeat(5_000)] {
        let reply = refresh(&app, &Cookie::new("jianghai_refresh", value.to_owned())).await;
        assert_eq!(outcome(&reply), failed(401, "REFRESH_INVALID"), "{value}");
    }
    assert_eq!(outcome(&send(&app, auth("refresh", &json!({}))).await), failed(401, "REFRESH_INVALID"));
}

#[actix_web::test]
async fn only_our_own_page_may_sign_in() {
    let app = TestApp::start().await;
    let credentials = json!({ "name": "secretary", "password": PASSWORD });
    let foreign = auth("sign-in", &credentials).insert_header(("origin", "https://evil.example"));
    assert_eq!(outcome(&send(&app, foreign).await), failed(403, "ORIGIN_FORBIDDEN"));
    let bare = TestRequest::post().uri("/auth/sign-in").set_json(&credentials);
    assert_eq!(outcome(&send(&app, bare).await), failed(403, "ORIGIN_FORBIDDEN"));
    let text = TestRequest::post()
        .uri("/auth/sign-in")
        .insert_header(("x-jianghai", "1"))
        .insert_header(("content-type", "text/plain"))
        .set_payload(credentials.to_string());
    assert_eq!(outcome(&send(&app, text).await), failed(415, "MEDIA_TYPE_UNSUPPORTED"));
    let incomplete = auth("sign-in", &json!({ "name": "secretary" }));
    assert_eq!(outcome(&send(&app, incomplete).await), failed(400, "BAD_REQUEST"));
    assert_eq!(send(&app, TestRequest::with_uri("/auth/sign-in")).await.status, 405);
}

#[actix_web::test]
async fn messages_are_in_the_language_of_the_browser() {
    let app = TestApp::start().await;
    let request = auth("refresh", &json!({})).insert_header(("accept-language", "zh-CN,zh;q=0.9,en;q=0.8"));
    assert_eq!(send(&app, request).await.json()["message"], "登录已结束，请重新登录。");
    assert_eq!(send(&app, auth("refresh", &json!({}))).await.json()["message"], "The session is over; sign in again.");
}

#[actix_web::test]
async fn a_session_ended_elsewhere_is_over_at_once_and_the_own_list_shows_it() {
    let app = TestApp::start().await;
    let (old, new) = (signed_in(&app, "secretary").await, signed_in(&app, "secretary").await);
    let list = "{ viewer { account { sessions { id current } } } }";
    let reply = send(&app, graphql(list).insert_header(bearer(&new.token()))).await.json();
    let sessions = reply["data"]["viewer"]["account"]["sessions"].as_array().unwrap().clone();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| session["current"] == false).unwrap();
    let end = format!(
        "mutation {{ signInSessionEnd(input: {{ session: {} }}) {{ session {{ endedAt }} userErrors {{ code }} }} }}",
        other["id"]
    );
    let reply = send(&app, graphql(&end).insert_header(bearer(&new.token()))).await.json();
    assert_eq!(reply["data"]["signInSessionEnd"]["session"]["endedAt"], "2026-09-09T08:00:00Z");
    assert_eq!(whoami(&app, &old.token()).await, "401 UNAUTHENTICATED");
    assert_eq!(whoami(&app, &new.token()).await, "secretary");
    let foreign =
        app.mutate("organizer-rugao", "signInSessionEnd", "session { id }", json!({ "session": other["id"] }));
    assert_eq!(foreign.await.user_errors("signInSessionEnd"), ["session NOT_FOUND"]);
}

#[actix_web::test]
async fn who_is_signed_in_is_seen_by_those_who_see_the_account() {
    let app = TestApp::start().await;
    for name in ["secretary", "organizer-rugao", "admin"] {
        signed_in(&app, name).await;
    }
    let question = "{ signInSessions(first: 10) { totalCount nodes { account { name } endedAt } } }";
    for (viewer, seen) in [("secretary", vec!["secretary"]), ("admin", vec!["admin", "organizer-rugao", "secretary"])] {
        let answer = app.run(viewer, question, json!({})).await;
        let nodes = answer.at("/signInSessions/nodes").as_array().unwrap().clone();
        let mut names: Vec<_> = nodes.iter().map(|node| node["account"]["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert_eq!((names, answer.at("/signInSessions/totalCount")), (seen.clone(), &json!(seen.len())), "{viewer}");
    }
    app.execute("UPDATE sign_in_session SET ended_at = 1, end_reason = 'SIGNED_OUT'").await;
    assert_eq!(app.run("admin", question, json!({})).await.at("/signInSessions/totalCount"), 0);
}
