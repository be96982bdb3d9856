//! Ending a grant earlier than it would by itself.
use entity::{Date, GrantId, OrganizationId, PostId, role_grant};
use sea_orm::DbErr;

use super::{BadReason, reason, record, snapshot};
use crate::{
    authz::{Actor, Denied},
    db::Tx,
    features::grant::{obligation, policy, repo},
};

/// Which grant ends when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleGrantEnd {
    /// The grant.
    pub grant: GrantId,
    /// First day without it.
    pub until: Date,
    /// Why.
    pub reason: String,
}

/// Why a grant was not ended.
#[derive(Debug)]
pub enum RoleGrantEndError {
    /// The right is missing.
    Denied(Denied),
    /// The grant is missing or hidden.
    NotFound,
    /// It has ended already.
    Ended,
    /// The day lies in the past, or not before the end that is set.
    UntilOutOfRange,
    /// Nobody would administer the whole tree any more.
    LastAdministrator,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for RoleGrantEndError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

impl From<BadReason> for RoleGrantEndError {
    fn from(bad: BadReason) -> Self {
        match bad {
            BadReason::Empty => Self::ReasonEmpty,
            BadReason::TooLong => Self::ReasonTooLong,
        }
    }
}

/// Ends a grant, and what extends it.
pub async fn end(tx: &Tx, actor: &Actor, command: RoleGrantEnd) -> Result<role_grant::Model, RoleGrantEndError> {
    use RoleGrantEndError as Error;
    let old = repo::get(tx.conn(), actor, command.grant).await?.ok_or(Error::NotFound)?;
    let role = actor.authority().roles.get(&old.role_id).ok_or(Error::NotFound)?;
    policy::can_end(actor, role, &old).map_err(Error::Denied)?;
    if old.ended_at.is_some() || old.until.is_some_and(|until| until <= tx.today()) {
        return Err(Error::Ended);
    }
    if command.until < tx.today() || old.until.is_some_and(|until| until <= command.until) {
        return Err(Error::UntilOutOfRange);
    }
    let reason = reason(&command.reason)?;
    if policy::is_last_administrator(actor.authority(), command.until, old.id) {
        return Err(Error::LastAdministrator);
    }
    let new = close(tx, actor, old, command.until, Some(reason)).await?;
    if let Some(extended) = new.extends_id {
        obligation::settle(tx, &[extended]).await?;
    }
    Ok(new)
}

/// Ends the grants that are bound to the post `post` with it, on `until` but not before today.
pub async fn end_with_post(tx: &Tx, actor: &Actor, post: PostId, until: Date) -> Result<(), DbErr> {
    let rows = repo::bound_to(tx, post).await?;
    close_all(tx, actor, rows, until).await
}

/// Ends the grants on `organization` itself, which ceases to work today.
pub async fn end_on(tx: &Tx, actor: &Actor, organization: OrganizationId) -> Result<(), DbErr> {
    let rows = repo::on(tx, organization).await?;
    close_all(tx, actor, rows, tx.today()).await
}

async fn close_all(tx: &Tx, actor: &Actor, rows: Vec<role_grant::Model>, until: Date) -> Result<(), DbErr> {
    let until = until.max(tx.today());
    for row in rows.into_iter().filter(|row| row.until.is_none_or(|end| until < end)) {
        write(tx, actor, row, until, None).await?;
    }
    Ok(())
}

/// Ends `old` on `until`, and every grant that extends it: none of them begins any more.
async fn close(
    tx: &Tx,
    actor: &Actor,
    old: role_grant::Model,
    until: Date,
    reason: Option<String>,
) -> Result<role_grant::Model, DbErr> {
    let mut later = Vec::new();
    let mut next = repo::extension(tx, old.id).await?;
    while let Some(extension) = next {
        next = repo::extension(tx, extension.id).await?;
        later.push(extension);
    }
    for extension in later {
        write(tx, actor, extension, until, reason.clone()).await?;
    }
    write(tx, actor, old, until, reason).await
}

async fn write(
    tx: &Tx,
    actor: &Actor,
    old: role_grant::Model,
    until: Date,
    reason: Option<String>,
) -> Result<role_grant::Model, DbErr> {
    // A grant that has not begun ends on its first day: the period stays a period.
    let mut new = role_grant::Model { until: Some(until.max(old.from)), ..old.clone() };
    if until <= tx.today() || until <= old.from {
        new.ended_at = Some(tx.now());
    }
    let new = repo::update(tx, new).await?;
    obligation::settle(tx, &[new.id]).await?;
    record(tx, actor, "roleGrantEnd", snapshot(&old), &new, reason).await?;
    Ok(new)
}
