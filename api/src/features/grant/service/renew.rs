//! Many grants extended at once. Each stands for itself: what can be extended is, and the others say why not.
use entity::{Date, GrantId, role_grant};
use sea_orm::DbErr;

use super::{BadReason, RoleGrantExtend, RoleGrantExtendError, extend::extend_by, reason};
use crate::{
    authz::{Actor, Denied},
    db::Tx,
};

/// Most grants at once.
pub const MOST: usize = 100;

/// Which grants last until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleGrantRenew {
    /// The grants.
    pub grants: Vec<GrantId>,
    /// The new first day after; none to leave them open.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Why nothing was renewed at all.
#[derive(Debug)]
pub enum RoleGrantRenewError {
    /// The right is missing for all of them.
    Denied(Denied),
    /// No grant was named.
    Empty,
    /// Too many were named.
    TooMany,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// The database failed.
    Db(DbErr),
}

impl From<BadReason> for RoleGrantRenewError {
    fn from(bad: BadReason) -> Self {
        match bad {
            BadReason::Empty => Self::ReasonEmpty,
            BadReason::TooLong => Self::ReasonTooLong,
        }
    }
}

/// What became of one grant.
pub type Renewed = Result<role_grant::Model, RoleGrantExtendError>;

/// Extends each of the grants, in their order.
pub async fn renew(tx: &Tx, actor: &Actor, command: RoleGrantRenew) -> Result<Vec<Renewed>, RoleGrantRenewError> {
    use RoleGrantRenewError as Error;
    match command.grants.len() {
        0 => return Err(Error::Empty),
        1..=MOST => {}
        _ => return Err(Error::TooMany),
    }
    let reason = reason(&command.reason)?;
    let mut renewed = Vec::with_capacity(command.grants.len());
    for grant in command.grants {
        let one = RoleGrantExtend { grant, until: command.until, reason: reason.clone() };
        match extend_by(tx, actor, "roleGrantRenew", one).await {
            Err(RoleGrantExtendError::Db(error)) => return Err(Error::Db(error)),
            outcome => renewed.push(outcome),
        }
    }
    let denied = |row: &Renewed| match row {
        Err(RoleGrantExtendError::Denied(denied)) => Some(*denied),
        _ => None,
    };
    match renewed.iter().map(denied).collect::<Option<Vec<Denied>>>() {
        Some(all) => Err(all.first().map_or(Error::Empty, |denied| Error::Denied(*denied))),
        None => Ok(renewed),
    }
}
