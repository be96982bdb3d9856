//! Batches: waiting proposals by person.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{PersonId, erasure_proposal};
use sea_orm::{DatabaseConnection, DbErr};

use super::{ErasureProposal, repo};
use crate::graphql::{Result, Source, request};

/// Waiting proposals by person, whoever may see them.
pub struct ProposalSource(DatabaseConnection);

#[async_trait]
impl Source for ProposalSource {
    type Key = PersonId;
    type Value = Arc<erasure_proposal::Model>;

    async fn load(&self, keys: &[PersonId]) -> Result<HashMap<PersonId, Self::Value>, DbErr> {
        let rows = repo::of_persons(&self.0, keys).await?;
        Ok(rows.into_iter().map(|row| (row.person_id, Arc::new(row))).collect())
    }
}

/// The proposal that waits on `person`. The caller shows that the viewer may erase the person.
pub async fn proposal(ctx: &Context<'_>, person: PersonId) -> Result<Option<ErasureProposal>> {
    let loader = request(ctx).loader(|app, _| ProposalSource(app.db.read().clone()))?;
    Ok(loader.load(person).await?.map(ErasureProposal))
}
