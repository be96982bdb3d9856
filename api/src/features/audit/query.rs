//! Reading the audit trail.
use async_graphql::{Context, Object};
use entity::AuditId;

use super::{
    AuditEntry, AuditEntryConnection, AuditFilter, AuditRoot,
    repo::{self, Subject},
};
use crate::{
    authz::Permission,
    db::page::{self, PageArgs},
    graphql::{Failure, Result, request},
};

/// Rows of a history that asks for no number.
const USUAL: i32 = 10;

/// Queries on the audit trail.
#[derive(Default)]
pub struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Changes in the viewer's scope, newest first. Needs `audit:read` somewhere.
    async fn audit_entries(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AuditFilter>,
    ) -> Result<AuditEntryConnection> {
        let request = request(ctx);
        let all = repo::list(request.actor()?, &filter.unwrap_or_default().into());
        let (sort, place) = repo::sort();
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(AuditEntryConnection::new(page, move || all.clone()))
    }

    /// How the chain over all changes ends now; null where nothing is sealed yet, and for those whose `audit:read` does
    /// not reach the whole tree.
    async fn audit_root(&self, ctx: &Context<'_>) -> Result<Option<AuditRoot>> {
        let request = request(ctx);
        Ok(repo::newest_link(request.app.db.read(), request.actor()?).await?.map(AuditRoot))
    }
}

/// The newest changes about `subject` that the viewer may read; nothing where he may read none.
pub async fn history(ctx: &Context<'_>, subject: Subject, first: Option<i32>) -> Result<Vec<AuditEntry>> {
    let request = request(ctx);
    let actor = request.actor()?;
    if !actor.may_somewhere(Permission::AuditRead) {
        return Ok(Vec::new());
    }
    let size = u64::try_from(first.unwrap_or(USUAL)).unwrap_or(0);
    if !(1..=page::LARGEST).contains(&size) {
        return Err(Failure::Page(page::PageError::Size));
    }
    let rows = repo::newest(request.app.db.read(), actor, subject, size).await?;
    Ok(rows.into_iter().map(AuditEntry::from).collect())
}

/// The row `id`; none where it is missing or hidden.
pub async fn entry(ctx: &Context<'_>, id: AuditId) -> Result<Option<AuditEntry>> {
    let request = request(ctx);
    let row = repo::get(request.app.db.read(), request.actor()?, id).await?;
    Ok(row.map(AuditEntry::from))
}
