//! GraphQL types of posts.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::organization_post;

use crate::{
    features::{
        organization::{self, Organization},
        person::{self, Person},
    },
    graphql::{Result, UserError, ids, scalar::Date},
};

/// Post of a leading body (职务).
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::PostTitle")]
pub enum PostTitle {
    /// 书记
    Secretary,
    /// 副书记
    DeputySecretary,
    /// 组织委员
    OrganizationMember,
    /// 宣传委员
    PublicityMember,
    /// 纪检委员
    DisciplineMember,
    /// 委员
    CommitteeMember,
    /// 党小组组长
    GroupLeader,
    /// 组织员
    Organizer,
}

/// Who holds which post of a leading body.
#[derive(Clone)]
pub struct OrganizationPost(pub Arc<organization_post::Model>);

impl From<organization_post::Model> for OrganizationPost {
    fn from(row: organization_post::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// Who holds which post of a leading body, from–until.
#[Object]
impl OrganizationPost {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// The organization; null where the viewer may not see it, as with one's own record.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        organization::organization(ctx, self.0.organization_id).await
    }

    /// The holder; null where the viewer may not see the person.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person::person(ctx, self.0.person_id).await
    }

    /// The post.
    async fn title(&self) -> PostTitle {
        self.0.title.into()
    }

    /// Whether it is the holder's full-time work (专职).
    async fn full_time(&self) -> bool {
        self.0.full_time
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

/// A person takes a post.
#[derive(InputObject)]
pub struct PostAssignInput {
    /// The organization.
    pub organization: ID,
    /// The holder.
    pub person: ID,
    /// The post.
    pub title: PostTitle,
    /// Whether it is the holder's full-time work.
    #[graphql(default = false)]
    pub full_time: bool,
    /// First day, not after today.
    pub from: Date,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What became of `postAssign`.
#[derive(SimpleObject)]
pub struct PostAssignPayload {
    /// The post as it is held now; null where there are user errors.
    pub post: Option<OrganizationPost>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A person leaves a post.
#[derive(InputObject)]
pub struct PostEndInput {
    /// The post.
    pub post: ID,
    /// First day after.
    pub until: Date,
}

/// What became of `postEnd`.
#[derive(SimpleObject)]
pub struct PostEndPayload {
    /// The post after the change; null where there are user errors.
    pub post: Option<OrganizationPost>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
