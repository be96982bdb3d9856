//! Giving a draft up.
use entity::rule_set;

use super::{RuleSetError, SeenDraft, hold, write};
use crate::{authz::Actor, db::Tx, features::rule_set::repo::FullRuleSet};

/// Gives a draft up; it stays readable.
pub async fn discard(tx: &Tx, actor: &Actor, seen: SeenDraft) -> Result<FullRuleSet, RuleSetError> {
    let old = hold(tx, actor, seen).await?;
    let new = rule_set::Model { discarded_at: Some(tx.now()), ..old.row.clone() };
    write(tx, actor, "ruleSetDiscard", old, new).await
}
