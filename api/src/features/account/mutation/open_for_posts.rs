//! Opening accounts for those who hold posts: decode, call, encode, and what each error reads like.
use async_graphql::Context;
use entity::{AccountId, GrantId, PostId};
use uuid::Uuid;

use super::{
    super::{
        Account, AccountForPost, AccountForPostInput, AccountOpenForPostsInput, AccountOpenForPostsPayload,
        OneTimeSlip, loader,
        repo::candidate,
        service::{self, AccountOpenForPosts, AccountOpenForPostsError, ForPost, ForPostError, MOST, Outcome},
    },
    explain::name_problem,
};
use crate::{
    features::grant::{self, Grant, service::RoleGrantError},
    graphql::{Begun, Call, Explain, Explained, Locale, Lock, Problem, Result, UserError, UserErrorCode, ids, request},
};

pub(super) async fn run(ctx: &Context<'_>, input: AccountOpenForPostsInput) -> Result<AccountOpenForPostsPayload> {
    let AccountOpenForPostsInput { rows, until, reason, idempotency_key } = input;
    let row = |AccountForPostInput { post, name, role }: AccountForPostInput| ForPost {
        post: ids::decode_or_nil(&post),
        name,
        role: ids::decode_or_nil(&role),
    };
    let rows: Vec<ForPost> = rows.into_iter().map(row).collect();
    let call = match Call::begin_keyed(ctx, Lock::Authority, idempotency_key.as_deref()).await? {
        Begun::Fresh(call) => call,
        Begun::Mismatch(user_errors) => return Ok(AccountOpenForPostsPayload { opened: None, user_errors }),
        Begun::Replayed(_) => return again(ctx, &rows).await,
    };
    let command = AccountOpenForPosts { rows, until: until.map(|until| until.0), reason };
    let outcome = service::open_for_posts(&call.tx, &call.actor, command).await;
    let first = |outcomes: &Vec<Outcome>| outcomes.iter().flatten().next().map_or(Uuid::nil(), |one| one.grant.id.0);
    let (outcomes, mut user_errors) = call.finish_keyed(outcome, first).await?;
    let Some(outcomes) = outcomes else { return Ok(AccountOpenForPostsPayload { opened: None, user_errors }) };
    let mut opened = Vec::with_capacity(outcomes.len());
    for (place, one) in outcomes.into_iter().enumerate() {
        match one {
            Ok(one) => opened.push(Some(AccountForPost {
                account: one.slip.account.clone().into(),
                grant: Some(Grant::from(one.grant)),
                slip: Some(OneTimeSlip::from(one.slip)),
            })),
            Err(error) => {
                opened.push(None);
                user_errors.extend(at(place, error.explain_one(), request(ctx).locale));
            }
        }
    }
    Ok(AccountOpenForPostsPayload { opened: Some(opened), user_errors })
}

/// What the first call opened, without the links.
async fn again(ctx: &Context<'_>, rows: &[ForPost]) -> Result<AccountOpenForPostsPayload> {
    let posts: Vec<PostId> = rows.iter().map(|row| row.post).collect();
    let request = request(ctx);
    let found = candidate::opened(request.app.db.read(), request.actor()?, &posts).await?;
    let mut opened = Vec::with_capacity(rows.len());
    for post in posts {
        let one = found.iter().find(|(with, ..)| *with == post);
        opened.push(match one {
            Some((_, account, grant)) => one_again(ctx, *account, *grant).await?,
            None => None,
        });
    }
    Ok(AccountOpenForPostsPayload { opened: Some(opened), user_errors: Vec::new() })
}

async fn one_again(ctx: &Context<'_>, account: AccountId, grant: GrantId) -> Result<Option<AccountForPost>> {
    let Some(account): Option<Account> = loader::account(ctx, account).await? else { return Ok(None) };
    Ok(Some(AccountForPost { account, grant: grant::grant(ctx, grant).await?, slip: None }))
}

/// What is wrong with the row at `place`: with one of its parts, or with all of it.
fn at(place: usize, problems: Vec<Problem>, locale: Locale) -> impl Iterator<Item = UserError> {
    problems.into_iter().map(move |problem| {
        let error = problem.into_user_error(locale);
        let part = error.field.last().filter(|part| ["post", "name", "role"].contains(&part.as_str())).cloned();
        let field = ["input".to_owned(), "rows".to_owned(), place.to_string()].into_iter().chain(part).collect();
        UserError { field, ..error }
    })
}

impl ForPostError {
    /// How the error of one of several rows reads; why none could be tried is another matter.
    fn explain_one(self) -> Vec<Problem> {
        let taken =
            |field: &'static [&'static str], zh, en| vec![Problem::new(field, UserErrorCode::Duplicate, zh, en)];
        match self {
            Self::PersonTaken => taken(
                &["post"],
                "任职的人已有账号，给那个账号授权即可。",
                "The holder has an account already; give that one the role.",
            ),
            Self::NameTaken => {
                taken(&["name"], "已有账号用了这个登录名，换一个。", "Another account has this name; choose another.")
            }
            Self::Name(fault) => vec![name_problem(fault)],
            Self::Grant(RoleGrantError::Denied(_)) => vec![Problem::new(
                &["role"],
                UserErrorCode::Invalid,
                "您不能在这个组织授予这个角色这么久，换一个角色，或请有权的人来做。",
                "You may not give this role there for so long; choose another, or ask somebody who may.",
            )],
            Self::Grant(error) => match error.explain() {
                Explained::Problems(problems) => problems,
                Explained::Failure(_) => Vec::new(),
            },
            Self::PostNotFound | Self::Db(_) => vec![Problem::not_found(&["post"], "职务", "post")],
        }
    }
}

impl Explain<Vec<Outcome>> for AccountOpenForPostsError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::Empty => Problem::new(
                &["rows"],
                UserErrorCode::Required,
                "先选要开设账号的人。",
                "Choose those who are to get an account first.",
            )
            .into(),
            Self::TooMany => Problem::new(
                &["rows"],
                UserErrorCode::OutOfRange,
                format!("一次最多 {MOST} 个，分几次来做。"),
                format!("At most {MOST} at once; do it in several steps."),
            )
            .into(),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::ReasonTooLong => Problem::too_long(&["reason"], service::REASON, "理由", "The reason").into(),
            Self::Db(error) => error.into(),
        }
    }
}
