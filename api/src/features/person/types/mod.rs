//! GraphQL types of persons.

mod input;
mod set;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::person;

pub use input::*;
pub use set::*;

use super::{loader, policy, service};
use crate::{
    authz::Permission,
    db::page::PageArgs,
    features::{
        affiliation::{self, Affiliation},
        attachment::{self, AttachmentConnection, AttachmentState, Owner},
        audit::{self, AuditEntry},
        erasure::{self, ErasureProposal},
        member::{self, Member},
        person_export::{self, PersonExport},
        post::{self, OrganizationPost},
    },
    graphql::{
        Result, ids, request,
        scalar::{Date, DateTime},
    },
};

/// A human being, with or without a membership.
#[derive(Clone)]
pub struct Person(pub Arc<person::Model>);

impl From<person::Model> for Person {
    fn from(row: person::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A protected value as the viewer may see it.
#[derive(SimpleObject)]
pub struct SensitiveText {
    /// The value, or what is left of it, such as `138****0000`.
    pub display: String,
    /// Whether parts are hidden; `personUnmask` shows them.
    pub masked: bool,
}

/// Somebody looked at a protected field.
#[derive(SimpleObject)]
pub struct UnmaskEvent {
    /// When.
    pub at: DateTime,
    /// Name of the account.
    pub actor: String,
    /// At what.
    pub field: SensitiveField,
    /// Why.
    pub reason: UnmaskReason,
}

/// A human being, with or without a membership. Protected fields are masked for everybody but oneself.
#[Object]
impl Person {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// ASCII pinyin by which lists are sorted.
    async fn sort_key(&self) -> &str {
        &self.0.sort_key
    }

    /// Sex.
    async fn sex(&self) -> Option<Sex> {
        self.0.sex.map(Into::into)
    }

    /// Ethnic group (民族).
    async fn ethnicity(&self) -> Option<&str> {
        self.0.ethnicity.as_deref()
    }

    /// Native place (籍贯).
    async fn native_place(&self) -> Option<&str> {
        self.0.native_place.as_deref()
    }

    /// Highest education.
    async fn education(&self) -> Option<Education> {
        self.0.education.map(Into::into)
    }

    /// Employer.
    async fn employer(&self) -> Option<&str> {
        self.0.employer.as_deref()
    }

    /// Occupation group.
    async fn occupation_group(&self) -> Option<OccupationGroup> {
        self.0.occupation_group.map(Into::into)
    }

    /// Age reached in the running year, in bands.
    async fn age_band(&self, ctx: &Context<'_>) -> Result<Option<AgeBand>> {
        let today = request(ctx).actor()?.today();
        Ok(self.0.birth_year.map(|birth_year| service::AgeBand::of(birth_year, today).into()))
    }

    /// Birth date.
    async fn birth_date(&self, ctx: &Context<'_>) -> Result<Option<SensitiveText>> {
        self.sensitive(ctx, entity::SensitiveField::BirthDate)
    }

    /// Mobile phone number.
    async fn phone(&self, ctx: &Context<'_>) -> Result<Option<SensitiveText>> {
        self.sensitive(ctx, entity::SensitiveField::Phone)
    }

    /// Identity number (居民身份证号).
    async fn identity_number(&self, ctx: &Context<'_>) -> Result<Option<SensitiveText>> {
        self.sensitive(ctx, entity::SensitiveField::IdentityNumber)
    }

    /// Address.
    async fn address(&self, ctx: &Context<'_>) -> Result<Option<SensitiveText>> {
        self.sensitive(ctx, entity::SensitiveField::Address)
    }

    /// Active or archived.
    async fn status(&self) -> RecordStatus {
        self.0.status.into()
    }

    /// Ties to organizations beside the home one that run on that day, as far as the viewer may see them.
    async fn affiliations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today where left out.")] on: Option<Date>,
    ) -> Result<Vec<Affiliation>> {
        affiliation::affiliations(ctx, self.0.id, on.map(|Date(day)| day)).await
    }

    /// Posts held on that day, as far as the viewer may see them.
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today where left out.")] on: Option<Date>,
    ) -> Result<Vec<OrganizationPost>> {
        post::posts_of_person(ctx, self.0.id, on.map(|Date(day)| day)).await
    }

