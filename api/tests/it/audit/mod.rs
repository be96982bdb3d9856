//! The audit trail end to end: who sees which history, sealing, proof, and what the database refuses.
mod filter;
mod proof;
mod refusal;
mod scope;
mod seal;

use std::sync::Arc;

use jianghai::{
    audit::{self, Change, Snapshot},
    clock::Ambient,
    db::{Database, Engine, Tx},
    testing::TestApp,
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

/// A change of no importance.
fn change(number: usize) -> Change {
    Change {
        action: "organizationUpdate",
        object_type: "Organization",
        object_id: Uuid::from_u128(number as u128),
        organization: None,
        person: None,
        before: Snapshot::new(),
        after: Snapshot::from([("name", json!(format!("第{number}支部")))]),
        reason: None,
    }
}

/// Writes one audit row in a transaction of its own.
async fn write(app: &TestApp, number: usize) {
    write_over(&app.app.db, &app.app.ambient, app, number).await;
}

async fn write_over(db: &Database, ambient: &Ambient, app: &TestApp, number: usize) {
    let tx = Tx::begin(db, ambient, &Arc::clone(&app.app.vault), "test").await.unwrap();
    audit::record(&tx, None, change(number)).await.unwrap();
    tx.commit().await.unwrap();
}

/// Runs statements that only somebody with the database in his hands can run.
async fn attack(app: &TestApp, statements: &[String]) {
    for statement in statements {
        let done = app.app.db.write().execute_unprepared(statement).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

/// What takes the guards away, on this engine.
fn without_guards(app: &TestApp) -> Vec<String> {
    match app.app.db.engine() {
        Engine::Postgres => vec![
            "ALTER TABLE audit DISABLE TRIGGER ALL".to_owned(),
            "ALTER TABLE audit ENABLE TRIGGER audit_awaits_seal".to_owned(),
            "ALTER TABLE audit_seal DISABLE TRIGGER ALL".to_owned(),
        ],
        Engine::Sqlite => {
            let drop = |name: &str| format!("DROP TRIGGER append_only_{name}");
            vec![
                "PRAGMA foreign_keys = OFF".to_owned(),
                drop("audit_update"),
                drop("audit_delete"),
                drop("audit_seal_update"),
                drop("audit_seal_delete"),
            ]
        }
    }
}

/// Bytes as the engine writes them.
fn bytes(app: &TestApp, bytes: &[u8]) -> String {
    match app.app.db.engine() {
        Engine::Postgres => format!("'\\x{}'::bytea", hex::encode(bytes)),
        Engine::Sqlite => format!("X'{}'", hex::encode(bytes)),
    }
}
