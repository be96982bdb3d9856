//! Whoever has the database in his hands can change it, and is found out.
use entity::{audit, audit_seal};
use jianghai::{
    audit::{
        proof::{Broken, Fault, prove},
        root::{self, Root},
        seal::{BEGINNING, link},
    },
    command::{audit_root, audit_verify, check},
    db::{Engine, seal::sha256},
    testing::TestApp,
};
use sea_orm::{EntityTrait, QueryOrder};

use super::{attack, bytes, without_guards, write};

/// Five sealed rows, and no guards any more.
async fn unguarded() -> (TestApp, Vec<audit::Model>, Vec<audit_seal::Model>) {
    let app = TestApp::start().await;
    for number in 0..5 {
        write(&app, number).await;
        // One by one, so that the order of keys is the order of the chain.
        app.clock.advance(1);
    }
    app.replica(7).await.seal().await.unwrap();
    let rows = audit::Entity::find().order_by_asc(audit::Column::Id).all(app.app.db.read()).await.unwrap();
    let links = audit_seal::Entity::find().order_by_asc(audit_seal::Column::Position).all(app.app.db.read()).await;
    let guards = without_guards(&app);
    attack(&app, &guards).await;
    (app, rows, links.unwrap())
}

/// The faults, the first broken row first.
async fn faults(app: &TestApp) -> Vec<(Option<i64>, Fault)> {
    let proof = prove(&app.app.db).await.unwrap();
    proof.broken.into_iter().map(|Broken { position, fault, .. }| (position, fault)).collect()
}

fn at(position: i64, fault: Fault) -> (Option<i64>, Fault) {
    (Some(position), fault)
}

fn row(app: &TestApp, row: &audit::Model) -> String {
    match app.app.db.engine() {
        Engine::Postgres => format!("id = '{}'", row.id.0),
        Engine::Sqlite => format!("id = {}", bytes(app, row.id.0.as_bytes())),
    }
}

/// A row as a forger writes it: another text, and a hash that fits.
fn forged(row: &audit::Model) -> (String, [u8; 32]) {
    let body = row.body.replace("支部", "党委");
    assert_ne!(body, row.body);
    let hash = sha256(body.as_bytes());
    (body, hash)
}

fn rewrite(app: &TestApp, old: &audit::Model) -> String {
    let (body, hash) = forged(old);
    format!("UPDATE audit SET body = '{body}', hash = {} WHERE {}", bytes(app, &hash), row(app, old))
}

#[tokio::test]
async fn a_changed_text_is_found() {
    let (app, rows, _) = unguarded().await;
    let (body, _) = forged(&rows[2]);
    attack(&app, &[format!("UPDATE audit SET body = '{body}' WHERE {}", row(&app, &rows[2]))]).await;
    assert_eq!(faults(&app).await, [at(3, Fault::Text)]);
    let lines = prove(&app.app.db).await.unwrap().findings();
    let named =
        format!("first broken: audit row {} at position 3: its text is not the one it was written with", rows[2].id.0);
    assert_eq!(lines.into_iter().map(|line| line.en).collect::<Vec<_>>(), [named]);
}

#[tokio::test]
async fn a_changed_column_is_found_by_its_name() {
    let changes = [
        ("at", "at = at + 1"),
        ("actor_id", "actor_id = (SELECT id FROM account WHERE name = 'nobody')"),
        ("action", "action = 'personUpdate'"),
        ("object_type", "object_type = 'Person'"),
        ("object_id", "object_id = id"),
        ("organization_id", "organization_id = (SELECT id FROM organization WHERE parent_id IS NULL)"),
        ("person_id", "person_id = (SELECT id FROM person LIMIT 1)"),
        ("request_id", "request_id = 'another'"),
    ];
    let (app, rows, _) = unguarded().await;
    for (number, (_, change)) in changes.iter().take(5).enumerate() {
        attack(&app, &[format!("UPDATE audit SET {change} WHERE {}", row(&app, &rows[number]))]).await;
    }
    let expected = |range: std::ops::Range<usize>| -> Vec<_> {
        (1..).zip(&changes[range]).map(|(position, (column, _))| at(position, Fault::Column(column))).collect()
    };
    assert_eq!(faults(&app).await, expected(0..5));
    let (app, rows, _) = unguarded().await;
    for (number, (_, change)) in changes.iter().skip(5).enumerate() {
        attack(&app, &[format!("UPDATE audit SET {change} WHERE {}", row(&app, &rows[number]))]).await;
    }
    assert_eq!(faults(&app).await, expected(5..8));
}

#[tokio::test]
async fn a_row_written_anew_with_a_hash_that_fits_is_found() {
    let (app, rows, _) = unguarded().await;
    attack(&app, &[rewrite(&app, &rows[2])]).await;
    assert_eq!(faults(&app).await, [at(3, Fault::Rewritten)]);
}

#[tokio::test]
async fn a_row_written_anew_with_its_seal_is_found() {
    let (app, rows, _) = unguarded().await;
    let (_, hash) = forged(&rows[2]);
    let reseal = format!("UPDATE audit_seal SET row_hash = {} WHERE position = 3", bytes(&app, &hash));
    attack(&app, &[rewrite(&app, &rows[2]), reseal]).await;
    assert_eq!(faults(&app).await, [at(3, Fault::Unlinked)]);
}

