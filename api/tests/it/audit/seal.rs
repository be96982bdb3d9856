//! Sealing: each committed row once, in one chain, by one replica at a time.
use std::{sync::Arc, time::Duration};

use entity::{audit, audit_seal};
use jianghai::{
    audit::{
        proof::{Proof, prove},
        seal::{BATCH, BEGINNING, LEASE_SECONDS, Sealer, link},
    },
    db::{Database, Engine, Tx},
    testing::{NOW, TestApp, TestClock, test_ambient},
};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use super::{change, write, write_over};

async fn links(app: &TestApp) -> Vec<audit_seal::Model> {
    let select = audit_seal::Entity::find().order_by_asc(audit_seal::Column::Position);
    select.all(app.app.db.read()).await.unwrap()
}

/// One chain over all rows, in which nothing is wrong.
async fn assert_one_chain(app: &TestApp, rows: u64) {
    assert_eq!(prove(&app.app.db).await.unwrap(), Proof { sealed: rows, ..Proof::default() });
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, i64::try_from(rows).unwrap());
    assert_eq!(app.number("SELECT COUNT(*) FROM audit_pending").await, 0);
}

#[tokio::test]
async fn each_link_follows_from_the_one_before() {
    let app = TestApp::start().await;
    for number in 0..3 {
        write(&app, number).await;
    }
    assert_eq!(app.replica(7).await.seal().await.unwrap(), 3);
    let rows = audit::Entity::find().order_by_asc(audit::Column::Id).all(app.app.db.read()).await.unwrap();
    let links = links(&app).await;
    let mut previous = BEGINNING;
    for ((number, row), seal) in (1i64..).zip(&rows).zip(&links) {
        previous = link(&previous, number, row.id, &row.hash, NOW);
        assert_eq!((seal.position, seal.audit_id, seal.at), (number, row.id, NOW));
        assert_eq!((&seal.row_hash, &seal.hash), (&row.hash, &previous.to_vec()));
    }
    assert_one_chain(&app, 3).await;
}

#[tokio::test]
async fn every_way_of_writing_a_row_puts_it_on_the_list() {
    let app = TestApp::start().await;
    let report = json!({ "page": "/", "text": "a problem" });
    app.mutate("secretary", "problemReport", "report { id }", report).await;
    assert_eq!(prove(&app.app.db).await.unwrap(), Proof { waiting: 1, ..Proof::default() });
    let question = "{ auditEntries { nodes { action sealed } } }";
    let seen = |sealed: bool| json!([{ "action": "problemReport", "sealed": sealed }]);
    assert_eq!(app.run("admin", question, json!({})).await.at("/auditEntries/nodes"), &seen(false));
    app.replica(7).await.seal().await.unwrap();
    assert_eq!(app.run("admin", question, json!({})).await.at("/auditEntries/nodes"), &seen(true));
    assert_one_chain(&app, 1).await;
}

#[tokio::test]
async fn a_page_asks_once_which_rows_are_sealed() {
    let app = TestApp::start().await;
    for number in 0..20 {
        write(&app, number).await;
    }
    let without = app.statements(app.run("admin", "{ auditEntries { nodes { action } } }", json!({}))).await;
    let with = app.statements(app.run("admin", "{ auditEntries { nodes { action sealed } } }", json!({}))).await;
    assert_eq!((without.1, with.1), (1, 2));
}

#[tokio::test]
async fn a_sealer_with_nothing_to_do_reads_one_row_and_writes_nothing() {
    let app = TestApp::start().await;
    write(&app, 1).await;
    let sealer = Sealer::new(app.app.db.clone(), app.app.ambient.clone());
    assert_eq!(sealer.seal().await.unwrap(), 1);
    assert_eq!(app.statements(sealer.seal()).await, (Ok(0), 1));
}

#[tokio::test]
async fn many_rows_are_sealed_in_small_transactions() {
    let app = TestApp::start().await;
    let rows = BATCH * 2 + 50;
    let tx = Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "bulk").await.unwrap();
    for number in 0..rows {
        jianghai::audit::record(&tx, None, change(number)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let sealer = Sealer::new(app.app.db.clone(), app.app.ambient.clone());
    let (sealed, statements) = app.statements(sealer.seal()).await;
    assert_eq!(sealed.unwrap(), rows);
    // Three batches of two looks and six statements each: no row costs a statement of its own.
    assert_eq!(statements, 3 * 8);
    assert_one_chain(&app, rows as u64).await;
}

#[tokio::test]
async fn a_row_that_commits_late_with_an_older_key_is_sealed_all_the_same() {
    let app = TestApp::start().await;
    let sealer = app.replica(7).await;
    if app.app.db.engine() == Engine::Postgres {
        let slow = Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "slow").await.unwrap();
        jianghai::audit::record(&slow, None, change(1)).await.unwrap();
        app.clock.advance(60);
        write(&app, 2).await;
        assert_eq!(sealer.seal().await.unwrap(), 1);
        slow.commit().await.unwrap();
    } else {
        // One writer: only a clock that is put back makes an older key later.
        app.clock.advance(60);
        write(&app, 2).await;
        assert_eq!(sealer.seal().await.unwrap(), 1);
        app.clock.advance(-60);
        write(&app, 1).await;
        app.clock.advance(60);
    }
    assert_eq!(sealer.seal().await.unwrap(), 1);
    let links = links(&app).await;
    assert!(links[0].audit_id > links[1].audit_id);
    assert_one_chain(&app, 2).await;
}

