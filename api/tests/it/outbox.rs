//! Facts about changes: each once, in the order of their positions, on however many replicas.
use std::time::Duration;

use entity::{FactKind, JobId, OrganizationId};
use jianghai::{
    audit::{self, Change, Snapshot},
    db::{Database, Engine, Tx},
    job::{NewJob, enqueue},
    outbox::{self, Fact, Outbox, cursor},
    testing::TestApp,
};
use serde_json::json;
use tokio::sync::{broadcast::error::TryRecvError, watch};
use uuid::Uuid;

async fn begin(app: &TestApp) -> Tx {
    Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "test").await.unwrap()
}

/// Records a change of the object with the number `n`.
async fn record(tx: &Tx, n: u128, organization: Option<OrganizationId>) {
    let change = Change {
        action: "test",
        object_type: "Person",
        object_id: Uuid::from_u128(n),
        organization,
        person: None,
        before: Snapshot::new(),
        after: Snapshot::from([("name", json!("secret"))]),
        reason: None,
    };
    audit::record(tx, None, change).await.unwrap();
}

async fn change(app: &TestApp, n: u128) {
    let tx = begin(app).await;
    record(&tx, n, None).await;
    tx.commit().await.unwrap();
}

async fn sequence(app: &TestApp) -> u64 {
    outbox::sequence(&app.app.db, &app.app.ambient).await.unwrap()
}

async fn head(app: &TestApp) -> i64 {
    outbox::head(app.app.db.read()).await.unwrap()
}

/// Objects of the facts after `position`.
async fn objects(app: &TestApp, position: i64) -> Vec<u128> {
    let facts = outbox::after(app.app.db.read(), position, 1_000).await.unwrap();
    facts.iter().map(|fact| fact.object_id.as_u128()).collect()
}

/// An instance whose fixture is told already.
async fn start() -> (TestApp, i64) {
    let app = TestApp::start().await;
    sequence(&app).await;
    let position = head(&app).await;
    (app, position)
}

#[tokio::test]
async fn a_fact_is_told_with_its_change_or_not_at_all() {
    let (app, position) = start().await;
    let lost = begin(&app).await;
    record(&lost, 1, None).await;
    drop(lost);
    let tx = begin(&app).await;
    let grid = app.organization("grid1");
    record(&tx, 2, Some(grid)).await;
    tx.commit().await.unwrap();
    assert_eq!(objects(&app, position).await, Vec::<u128>::new(), "it has no position yet");
    assert_eq!((sequence(&app).await, sequence(&app).await), (1, 0));
    let expected = Fact {
        position: position + 1,
        kind: FactKind::Record,
        object_type: "Person".to_owned(),
        object_id: Uuid::from_u128(2),
        organization: Some(grid),
        at: app.app.ambient.now(),
    };
    assert_eq!(outbox::after(app.app.db.read(), position, 10).await.unwrap(), [expected]);
}

#[tokio::test]
async fn what_commits_late_is_told_late_and_not_lost() {
    let (app, position) = start().await;
    if app.app.db.engine() == Engine::Sqlite {
        return change(&app, 1).await; // One writer: nothing commits out of order.
    }
    let late = begin(&app).await;
    record(&late, 1, None).await;
    change(&app, 2).await;
    sequence(&app).await;
    assert_eq!(objects(&app, position).await, [2]);
    let seen = head(&app).await;
    late.commit().await.unwrap();
    sequence(&app).await;
    assert_eq!(objects(&app, seen).await, [1], "behind the one that was read before");
}

#[tokio::test]
async fn several_replicas_give_each_position_once() {
    let (app, position) = start().await;
    let tx = begin(&app).await;
    for n in 0..450 {
        record(&tx, n, None).await;
    }
    tx.commit().await.unwrap();
    let other = Database::connect(&app.url, 4, None).await.unwrap();
    let ambient = &app.app.ambient;
    let (one, two) = tokio::join!(outbox::sequence(&app.app.db, ambient), outbox::sequence(&other, ambient));
    assert_eq!(one.unwrap() + two.unwrap(), 450);
    assert_eq!(objects(&app, position).await, (0..450).collect::<Vec<u128>>());
    assert_eq!(outbox::disorder(app.app.db.read()).await.unwrap(), []);
}

#[tokio::test]
async fn duties_and_jobs_are_told_with_every_step_that_people_see() {
    let (app, position) = start().await;
    let kinds = async |since: i64| {
        sequence(&app).await;
        let facts = outbox::after(app.app.db.read(), since, 100).await.unwrap();
        facts.into_iter().map(|fact| (fact.kind, fact.object_type, fact.organization)).collect::<Vec<_>>()
    };
    let (grid, other) = (app.organization("grid1"), app.organization("grid2"));
    let hex = |id: OrganizationId| match app.app.db.engine() {
        Engine::Sqlite => format!("x'{}'", id.0.simple()),
        Engine::Postgres => format!("'{}'", id.0),
    };
    let mine = format!("organization_id = {} AND person_id IS NULL AND closed_at IS NULL", hex(grid));
    app.execute(&format!("UPDATE obligation SET closed_at = 1 WHERE organization_id = {}", hex(other))).await;
    let begun = {
        sequence(&app).await;
        head(&app).await
    };
    assert!(begun > position);
    app.execute(&format!("UPDATE obligation SET due_on = '2020-01-01' WHERE {mine}")).await;
    let duty = |organization| (FactKind::Obligation, "Obligation".to_owned(), Some(organization));
    assert_eq!(kinds(begun).await, [duty(grid)]);
    let begun = head(&app).await;
    app.execute(&format!("UPDATE obligation SET organization_id = {} WHERE {mine}", hex(other))).await;
    let mut moved = kinds(begun).await;
    moved.sort_by_key(|(.., organization)| *organization != Some(grid));
    assert_eq!(moved, [duty(grid), duty(other)], "for the one that had it and the one that has it");
    let begun = head(&app).await;
    let job = || (FactKind::Job, "Job".to_owned(), None);
    let tx = begin(&app).await;
    let new = NewJob { kind: "probe", payload: json!(1), actor: app.account("organizer-city") };
    let JobId(id) = enqueue(&tx, new).await.unwrap().id;
    tx.commit().await.unwrap();
    assert_eq!(kinds(begun).await, [job()]);
    assert_eq!(objects(&app, begun).await, [id.as_u128()]);
    let begun = head(&app).await;
    app.execute("UPDATE job SET done = 3").await;
    app.execute("UPDATE job SET run_after = 3").await;
    assert_eq!(kinds(begun).await, [job()], "progress is told, a lease is not");
}

