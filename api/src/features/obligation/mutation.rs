//! Putting obligations off, and asking for them to be worked out again.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::{job, obligation};

use super::{Obligation, service};
use crate::{
    features::job::Job,
    graphql::{Call, Explain, Explained, Lock, Problem, Result, UserError, UserErrorCode, ids, request, scalar::Date},
};

/// A subtree whose obligations are to be worked out again.
#[derive(InputObject)]
pub struct ObligationRecomputeInput {
    /// Its top.
    pub organization: ID,
}

/// What became of `obligationRecompute`.
#[derive(SimpleObject)]
pub struct ObligationRecomputePayload {
    /// The job that does it; the one that waits or runs already where the same was asked for before.
    pub job: Option<Job>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An obligation that is to be put off.
#[derive(InputObject)]
pub struct ObligationSnoozeInput {
    /// The obligation.
    pub obligation: ID,
    /// The day on which it comes back: after today, at most 30 days away.
    pub until: Date,
    /// Why, at most 200 characters; everybody who sees the obligation sees it.
    pub reason: String,
}

/// What became of `obligationSnooze`.
#[derive(SimpleObject)]
pub struct ObligationSnoozePayload {
    /// The obligation; null where there are user errors.
    pub obligation: Option<Obligation>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An obligation that is to be taken up again.
#[derive(InputObject)]
pub struct ObligationUnsnoozeInput {
    /// The obligation.
    pub obligation: ID,
}

/// What became of `obligationUnsnooze`.
#[derive(SimpleObject)]
pub struct ObligationUnsnoozePayload {
    /// The obligation; null where there are user errors.
    pub obligation: Option<Obligation>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Mutations on obligations.
#[derive(Default)]
pub struct ObligationMutation;

#[Object]
impl ObligationMutation {
    /// Works out the obligations of a subtree again, in the background. It happens every night by itself. Codes:
    /// `NOT_FOUND`.
    async fn obligation_recompute(
        &self,
        ctx: &Context<'_>,
        input: ObligationRecomputeInput,
    ) -> Result<ObligationRecomputePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let command = service::ObligationRecompute { organization: ids::decode_or_nil(&input.organization) };
        let outcome = service::recompute(&call.tx, &call.actor, command).await;
        let (job, user_errors) = call.finish(outcome).await?;
        request(ctx).app.jobs.ring();
        Ok(ObligationRecomputePayload { job: job.map(Job::from), user_errors })
    }

    /// Puts an obligation off until a day (暂缓). It comes back by itself and stays counted for those above. Codes:
    /// `NOT_FOUND`, INVALID, `OUT_OF_RANGE`, REQUIRED, `TOO_LONG`.
    async fn obligation_snooze(
        &self,
        ctx: &Context<'_>,
        input: ObligationSnoozeInput,
    ) -> Result<ObligationSnoozePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let (obligation, Date(until)) = (ids::decode_or_nil(&input.obligation), input.until);
        let command = service::ObligationSnooze { obligation, until, reason: input.reason };
        let outcome = service::snooze(&call.tx, &call.actor, command).await;
        let (obligation, user_errors) = call.finish(outcome).await?;
        Ok(ObligationSnoozePayload { obligation: obligation.map(Obligation::from), user_errors })
    }

    /// Takes an obligation that was put off up again before its day. Codes: `NOT_FOUND`, INVALID.
    async fn obligation_unsnooze(
        &self,
        ctx: &Context<'_>,
        input: ObligationUnsnoozeInput,
    ) -> Result<ObligationUnsnoozePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = service::unsnooze(&call.tx, &call.actor, ids::decode_or_nil(&input.obligation)).await;
        let (obligation, user_errors) = call.finish(outcome).await?;
        Ok(ObligationUnsnoozePayload { obligation: obligation.map(Obligation::from), user_errors })
    }
}

impl Explain<job::Model> for service::ObligationRecomputeError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<obligation::Model> for service::ObligationSnoozeError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["obligation"], "应办事项", "obligation").into(),
            Self::Closed => Problem::new(
                &["obligation"],
                UserErrorCode::Invalid,
                "这件事已经办结，不用再暂缓。",
                "This is done already; there is nothing to put off.",
            )
            .into(),
            Self::UntilPast => Problem::new(
                &["until"],
                UserErrorCode::OutOfRange,
                "恢复的日期要在今天之后。",
                "The day on which it comes back lies after today.",
            )
            .into(),
            Self::UntilTooFar => Problem::new(
                &["until"],
                UserErrorCode::OutOfRange,
                format!("一次最多暂缓 {} 天，选近一些的日期；到时可以再暂缓。", service::SNOOZE_DAYS),
                format!("At most {} days at once: choose a nearer day, it can be put off again.", service::SNOOZE_DAYS),
            )
            .into(),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::ReasonTooLong => Problem::too_long(&["reason"], service::REASON, "理由", "The reason").into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<obligation::Model> for service::ObligationUnsnoozeError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["obligation"], "应办事项", "obligation").into(),
            Self::NotSnoozed => Problem::new(
                &["obligation"],
                UserErrorCode::Invalid,
                "这件事没有暂缓，可以直接办理。",
                "This is not put off; it can be done at once.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}
