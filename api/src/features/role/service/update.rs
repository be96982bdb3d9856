//! Changing a role, and so every grant that carries it.
use entity::{Workbench, role};

use super::{RoleError, SeenRole, check_update, checked_words, hold, write};
use crate::{
    authz::{Actor, Permissions},
    db::Tx,
    features::{
        grant,
        role::{loader::FullRole, policy::Content},
    },
};

/// What a role shall be. What is left out stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleUpdate {
    /// Which role.
    pub seen: SeenRole,
    /// Name in Chinese.
    pub name: Option<String>,
    /// Name in English; that in Chinese where it is empty.
    pub name_en: Option<String>,
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

/// Changes a role. It works at once for all who have it.
pub async fn update(tx: &Tx, actor: &Actor, command: RoleUpdate) -> Result<FullRole, RoleError> {
    let old = hold(tx, actor, command.seen).await?;
    let had = old.content;
    let content =
        Content { uses: command.uses.unwrap_or(had.uses), passes_on: command.passes_on.unwrap_or(had.passes_on) };
    let row = old.row.clone();
    let row = role::Model {
        name: command.name.unwrap_or(row.name),
        name_en: command.name_en.unwrap_or(row.name_en),
        sentence: command.sentence.unwrap_or(row.sentence),
        sentence_en: command.sentence_en.unwrap_or(row.sentence_en),
        workbench: command.workbench.unwrap_or(row.workbench),
        ..row
    };
    let grants = grant::service::running_of(tx.conn(), row.id, tx.today()).await?;
    check_update(actor, &old, content, &grants)?;
    let row = checked_words(tx, row).await?;
    write(tx, actor, "roleUpdate", old, (row, content)).await
}
