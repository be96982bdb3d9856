//! Changing posts: decode → call → encode, and what each error reads like.
use async_graphql::{Context, Object};
use entity::organization_post;

use super::{OrganizationPost, PostAssignInput, PostAssignPayload, PostEndInput, PostEndPayload, loader, service};
use crate::graphql::{
    Begun, Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, replayed, scalar::Date,
};

/// Mutations on posts.
#[derive(Default)]
pub struct PostMutation;

#[Object]
impl PostMutation {
    /// Gives a person a post. Codes: `NOT_FOUND`, ARCHIVED, `OUT_OF_RANGE`, OVERLAP, DUPLICATE, `IDEMPOTENCY_MISMATCH`.
    async fn post_assign(&self, ctx: &Context<'_>, input: PostAssignInput) -> Result<PostAssignPayload> {
        let call = match Call::begin_keyed(ctx, Lock::None, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(PostAssignPayload { post: None, user_errors }),
            Begun::Replayed(id) => {
                let post = loader::post(ctx, replayed(id)).await?;
                return Ok(PostAssignPayload { post, user_errors: Vec::new() });
            }
        };
        let command = service::PostAssign {
            organization: ids::decode_or_nil(&input.organization),
            person: ids::decode_or_nil(&input.person),
            title: input.title.into(),
            full_time: input.full_time,
            from: input.from.0,
        };
        let outcome = service::assign(&call.tx, &call.actor, command).await;
        let (post, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        Ok(PostAssignPayload { post: post.map(OrganizationPost::from), user_errors })
    }

    /// Ends a post, and the grants that are bound to it. Codes: `NOT_FOUND`, INVALID, `OUT_OF_RANGE`.
    async fn post_end(&self, ctx: &Context<'_>, input: PostEndInput) -> Result<PostEndPayload> {
        // Grants may end with it.
        let call = Call::begin(ctx, Lock::Authority).await?;
        let PostEndInput { post, until: Date(until) } = input;
        let outcome =
            service::end(&call.tx, &call.actor, service::PostEnd { post: ids::decode_or_nil(&post), until }).await;
        let (post, user_errors) = call.finish(outcome).await?;
        Ok(PostEndPayload { post: post.map(OrganizationPost::from), user_errors })
    }
}

impl Explain<organization_post::Model> for service::PostAssignError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Duplicate, OutOfRange, Overlap};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::OrganizationNotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::OrganizationArchived => Problem::new(
                &["organization"],
                Archived,
                "这个组织已归档，先恢复再任命。",
                "This organization is archived; restore it first.",
            )
            .into(),
            Self::PersonNotFound => Problem::not_found(&["person"], "人员", "person").into(),
            Self::PersonArchived => Problem::new(
                &["person"],
                Archived,
                "这条人员记录已归档，先恢复再任命。",
                "This record is archived; restore it first.",
            )
            .into(),
            Self::FromLater => Problem::new(
                &["from"],
                OutOfRange,
                "任职日期不能晚于今天，改成今天或更早。",
                "The first day cannot lie in the future; enter today or earlier.",
            )
            .into(),
            Self::Overlap => Problem::new(
                &["from"],
                Overlap,
                "这个人在这段时间已担任这个职务，先登记离任或换个日期。",
                "This person holds this post in that time; record its end first or choose another day.",
            )
            .into(),
            Self::SecretaryTaken => Problem::new(
                &["title"],
                Duplicate,
                "这个组织在这段时间已有书记，先登记前任离任。",
                "This organization has a secretary in that time; record the end of that post first.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<organization_post::Model> for service::PostEndError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Invalid, OutOfRange};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["post"], "职务", "post").into(),
            Self::Ended => Problem::new(
                &["post"],
                Invalid,
                "这项任职已经结束，刷新后再看。",
                "This post has ended already; reload the page.",
            )
            .into(),
            Self::BeforeBeginning => Problem::new(
                &["until"],
                OutOfRange,
                "离任日期不能早于任职日期，核对后再填。",
                "The end cannot lie before the beginning; check the day.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}
