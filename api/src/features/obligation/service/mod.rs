//! Opening, moving, closing and putting off duties.

mod recompute;
mod reconcile;
mod snooze;

use chrono::Days;
use entity::{Date, GrantId, ObligationId, ObligationKind, OrganizationId, PersonId, obligation};
use sea_orm::{ConnectionTrait, DbErr};

pub use recompute::{ObligationRecompute, ObligationRecomputeError, recompute};
pub use reconcile::{Contribution, Reconciled, reconcile};
pub use snooze::{
    ObligationSnooze, ObligationSnoozeError, ObligationUnsnoozeError, REASON, SNOOZE_DAYS, in_force, snooze, unsnooze,
};

use super::repo;
use crate::{
    clock::Ambient,
    db::{Tx, scope::Scope},
    features::notification::service as notifications,
};

/// What a duty is about. There is at most one open row of each kind for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// The organization that has to do it.
    Organization,
    /// A person; the duty follows him to another organization.
    Person(PersonId),
    /// A grant.
    Grant(GrantId),
}

impl About {
    /// The person.
    pub fn person(self) -> Option<PersonId> {
        if let Self::Person(id) = self { Some(id) } else { None }
    }

    /// The grant.
    pub fn grant(self) -> Option<GrantId> {
        if let Self::Grant(id) = self { Some(id) } else { None }
    }

    /// What `row` is about.
    pub fn of(row: &obligation::Model) -> Self {
        match (row.person_id, row.grant_id) {
            (Some(person), _) => Self::Person(person),
            (None, Some(grant)) => Self::Grant(grant),
            (None, None) => Self::Organization,
        }
    }
}

/// What is to be done by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What is to be done.
    pub kind: ObligationKind,
    /// Who has to do it.
    pub organization: OrganizationId,
    /// What it is about.
    pub about: About,
}

/// Brings `duty` in line with the facts: due on a day, or not due at all.
pub async fn settle(tx: &Tx, duty: Duty, due_on: Option<Date>) -> Result<(), DbErr> {
    let open = repo::open(tx, duty).await?;
    match (open, due_on) {
        (None, None) => Ok(()),
        (None, Some(due_on)) => arise(tx, duty, due_on).await,
        (Some(row), None) => repo::close(tx, row.id).await,
        (Some(row), Some(due_on)) if row.due_on == due_on && row.organization_id == duty.organization => Ok(()),
        (Some(row), Some(due_on)) => {
            repo::shift(tx, row.id, duty.organization, due_on).await?;
            let moved = (row.organization_id != duty.organization).then_some((row.id, duty));
            notifications::duties_fell(tx, moved.as_slice()).await
        }
    }
}

/// Opens `duty`, where it is not open already.
pub async fn ask_once(tx: &Tx, duty: Duty, due_on: Date) -> Result<(), DbErr> {
    if repo::open(tx, duty).await?.is_none() { arise(tx, duty, due_on).await } else { Ok(()) }
}

async fn arise(tx: &Tx, duty: Duty, due_on: Date) -> Result<(), DbErr> {
    let id = repo::insert(tx, duty, due_on).await?;
    notifications::duties_fell(tx, &[(id, duty)]).await
}

/// Open duties after `last` that became overdue, or came back overdue, on `since` or later; at most `most`, by key.
pub async fn newly_overdue(
    tx: &Tx,
    since: Date,
    last: Option<ObligationId>,
    most: u64,
) -> Result<Vec<obligation::Model>, DbErr> {
    repo::newly_overdue(tx, since, last, most).await
}

/// How many of each kind are open and overdue in the subtrees of `roots`: in one statement, for who may read them.
pub async fn subtree_counts(tx: &Tx, roots: &[OrganizationId]) -> Result<Vec<repo::SubtreeCount>, DbErr> {
    repo::subtree_counts(tx.conn(), roots, tx.today()).await
}

/// Lets questions fall away that nobody answered until `day`.
pub async fn lapse(tx: &Tx, kind: ObligationKind, day: Date) -> Result<(), DbErr> {
    repo::lapse(tx, kind, day).await
}

/// Open duties of `kind` in `scope`, and those of them that would be overdue had they `days` from their beginning.
pub async fn open_since(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    kind: ObligationKind,
    days: u32,
    ambient: &Ambient,
) -> Result<(i64, i64), DbErr> {
    repo::open_since(conn, scope, kind, ambient.start_of(ambient.today() - Days::new(days.into()))).await
}

/// Gives every open duty about a person that `from` has to `into`, where all its members move there.
pub async fn repoint(tx: &Tx, from: OrganizationId, into: OrganizationId) -> Result<(), DbErr> {
    repo::repoint(tx, from, into).await
}
