//! A look at one protected field: with a reason, within a daily budget, seen by the person.
use entity::{PersonId, SensitiveField, UnmaskReason};
use sea_orm::DbErr;
use serde_json::json;

use super::{anchors, open};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::{Tx, seal::Unsealable},
    features::person::{policy, repo},
};

/// Looks of one account on one local day. Looks at the same moment may pass it by as many as they are.
pub const LOOKS_A_DAY: u64 = 50;

/// At what somebody wants to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonUnmask {
    /// The person.
    pub person: PersonId,
    /// The field.
    pub field: SensitiveField,
    /// Why.
    pub reason: UnmaskReason,
}

/// A value in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmasked {
    /// The value.
    pub value: String,
    /// Looks left today.
    pub remaining: u64,
}

/// Why a field stays masked.
#[derive(Debug)]
pub enum PersonUnmaskError {
    /// The right is missing.
    Denied(Denied),
    /// The person is missing or hidden.
    NotFound,
    /// The field has no value.
    Empty,
    /// The looks of today are used up.
    BudgetExhausted,
    /// The keys do not fit the record.
    Sealed(Unsealable),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PersonUnmaskError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Opens a protected field and notes who looked.
pub async fn unmask(tx: &Tx, actor: &Actor, command: PersonUnmask) -> Result<Unmasked, PersonUnmaskError> {
    use PersonUnmaskError as Error;
    let PersonUnmask { person, field, reason } = command;
    let row = super::readable(tx, actor, person).await?.ok_or(Error::NotFound)?;
    let anchors = anchors(tx, row.id).await?;
    policy::can_unmask(actor, row.id, &anchors, field).map_err(Error::Denied)?;
    let used = repo::count_looks(tx, actor.account(), tx.ambient().start_of(tx.today())).await?;
    if used >= LOOKS_A_DAY {
        return Err(Error::BudgetExhausted);
    }
    let value = open(tx.vault(), &row, field).map_err(Error::Sealed)?.ok_or(Error::Empty)?;
    repo::insert_look(tx, actor.account(), row.id, field, reason).await?;
    let change = Change {
        action: "personUnmask",
        object_type: "Person",
        object_id: row.id.0,
        organization: anchors.first().copied(),
        person: Some(row.id),
        before: Snapshot::new(),
        after: Snapshot::from([("field", json!(field)), ("unmaskReason", json!(reason))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(Unmasked { value, remaining: LOOKS_A_DAY - used - 1 })
}
