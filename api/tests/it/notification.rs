//! The inbox end to end: what is told to whom, once, and what of it can still be seen.
use entity::AccountId;
use jianghai::{
    features::notification::service::{self, Digest},
    graphql::ids,
    testing::TestApp,
};
use serde_json::{Value, json};
use tokio::sync::watch;

const NONE: Vec<String> = Vec::new();
const DAY: i64 = 86_400;
const INBOX: &str = "{ notificationUnreadCount notifications(first: 100) { nodes { id kind readAt
    obligation { kind dueOn organization { name } person { name } } grant { reason until } person { name }
    report { text answer answeredBy } job { label } digest { duties { kind open overdue } unread { kind count } } } } }";

async fn inbox(app: &TestApp, account: &str) -> Vec<Value> {
    let answer = app.run(account, INBOX, json!({})).await;
    assert_eq!(answer.codes(), Vec::<&str>::new(), "{}", answer.0);
    answer.at("/notifications/nodes").as_array().unwrap().clone()
}

async fn of_kind(app: &TestApp, account: &str, kind: &str) -> Vec<Value> {
    inbox(app, account).await.into_iter().filter(|row| row["kind"] == kind).collect()
}

async fn unread(app: &TestApp, account: &str) -> i64 {
    app.run(account, INBOX, json!({})).await.at("/notificationUnreadCount").as_i64().unwrap()
}

/// Runs every job that is due; answers how many there were.
async fn work(app: &TestApp) -> usize {
    let (_stop, stopped) = watch::channel(false);
    let mut ran = 0;
    while app.app.jobs.once(&app.app, app.app.ambient.uuid(), &stopped).await.unwrap() {
        ran += 1;
    }
    ran
}

async fn applicant(app: &TestApp, name: &str) {
    let input =
        json!({ "organization": app.organization_id("grid1"), "appliedOn": "2026-09-01", "person": { "name": name } });
    let made = app.mutate("organizer-city", "memberCreate", "member { id }", input).await;
    assert_eq!(made.user_errors("memberCreate"), NONE);
}

async fn role(app: &TestApp, code: &str) -> Value {
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap().clone();
    roles.iter().find(|role| role["code"] == code).unwrap()["id"].clone()
}

async fn grant(app: &TestApp, code: &str, until: Value) -> Value {
    let input = json!({ "account": ids::encode(app.account("nobody")), "role": role(app, code).await, "scope": "SUBTREE",
        "organization": app.organization_id("grid2"), "from": "2026-09-09", "until": until, "reason": "换届任职" });
    let made = app.mutate("admin", "roleGrant", "grant { id }", input).await;
    assert_eq!(made.user_errors("roleGrant"), NONE);
    made.at("/roleGrant/grant/id").clone()
}

#[tokio::test]
async fn a_new_duty_is_told_to_those_who_act_for_the_organization_and_to_nobody_above() {
    let app = TestApp::start().await;
    applicant(&app, "何示例新").await;
    let told = of_kind(&app, "secretary", "DUTY_NEW").await;
    assert_eq!(told.len(), 1, "{told:?}");
    let duty = json!({ "kind": "INCOMPLETE_RECORD", "dueOn": "2026-09-23", "organization": { "name": "虹东社区第一网格党支部" },
        "person": { "name": "何示例新" } });
    assert_eq!(told[0]["obligation"], duty);
    for account in ["organizer-city", "organizer-chongchuan", "secretary-grid2", "inspector", "admin", "nobody"] {
        assert_eq!(of_kind(&app, account, "DUTY_NEW").await, Vec::<Value>::new(), "{account}");
    }
}

#[tokio::test]
async fn a_notification_of_what_may_no_longer_be_seen_shows_nothing_of_it() {
    let app = TestApp::start().await;
    applicant(&app, "何示例新").await;
    let grants =
        app.run("admin", "{ accounts(first: 50) { nodes { name grants { id role { code } } } } }", json!({})).await;
    let accounts = grants.at("/accounts/nodes").as_array().unwrap().clone();
    let own =
        accounts.iter().find(|account| account["name"] == "secretary").unwrap()["grants"].as_array().unwrap().clone();
    for grant in own.iter().filter(|grant| grant["role"]["code"] == "secretary") {
        let input = json!({ "grant": grant["id"], "until": "2026-09-09", "reason": "离任" });
        assert_eq!(app.mutate("admin", "roleGrantEnd", "grant { id }", input).await.user_errors("roleGrantEnd"), NONE);
    }
    let told = of_kind(&app, "secretary", "DUTY_NEW").await;
    assert_eq!((told.len(), &told[0]["obligation"]), (1, &Value::Null));
}

