//! Making rules: decode → call → encode, and what each error reads like.
use std::sync::Arc;

use async_graphql::{Context, Object};

use super::{
    RuleSet, RuleSetDiscardInput, RuleSetDiscardPayload, RuleSetDraftInput, RuleSetDraftPayload, RuleSetEditInput,
    RuleSetEditPayload, RuleSetPublishInput, RuleSetPublishPayload,
    repo::FullRuleSet,
    rule_set,
    service::{self, RuleSetDraft, RuleSetEdit, RuleSetError, RuleSetPublish, SeenDraft},
};
use crate::{
    graphql::{Begun, Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, replayed},
    rule::{MOST_DAYS, RuleKind, RuleMistake},
};

/// Mutations on rule sets.
#[derive(Default)]
pub struct RuleSetMutation;

#[Object]
impl RuleSetMutation {
    /// Begins a draft with the rules of the newest published set. Codes: DUPLICATE (a draft waits already),
    /// `TOO_LONG`, `IDEMPOTENCY_MISMATCH`.
    async fn rule_set_draft(&self, ctx: &Context<'_>, input: RuleSetDraftInput) -> Result<RuleSetDraftPayload> {
        let call = match Call::begin_keyed(ctx, Lock::None, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(RuleSetDraftPayload { rule_set: None, user_errors }),
            Begun::Replayed(id) => {
                let rule_set = rule_set(ctx, replayed(id)).await?;
                return Ok(RuleSetDraftPayload { rule_set, user_errors: Vec::new() });
            }
        };
        let command = RuleSetDraft { family: input.family.into(), note: input.note.unwrap_or_default() };
        let outcome = service::draft(&call.tx, &call.actor, command).await;
        let (rule_set, user_errors) = call.finish_keyed(outcome, |set| set.row.id.0).await?;
        Ok(RuleSetDraftPayload { rule_set: rule_set.map(shown), user_errors })
    }

    /// Gives a draft other rules. Codes: `NOT_FOUND`, `TOO_LONG`, DUPLICATE, `OUT_OF_RANGE`, INVALID, ARCHIVED (no
    /// draft any more), CONFLICT.
    async fn rule_set_edit(&self, ctx: &Context<'_>, input: RuleSetEditInput) -> Result<RuleSetEditPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let RuleSetEditInput { rule_set, note, rules, version } = input;
        let seen = SeenDraft { rule_set: ids::decode_or_nil(&rule_set), version };
        let command = RuleSetEdit { seen, note, rules: rules.into_iter().map(Into::into).collect() };
        let outcome = service::edit(&call.tx, &call.actor, command).await;
        let (rule_set, user_errors) = call.finish(outcome).await?;
        Ok(RuleSetEditPayload { rule_set: rule_set.map(shown), user_errors })
    }

    /// Publishes a draft for a day to come; the set before it ends on that day. It never changes afterwards. Codes:
    /// `NOT_FOUND`, `OUT_OF_RANGE`, OVERLAP, ARCHIVED (no draft any more), CONFLICT.
    async fn rule_set_publish(&self, ctx: &Context<'_>, input: RuleSetPublishInput) -> Result<RuleSetPublishPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let RuleSetPublishInput { rule_set, from, version } = input;
        let seen = SeenDraft { rule_set: ids::decode_or_nil(&rule_set), version };
        let outcome = service::publish(&call.tx, &call.actor, RuleSetPublish { seen, from: from.0 }).await;
        let (rule_set, user_errors) = call.finish(outcome).await?;
        Ok(RuleSetPublishPayload { rule_set: rule_set.map(shown), user_errors })
    }

    /// Gives a draft up; it stays readable. Codes: `NOT_FOUND`, ARCHIVED (no draft any more), CONFLICT.
    async fn rule_set_discard(&self, ctx: &Context<'_>, input: RuleSetDiscardInput) -> Result<RuleSetDiscardPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let seen = SeenDraft { rule_set: ids::decode_or_nil(&input.rule_set), version: input.version };
        let outcome = service::discard(&call.tx, &call.actor, seen).await;
        let (rule_set, user_errors) = call.finish(outcome).await?;
        Ok(RuleSetDiscardPayload { rule_set: rule_set.map(shown), user_errors })
    }
}

