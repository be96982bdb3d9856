//! Duties end to end: putting them off, and how many of each kind lie below.
use jianghai::testing::{Answer, TestApp};
use serde_json::{Value, json};

const NONE: Vec<String> = Vec::new();
const DAY: i64 = 86_400;

async fn duties(app: &TestApp, account: &str, filter: Value) -> Vec<Value> {
    let document = "query($filter: ObligationFilter) { obligations(first: 100, filter: $filter) {
        nodes { id kind dueOn snooze { until reason by } } } }";
    app.run(account, document, json!({ "filter": filter })).await.at("/obligations/nodes").as_array().unwrap().clone()
}

async fn first(app: &TestApp) -> Value {
    duties(app, "secretary", json!({ "organization": app.organization_id("grid1") })).await[0]["id"].clone()
}

async fn snooze(app: &TestApp, account: &str, input: Value) -> Answer {
    app.mutate(account, "obligationSnooze", "obligation { id snooze { until reason by } }", input).await
}

async fn counts(app: &TestApp, account: &str, organization: &str) -> Value {
    let document = "query($id: ID!) { organization(id: $id) {
        obligationCount { open overdue snoozed } obligationCountByKind { kind open overdue snoozed } } }";
    app.run(account, document, json!({ "id": app.organization_id(organization) })).await.at("/organization").clone()
}

#[tokio::test]
async fn a_duty_that_is_put_off_says_by_whom_why_and_until_when_and_comes_back_by_itself() {
    let app = TestApp::start().await;
    let duty = first(&app).await;
    let input = json!({ "obligation": duty, "until": "2026-09-15", "reason": " 等待调档 " });
    let done = snooze(&app, "secretary", input).await;
    assert_eq!(done.user_errors("obligationSnooze"), NONE);
    let expected = json!({ "until": "2026-09-15", "reason": "等待调档", "by": "secretary" });
    assert_eq!(done.at("/obligationSnooze/obligation/snooze"), &expected);
    let asleep = duties(&app, "organizer-city", json!({ "snoozed": true })).await;
    assert_eq!(asleep.len(), 1);
    assert_eq!((&asleep[0]["id"], &asleep[0]["snooze"]), (&duty, &expected), "those above see who and why");
    let awake = duties(&app, "secretary", json!({ "snoozed": false })).await;
    assert!(awake.iter().all(|row| row["id"] != duty && row["snooze"].is_null()), "{awake:?}");
    app.clock.advance(6 * DAY);
    assert_eq!(duties(&app, "organizer-city", json!({ "snoozed": true })).await, Vec::<Value>::new());
    let back = duties(&app, "secretary", json!({ "snoozed": false })).await;
    assert!(back.iter().any(|row| row["id"] == duty && row["snooze"].is_null()), "{back:?}");
}

#[tokio::test]
async fn a_duty_that_is_put_off_stays_counted() {
    let app = TestApp::start().await;
    let before = counts(&app, "organizer-city", "city").await;
    assert_eq!(before["obligationCount"]["snoozed"], 0);
    let duty = first(&app).await;
    snooze(&app, "secretary", json!({ "obligation": duty, "until": "2026-09-15", "reason": "等待调档" })).await;
    let after = counts(&app, "organizer-city", "city").await;
    for field in ["open", "overdue"] {
        assert_eq!(after["obligationCount"][field], before["obligationCount"][field], "{field}");
    }
    assert_eq!(after["obligationCount"]["snoozed"], 1);
}

