//! Putting a duty off until a day, and taking it up again.
use chrono::Days;
use entity::{Date, ObligationId, obligation};
use sea_orm::DbErr;
use serde_json::json;

use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::Tx,
    features::obligation::{
        policy,
        repo::{self, Snooze},
    },
};

/// Longest reason in characters.
pub const REASON: usize = 200;
/// Most days for which a duty is put off at once. It may be put off again; history has each time.
pub const SNOOZE_DAYS: u64 = 30;

/// A duty that is to be put off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObligationSnooze {
    /// The duty.
    pub obligation: ObligationId,
    /// The day on which it comes back.
    pub until: Date,
    /// Why.
    pub reason: String,
}

/// Why a duty was not put off.
#[derive(Debug)]
pub enum ObligationSnoozeError {
    /// The right is missing.
    Denied(Denied),
    /// The duty is missing or hidden.
    NotFound,
    /// It was fulfilled or fell away.
    Closed,
    /// The day is not after today.
    UntilPast,
    /// The day is too far away.
    UntilTooFar,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ObligationSnoozeError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Why a duty was not taken up again.
#[derive(Debug)]
pub enum ObligationUnsnoozeError {
    /// The right is missing.
    Denied(Denied),
    /// The duty is missing or hidden.
    NotFound,
    /// It is not put off.
    NotSnoozed,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ObligationUnsnoozeError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// How `row` is put off on `today`. On the day itself it is back; nothing has to run for that.
pub fn in_force(row: &obligation::Model, today: Date) -> Option<Snooze> {
    let (until, by, at) = (row.snoozed_until?, row.snoozed_by?, row.snoozed_at?);
    let holds = row.closed_at.is_none() && until > today;
    holds.then(|| Snooze { until, by, at, reason: row.snooze_reason.clone().unwrap_or_default() })
}

/// Puts a duty off. One that is put off already gets the new day and the new reason.
pub async fn snooze(
    tx: &Tx,
    actor: &Actor,
    command: ObligationSnooze,
) -> Result<obligation::Model, ObligationSnoozeError> {
    use ObligationSnoozeError as Error;
    let old = repo::get(tx.conn(), actor, command.obligation).await?.ok_or(Error::NotFound)?;
    policy::can_snooze(actor, old.organization_id).map_err(Error::Denied)?;
    let reason = command.reason.trim();
    match () {
        () if old.closed_at.is_some() => return Err(Error::Closed),
        () if command.until <= tx.today() => return Err(Error::UntilPast),
        () if command.until > tx.today() + Days::new(SNOOZE_DAYS) => return Err(Error::UntilTooFar),
        () if reason.is_empty() => return Err(Error::ReasonEmpty),
        () if reason.chars().count() > REASON => return Err(Error::ReasonTooLong),
        () => {}
    }
    let snooze = Snooze { until: command.until, by: actor.account(), reason: reason.to_owned(), at: tx.now() };
    let new = repo::snooze(tx, old.id, Some(snooze)).await?.ok_or(Error::Closed)?;
    note(tx, actor, "obligationSnooze", (&old, &new), Some(reason.to_owned())).await?;
    Ok(new)
}

/// Takes a duty up again before its day.
pub async fn unsnooze(
    tx: &Tx,
    actor: &Actor,
    obligation: ObligationId,
) -> Result<obligation::Model, ObligationUnsnoozeError> {
    use ObligationUnsnoozeError as Error;
    let old = repo::get(tx.conn(), actor, obligation).await?.ok_or(Error::NotFound)?;
    policy::can_snooze(actor, old.organization_id).map_err(Error::Denied)?;
    if in_force(&old, tx.today()).is_none() {
        return Err(Error::NotSnoozed);
    }
    let new = repo::snooze(tx, old.id, None).await?.ok_or(Error::NotSnoozed)?;
    note(tx, actor, "obligationUnsnooze", (&old, &new), None).await?;
    Ok(new)
}

async fn note(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    (old, new): (&obligation::Model, &obligation::Model),
    reason: Option<String>,
) -> Result<(), DbErr> {
    let shown = |row: &obligation::Model| Snapshot::from([("snoozedUntil", json!(row.snoozed_until))]);
    let change = Change {
        action,
        object_type: "Obligation",
        object_id: new.id.0,
        organization: Some(new.organization_id),
        person: new.person_id,
        before: shown(old),
        after: shown(new),
        reason,
    };
    audit::record(tx, Some(actor.account()), change).await
}