#[tokio::test]
async fn a_sensitive_grant_is_told_to_those_who_can_confirm_it_and_then_to_its_holder() {
    let app = TestApp::start().await;
    let id = grant(&app, "secretary", Value::Null).await;
    let waiting = of_kind(&app, "admin2", "GRANT_WAITING").await;
    assert_eq!((waiting.len(), &waiting[0]["grant"]["reason"]), (1, &json!("换届任职")));
    for account in ["admin", "organizer-city", "nobody"] {
        assert_eq!(of_kind(&app, account, "GRANT_WAITING").await, Vec::<Value>::new(), "{account}");
    }
    assert_eq!(of_kind(&app, "nobody", "GRANT_BEGINS").await.len(), 0, "it is not in force");
    app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": id })).await;
    assert_eq!(of_kind(&app, "nobody", "GRANT_BEGINS").await.len(), 1);
}

#[tokio::test]
async fn an_erasure_is_told_to_the_others_who_may_confirm_it() {
    let app = TestApp::start().await;
    let visitor = json!({ "organization": app.organization_id("grid1"), "affiliation": "COMMUNITY_REPORT_IN",
        "person": { "name": "许示例来" } });
    let made = app.mutate("secretary", "personCreate", "person { id }", visitor).await;
    let person = made.at("/personCreate/person/id").clone();
    let gone = json!({ "person": person, "version": 1, "reason": "离开" });
    app.mutate("secretary", "personArchive", "person { id }", gone).await;
    let proposal = json!({ "person": person, "version": 2, "reason": "本人要求" });
    let proposed = app.mutate("organizer-chongchuan", "personErasePropose", "person { id }", proposal).await;
    assert_eq!(proposed.user_errors("personErasePropose"), NONE);
    let waiting = of_kind(&app, "organizer-city", "ERASURE_WAITING").await;
    assert_eq!((waiting.len(), &waiting[0]["person"]["name"]), (1, &json!("许示例来")));
    for account in ["organizer-chongchuan", "organizer-rugao", "secretary", "admin"] {
        assert_eq!(of_kind(&app, account, "ERASURE_WAITING").await, Vec::<Value>::new(), "{account}");
    }
}

#[tokio::test]
async fn an_answer_reaches_the_one_who_reported_the_problem() {
    let app = TestApp::start().await;
    let report = json!({ "page": "/members", "text": "名册打不开" });
    let made = app.mutate("secretary", "problemReport", "report { id }", report).await;
    let id = made.at("/problemReport/report/id").clone();
    let answer = json!({ "report": id, "answer": " 已修好，请再试 ", "version": 1 });
    let done = app.mutate("admin", "problemReportAnswer", "report { version }", answer.clone()).await;
    assert_eq!(done.user_errors("problemReportAnswer"), NONE);
    let told = of_kind(&app, "secretary", "REPORT_ANSWERED").await;
    let expected = json!({ "text": "名册打不开", "answer": "已修好，请再试", "answeredBy": "admin" });
    assert_eq!((told.len(), &told[0]["report"]), (1, &expected));
    assert_eq!(
        app.mutate("admin", "problemReportAnswer", "report { id }", answer).await.user_errors("problemReportAnswer"),
        ["version CONFLICT"]
    );
    let own = "{ problemReports { nodes { answer } } }";
    assert_eq!(
        app.run("secretary", own, json!({})).await.at("/problemReports/nodes"),
        &json!([{ "answer": "已修好，请再试" }])
    );
    assert_eq!(app.run("organizer-city", own, json!({})).await.at("/problemReports/nodes"), &json!([]));
}

