//! Once a day: what the passing of days brought about, and the digests.
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_trait::async_trait;
use chrono::Days;
use entity::{AccountId, GrantId, NotificationKind, ObligationId, ObligationKind, OrganizationId, job};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::{
    repo,
    service::{self, Digest, DigestDuty, DigestUnread},
};
use crate::{
    app::App,
    authz::{Actor, Authority, Permission},
    db::Tx,
    features::{grant, obligation},
    job::{Daily, JobError, JobRun, Listener, Sentence, Step, Work},
};

/// Rows of one step.
const ROWS: u64 = 200;
/// Accounts whose digests are made in one step.
const ACCOUNTS: usize = 50;
/// Days for which it is made up where nothing ran.
const MISSED_DAYS: u64 = 7;
/// Days before the end of a grant on which its holder is told.
const ENDING_DAYS: u64 = 7;

/// The daily notifications.
pub struct NotificationDaily {
    /// Local hour at which they are made.
    pub hour: u8,
}

/// What is done, in this order, each from the last key on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Place {
    #[default]
    Begin,
    Overdue(ObligationId),
    Grants(Option<GrantId>),
    Digests(Option<AccountId>),
    End,
}

#[async_trait]
impl Work for NotificationDaily {
    fn kind(&self) -> &'static str {
        "notification_daily"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("每日提醒", "Daily notifications")
    }

    fn schedule(&self) -> Option<Daily> {
        Some(Daily { hour: self.hour.into(), minute: 0 })
    }

    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        let mut place: Place = run.checkpoint()?.unwrap_or_default();
        let mut done = run.job().done;
        while place != Place::End {
            let authority = app.refresh_authority().await?;
            let tx = run.begin(app).await?;
            let (next, rows) = step(app, &tx, &authority, place).await?;
            place = next;
            done += i64::try_from(rows).unwrap_or(i64::MAX);
            run.commit(app, tx, Step { checkpoint: place, done, total: None }).await?;
        }
        Ok(Sentence::new(format!("看过 {done} 项。"), format!("{done} things were looked at.")))
    }
}

/// One step from `place` on: where the next one begins, and how much this one looked at.
async fn step(app: &App, tx: &Tx, authority: &Arc<Authority>, place: Place) -> Result<(Place, usize), DbErr> {
    match place {
        Place::Begin => overdue(tx, None).await,
        Place::Overdue(last) => overdue(tx, Some(last)).await,
        Place::Grants(last) => {
            let by = tx.today() + Days::new(ENDING_DAYS);
            let ending = grant::service::ending(tx, by, last, ROWS).await?;
            service::grants_end(tx, &ending).await?;
            let next = ending.last().map_or(Place::Digests(None), |grant| Place::Grants(Some(grant.id)));
            Ok((next, ending.len()))
        }
        Place::Digests(last) => {
            let accounts = holders(authority, last);
            let actor = |id: &AccountId| Actor::new(authority, *id, None, tx.today(), app.db.engine());
            digests(tx, &accounts.iter().filter_map(actor).collect::<Vec<_>>()).await?;
            let next = accounts.last().map_or(Place::End, |last| Place::Digests(Some(*last)));
            Ok((next, accounts.len()))
        }
        Place::End => Ok((Place::End, 0)),
    }
}

async fn overdue(tx: &Tx, last: Option<ObligationId>) -> Result<(Place, usize), DbErr> {
    let since = tx.today() - Days::new(MISSED_DAYS);
    let duties = obligation::service::newly_overdue(tx, since, last, ROWS).await?;
    service::duties_overdue(tx, &duties).await?;
    Ok((duties.last().map_or(Place::Grants(None), |duty| Place::Overdue(duty.id)), duties.len()))
}

/// The next accounts with rights after `last`, by key.
fn holders(authority: &Authority, last: Option<AccountId>) -> Vec<AccountId> {
    let mut ids: Vec<AccountId> = authority.grants.keys().copied().filter(|id| Some(*id) > last).collect();
    ids.sort_unstable();
    ids.truncate(ACCOUNTS);
    ids
}

/// Makes the digests of `actors` in a bounded number of statements. Nobody is told that there is nothing.
async fn digests(tx: &Tx, actors: &[Actor]) -> Result<(), DbErr> {
    let accounts: Vec<AccountId> = actors.iter().map(Actor::account).collect();
    let roots = |actor: &Actor, right: Permission| actor.scope(right).roots().to_vec();
    let all = |actor| obligation::policy::READS.iter().flat_map(move |right| roots(actor, *right));
    let mut tops: Vec<OrganizationId> = actors.iter().flat_map(all).collect();
    tops.sort_unstable();
    tops.dedup();
    let mut duties: HashMap<(Permission, OrganizationId), Vec<DigestDuty>> = HashMap::new();
    for row in obligation::service::subtree_counts(tx, &tops).await? {
        let duty = DigestDuty { kind: row.kind, open: row.open, overdue: row.overdue };
        duties.entry((obligation::policy::reads(row.kind), row.organization_id)).or_default().push(duty);
    }
    let silent: Vec<(AccountId, NotificationKind)> = repo::settings(tx.conn(), &accounts)
        .await?
        .into_iter()
        .filter(|row| !row.in_digest)
        .map(|row| (row.account_id, row.kind))
        .collect();
    let counted =
        |account: AccountId, kind| kind != NotificationKind::DailyDigest && !silent.contains(&(account, kind));
    let mut digests: Vec<(AccountId, Digest)> = Vec::new();
    let unread = repo::unread_by_kind(tx, &accounts).await?;
    for actor in actors {
        let account = actor.account();
        let mut digest = Digest::default();
        if [NotificationKind::DutyNew, NotificationKind::DutyOverdue].iter().any(|kind| counted(account, *kind)) {
            let keys = obligation::policy::READS
                .iter()
                .flat_map(|right| roots(actor, *right).into_iter().map(|root| (*right, root)));
            digest.duties = sum(keys.filter_map(|key| duties.get(&key)).flatten());
        }
        let own = unread.iter().filter(|row| row.account_id == account && counted(account, row.kind));
        digest.unread = own.map(|row| DigestUnread { kind: row.kind, count: row.n }).collect();
        digest.unread.sort_unstable_by_key(|unread| unread.kind);
        if digest != Digest::default() {
            digests.push((account, digest));
        }
    }
    service::digest(tx, digests).await
}

/// The sums by kind, in the order of the kinds.
fn sum<'a>(duties: impl Iterator<Item = &'a DigestDuty>) -> Vec<DigestDuty> {
    let mut sums: BTreeMap<ObligationKind, DigestDuty> = BTreeMap::new();
    for duty in duties {
        let sum = sums.entry(duty.kind).or_insert(DigestDuty { open: 0, overdue: 0, ..*duty });
        sum.open += duty.open;
        sum.overdue += duty.overdue;
    }
    sums.into_values().collect()
}

/// Tells that a job is done or parked.
pub struct JobEnded;

#[async_trait]
impl Listener for JobEnded {
    async fn ended(&self, app: &App, tx: &Tx, job: &job::Model) -> Result<(), DbErr> {
        let root = app.authority.current().tree.root().map(|root| root.id);
        service::job_ended(tx, job, root).await
    }
}
