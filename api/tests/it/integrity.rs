//! The check as background work: on demand by an administrator, every night, with findings that can be read.
use std::sync::Arc;

use jianghai::{check::IntegrityCheck, job::Jobs, testing::TestApp};
use serde_json::{Value, json};
use tokio::sync::watch;

const NONE: [String; 0] = [];

/// Lets an administrator ask for the check, runs it, and answers what it said to him.
async fn checked(app: &TestApp) -> Value {
    let asked = app.mutate("admin", "jobStart", "job { id }", json!({ "kind": "integrity_check" })).await;
    assert_eq!(asked.user_errors("jobStart"), NONE, "{}", asked.0);
    // The one that runs every night is due as well.
    let jobs = Jobs::new(vec![Arc::new(IntegrityCheck)]);
    let (_stop, stopped) = watch::channel(false);
    while jobs.once(&app.app, app.app.ambient.uuid(), &stopped).await.unwrap() {}
    let id = asked.at("/jobStart/job/id").clone();
    let document = "query($id: ID!) { node(id: $id) { ... on Job { state done total result requestedBy } } }";
    app.run("admin", document, json!({ "id": id })).await.at("/node").clone()
}

#[tokio::test]
async fn a_sound_database_is_said_to_be_sound() {
    let app = TestApp::start().await;
    let said = checked(&app).await;
    let changes = app.number("SELECT COUNT(*) FROM audit").await;
    let result = format!("Tree, head counts, keys, erasures and {changes} changes agree.");
    assert_eq!(said, json!({ "state": "DONE", "done": 2, "total": 2, "result": result, "requestedBy": "admin" }));
    let nightly =
        "SELECT COUNT(*) FROM job WHERE kind = 'integrity_check' AND scheduled_for IS NOT NULL AND state = 'DONE'";
    assert_eq!(app.number(nightly).await, 1);
}

#[tokio::test]
async fn what_is_wrong_is_named_in_the_language_of_the_reader() {
    let app = TestApp::start().await;
    app.execute("UPDATE organization_count SET n = n + 1 WHERE stage = 50").await;
    app.execute("DELETE FROM organization_closure WHERE depth = 2").await;
    let said = checked(&app).await["result"].as_str().unwrap().to_owned();
    let lines: Vec<&str> = said.lines().collect();
    let problems = app.number("SELECT COUNT(*) FROM organization_count WHERE stage = 50").await;
    assert_eq!(lines[0], format!("Problems: {}.", lines.len() - 1));
    assert!(lines.iter().any(|line| line.starts_with("the closure lacks ")), "{said}");
    let counted = lines.iter().filter(|line| line.contains(" members in stage Full and has ")).count();
    assert_eq!(i64::try_from(counted).unwrap(), problems, "{said}");
    let zh = app.number("SELECT COUNT(*) FROM job WHERE result LIKE '%隶属表缺少%' AND result LIKE '%发现%'").await;
    assert_eq!(zh, 2, "the asked one and the nightly one");
}

#[tokio::test]
async fn only_work_that_is_made_for_it_is_begun_on_demand() {
    let app = TestApp::start().await;
    for kind in ["backup_daily", "person_export", "unknown"] {
        let answer = app.mutate("admin", "jobStart", "job { id }", json!({ "kind": kind })).await;
        assert_eq!(answer.user_errors("jobStart"), ["kind INVALID"], "{kind}");
    }
    let twice = |app| async move {
        let answer =
            TestApp::mutate(app, "admin", "jobStart", "job { id }", json!({ "kind": "retention_daily" })).await;
        answer.at("/jobStart/job/id").clone()
    };
    assert_eq!(twice(&app).await, twice(&app).await, "what waits is not begun again");
}
