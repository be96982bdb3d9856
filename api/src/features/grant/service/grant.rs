//! Giving a role.
use entity::{AccountId, Date, GrantScope, OrganizationId, OrganizationStatus, RoleId, role_grant};
use sea_orm::DbErr;

use super::{REASON, snapshot};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::Tx,
    features::{
        account,
        grant::{
            policy::{self, Reach},
            repo,
        },
        notification::service as notifications,
    },
};

/// Who gets which role where and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleGrant {
    /// Who gets it.
    pub account: AccountId,
    /// The role.
    pub role: RoleId,
    /// What it reaches.
    pub scope: GrantScope,
    /// Top of the subtree.
    pub organization: Option<OrganizationId>,
    /// First day.
    pub from: Date,
    /// First day after.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Why a role was not given.
#[derive(Debug)]
pub enum RoleGrantError {
    /// The giver may not give this role here, or not for so long.
    Denied(Denied),
    /// The account is missing or hidden.
    AccountNotFound,
    /// The account is the giver's own.
    Oneself,
    /// The role is missing.
    RoleNotFound,
    /// The role is archived.
    RoleArchived,
    /// A subtree needs an organization.
    OrganizationMissing,
    /// Rights on oneself have no organization.
    OrganizationSuperfluous,
    /// The organization is missing or hidden.
    OrganizationNotFound,
    /// The organization is archived.
    OrganizationArchived,
    /// Nobody stands behind the account on whom rights on oneself could work.
    NoPerson,
    /// The first day lies in the past.
    FromPast,
    /// The end does not follow the beginning.
    UntilBeforeFrom,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// The account has this role here already.
    Overlap,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for RoleGrantError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Gives a role. It waits for a second holder where it carries a sensitive permission.
pub async fn grant(tx: &Tx, actor: &Actor, command: RoleGrant) -> Result<role_grant::Model, RoleGrantError> {
    use RoleGrantError as Error;
    let holder = account::service::find_visible(tx, actor, command.account).await?.ok_or(Error::AccountNotFound)?;
    let readable = actor.may_somewhere(Permission::RoleRead);
    let role = actor.authority().roles.get(&command.role).filter(|_| readable).ok_or(Error::RoleNotFound)?;
    if role.archived {
        return Err(Error::RoleArchived);
    }
    check_place(actor, &command)?;
    let reach = Reach { organization: command.organization, from: command.from, until: command.until };
    policy::can_grant(actor, role, reach).map_err(Error::Denied)?;
    if holder.id == actor.account() {
        return Err(Error::Oneself);
    }
    if command.scope == GrantScope::Own && holder.person_id.is_none() {
        return Err(Error::NoPerson);
    }
    check_words(tx, &command)?;
    let mut row = generate(tx, actor, &command);
    if !policy::needs_second(role, reach) {
        row.confirmed_at = Some(tx.now());
    }
    if repo::overlaps(tx, &row).await? {
        return Err(Error::Overlap);
    }
    let row = repo::insert(tx, row).await?;
    let change = Change {
        action: "roleGrant",
        object_type: "Grant",
        object_id: row.id.0,
        organization: row.organization_id,
        person: holder.person_id,
        before: Snapshot::new(),
        after: snapshot(&row),
        reason: Some(row.reason.clone()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    if row.confirmed_at.is_some() {
        notifications::grant_begins(tx, &row).await?;
    } else {
        let seconds: Vec<AccountId> =
            actor.others().filter(|other| policy::is_confirmable(other, &row)).map(|other| other.account()).collect();
        notifications::grant_waits(tx, &row, &seconds).await?;
    }
    Ok(row)
}

fn check_place(actor: &Actor, command: &RoleGrant) -> Result<(), RoleGrantError> {
    use RoleGrantError as Error;
    match (command.scope, command.organization) {
        (GrantScope::Own, None) => Ok(()),
        (GrantScope::Own, Some(_)) => Err(Error::OrganizationSuperfluous),
        (GrantScope::Subtree, None) => Err(Error::OrganizationMissing),
        (GrantScope::Subtree, Some(id)) => {
            let visible = actor.scope(Permission::OrganizationRead).contains(id);
            let node = actor.tree().get(id).filter(|_| visible).ok_or(Error::OrganizationNotFound)?;
            if node.status == OrganizationStatus::Archived { Err(Error::OrganizationArchived) } else { Ok(()) }
        }
    }
}

fn check_words(tx: &Tx, command: &RoleGrant) -> Result<(), RoleGrantError> {
    let reason = command.reason.trim();
    match () {
        () if command.from < tx.today() => Err(RoleGrantError::FromPast),
        () if command.until.is_some_and(|until| until <= command.from) => Err(RoleGrantError::UntilBeforeFrom),
        () if reason.is_empty() => Err(RoleGrantError::ReasonEmpty),
        () if reason.chars().count() > REASON => Err(RoleGrantError::ReasonTooLong),
        () => Ok(()),
    }
}

fn generate(tx: &Tx, actor: &Actor, command: &RoleGrant) -> role_grant::Model {
    role_grant::Model {
        id: tx.new_id(),
        account_id: command.account,
        role_id: command.role,
        scope: command.scope,
        organization_id: command.organization,
        from: command.from,
        until: command.until,
        reason: command.reason.trim().to_owned(),
        granted_by: Some(actor.account()),
        created_at: tx.now(),
        ended_at: None,
        confirmed_at: None,
        confirmed_by: None,
    }
}
