//! Extending one grant and renewing many.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{NONE, end, extend, give, given, grant, reads, wish};

const DAY: i64 = 24 * 60 * 60;

#[tokio::test]
async fn an_extension_follows_without_a_gap_and_is_linked() {
    let app = TestApp::start().await;
    let first = given(&app, "nobody", "station_keeper", "rugao", "2026-09-11").await;
    assert_eq!(grant(&app, "admin", &first).await["extendable"], true);
    assert_eq!(grant(&app, "nobody", &first).await["extendable"], false, "nobody extends his own");
    let answer = extend(&app, "admin", &first, json!("2026-09-13")).await;
    assert_eq!(answer.user_errors("roleGrantExtend"), NONE, "{}", answer.0);
    let second = answer.at("/roleGrantExtend/grant").clone();
    assert_eq!((&second["from"], &second["until"]), (&json!("2026-09-11"), &json!("2026-09-13")));
    assert_eq!((&second["status"], &second["extends"]["id"]), (&json!("UPCOMING"), &first));
    assert_eq!(grant(&app, "admin", &first).await["extension"]["id"], second["id"]);
    assert_eq!(grant(&app, "admin", &first).await["until"], "2026-09-11", "what was given stays as it was");
    // 2026-09-12 lies in the extension, 2026-09-13 behind it.
    app.clock.advance(3 * DAY);
    assert!(reads(&app, "nobody", "kz1").await);
    assert_eq!(grant(&app, "admin", &first).await["status"], "ENDED");
    let open = extend(&app, "admin", &second["id"], Value::Null).await;
    assert_eq!(open.at("/roleGrantExtend/grant/until"), &Value::Null, "{}", open.0);
    app.clock.advance(300 * DAY);
    assert!(reads(&app, "nobody", "kz1").await);
    let rows = app.number("SELECT COUNT(*) FROM audit WHERE action = 'roleGrantExtend'").await;
    assert_eq!(rows, 2);
}

#[tokio::test]
async fn the_end_of_a_grant_ends_what_extends_it() {
    let app = TestApp::start().await;
    let first = given(&app, "nobody", "station_keeper", "rugao", "2026-09-20").await;
    let second = extend(&app, "admin", &first, json!("2026-09-30")).await.at("/roleGrantExtend/grant/id").clone();
    let third = extend(&app, "admin", &second, Value::Null).await.at("/roleGrantExtend/grant/id").clone();
    assert_eq!(end(&app, "admin", &first, "2026-09-12").await, NONE);
    assert_eq!(grant(&app, "admin", &second).await["status"], "ENDED");
    assert_eq!(grant(&app, "admin", &third).await["status"], "ENDED");
    assert!(reads(&app, "nobody", "rugao").await, "until the 12th");
    app.clock.advance(3 * DAY);
    assert!(!reads(&app, "nobody", "rugao").await);
    app.clock.advance(10 * DAY);
    assert!(!reads(&app, "nobody", "rugao").await, "nothing comes back");
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'roleGrantEnd'").await, 3, "one row a grant");
}

#[tokio::test]
async fn the_extension_of_a_sensitive_role_waits_for_a_second_holder() {
    let app = TestApp::start().await;
    let first = given(&app, "nobody", "inspector", "rugao", "2026-09-12").await;
    let early = extend(&app, "admin", &first, json!("2026-10-01")).await;
    assert_eq!(early.user_errors("roleGrantExtend"), ["grant INVALID"], "it waits itself");
    let confirm = |id: &Value| json!({ "grant": id });
    let confirmed = app.mutate("admin2", "roleGrantConfirm", "grant { id }", confirm(&first)).await;
    assert_eq!(confirmed.user_errors("roleGrantConfirm"), NONE);
    let second = extend(&app, "admin", &first, json!("2026-10-01")).await;
    let second = second.at("/roleGrantExtend/grant").clone();
    assert_eq!((&second["waiting"], &second["status"]), (&json!(true), &json!("WAITING")));
    let waiting = app.run("admin2", "{ grantsToConfirm { id } }", json!({})).await;
    assert_eq!(waiting.at("/grantsToConfirm"), &json!([{ "id": second["id"] }]));
    app.clock.advance(4 * DAY);
    assert!(!reads(&app, "nobody", "rugao").await, "unconfirmed it never begins");
    let confirmed = app.mutate("admin2", "roleGrantConfirm", "grant { from }", confirm(&second["id"])).await;
    assert_eq!(confirmed.at("/roleGrantConfirm/grant/from"), "2026-09-13");
    assert!(reads(&app, "nobody", "rugao").await);
}

