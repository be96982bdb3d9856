//! Changing a draft.
use entity::rule_set;

use super::{RuleSetError, SeenDraft, checked_note, hold, write};
use crate::{
    authz::Actor,
    db::Tx,
    features::rule_set::repo::FullRuleSet,
    rule::{Rule, RuleKind, RuleMistake, store},
};

/// What a draft shall say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetEdit {
    /// Which draft.
    pub seen: SeenDraft,
    /// Where its rules come from.
    pub note: String,
    /// All its rules.
    pub rules: Vec<Rule>,
}

/// Gives a draft other rules.
pub async fn edit(tx: &Tx, actor: &Actor, command: RuleSetEdit) -> Result<FullRuleSet, RuleSetError> {
    let old = hold(tx, actor, command.seen).await?;
    let note = checked_note(&command.note)?;
    let kinds: Vec<RuleKind> = command.rules.iter().map(Rule::kind).collect();
    if let Some((_, twice)) = kinds.iter().enumerate().find(|(n, kind)| kinds.iter().skip(n + 1).any(|k| k == *kind)) {
        return Err(RuleSetError::Twice(*twice));
    }
    let mistakes: Vec<(RuleKind, RuleMistake)> = command
        .rules
        .iter()
        .flat_map(|rule| rule.mistakes().into_iter().map(|mistake| (rule.kind(), mistake)))
        .collect();
    if !mistakes.is_empty() {
        return Err(RuleSetError::Mistakes(mistakes));
    }
    let new = rule_set::Model { note, rules: store(command.rules)?, ..old.row.clone() };
    write(tx, actor, "ruleSetEdit", old, new).await
}
