//! A longer grant: another period that follows the present one and is linked to it.
use entity::{Date, GrantId, OrganizationStatus, role_grant};
use sea_orm::DbErr;
use serde_json::json;

use super::{BadReason, announce, reason, record};
use crate::{
    audit::Snapshot,
    authz::{Actor, Denied},
    db::{Tx, violated},
    features::{
        grant::{
            obligation,
            policy::{self, Reach},
            repo,
        },
        post,
    },
};

/// Which grant lasts until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleGrantExtend {
    /// The grant.
    pub grant: GrantId,
    /// The new first day after; none to leave it open.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Why a grant was not extended.
#[derive(Debug)]
pub enum RoleGrantExtendError {
    /// The right is missing, or does not last so long.
    Denied(Denied),
    /// The grant is missing or hidden.
    NotFound,
    /// It is the extender's own.
    Oneself,
    /// It still waits for a second holder.
    Waiting,
    /// It has ended.
    Ended,
    /// It has no end.
    Open,
    /// Its role is archived.
    RoleArchived,
    /// Its organization is archived.
    OrganizationArchived,
    /// The new end does not follow the present one.
    UntilOutOfRange,
    /// The post to which it is bound ends earlier.
    UntilAfterPost,
    /// It is extended already, or the account has this role there in those days by another grant.
    Overlap,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for RoleGrantExtendError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_role_grant_extends") => Self::Overlap,
            _ => Self::Db(error),
        }
    }
}

impl From<BadReason> for RoleGrantExtendError {
    fn from(bad: BadReason) -> Self {
        match bad {
            BadReason::Empty => Self::ReasonEmpty,
            BadReason::TooLong => Self::ReasonTooLong,
        }
    }
}

/// Extends a grant, as if it were given for the days that follow: a sensitive one waits for a second holder again.
pub async fn extend(
    tx: &Tx,
    actor: &Actor,
    command: RoleGrantExtend,
) -> Result<role_grant::Model, RoleGrantExtendError> {
    extend_by(tx, actor, "roleGrantExtend", command).await
}

/// Extends a grant by the business action `action`.
pub(super) async fn extend_by(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    command: RoleGrantExtend,
) -> Result<role_grant::Model, RoleGrantExtendError> {
    use RoleGrantExtendError as Error;
    let old = repo::get(tx.conn(), actor, command.grant).await?.ok_or(Error::NotFound)?;
    let role = actor.authority().roles.get(&old.role_id).ok_or(Error::NotFound)?;
    let from = old.until.unwrap_or(tx.today());
    let reach = Reach { from, until: command.until, ..Reach::from(&old) };
    policy::can_grant(actor, role, reach).map_err(Error::Denied)?;
    let archived = |id| actor.tree().get(id).is_some_and(|node| node.status == OrganizationStatus::Archived);
    match () {
        () if old.account_id == actor.account() => return Err(Error::Oneself),
        () if old.ended_at.is_some() || old.until.is_some_and(|until| until <= tx.today()) => return Err(Error::Ended),
        () if old.until.is_none() => return Err(Error::Open),
        () if old.confirmed_at.is_none() => return Err(Error::Waiting),
        () if role.archived => return Err(Error::RoleArchived),
        () if old.organization_id.is_some_and(archived) => return Err(Error::OrganizationArchived),
        () if command.until.is_some_and(|until| until <= from) => return Err(Error::UntilOutOfRange),
        () => {}
    }
    let reason = reason(&command.reason)?;
    let until = match old.post_id {
        Some(post) => within_post(command.until, post::service::until(tx, post).await?)?,
        None => command.until,
    };
    let row = role_grant::Model {
        id: tx.new_id(),
        from,
        until,
        reason: reason.clone(),
        granted_by: Some(actor.account()),
        created_at: tx.now(),
        confirmed_at: (!policy::needs_second(role, reach)).then(|| tx.now()),
        confirmed_by: None,
        extends_id: Some(old.id),
        ..old.clone()
    };
    if repo::extension(tx, old.id).await?.is_some() || repo::overlaps(tx, &row).await? {
        return Err(Error::Overlap);
    }
    let row = repo::insert(tx, row).await?;
    obligation::settle(tx, &[old.id, row.id]).await?;
    record(tx, actor, action, Snapshot::from([("until", json!(old.until))]), &row, Some(reason)).await?;
    announce(tx, actor, &row).await?;
    Ok(row)
}

/// The end of a grant that ends with its post.
fn within_post(wanted: Option<Date>, post: Option<Date>) -> Result<Option<Date>, RoleGrantExtendError> {
    match (wanted, post) {
        (wanted, None) => Ok(wanted),
        (Some(wanted), Some(post)) if wanted <= post => Ok(Some(wanted)),
        _ => Err(RoleGrantExtendError::UntilAfterPost),
    }
}