#[tokio::test]
async fn a_removed_row_is_found_with_and_without_its_seal() {
    let (app, rows, _) = unguarded().await;
    attack(&app, &[format!("DELETE FROM audit WHERE {}", row(&app, &rows[2]))]).await;
    assert_eq!(faults(&app).await, [at(3, Fault::RowGone)]);
    attack(&app, &["DELETE FROM audit_seal WHERE position = 3".to_owned()]).await;
    assert_eq!(faults(&app).await, [at(3, Fault::LinkGone(4))]);
}

#[tokio::test]
async fn a_removed_seal_is_found_and_its_row_is_not_sealed_again_in_silence() {
    let (app, _, _) = unguarded().await;
    attack(&app, &["DELETE FROM audit_seal WHERE position = 2".to_owned()]).await;
    assert_eq!(faults(&app).await, [at(2, Fault::LinkGone(3)), (None, Fault::Forgotten)]);
}

#[tokio::test]
async fn a_removed_end_is_found() {
    let (app, rows, _) = unguarded().await;
    let last = format!("DELETE FROM audit WHERE {}", row(&app, &rows[4]));
    attack(&app, &["DELETE FROM audit_seal WHERE position = 5".to_owned(), last]).await;
    assert_eq!(faults(&app).await, [at(5, Fault::EndGone(5))]);
    // What is sealed afterwards leaves the gap open.
    write(&app, 6).await;
    app.replica(7).await.seal().await.unwrap();
    assert_eq!(faults(&app).await, [at(5, Fault::LinkGone(6))]);
}

#[tokio::test]
async fn a_removed_row_that_was_not_sealed_yet_is_found() {
    let (app, _, _) = unguarded().await;
    write(&app, 6).await;
    attack(&app, &["DELETE FROM audit WHERE id IN (SELECT audit_id FROM audit_pending)".to_owned()]).await;
    assert_eq!(faults(&app).await, [(None, Fault::RowGone)]);
}

#[tokio::test]
async fn a_row_replaced_past_the_guards_of_sqlite_is_found() {
    let app = TestApp::start().await;
    if app.app.db.engine() == Engine::Postgres {
        // It knows no such statement.
        return;
    }
    write(&app, 1).await;
    app.replica(7).await.seal().await.unwrap();
    let replace = "INSERT OR REPLACE INTO audit SELECT id, at, actor_id, 'personUpdate', object_type, object_id,
        organization_id, person_id, request_id, body, hash FROM audit";
    // A connection that is not ours need not keep to the pragma that makes REPLACE fire the guards.
    attack(&app, &["PRAGMA recursive_triggers = OFF".to_owned(), replace.to_owned()]).await;
    assert_eq!(faults(&app).await, [at(1, Fault::Column("action"))]);
    // It stands on the list once more, and is struck off without a second seal.
    assert_eq!(app.number("SELECT COUNT(*) FROM audit_pending").await, 1);
    assert_eq!(app.replica(7).await.seal().await.unwrap(), 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit_pending").await, 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit_seal").await, 1);
}

#[tokio::test]
async fn swapped_rows_and_swapped_seals_are_found() {
    let (app, rows, _) = unguarded().await;
    let swap = |into: &audit::Model, from: &audit::Model| {
        let hash = bytes(&app, &from.hash);
        format!("UPDATE audit SET body = '{}', hash = {hash} WHERE {}", from.body, row(&app, into))
    };
    attack(&app, &[swap(&rows[1], &rows[3]), swap(&rows[3], &rows[1])]).await;
    assert_eq!(faults(&app).await, [at(2, Fault::Column("id")), at(4, Fault::Column("id"))]);
    let (app, _, _) = unguarded().await;
    let place = |from: i64, to: i64| format!("UPDATE audit_seal SET position = {to} WHERE position = {from}");
    attack(&app, &[place(2, 99), place(4, 2), place(99, 4)]).await;
    let broken = [at(2, Fault::Unlinked), at(3, Fault::Unlinked), at(4, Fault::Unlinked), at(5, Fault::Unlinked)];
    assert_eq!(faults(&app).await, broken);
}

#[tokio::test]
async fn a_changed_time_of_sealing_is_found() {
    let (app, _, _) = unguarded().await;
    attack(&app, &["UPDATE audit_seal SET at = at - 1 WHERE position = 4".to_owned()]).await;
    assert_eq!(faults(&app).await, [at(4, Fault::Unlinked)]);
}

/// The whole chain made anew over a forged row, up to its end.
async fn make_anew(app: &TestApp, rows: &[audit::Model], links: &[audit_seal::Model], forge: usize) -> [u8; 32] {
    let mut statements = vec![rewrite(app, &rows[forge])];
    let mut previous = BEGINNING;
    for (number, (row, seal)) in rows.iter().zip(links).enumerate() {
        let hash = if number == forge { forged(row).1.to_vec() } else { row.hash.clone() };
        previous = link(&previous, seal.position, row.id, &hash, seal.at);
        statements.push(format!(
            "UPDATE audit_seal SET row_hash = {}, hash = {} WHERE position = {}",
            bytes(app, &hash),
            bytes(app, &previous),
            seal.position
        ));
    }
    attack(app, &statements).await;
    previous
}

