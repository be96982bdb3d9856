//! A reelection: the running term ends and the next begins.
use entity::{Date, OrganizationId, OrganizationStatus, organization};
use sea_orm::DbErr;
use serde_json::json;

use super::elected;
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::Tx,
    features::organization::{obligation, policy, repo},
};

/// Longest term in years that can be recorded.
const LONGEST_YEARS: u32 = 6;

/// The outcome of a reelection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermRecord {
    /// The organization.
    pub organization: OrganizationId,
    /// Day of the election.
    pub from: Date,
    /// Day the new term ends.
    pub until: Date,
    /// The version the caller saw.
    pub version: i32,
}

/// Why a term was not recorded.
#[derive(Debug)]
pub enum TermRecordError {
    /// The right is missing.
    Denied(Denied),
    /// The organization is missing or hidden.
    NotFound,
    /// It is archived.
    Archived,
    /// Its leading body is appointed, or it has none.
    NotElected,
    /// The election lies in the future, or before the running term began.
    FromOutOfRange,
    /// The term ends before it begins, or lasts too long.
    UntilOutOfRange,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<organization::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for TermRecordError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Records a term.
pub async fn record_term(tx: &Tx, actor: &Actor, command: TermRecord) -> Result<organization::Model, TermRecordError> {
    use TermRecordError as Error;
    let readable = actor.scope(Permission::OrganizationRead);
    let old = repo::get(tx.conn(), &readable, command.organization).await?.ok_or(Error::NotFound)?;
    policy::can_record_term(actor, old.id).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    if old.status == OrganizationStatus::Archived {
        return Err(Error::Archived);
    }
    if !elected(old.kind) {
        return Err(Error::NotElected);
    }
    let running = repo::running_terms(tx.conn(), &[old.id]).await?.pop();
    if command.from > tx.today() || running.as_ref().is_some_and(|running| command.from <= running.from) {
        return Err(Error::FromOutOfRange);
    }
    let last = command.from.checked_add_months(chrono::Months::new(12 * LONGEST_YEARS));
    if command.until <= command.from || last.is_some_and(|last| command.until > last) {
        return Err(Error::UntilOutOfRange);
    }
    let new =
        repo::update(tx, old.clone(), command.version).await?.ok_or_else(|| Error::Conflict(Box::new(old.clone())))?;
    let term = repo::begin_term(tx, new.id, command.from, command.until).await?;
    obligation::settle(tx, &new).await?;
    let before = running.map(|term| Snapshot::from([("termFrom", json!(term.from)), ("termUntil", json!(term.until))]));
    let change = Change {
        action: "termRecord",
        object_type: "Organization",
        object_id: new.id.0,
        organization: Some(new.id),
        person: None,
        before: before.unwrap_or_default(),
        after: Snapshot::from([("termFrom", json!(term.from)), ("termUntil", json!(term.until))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}
