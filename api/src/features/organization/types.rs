//! GraphQL types of organizations.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::{OrganizationId, organization, organization_term};

use super::{loader, policy, repo, service};
use crate::{
    authz::Permission,
    connection,
    db::page::PageArgs,
    features::{
        audit::{self, AuditEntry, repo::Subject},
        division::{self, Division},
        member::{self, MemberConnection, MemberFilter, MemberOrder},
        obligation::{self, ObligationCount},
        post::{self, OrganizationPost},
    },
    graphql::{
        Result, UserError, ids, request,
        scalar::{Date, DateTime},
    },
};

/// Legal kind of an organization (组织类别).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::OrganizationKind")]
pub enum OrganizationKind {
    /// 党委: a Party committee.
    Committee,
    /// 党工委: a working committee, appointed, so without reelection.
    WorkingCommittee,
    /// 党总支: a general branch.
    GeneralBranch,
    /// 党支部: a branch.
    Branch,
    /// 党小组: a group of a branch, not an organization in law.
    Group,
    /// 党员中心户: a member household, not an organization in law.
    MemberHousehold,
}

/// Where an organization stands (层级).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::OrganizationLevel")]
pub enum OrganizationLevel {
    /// 市
    City,
    /// 县、区
    County,
    /// 街道
    Street,
    /// 镇
    Town,
    /// 园区
    Zone,
    /// 村、社区
    Community,
    /// 网格
    Grid,
    /// 单位
    Unit,
}

/// How a branch is set up (设置方式).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::BranchForm")]
pub enum BranchForm {
    /// 普通
    Ordinary,
    /// 攻坚党支部
    TaskForce,
    /// 区域型
    Regional,
    /// 行业型
    Industry,
    /// 联合
    Joint,
}

/// Field of work (领域).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::Sector")]
pub enum Sector {
    /// 农村
    Village,
    /// 社区
    Community,
    /// 机关
    Government,
    /// 国企
    StateEnterprise,
    /// 高校
    University,
    /// 公立医院
    PublicHospital,
    /// 两新组织：非公企业
    PrivateEnterprise,
    /// 两新组织：社会组织
    SocialOrganization,
    /// 新业态新就业群体
    NewEmployment,
    /// 产业链
    IndustryChain,
}

/// Whether an organization works or is kept only as a record.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::OrganizationStatus")]
pub enum OrganizationStatus {
    /// It works.
    Active,
    /// It is kept as a record.
    Archived,
}

/// Stage of a membership (发展阶段).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::MemberStage")]
pub enum MemberStage {
    /// 申请人
    Applicant,
    /// 入党积极分子
    Activist,
    /// 发展对象
    Candidate,
    /// 预备党员
    Probationary,
    /// 正式党员
    Full,
    /// Left the way by his own wish.
    Withdrawn,
    /// Candidacy or probation cancelled.
    Cancelled,
    /// Expelled.
    Expelled,
    /// Deceased.
    Deceased,
}

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
    /// The number; null where it lies under 5 and the viewer may not read the people behind it.
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

    /// The running term of the leading body; null where there is none or the kind has none.
    async fn term(&self, ctx: &Context<'_>) -> Result<Option<Term>> {
        Ok(loader::running_term(ctx, self.0.id).await?.map(Term))
    }

    /// Kinds that this organization may contain.
    async fn containable_kinds(&self) -> Vec<OrganizationKind> {
        service::containable(self.0.kind).iter().map(|kind| (*kind).into()).collect()
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

/// What a list of organizations may be narrowed by.
#[derive(InputObject, Default)]
pub struct OrganizationFilter {
    /// Matches name, pinyin initials or code, from the start of a word.
    pub text: Option<String>,
    /// Kinds.
    pub kind: Option<Vec<OrganizationKind>>,
    /// Levels.
    pub level: Option<Vec<OrganizationLevel>>,
    /// Sectors.
    pub sector: Option<Vec<Sector>>,
    /// Statuses; active ones alone where left out.
    pub status: Option<Vec<OrganizationStatus>>,
    /// This organization and everything below it.
    pub under: Option<ID>,
}

impl From<OrganizationFilter> for repo::Filter {
    fn from(filter: OrganizationFilter) -> Self {
        let OrganizationFilter { text, kind, level, sector, status, under } = filter;
        Self {
            text,
            kind: kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            level: level.map(|levels| levels.into_iter().map(Into::into).collect()),
            sector: sector.map(|sectors| sectors.into_iter().map(Into::into).collect()),
            status: status.map(|statuses| statuses.into_iter().map(Into::into).collect()),
            parent: None,
            under: under.map(|id| ids::decode_or_nil(&id)),
        }
    }
}

/// By what a list of organizations is sorted.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationOrderField {
    /// Name, by pinyin.
    Name,
    /// Code.
    Code,
    /// Time of the last change.
    UpdatedAt,
}

/// Direction of a sort.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderDirection {
    /// From small to large.
    Asc,
    /// From large to small.
    Desc,
}