#[tokio::test]
async fn what_is_wrong_with_an_extension_is_named() {
    let app = TestApp::start().await;
    let plain = given(&app, "nobody", "station_keeper", "rugao", "2026-09-20").await;
    let errors = async |by: &str, grant: &Value, until: Value, reason: &str| {
        let input = json!({ "grant": grant, "until": until, "reason": reason });
        let answer = app.mutate(by, "roleGrantExtend", "grant { id }", input).await;
        (answer.user_errors("roleGrantExtend"), answer.codes().first().map(|code| (*code).to_owned()))
    };
    let later = json!("2026-12-01");
    let open = give(&app, "admin", wish(&app, "nobody", "station_keeper", "empty", Value::Null).await).await;
    let own = app.run("admin2", "{ viewer { grants { id } } }", json!({})).await.at("/viewer/grants/0/id").clone();
    for (grant, until, reason, expected) in [
        (&json!("x"), later.clone(), "理由", "grant NOT_FOUND"),
        (&plain, json!("2026-09-20"), "理由", "until OUT_OF_RANGE"),
        (&plain, json!("2026-09-01"), "理由", "until OUT_OF_RANGE"),
        (&plain, later.clone(), " ", "reason REQUIRED"),
        (&plain, later.clone(), &"x".repeat(201), "reason TOO_LONG"),
        (&open, later.clone(), "理由", "grant INVALID"),
    ] {
        assert_eq!(errors("admin", grant, until, reason).await.0, [expected]);
    }
    assert_eq!(errors("admin2", &own, later.clone(), "理由").await.0, ["grant INVALID"], "nobody extends his own");
    assert_eq!(errors("nobody", &plain, later.clone(), "理由").await.1.as_deref(), Some("FORBIDDEN"));
    assert_eq!(errors("organizer-rugao", &plain, later.clone(), "理由").await.0, ["grant NOT_FOUND"]);
    // A grant of the same role for the days behind it is in the way.
    let mut behind = wish(&app, "nobody", "station_keeper", "rugao", json!("2027-01-01")).await;
    behind["from"] = json!("2026-10-01");
    give(&app, "admin", behind).await;
    assert_eq!(errors("admin", &plain, later.clone(), "理由").await.0, ["grant OVERLAP"]);
    assert_eq!(errors("admin", &plain, json!("2026-10-01"), "理由").await.0, NONE);
    assert_eq!(errors("admin", &plain, json!("2026-10-01"), "理由").await.0, ["grant OVERLAP"], "once is enough");
    assert_eq!(end(&app, "admin", &open, "2026-09-09").await, NONE);
    assert_eq!(errors("admin", &open, later, "理由").await.0, ["grant INVALID"], "it has ended");
}

#[tokio::test]
async fn nobody_extends_beyond_his_own_period() {
    let app = TestApp::start().await;
    // An administrator of one county, for a while: what he hands on ends with him.
    let own = given(&app, "nobody", "administrator", "rugao", "2026-10-01").await;
    app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": own })).await;
    let other = wish(&app, "organizer-rugao", "station_keeper", "baipu", json!("2026-09-20")).await;
    let other = give(&app, "nobody", other).await;
    let beyond = extend(&app, "nobody", &other, json!("2026-10-02")).await;
    assert_eq!(beyond.codes(), ["FORBIDDEN"]);
    assert_eq!(extend(&app, "nobody", &other, Value::Null).await.codes(), ["FORBIDDEN"]);
    // His own is extended by others; from then on he may hand on for as long.
    let longer = extend(&app, "admin", &own, json!("2026-11-01")).await.at("/roleGrantExtend/grant/id").clone();
    assert_eq!(extend(&app, "nobody", &other, json!("2026-10-02")).await.codes(), ["FORBIDDEN"], "it waits");
    app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": longer })).await;
    let within = extend(&app, "nobody", &other, json!("2026-10-02")).await;
    assert_eq!(within.user_errors("roleGrantExtend"), NONE, "{}", within.0);
}

#[tokio::test]
async fn many_are_renewed_and_each_says_what_became_of_it() {
    let app = TestApp::start().await;
    let mut grants = Vec::new();
    for place in ["rugao", "chongchuan", "hongqiao"] {
        grants.push(given(&app, "nobody", "station_keeper", place, "2026-09-20").await);
    }
    let open = give(&app, "admin", wish(&app, "nobody", "station_keeper", "kz1", Value::Null).await).await;
    let wanted = json!([grants[0], open, "nonsense", grants[1], grants[1]]);
    let renew = async |by: &str, grants: Value, reason: &str| {
        let input = json!({ "grants": grants, "until": "2027-03-01", "reason": reason });
        app.mutate(by, "roleGrantRenew", "grants { until extends { id } }", input).await
    };
    let rows = app.number("SELECT COUNT(*) FROM audit").await;
    let answer = renew("admin", wanted, "年度续期").await;
    let done = |id: &Value| json!({ "until": "2027-03-01", "extends": { "id": id } });
    assert_eq!(
        answer.at("/roleGrantRenew/grants"),
        &json!([done(&grants[0]), null, null, done(&grants[1]), null]),
        "{}",
        answer.0
    );
    assert_eq!(answer.user_errors("roleGrantRenew"), ["grants.1 INVALID", "grants.2 NOT_FOUND", "grants.4 OVERLAP"]);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, rows + 2, "one row a grant");
    assert_eq!(renew("admin", json!([]), "理由").await.user_errors("roleGrantRenew"), ["grants REQUIRED"]);
    let many = json!(vec![grants[2].clone(); 101]);
    assert_eq!(renew("admin", many, "理由").await.user_errors("roleGrantRenew"), ["grants OUT_OF_RANGE"]);
    assert_eq!(renew("admin", json!([grants[2]]), "").await.user_errors("roleGrantRenew"), ["reason REQUIRED"]);
    assert_eq!(renew("nobody", json!([grants[2]]), "理由").await.codes(), ["FORBIDDEN"]);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, rows + 2);
}
