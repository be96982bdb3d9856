//! The own export.
use async_graphql::Context;
use entity::PersonId;

use super::{PersonExport, policy, repo};
use crate::graphql::{Result, request};

/// The export of `person`; none where there is none, and for everybody else.
pub async fn export(ctx: &Context<'_>, person: PersonId) -> Result<Option<PersonExport>> {
    let request = request(ctx);
    if policy::can_export(request.actor()?, person).is_err() {
        return Ok(None);
    }
    Ok(repo::get(request.app.db.read(), person).await?.map(PersonExport::from))
}
