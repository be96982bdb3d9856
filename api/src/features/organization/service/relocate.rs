//! Another organization above: the whole subtree moves.
use entity::{Date, OrganizationId, OrganizationKind, OrganizationStatus, organization};
use sea_orm::DbErr;

use super::{containable, snapshot};
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied, Permission},
    db::{Tx, detach_and_attach, violated},
    features::organization::{policy, repo},
};

/// Where an organization is to move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationMove {
    /// The organization.
    pub organization: OrganizationId,
    /// The new organization above.
    pub to: OrganizationId,
    /// First day of the new place.
    pub effective_on: Date,
    /// Why.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// Why an organization did not move.
#[derive(Debug)]
pub enum OrganizationMoveError {
    /// The right is missing.
    Denied(Denied),
    /// The organization is missing or hidden.
    NotFound,
    /// The new organization above is missing or hidden.
    TargetNotFound,
    /// The new organization above is archived.
    TargetArchived,
    /// The organization is archived.
    Archived,
    /// It is the root.
    Root,
    /// The target lies in the moved subtree.
    Cycle,
    /// The target cannot contain this kind.
    NotContainable {
        /// Kind of the target.
        parent: OrganizationKind,
    },
    /// The day lies in the future, or before the running period began.
    DayOutOfRange,
    /// No reason was given.
    ReasonEmpty,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<organization::Model>),
    /// A child of the target has this code.
    CodeTaken,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for OrganizationMoveError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_organization_sibling_code") => Self::CodeTaken,
            Some("no_overlap_organization_parent") => Self::DayOutOfRange,
            _ => Self::Db(error),
        }
    }
}

/// Moves an organization with everything below it.
pub async fn relocate(
    tx: &Tx,
    actor: &Actor,
    command: OrganizationMove,
) -> Result<organization::Model, OrganizationMoveError> {
    use OrganizationMoveError as Error;
    let readable = actor.scope(Permission::OrganizationRead);
    let old = repo::get(tx.conn(), &readable, command.organization).await?.ok_or(Error::NotFound)?;
    let target = repo::get(tx.conn(), &readable, command.to).await?.ok_or(Error::TargetNotFound)?;
    policy::can_move(actor, old.id, target.id).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    validate(tx, &old, &target, &command).await?;
    let new = reparent(tx, &old, target.id, command.effective_on)
        .await?
        .ok_or_else(|| Error::Conflict(Box::new(old.clone())))?;
    let change = Change {
        action: "organizationMove",
        object_type: "Organization",
        object_id: new.id.0,
        organization: Some(new.id),
        person: None,
        before: snapshot(&old),
        after: snapshot(&new),
        reason: Some(command.reason.trim().to_owned()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}

async fn validate(
    tx: &Tx,
    old: &organization::Model,
    target: &organization::Model,
    command: &OrganizationMove,
) -> Result<(), OrganizationMoveError> {
    use OrganizationMoveError as Error;
    if old.parent_id.is_none() {
        return Err(Error::Root);
    }
    if old.status == OrganizationStatus::Archived {
        return Err(Error::Archived);
    }
    if target.status == OrganizationStatus::Archived {
        return Err(Error::TargetArchived);
    }
    if repo::lies_below(tx, old.id, target.id).await? {
        return Err(Error::Cycle);
    }
    if !containable(target.kind).contains(&old.kind) {
        return Err(Error::NotContainable { parent: target.kind });
    }
    let period = repo::parent_period(tx.conn(), old.id).await?;
    if command.effective_on > tx.today() || period.is_some_and(|period| period.from > command.effective_on) {
        return Err(Error::DayOutOfRange);
    }
    if command.reason.trim().is_empty() {
        return Err(Error::ReasonEmpty);
    }
    Ok(())
}

/// Puts `old` below `parent` from `on`; none where somebody else changed it meanwhile.
pub(super) async fn reparent(
    tx: &Tx,
    old: &organization::Model,
    parent: OrganizationId,
    on: Date,
) -> Result<Option<organization::Model>, DbErr> {
    let new = organization::Model { parent_id: Some(parent), ..old.clone() };
    let Some(new) = repo::update(tx, new, old.version).await? else { return Ok(None) };
    detach_and_attach(tx.conn(), new.id, parent, tx.now()).await?;
    repo::end_parent_period(tx, new.id, on).await?;
    repo::insert_parent_period(tx, new.id, Some(parent), on).await?;
    Ok(Some(new))
}
