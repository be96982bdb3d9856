//! GraphQL types of affiliations.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::affiliation;

use super::repo;
use crate::{
    connection,
    features::{
        organization::{self, Organization},
        person::{self, Person, RecordStatus},
    },
    graphql::{Result, UserError, ids, scalar::Date},
};

/// Kind of tie beside the home organization (组织关联).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::AffiliationKind")]
pub enum AffiliationKind {
    /// 社区报到
    CommunityReportIn,
    /// 产业链党建联盟
    Alliance,
    /// 驿站
    Station,
    /// 临时（流动党员）
    Temporary,
}

/// A dated tie of a person to an organization beside the home one.
#[derive(Clone)]
pub struct Affiliation(pub Arc<affiliation::Model>);

impl From<affiliation::Model> for Affiliation {
    fn from(row: affiliation::Model) -> Self {
        Self(Arc::new(row))
    }
}

impl From<repo::Row> for Affiliation {
    fn from(row: repo::Row) -> Self {
        row.affiliation.into()
    }
}

/// A dated tie of a person to an organization beside the home one (组织关联); never counted in a head count.
#[Object]
impl Affiliation {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// The person; null where the tie has ended and nothing else lets the viewer see him.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person::person(ctx, self.0.person_id).await
    }

    /// Kind of tie.
    async fn kind(&self) -> AffiliationKind {
        self.0.kind.into()
    }

    /// The organization; null where the viewer may not see it, as with one's own record.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        organization::organization(ctx, self.0.organization_id).await
    }

    /// First day.
    async fn from(&self) -> Date {
        Date(self.0.from)
    }

    /// First day after; null while it runs.
    async fn until(&self) -> Option<Date> {
        self.0.until.map(Date)
    }
}

connection!(AffiliationConnection, AffiliationEdge, Affiliation, affiliation::Entity, repo::Row);

/// Which ties a list shows. Lists match any of their values; all filters together must match.
#[derive(InputObject, Default)]
pub struct AffiliationFilter {
    /// Matches name or pinyin initials of the person, from the start of a word.
    pub text: Option<String>,
    /// Ties to this organization and to everything below it.
    pub organization: Option<ID>,
    /// Kinds of tie.
    pub kind: Option<Vec<AffiliationKind>>,
    /// Whether the person's record is in use; those in use alone where left out.
    pub status: Option<Vec<RecordStatus>>,
}

impl From<AffiliationFilter> for repo::Filter {
    fn from(filter: AffiliationFilter) -> Self {
        let AffiliationFilter { text, organization, kind, status } = filter;
        Self {
            text,
            under: organization.map(|id| ids::decode_or_nil(&id)),
            kind: kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            status: status.map(|statuses| statuses.into_iter().map(Into::into).collect()),
        }
    }
}

/// A new tie of a person to an organization.
#[derive(InputObject)]
pub struct AffiliationCreateInput {
    /// The person.
    pub person: ID,
    /// The organization.
    pub organization: ID,
    /// Kind of tie.
    pub kind: AffiliationKind,
    /// First day, not after today.
    pub from: Date,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What became of `affiliationCreate`.
#[derive(SimpleObject)]
pub struct AffiliationCreatePayload {
    /// The new tie; null where there are user errors.
    pub affiliation: Option<Affiliation>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// The end of a tie.
#[derive(InputObject)]
pub struct AffiliationEndInput {
    /// The tie.
    pub affiliation: ID,
    /// First day after.
    pub until: Date,
}

/// What became of `affiliationEnd`.
#[derive(SimpleObject)]
pub struct AffiliationEndPayload {
    /// The tie after the change; null where there are user errors.
    pub affiliation: Option<Affiliation>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
