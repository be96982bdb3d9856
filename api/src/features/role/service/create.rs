//! Making a role, anew or as a copy.
use entity::{RoleId, Workbench, role};
use serde_json::json;

use super::{RoleError, check_content, checked_words, find, record, snapshot};
use crate::{
    audit::Snapshot,
    authz::{Actor, Permissions},
    db::Tx,
    features::role::{
        loader::FullRole,
        policy::{self, Content},
        repo,
    },
};

/// A role to be made. What is left out comes from the role to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleCreate {
    /// The role to copy.
    pub from: Option<RoleId>,
    /// Name in Chinese.
    pub name: String,
    /// Name in English; that in Chinese where it is empty.
    pub name_en: String,
    /// What it is for, in Chinese.
    pub sentence: Option<String>,
    /// What it is for, in English.
    pub sentence_en: Option<String>,
    /// What the app opens to.
    pub workbench: Option<Workbench>,
    /// Permissions to use.
    pub uses: Option<Permissions>,
    /// Permissions to hand on.
    pub passes_on: Option<Permissions>,
}

/// Makes a role. What it carries lies within what its maker may pass on, also where it is copied.
pub async fn create(tx: &Tx, actor: &Actor, command: RoleCreate) -> Result<FullRole, RoleError> {
    policy::can_edit(actor).map_err(RoleError::Denied)?;
    let from = match command.from {
        Some(id) => Some(find(tx.conn(), actor, id).await?.ok_or(RoleError::FromNotFound)?),
        None => None,
    };
    let copied = from.as_ref().map(|role| role.content).unwrap_or_default();
    let content =
        Content { uses: command.uses.unwrap_or(copied.uses), passes_on: command.passes_on.unwrap_or(copied.passes_on) };
    let from = from.map(|role| role.row);
    let workbench = command.workbench.or(from.as_ref().map(|row| row.workbench));
    let id: RoleId = tx.new_id();
    let words = |given: Option<String>, copied: fn(&role::Model) -> &String| {
        given.or_else(|| from.as_ref().map(|row| copied(row).clone())).unwrap_or_default()
    };
    let row = role::Model {
        id,
        code: format!("role_{}", id.0.simple()),
        name: command.name,
        name_en: command.name_en,
        sentence: words(command.sentence, |row| &row.sentence),
        sentence_en: words(command.sentence_en, |row| &row.sentence_en),
        workbench: workbench.ok_or(RoleError::WorkbenchMissing)?,
        template: false,
        requires_second_factor: from.as_ref().is_some_and(|row| row.requires_second_factor),
        archived_at: None,
        version: 1,
    };
    let row = checked_words(tx, row).await?;
    check_content(actor, id, (Content::default(), content), &[])?;
    let mut after = snapshot(&row, content);
    after.insert("copyOf", json!(from.map(|row| row.id)));
    repo::insert(tx, row, content).await?;
    record(tx, actor, "roleCreate", id, Snapshot::new(), after).await?;
    find(tx.conn(), actor, id).await?.ok_or(RoleError::NotFound)
}
