//! What the database itself refuses, whoever is connected to it.
use jianghai::{db::Engine, graphql::ids, testing::TestApp};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::write;

/// A table that only grows: its key, and a column of it.
const TABLES: &[(&str, &str, &str)] =
    &[("audit", "id", "action"), ("audit_seal", "position", "at"), ("unmask_event", "id", "reason")];

fn attempts(engine: Engine, table: &str, key: &str, column: &str) -> Vec<String> {
    let upsert = format!(
        "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}"
    );
    let mut attempts = vec![
        format!("UPDATE {table} SET {column} = {column}"),
        format!("UPDATE {table} SET {key} = {key}"),
        format!("DELETE FROM {table}"),
        upsert,
    ];
    match engine {
        Engine::Postgres => attempts.push(format!("TRUNCATE {table} CASCADE")),
        Engine::Sqlite => attempts.extend([
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"),
            format!("REPLACE INTO {table} SELECT * FROM {table}"),
            format!("UPDATE OR REPLACE {table} SET {column} = {column}"),
            format!("UPDATE OR IGNORE {table} SET {column} = {column}"),
        ]),
    }
    attempts
}

#[tokio::test]
async fn what_only_grows_can_be_neither_changed_nor_removed_nor_replaced() {
    let app = TestApp::start().await;
    let look = json!({ "person": ids::encode(app.human("李示例宁").person).to_string(), "field": "PHONE",
        "reason": "CARE" });
    let looked = app.mutate("secretary", "personUnmask", "value", look).await;
    assert_eq!(looked.user_errors("personUnmask"), Vec::<String>::new(), "{}", looked.0);
    write(&app, 1).await;
    assert_eq!(app.replica(7).await.seal().await.unwrap(), 2);
    for (table, key, column) in TABLES {
        let before = app.number(&format!("SELECT COUNT(*) FROM {table}")).await;
        assert!(before > 0, "{table} is empty");
        for attempt in attempts(app.app.db.engine(), table, key, column) {
            let error = app.app.db.write().execute_unprepared(&attempt).await.unwrap_err();
            assert_eq!(jianghai::db::violated(&error), Some(&*format!("append_only_{table}")), "{attempt}: {error}");
        }
        assert_eq!(app.number(&format!("SELECT COUNT(*) FROM {table}")).await, before, "{table}");
    }
}

#[tokio::test]
async fn a_row_is_sealed_once_and_a_position_taken_once() {
    let app = TestApp::start().await;
    write(&app, 1).await;
    app.replica(7).await.seal().await.unwrap();
    write(&app, 2).await;
    let again = "INSERT INTO audit_seal SELECT 2, audit_id, row_hash, hash, at FROM audit_seal";
    let beside =
        "INSERT INTO audit_seal SELECT 1, audit_id, hash, hash, 0 FROM audit_pending JOIN audit ON id = audit_id";
    for (attempt, name) in [(again, "uq_audit_seal_audit"), (beside, "pk_audit_seal")] {
        let error = app.app.db.write().execute_unprepared(attempt).await.unwrap_err();
        assert_eq!(jianghai::db::violated(&error), Some(name), "{attempt}: {error}");
    }
    let error = app.app.db.write().execute_unprepared(&beside.replace("SELECT 1", "SELECT 0")).await.unwrap_err();
    assert!(error.to_string().contains("ck_audit_seal_position"), "{error}");
}
