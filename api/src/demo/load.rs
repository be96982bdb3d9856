//! Loading: organizations in one transaction, people branch by branch, accounts last.
use std::sync::Arc;

use entity::{RuleFamily, obligation, organization, setting};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, Statement,
};
use tokio::sync::mpsc::channel;

use super::{
    DIVISIONS, DemoError, DemoOptions, DemoSummary, MAPPING, accounts,
    batch::Batch,
    chain::Divisions,
    cut::cut,
    divisions::{DivisionRow, read_divisions},
    generate::{Numbers, Share, Work},
    mapping::Mapping,
    organizations,
    plan::Plan,
    seed::Seed,
};
use crate::{
    authz::install_templates,
    clock::Ambient,
    db::{Database, seal::Vault},
    rule::Basis,
};

/// Lines of progress while people are written.
const LINES: u64 = 20;
/// Setting that says how far loading has come.
const SETTING: &str = "demo";

/// Whether a database holds the demonstration data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// No organization exists.
    Empty,
    /// Loading began and did not end.
    Unfinished,
    /// The demonstration data is there.
    Loaded,
    /// Other organizations exist.
    InUse,
}

/// What `conn` holds.
pub async fn state(conn: &impl ConnectionTrait) -> Result<State, DbErr> {
    let setting = setting::Entity::find_by_id(SETTING).one(conn).await?;
    Ok(match setting.as_ref().map(|setting| setting.value.as_str()) {
        Some("loaded") => State::Loaded,
        Some(_) => State::Unfinished,
        None if organization::Entity::find().one(conn).await?.is_some() => State::InUse,
        None => State::Empty,
    })
}

/// Fills the empty, migrated database `db`. `progress` is told about every step.
pub async fn load(
    db: &Database,
    ambient: &Ambient,
    vault: &Vault,
    options: &DemoOptions,
    progress: &dyn Fn(&str),
) -> Result<DemoSummary, DemoError> {
    match state(db.write()).await? {
        State::Empty => {}
        State::Unfinished => return Err(DemoError::Unfinished),
        State::Loaded | State::InUse => return Err(DemoError::NotEmpty),
    }
    let basis = Basis::read(db.read(), RuleFamily::Obligation).await?;
    let seed = Seed::new(ambient.today(), basis);
    let rows = read_divisions(DIVISIONS.as_bytes())?;
    let (plan, share) = plan(&rows, options, &seed)?;
    progress(&format!("writing {} divisions and {} organizations", rows.len(), plan.nodes().len()));
    let tx = db.begin().await?;
    install_templates(&tx, seed.ambient()).await?;
    mark(&tx, "loading").await?;
    let loaded = organizations::load(&tx, &rows, &plan, &seed).await?;
    tx.commit().await?;

    let numbers = Numbers::share_out(&plan, options.scale, share);
    let total = count(numbers.total());
    let mut summary = DemoSummary {
        divisions: count(rows.len()),
        organizations: count(plan.nodes().len()),
        people: 0,
        members: 0,
        obligations: 0,
        logins: Vec::new(),
    };
    let work = Arc::new(Work { seed, plan, loaded, numbers, vault: vault.clone() });
    let (sender, mut batches) = channel::<Batch>(2);
    let generator = tokio::task::spawn_blocking({
        let work = Arc::clone(&work);
        move || work.generate(&sender)
    });
    let mut reported = 0;
    while let Some(batch) = batches.recv().await {
        summary.people += count(batch.persons.len());
        summary.members += count(batch.members.len());
        let tx = db.begin().await?;
        batch.write(&tx).await?;
        // Nobody has listened yet.
        execute(&tx, "DELETE FROM outbox").await?;
        tx.commit().await?;
        if summary.people * LINES / total.max(1) > reported {
            reported = summary.people * LINES / total.max(1);
            progress(&format!("people: {} of {total}", summary.people));
        }
    }
    let chosen = generator.await.map_err(|_| DemoError::Interrupted)??;

    let tx = db.begin().await?;
    summary.logins = accounts::load(&tx, &work.plan, &work.loaded, &chosen, &options.password, &work.seed).await?;
    execute(&tx, "DELETE FROM outbox").await?;
    mark(&tx, "loaded").await?;
    execute(&tx, "UPDATE epoch SET n = n + 1 WHERE name = 'authority'").await?;
    tx.commit().await?;
    execute(db.write(), "ANALYZE").await?;
    summary.obligations = obligation::Entity::find().count(db.write()).await?;
    Ok(summary)
}

/// The tree, and which share of the whole one it is.
fn plan(rows: &[DivisionRow], options: &DemoOptions, seed: &Seed) -> Result<(Plan, Share), DemoError> {
    let mapping = Mapping::read(MAPPING, rows)?;
    let whole = Plan::build(&Divisions::new(rows, mapping), seed)?;
    let of = whole.nodes().len();
    let plan = match options.organizations {
        Some(wanted) => cut(whole, usize::try_from(wanted).unwrap_or(usize::MAX)),
        None => whole,
    };
    let share = Share { nodes: plan.nodes().len(), of };
    Ok((plan, share))
}

async fn mark(conn: &impl ConnectionTrait, value: &str) -> Result<(), DbErr> {
    setting::Entity::delete_many().filter(setting::Column::Key.eq(SETTING)).exec(conn).await?;
    let row = setting::ActiveModel { key: Set(SETTING.to_owned()), value: Set(value.to_owned()) };
    setting::Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

async fn execute(conn: &impl ConnectionTrait, sql: &str) -> Result<(), DbErr> {
    conn.execute_raw(Statement::from_string(conn.get_database_backend(), sql)).await.map(|_| ())
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
