//! Batches: posts by key, by person and by organization.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{Date, OrganizationId, PersonId, PostId, organization_post};
use sea_orm::{DatabaseConnection, DbErr};

use super::{
    OrganizationPost,
    repo::{self, Reach},
};
use crate::{
    authz::{Actor, Permission},
    graphql::{Result, Source, request},
};

fn reach(actor: &Actor) -> Reach {
    Reach { organizations: actor.scope(Permission::OrganizationRead), own: actor.scope(Permission::PersonRead).own() }
}

/// Posts by key, as far as the actor may read them.
pub struct PostSource {
    conn: DatabaseConnection,
    reach: Reach,
}

#[async_trait]
impl Source for PostSource {
    type Key = PostId;
    type Value = Arc<organization_post::Model>;

    async fn load(&self, keys: &[PostId]) -> Result<HashMap<PostId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.reach, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// The post `id`; none where it is missing or hidden.
pub async fn post(ctx: &Context<'_>, id: PostId) -> Result<Option<OrganizationPost>> {
    let loader = request(ctx).loader(|app, actor| PostSource { conn: app.db.read().clone(), reach: reach(actor) })?;
    Ok(loader.load(id).await?.map(OrganizationPost))
}

/// Posts by person, as far as the actor may read them.
pub struct PersonPostSource {
    conn: DatabaseConnection,
    reach: Reach,
}

#[async_trait]
impl Source for PersonPostSource {
    type Key = PersonId;
    type Value = Vec<OrganizationPost>;

    async fn load(&self, keys: &[PersonId]) -> Result<HashMap<PersonId, Self::Value>, DbErr> {
        let mut posts: HashMap<PersonId, Vec<OrganizationPost>> = HashMap::new();
        for row in repo::of_persons(&self.conn, &self.reach, keys).await? {
            posts.entry(row.person_id).or_default().push(row.into());
        }
        Ok(posts)
    }
}

/// Posts that `person` holds on `on` (today where it is none), as far as the viewer may see them.
pub async fn posts_of_person(ctx: &Context<'_>, person: PersonId, on: Option<Date>) -> Result<Vec<OrganizationPost>> {
    let request = request(ctx);
    let day = on.unwrap_or(request.actor()?.today());
    let loader = request.loader(|app, actor| PersonPostSource { conn: app.db.read().clone(), reach: reach(actor) })?;
    Ok(held_on(loader.load(person).await?.unwrap_or_default(), day))
}

/// Organizations of the running posts by person, whoever may see them.
pub struct AnchorSource {
    conn: DatabaseConnection,
    today: Date,
}

#[async_trait]
impl Source for AnchorSource {
    type Key = PersonId;
    type Value = Vec<OrganizationId>;

    async fn load(&self, keys: &[PersonId]) -> Result<HashMap<PersonId, Self::Value>, DbErr> {
        let mut organizations: HashMap<PersonId, Vec<OrganizationId>> = HashMap::new();
        for (person, organization) in repo::organizations_of(&self.conn, keys, self.today).await? {
            organizations.entry(person).or_default().push(organization);
        }
        Ok(organizations)
    }
}

/// Organizations of the running posts of `person`: for deciding on rights, never for showing.
pub async fn organizations_for_rights(ctx: &Context<'_>, person: PersonId) -> Result<Vec<OrganizationId>> {
    let loader =
        request(ctx).loader(|app, actor| AnchorSource { conn: app.db.read().clone(), today: actor.today() })?;
    Ok(loader.load(person).await?.unwrap_or_default())
}

/// Posts by organization. Keys have been shown to be readable.
pub struct OrganizationPostSource(DatabaseConnection);

#[async_trait]
impl Source for OrganizationPostSource {
    type Key = OrganizationId;
    type Value = Vec<OrganizationPost>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Self::Value>, DbErr> {
        let mut posts: HashMap<OrganizationId, Vec<OrganizationPost>> = HashMap::new();
        for row in repo::of_organizations(&self.0, keys).await? {
            posts.entry(row.organization_id).or_default().push(row.into());
        }
        Ok(posts)
    }
}

/// Posts of `organization` on `on` (today where it is none), the leading ones first.
pub async fn posts_of_organization(
    ctx: &Context<'_>,
    organization: OrganizationId,
    on: Option<Date>,
) -> Result<Vec<OrganizationPost>> {
    let request = request(ctx);
    let day = on.unwrap_or(request.actor()?.today());
    let loader = request.loader(|app, _| OrganizationPostSource(app.db.read().clone()))?;
    let mut posts = held_on(loader.load(organization).await?.unwrap_or_default(), day);
    posts.sort_by_key(|post| post.0.title);
    Ok(posts)
}

fn held_on(posts: Vec<OrganizationPost>, day: Date) -> Vec<OrganizationPost> {
    posts.into_iter().filter(|post| post.0.from <= day && post.0.until.is_none_or(|until| day < until)).collect()
}
