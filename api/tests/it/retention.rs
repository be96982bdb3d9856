//! The daily job: what is kept no longer goes, the rest stays, and the result says what went.
use std::sync::Arc;

use jianghai::{
    features::retention::{REGISTER, job::RetentionDaily},
    job::Jobs,
    testing::TestApp,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::{Value, json};
use tokio::sync::watch;

const DAY: i64 = 86_400;

/// Runs the job of this night; its result in both languages.
async fn night(app: &TestApp) -> Value {
    let jobs = Jobs::new(vec![Arc::new(RetentionDaily)]);
    let (_stop, stopped) = watch::channel(false);
    assert!(jobs.once(&app.app, app.app.ambient.uuid(), &stopped).await.unwrap());
    let asked = "{ jobs(first: 1, filter: { kind: [\"retention_daily\"] }) { nodes { state done result } } }";
    app.run("admin", asked, json!({})).await.at("/jobs/nodes/0").clone()
}

async fn count(app: &TestApp, table: &str) -> i64 {
    app.number(&format!("SELECT COUNT(*) FROM {table}")).await
}

/// A sign-in of `secretary`, with a token, as the sign-in page leaves it.
async fn signed_in(app: &TestApp) {
    let (now, id) = (app.app.ambient.now(), app.app.ambient.uuid());
    let session = entity::sign_in_session::ActiveModel {
        id: Set(id.into()),
        account_id: Set(app.account("secretary")),
        created_at: Set(now),
        last_seen_at: Set(now),
        expires_at: Set(now.plus_seconds(7 * DAY)),
        address: Set("192.0.2.1".to_owned()),
        user_agent: Set("a browser".to_owned()),
        ended_at: Set(None),
        end_reason: Set(None),
    };
    let token = entity::refresh_token::ActiveModel {
        hash: Set(id.as_bytes().to_vec()),
        session_id: Set(id.into()),
        issued_at: Set(now),
        used_at: Set(None),
    };
    let event = entity::sign_in_event::ActiveModel {
        id: Set(app.app.ambient.uuid()),
        at: Set(now),
        account_id: Set(Some(app.account("secretary"))),
        address: Set("192.0.2.1".to_owned()),
        outcome: Set(entity::SignInOutcome::SignedIn),
    };
    let failures = entity::sign_in_throttle::ActiveModel {
        key: Set(format!("address:{id}")),
        failures: Set(1),
        last_at: Set(now),
        blocked_until: Set(now),
    };
    let db = app.app.db.write();
    session.insert(db).await.unwrap();
    token.insert(db).await.unwrap();
    event.insert(db).await.unwrap();
    failures.insert(db).await.unwrap();
}

#[tokio::test]
async fn what_is_kept_no_longer_goes_on_its_day_and_not_before() {
    let app = TestApp::start().await;
    signed_in(&app).await;
    let report = json!({ "page": "/", "text": "a problem", "idempotencyKey": "once" });
    app.mutate("secretary", "problemReport", "report { id }", report).await;
    let upload = json!({ "owner": app.organization_id("grid1"), "name": "半.txt", "size": 6 });
    app.mutate("secretary", "attachmentUploadBegin", "upload { id }", upload).await;
    let tables = [
        "sign_in_throttle",
        "attachment_upload",
        "refresh_token",
        "idempotency_key",
        "sign_in_event",
        "sign_in_session",
        "problem_report",
    ];
    let mut left = Vec::new();
    let mut day = 0;
    assert_eq!(night(&app).await, json!({ "state": "DONE", "done": 0, "result": "Nothing had to be removed." }));
    // The day on which each is still there, and the day after, on which it is not.
    for (next, gone) in
        [(1, 0), (2, 2), (7, 2), (8, 3), (30, 3), (31, 4), (200, 4), (201, 5), (207, 5), (208, 6), (730, 6), (731, 7)]
    {
        app.clock.advance((next - day) * DAY);
        day = next;
        left.clear();
        night(&app).await;
        for table in tables {
            left.push(count(&app, table).await);
        }
        let expected: Vec<i64> = (0..tables.len()).map(|place| i64::from(place >= gone)).collect();
        assert_eq!(left, expected, "day {day}: {tables:?}");
    }
}

#[tokio::test]
async fn the_result_says_how_many_rows_of_which_table_went() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        signed_in(&app).await;
    }
    app.clock.advance(10 * DAY);
    let said = night(&app).await;
    let expected = "Rows removed: 6. Refresh tokens: 3; Failed sign-ins: 3.";
    assert_eq!(said, json!({ "state": "DONE", "done": 6, "result": expected }));
    // The same night again: nothing is left to do.
    app.execute("UPDATE job SET state = 'QUEUED', finished_at = NULL, checkpoint = NULL, done = 0").await;
    assert_eq!(night(&app).await["result"], "Nothing had to be removed.");
}

