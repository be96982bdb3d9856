//! Beginning a draft.
use entity::{RuleFamily, RuleSetId, rule_set};

use super::{RuleSetError, checked_note, record, snapshot};
use crate::{
    audit::Snapshot,
    authz::Actor,
    db::Tx,
    features::rule_set::{
        policy,
        repo::{self, FullRuleSet},
    },
    rule::store,
};

/// A draft to be begun, with the rules of the newest published set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetDraft {
    /// What it rules.
    pub family: RuleFamily,
    /// Where its rules come from.
    pub note: String,
}

/// Begins a draft.
pub async fn draft(tx: &Tx, actor: &Actor, command: RuleSetDraft) -> Result<FullRuleSet, RuleSetError> {
    policy::can_edit(actor).map_err(RuleSetError::Denied)?;
    let note = checked_note(&command.note)?;
    let newest = repo::list(tx.conn(), actor, command.family).await?.into_iter().find(|set| set.period.is_some());
    let rules = newest.map(|set| set.rules).unwrap_or_default();
    let id: RuleSetId = tx.new_id();
    let row = rule_set::Model {
        id,
        family: command.family,
        rules: store(rules.clone())?,
        note,
        created_at: tx.now(),
        created_by: Some(actor.account()),
        published_at: None,
        published_by: None,
        discarded_at: None,
        version: 1,
    };
    let after = snapshot(&row, &rules);
    repo::insert(tx, row).await?;
    record(tx, actor, "ruleSetDraft", id, Snapshot::new(), after).await?;
    repo::get(tx.conn(), actor, id).await?.ok_or(RuleSetError::NotFound)
}
