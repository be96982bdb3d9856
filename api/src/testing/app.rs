//! One instance over a copy of the test city.
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use entity::{AccountId, OrganizationId};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{City, Human, NOW, TestClock, template, test_ambient};
use crate::{
    app::App,
    audit::seal::Sealer,
    authz::Actor,
    config::{Config, Storage},
    db::Database,
    graphql::{
        Locale,
        execute::{GraphqlRequest, Operations, execute},
        ids,
    },
};

/// A running instance and what its database contains.
pub struct TestApp {
    /// The instance.
    pub app: Arc<App>,
    /// Keys of the test city.
    pub city: City,
    /// The clock of the instance.
    pub clock: Arc<TestClock>,
    /// The database, for a second replica over it.
    pub url: String,
    statements: Arc<AtomicUsize>,
    _directory: TempDir,
}

/// The answer to one GraphQL request.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer(pub Value);

impl Answer {
    /// The value at `pointer` below `data`, such as `/viewer/account/name`.
    pub fn at(&self, pointer: &str) -> &Value {
        self.0.pointer(&format!("/data{pointer}")).unwrap_or(&Value::Null)
    }

    /// Codes of the system errors.
    pub fn codes(&self) -> Vec<&str> {
        let errors = self.0.get("errors").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        errors.iter().filter_map(|error| error.pointer("/extensions/code")?.as_str()).collect()
    }

    /// Codes and paths of the user errors of the mutation `field`, such as `["code DUPLICATE"]`.
    pub fn user_errors(&self, field: &str) -> Vec<String> {
        let errors = self.at(&format!("/{field}/userErrors")).as_array().map_or(&[][..], Vec::as_slice);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        errors
            .iter()
            .map(|error| {
                let path: Vec<String> = error["field"].as_array().into_iter().flatten().skip(1).map(text).collect();
                format!("{} {}", path.join("."), text(&error["code"]))
            })
            .collect()
    }
}

impl TestApp {
    /// A fresh instance.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// A fresh instance whose budget of a minute no walker over the contract uses up, while the clock stands still.
    pub async fn start_for_walkers() -> Self {
        Self::start_with(|config| config.limits.cost_per_minute = u32::MAX).await
    }

    /// A fresh instance whose attached files lie in `storage`.
    pub async fn start_on(storage: Storage) -> Self {
        Self::start_with(|config| config.storage = storage).await
    }