#[tokio::test]
async fn one_reader_tells_everybody_in_the_process() {
    let (app, _) = start().await;
    let feed = Outbox::default();
    let (db, ambient) = (&app.app.db, &app.app.ambient);
    let (mut one, mut two) = (feed.listen(), feed.listen());
    feed.look(db, ambient).await.unwrap();
    assert_eq!(one.try_recv().unwrap_err(), TryRecvError::Empty);
    change(&app, 1).await;
    change(&app, 2).await;
    feed.look(db, ambient).await.unwrap();
    for listener in [&mut one, &mut two] {
        let told: Vec<u128> = listener.try_recv().unwrap().iter().map(|fact| fact.object_id.as_u128()).collect();
        assert_eq!((told, listener.try_recv().unwrap_err()), (vec![1, 2], TryRecvError::Empty));
    }
    let (stop, stopped) = watch::channel(false);
    let mut heard = feed.listen();
    let followed = feed.follow(db.clone(), ambient.clone(), stopped);
    let changed = async {
        change(&app, 3).await;
        let told = tokio::time::timeout(Duration::from_secs(20), heard.recv()).await;
        stop.send_replace(true);
        told.unwrap().unwrap().iter().map(|fact| fact.object_id.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(tokio::join!(followed, changed).1, [3], "without anybody ringing");
}

#[tokio::test]
async fn a_cursor_neither_loses_nor_repeats() {
    let (app, _) = start().await;
    change(&app, 1).await;
    sequence(&app).await;
    let read = async |tx: &Tx| -> Vec<u128> {
        let facts = cursor::read(tx, "probe", 2).await.unwrap();
        facts.iter().map(|fact| fact.object_id.as_u128()).collect()
    };
    let behind = async || cursor::is_behind(app.app.db.read(), "probe").await.unwrap();
    assert!(behind().await, "it was never seen");
    let tx = begin(&app).await;
    assert_eq!(read(&tx).await, Vec::<u128>::new(), "it begins with what is told from now on");
    tx.commit().await.unwrap();
    assert!(!behind().await);
    for n in 2..5 {
        change(&app, n).await;
    }
    sequence(&app).await;
    assert!(behind().await);
    let failed = begin(&app).await;
    assert_eq!(read(&failed).await, [2, 3]);
    drop(failed);
    let tx = begin(&app).await;
    assert_eq!((read(&tx).await, read(&tx).await, read(&tx).await), (vec![2, 3], vec![4], vec![]));
    tx.commit().await.unwrap();
    assert!(!behind().await);
}

async fn cut(app: &TestApp) -> Option<i64> {
    let (_stop, stopped) = watch::channel(false);
    while app.app.jobs.once(&app.app, Uuid::nil(), &stopped).await.unwrap() {}
    sequence(app).await;
    assert_eq!(outbox::disorder(app.app.db.read()).await.unwrap(), []);
    Some(app.number("SELECT MIN(position) FROM outbox").await)
}

#[tokio::test]
async fn old_facts_are_taken_away_every_night_but_none_that_a_cursor_needs() {
    let (app, _) = start().await;
    let tx = begin(&app).await;
    cursor::read(&tx, "slow", 1).await.unwrap();
    for n in 0..300 {
        record(&tx, n, None).await;
    }
    tx.commit().await.unwrap();
    sequence(&app).await;
    let told = head(&app).await;
    app.clock.advance(7 * 86_400 + 1);
    change(&app, 1_000).await;
    sequence(&app).await;
    assert_eq!(cut(&app).await, Some(told - 300 + 1));
    let tx = begin(&app).await;
    assert_eq!(cursor::read(&tx, "slow", 250).await.unwrap().len(), 250);
    tx.commit().await.unwrap();
    app.clock.advance(86_400);
    assert_eq!(cut(&app).await, Some(told - 50 + 1));
}

#[tokio::test]
async fn disorder_is_named() {
    let (app, _) = start().await;
    for n in 0..3 {
        change(&app, n).await;
    }
    sequence(&app).await;
    let head = head(&app).await;
    app.execute(&format!("INSERT INTO outbox_cursor (reader, position) VALUES ('ahead', {})", head + 1)).await;
    app.execute(&format!("DELETE FROM outbox WHERE position = {}", head - 1)).await;
    let oldest = app.number("SELECT MIN(position) FROM outbox").await;
    let facts = app.number("SELECT COUNT(*) FROM outbox").await;
    let expected = [
        format!("the outbox has {facts} facts from {oldest} to {head}, and its head is {head}"),
        format!("the reader \"ahead\" of the outbox is at {}, and its head is {head}", head + 1),
    ];
    let said: Vec<String> =
        outbox::disorder(app.app.db.read()).await.unwrap().into_iter().map(|line| line.en).collect();
    assert_eq!(said, expected);
}