/// Sort of a list of organizations.
#[derive(InputObject, Clone, Copy)]
pub struct OrganizationOrder {
    /// By what.
    pub field: OrganizationOrderField,
    /// Which way.
    pub direction: OrderDirection,
}

/// One row of the visible tree.
#[derive(SimpleObject)]
pub struct OrganizationTreeRow {
    /// Global id of the organization.
    pub id: ID,
    /// Global id of the organization above; null at a root of the visible tree.
    pub parent_id: Option<ID>,
    /// Official full name.
    pub name: String,
    /// ASCII pinyin by which siblings are sorted; typing its beginning or its initials finds the row.
    pub sort_key: String,
    /// Legal kind.
    pub kind: OrganizationKind,
    /// Where it stands.
    pub level: OrganizationLevel,
    /// Steps below the root that was asked for.
    pub depth: i32,
    /// Probationary and full members, with everything below; null where under 5 and the people may not be read.
    pub member_count: Option<i32>,
    /// Active direct children.
    pub child_count: i32,
}

/// The visible part of the tree, depth first.
#[derive(SimpleObject)]
pub struct OrganizationTree {
    /// The rows.
    pub rows: Vec<OrganizationTreeRow>,
    /// True where rows were left out because of depth or number; open a node with `root`.
    pub has_more: bool,
}

/// A new organization below `parent`.
#[derive(InputObject)]
pub struct OrganizationCreateInput {
    /// The organization above.
    pub parent: ID,
    /// Official full name.
    pub name: String,
    /// Short code, unique among siblings.
    pub code: String,
    /// ASCII pinyin to sort by; worked out from the name where left out.
    pub sort_key: Option<String>,
    /// Legal kind; the parent must be able to contain it.
    pub kind: OrganizationKind,
    /// Where it stands.
    pub level: OrganizationLevel,
    /// How a branch is set up.
    pub branch_form: Option<BranchForm>,
    /// Field of work.
    pub sector: Sector,
    /// Administrative division.
    pub division: Option<ID>,
    /// Day of its founding.
    pub founded_on: Option<Date>,
    /// Telephone of the office.
    pub office_phone: Option<String>,
    /// Address of the office.
    pub office_address: Option<String>,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What became of `organizationCreate`.
#[derive(SimpleObject)]
pub struct OrganizationCreatePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Leave a field out to keep it; null clears it where it may be empty.
#[derive(InputObject)]
pub struct OrganizationUpdateInput {
    /// The organization.
    pub organization: ID,
    /// The version the caller saw.
    pub version: i32,
    /// Official full name.
    pub name: Option<String>,
    /// Short code, unique among siblings.
    pub code: Option<String>,
    /// ASCII pinyin to sort by.
    pub sort_key: Option<String>,
    /// How a branch is set up.
    pub branch_form: MaybeUndefined<BranchForm>,
    /// Field of work.
    pub sector: Option<Sector>,
    /// Administrative division.
    pub division: MaybeUndefined<ID>,
    /// Day of its founding.
    pub founded_on: MaybeUndefined<Date>,
    /// Telephone of the office.
    pub office_phone: MaybeUndefined<String>,
    /// Address of the office.
    pub office_address: MaybeUndefined<String>,
}

/// What became of `organizationUpdate`.
#[derive(SimpleObject)]
pub struct OrganizationUpdatePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Another organization above.
#[derive(InputObject)]
pub struct OrganizationMoveInput {
    /// The organization.
    pub organization: ID,
    /// The new organization above.
    pub to: ID,
    /// First day of the new place, not after today.
    pub effective_on: Date,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `organizationMove`.
#[derive(SimpleObject)]
pub struct OrganizationMovePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// `source` becomes part of `into`.
#[derive(InputObject)]
pub struct OrganizationMergeInput {
    /// The organization that ends.
    pub source: ID,
    /// The organization that takes over.
    pub into: ID,
    /// First day of the new state, not after today.
    pub effective_on: Date,
    /// Why; kept in the history.
    pub reason: String,
    /// The version of `source` the caller saw.
    pub source_version: i32,
    /// The version of `into` the caller saw.
    pub into_version: i32,
}

/// What became of `organizationMerge`.
#[derive(SimpleObject)]
pub struct OrganizationMergePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An organization that no longer works.
#[derive(InputObject)]
pub struct OrganizationArchiveInput {
    /// The organization.
    pub organization: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `organizationArchive`.
#[derive(SimpleObject)]
pub struct OrganizationArchivePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An archived organization works again.
#[derive(InputObject)]
pub struct OrganizationRestoreInput {
    /// The organization.
    pub organization: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `organizationRestore`.
#[derive(SimpleObject)]
pub struct OrganizationRestorePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A reelection: the running term ends and the next begins.
#[derive(InputObject)]
pub struct TermRecordInput {
    /// The organization.
    pub organization: ID,
    /// Day of the election.
    pub from: Date,
    /// Day the new term ends.
    pub until: Date,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `termRecord`.
#[derive(SimpleObject)]
pub struct TermRecordPayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
