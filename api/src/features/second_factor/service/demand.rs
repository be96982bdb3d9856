//! Roles that demand a second factor.
use entity::RoleId;
use sea_orm::DbErr;
use serde_json::json;

use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::Tx,
    features::second_factor::{policy, repo},
};

/// Whether which role demands one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleSecondFactorRequire {
    /// The role.
    pub role: RoleId,
    /// Whether it does from now on.
    pub required: bool,
    /// The version the caller saw.
    pub version: i32,
}

/// Why it stays as it is.
#[derive(Debug)]
pub enum RoleSecondFactorRequireError {
    /// The right is missing.
    Denied(Denied),
    /// The role is missing.
    NotFound,
    /// Nobody would administer the whole tree any more.
    LastAdministrator,
    /// Somebody else changed the role.
    Conflict(RoleId),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for RoleSecondFactorRequireError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Says whether grants of a role work only for accounts with a second factor.
pub async fn demand(
    tx: &Tx,
    actor: &Actor,
    command: RoleSecondFactorRequire,
) -> Result<RoleId, RoleSecondFactorRequireError> {
    use RoleSecondFactorRequireError as Error;
    let RoleSecondFactorRequire { role, required, version } = command;
    policy::can_demand(actor).map_err(Error::Denied)?;
    let readable = actor.may_somewhere(Permission::RoleRead);
    let known = actor.authority().roles.get(&role).filter(|_| readable).ok_or(Error::NotFound)?;
    if required && !policy::stays_administered_with(actor, role) {
        return Err(Error::LastAdministrator);
    }
    repo::demand(tx, role, required, version).await?.ok_or(Error::Conflict(role))?;
    let change = Change {
        action: "roleSecondFactorRequire",
        object_type: "Role",
        object_id: role.0,
        organization: None,
        person: None,
        before: Snapshot::from([("requiresSecondFactor", json!(known.requires_second_factor))]),
        after: Snapshot::from([("requiresSecondFactor", json!(required))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(role)
}
