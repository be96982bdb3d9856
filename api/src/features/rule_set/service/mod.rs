//! Use cases of rule sets.

mod discard;
mod draft;
mod edit;
mod hits;
mod publish;

use entity::{RuleSetId, rule_set};
use sea_orm::DbErr;
use serde_json::json;

pub use discard::discard;
pub use draft::{RuleSetDraft, draft};
pub use edit::{RuleSetEdit, edit};
pub use hits::{RuleHits, hits};
pub use publish::{RuleSetPublish, publish};

use super::{
    policy,
    repo::{self, FullRuleSet, State},
};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::{Tx, violated},
    rule::{Rule, RuleKind, RuleMistake},
};

/// Longest note in characters.
pub const NOTE: usize = 200;

/// Which draft, as the caller saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenDraft {
    /// The set.
    pub rule_set: RuleSetId,
    /// The version the caller saw.
    pub version: i32,
}

/// Why a rule set was not drafted, changed, published or given up.
#[derive(Debug)]
pub enum RuleSetError {
    /// The right is missing.
    Denied(Denied),
    /// The set is missing or hidden.
    NotFound,
    /// A draft of this family waits already.
    DraftExists,
    /// The set is published, or was given up.
    NotDraft,
    /// The note is too long.
    NoteTooLong,
    /// A kind stands in the set twice.
    Twice(RuleKind),
    /// Parameters are impossible.
    Mistakes(Vec<(RuleKind, RuleMistake)>),
    /// The first day is not a day to come.
    BeginsTooEarly,
    /// A published set begins on that day or later.
    Overlap,
    /// Somebody else changed the draft; this is how it stands.
    Conflict(Box<FullRuleSet>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for RuleSetError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_rule_set_draft") => Self::DraftExists,
            Some("no_overlap_rule_set_period" | "uq_rule_set_period_set") => Self::Overlap,
            Some("published_rule_set") => Self::NotDraft,
            _ => Self::Db(error),
        }
    }
}

/// The draft that `seen` names, where it may be changed and nobody was faster.
async fn hold(tx: &Tx, actor: &Actor, seen: SeenDraft) -> Result<FullRuleSet, RuleSetError> {
    use RuleSetError as Error;
    let set = repo::get(tx.conn(), actor, seen.rule_set).await?.ok_or(Error::NotFound)?;
    policy::can_edit(actor).map_err(Error::Denied)?;
    match () {
        () if set.row.version != seen.version => Err(Error::Conflict(Box::new(set))),
        () if set.state(tx.today()) != State::Draft => Err(Error::NotDraft),
        () => Ok(set),
    }
}

/// Writes what became of a draft, with its audit row, and reads it again.
async fn write(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    old: FullRuleSet,
    new: rule_set::Model,
) -> Result<FullRuleSet, RuleSetError> {
    let (before, after) = (snapshot(&old.row, &old.rules), snapshot(&new, &crate::rule::parse(&new.rules)?));
    let id = new.id;
    if !repo::update(tx, new).await? {
        return Err(RuleSetError::Conflict(Box::new(old)));
    }
    record(tx, actor, action, id, before, after).await?;
    repo::get(tx.conn(), actor, id).await?.ok_or(RuleSetError::NotFound)
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    id: RuleSetId,
    before: Snapshot,
    after: Snapshot,
) -> Result<(), DbErr> {
    let change = Change {
        action,
        object_type: "RuleSet",
        object_id: id.0,
        organization: None,
        person: None,
        before,
        after,
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await
}

/// What history shows of a set: the sentences, so that it reads without the code of its day.
fn snapshot(row: &rule_set::Model, rules: &[Rule]) -> Snapshot {
    let said: Vec<String> = rules.iter().map(|rule| rule.sentence().zh).collect();
    Snapshot::from([
        ("rules", json!(said.join(" "))),
        ("note", json!(Some(&row.note).filter(|note| !note.is_empty()))),
        ("published", json!(row.published_at.map(|_| true))),
        ("discarded", json!(row.discarded_at.map(|_| true))),
    ])
}

/// The note without surrounding spaces, where it is short enough.
fn checked_note(note: &str) -> Result<String, RuleSetError> {
    let note = note.trim();
    if note.chars().count() > NOTE { Err(RuleSetError::NoteTooLong) } else { Ok(note.to_owned()) }
}
