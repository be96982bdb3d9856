//! A new token.
use entity::{AccountId, api_token};
use sea_orm::DbErr;

use super::snapshot;
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission, Permissions},
    db::Tx,
    features::{
        account,
        api_token::{policy, repo, secret::Secret},
    },
};

/// Longest name in characters.
pub const NAME: usize = 60;

/// What is to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiTokenIssue {
    /// The account that asks by it.
    pub account: AccountId,
    /// What it is for.
    pub name: String,
    /// What it is confined to.
    pub permissions: Permissions,
    /// How long it works.
    pub days: u16,
}

/// A token and its secret, which nobody sees again.
#[derive(Debug)]
pub struct Issued {
    /// The token.
    pub row: api_token::Model,
    /// Its secret.
    pub secret: Secret,
}

/// Why a token was not issued.
#[derive(Debug)]
pub enum ApiTokenIssueError {
    /// The right is missing.
    Denied(Denied),
    /// The account is missing or hidden.
    AccountNotFound,
    /// The account is of a person.
    Person,
    /// It has no name.
    NameEmpty,
    /// The name is too long.
    NameTooLong,
    /// It would carry nothing.
    NoPermission,
    /// The account has not got these, or no token carries them.
    NotHeld(Permissions),
    /// The issuer may not pass these on there for so long.
    Beyond(Permissions),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ApiTokenIssueError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Issues a token. It carries what the grants of the account carry, confined to `permissions`.
pub async fn issue(tx: &Tx, actor: &Actor, command: ApiTokenIssue) -> Result<Issued, ApiTokenIssueError> {
    use ApiTokenIssueError as Error;
    let ApiTokenIssue { account, name, permissions, days } = command;
    let account = account::service::find_visible(tx, actor, account).await?.ok_or(Error::AccountNotFound)?;
    policy::can_issue(actor, account.id).map_err(Error::Denied)?;
    if !policy::is_service(actor, account.id) {
        return Err(Error::Person);
    }
    let name = name.trim();
    match name.chars().count() {
        0 => return Err(Error::NameEmpty),
        length if length > NAME => return Err(Error::NameTooLong),
        _ => {}
    }
    if permissions == Permissions::default() {
        return Err(Error::NoPermission);
    }
    let held = policy::held(actor, account.id);
    if !held.covers(permissions) {
        return Err(Error::NotHeld(permissions.iter().filter(|permission| !held.contains(*permission)).collect()));
    }
    let expires_at = tx.now().plus_seconds(i64::from(days) * 86_400);
    let beyond = policy::beyond(actor, account.id, permissions, tx.ambient().date_of(expires_at));
    if beyond != Permissions::default() {
        return Err(Error::Beyond(beyond));
    }
    let secret = Secret::new(tx.ambient(), tx.new_id());
    let row = api_token::Model {
        id: secret.id,
        account_id: account.id,
        name: name.to_owned(),
        permissions: permissions.iter().map(Permission::code).collect::<Vec<_>>().join(" "),
        secret_hash: secret.hash().to_vec(),
        created_at: tx.now(),
        created_by: actor.account(),
        expires_at,
        last_used_at: None,
        revoked_at: None,
        revoked_by: None,
    };
    let row = repo::insert(tx, row).await?;
    let change = Change {
        action: "apiTokenIssue",
        object_type: "ApiToken",
        object_id: row.id.0,
        organization: None,
        person: None,
        before: Snapshot::new(),
        after: snapshot(&row),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(Issued { row, secret })
}
