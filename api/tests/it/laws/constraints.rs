//! Every constraint that data can violate has a name, and the name is known.
use std::collections::BTreeSet;

use jianghai::{
    db::{CONSTRAINTS, Engine},
    testing::TestApp,
};
use sea_orm::{ConnectionTrait, Statement};

async fn names(app: &TestApp) -> BTreeSet<String> {
    let connection = app.app.db.read();
    let sql = match app.app.db.engine() {
        Engine::Postgres => {
            "SELECT conname::text AS word FROM pg_constraint WHERE contype IN ('u', 'x')
             UNION SELECT indexname::text FROM pg_indexes WHERE indexname LIKE 'uq_%'
             UNION SELECT tgname::text FROM pg_trigger WHERE tgname LIKE 'append_only_%' OR tgname LIKE 'published_%'"
        }
        Engine::Sqlite => "SELECT sql AS word FROM sqlite_master WHERE sql IS NOT NULL",
    };
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await.unwrap();
    let words = rows.iter().map(|row| row.try_get::<String>("", "word").unwrap()).collect::<Vec<_>>().join(" ");
    words
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| {
            ["uq_", "no_overlap_", "append_only_", "published_rule"].iter().any(|prefix| word.starts_with(prefix))
        })
        .map(|word| word.trim_end_matches("_insert").trim_end_matches("_update").trim_end_matches("_delete").to_owned())
        .collect()
}

#[tokio::test]
async fn the_database_and_the_list_of_constraints_agree() {
    let app = TestApp::start().await;
    let known: BTreeSet<String> = CONSTRAINTS
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .filter(|name| !name.starts_with("pk_") && !name.starts_with("ck_"))
        .collect();
    assert_eq!(names(&app).await, known);
}
