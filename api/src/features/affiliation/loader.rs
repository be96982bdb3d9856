//! Batches: ties by key and by person.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{AffiliationId, Date, OrganizationId, PersonId, affiliation};
use sea_orm::{DatabaseConnection, DbErr};

use super::{Affiliation, repo};
use crate::{
    authz::Permission,
    db::scope::Scope,
    graphql::{Result, Source, request},
};

/// Ties by key, as far as the actor may read them.
pub struct AffiliationSource {
    conn: DatabaseConnection,
    scope: Scope,
}

#[async_trait]
impl Source for AffiliationSource {
    type Key = AffiliationId;
    type Value = Arc<affiliation::Model>;

    async fn load(&self, keys: &[AffiliationId]) -> Result<HashMap<AffiliationId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.scope, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// The tie `id`; none where it is missing or hidden.
pub async fn affiliation(ctx: &Context<'_>, id: AffiliationId) -> Result<Option<Affiliation>> {
    let loader = request(ctx).loader(|app, actor| AffiliationSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::PersonRead),
    })?;
    Ok(loader.load(id).await?.map(Affiliation))
}

/// Ties by person, as far as the actor may read them, oldest first.
pub struct PersonAffiliationSource {
    conn: DatabaseConnection,
    scope: Scope,
}

#[async_trait]
impl Source for PersonAffiliationSource {
    type Key = PersonId;
    type Value = Vec<Affiliation>;

    async fn load(&self, keys: &[PersonId]) -> Result<HashMap<PersonId, Self::Value>, DbErr> {
        let mut ties: HashMap<PersonId, Vec<Affiliation>> = HashMap::new();
        for row in repo::of_persons(&self.conn, &self.scope, keys).await? {
            ties.entry(row.person_id).or_default().push(row.into());
        }
        Ok(ties)
    }
}

/// Ties of `person` that run on `on` (today where it is none), as far as the viewer may see them.
pub async fn affiliations(ctx: &Context<'_>, person: PersonId, on: Option<Date>) -> Result<Vec<Affiliation>> {
    let request = request(ctx);
    let day = on.unwrap_or(request.actor()?.today());
    let loader = request.loader(|app, actor| PersonAffiliationSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::PersonRead),
    })?;
    let ties = loader.load(person).await?.unwrap_or_default();
    Ok(ties.into_iter().filter(|tie| tie.0.from <= day && tie.0.until.is_none_or(|until| day < until)).collect())
}

/// Organizations of the running ties by person, whoever may see them.
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

/// Organizations of the running ties of `person`: for deciding on rights, never for showing.
pub async fn organizations_for_rights(ctx: &Context<'_>, person: PersonId) -> Result<Vec<OrganizationId>> {
    let loader =
        request(ctx).loader(|app, actor| AnchorSource { conn: app.db.read().clone(), today: actor.today() })?;
    Ok(loader.load(person).await?.unwrap_or_default())
}
