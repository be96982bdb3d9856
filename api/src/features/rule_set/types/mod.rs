//! GraphQL types of rule sets.

mod input;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
pub use input::*;

use super::{
    policy,
    repo::{FullRuleSet, State},
    service,
};
use crate::{
    authz::Permission,
    features::organization::MemberStage,
    graphql::{
        Locale, Result, ids, request,
        scalar::{Date, DateTime},
    },
    rule::{Rule as AnyRule, RuleKind},
};

/// What a set of rules rules.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::RuleFamily")]
pub enum RuleFamily {
    /// What is due, and when.
    Obligation,
}

/// What a set of rules is today.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleSetState {
    /// It is being made.
    Draft,
    /// It is published and begins on a day to come.
    Coming,
    /// It holds.
    InForce,
    /// Another one took its place; what began under it keeps it.
    Superseded,
    /// The draft was given up.
    Discarded,
}

/// A dated set of rules (规则). A published one never changes.
#[derive(Clone)]
pub struct RuleSet(pub Arc<FullRuleSet>);

/// A dated set of rules (规则). A published one never changes.
#[Object]
impl RuleSet {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.row.id)
    }

    /// What it rules.
    async fn family(&self) -> RuleFamily {
        self.0.row.family.into()
    }

    /// What it is today.
    async fn state(&self, ctx: &Context<'_>) -> Result<RuleSetState> {
        Ok(match self.0.state(request(ctx).actor()?.today()) {
            State::Draft => RuleSetState::Draft,
            State::Coming => RuleSetState::Coming,
            State::InForce => RuleSetState::InForce,
            State::Superseded => RuleSetState::Superseded,
            State::Discarded(_) => RuleSetState::Discarded,
        })
    }

    /// Where its rules come from, such as the number of a document.
    async fn note(&self) -> &str {
        &self.0.row.note
    }

    /// Its first day; null for a draft.
    async fn from(&self) -> Option<Date> {
        self.0.period.as_ref().map(|period| Date(period.from))
    }

    /// The first day on which it holds no more; null while no other set follows.
    async fn until(&self) -> Option<Date> {
        self.0.period.as_ref().and_then(|period| period.until).map(Date)
    }

    /// Its rules. A kind that is left out asks for nothing.
    async fn rules(&self, ctx: &Context<'_>) -> Vec<Rule> {
        self.0.rules.iter().map(|rule| Rule::new(rule, request(ctx).locale)).collect()
    }

    /// Where it differs from the set that it takes the place of.
    async fn changes(&self, ctx: &Context<'_>) -> Vec<RuleChange> {
        changes(&self.0, request(ctx).locale)
    }

    /// Account name of the one who drafted it; null for the set that comes with the product.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        account_name(ctx, self.0.row.created_by)
    }

    /// When it was published.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.row.created_by.and(self.0.row.published_at).map(DateTime)
    }

    /// Account name of the one who published it.
    async fn published_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        account_name(ctx, self.0.row.published_by)
    }

    /// What the viewer may do here.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        let may = policy::can_edit(request(ctx).actor()?).is_ok();
        Ok(may.then_some(Permission::RuleEdit).into_iter().collect())
    }

    /// Counts the changes of the draft; a mutation takes the version it saw.
    async fn version(&self) -> i32 {
        self.0.row.version
    }
}

fn account_name(ctx: &Context<'_>, id: Option<entity::AccountId>) -> Result<Option<String>> {
    let accounts = &request(ctx).actor()?.authority().accounts;
    Ok(id.and_then(|id| accounts.get(&id)).map(|account| account.name.clone()))
}

/// One rule with the parameters of its kind.
#[derive(SimpleObject)]
pub struct Rule {
    /// Which kind.
    kind: RuleKind,
    /// What people call it, in the language of the request.
    label: String,
    /// What it says, in the language of the request.
    sentence: String,
    /// Days from its cause to the last day in time, 1 to 365.
    days: u32,
    /// The stages that it is about, along the way; null for a kind that is not about stages.
    stages: Option<Vec<MemberStage>>,
    /// Days after the last day for which it stays open, at most 365; null for a kind that does not lapse.
    lapse_days: Option<u32>,
}

impl Rule {
    fn new(rule: &AnyRule, locale: Locale) -> Self {
        let (days, stages, lapse_days) = match rule {
            AnyRule::ContactPerson(rule) => {
                (rule.days, Some(rule.stages.iter().copied().map(Into::into).collect()), None)
            }
            AnyRule::CompleteRecord(rule) => (rule.days, None, None),
            AnyRule::TransferQuestion(rule) => (rule.days, None, Some(rule.lapse_days)),
        };
        let kind = rule.kind();
        let label = locale.pick(kind.label().0, kind.label().1).to_owned();
        Self { kind, label, sentence: said(rule, locale), days, stages, lapse_days }
    }
}

fn said(rule: &AnyRule, locale: Locale) -> String {
    let sentence = rule.sentence();
    locale.pick(sentence.zh, sentence.en)
}

/// One difference between a set and the one that it takes the place of.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub struct RuleChange {
    /// Which rule.
    pub kind: RuleKind,
    /// What people call it, in the language of the request.
    pub label: String,
    /// What held before; null where nothing did.
    pub before: Option<String>,
    /// What holds now; null where nothing is asked any more.
    pub after: Option<String>,
}

fn changes(set: &FullRuleSet, locale: Locale) -> Vec<RuleChange> {
    let find = |rules: &[AnyRule], kind| rules.iter().find(|rule| rule.kind() == kind).map(|rule| said(rule, locale));
    let change = |kind: RuleKind| RuleChange {
        kind,
        label: locale.pick(kind.label().0, kind.label().1).to_owned(),
        before: find(&set.before, kind),
        after: find(&set.rules, kind),
    };
    RuleKind::ALL.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

/// What one rule would hit if it held for everything today. Where the viewer may not read the people behind them,
/// numbers under 5 are null and others cut to a multiple of 5.
#[derive(SimpleObject, Clone, Copy)]
pub struct RuleHits {
    /// Which rule.
    kind: RuleKind,
    /// Records for which something would be due.
    applies: Option<i32>,
    /// Those that would be overdue today.
    overdue: Option<i32>,
}

impl From<service::RuleHits> for RuleHits {
    fn from(hits: service::RuleHits) -> Self {
        let narrow = |n: Option<i64>| n.map(|n| i32::try_from(n).unwrap_or(i32::MAX));
        Self { kind: hits.kind, applies: narrow(hits.applies), overdue: narrow(hits.overdue) }
    }
}
