//! Batches: attachments by key.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{AttachmentId, OrganizationId, attachment};
use sea_orm::{DatabaseConnection, DbErr};

use super::{
    Attachment, Owner,
    repo::{self, Reach},
};
use crate::{
    features::person,
    graphql::{Result, Source, request},
};

/// Attachments by key, as far as the actor may read their owners.
pub struct AttachmentSource {
    conn: DatabaseConnection,
    reach: Reach,
}

#[async_trait]
impl Source for AttachmentSource {
    type Key = AttachmentId;
    type Value = Arc<attachment::Model>;

    async fn load(&self, keys: &[AttachmentId]) -> Result<HashMap<AttachmentId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.reach, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// The attachment `id`; none where it is missing or hidden.
pub async fn attachment(ctx: &Context<'_>, id: AttachmentId) -> Result<Option<Attachment>> {
    let loader =
        request(ctx).loader(|app, actor| AttachmentSource { conn: app.db.read().clone(), reach: Reach::of(actor) })?;
    Ok(loader.load(id).await?.map(Attachment))
}

/// The organizations that answer for `owner`: for deciding on rights, never for showing.
pub(super) async fn anchors(ctx: &Context<'_>, owner: Owner) -> Result<Vec<OrganizationId>> {
    match owner {
        Owner::Organization(id) => Ok(vec![id]),
        Owner::Person(id) => person::anchors(ctx, id).await,
    }
}