#[tokio::test]
async fn a_lease_keeps_the_others_away_until_it_ends_or_is_given_back() {
    let app = TestApp::start().await;
    let (first, second) = (app.replica(7).await, app.replica(8).await);
    write(&app, 1).await;
    assert_eq!(first.seal().await.unwrap(), 1);
    write(&app, 2).await;
    assert_eq!(second.seal().await.unwrap(), 0);
    app.clock.advance(LEASE_SECONDS - 1);
    assert_eq!(second.seal().await.unwrap(), 0);
    // The first one died; nobody gave the lease back.
    app.clock.advance(1);
    assert_eq!(second.seal().await.unwrap(), 1);
    write(&app, 3).await;
    assert_eq!(first.seal().await.unwrap(), 0);
    first.release().await.unwrap();
    assert_eq!(first.seal().await.unwrap(), 0);
    second.release().await.unwrap();
    assert_eq!(first.seal().await.unwrap(), 1);
    assert_one_chain(&app, 3).await;
}

#[tokio::test]
async fn a_sealer_that_is_cut_off_anywhere_loses_nothing_and_never_forks() {
    let app = TestApp::start().await;
    let rows = BATCH * 4;
    let tx = Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "bulk").await.unwrap();
    for number in 0..rows {
        jianghai::audit::record(&tx, None, change(number)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut cut = 0;
    for patience in 0.. {
        app.clock.advance(LEASE_SECONDS);
        let sealer = app.replica(100 + patience).await;
        match tokio::time::timeout(Duration::from_micros(patience * 700), sealer.seal()).await {
            Err(_) => cut += 1,
            Ok(sealed) => {
                sealed.unwrap();
                break;
            }
        }
    }
    assert!(cut > 0, "no sealer was cut off");
    assert_one_chain(&app, rows as u64).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_replicas_seal_one_chain_while_rows_are_written() {
    let app = Arc::new(TestApp::start().await);
    let (writers, each) = (3usize, 40usize);
    let mut writing = tokio::task::JoinSet::new();
    for writer in 0..writers {
        let app = Arc::clone(&app);
        writing.spawn(async move {
            let db = Database::connect(&app.url, 2, None).await.unwrap();
            let ambient = test_ambient(TestClock::at(NOW), 50 + writer as u64);
            for number in 0..each {
                write_over(&db, &ambient, &app, writer * each + number).await;
            }
        });
    }
    let mut sealing = tokio::task::JoinSet::new();
    for seed in [7, 8] {
        let app = Arc::clone(&app);
        sealing.spawn(async move {
            let sealer = app.replica(seed).await;
            let mut sealed = 0;
            // Each lease is over by the next look, so that the replicas meet as often as they can.
            for _ in 0..200 {
                app.clock.advance(LEASE_SECONDS);
                sealed += sealer.seal().await.unwrap();
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            sealed
        });
    }
    while let Some(done) = writing.join_next().await {
        done.unwrap();
    }
    let mut sealed = 0;
    while let Some(done) = sealing.join_next().await {
        sealed += done.unwrap();
    }
    app.clock.advance(LEASE_SECONDS);
    sealed += app.replica(9).await.seal().await.unwrap();
    assert_eq!(sealed, writers * each);
    assert_one_chain(&app, (writers * each) as u64).await;
}

#[tokio::test]
async fn the_sealer_of_a_server_seals_the_rest_and_gives_the_lease_back_when_it_stops() {
    let app = TestApp::start().await;
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let sealer = tokio::spawn(app.replica(7).await.run(stopped));
    write(&app, 1).await;
    while app.number("SELECT COUNT(*) FROM audit_seal").await == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    write(&app, 2).await;
    drop(stop);
    sealer.await.unwrap();
    assert_one_chain(&app, 2).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM audit_sealer WHERE owner IS NULL AND position = 2").await, 1);
}
