//! Reading attachments.
use async_graphql::Context;

use super::{
    AttachmentConnection, Owner,
    repo::{self, Reach},
};
use crate::{
    db::page::{self, PageArgs},
    graphql::{Result, request},
};

/// A page of the files in use of `owner`, newest first.
pub async fn attachments_of(ctx: &Context<'_>, owner: Owner, args: PageArgs) -> Result<AttachmentConnection> {
    let request = request(ctx);
    let all = repo::list(&Reach::of(request.actor()?), owner);
    let (sort, place) = repo::sort();
    let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
    Ok(AttachmentConnection::new(page, all))
}