#[tokio::test]
async fn whoever_asked_for_a_job_is_told_of_its_end() {
    let app = TestApp::start().await;
    let input = json!({ "organization": app.organization_id("chongchuan") });
    app.mutate("organizer-chongchuan", "obligationRecompute", "job { id }", input).await;
    assert!(work(&app).await > 0);
    let told = of_kind(&app, "organizer-chongchuan", "JOB_DONE").await;
    assert_eq!((told.len(), &told[0]["job"]["label"]), (1, &json!("Work out obligations again")));
    assert_eq!(of_kind(&app, "organizer-city", "JOB_DONE").await, Vec::<Value>::new());
    assert_eq!(
        of_kind(&app, "admin", "JOB_DONE").await,
        Vec::<Value>::new(),
        "what nobody asked for is told to nobody"
    );
}

#[tokio::test]
async fn every_day_what_became_overdue_and_what_ends_soon_is_told_once() {
    let app = TestApp::start().await;
    grant(&app, "alliance_coordinator", json!("2026-10-07")).await;
    for (days, day, expected) in [(20, "09-29", 0), (1, "09-30", 1), (1, "10-01", 1)] {
        app.clock.advance(days * DAY);
        work(&app).await;
        let told = of_kind(&app, "secretary", "DUTY_OVERDUE").await;
        let told = told.iter().filter(|row| row["obligation"]["kind"] == "REELECTION_DUE").count();
        let ending = of_kind(&app, "nobody", "GRANT_ENDS").await;
        assert_eq!((told, ending.len()), (expected, expected), "on {day}");
        assert!(ending.iter().all(|row| row["grant"]["until"] == "2026-10-07"), "{ending:?}");
    }
}

#[tokio::test]
async fn a_duty_that_is_put_off_is_not_reminded_of_before_its_day() {
    let app = TestApp::start().await;
    let document =
        "query($id: ID!) { obligations(filter: { organization: $id, kind: [REELECTION_DUE] }) { nodes { id } } }";
    let id = app.run("secretary", document, json!({ "id": app.organization_id("grid1") })).await;
    let input = json!({ "obligation": id.at("/obligations/nodes/0/id"), "until": "2026-10-09", "reason": "等待批复" });
    let done = app.mutate("secretary", "obligationSnooze", "obligation { id }", input).await;
    assert_eq!(done.user_errors("obligationSnooze"), NONE);
    for (days, day, expected) in [(21, "09-30", 0), (8, "10-08", 0), (1, "10-09", 1), (1, "10-10", 1)] {
        app.clock.advance(days * DAY);
        work(&app).await;
        let told = of_kind(&app, "secretary", "DUTY_OVERDUE").await;
        let told = told.iter().filter(|row| row["obligation"]["kind"] == "REELECTION_DUE").count();
        assert_eq!(told, expected, "on {day}");
    }
}

#[tokio::test]
async fn a_digest_sums_up_once_a_day_although_several_replicas_run() {
    let app = TestApp::start().await;
    work(&app).await;
    applicant(&app, "何示例新").await;
    let new = of_kind(&app, "secretary", "DUTY_NEW").await.len();
    app.clock.advance(DAY);
    let other = jianghai::job::Jobs::new(jianghai::features::work(&app.app.config));
    let (_stop, stopped) = watch::channel(false);
    loop {
        let one = app.app.jobs.once(&app.app, app.app.ambient.uuid(), &stopped);
        let two = other.once(&app.app, app.app.ambient.uuid(), &stopped);
        let (one, two) = tokio::join!(one, two);
        if !(one.unwrap() | two.unwrap()) {
            break;
        }
    }
    let count = "query($id: ID!) { organization(id: $id) { obligationCountByKind { kind open overdue } } }";
    for (account, organization) in [("secretary", "grid1"), ("organizer-city", "city")] {
        let digests = of_kind(&app, account, "DAILY_DIGEST").await;
        let due = app.run(account, count, json!({ "id": app.organization_id(organization) })).await;
        assert_eq!(digests.len(), 2, "{account}: one for each of two days");
        assert_eq!(&digests[0]["digest"]["duties"], due.at("/organization/obligationCountByKind"), "{account}");
    }
    let unread = of_kind(&app, "secretary", "DAILY_DIGEST").await[0]["digest"]["unread"].clone();
    assert!(unread.as_array().unwrap().contains(&json!({ "kind": "DUTY_NEW", "count": new })), "{unread}");
    assert_eq!(of_kind(&app, "nobody", "DAILY_DIGEST").await.len(), 0, "nobody is told that there is nothing");
    assert_eq!(of_kind(&app, "admin", "DAILY_DIGEST").await.len(), 0);
}

