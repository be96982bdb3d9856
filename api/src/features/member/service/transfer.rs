//! Another home organization (组织关系转接).
use entity::{
    Date, MemberId, MemberStage, OrganizationId, OrganizationKind, OrganizationStatus, RecordStatus, member,
    organization, person,
};
use sea_orm::DbErr;

use super::{houses, runs, snapshot};
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied},
    db::{Tx, violated},
    features::{
        member::{obligation, policy, repo},
        organization::service as organizations,
        person::service as persons,
    },
};

/// Where a member is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberTransfer {
    /// The membership.
    pub member: MemberId,
    /// The new home organization.
    pub to: OrganizationId,
    /// First day there.
    pub effective_on: Date,
    /// Why.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// Why a member did not go.
#[derive(Debug)]
pub enum MemberTransferError {
    /// The right is missing.
    Denied(Denied),
    /// The membership is missing or hidden.
    NotFound,
    /// The new home organization is missing or hidden.
    TargetNotFound,
    /// The new home organization is archived.
    TargetArchived,
    /// The new home organization is no branch.
    NotABranch {
        /// What it is.
        kind: OrganizationKind,
    },
    /// The member is at home there already.
    AtHome,
    /// The person's record is archived.
    Archived,
    /// The membership has ended.
    Ended {
        /// How.
        stage: MemberStage,
    },
    /// The day lies in the future, or before the running home period began.
    DayOutOfRange,
    /// No reason was given.
    ReasonEmpty,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<member::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for MemberTransferError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("no_overlap_member_home") => Self::DayOutOfRange,
            _ => Self::Db(error),
        }
    }
}

/// Moves a member to another home organization, which counts him from then on. Contact persons stay.
pub async fn transfer(tx: &Tx, actor: &Actor, command: MemberTransfer) -> Result<member::Model, MemberTransferError> {
    use MemberTransferError as Error;
    let old = super::readable(tx, actor, command.member).await?.ok_or(Error::NotFound)?;
    let target = organizations::hold(tx, actor, command.to).await?.ok_or(Error::TargetNotFound)?;
    policy::can_transfer(actor, old.home_organization_id, target.id).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    let person = persons::of_member(tx, &old).await?;
    validate(&old, &person, &target, &command)?;
    let new = member::Model { home_organization_id: target.id, ..old.clone() };
    let new = repo::update(tx, new, old.version).await?.ok_or_else(|| Error::Conflict(Box::new(old.clone())))?;
    let period = repo::running_home(tx, old.id).await?;
    if command.effective_on > tx.today() || period.as_ref().is_some_and(|period| period.from > command.effective_on) {
        return Err(Error::DayOutOfRange);
    }
    if let Some(period) = period {
        repo::end_home(tx, period.id, command.effective_on).await?;
    }
    repo::begin_home(tx, new.id, target.id, command.effective_on).await?;
    organizations::change_count(tx, old.home_organization_id, new.stage, -1).await?;
    organizations::change_count(tx, target.id, new.stage, 1).await?;
    obligation::settle(tx, &new, &person).await?;
    obligation::answer_transfer(tx, &new).await?;
    let change = Change {
        action: "memberTransfer",
        object_type: "Member",
        object_id: new.id.0,
        organization: Some(target.id),
        person: Some(new.person_id),
        before: snapshot(&old),
        after: snapshot(&new),
        reason: Some(command.reason.trim().to_owned()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}

fn validate(
    old: &member::Model,
    person: &person::Model,
    target: &organization::Model,
    command: &MemberTransfer,
) -> Result<(), MemberTransferError> {
    use MemberTransferError as Error;
    if person.status == RecordStatus::Archived {
        return Err(Error::Archived);
    }
    if !runs(old.stage) {
        return Err(Error::Ended { stage: old.stage });
    }
    if target.status == OrganizationStatus::Archived {
        return Err(Error::TargetArchived);
    }
    if !houses(target.kind) {
        return Err(Error::NotABranch { kind: target.kind });
    }
    if target.id == old.home_organization_id {
        return Err(Error::AtHome);
    }
    if command.reason.trim().is_empty() {
        return Err(Error::ReasonEmpty);
    }
    Ok(())
}
