//! One migrated and filled database per process, copied for each test.
use std::{path::PathBuf, sync::OnceLock};

use migration::{Migrator, MigratorTrait};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

use super::{
    City, NOW, TestClock,
    city::{self, PASSWORD},
    test_ambient,
};
use crate::{
    authz::install_templates,
    config::{Backup, Config, FreeForm, Secrets},
    db::{Database, Engine, Tx, seal::Vault},
    features::account::Passwords,
};

/// What goes wrong in a test's own machinery ends the test.
type Broken = Box<dyn std::error::Error + Send + Sync>;

/// The filled database and what it contains.
pub(super) struct Template {
    pub city: City,
    source: Source,
}

enum Source {
    /// A file, with the directory that holds it.
    File(PathBuf, #[expect(dead_code, reason = "removes the directory when the process ends")] TempDir),
    /// A database that serves as template, and the URL of its server.
    Database { name: String, server: String },
}

/// A database for one test.
pub(super) struct Copy {
    pub url: String,
    /// Removed with the test.
    pub directory: Option<TempDir>,
}

/// The secrets of every test instance.
pub(super) fn secrets() -> Secrets {
    Secrets { data: vec![7; 32], previous_data: None, token: vec![9; 32], previous_token: None }
}

/// Settings that open the database at `url` with the secrets of every test instance.
pub(super) fn config(url: &str) -> Config {
    let secrets = secrets();
    Config {
        database_url: url.to_owned(),
        database_connections: 2,
        data_secret: Some(hex::encode(secrets.data)),
        token_key: Some(hex::encode(secrets.token)),
        // No test makes copies of its database unasked.
        backup: Backup { keep: 0, ..Backup::default() },
        // Tests say what they ask for.
        free_form: FreeForm::Everyone,
        ..Config::default()
    }
}

/// Settings for a database that is still empty, and the folder that it lies in, if it does.
pub async fn empty_database() -> (Config, Option<TempDir>) {
    let empty = async || -> Result<(Config, Option<TempDir>), Broken> {
        match engine() {
            Engine::Sqlite => {
                let directory = tempfile::tempdir()?;
                let path = directory.path().join("jianghai.db");
                Ok((config(&format!("sqlite://{}", path.display())), Some(directory)))
            }
            Engine::Postgres => {
                let server = std::env::var("JIANGHAI_TEST_POSTGRES_URL")?;
                let name = format!("jianghai_empty_{}_{}", std::process::id(), next());
                on_server(&server, &format!("CREATE DATABASE {name}")).await?;
                Ok((config(&database_url(&server, &name)), None))
            }
        }
    };
    empty().await.unwrap_or_else(|error| panic!("no empty database for a test: {error}"))
}

/// A number that this process did not use before.
fn next() -> u32 {
    static COPIES: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    COPIES.fetch_add(1, std::sync::atomic::Ordering::Relaxed)
}

/// The template of this process.
pub(super) fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        // A thread of its own, since the caller's runtime must not be blocked on.
        let built = std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(build())
        });
        match built.join() {
            Ok(Ok(template)) => template,
            Ok(Err(error)) => panic!("the test city cannot be built: {error}"),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// The engine that `JIANGHAI_TEST_ENGINE` asks for.
pub(super) fn engine() -> Engine {
    match std::env::var("JIANGHAI_TEST_ENGINE").as_deref() {
        Ok("postgres") => Engine::Postgres,
        _ => Engine::Sqlite,
    }
}

async fn build() -> Result<Template, Broken> {
    let source = match engine() {
        Engine::Sqlite => {
            let directory = tempfile::tempdir()?;
            Source::File(directory.path().join("template.db"), directory)
        }
        Engine::Postgres => {
            let server = std::env::var("JIANGHAI_TEST_POSTGRES_URL")?;
            let name = format!("jianghai_template_{}", std::process::id());
            on_server(&server, &format!("CREATE DATABASE {name}")).await?;
            Source::Database { name, server }
        }
    };
    let url = match &source {
        Source::File(path, _) => format!("sqlite://{}", path.display()),
        Source::Database { name, server } => database_url(server, name),
    };
    let db = Database::connect(&url, 2, None).await?;
    Migrator::up(db.write(), None).await?;
    let ambient = test_ambient(TestClock::at(NOW), 1);
    install_templates(db.write(), &ambient).await?;
    let vault = std::sync::Arc::new(Vault::new(&secrets().data));
    let hash = Passwords::default().hash(&ambient, PASSWORD.to_owned()).await?;
    let tx = Tx::begin(&db, &ambient, &vault, "fixture").await?;
    tx.lock_authority().await?;
    let city = city::build(&tx, &hash).await?;
    tx.commit().await?;
    db.close().await?;
    Ok(Template { city, source })
}

impl Template {
    /// A fresh copy.
    pub async fn copy(&self) -> Result<Copy, Broken> {
        match &self.source {
            Source::File(template, _) => {
                let directory = tempfile::tempdir()?;
                let path = directory.path().join("test.db");
                std::fs::copy(template, &path)?;
                Ok(Copy { url: format!("sqlite://{}", path.display()), directory: Some(directory) })
            }
            Source::Database { name, server } => {
                let copy = format!("jianghai_test_{}_{}", std::process::id(), next());
                on_server(server, &format!("CREATE DATABASE {copy} TEMPLATE {name}")).await?;
                Ok(Copy { url: database_url(server, &copy), directory: None })
            }
        }
    }
}

fn database_url(server: &str, database: &str) -> String {
    match server.rsplit_once('/') {
        Some((head, _)) if head.contains("://") && !head.ends_with('/') => format!("{head}/{database}"),
        _ => format!("{server}/{database}"),
    }
}

async fn on_server(server: &str, sql: &str) -> Result<(), Broken> {
    let connection = sea_orm::Database::connect(server).await?;
    connection.execute_unprepared(sql).await?;
    connection.close().await?;
    Ok(())
}