#[tokio::test]
async fn a_duty_is_put_off_for_a_reason_and_not_for_ever() {
    let app = TestApp::start().await;
    let duty = first(&app).await;
    let table = [
        ("2026-09-10", "等待调档", NONE),
        ("2026-10-09", "等待调档", NONE),
        ("2026-09-09", "等待调档", vec!["until OUT_OF_RANGE".to_owned()]),
        ("2026-10-10", "等待调档", vec!["until OUT_OF_RANGE".to_owned()]),
        ("2026-09-15", "  ", vec!["reason REQUIRED".to_owned()]),
        ("2026-09-15", &"长".repeat(201), vec!["reason TOO_LONG".to_owned()]),
    ];
    for (until, reason, errors) in table {
        let input = json!({ "obligation": duty, "until": until, "reason": reason });
        assert_eq!(snooze(&app, "secretary", input).await.user_errors("obligationSnooze"), errors, "{until} {reason}");
    }
    app.execute("UPDATE obligation SET closed_at = 1").await;
    let input = json!({ "obligation": duty, "until": "2026-09-15", "reason": "等待调档" });
    assert_eq!(snooze(&app, "secretary", input).await.user_errors("obligationSnooze"), ["obligation INVALID"]);
}

#[tokio::test]
async fn a_duty_is_taken_up_again_once() {
    let app = TestApp::start().await;
    let duty = first(&app).await;
    snooze(&app, "secretary", json!({ "obligation": duty, "until": "2026-09-15", "reason": "等待调档" })).await;
    let again = async || {
        app.mutate("secretary", "obligationUnsnooze", "obligation { snooze { by } }", json!({ "obligation": duty }))
            .await
    };
    let done = again().await;
    assert_eq!(done.user_errors("obligationUnsnooze"), NONE);
    assert_eq!(done.at("/obligationUnsnooze/obligation"), &json!({ "snooze": null }));
    assert_eq!(again().await.user_errors("obligationUnsnooze"), ["obligation INVALID"]);
}

#[tokio::test]
async fn a_new_day_ends_what_was_put_off() {
    let app = TestApp::start().await;
    let of_grid = json!({ "kind": ["REELECTION_DUE"], "organization": app.organization_id("grid1") });
    let term = duties(&app, "secretary", of_grid.clone()).await[0]["id"].clone();
    snooze(&app, "secretary", json!({ "obligation": term, "until": "2026-10-01", "reason": "等待批复" })).await;
    let recorded = json!({ "organization": app.organization_id("grid1"), "from": "2026-09-08",
        "until": "2029-09-08", "version": 1 });
    let done = app.mutate("secretary", "termRecord", "organization { id }", recorded).await;
    assert_eq!(done.user_errors("termRecord"), NONE, "{}", done.0);
    let moved = duties(&app, "secretary", of_grid).await;
    assert_eq!((&moved[0]["dueOn"], &moved[0]["snooze"]), (&json!("2029-09-08"), &Value::Null));
}

#[tokio::test]
async fn the_duties_of_a_subtree_are_counted_by_kind() {
    let app = TestApp::start().await;
    for (account, organization) in
        [("organizer-city", "city"), ("organizer-chongchuan", "chongchuan"), ("secretary", "grid1")]
    {
        let seen = counts(&app, account, organization).await;
        let rows = duties(&app, account, json!({ "organization": app.organization_id(organization) })).await;
        let kinds = seen["obligationCountByKind"].as_array().unwrap();
        let mut open = 0;
        for kind in kinds {
            let of = |row: &&Value| row["kind"] == kind["kind"];
            assert_eq!(kind["open"], rows.iter().filter(of).count(), "{organization}: {kind}");
            let late = |row: &&Value| of(row) && row["dueOn"].as_str().unwrap() < "2026-09-09";
            assert_eq!(kind["overdue"], rows.iter().filter(late).count(), "{organization}: {kind}");
            open += kind["open"].as_i64().unwrap();
        }
        assert_eq!((rows.len(), &json!(open)), (usize::try_from(open).unwrap(), &seen["obligationCount"]["open"]));
        assert!(open > 0, "{organization}");
    }
    let hidden = counts(&app, "admin", "city").await;
    assert_eq!(hidden["obligationCountByKind"], json!([]), "an administrator reads no duties");
}