#[tokio::test]
async fn more_rows_than_one_step_takes_go_in_several() {
    let app = TestApp::start().await;
    for _ in 0..205 {
        signed_in(&app).await;
    }
    app.clock.advance(300 * DAY);
    assert_eq!(night(&app).await["done"], 4 * 205);
    assert_eq!(count(&app, "sign_in_session").await, 0);
}

#[tokio::test]
async fn records_of_the_work_and_history_stay_for_ever() {
    let app = TestApp::start().await;
    let lasting: Vec<_> = REGISTER.iter().filter(|entry| entry.end().is_none()).collect();
    let mut before = Vec::new();
    for entry in &lasting {
        before.push((entry.table, count(&app, entry.table).await));
    }
    app.clock.advance(40_000 * DAY);
    assert_eq!(night(&app).await["state"], "DONE");
    for (table, n) in before {
        assert_eq!(count(&app, table).await, n, "{table}");
    }
}

#[tokio::test]
async fn finished_jobs_go_and_the_last_five_document_lists_stay() {
    let app = TestApp::start().await;
    for n in 0..7 {
        app.clock.advance(60);
        let documents = format!("{{\"{n}\":\"\"}}");
        jianghai::db::document_list::publish(&app.app.db, &documents, app.app.ambient.now()).await.unwrap();
    }
    night(&app).await;
    assert_eq!(count(&app, "document_list").await, 5);
    assert_eq!(
        app.number("SELECT COUNT(*) FROM document_list WHERE documents IN ('{\"0\":\"\"}', '{\"1\":\"\"}')").await,
        0
    );
    app.clock.advance(89 * DAY);
    night(&app).await;
    assert_eq!(count(&app, "job").await, 2);
    app.clock.advance(2 * DAY);
    night(&app).await;
    assert_eq!(count(&app, "job").await, 2, "the first is gone, the third is there");
}

#[tokio::test]
async fn the_register_says_what_is_kept_for_what_and_how_long() {
    let app = TestApp::start().await;
    let rules = "{ retentionRules { table name purpose personal kind days sentence } }";
    let answer = app.run("member", rules, json!({})).await;
    let rules = answer.at("/retentionRules").as_array().unwrap();
    let of = |table: &str| rules.iter().find(|rule| rule["table"] == table).unwrap().clone();
    assert_eq!(rules.len(), REGISTER.len());
    assert_eq!(
        of("sign_in_event"),
        json!({ "table": "sign_in_event", "name": "Sign-ins", "personal": true, "kind": "AFTER_CREATION", "days": 200,
            "purpose": "Noticing foreign sign-ins; the law demands six months.", "sentence": "For 200 days after it was made." })
    );
    assert_eq!((&of("person")["kind"], &of("person")["days"]), (&json!("WITH_PERSON"), &json!(null)));
    assert_eq!(of("audit")["sentence"], "For ever. Proof of who did what; without it nobody answers for anything.");
}
