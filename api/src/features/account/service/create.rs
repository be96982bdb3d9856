//! A new account.
use entity::{AccountKind, AccountStatus, PersonId, account};
use sea_orm::DbErr;

use super::{NewPasswordError, snapshot};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission},
    db::{Tx, violated},
    features::{
        account::{password::HashingFailed, password::WeakPassword, policy, repo},
        grant,
    },
};

/// Shortest name in characters.
const SHORTEST: usize = 2;
/// Longest name in characters.
pub const LONGEST: usize = 40;

/// What is to be created.
#[derive(Clone, Debug)]
pub struct AccountCreate {
    /// Sign-in name, as typed.
    pub name: String,
    /// Person or service.
    pub kind: AccountKind,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// The hash of its first password, or why that cannot be taken.
    pub password: Result<String, NewPasswordError>,
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// It is empty.
    #[error("the name is empty")]
    Empty,
    /// It is too long.
    #[error("the name has at most {LONGEST} characters")]
    TooLong,
    /// It is too short, or has signs that a name has not.
    #[error("a name has at least {SHORTEST} letters, digits, full stops, underscores or hyphens")]
    Signs,
}

/// Why an account was not created.
#[derive(Debug)]
pub enum AccountCreateError {
    /// The right is missing.
    Denied(Denied),
    /// The person is missing or hidden.
    PersonNotFound,
    /// A service has no person.
    PersonSuperfluous,
    /// The name cannot be taken.
    Name(NameFault),
    /// The password cannot be taken.
    Weak(WeakPassword),
    /// The password could not be hashed.
    Hashing(HashingFailed),
    /// Another account has this name.
    NameTaken,
    /// The person has an account.
    PersonTaken,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AccountCreateError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_account_name") => Self::NameTaken,
            Some("uq_account_person") => Self::PersonTaken,
            _ => Self::Db(error),
        }
    }
}

/// The name as it is kept: ASCII and Chinese characters, so that no letter of another script looks like one of a known
/// name.
pub fn check_name(name: &str) -> Result<String, NameFault> {
    let name = name.trim().to_lowercase();
    let length = name.chars().count();
    let letter = |c: char| c.is_ascii_alphanumeric() || ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let plain = |c: char| letter(c) || matches!(c, '.' | '_' | '-');
    match () {
        () if length == 0 => Err(NameFault::Empty),
        () if length > LONGEST => Err(NameFault::TooLong),
        () if length < SHORTEST || !name.chars().all(plain) => Err(NameFault::Signs),
        () => Ok(name),
    }
}

/// Creates an account. It may do nothing until it is given a role.
pub async fn create(tx: &Tx, actor: &Actor, command: AccountCreate) -> Result<account::Model, AccountCreateError> {
    use AccountCreateError as Error;
    let in_scope = match command.person {
        Some(person) => repo::reaches_person(tx.conn(), actor, Permission::AccountCreate, person).await?,
        None => false,
    };
    policy::can_create(actor, in_scope).map_err(Error::Denied)?;
    match (command.kind, command.person) {
        (AccountKind::Service, Some(_)) => return Err(Error::PersonSuperfluous),
        (AccountKind::Person, Some(_)) if !in_scope => return Err(Error::PersonNotFound),
        _ => {}
    }
    let name = check_name(&command.name).map_err(Error::Name)?;
    let password_hash = match command.password {
        Ok(hash) => hash,
        Err(NewPasswordError::Weak(weak)) => return Err(Error::Weak(weak)),
        Err(NewPasswordError::Hashing(failed)) => return Err(Error::Hashing(failed)),
    };
    let row = repo::insert(tx, new(tx, name, command.kind, command.person, password_hash)).await?;
    audit::record(tx, Some(actor.account()), created(&row)).await?;
    Ok(row)
}

/// Why the command line created no administrator.
#[derive(Debug, thiserror::Error)]
pub enum AdministratorError {
    /// The name cannot be taken.
    #[error(transparent)]
    Name(NameFault),
    /// Another account has this name.
    #[error("an account with this name exists already; take another name")]
    NameTaken,
    /// There is no organization to administer.
    #[error("there is no organization yet; load or create the organization tree first")]
    NoTree,
    /// The role template is missing.
    #[error("the role of an administrator is missing; run `jianghai migrate` first")]
    NoRole,
    /// The database failed.
    #[error(transparent)]
    Db(DbErr),
}

impl From<DbErr> for AdministratorError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_account_name") => Self::NameTaken,
            _ => Self::Db(error),
        }
    }
}

/// Creates an account that administers the whole tree. Only the command line does this.
pub async fn create_administrator(
    tx: &Tx,
    name: &str,
    password_hash: String,
) -> Result<account::Model, AdministratorError> {
    use AdministratorError as Error;
    let name = check_name(name).map_err(Error::Name)?;
    tx.lock_authority().await?;
    let root = crate::authz::Authority::load(tx.conn(), tx.now()).await?.tree.root().map(|root| root.id);
    let root = root.ok_or(Error::NoTree)?;
    let row = repo::insert(tx, new(tx, name, AccountKind::Person, None, password_hash)).await?;
    if !grant::service::make_administrator(tx, row.id, root).await? {
        return Err(Error::NoRole);
    }
    audit::record(tx, None, created(&row)).await?;
    Ok(row)
}

/// An account that is not yet written.
pub(super) fn new(
    tx: &Tx,
    name: String,
    kind: AccountKind,
    person_id: Option<PersonId>,
    password_hash: String,
) -> account::Model {
    account::Model {
        id: tx.new_id(),
        name,
        kind,
        person_id,
        password_hash,
        status: AccountStatus::Active,
        last_sign_in_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    }
}

/// What history says of a new account.
pub(super) fn created(row: &account::Model) -> Change {
    Change {
        action: "accountCreate",
        object_type: "Account",
        object_id: row.id.0,
        organization: None,
        person: row.person_id,
        before: Snapshot::new(),
        after: snapshot(row),
        reason: None,
    }
}
