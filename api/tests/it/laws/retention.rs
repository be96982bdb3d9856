//! Every table says for what and for how long it is kept, and what cannot change is never let go.
use std::collections::BTreeSet;

use jianghai::{
    db::{CONSTRAINTS, Engine},
    features::retention::{REGISTER, Rule},
    testing::TestApp,
};
use sea_orm::{ConnectionTrait, Statement};

/// The words that `sql` answers.
async fn words(app: &TestApp, sql: &str) -> Vec<String> {
    let connection = app.app.db.read();
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[tokio::test]
async fn every_table_has_one_entry_and_every_entry_a_table() {
    let app = TestApp::start().await;
    let sql = match app.app.db.engine() {
        Engine::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    };
    let mut tables = words(&app, sql).await;
    tables.sort();
    let mut entries: Vec<String> = REGISTER.iter().map(|entry| entry.table.to_owned()).collect();
    entries.sort();
    assert_eq!(entries, tables, "features/retention/register.rs names every table of the database once");
}

#[tokio::test]
async fn the_keys_of_the_register_are_those_of_the_tables() {
    let app = TestApp::start().await;
    for entry in REGISTER {
        let table = entry.table;
        let sql = match app.app.db.engine() {
            Engine::Postgres => format!(
                "SELECT attname::text FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
                 WHERE indrelid = '{table}'::regclass AND indisprimary"
            ),
            Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0"),
        };
        let columns: BTreeSet<String> = words(&app, &sql).await.into_iter().collect();
        let named: BTreeSet<String> = entry.key.iter().map(|column| column.trim_matches('"').to_owned()).collect();
        assert_eq!(named, columns, "{table}");
    }
}

#[test]
fn what_cannot_change_is_never_let_go() {
    let fixed: Vec<&str> = CONSTRAINTS.iter().filter_map(|(name, _)| name.strip_prefix("append_only_")).collect();
    assert!(fixed.len() > 2, "{fixed:?}");
    for table in fixed {
        let entry = REGISTER.iter().find(|entry| entry.table == table).unwrap();
        assert!(matches!(entry.rule, Rule::ForEver(_)), "{table} cannot be removed and says {:?}", entry.rule);
    }
}
