//! Ending a grant earlier than it would by itself.
use entity::{Date, GrantId, role_grant};
use sea_orm::DbErr;

use super::{REASON, snapshot};
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied},
    db::Tx,
    features::grant::{policy, repo},
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

/// Ends a grant.
pub async fn end(tx: &Tx, actor: &Actor, command: RoleGrantEnd) -> Result<role_grant::Model, RoleGrantEndError> {
    use RoleGrantEndError as Error;
    let old = repo::get(tx.conn(), actor, command.grant).await?.ok_or(Error::NotFound)?;
    let role = actor.authority().roles.get(&old.role_id).ok_or(Error::NotFound)?;
    policy::can_end(actor, role, old.organization_id).map_err(Error::Denied)?;
    let reason = command.reason.trim();
    if old.ended_at.is_some() || old.until.is_some_and(|until| until <= tx.today()) {
        return Err(Error::Ended);
    }
    if command.until < tx.today() || old.until.is_some_and(|until| until <= command.until) {
        return Err(Error::UntilOutOfRange);
    }
    if reason.is_empty() {
        return Err(Error::ReasonEmpty);
    }
    if reason.chars().count() > REASON {
        return Err(Error::ReasonTooLong);
    }
    if policy::is_last_administrator(actor.authority(), command.until, old.id) {
        return Err(Error::LastAdministrator);
    }
    // A grant that has not begun ends on its first day: the period stays a period.
    let mut new = role_grant::Model { until: Some(command.until.max(old.from)), ..old.clone() };
    if command.until <= tx.today() || command.until <= old.from {
        new.ended_at = Some(tx.now());
    }
    let new = repo::update(tx, new).await?;
    let person = actor.authority().accounts.get(&old.account_id).and_then(|account| account.person);
    let change = Change {
        action: "roleGrantEnd",
        object_type: "Grant",
        object_id: new.id.0,
        organization: new.organization_id,
        person,
        before: snapshot(&old),
        after: snapshot(&new),
        reason: Some(reason.to_owned()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}
