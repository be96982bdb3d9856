//! What a set would hit if it held for everything today.
use entity::ObligationKind;
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    authz::{Actor, Permission},
    clock::Ambient,
    features::{member, obligation, organization::service::shown},
    rule::{Rule, RuleKind},
};

/// What one rule would hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleHits {
    /// Which rule.
    pub kind: RuleKind,
    /// Records for which something would be due; none where they are few and the asker may not read them.
    pub applies: Option<i64>,
    /// Those that would be overdue today.
    pub overdue: Option<i64>,
}

/// What each of `rules` would hit in the whole city.
pub async fn hits(
    conn: &impl ConnectionTrait,
    ambient: &Ambient,
    actor: &Actor,
    rules: &[Rule],
) -> Result<Vec<RuleHits>, DbErr> {
    let scope = actor.scope(Permission::RuleEdit);
    let exact = actor.may_everywhere(Permission::PersonRead);
    let mut hits = Vec::with_capacity(rules.len());
    for rule in rules {
        let (applies, overdue) = match rule {
            Rule::ContactPerson(rule) => member::service::without_contact(conn, &scope, rule, ambient).await?,
            Rule::CompleteRecord(rule) => member::service::incomplete(conn, &scope, rule, ambient).await?,
            Rule::TransferQuestion(rule) => {
                let kind = ObligationKind::TransferAsked;
                obligation::service::open_since(conn, &scope, kind, rule.days, ambient).await?
            }
        };
        hits.push(RuleHits { kind: rule.kind(), applies: shown(applies, exact), overdue: shown(overdue, exact) });
    }
    Ok(hits)
}