#[tokio::test]
async fn the_same_is_never_told_twice() {
    let app = TestApp::start().await;
    let account: AccountId = app.account("nobody");
    for _ in 0..2 {
        let tx = jianghai::db::Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "test").await.unwrap();
        service::digest(&tx, vec![(account, Digest::default()), (account, Digest::default())]).await.unwrap();
        tx.commit().await.unwrap();
    }
    assert_eq!(of_kind(&app, "nobody", "DAILY_DIGEST").await.len(), 1);
}

#[tokio::test]
async fn reading_up_to_one_leaves_what_came_after_it() {
    let app = TestApp::start().await;
    for name in ["何示例新", "何示例甲", "何示例乙"] {
        applicant(&app, name).await;
    }
    assert_eq!(unread(&app, "secretary").await, 3);
    let rows = inbox(&app, "secretary").await;
    let one = json!({ "notification": rows[2]["id"] });
    let done = app.mutate("secretary", "notificationRead", "notification { readAt }", one).await;
    assert!(done.at("/notificationRead/notification/readAt").is_string());
    assert_eq!(unread(&app, "secretary").await, 2);
    let middle = json!({ "notification": rows[1]["id"] });
    app.mutate("secretary", "notificationReadAll", "notification { id }", middle).await;
    assert_eq!(unread(&app, "secretary").await, 1);
    assert!(inbox(&app, "secretary").await[0]["readAt"].is_null());
}

#[tokio::test]
async fn a_kind_that_is_switched_off_is_neither_shown_nor_counted() {
    let app = TestApp::start().await;
    applicant(&app, "何示例新").await;
    for (kind, in_app) in [("DUTY_NEW", false), ("DUTY_OVERDUE", true)] {
        let wanted = json!({ "kind": kind, "inApp": in_app, "inDigest": false });
        let done = app
            .mutate("secretary", "notificationSettingUpdate", "setting { kind inApp inDigest }", wanted.clone())
            .await;
        assert_eq!(done.user_errors("notificationSettingUpdate"), NONE);
        assert_eq!(done.at("/notificationSettingUpdate/setting"), &wanted);
    }
    let document = "{ notificationSettings { kind inApp inDigest } }";
    let settings = app.run("secretary", document, json!({})).await;
    assert_eq!(settings.at("/notificationSettings").as_array().unwrap().len(), 10);
    assert_eq!(
        settings.at("/notificationSettings/0"),
        &json!({ "kind": "DUTY_NEW", "inApp": false, "inDigest": false })
    );
    assert_eq!((unread(&app, "secretary").await, inbox(&app, "secretary").await.len()), (0, 0));
    app.clock.advance(DAY);
    work(&app).await;
    assert_eq!(of_kind(&app, "secretary", "DAILY_DIGEST").await.len(), 0, "there is nothing left to sum up");
    assert_eq!(of_kind(&app, "organizer-city", "DAILY_DIGEST").await.len(), 1);
}

#[tokio::test]
async fn what_was_read_a_month_ago_falls_away() {
    let app = TestApp::start().await;
    work(&app).await;
    for name in ["何示例新", "何示例甲"] {
        applicant(&app, name).await;
    }
    let rows = of_kind(&app, "secretary", "DUTY_NEW").await;
    let one = json!({ "notification": rows[0]["id"] });
    let done = app.mutate("secretary", "notificationRead", "notification { readAt }", one).await;
    assert!(done.at("/notificationRead/notification/readAt").is_string(), "{}", done.0);
    let count = "SELECT COUNT(*) FROM notification WHERE kind = 'DUTY_NEW'";
    let all = app.number(count).await;
    app.clock.advance(29 * DAY);
    work(&app).await;
    assert_eq!(app.number(count).await, all);
    app.clock.advance(2 * DAY);
    work(&app).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM job WHERE kind = 'notification_daily' AND state <> 'DONE'").await, 0);
    assert_eq!(app.number(count).await, all - 1, "those that nobody read stay");
}
