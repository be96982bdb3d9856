//! GraphQL types of memberships.

mod input;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::member;

pub use input::*;

use super::{loader, policy, repo, service};
use crate::{
    authz::Permission,
    connection,
    features::{
        organization::{self, MemberStage, Organization},
        person::{self, Person},
    },
    graphql::{Failure, Result, ids, request, scalar::Date},
};

/// A person's membership: stage, home organization and dates.
#[derive(Clone)]
pub struct Member(pub Arc<member::Model>);

impl From<member::Model> for Member {
    fn from(row: member::Model) -> Self {
        Self(Arc::new(row))
    }
}

impl From<repo::Row> for Member {
    fn from(row: repo::Row) -> Self {
        row.member.into()
    }
}

/// A stage with its days.
#[derive(SimpleObject)]
pub struct StagePeriod {
    /// The stage.
    pub stage: MemberStage,
    /// First day.
    pub from: Date,
    /// First day after; null while it runs.
    pub until: Option<Date>,
}

/// A home organization with its days.
#[derive(SimpleObject)]
pub struct HomePeriod {
    /// The organization; null where the viewer may not see it.
    pub organization: Option<Organization>,
    /// First day.
    pub from: Date,
    /// First day after; null while it runs.
    pub until: Option<Date>,
}

/// A person's membership: stage, home organization and dates.
#[Object]
impl Member {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Whose membership it is.
    async fn person(&self, ctx: &Context<'_>) -> Result<Person> {
        // Whoever sees a membership sees its person: the scope of persons contains that of members.
        let person = person::person(ctx, self.0.person_id).await?;
        person.ok_or_else(|| Failure::from(sea_orm::DbErr::RecordNotFound("person".to_owned())))
    }

    /// The present stage.
    async fn stage(&self) -> MemberStage {
        self.0.stage.into()
    }

    /// The stage on a day; null before the application.
    async fn stage_on(&self, ctx: &Context<'_>, day: Date) -> Result<Option<MemberStage>> {
        let periods = loader::stage_periods(ctx, self.0.id).await?;
        let on = periods.iter().find(|period| service::covers(period.from, period.until, day.0));
        Ok(on.map(|period| period.stage.into()))
    }

    /// All stages with their days, oldest first.
    async fn stage_periods(&self, ctx: &Context<'_>) -> Result<Vec<StagePeriod>> {
        let periods = loader::stage_periods(ctx, self.0.id).await?;
        let period = |row: &entity::member_stage::Model| StagePeriod {
            stage: row.stage.into(),
            from: Date(row.from),
            until: row.until.map(Date),
        };
        Ok(periods.iter().map(period).collect())
    }

    /// The organization that counts this member; null where the viewer may not see it.
    async fn home_organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The day; today where left out.")] on: Option<Date>,
    ) -> Result<Option<Organization>> {
        let Some(Date(day)) = on else {
            return organization::organization(ctx, self.0.home_organization_id).await;
        };
        let periods = loader::home_periods(ctx, self.0.id).await?;
        match periods.iter().find(|period| service::covers(period.from, period.until, day)) {
            Some(period) => organization::organization(ctx, period.organization_id).await,
            None => Ok(None),
        }
    }

    /// All home organizations with their days, oldest first.
    async fn home_periods(&self, ctx: &Context<'_>) -> Result<Vec<HomePeriod>> {
        let rows = loader::home_periods(ctx, self.0.id).await?;
        let organizations = organization::organizations_by_id(ctx, rows.iter().map(|row| row.organization_id)).await?;
        let period = |row: &entity::member_home::Model| HomePeriod {
            organization: organizations.get(&row.organization_id).cloned(),
            from: Date(row.from),
            until: row.until.map(Date),
        };
        Ok(rows.iter().map(period).collect())
    }

    /// Contact persons (培养联系人) whom the viewer may see.
    async fn contacts(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let contacts = loader::contacts(ctx, self.0.id).await?;
        person::persons(ctx, contacts.to_vec()).await
    }

    /// Day of the application.
    async fn applied_on(&self) -> Option<Date> {
        self.0.applied_on.map(Date)
    }

    /// Day of admission as probationary member.
    async fn admitted_on(&self) -> Option<Date> {
        self.0.admitted_on.map(Date)
    }

    /// Day of full membership.
    async fn full_on(&self) -> Option<Date> {
        self.0.full_on.map(Date)
    }

    /// Whole years since full membership (党龄).
    async fn party_age(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let today = request(ctx).actor()?.today();
        let years = self.0.full_on.and_then(|day| today.years_since(day));
        Ok(years.map(|years| i32::try_from(years).unwrap_or(i32::MAX)))
    }

    /// Version to hand back with a change; see `CONFLICT`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What the viewer may do with this membership, from the same code that enforces it.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        Ok(policy::viewer_can(request(ctx).actor()?, self.0.home_organization_id))
    }
}

connection!(MemberConnection, MemberEdge, Member, member::Entity, repo::Row);
