//! Batches: persons by key, and who looked at their protected fields.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{Date, OrganizationId, PersonId, person, unmask_event};
use sea_orm::{DatabaseConnection, DbErr};

use super::{Person, repo};
use crate::{
    authz::Permission,
    db::scope::Scope,
    features::{affiliation, member},
    graphql::{Loader, Result, Source, request},
};

/// Persons by key, as far as the actor may read them.
pub struct PersonSource {
    conn: DatabaseConnection,
    scope: Scope,
    today: Date,
}

#[async_trait]
impl Source for PersonSource {
    type Key = PersonId;
    type Value = Arc<person::Model>;

    async fn load(&self, keys: &[PersonId]) -> Result<HashMap<PersonId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.scope, self.today, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

fn source(ctx: &Context<'_>) -> Result<Arc<Loader<PersonSource>>> {
    request(ctx).loader(|app, actor| PersonSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::PersonRead),
        today: actor.today(),
    })
}

/// The person `id`; none where it is missing or hidden.
pub async fn person(ctx: &Context<'_>, id: PersonId) -> Result<Option<Person>> {
    Ok(source(ctx)?.load(id).await?.map(Person))
}

/// The persons `ids` that the viewer may read, in the order of `ids`.
pub async fn persons(ctx: &Context<'_>, ids: Vec<PersonId>) -> Result<Vec<Person>> {
    Ok(source(ctx)?.load_all(ids).await?.into_iter().map(Person).collect())
}

/// Keeps `rows`, which a list of their memberships has read, for whoever asks for these persons next: whoever sees a
/// membership sees its person.
pub async fn learn(ctx: &Context<'_>, rows: Vec<person::Model>) -> Result<()> {
    source(ctx)?.learn(rows.into_iter().map(|row| (row.id, Some(Arc::new(row))))).await;
    Ok(())
}

/// The best matches of `text` among persons whom an affiliation or a post shows to the viewer, and no membership.
pub async fn matching(ctx: &Context<'_>, text: &str, most: u64) -> Result<Vec<Person>> {
    let request = request(ctx);
    let actor = request.actor()?;
    let scope = actor.scope(Permission::PersonRead);
    let rows = repo::matching(request.app.db.read(), &scope, actor.today(), text, most).await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// The organizations that answer for `id`; see [`super::policy`]. For deciding on rights, never for showing.
pub async fn anchors(ctx: &Context<'_>, id: PersonId) -> Result<Vec<OrganizationId>> {
    match member::home_for_rights(ctx, id).await? {
        Some(home) => Ok(vec![home]),
        None => affiliation::organizations_for_rights(ctx, id).await,
    }
}

/// Who looked at persons, newest first. Keys have been shown to be readable.
pub struct UnmaskEventSource(DatabaseConnection);

#[async_trait]
impl Source for UnmaskEventSource {
    type Key = PersonId;
    type Value = Arc<Vec<unmask_event::Model>>;

    async fn load(&self, keys: &[PersonId]) -> Result<HashMap<PersonId, Self::Value>, DbErr> {
        let mut events: HashMap<PersonId, Vec<unmask_event::Model>> = HashMap::new();
        for row in repo::unmask_events(&self.0, keys).await? {
            events.entry(row.person_id).or_default().push(row);
        }
        Ok(events.into_iter().map(|(person, rows)| (person, Arc::new(rows))).collect())
    }
}

/// Who looked at protected fields of `id`, newest first.
pub async fn unmask_events(ctx: &Context<'_>, id: PersonId) -> Result<Arc<Vec<unmask_event::Model>>> {
    let loader = request(ctx).loader(|app, _| UnmaskEventSource(app.db.read().clone()))?;
    Ok(loader.load(id).await?.unwrap_or_default())
}
