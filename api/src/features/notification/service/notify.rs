//! The one place where notifications are made: a function for each thing that happens, and who is told of it.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::{
    AccountId, JobState, NotificationKind, ObligationId, ObligationKind, OrganizationId, PersonId, job, obligation,
    problem_report, role_grant,
};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    authz::Permission,
    db::Tx,
    features::{
        grant,
        notification::repo::{self, New},
        obligation::{policy::carries_out, service::Duty},
    },
};

/// What is told of an object, before it is known to whom.
struct Notice {
    kind: NotificationKind,
    subject: Uuid,
    occasion: String,
}

impl Notice {
    fn to(&self, account: AccountId) -> New {
        let Self { kind, subject, occasion } = self;
        New { account, kind: *kind, subject: *subject, occasion: occasion.clone(), digest: None }
    }
}

/// The right of whoever carries a duty out, and its organization.
type Post = (Permission, OrganizationId);

/// Those who carry out the duties of each organization, by a grant on that very organization. Whoever holds a whole city is
/// told by the digest how many there are, not of each one below.
async fn tell_of_duties(tx: &Tx, notices: Vec<(ObligationKind, OrganizationId, Notice)>) -> Result<(), DbErr> {
    let post = |kind, organization| -> Post { (carries_out(kind), organization) };
    let mut wanted: BTreeMap<Permission, BTreeSet<OrganizationId>> = BTreeMap::new();
    for (kind, organization, _) in &notices {
        wanted.entry(carries_out(*kind)).or_default().insert(*organization);
    }
    let mut acting: HashMap<Post, Vec<AccountId>> = HashMap::new();
    for (right, organizations) in wanted {
        let organizations: Vec<OrganizationId> = organizations.into_iter().collect();
        for (organization, account) in grant::service::acting_on(tx, right, &organizations).await? {
            acting.entry((right, organization)).or_default().push(account);
        }
    }
    let told = |(kind, organization, notice): &(ObligationKind, OrganizationId, Notice)| -> Vec<New> {
        acting.get(&post(*kind, *organization)).into_iter().flatten().map(|account| notice.to(*account)).collect()
    };
    repo::insert(tx, notices.iter().flat_map(told).collect()).await
}

/// Duties that arose, or came to another organization.
pub async fn duties_fell(tx: &Tx, duties: &[(ObligationId, Duty)]) -> Result<(), DbErr> {
    let notice = |(id, duty): &(ObligationId, Duty)| {
        let occasion = duty.organization.0.to_string();
        (duty.kind, duty.organization, Notice { kind: NotificationKind::DutyNew, subject: id.0, occasion })
    };
    tell_of_duties(tx, duties.iter().map(notice).collect()).await
}

/// Duties whose day has passed, or that came back after it had.
pub async fn duties_overdue(tx: &Tx, duties: &[obligation::Model]) -> Result<(), DbErr> {
    let notice = |row: &obligation::Model| {
        let occasion = row.snoozed_until.filter(|until| *until > row.due_on).unwrap_or(row.due_on).to_string();
        (row.kind, row.organization_id, Notice { kind: NotificationKind::DutyOverdue, subject: row.id.0, occasion })
    };
    tell_of_duties(tx, duties.iter().map(notice).collect()).await
}

/// A grant that is in force, or will be on its first day.
pub async fn grant_begins(tx: &Tx, grant: &role_grant::Model) -> Result<(), DbErr> {
    let notice = Notice { kind: NotificationKind::GrantBegins, subject: grant.id.0, occasion: grant.from.to_string() };
    repo::insert(tx, vec![notice.to(grant.account_id)]).await
}

/// Grants that end soon.
pub async fn grants_end(tx: &Tx, grants: &[role_grant::Model]) -> Result<(), DbErr> {
    let new = |grant: &role_grant::Model| {
        let occasion = grant.until?.to_string();
        let notice = Notice { kind: NotificationKind::GrantEnds, subject: grant.id.0, occasion };
        Some(notice.to(grant.account_id))
    };
    repo::insert(tx, grants.iter().filter_map(new).collect()).await
}

/// A grant that waits for one of `seconds`.
pub async fn grant_waits(tx: &Tx, grant: &role_grant::Model, seconds: &[AccountId]) -> Result<(), DbErr> {
    let notice = Notice { kind: NotificationKind::GrantWaiting, subject: grant.id.0, occasion: String::new() };
    repo::insert(tx, seconds.iter().map(|account| notice.to(*account)).collect()).await
}

/// A proposal to erase `person` that waits for one of `seconds`.
pub async fn erasure_waits(tx: &Tx, person: PersonId, proposal: Uuid, seconds: &[AccountId]) -> Result<(), DbErr> {
    let notice = Notice { kind: NotificationKind::ErasureWaiting, subject: person.0, occasion: proposal.to_string() };
    repo::insert(tx, seconds.iter().map(|account| notice.to(*account)).collect()).await
}

/// A problem report that was answered; whoever answers his own knows.
pub async fn report_answered(tx: &Tx, report: &problem_report::Model, by: AccountId) -> Result<(), DbErr> {
    let occasion = tx.now().0.to_string();
    let notice = Notice { kind: NotificationKind::ReportAnswered, subject: report.id.0, occasion };
    let told = (report.account_id != by).then(|| notice.to(report.account_id));
    repo::insert(tx, told.into_iter().collect()).await
}

/// A job is done or parked: whoever asked for it is told. A parked one waits for somebody who manages jobs, and tells
/// those too, as far as they were given that right for all organizations.
pub async fn job_ended(tx: &Tx, job: &job::Model, root: Option<OrganizationId>) -> Result<(), DbErr> {
    let parked = job.state == JobState::Parked;
    let kind = if parked { NotificationKind::JobParked } else { NotificationKind::JobDone };
    let mut accounts: Vec<AccountId> = job.actor_id.into_iter().collect();
    if let (true, Some(root)) = (parked, root) {
        let managers = grant::service::acting_on(tx, Permission::JobManage, &[root]).await?;
        accounts.extend(managers.into_iter().map(|(_, account)| account));
    }
    let notice = Notice { kind, subject: job.id.0, occasion: tx.now().0.to_string() };
    repo::insert(tx, accounts.into_iter().map(|account| notice.to(account)).collect()).await
}

/// What a daily digest sums up: numbers only, of the day on which it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Duties in everything that the account may see, by kind.
    pub duties: Vec<DigestDuty>,
    /// Unread notifications by kind.
    pub unread: Vec<DigestUnread>,
}

/// Duties of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestDuty {
    /// What is to be done.
    pub kind: ObligationKind,
    /// All open ones.
    pub open: i64,
    /// Those whose day has passed.
    pub overdue: i64,
}

/// Unread notifications of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestUnread {
    /// What they tell.
    pub kind: NotificationKind,
    /// How many.
    pub count: i64,
}

/// The digests of today; an account has one a day.
pub async fn digest(tx: &Tx, digests: Vec<(AccountId, Digest)>) -> Result<(), DbErr> {
    let occasion = tx.today().to_string();
    let new = |(account, digest): (AccountId, Digest)| {
        let text = serde_json::to_string(&digest).map_err(|error| DbErr::Custom(error.to_string()))?;
        let notice = Notice { kind: NotificationKind::DailyDigest, subject: account.0, occasion: occasion.clone() };
        Ok(New { digest: Some(text), ..notice.to(account) })
    };
    repo::insert(tx, digests.into_iter().map(new).collect::<Result<_, DbErr>>()?).await
}
