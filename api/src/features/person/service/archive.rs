//! A record that is no longer used, and its return.
use entity::{OrganizationId, PersonId, RecordStatus, person};
use sea_orm::DbErr;

use super::{anchors, snapshots};
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied},
    db::Tx,
    features::{
        affiliation, member,
        person::{policy, repo},
        post,
    },
};

/// What is to be archived or restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonArchive {
    /// The person.
    pub person: PersonId,
    /// Why.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// Why a record was not archived or restored.
#[derive(Debug)]
pub enum PersonArchiveError {
    /// The right is missing.
    Denied(Denied),
    /// The person is missing or hidden.
    NotFound,
    /// The record is archived already.
    Archived,
    /// The record is not archived.
    NotArchived,
    /// The membership still runs.
    MembershipRuns,
    /// A post still runs.
    PostRuns,
    /// What was personal about the person is erased.
    Erased,
    /// No reason was given.
    ReasonEmpty,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<person::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PersonArchiveError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Archives a record that neither a membership nor a post needs any more. Affiliations end, except those of a person
/// without a membership: they alone keep the record where it can be found and restored.
pub async fn archive(tx: &Tx, actor: &Actor, command: PersonArchive) -> Result<person::Model, PersonArchiveError> {
    use PersonArchiveError as Error;
    let (old, anchors) = begin(tx, actor, &command).await?;
    if old.status == RecordStatus::Archived {
        return Err(Error::Archived);
    }
    let membership = member::service::of_person(tx, old.id).await?;
    if membership.as_ref().is_some_and(|member| member::service::runs(member.stage)) {
        return Err(Error::MembershipRuns);
    }
    if post::service::holds_any(tx, old.id).await? {
        return Err(Error::PostRuns);
    }
    if membership.is_some() {
        affiliation::service::end_of_person(tx, old.id, tx.today()).await?;
    }
    end(tx, actor, "personArchive", old, &anchors, RecordStatus::Archived, command).await
}

/// Brings an archived record back into use.
pub async fn restore(tx: &Tx, actor: &Actor, command: PersonArchive) -> Result<person::Model, PersonArchiveError> {
    let (old, anchors) = begin(tx, actor, &command).await?;
    if old.status == RecordStatus::Active {
        return Err(PersonArchiveError::NotArchived);
    }
    if old.data_key.is_none() {
        return Err(PersonArchiveError::Erased);
    }
    end(tx, actor, "personRestore", old, &anchors, RecordStatus::Active, command).await
}

async fn begin(
    tx: &Tx,
    actor: &Actor,
    command: &PersonArchive,
) -> Result<(person::Model, Vec<OrganizationId>), PersonArchiveError> {
    use PersonArchiveError as Error;
    let old = super::readable(tx, actor, command.person).await?.ok_or(Error::NotFound)?;
    let anchors = anchors(tx, old.id).await?;
    policy::can_archive(actor, old.id, &anchors).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    if command.reason.trim().is_empty() {
        return Err(Error::ReasonEmpty);
    }
    Ok((old, anchors))
}

async fn end(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    old: person::Model,
    anchors: &[OrganizationId],
    status: RecordStatus,
    command: PersonArchive,
) -> Result<person::Model, PersonArchiveError> {
    let new = person::Model { status, ..old.clone() };
    let new = repo::update(tx, new, command.version)
        .await?
        .ok_or_else(|| PersonArchiveError::Conflict(Box::new(old.clone())))?;
    member::obligation::settle_person(tx, &new).await?;
    let (before, after) = snapshots(&old, &new);
    let change = Change {
        action,
        object_type: "Person",
        object_id: new.id.0,
        organization: anchors.first().copied(),
        person: Some(new.id),
        before,
        after,
        reason: Some(command.reason.trim().to_owned()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}