#[tokio::test]
async fn a_chain_made_anew_is_found_by_the_note_of_the_sealer_and_by_a_root_kept_elsewhere() {
    let (app, rows, links) = unguarded().await;
    let kept = tempfile::NamedTempFile::new().unwrap();
    let text = audit_root(&app.config()).await.unwrap();
    std::fs::write(kept.path(), &text).unwrap();
    assert_eq!(Root::parse(&text).unwrap(), Root::new(&links[4], 5));
    let verify = async || audit_verify(&app.config(), kept.path()).await.map_err(|error| error.to_string());
    let same = "the audit trail up to position 5, sealed at 2026-09-09T08:00:05Z, is still the same";
    assert_eq!(verify().await, Ok(same.to_owned()));

    let end = make_anew(&app, &rows, &links, 1).await;
    assert_eq!(faults(&app).await, [at(5, Fault::End)]);
    attack(&app, &[format!("UPDATE audit_sealer SET hash = {}", bytes(&app, &end))]).await;
    assert_eq!(faults(&app).await, []);
    let other = "the audit trail holds together, but at position 5 it is not the one of the root: it was made anew, or it is another database";
    assert_eq!(verify().await, Err(other.to_owned()));
}

#[tokio::test]
async fn an_end_taken_away_with_the_note_of_the_sealer_is_found_by_a_root_kept_elsewhere() {
    let (app, rows, links) = unguarded().await;
    let kept = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(kept.path(), audit_root(&app.config()).await.unwrap()).unwrap();
    attack(
        &app,
        &[
            "DELETE FROM audit_seal WHERE position = 5".to_owned(),
            format!("DELETE FROM audit WHERE {}", row(&app, &rows[4])),
            format!("UPDATE audit_sealer SET position = 4, hash = {}", bytes(&app, &links[3].hash)),
        ],
    )
    .await;
    assert_eq!(faults(&app).await, []);
    let verified = audit_verify(&app.config(), kept.path()).await.unwrap_err();
    assert_eq!(
        verified.to_string(),
        "the audit trail ends at position 4, before the root at 5: the newest changes were taken away, or it is another database"
    );
}

#[tokio::test]
async fn a_root_stays_true_while_the_chain_grows_and_tells_of_a_row_broken_before_it() {
    let app = TestApp::start().await;
    let nothing = audit_root(&app.config()).await.unwrap_err();
    assert_eq!(nothing.to_string(), "no change is sealed yet; `jianghai serve` seals what was written within a second");
    let sealer = app.replica(7).await;
    write(&app, 1).await;
    sealer.seal().await.unwrap();
    let kept = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(kept.path(), audit_root(&app.config()).await.unwrap()).unwrap();
    write(&app, 2).await;
    sealer.seal().await.unwrap();
    assert!(audit_verify(&app.config(), kept.path()).await.is_ok_and(|said| said.contains("up to position 1")));
    assert_eq!(root::newest(app.app.db.read()).await.unwrap().unwrap().position, 2);
    let guards = without_guards(&app);
    attack(&app, &guards).await;
    attack(&app, &["UPDATE audit SET request_id = 'x'".to_owned()]).await;
    let broken = audit_verify(&app.config(), kept.path()).await.unwrap_err().to_string();
    assert!(broken.starts_with("the audit trail up to position 1 does not hold together; first broken: audit row "));
    assert!(broken.ends_with(" at position 1: its column request_id says something else than its text"), "{broken}");
    std::fs::write(kept.path(), "{}").unwrap();
    let unusable = audit_verify(&app.config(), kept.path()).await.unwrap_err().to_string();
    assert!(
        unusable
            .ends_with(" cannot be used: it is not the JSON text of a root: missing field `format` at line 1 column 2"),
        "{unusable}"
    );
}

#[tokio::test]
async fn the_check_tells_what_is_sealed_what_waits_and_what_is_broken() {
    let app = TestApp::start().await;
    write(&app, 1).await;
    app.replica(7).await.seal().await.unwrap();
    write(&app, 2).await;
    let report = check(&app.config()).await.unwrap();
    assert_eq!(report.wrong, Vec::<String>::new());
    assert_eq!(report.notes, ["audit: changes sealed: 1", "audit: changes that wait to be sealed: 1"]);
    let guards = without_guards(&app);
    attack(&app, &guards).await;
    attack(&app, &["UPDATE audit SET action = 'x'".to_owned()]).await;
    let wrong = check(&app.config()).await.unwrap().wrong;
    assert_eq!(wrong.len(), 2);
    assert!(wrong[0].starts_with("first broken: audit row "), "{wrong:?}");
    assert!(wrong[0].ends_with(" at position 1: its column action says something else than its text"), "{wrong:?}");
    assert!(wrong[1].ends_with(", not sealed: its column action says something else than its text"), "{wrong:?}");
}
