//! Use cases of posts.
use entity::{Date, OrganizationId, OrganizationStatus, PersonId, PostId, PostTitle, RecordStatus, organization_post};
use sea_orm::DbErr;
use serde_json::json;

use super::{policy, repo};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::{Tx, violated},
    features::{grant, organization, person},
};

/// Who takes which post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostAssign {
    /// The organization.
    pub organization: OrganizationId,
    /// The holder.
    pub person: PersonId,
    /// The post.
    pub title: PostTitle,
    /// Whether it is the holder's full-time work.
    pub full_time: bool,
    /// First day.
    pub from: Date,
}

/// Why a post was not assigned.
#[derive(Debug)]
pub enum PostAssignError {
    /// The right is missing.
    Denied(Denied),
    /// The organization is missing or hidden.
    OrganizationNotFound,
    /// The organization is archived.
    OrganizationArchived,
    /// The person is missing or hidden.
    PersonNotFound,
    /// The person's record is archived.
    PersonArchived,
    /// The day lies in the future.
    FromLater,
    /// The person holds this post in that time.
    Overlap,
    /// The organization has a secretary in that time.
    SecretaryTaken,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PostAssignError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("no_overlap_organization_post") => Self::Overlap,
            Some("uq_organization_post_secretary") => Self::SecretaryTaken,
            _ => Self::Db(error),
        }
    }
}

/// Gives a person a post.
pub async fn assign(tx: &Tx, actor: &Actor, command: PostAssign) -> Result<organization_post::Model, PostAssignError> {
    use PostAssignError as Error;
    let PostAssign { organization, person, title, full_time, from } = command;
    let organization =
        organization::service::hold(tx, actor, organization).await?.ok_or(Error::OrganizationNotFound)?;
    let person = person::service::readable(tx, actor, person).await?.ok_or(Error::PersonNotFound)?;
    let anchors = person::service::anchors(tx, person.id).await?;
    policy::can_assign(actor, person.id, &anchors, organization.id).map_err(Error::Denied)?;
    if organization.status == OrganizationStatus::Archived {
        return Err(Error::OrganizationArchived);
    }
    if person.status == RecordStatus::Archived {
        return Err(Error::PersonArchived);
    }
    if from > tx.today() {
        return Err(Error::FromLater);
    }
    let row = organization_post::Model {
        id: tx.new_id(),
        organization_id: organization.id,
        person_id: person.id,
        title,
        full_time,
        from,
        until: None,
        version: 1,
    };
    if title == PostTitle::Secretary && repo::held_since(tx, organization.id, title, from).await? {
        return Err(Error::SecretaryTaken);
    }
    let row = repo::insert(tx, row).await?;
    record(tx, actor, "postAssign", None, &row).await?;
    Ok(row)
}

/// Which post is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostEnd {
    /// The post.
    pub post: PostId,
    /// First day after.
    pub until: Date,
}

/// Why a post did not end.
#[derive(Debug)]
pub enum PostEndError {
    /// The right is missing.
    Denied(Denied),
    /// The post is missing or hidden.
    NotFound,
    /// It has ended already.
    Ended,
    /// The day lies before its beginning.
    BeforeBeginning,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PostEndError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Ends a post.
pub async fn end(tx: &Tx, actor: &Actor, command: PostEnd) -> Result<organization_post::Model, PostEndError> {
    use PostEndError as Error;
    let reach = repo::Reach {
        organizations: actor.scope(Permission::OrganizationRead),
        own: actor.scope(Permission::PersonRead).own(),
    };
    let found = repo::get_all(tx.conn(), &reach, &[command.post]).await?.pop();
    let old = found.ok_or(Error::NotFound)?;
    policy::can_end(actor, old.organization_id).map_err(Error::Denied)?;
    if old.until.is_some_and(|until| until <= tx.today()) {
        return Err(Error::Ended);
    }
    if command.until < old.from {
        return Err(Error::BeforeBeginning);
    }
    let new = repo::end(tx, old.clone(), command.until).await?.ok_or(Error::Ended)?;
    grant::service::end_with_post(tx, actor, new.id, command.until).await?;
    record(tx, actor, "postEnd", Some(&old), &new).await?;
    Ok(new)
}

/// The post `id`, where it has not ended and `actor` sees it.
pub async fn find_running(tx: &Tx, actor: &Actor, id: PostId) -> Result<Option<organization_post::Model>, DbErr> {
    let reach = repo::Reach { organizations: actor.scope(Permission::OrganizationRead), own: None };
    let found = repo::get_all(tx.conn(), &reach, &[id]).await?.pop();
    Ok(found.filter(|row| row.until.is_none_or(|until| tx.today() < until)))
}

/// The first day after the post `id`, whoever may see it; none while it runs.
pub async fn until(tx: &Tx, id: PostId) -> Result<Option<Date>, DbErr> {
    Ok(repo::get_any(tx, id).await?.and_then(|row| row.until))
}

/// Whether `person` holds any post today or later, whoever may see it.
pub async fn holds_any(tx: &Tx, person: PersonId) -> Result<bool, DbErr> {
    Ok(repo::count_of_person(tx, person, tx.today()).await? > 0)
}

/// Ends every post of `organization` on `on`, where it ceases to work; answers how many there were.
pub async fn end_all(tx: &Tx, organization: OrganizationId, on: Date) -> Result<u64, DbErr> {
    repo::end_all(tx, organization, on).await
}

fn snapshot(row: &organization_post::Model) -> Snapshot {
    Snapshot::from([
        ("organization", json!(row.organization_id)),
        ("title", json!(row.title)),
        ("fullTime", json!(row.full_time)),
        ("from", json!(row.from)),
        ("until", json!(row.until)),
    ])
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    old: Option<&organization_post::Model>,
    new: &organization_post::Model,
) -> Result<(), DbErr> {
    let change = Change {
        action,
        object_type: "OrganizationPost",
        object_id: new.id.0,
        organization: Some(new.organization_id),
        person: Some(new.person_id),
        before: old.map(snapshot).unwrap_or_default(),
        after: snapshot(new),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await
}
