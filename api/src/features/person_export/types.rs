//! GraphQL types of exports.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::person_export;

use super::{
    link::{self, Form},
    service,
};
use crate::{
    features::job::{self, Job},
    graphql::{Request, Result, UserError, request, scalar::DateTime},
};

/// Everything that is stored about a person, put together for that person.
#[derive(Clone)]
pub struct PersonExport(pub Arc<person_export::Model>);

impl From<person_export::Model> for PersonExport {
    fn from(row: person_export::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Everything that is stored about a person, put together for that person.
#[Object]
impl PersonExport {
    /// When it was asked for.
    async fn requested_at(&self) -> DateTime {
        DateTime(self.0.requested_at)
    }

    /// When it was ready; null while it is put together.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// After this moment it is removed.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.requested_at.plus_seconds(service::KEPT))
    }

    /// The job that puts it together.
    async fn job(&self, ctx: &Context<'_>) -> Result<Option<Job>> {
        job::job(ctx, self.0.job_id).await
    }

    /// A page to read and to print, in the language of the request: a link that holds for five minutes and for the
    /// viewer alone; null while it is not ready.
    async fn page_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let request = request(ctx);
        self.link(request, request.locale.pick(Form::Chinese, Form::English))
    }

    /// The same for machines, as JSON.
    async fn json_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.link(request(ctx), Form::Json)
    }
}

impl PersonExport {
    fn link(&self, request: &Request, form: Form) -> Result<Option<String>> {
        let (app, actor) = (&request.app, request.actor()?);
        let make = || link::make(&app.vault, actor, &self.0, form, app.ambient.now());
        Ok(self.0.finished_at.map(|_| make()))
    }
}

/// Whose data are put together.
#[derive(InputObject)]
pub struct PersonExportInput {
    /// The person: the viewer's own record.
    pub person: ID,
}

/// What became of `personExport`.
#[derive(SimpleObject)]
pub struct PersonExportPayload {
    /// The export, which a job puts together; null where there are user errors.
    pub export: Option<PersonExport>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