fn shown(set: FullRuleSet) -> RuleSet {
    RuleSet(Arc::new(set))
}

impl Explain<FullRuleSet> for RuleSetError {
    fn current(&mut self) -> Option<FullRuleSet> {
        if let Self::Conflict(set) = self { Some((**set).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Duplicate, OutOfRange, Overlap};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["ruleSet"], "规则", "rule set").into(),
            Self::DraftExists => Problem::new(
                &["family"],
                Duplicate,
                "已经有一份草稿，接着修改它，或先放弃它。",
                "There is a draft already; go on with it, or give it up first.",
            )
            .into(),
            Self::NotDraft => Problem::new(
                &["ruleSet"],
                Archived,
                "这份规则已经发布或放弃，不能再改；要改就另起一份草稿。",
                "This rule set is published or was given up and does not change any more; begin another draft.",
            )
            .into(),
            Self::NoteTooLong => Problem::too_long(&["note"], service::NOTE, "依据", "The source").into(),
            Self::Twice(kind) => Problem::new(
                &["rules"],
                Duplicate,
                format!("“{}”出现了两次，只留一条。", kind.label().0),
                format!("“{}” stands here twice; keep one of them.", kind.label().1),
            )
            .into(),
            Self::Mistakes(mistakes) => {
                Explained::Problems(mistakes.into_iter().map(|(kind, mistake)| mistaken(kind, mistake)).collect())
            }
            Self::BeginsTooEarly => Problem::new(
                &["from"],
                OutOfRange,
                "新规则最早从明天起生效，已经开始的事项仍按原规则。",
                "New rules begin tomorrow at the earliest; what has begun keeps its rules.",
            )
            .into(),
            Self::Overlap => Problem::new(
                &["from"],
                Overlap,
                "这一天或之后已有发布的规则，选一个更晚的日期。",
                "A published set begins on that day or later; choose a later day.",
            )
            .into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

fn mistaken(kind: RuleKind, mistake: RuleMistake) -> Problem {
    let field: &'static [&'static str] = match (kind, mistake) {
        (RuleKind::ContactPerson, RuleMistake::Stages) => &["rules", "contactPerson", "stages"],
        (RuleKind::ContactPerson, RuleMistake::Days | RuleMistake::LapseDays) => &["rules", "contactPerson", "days"],
        (RuleKind::CompleteRecord, _) => &["rules", "completeRecord", "days"],
        (RuleKind::TransferQuestion, RuleMistake::LapseDays) => &["rules", "transferQuestion", "lapseDays"],
        (RuleKind::TransferQuestion, RuleMistake::Days | RuleMistake::Stages) => &["rules", "transferQuestion", "days"],
    };
    let (zh, en) = kind.label();
    match mistake {
        RuleMistake::Days => Problem::new(
            field,
            UserErrorCode::OutOfRange,
            format!("{zh}：天数为 1 到 {MOST_DAYS}。"),
            format!("{en}: 1 to {MOST_DAYS} days are possible."),
        ),
        RuleMistake::LapseDays => Problem::new(
            field,
            UserErrorCode::OutOfRange,
            format!("{zh}：失效天数为 0 到 {MOST_DAYS}。"),
            format!("{en}: 0 to {MOST_DAYS} days are possible until it falls away."),
        ),
        RuleMistake::Stages => Problem::new(
            field,
            UserErrorCode::Invalid,
            format!("{zh}：至少选一个阶段，按先后次序，只能是积极分子、发展对象、预备党员。"),
            format!(
                "{en}: choose at least one stage, in their order, of activists, candidates and probationary members."
            ),
        ),
    }
}