    /// The membership; null where there is none and where the viewer may not see it.
    async fn membership(&self, ctx: &Context<'_>) -> Result<Option<Member>> {
        member::membership(ctx, self.0.id).await
    }

    /// Names of the fields that a complete record still lacks.
    async fn missing_fields(&self) -> Vec<&'static str> {
        service::missing_fields(&self.0)
    }

    /// Files, newest first: those in use, or by `state` those that were put away.
    async fn attachments(
        &self,
        ctx: &Context<'_>,
        state: Option<AttachmentState>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<AttachmentConnection> {
        let args = PageArgs { first, after, last, before };
        attachment::attachments_of(ctx, Owner::Person(self.0.id), state, args).await
    }

    /// The newest changes to this person and the membership, as far as the viewer may read them.
    async fn history(&self, ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<AuditEntry>> {
        audit::history(ctx, audit::repo::Subject::Person(self.0.id), first).await
    }

    /// Who looked at protected fields, newest first; for oneself, and for those who may unmask and read the audit
    /// trail.
    async fn unmask_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Most events; at most 100.", default = 20)] first: i32,
    ) -> Result<Vec<UnmaskEvent>> {
        let actor = request(ctx).actor()?;
        if actor.person() != Some(self.0.id) {
            let anchors = loader::anchors(ctx, self.0.id).await?;
            policy::can_see_looks(actor, self.0.id, &anchors)?;
        }
        let rows = loader::unmask_events(ctx, self.0.id).await?;
        let names = &actor.authority().accounts;
        let most = usize::try_from(first).unwrap_or(0).min(100);
        let event = |row: &entity::unmask_event::Model| UnmaskEvent {
            at: DateTime(row.at),
            actor: names.get(&row.account_id).map(|account| account.name.clone()).unwrap_or_default(),
            field: row.field.into(),
            reason: row.reason.into(),
        };
        Ok(rows.iter().take(most).map(event).collect())
    }

    /// What is stored about the viewer, put together by `personExport`; null where there is none, and for everybody
    /// else.
    async fn export(&self, ctx: &Context<'_>) -> Result<Option<PersonExport>> {
        person_export::export(ctx, self.0.id).await
    }

    /// Whether everything personal was erased; then the name is a token.
    async fn erased(&self) -> bool {
        self.0.data_key.is_none()
    }

    /// The proposal to erase this person that waits for a second one to confirm; null without the right to erase.
    async fn erasure_proposal(&self, ctx: &Context<'_>) -> Result<Option<ErasureProposal>> {
        let anchors = loader::anchors(ctx, self.0.id).await?;
        if policy::can_erase(request(ctx).actor()?, self.0.id, &anchors).is_err() {
            return Ok(None);
        }
        erasure::proposal(ctx, self.0.id).await
    }

    /// Time of the last change.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// Version to hand back with a change; see `CONFLICT`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What the viewer may do with this record, from the same code that enforces it.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        let anchors = loader::anchors(ctx, self.0.id).await?;
        Ok(policy::viewer_can(request(ctx).actor()?, self.0.id, &anchors))
    }
}

impl Person {
    fn sensitive(&self, ctx: &Context<'_>, field: entity::SensitiveField) -> Result<Option<SensitiveText>> {
        let request = request(ctx);
        let masked = request.actor()?.person() != Some(self.0.id);
        let value = service::open(&request.app.vault, &self.0, field)?;
        Ok(value.map(|value| SensitiveText {
            display: if masked { service::masked(field, &value) } else { value },
            masked,
        }))
    }
}
