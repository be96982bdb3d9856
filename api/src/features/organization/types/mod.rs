//! GraphQL types of organizations.

mod input;
mod list;
mod set;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{OrganizationId, organization, organization_term};

pub use input::*;
pub use list::*;
pub use set::*;

use super::{loader, policy, repo, service};
use crate::{
    authz::Permission,
    connection,
    db::page::PageArgs,
    features::{
        attachment::{self, AttachmentConnection, AttachmentState, Owner},
        audit::{self, AuditEntry, repo::Subject},
        division::{self, Division},
        member::{self, MemberConnection, MemberFilter, MemberOrder},
        obligation::{self, ObligationCount, ObligationKindCount},
        post::{self, OrganizationPost},
    },
    graphql::{
        Result, ids, request,
        scalar::{Date, DateTime},
    },
};

/// A Party organization: one node of the organization tree.
#[derive(Clone)]
pub struct Organization(pub Arc<organization::Model>);

impl From<organization::Model> for Organization {
    fn from(row: organization::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Number of members in one stage.
#[derive(SimpleObject)]
pub struct StageCount {
    /// The stage.
    pub stage: MemberStage,
    /// The number. Where the viewer may not read the people behind it: null under 5, else cut to a multiple of 5.
    pub count: Option<i32>,
}

/// Number of organizations of one kind.
#[derive(SimpleObject)]
pub struct KindCount {
    /// The kind.
    pub kind: OrganizationKind,
    /// The number.
    pub count: i32,
}

/// A term of a leading body (任期).
pub struct Term(pub Arc<organization_term::Model>);

/// A term of a leading body (任期).
#[Object]
impl Term {
    /// Global id.
    async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Day of the election.
    async fn from(&self) -> Date {
        Date(self.0.from)
    }

    /// The day the term ends and reelection is due.
    async fn until(&self) -> Date {
        Date(self.0.until)
    }

    /// Day the next term began; null while it runs.
    async fn ended_on(&self) -> Option<Date> {
        self.0.ended_on.map(Date)
    }
}

/// A Party organization: one node of the organization tree.
#[Object]
impl Organization {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Official full name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Short code, unique among its siblings.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// ASCII pinyin by which lists are sorted.
    async fn sort_key(&self) -> &str {
        &self.0.sort_key
    }

    /// Legal kind.
    async fn kind(&self) -> OrganizationKind {
        self.0.kind.into()
    }

    /// Where it stands.
    async fn level(&self) -> OrganizationLevel {
        self.0.level.into()
    }

    /// How a branch is set up; null for other kinds.
    async fn branch_form(&self) -> Option<BranchForm> {
        self.0.branch_form.map(Into::into)
    }

    /// Field of work.
    async fn sector(&self) -> Sector {
        self.0.sector.into()
    }

    /// False for groups and member households, which are not organizations in law.
    async fn statutory(&self) -> bool {
        self.0.statutory
    }

    /// The administrative division it belongs to.
    async fn division(&self, ctx: &Context<'_>) -> Result<Option<Division>> {
        match self.0.division_id {
            Some(id) => division::division(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Active or archived.
    async fn status(&self) -> OrganizationStatus {
        self.0.status.into()
    }

    /// Day of its founding.
    async fn founded_on(&self) -> Option<Date> {
        self.0.founded_on.map(Date)
    }

    /// Telephone of the office, not of a person.
    async fn office_phone(&self) -> Option<&str> {
        self.0.office_phone.as_deref()
    }

    /// Address of the office.
    async fn office_address(&self) -> Option<&str> {
        self.0.office_address.as_deref()
    }

    /// The organization above this one; null at the root and where the viewer may not see it.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.parent_id {
            Some(id) => loader::organization(ctx, id).await,
            None => Ok(None),
        }
    }

    /// From the root down to the parent, as far as the viewer may see.
    async fn ancestors(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those of that day; today's where left out.")] as_of: Option<Date>,
    ) -> Result<Vec<Organization>> {
        let request = request(ctx);
        let mut ids: Vec<OrganizationId> = match as_of {
            Some(Date(day)) => repo::ancestors_as_of(request.app.db.read(), self.0.id, day).await?,
            None => request.actor()?.tree().ancestors(self.0.id).map(|node| node.id).collect(),
        };
        ids.reverse();
        loader::organizations(ctx, ids).await
    }

    /// Direct children that the viewer may see.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn children(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<OrganizationFilter>,
        order_by: Option<OrganizationOrder>,
    ) -> Result<OrganizationConnection> {
        let filter = repo::Filter { parent: Some(self.0.id), ..filter.unwrap_or_default().into() };
        super::query::list(ctx, PageArgs { first, after, last, before }, &filter, order_by).await
    }

    /// Members whose home organization is this one, or lies below it.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<MemberFilter>,
        order_by: Option<MemberOrder>,
        #[graphql(desc = "Whether everything below counts too.", default = true)] include_descendants: bool,
    ) -> Result<MemberConnection> {
        let args = PageArgs { first, after, last, before };
        member::members_of(ctx, self.0.id, include_descendants, args, filter, order_by).await
    }

    /// Posts held on that day, the leading ones first.
    async fn posts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today where left out.")] on: Option<Date>,
    ) -> Result<Vec<OrganizationPost>> {
        post::posts_of_organization(ctx, self.0.id, on.map(|Date(day)| day)).await
    }

