//! Erasing: decode → call → encode, and what each error reads like.
use async_graphql::{Context, Object};
use entity::person;

use super::{
    PersonEraseConfirmInput, PersonEraseConfirmPayload, PersonEraseProposeInput, PersonEraseProposePayload,
    PersonEraseWithdrawInput, PersonEraseWithdrawPayload, log, service,
};
use crate::{
    features::person::Person,
    graphql::{Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, request},
};

/// Mutations on erasures.
#[derive(Default)]
pub struct ErasureMutation;

#[Object]
impl ErasureMutation {
    /// Proposes to erase what is personal about somebody. Somebody else confirms. Codes: `NOT_FOUND`, `NOT_ARCHIVED`,
    /// REQUIRED, `TOO_LONG`, DUPLICATE, ARCHIVED (erased already), CONFLICT.
    async fn person_erase_propose(
        &self,
        ctx: &Context<'_>,
        input: PersonEraseProposeInput,
    ) -> Result<PersonEraseProposePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let PersonEraseProposeInput { person, reason, version } = input;
        let command = service::PersonErase { person: ids::decode_or_nil(&person), version };
        let outcome = service::propose(&call.tx, &call.actor, command, &reason).await;
        let (person, user_errors) = call.finish(outcome).await?;
        Ok(PersonEraseProposePayload { person: person.map(Person::from), user_errors })
    }

    /// Confirms what somebody else proposed: the data key is destroyed, the name becomes a token. It cannot be undone.
    /// Codes: `NOT_FOUND`, `NOT_ARCHIVED`, INVALID (nothing or only oneself proposed), `NOT_EMPTY`, CONFLICT.
    async fn person_erase_confirm(
        &self,
        ctx: &Context<'_>,
        input: PersonEraseConfirmInput,
    ) -> Result<PersonEraseConfirmPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let command = service::PersonErase { person: ids::decode_or_nil(&input.person), version: input.version };
        let outcome = service::confirm(&call.tx, &call.actor, command).await;
        let (person, user_errors) = call.finish(outcome).await?;
        if user_errors.is_empty() {
            log::keep(&request(ctx).app).await;
        }
        Ok(PersonEraseConfirmPayload { person: person.map(Person::from), user_errors })
    }

    /// Takes a proposal back. Codes: `NOT_FOUND`, `NOT_ARCHIVED`, INVALID (nothing proposed), CONFLICT.
    async fn person_erase_withdraw(
        &self,
        ctx: &Context<'_>,
        input: PersonEraseWithdrawInput,
    ) -> Result<PersonEraseWithdrawPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let command = service::PersonErase { person: ids::decode_or_nil(&input.person), version: input.version };
        let outcome = service::withdraw(&call.tx, &call.actor, command).await;
        let (person, user_errors) = call.finish(outcome).await?;
        Ok(PersonEraseWithdrawPayload { person: person.map(Person::from), user_errors })
    }
}

impl Explain<person::Model> for service::PersonEraseError {
    fn current(&mut self) -> Option<person::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Duplicate, Invalid, NotArchived, NotEmpty};
        let on_person = |code, zh: &str, en: &str| Explained::from(Problem::new(&["person"], code, zh, en));
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["person"], "人员", "person").into(),
            Self::NotArchived => on_person(
                NotArchived,
                "只能清除已归档的记录，先归档再提出。",
                "Only an archived record can be erased; archive it first.",
            ),
            Self::Erased => on_person(
                Archived,
                "这个人的个人信息已经清除，不能再改。",
                "What was personal about this person is erased already; nothing is left to change.",
            ),
            Self::AlreadyProposed => on_person(
                Duplicate,
                "已经有人提出清除，等另一位有权限的同事确认。",
                "Somebody proposed this already; it waits for a second person to confirm.",
            ),
            Self::NotProposed => on_person(
                Invalid,
                "还没有人提出清除，先由一位同事提出并说明理由。",
                "Nobody has proposed to erase this person; somebody does that first, with a reason.",
            ),
            Self::OwnProposal => on_person(
                Invalid,
                "提出的人不能自己确认，请另一位有权限的同事确认。",
                "Who proposed it cannot confirm it; ask a colleague with the right.",
            ),
            Self::AccountActive => on_person(
                NotEmpty,
                "这个人的账号还在使用，请管理员先停用。",
                "This person's account is still active; have an administrator disable it first.",
            ),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::ReasonTooLong => Problem::too_long(&["reason"], service::REASON, "理由", "The reason").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}
