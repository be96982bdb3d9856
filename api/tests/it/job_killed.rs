//! A worker that is killed in the middle of a job, as a process of its own.
use std::time::{Duration, Instant};

use jianghai::{
    db::{Engine, Tx},
    job::{NewJob, enqueue},
    testing::TestApp,
};

use crate::process::Server;

/// Rows that the job has to remove, 200 a step.
const ROWS: i64 = 40_000;
/// Longest wait for a step or an end.
const PATIENCE: Duration = Duration::from_mins(1);

/// Keys that are kept no longer, of the account that stands first.
async fn old_keys(app: &TestApp) {
    let hash = match app.app.db.engine() {
        Engine::Postgres => "decode('00', 'hex')",
        Engine::Sqlite => "X'00'",
    };
    app.execute(&format!(
        "INSERT INTO idempotency_key (actor_id, key, request_hash, object_id, created_at)
         WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {ROWS})
         SELECT first.id, 'old ' || n, {hash}, first.id, 0
         FROM number, (SELECT id FROM account ORDER BY name LIMIT 1) first"
    ))
    .await;
}

/// Waits until `question` counts something.
async fn until(app: &TestApp, question: &str) {
    let begun = Instant::now();
    while app.number(question).await == 0 {
        assert!(begun.elapsed() < PATIENCE, "{question}");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn a_worker_killed_in_mid_job_loses_nothing_and_does_nothing_twice() {
    let app = TestApp::start().await;
    old_keys(&app).await;
    let tx = Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "night").await.unwrap();
    enqueue(&tx, NewJob { kind: "retention_daily", payload: (), actor: app.account("admin") }).await.unwrap();
    tx.commit().await.unwrap();
    let (mut deaths, mut left) = (0, ROWS);
    while deaths < 3 && left > 0 {
        let server = Server::start(&app);
        until(
            &app,
            &format!("SELECT COUNT(*) WHERE (SELECT COUNT(*) FROM idempotency_key WHERE created_at = 0) < {left}"),
        )
        .await;
        server.kill();
        // The minute of every lease passes.
        app.execute("UPDATE job SET lease_until = 0 WHERE state = 'RUNNING'").await;
        left = app.number("SELECT COUNT(*) FROM idempotency_key WHERE created_at = 0").await;
        deaths += u32::from(left > 0);
    }
    assert!(deaths > 0, "the job was faster than its death");
    let server = Server::start(&app);
    // The job that was asked for and the one of the night count every key once together.
    until(
        &app,
        "SELECT COUNT(*) WHERE NOT EXISTS (SELECT 1 FROM job WHERE kind = 'retention_daily' AND state <> 'DONE')",
    )
    .await;
    server.kill();
    assert_eq!(app.number("SELECT COUNT(*) FROM idempotency_key WHERE created_at = 0").await, 0);
    let admin = "{ jobs(first: 100, filter: { kind: [\"retention_daily\"] }) { nodes { result } } }";
    let answer = app.run("admin", admin, serde_json::json!({})).await;
    let results = answer.at("/jobs/nodes").as_array().unwrap().clone();
    let counted = |result: &str| -> i64 {
        let rest = result.split_once("Idempotency keys: ").map_or("0", |(_, rest)| rest);
        rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
    };
    let removed: i64 = results.iter().map(|job| counted(job["result"].as_str().unwrap())).sum();
    assert_eq!(removed, ROWS, "{results:?}");
}
