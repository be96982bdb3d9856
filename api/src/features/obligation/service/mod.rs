//! Opening, moving and closing duties.

mod recompute;
mod reconcile;

use chrono::Days;
use entity::{Date, ObligationKind, OrganizationId, PersonId};
use sea_orm::{ConnectionTrait, DbErr};

pub use recompute::{ObligationRecompute, ObligationRecomputeError, recompute};
pub use reconcile::{Contribution, Reconciled, reconcile};

use super::repo;
use crate::{
    clock::Ambient,
    db::{Tx, scope::Scope},
};

/// What a duty is about. There is at most one open row for each organization (or person) and kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What is to be done.
    pub kind: ObligationKind,
    /// Who has to do it.
    pub organization: OrganizationId,
    /// Whom it is about.
    pub person: Option<PersonId>,
}

/// Brings `duty` in line with the facts: due on a day, or not due at all.
pub async fn settle(tx: &Tx, duty: Duty, due_on: Option<Date>) -> Result<(), DbErr> {
    let open = repo::open(tx, duty).await?;
    match (open, due_on) {
        (None, None) => Ok(()),
        (None, Some(due_on)) => repo::insert(tx, duty, due_on).await,
        (Some(row), None) => repo::close(tx, row.id).await,
        (Some(row), Some(due_on)) if row.due_on == due_on && row.organization_id == duty.organization => Ok(()),
        (Some(row), Some(due_on)) => repo::shift(tx, row.id, duty.organization, due_on).await,
    }
}

/// Opens `duty`, where it is not open already.
pub async fn ask_once(tx: &Tx, duty: Duty, due_on: Date) -> Result<(), DbErr> {
    if repo::open(tx, duty).await?.is_none() { repo::insert(tx, duty, due_on).await } else { Ok(()) }
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
