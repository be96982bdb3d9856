//! Use cases of affiliations.
use std::collections::HashSet;

use entity::{
    AffiliationId, AffiliationKind, Date, OrganizationId, OrganizationStatus, PersonId, RecordStatus, affiliation,
};
use sea_orm::DbErr;
use serde_json::json;

use super::{policy, repo};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::{Tx, violated},
    features::{member, organization, person},
};

/// What is to be tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AffiliationCreate {
    /// The person.
    pub person: PersonId,
    /// The organization.
    pub organization: OrganizationId,
    /// Kind of tie.
    pub kind: AffiliationKind,
    /// First day.
    pub from: Date,
}

/// Why a tie was not made.
#[derive(Debug)]
pub enum AffiliationCreateError {
    /// The right is missing.
    Denied(Denied),
    /// The person is missing or hidden.
    PersonNotFound,
    /// The person's record is archived.
    PersonArchived,
    /// The organization is missing or hidden.
    OrganizationNotFound,
    /// The organization is archived.
    OrganizationArchived,
    /// It is the person's home organization.
    AtHome,
    /// The day lies in the future.
    FromLater,
    /// A tie of this kind runs in that time.
    Overlap,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AffiliationCreateError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("no_overlap_affiliation") => Self::Overlap,
            _ => Self::Db(error),
        }
    }
}

/// Ties a person to an organization.
pub async fn create(
    tx: &Tx,
    actor: &Actor,
    command: AffiliationCreate,
) -> Result<affiliation::Model, AffiliationCreateError> {
    use AffiliationCreateError as Error;
    let person = person::service::readable(tx, actor, command.person).await?.ok_or(Error::PersonNotFound)?;
    let held = organization::service::hold(tx, actor, command.organization).await?;
    let organization = held.ok_or(Error::OrganizationNotFound)?;
    let anchors = person::service::anchors(tx, person.id).await?;
    policy::can_create(actor, person.id, &anchors, organization.id).map_err(Error::Denied)?;
    if person.status == RecordStatus::Archived {
        return Err(Error::PersonArchived);
    }
    if organization.status == OrganizationStatus::Archived {
        return Err(Error::OrganizationArchived);
    }
    let membership = member::service::of_person(tx, person.id).await?;
    if membership.is_some_and(|member| member.home_organization_id == organization.id) {
        return Err(Error::AtHome);
    }
    if command.from > tx.today() {
        return Err(Error::FromLater);
    }
    let row = begin(tx, person.id, organization.id, command.kind, command.from).await?;
    record(tx, actor, "affiliationCreate", None, &row).await?;
    Ok(row)
}

/// Begins a tie whose person and organization the caller has checked.
pub async fn begin(
    tx: &Tx,
    person: PersonId,
    organization: OrganizationId,
    kind: AffiliationKind,
    from: Date,
) -> Result<affiliation::Model, DbErr> {
    let row = affiliation::Model {
        id: tx.new_id(),
        person_id: person,
        organization_id: organization,
        kind,
        from,
        until: None,
        version: 1,
    };
    repo::insert(tx, row).await
}

/// Which tie is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AffiliationEnd {
    /// The tie.
    pub affiliation: AffiliationId,
    /// First day after.
    pub until: Date,
}

/// Why a tie did not end.
#[derive(Debug)]
pub enum AffiliationEndError {
    /// The right is missing.
    Denied(Denied),
    /// The tie is missing or hidden.
    NotFound,
    /// It has ended already.
    Ended,
    /// The day lies before its beginning.
    BeforeBeginning,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AffiliationEndError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Ends a tie.
pub async fn end(tx: &Tx, actor: &Actor, command: AffiliationEnd) -> Result<affiliation::Model, AffiliationEndError> {
    use AffiliationEndError as Error;
    let readable = actor.scope(Permission::PersonRead);
    let old = repo::get(tx.conn(), &readable, command.affiliation).await?.ok_or(Error::NotFound)?;
    policy::can_change(actor, old.organization_id).map_err(Error::Denied)?;
    if old.until.is_some_and(|until| until <= tx.today()) {
        return Err(Error::Ended);
    }
    if command.until < old.from {
        return Err(Error::BeforeBeginning);
    }
    let new = repo::end(tx, old.clone(), command.until).await?.ok_or(Error::Ended)?;
    record(tx, actor, "affiliationEnd", Some(&old), &new).await?;
    Ok(new)
}

/// Organizations of the running ties of `person`, whoever may see them: for deciding on rights alone.
pub async fn organizations_of(tx: &Tx, person: PersonId) -> Result<Vec<OrganizationId>, DbErr> {
    let rows = repo::organizations_of(tx.conn(), &[person], tx.today()).await?;
    Ok(rows.into_iter().map(|(_, organization)| organization).collect())
}

/// Ends every tie of `person` on `on`.
pub async fn end_of_person(tx: &Tx, person: PersonId, on: Date) -> Result<(), DbErr> {
    repo::end_of_person(tx, person, on).await
}

/// Moves every running tie at `from` to `into` on `on`, where the two become one. A tie that `into` has already, or
/// whose person has his home there, only ends.
pub async fn move_all(tx: &Tx, from: OrganizationId, into: OrganizationId, on: Date) -> Result<(), DbErr> {
    let moving = repo::at(tx, from, on).await?;
    let known: HashSet<(PersonId, AffiliationKind)> =
        repo::at(tx, into, on).await?.into_iter().map(|row| (row.person_id, row.kind)).collect();
    let persons: Vec<PersonId> = moving.iter().map(|row| row.person_id).collect();
    let at_home = member::service::at_home(tx, into, &persons).await?;
    let begun = moving
        .into_iter()
        .filter(|row| !known.contains(&(row.person_id, row.kind)) && !at_home.contains(&row.person_id))
        .map(|row| affiliation::Model {
            id: tx.new_id(),
            organization_id: into,
            from: row.from.max(on),
            version: 1,
            ..row
        });
    let begun: Vec<affiliation::Model> = begun.collect();
    repo::end_at(tx, from, on).await?;
    repo::insert_all(tx, begun).await
}

fn snapshot(row: &affiliation::Model) -> Snapshot {
    Snapshot::from([
        ("organization", json!(row.organization_id)),
        ("kind", json!(row.kind)),
        ("from", json!(row.from)),
        ("until", json!(row.until)),
    ])
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    old: Option<&affiliation::Model>,
    new: &affiliation::Model,
) -> Result<(), DbErr> {
    let change = Change {
        action,
        object_type: "Affiliation",
        object_id: new.id.0,
        organization: Some(new.organization_id),
        person: Some(new.person_id),
        before: old.map(snapshot).unwrap_or_default(),
        after: snapshot(new),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await
}
