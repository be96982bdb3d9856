//! Loading: organizations in one transaction, people branch by branch, accounts last.
use std::sync::Arc;

use entity::{OrganizationKind, OrganizationLevel, Sector, obligation, organization, setting};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, Statement,
};
use tokio::sync::mpsc::{Sender, channel};

use super::{
    DIVISIONS, DemoError, DemoOptions, DemoSummary, MAPPING,
    accounts::{self, Chosen},
    batch::Batch,
    chain::Divisions,
    cut::cut,
    divisions::{DivisionRow, read_divisions},
    duties::duties,
    mapping::Mapping,
    names::Registry,
    organizations::{self, Loaded},
    people::{Directory, People},
    person::Register,
    plan::Plan,
    script::fixed_number,
    seed::Seed,
};
use crate::{
    authz::install_templates,
    clock::Ambient,
    db::{Database, seal::Vault},
};

/// People of the whole tree at scale 1.
const PEOPLE: usize = 60_000;
/// People of one batch; each batch is one transaction.
const BATCH: usize = 1_000;
/// Least number of people of a branch with demonstration accounts.
const LEAST: usize = 30;
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
    let seed = Seed::new(ambient.today());
    let rows = read_divisions(DIVISIONS.as_bytes())?;
    let (plan, share) = plan(&rows, options, &seed)?;
    progress(&format!("writing {} divisions and {} organizations", rows.len(), plan.nodes().len()));
    let tx = db.begin().await?;
    install_templates(&tx, seed.ambient()).await?;
    mark(&tx, "loading").await?;
    let loaded = organizations::load(&tx, &rows, &plan, &seed).await?;
    tx.commit().await?;

    let numbers = Numbers::share_out(&plan, options.scale, share);
    let total = numbers.members.iter().sum::<usize>() + numbers.outsiders.iter().sum::<usize>();
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
    while let Some(batch) = batches.recv().await {
        summary.people += count(batch.persons.len());
        summary.members += count(batch.members.len());
        let tx = db.begin().await?;
        batch.write(&tx).await?;
        tx.commit().await?;
        progress(&format!("people: {} of {total}", summary.people));
    }
    let chosen = generator.await.map_err(|_| DemoError::Interrupted)?;

    let tx = db.begin().await?;
    summary.logins = accounts::load(&tx, &work.plan, &work.loaded, &chosen, &options.password, &work.seed).await?;
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

/// How much of the whole tree is loaded.
#[derive(Clone, Copy)]
struct Share {
    nodes: usize,
    of: usize,
}

/// Numbers of people by place in the plan.
struct Numbers {
    members: Vec<usize>,
    outsiders: Vec<usize>,
}

impl Numbers {
    /// Gives each branch people by its weight.
    fn share_out(plan: &Plan, scale: u32, share: Share) -> Self {
        let people = PEOPLE * usize::try_from(scale).unwrap_or(1) * share.nodes / share.of.max(1);
        let outsiders = people / 100;
        let open = |sector| matches!(sector, Sector::NewEmployment | Sector::IndustryChain);
        let weights = |filter: &dyn Fn(&super::plan::Node) -> bool| {
            plan.nodes().iter().map(|node| if filter(node) { node.weight as usize } else { 0 }).collect::<Vec<_>>()
        };
        let chosen = Chosen::new(plan);
        let mut members = apportion(people - outsiders, &weights(&|node| fixed_number(node.place).is_none()));
        for ((place, number), node) in members.iter_mut().enumerate().zip(plan.nodes()) {
            if let Some(fixed) = fixed_number(node.place) {
                *number = fixed;
            } else if chosen.wants(place) {
                *number = (*number).max(LEAST);
            }
        }
        Self { members, outsiders: apportion(outsiders, &weights(&|node| open(node.sector))) }
    }
}

/// Divides `total` by `weights` without losing any to rounding.
fn apportion(total: usize, weights: &[usize]) -> Vec<usize> {
    let sum = weights.iter().sum::<usize>().max(1);
    let (mut passed, mut given) = (0, 0);
    weights
        .iter()
        .map(|weight| {
            passed += weight;
            let number = total * passed / sum - given;
            given += number;
            number
        })
        .collect()
}

/// What the thread that makes up people needs.
struct Work {
    seed: Seed,
    plan: Plan,
    loaded: Loaded,
    numbers: Numbers,
    vault: Vault,
}

impl Work {
    /// Sends the people of all branches, and returns those behind the demonstration accounts. Only the batches
    /// in the channel are held in memory.
    fn generate(&self, sender: &Sender<Batch>) -> Chosen {
        let places = |wanted: &dyn Fn(&super::plan::Node) -> bool| {
            let nodes = self.plan.nodes().iter().enumerate();
            nodes.filter(|(_, node)| wanted(node)).map(|(place, _)| place).collect::<Vec<_>>()
        };
        let directory = Directory {
            loaded: &self.loaded,
            duties: duties(&self.plan, &self.seed),
            communities: places(&|node| node.level == OrganizationLevel::Community && node.statutory()),
            branches: places(&|node| node.kind == OrganizationKind::Branch && node.weight > 0),
        };
        let numbers = Registry::new();
        let register = Register { seed: &self.seed, vault: &self.vault, plan: &self.plan, numbers };
        let mut people = People { register, directory, chosen: Chosen::new(&self.plan) };
        let mut batch = Batch::default();
        let numbers = self.numbers.members.iter().copied().zip(self.numbers.outsiders.iter().copied());
        for (place, (members, outsiders)) in numbers.enumerate() {
            people.members(place, members, &mut batch);
            for _ in 0..outsiders {
                people.outsider(place, &mut batch);
            }
            if batch.persons.len() >= BATCH && sender.blocking_send(std::mem::take(&mut batch)).is_err() {
                // Writing has failed and says why.
                break;
            }
        }
        let _ = sender.blocking_send(batch);
        people.chosen
    }
}
