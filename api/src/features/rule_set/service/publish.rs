//! Publishing a draft.
use entity::{Date, rule_set};

use super::{RuleSetError, SeenDraft, hold, write};
use crate::{
    authz::Actor,
    db::Tx,
    features::rule_set::{
        policy,
        repo::{self, FullRuleSet},
    },
};

/// From when a draft shall hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleSetPublish {
    /// Which draft.
    pub seen: SeenDraft,
    /// The first day.
    pub from: Date,
}

/// Publishes a draft; the set before it ends on that day.
pub async fn publish(tx: &Tx, actor: &Actor, command: RuleSetPublish) -> Result<FullRuleSet, RuleSetError> {
    use RuleSetError as Error;
    let RuleSetPublish { seen, from } = command;
    let old = hold(tx, actor, seen).await?;
    if !policy::can_begin(from, tx.today()) {
        return Err(Error::BeginsTooEarly);
    }
    let periods = repo::periods(tx.conn(), old.row.family).await?;
    if periods.last().is_some_and(|newest| newest.from >= from) {
        return Err(Error::Overlap);
    }
    repo::begin(tx, old.row.family, old.row.id, from).await?;
    let new = rule_set::Model { published_at: Some(tx.now()), published_by: Some(actor.account()), ..old.row.clone() };
    write(tx, actor, "ruleSetPublish", old, new).await
}
