//! Archiving a role that nobody has any more, and restoring it.
use entity::role;

use super::{RoleError, SeenRole, checked_words, hold, write};
use crate::{
    authz::{Actor, Permission},
    db::Tx,
    features::{grant, role::loader::FullRole},
};

/// Archives a role, so that it can no longer be given. Grants that carry it, be it to come or waiting, are ended first:
/// nobody loses rights by surprise, and an archived role never gives any.
pub async fn archive(tx: &Tx, actor: &Actor, seen: SeenRole) -> Result<FullRole, RoleError> {
    let old = hold(tx, actor, seen).await?;
    if old.row.archived_at.is_some() {
        return Err(RoleError::Archived);
    }
    let grants = grant::service::running_of(tx.conn(), old.row.id, tx.today()).await?;
    if !grants.is_empty() {
        return Err(RoleError::InUse(actor.may_everywhere(Permission::GrantRead).then_some(grants.len())));
    }
    let new = role::Model { archived_at: Some(tx.now()), ..old.row.clone() };
    let content = old.content;
    write(tx, actor, "roleArchive", old, (new, content)).await
}

/// Lets an archived role be given again. Whoever gives it must be able to pass on what it carries, as always.
pub async fn restore(tx: &Tx, actor: &Actor, seen: SeenRole) -> Result<FullRole, RoleError> {
    let old = hold(tx, actor, seen).await?;
    if old.row.archived_at.is_none() {
        return Err(RoleError::NotArchived);
    }
    let new = checked_words(tx, role::Model { archived_at: None, ..old.row.clone() }).await?;
    let content = old.content;
    write(tx, actor, "roleRestore", old, (new, content)).await
}
