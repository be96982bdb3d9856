//! Use cases of roles.

mod archive;
mod create;
mod update;

pub use archive::{archive, restore};
pub use create::{RoleCreate, create};
use entity::{RoleId, role, role_grant};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;
pub use update::{RoleUpdate, update};

use super::{
    loader::{self, FullRole},
    policy::{self, CannotAdd, Content},
    repo,
};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission, Permissions},
    db::Tx,
};

/// Longest name in characters.
pub const NAME: usize = 40;

/// Longest sentence in characters.
pub const SENTENCE: usize = 200;

/// Which role, as the caller saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenRole {
    /// The role.
    pub role: RoleId,
    /// The version the caller saw.
    pub version: i32,
}

/// Why a role was not made, changed, archived or restored.
#[derive(Debug)]
pub enum RoleError {
    /// The right is missing.
    Denied(Denied),
    /// The role is missing or hidden.
    NotFound,
    /// The role to copy is missing or hidden.
    FromNotFound,
    /// A template is changed by nobody.
    Template,
    /// No name was given.
    NameEmpty,
    /// The name is too long.
    NameTooLong,
    /// The name in English is too long.
    NameEnTooLong,
    /// Another role has this name.
    NameTaken,
    /// Another role has this name in English.
    NameEnTaken,
    /// The sentence is too long.
    SentenceTooLong,
    /// The sentence in English is too long.
    SentenceEnTooLong,
    /// Neither a workbench nor a role to copy was given.
    WorkbenchMissing,
    /// It would let nobody do anything.
    Empty,
    /// Permissions cannot be added.
    CannotAdd(CannotAdd),
    /// Nobody would administer the whole tree any more.
    LastAdministrator,
    /// Grants carry the role: how many, where the actor may see all of them.
    InUse(Option<usize>),
    /// The role is archived.
    Archived,
    /// The role is not archived.
    NotArchived,
    /// Somebody else changed the role; this is how it stands.
    Conflict(Box<FullRole>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for RoleError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// The role `id`, where `actor` may see roles.
pub async fn find(conn: &impl ConnectionTrait, actor: &Actor, id: RoleId) -> Result<Option<FullRole>, DbErr> {
    if !actor.may_somewhere(Permission::RoleRead) {
        return Ok(None);
    }
    let rows = repo::get_roles(conn, &[id]).await?;
    Ok(loader::complete(conn, rows).await?.pop())
}

/// The role that `seen` names, where it may be changed and nobody was faster.
async fn hold(tx: &Tx, actor: &Actor, seen: SeenRole) -> Result<FullRole, RoleError> {
    let role = find(tx.conn(), actor, seen.role).await?.ok_or(RoleError::NotFound)?;
    policy::can_edit(actor).map_err(RoleError::Denied)?;
    match () {
        () if role.row.template => Err(RoleError::Template),
        () if role.row.version != seen.version => Err(RoleError::Conflict(Box::new(role))),
        () => Ok(role),
    }
}

/// Whether `role`, which `grants` carry, can have `new` instead of what it has.
pub fn check_update(
    actor: &Actor,
    role: &FullRole,
    new: Content,
    grants: &[role_grant::Model],
) -> Result<(), RoleError> {
    match () {
        () if role.row.template => Err(RoleError::Template),
        () if role.row.archived_at.is_some() => Err(RoleError::Archived),
        () => check_content(actor, role.row.id, (role.content, new), grants),
    }
}

/// Whether a role that has `old` and that `grants` carry can have `new` instead.
fn check_content(
    actor: &Actor,
    role: RoleId,
    (old, new): (Content, Content),
    grants: &[role_grant::Model],
) -> Result<(), RoleError> {
    if new.is_empty() {
        return Err(RoleError::Empty);
    }
    policy::can_add(actor, new.beyond(old), grants).map_err(RoleError::CannotAdd)?;
    if policy::is_last_administrator(actor.authority(), actor.today(), role, new) {
        return Err(RoleError::LastAdministrator);
    }
    Ok(())
}

/// `row` with its words trimmed, where they can stand beside those of all other roles. A role without a name in English is
/// called the same there.
async fn checked_words(tx: &Tx, row: role::Model) -> Result<role::Model, RoleError> {
    use RoleError as Error;
    let trimmed = |text: &str| text.trim().to_owned();
    let (name, name_en) = (trimmed(&row.name), trimmed(&row.name_en));
    let (sentence, sentence_en) = (trimmed(&row.sentence), trimmed(&row.sentence_en));
    let name_en = if name_en.is_empty() { name.clone() } else { name_en };
    let long = |text: &str, most: usize| text.chars().count() > most;
    match () {
        () if name.is_empty() => return Err(Error::NameEmpty),
        () if long(&name, NAME) => return Err(Error::NameTooLong),
        () if long(&name_en, NAME) => return Err(Error::NameEnTooLong),
        () if long(&sentence, SENTENCE) => return Err(Error::SentenceTooLong),
        () if long(&sentence_en, SENTENCE) => return Err(Error::SentenceEnTooLong),
        () => {}
    }
    let others = repo::all(tx.conn(), false).await?;
    let mut others = others.iter().filter(|other| other.id != row.id);
    // Roles change one at a time, under the lock of authority, so that looking is enough.
    if others.clone().any(|other| other.name == name) {
        return Err(Error::NameTaken);
    }
    if others.any(|other| other.name_en == name_en) {
        return Err(Error::NameEnTaken);
    }
    Ok(role::Model { name, name_en, sentence, sentence_en, ..row })
}

/// Writes what became of `old`, with its audit row, and reads it again.
async fn write(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    old: FullRole,
    (row, content): (role::Model, Content),
) -> Result<FullRole, RoleError> {
    let (before, after) = (snapshot(&old.row, old.content), snapshot(&row, content));
    if !repo::update(tx, row, content).await? {
        return Err(RoleError::Conflict(Box::new(old)));
    }
    record(tx, actor, action, old.row.id, before, after).await?;
    find(tx.conn(), actor, old.row.id).await?.ok_or(RoleError::NotFound)
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    id: RoleId,
    before: Snapshot,
    after: Snapshot,
) -> Result<(), DbErr> {
    let change = Change {
        action,
        object_type: "Role",
        object_id: id.0,
        organization: None,
        person: None,
        before,
        after,
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await
}

/// What history shows of a role; nothing of what is empty.
fn snapshot(row: &role::Model, content: Content) -> Snapshot {
    let codes =
        |set: Permissions| json!((!set.is_empty()).then(|| set.iter().map(Permission::code).collect::<Vec<_>>()));
    let words = |text: &str| json!((!text.is_empty()).then_some(text));
    Snapshot::from([
        ("name", json!(row.name)),
        ("nameEn", json!(row.name_en)),
        ("sentence", words(&row.sentence)),
        ("sentenceEn", words(&row.sentence_en)),
        ("workbench", json!(row.workbench)),
        ("archived", json!(row.archived_at.map(|_| true))),
        ("permissions", codes(content.uses)),
        ("passOn", codes(content.passes_on)),
    ])
}
