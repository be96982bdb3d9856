//! Reading attachments.
use async_graphql::Context;

use super::{
    AttachmentConnection, AttachmentState, Owner,
    repo::{self, Reach},
};
use crate::{
    db::page::{self, PageArgs},
    graphql::{Result, request},
};

/// A page of the files of `owner`, newest first: those in use, where nothing else is said.
pub async fn attachments_of(
    ctx: &Context<'_>,
    owner: Owner,
    state: Option<AttachmentState>,
    args: PageArgs,
) -> Result<AttachmentConnection> {
    let request = request(ctx);
    let state = state.unwrap_or(AttachmentState::Stored);
    let all = repo::list(&Reach::of(request.actor()?), owner, state.into());
    let (sort, place) = repo::sort();
    let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
    Ok(AttachmentConnection::new(page, move || all.clone()))
}
