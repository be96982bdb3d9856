//! Grants that end soon are duties, seen and counted by whoever may see grants.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{NONE, end, extend, given};

const DAY: i64 = 24 * 60 * 60;

/// The duties about grants that `viewer` sees, with whose grant it is.
async fn duties(app: &TestApp, viewer: &str) -> Vec<Value> {
    let document = "{ obligations(first: 100, filter: { kind: [GRANT_ENDING] }) {
        nodes { id dueOn organization { name } person { name } grant { id account { name } } } } }";
    app.run(viewer, document, json!({})).await.at("/obligations/nodes").as_array().unwrap().clone()
}

/// Works the duties of the whole city out again.
async fn recomputed(app: &TestApp) {
    let input = json!({ "organization": app.organization_id("city") });
    let asked = app.mutate("organizer-city", "obligationRecompute", "job { id }", input).await;
    assert_eq!(asked.user_errors("obligationRecompute"), NONE);
    while crate::job::look(app, &app.app.jobs).await {}
}

/// Everything that tells of duties at an organization.
async fn told(app: &TestApp, viewer: &str) -> (Value, usize) {
    let document = "query($id: ID!) {
        obligations(first: 3, filter: { organization: $id }) { totalCount nodes { kind dueOn } pageInfo { endCursor hasNextPage } }
        organization(id: $id) { obligationCount { open overdue snoozed } obligationCountByKind { kind open } }
        notificationUnreadCount }";
    let (answer, statements) =
        app.statements(app.run(viewer, document, json!({ "id": app.organization_id("grid1") }))).await;
    (answer.0, statements)
}

#[tokio::test]
async fn a_grant_that_ends_soon_is_due_on_its_last_day_until_it_is_extended() {
    let app = TestApp::start().await;
    let grant = given(&app, "nobody", "station_keeper", "rugao", "2026-10-01").await;
    let due = duties(&app, "admin").await;
    assert_eq!(due.len(), 1, "{due:?}");
    assert_eq!((&due[0]["dueOn"], &due[0]["person"]), (&json!("2026-09-30"), &Value::Null));
    assert_eq!(due[0]["grant"], json!({ "id": grant, "account": { "name": "nobody" } }));
    let second = extend(&app, "admin", &grant, json!("2026-12-31")).await.at("/roleGrantExtend/grant/id").clone();
    assert_eq!(duties(&app, "admin").await, Vec::<Value>::new());
    assert_eq!(end(&app, "admin", &second, "2026-10-01").await, NONE);
    assert_eq!(duties(&app, "admin").await.len(), 1, "without its extension it ends again");
    assert_eq!(end(&app, "admin", &grant, "2026-09-09").await, NONE);
    assert_eq!(duties(&app, "admin").await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_days_open_the_duty_and_close_it() {
    let app = TestApp::start().await;
    given(&app, "nobody", "station_keeper", "rugao", "2026-11-01").await;
    recomputed(&app).await;
    assert_eq!(duties(&app, "admin").await, Vec::<Value>::new(), "53 days ahead");
    app.clock.advance(23 * DAY);
    recomputed(&app).await;
    assert_eq!(duties(&app, "admin").await.len(), 1, "on the thirtieth day before");
    app.clock.advance(30 * DAY);
    recomputed(&app).await;
    assert_eq!(duties(&app, "admin").await, Vec::<Value>::new(), "it is over");
}

#[tokio::test]
async fn the_extension_that_waits_for_a_second_holder_leaves_the_duty_open() {
    let app = TestApp::start().await;
    let confirm = async |id: &Value| {
        let done = app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": id })).await;
        assert_eq!(done.user_errors("roleGrantConfirm"), NONE);
    };
    let grant = given(&app, "nobody", "inspector", "rugao", "2026-09-12").await;
    assert_eq!(duties(&app, "admin").await, Vec::<Value>::new(), "it waits itself");
    confirm(&grant).await;
    assert_eq!(duties(&app, "admin").await.len(), 1);
    let second = extend(&app, "admin", &grant, json!("2026-12-31")).await.at("/roleGrantExtend/grant/id").clone();
    assert_eq!(duties(&app, "admin").await.len(), 1);
    confirm(&second).await;
    assert_eq!(duties(&app, "admin").await, Vec::<Value>::new());
}

#[tokio::test]
async fn whoever_may_not_see_grants_learns_nothing_of_their_end() {
    let app = TestApp::start().await;
    let before = told(&app, "secretary").await;
    let grant = given(&app, "nobody", "station_keeper", "grid1", "2026-09-20").await;
    assert_eq!(duties(&app, "secretary").await, Vec::<Value>::new());
    assert_eq!(told(&app, "secretary").await, before);
    let due = duties(&app, "admin").await;
    let node = "query($id: ID!) { node(id: $id) { id } }";
    let asked = json!({ "id": due[0]["id"] });
    assert_eq!(app.run("secretary", node, asked.clone()).await.at("/node"), &Value::Null);
    assert_eq!(app.run("admin", node, asked).await.at("/node"), &json!({ "id": due[0]["id"] }));
    let snooze = json!({ "obligation": due[0]["id"], "until": "2026-09-15", "reason": "等待" });
    let snoozed = app.mutate("secretary", "obligationSnooze", "obligation { id }", snooze).await;
    assert_eq!(snoozed.user_errors("obligationSnooze"), ["obligation NOT_FOUND"]);
    assert_eq!(end(&app, "admin", &grant, "2026-09-10").await, NONE);
    assert_eq!(told(&app, "secretary").await, before);
}

#[tokio::test]
async fn grants_alone_are_counted_for_whoever_sees_grants_alone() {
    let app = TestApp::start().await;
    given(&app, "nobody", "station_keeper", "grid1", "2026-09-20").await;
    let facts = "SELECT COUNT(*) FROM outbox WHERE kind = 'OBLIGATION' AND object_id IN
        (SELECT id FROM obligation WHERE grant_id IS NOT NULL)";
    assert_eq!(app.number(facts).await, 0, "whoever follows duties is told nothing");
    let counted = told(&app, "admin").await.0;
    assert_eq!(
        counted["data"]["organization"]["obligationCountByKind"],
        json!([{ "kind": "GRANT_ENDING", "open": 1 }])
    );
    assert_eq!(counted["data"]["organization"]["obligationCount"], json!({ "open": 1, "overdue": 0, "snoozed": 0 }));
}
