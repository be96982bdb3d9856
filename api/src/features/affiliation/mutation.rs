//! Changing affiliations: decode → call → encode, and what each error reads like.
use async_graphql::{Context, Object};
use entity::affiliation;

use super::{
    Affiliation, AffiliationCreateInput, AffiliationCreatePayload, AffiliationEndInput, AffiliationEndPayload, loader,
    service,
};
use crate::graphql::{
    Begun, Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, replayed, scalar::Date,
};

/// Mutations on affiliations.
#[derive(Default)]
pub struct AffiliationMutation;

#[Object]
impl AffiliationMutation {
    /// Ties a person to an organization beside the home one. Codes: `NOT_FOUND`, ARCHIVED, INVALID, `OUT_OF_RANGE`,
    /// OVERLAP, `IDEMPOTENCY_MISMATCH`.
    async fn affiliation_create(
        &self,
        ctx: &Context<'_>,
        input: AffiliationCreateInput,
    ) -> Result<AffiliationCreatePayload> {
        let call = match Call::begin_keyed(ctx, Lock::None, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(AffiliationCreatePayload { affiliation: None, user_errors }),
            Begun::Replayed(id) => {
                let affiliation = loader::affiliation(ctx, replayed(id)).await?;
                return Ok(AffiliationCreatePayload { affiliation, user_errors: Vec::new() });
            }
        };
        let command = service::AffiliationCreate {
            person: ids::decode_or_nil(&input.person),
            organization: ids::decode_or_nil(&input.organization),
            kind: input.kind.into(),
            from: input.from.0,
        };
        let outcome = service::create(&call.tx, &call.actor, command).await;
        let (affiliation, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        Ok(AffiliationCreatePayload { affiliation: affiliation.map(Affiliation::from), user_errors })
    }

    /// Ends a tie. Codes: `NOT_FOUND`, INVALID, `OUT_OF_RANGE`.
    async fn affiliation_end(&self, ctx: &Context<'_>, input: AffiliationEndInput) -> Result<AffiliationEndPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let AffiliationEndInput { affiliation, until: Date(until) } = input;
        let command = service::AffiliationEnd { affiliation: ids::decode_or_nil(&affiliation), until };
        let outcome = service::end(&call.tx, &call.actor, command).await;
        let (affiliation, user_errors) = call.finish(outcome).await?;
        Ok(AffiliationEndPayload { affiliation: affiliation.map(Affiliation::from), user_errors })
    }
}

impl Explain<affiliation::Model> for service::AffiliationCreateError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Invalid, OutOfRange, Overlap};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::PersonNotFound => Problem::not_found(&["person"], "人员", "person").into(),
            Self::PersonArchived => Problem::new(
                &["person"],
                Archived,
                "这条人员记录已归档，先恢复再关联。",
                "This record is archived; restore it first.",
            )
            .into(),
            Self::OrganizationNotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::OrganizationArchived => Problem::new(
                &["organization"],
                Archived,
                "这个组织已归档，换一个组织。",
                "This organization is archived; choose another.",
            )
            .into(),
            Self::AtHome => Problem::new(
                &["organization"],
                Invalid,
                "这个人的组织关系就在这里，不用再关联。",
                "This is the person's home organization; no other tie is needed.",
            )
            .into(),
            Self::FromLater => Problem::new(
                &["from"],
                OutOfRange,
                "开始日期不能晚于今天，改成今天或更早。",
                "The first day cannot lie in the future; enter today or earlier.",
            )
            .into(),
            Self::Overlap => Problem::new(
                &["from"],
                Overlap,
                "这段时间已有同类关联，先结束它或换个日期。",
                "A tie of this kind runs in that time; end it first or choose another day.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<affiliation::Model> for service::AffiliationEndError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Invalid, OutOfRange};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["affiliation"], "关联", "tie").into(),
            Self::Ended => Problem::new(
                &["affiliation"],
                Invalid,
                "这项关联已经结束，刷新后再看。",
                "This tie has ended already; reload the page.",
            )
            .into(),
            Self::BeforeBeginning => Problem::new(
                &["until"],
                OutOfRange,
                "结束日期不能早于开始日期，核对后再填。",
                "The end cannot lie before the beginning; check the day.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}
