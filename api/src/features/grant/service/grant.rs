//! Giving a role.
use entity::{
    AccountId, Date, GrantScope, OrganizationId, OrganizationStatus, PersonId, PostId, RoleId, account as account_row,
    organization_post, role_grant,
};
use sea_orm::DbErr;

use super::{BadReason, announce, change, reason};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::Tx,
    features::{
        account,
        grant::{
            obligation,
            policy::{self, Reach},
            repo,
        },
        post,
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
    /// The post with which it ends, where it is bound to one.
    pub post: Option<PostId>,
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
    /// Rights on oneself are bound to no post.
    PostSuperfluous,
    /// The post is missing, hidden or over, at another organization, or held by somebody else.
    PostNotFound,
    /// The post ends earlier.
    UntilAfterPost,
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

impl From<BadReason> for RoleGrantError {
    fn from(bad: BadReason) -> Self {
        match bad {
            BadReason::Empty => Self::ReasonEmpty,
            BadReason::TooLong => Self::ReasonTooLong,
        }
    }
}

/// Gives a role. It waits for a second holder where it carries a sensitive permission.
pub async fn grant(tx: &Tx, actor: &Actor, command: RoleGrant) -> Result<role_grant::Model, RoleGrantError> {
    let holder = account::service::find_visible(tx, actor, command.account).await?;
    let holder = holder.ok_or(RoleGrantError::AccountNotFound)?;
    let row = prepare(tx, actor, &holder, command).await?;
    Ok(put(tx, actor, &holder, row).await?)
}

/// The grant that `command` asks for, as [`put`] writes it, or why it cannot be given to `holder`, who may be about to get
/// an account. Nothing is written.
pub async fn prepare(
    tx: &Tx,
    actor: &Actor,
    holder: &account_row::Model,
    mut command: RoleGrant,
) -> Result<role_grant::Model, RoleGrantError> {
    use RoleGrantError as Error;
    let readable = actor.may_somewhere(Permission::RoleRead);
    let role = actor.authority().roles.get(&command.role).filter(|_| readable).ok_or(Error::RoleNotFound)?;
    if role.archived {
        return Err(Error::RoleArchived);
    }
    check_place(actor, &command)?;
    command.until = end_with_post(tx, actor, &command, holder.person_id).await?;
    let reach =
        Reach { account: holder.id, organization: command.organization, from: command.from, until: command.until };
    policy::can_grant(actor, role, reach).map_err(Error::Denied)?;
    if holder.id == actor.account() {
        return Err(Error::Oneself);
    }
    if command.scope == GrantScope::Own && holder.person_id.is_none() {
        return Err(Error::NoPerson);
    }
    check_period(tx, &command)?;
    command.reason = reason(&command.reason)?;
    let mut row = generate(tx, actor, &command);
    if !policy::needs_second(role, reach) {
        row.confirmed_at = Some(tx.now());
    }
    if repo::overlaps(tx, &row).await? {
        return Err(Error::Overlap);
    }
    Ok(row)
}

/// Writes a grant that was prepared for `holder`, and tells those whom it concerns.
pub async fn put(
    tx: &Tx,
    actor: &Actor,
    holder: &account_row::Model,
    row: role_grant::Model,
) -> Result<role_grant::Model, DbErr> {
    let row = repo::insert(tx, row).await?;
    obligation::settle(tx, &[row.id]).await?;
    let change = change(holder.person_id, "roleGrant", Snapshot::new(), &row);
    let change = Change { reason: Some(row.reason.clone()), ..change };
    audit::record(tx, Some(actor.account()), change).await?;
    announce(tx, actor, &row).await?;
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

/// The first day after, where the post with which it ends is a running one of the holder at the organization.
async fn end_with_post(
    tx: &Tx,
    actor: &Actor,
    command: &RoleGrant,
    holder: Option<PersonId>,
) -> Result<Option<Date>, RoleGrantError> {
    use RoleGrantError as Error;
    let Some(post) = command.post else { return Ok(command.until) };
    let Some(organization) = command.organization else { return Err(Error::PostSuperfluous) };
    let post = post::service::find_running(tx, actor, post).await?;
    let fits = |post: &organization_post::Model| post.organization_id == organization && Some(post.person_id) == holder;
    let post = post.filter(fits).ok_or(Error::PostNotFound)?;
    match (command.until, post.until) {
        (None, end) => Ok(end),
        (Some(until), Some(end)) if end < until => Err(Error::UntilAfterPost),
        (until, _) => Ok(until),
    }
}

fn check_period(tx: &Tx, command: &RoleGrant) -> Result<(), RoleGrantError> {
    match () {
        () if command.from < tx.today() => Err(RoleGrantError::FromPast),
        () if command.until.is_some_and(|until| until <= command.from) => Err(RoleGrantError::UntilBeforeFrom),
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
        reason: command.reason.clone(),
        granted_by: Some(actor.account()),
        created_at: tx.now(),
        ended_at: None,
        confirmed_at: None,
        confirmed_by: None,
        post_id: command.post,
        extends_id: None,
    }
}