    /// Number of active direct children that the viewer may see.
    async fn child_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let actor = request(ctx).actor()?;
        let scope = actor.scope(Permission::OrganizationRead);
        let children = actor.tree().subtree(self.0.id).filter(|(node, _)| {
            node.parent == Some(self.0.id)
                && node.status == entity::OrganizationStatus::Active
                && scope.contains(node.id)
        });
        Ok(i32::try_from(children.count()).unwrap_or(i32::MAX))
    }

    /// Members whose home organization lies in this subtree, counted once each, by stage.
    async fn head_count(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Counts on that day; today where left out.")] as_of: Option<Date>,
        #[graphql(desc = "Whether everything below counts too.", default = true)] include_descendants: bool,
    ) -> Result<Vec<StageCount>> {
        let request = request(ctx);
        let id = self.0.id;
        let exact = request.actor()?.may(Permission::PersonRead, id);
        let counts: Vec<(entity::MemberStage, i64)> = match as_of {
            Some(Date(day)) => {
                let db = &request.app.db;
                let rows = repo::counts_as_of(db.read(), db.engine(), id, day, include_descendants).await?;
                rows.into_iter().map(|row| (row.stage, row.n)).collect()
            }
            None => loader::head_count(ctx, id, include_descendants).await?,
        };
        Ok(service::stage_counts(&counts, exact)
            .into_iter()
            .map(|(stage, count)| StageCount {
                stage: stage.into(),
                count: count.map(|n| i32::try_from(n).unwrap_or(i32::MAX)),
            })
            .collect())
    }

    /// Active statutory organizations below this one, by kind.
    async fn organization_count(&self, ctx: &Context<'_>) -> Result<Vec<KindCount>> {
        let actor = request(ctx).actor()?;
        let scope = actor.scope(Permission::OrganizationRead);
        let below = actor.tree().subtree(self.0.id).skip(1).map(|(node, _)| node);
        let counts = service::kind_counts(below.filter(|node| scope.contains(node.id)));
        Ok(counts
            .into_iter()
            .map(|(kind, n)| KindCount { kind: kind.into(), count: i32::try_from(n).unwrap_or(i32::MAX) })
            .collect())
    }

    /// Open obligations in this subtree; zero where the viewer may not read them.
    async fn obligation_count(&self, ctx: &Context<'_>) -> Result<ObligationCount> {
        obligation::obligation_count(ctx, self.0.id).await
    }

    /// The same by kind, in the order of the kinds; kinds without open ones are left out.
    async fn obligation_count_by_kind(&self, ctx: &Context<'_>) -> Result<Vec<ObligationKindCount>> {
        obligation::obligation_count_by_kind(ctx, self.0.id).await
    }

    /// The running term of the leading body; null where there is none or the kind has none.
    async fn term(&self, ctx: &Context<'_>) -> Result<Option<Term>> {
        Ok(loader::running_term(ctx, self.0.id).await?.map(Term))
    }

    /// Kinds that this organization may contain.
    async fn containable_kinds(&self) -> Vec<OrganizationKind> {
        service::containable(self.0.kind).iter().map(|kind| (*kind).into()).collect()
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
        attachment::attachments_of(ctx, Owner::Organization(self.0.id), state, args).await
    }

    /// Recent changes to this organization and to what belongs to it directly, newest first.
    async fn history(&self, ctx: &Context<'_>, first: Option<i32>) -> Result<Vec<AuditEntry>> {
        audit::history(ctx, Subject::Organization(self.0.id), first).await
    }

    /// Time of the last change.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// Version to hand back with a change; see `CONFLICT`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What the viewer may do here, from the same code that enforces it.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        Ok(request(ctx).actor()?.viewer_can(policy::PERMISSIONS, self.0.id))
    }
}

connection!(OrganizationConnection, OrganizationEdge, Organization, organization::Entity, organization::Model);
