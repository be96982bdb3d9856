//! Who accompanies a member on the way (培养联系人).
use std::collections::BTreeSet;

use entity::{MemberId, MemberStage, PersonId, RecordStatus, member};
use sea_orm::DbErr;
use serde_json::json;

use super::runs;
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::Tx,
    features::{
        member::{obligation, policy, repo},
        person::service as persons,
    },
};

/// Most contact persons of a member.
const MOST: usize = 2;

/// Who is to accompany a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberContactAssign {
    /// The membership.
    pub member: MemberId,
    /// The contact persons, in place of all present ones.
    pub contacts: Vec<PersonId>,
    /// The version the caller saw.
    pub version: i32,
}

/// Why contact persons were not assigned.
#[derive(Debug)]
pub enum MemberContactAssignError {
    /// The right is missing.
    Denied(Denied),
    /// The membership is missing or hidden.
    NotFound,
    /// The person's record is archived.
    Archived,
    /// The membership has ended.
    Ended,
    /// There are none, or more than two.
    Number,
    /// A contact person is missing or hidden.
    ContactNotFound,
    /// A contact person is not a full member.
    ContactNotFull,
    /// The member would accompany himself.
    Himself,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<member::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for MemberContactAssignError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Lets `contacts` accompany a member from today; whoever else did so, ends.
pub async fn assign_contacts(
    tx: &Tx,
    actor: &Actor,
    command: MemberContactAssign,
) -> Result<member::Model, MemberContactAssignError> {
    use MemberContactAssignError as Error;
    let old = super::readable(tx, actor, command.member).await?.ok_or(Error::NotFound)?;
    policy::can_update(actor, old.home_organization_id).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    let person = persons::of_member(tx, &old).await?;
    if person.status == RecordStatus::Archived {
        return Err(Error::Archived);
    }
    let wanted: BTreeSet<PersonId> = command.contacts.iter().copied().collect();
    validate(tx, actor, &old, &wanted).await?;
    let new =
        repo::update(tx, old.clone(), old.version).await?.ok_or_else(|| Error::Conflict(Box::new(old.clone())))?;
    let running = repo::contacts(tx.conn(), &[old.id], tx.today()).await?;
    let before: BTreeSet<PersonId> = running.iter().map(|row| row.person_id).collect();
    for row in running.iter().filter(|row| !wanted.contains(&row.person_id)) {
        repo::end_contact(tx, row.id, tx.today()).await?;
    }
    for contact in wanted.difference(&before) {
        repo::begin_contact(tx, old.id, *contact, tx.today()).await?;
    }
    obligation::settle(tx, &new, &person).await?;
    let change = Change {
        action: "memberContactAssign",
        object_type: "Member",
        object_id: new.id.0,
        organization: Some(new.home_organization_id),
        person: Some(new.person_id),
        // Who they are, the periods say; history outlives an erasure.
        before: Snapshot::new(),
        after: Snapshot::from([("contacts", json!("changed"))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}

async fn validate(
    tx: &Tx,
    actor: &Actor,
    member: &member::Model,
    wanted: &BTreeSet<PersonId>,
) -> Result<(), MemberContactAssignError> {
    use MemberContactAssignError as Error;
    if !runs(member.stage) {
        return Err(Error::Ended);
    }
    if wanted.is_empty() || wanted.len() > MOST {
        return Err(Error::Number);
    }
    if wanted.contains(&member.person_id) {
        return Err(Error::Himself);
    }
    let wanted: Vec<PersonId> = wanted.iter().copied().collect();
    let readable = actor.scope(Permission::PersonRead);
    let contacts = repo::of_persons(tx.conn(), &readable, &wanted).await?;
    if contacts.len() < wanted.len() {
        return Err(Error::ContactNotFound);
    }
    if contacts.iter().any(|contact| contact.stage != MemberStage::Full) {
        return Err(Error::ContactNotFull);
    }
    Ok(())
}
