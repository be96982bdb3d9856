//! Reporting a problem, and answering a report.
use async_graphql::{Context, Object};
use entity::problem_report;

use super::{
    ProblemReport, ProblemReportAnswerInput, ProblemReportAnswerPayload, ProblemReportInput, ProblemReportPayload,
    repo, service,
};
use crate::graphql::{Begun, Call, Explain, Explained, Lock, Problem, Result, ids, replayed, request};

/// Mutations on problem reports.
#[derive(Default)]
pub struct ProblemReportMutation;

#[Object]
impl ProblemReportMutation {
    /// Reports a problem on a page. Codes: REQUIRED, `TOO_LONG`, `IDEMPOTENCY_MISMATCH`.
    async fn problem_report(&self, ctx: &Context<'_>, input: ProblemReportInput) -> Result<ProblemReportPayload> {
        let call = match Call::begin_keyed(ctx, Lock::None, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(ProblemReportPayload { report: None, user_errors }),
            Begun::Replayed(id) => {
                let request = request(ctx);
                let row = repo::get(request.app.db.read(), request.actor()?, replayed(id)).await?;
                return Ok(ProblemReportPayload { report: row.map(ProblemReport::from), user_errors: Vec::new() });
            }
        };
        let command = service::ProblemReport { page: input.page, text: input.text };
        let outcome = service::report(&call.tx, &call.actor, command).await;
        let (report, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        Ok(ProblemReportPayload { report: report.map(ProblemReport::from), user_errors })
    }

    /// Answers a reported problem, or betters the answer; the reporter is notified. Codes: `NOT_FOUND`, CONFLICT,
    /// REQUIRED, `TOO_LONG`.
    async fn problem_report_answer(
        &self,
        ctx: &Context<'_>,
        input: ProblemReportAnswerInput,
    ) -> Result<ProblemReportAnswerPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let ProblemReportAnswerInput { report, answer, version } = input;
        let command = service::ProblemReportAnswer { report: ids::decode_or_nil(&report), answer, version };
        let outcome = service::answer(&call.tx, &call.actor, command).await;
        let (report, user_errors) = call.finish(outcome).await?;
        Ok(ProblemReportAnswerPayload { report: report.map(ProblemReport::from), user_errors })
    }
}

impl Explain<problem_report::Model> for service::ProblemReportAnswerError {
    fn current(&mut self) -> Option<problem_report::Model> {
        match self {
            Self::Conflict(row) => Some((**row).clone()),
            _ => None,
        }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["report"], "问题反馈", "report").into(),
            Self::AnswerEmpty => Problem::required(&["answer"], "答复", "The answer").into(),
            Self::AnswerTooLong => Problem::too_long(&["answer"], service::TEXT, "答复", "The answer").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<problem_report::Model> for service::ProblemReportError {
    fn explain(self) -> Explained {
        match self {
            Self::TextEmpty => Problem::required(&["text"], "问题描述", "The description").into(),
            Self::TextTooLong => Problem::too_long(&["text"], service::TEXT, "问题描述", "The description").into(),
            Self::Db(error) => error.into(),
        }
    }
}
