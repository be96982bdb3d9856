//! GraphQL types of affiliations.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::affiliation;

use crate::{
    features::organization::{self, Organization},
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

/// A dated tie of a person to an organization beside the home one (组织关联); never counted in a head count.
#[Object]
impl Affiliation {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
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
