//! Use cases of erasures: one proposes, another confirms, and a restore repeats.
use entity::{AccountId, ErasureOutcome, OrganizationId, PersonId, RecordStatus, erasure, erasure_proposal, person};
use sea_orm::DbErr;
use serde_json::json;

use super::{log::Erased, repo};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::{Tx, violated},
    features::{
        account, attachment,
        notification::service as notifications,
        person::{policy, service as persons},
        person_export,
    },
};

/// Longest reason in characters.
pub const REASON: usize = 200;

/// Whose record it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonErase {
    /// The person.
    pub person: PersonId,
    /// The version the caller saw.
    pub version: i32,
}

/// Why nothing was proposed, confirmed or withdrawn.
#[derive(Debug)]
pub enum PersonEraseError {
    /// The right is missing.
    Denied(Denied),
    /// The person is missing or hidden.
    NotFound,
    /// The record is in use.
    NotArchived,
    /// It was done already.
    Erased,
    /// A proposal waits already.
    AlreadyProposed,
    /// No proposal waits.
    NotProposed,
    /// One cannot confirm one's own proposal.
    OwnProposal,
    /// The person can still sign in.
    AccountActive,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// Somebody else changed the record; this is how it stands.
    Conflict(Box<person::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PersonEraseError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_erasure_proposal_open") => Self::AlreadyProposed,
            _ => Self::Db(error),
        }
    }
}

/// A record that may be erased, and the organizations that answer for it.
struct Erasable {
    row: person::Model,
    anchors: Vec<OrganizationId>,
    proposal: Option<erasure_proposal::Model>,
}

/// Proposes an erasure.
pub async fn propose(
    tx: &Tx,
    actor: &Actor,
    command: PersonErase,
    reason: &str,
) -> Result<person::Model, PersonEraseError> {
    use PersonEraseError as Error;
    let Erasable { row, anchors, proposal } = begin(tx, actor, command).await?;
    let reason = reason.trim();
    match () {
        () if proposal.is_some() => return Err(Error::AlreadyProposed),
        () if reason.is_empty() => return Err(Error::ReasonEmpty),
        () if reason.chars().count() > REASON => return Err(Error::ReasonTooLong),
        () => {}
    }
    let proposal_id = tx.ambient().uuid();
    let new = erasure_proposal::Model {
        id: proposal_id,
        person_id: row.id,
        reason: reason.to_owned(),
        proposed_by: actor.account(),
        proposed_at: tx.now(),
        closed_by: None,
        closed_at: None,
        outcome: None,
    };
    repo::insert_proposal(tx, new).await?;
    note(tx, Some(actor), "personErasePropose", row.id, &anchors, Some(reason.to_owned())).await?;
    let may = |other: &Actor| policy::can_erase(other, row.id, &anchors).is_ok();
    let seconds: Vec<AccountId> = actor.others().filter(may).map(|other| other.account()).collect();
    notifications::erasure_waits(tx, row.id, proposal_id, &seconds).await?;
    Ok(row)
}

/// Confirms the proposal of somebody else and erases.
pub async fn confirm(tx: &Tx, actor: &Actor, command: PersonErase) -> Result<person::Model, PersonEraseError> {
    use PersonEraseError as Error;
    let Erasable { row, anchors, proposal } = begin(tx, actor, command).await?;
    let proposal = proposal.ok_or(Error::NotProposed)?;
    if proposal.proposed_by == actor.account() {
        return Err(Error::OwnProposal);
    }
    if account::service::can_sign_in(tx, row.id).await? {
        return Err(Error::AccountActive);
    }
    if !repo::close(tx, &proposal, actor.account(), ErasureOutcome::Confirmed).await? {
        return Err(Error::NotProposed);
    }
    let token = format!("#{}", hex::encode(tx.ambient().bytes::<4>()));
    let erased = erase(tx, &row, &token).await?.ok_or_else(|| Error::Conflict(Box::new(row)))?;
    let done = erasure::Model { person_id: erased.id, at: tx.now(), token, confirmed_by: Some(actor.account()) };
    repo::insert(tx, done).await?;
    note(tx, Some(actor), "personEraseConfirm", erased.id, &anchors, Some(proposal.reason)).await?;
    Ok(erased)
}

/// Takes a proposal back; everybody may who could confirm it.
pub async fn withdraw(tx: &Tx, actor: &Actor, command: PersonErase) -> Result<person::Model, PersonEraseError> {
    use PersonEraseError as Error;
    let Erasable { row, anchors, proposal } = begin(tx, actor, command).await?;
    let proposal = proposal.ok_or(Error::NotProposed)?;
    if !repo::close(tx, &proposal, actor.account(), ErasureOutcome::Withdrawn).await? {
        return Err(Error::NotProposed);
    }
    note(tx, Some(actor), "personEraseWithdraw", row.id, &anchors, None).await?;
    Ok(row)
}

/// Repeats an erasure in a database that was restored from an older backup. False where the person is not in it, or
/// erased already.
pub async fn repeat(tx: &Tx, erased: &Erased) -> Result<bool, DbErr> {
    let Some(row) = persons::for_erasure(tx, erased.person).await?.filter(|row| row.data_key.is_some()) else {
        return Ok(false);
    };
    let anchors = persons::anchors(tx, row.id).await?;
    if erase(tx, &row, &erased.token).await?.is_none() {
        return Ok(false);
    }
    let done = erasure::Model { person_id: row.id, at: erased.at, token: erased.token.clone(), confirmed_by: None };
    repo::insert(tx, done).await?;
    note(tx, None, "personEraseRepeat", row.id, &anchors, None).await?;
    Ok(true)
}

async fn begin(tx: &Tx, actor: &Actor, command: PersonErase) -> Result<Erasable, PersonEraseError> {
    use PersonEraseError as Error;
    let row = persons::readable(tx, actor, command.person).await?.ok_or(Error::NotFound)?;
    let anchors = persons::anchors(tx, row.id).await?;
    policy::can_erase(actor, row.id, &anchors).map_err(Error::Denied)?;
    match () {
        () if row.version != command.version => Err(Error::Conflict(Box::new(row))),
        () if row.data_key.is_none() => Err(Error::Erased),
        () if row.status != RecordStatus::Archived => Err(Error::NotArchived),
        () => {
            let proposal = repo::of_persons(tx.conn(), &[row.id]).await?.pop();
            Ok(Erasable { row, anchors, proposal })
        }
    }
}

/// Empties the record and the account; none where somebody else was faster.
async fn erase(tx: &Tx, row: &person::Model, token: &str) -> Result<Option<person::Model>, DbErr> {
    account::service::erase_of_person(tx, row.id, token).await?;
    attachment::service::erase_of_person(tx, row.id).await?;
    person_export::service::erase_of_person(tx, row.id).await?;
    persons::erase(tx, row, token).await
}

async fn note(
    tx: &Tx,
    actor: Option<&Actor>,
    action: &'static str,
    person: PersonId,
    anchors: &[OrganizationId],
    reason: Option<String>,
) -> Result<(), DbErr> {
    let change = Change {
        action,
        object_type: "Person",
        object_id: person.0,
        organization: anchors.first().copied(),
        person: Some(person),
        before: Snapshot::new(),
        after: Snapshot::from([("erasure", json!(action))]),
        reason,
    };
    audit::record(tx, actor.map(Actor::account), change).await
}