    /// A fresh instance with other settings.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let template = template::template();
        let copy = template.copy().await.unwrap_or_else(|error| panic!("no database for a test: {error}"));
        let statements = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&statements);
        let observer = Arc::new(move |_: &str| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let db = Database::connect(&copy.url, 4, Some(observer)).await;
        let db = db.unwrap_or_else(|error| panic!("a test's database cannot be opened: {error}"));
        let clock = TestClock::at(NOW);
        // A seed of its own, since the seed of the fixture would make the same keys again.
        let ambient = test_ambient(Arc::clone(&clock), 2);
        let directory = copy.directory.unwrap_or_else(|| {
            tempfile::tempdir().unwrap_or_else(|error| panic!("no folder for a test's files: {error}"))
        });
        let mut config = template::config(&copy.url);
        config.storage.directory = Some(directory.path().join("attachments"));
        change(&mut config);
        let app = App::new(config, db, ambient, &template::secrets());
        app.refresh_authority().await.unwrap_or_else(|error| panic!("rights cannot be read: {error}"));
        Self { app, city: template.city.clone(), clock, url: copy.url, statements, _directory: directory }
    }

    /// A sealer of audit rows over the same database with connections of its own, as another replica has it.
    pub async fn replica(&self, seed: u64) -> Sealer {
        let db = Database::connect(&self.url, 4, None).await;
        let db = db.unwrap_or_else(|error| panic!("a second replica finds no database: {error}"));
        Sealer::new(db, test_ambient(Arc::clone(&self.clock), seed))
    }

    /// Another instance over the same database with connections of its own, as another replica is.
    pub async fn sibling(&self, seed: u64) -> Arc<App> {
        let db = Database::connect(&self.url, 4, None).await;
        let db = db.unwrap_or_else(|error| panic!("a second replica finds no database: {error}"));
        let ambient = test_ambient(Arc::clone(&self.clock), seed);
        let app = App::new(self.app.config.clone(), db, ambient, &template::secrets());
        app.refresh_authority().await.unwrap_or_else(|error| panic!("rights cannot be read: {error}"));
        app
    }

    /// Settings with which the commands open the database of this instance.
    pub fn config(&self) -> Config {
        template::config(&self.url)
    }

    /// The key of an organization by its short name.
    pub fn organization(&self, short: &str) -> OrganizationId {
        self.city.organizations.get(short).copied().unwrap_or_else(|| panic!("no organization {short}"))
    }

    /// The global id of an organization by its short name.
    pub fn organization_id(&self, short: &str) -> String {
        ids::encode(self.organization(short)).to_string()
    }

    /// A person by name.
    pub fn human(&self, name: &str) -> Human {
        self.city.people.get(name).copied().unwrap_or_else(|| panic!("no person {name}"))
    }

    /// An account by name.
    pub fn account(&self, name: &str) -> AccountId {
        self.city.accounts.get(name).copied().unwrap_or_else(|| panic!("no account {name}"))
    }

    /// The actor behind an account, or nobody for the empty name.
    pub fn actor(&self, name: &str) -> Option<Arc<Actor>> {
        let today = self.app.ambient.today();
        let engine = self.app.db.engine();
        let authority = self.app.authority.current();
        (!name.is_empty()).then(|| {
            let actor = Actor::new(&authority, self.account(name), None, today, engine);
            Arc::new(actor.unwrap_or_else(|| panic!("{name} may not act")))
        })
    }

    /// Runs `document` for the account `name` (nobody for the empty name), with messages in English.
    pub async fn run(&self, name: &str, document: &str, variables: Value) -> Answer {
        self.run_as(self.actor(name), document, variables).await
    }

    /// The same for an actor that the test makes.
    pub async fn run_as(&self, actor: Option<Arc<Actor>>, document: &str, variables: Value) -> Answer {
        let variables = variables.as_object().cloned();
        let asked = GraphqlRequest { query: Some(document.to_owned()), variables, ..GraphqlRequest::default() };
        let (_, response) = execute(&self.app, actor, Locale::En, "test-request", Operations::All, asked).await;
        Answer(serde_json::to_value(response).unwrap_or_default())
    }

    /// Runs a mutation `field(input: $input)` of the input type `field` with a capital and `Input`, selecting `selection`.
    pub async fn mutate(&self, name: &str, field: &str, selection: &str, input: Value) -> Answer {
        let mut type_name: String = field.to_owned();
        if let Some(first) = type_name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let document = format!(
            "mutation($input: {type_name}Input!) {{ {field}(input: $input) {{ {selection} userErrors {{ field code message }} }} }}"
        );
        self.run(name, &document, json!({ "input": input })).await
    }

    /// Number of statements that `work` sends.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, usize) {
        let before = self.statements.load(Ordering::Relaxed);
        let done = work.await;
        (done, self.statements.load(Ordering::Relaxed) - before)
    }

    /// The number that `sql` answers.
    pub async fn number(&self, sql: &str) -> i64 {
        let backend = self.app.db.read().get_database_backend();
        let row = self.app.db.read().query_one_raw(Statement::from_string(backend, sql)).await;
        let row = row.ok().flatten().unwrap_or_else(|| panic!("no answer to {sql}"));
        row.try_get_by_index(0).unwrap_or_else(|error| panic!("no number from {sql}: {error}"))
    }

    /// Runs `sql` behind the back of the features.
    pub async fn execute(&self, sql: &str) {
        let done = self.app.db.write().execute_unprepared(sql).await;
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Number of rows in the tables that mutations change, to show that a refused one changed nothing.
    pub async fn footprint(&self) -> i64 {
        let tables = [
            "organization",
            "organization_closure",
            "organization_parent",
            "organization_status_period",
            "organization_term",
            "organization_post",
            "person",
            "member",
            "member_stage",
            "member_home",
            "member_contact",
            "affiliation",
            "account",
            "role_grant",
            "api_token",
            "second_factor",
            "recovery_code",
            "one_time_link",
            "sign_in_session",
            "audit",
            "obligation",
            "unmask_event",
            "attachment",
            "job",
            "erasure",
            "erasure_proposal",
            "person_export",
            "problem_report",
            "notification",
            "idempotency_key",
            // An upload that is given up must not weigh as much as the row of history that says so.
            "attachment_upload",
            "attachment_upload",
        ];
        let versions =
            ["organization", "person", "member", "account", "attachment", "problem_report", "role", "rule_set"];
        let rows = tables.iter().map(|table| format!("(SELECT COUNT(*) FROM {table})"));
        let sums = versions.iter().map(|table| format!("(SELECT COALESCE(SUM(version), 0) FROM {table})"));
        let parts: Vec<String> = rows.chain(sums).collect();
        self.number(&format!("SELECT CAST({} AS BIGINT)", parts.join(" + "))).await
    }
}
