//! GraphQL types of permissions and roles.

mod change;
mod preview;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
pub use change::*;
use entity::role;
pub use preview::*;

use super::{loader::FullRole, policy};
use crate::{
    authz,
    graphql::{Result, ids, request},
};

/// What the app opens to for a role.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::Workbench")]
pub enum Workbench {
    /// 党组织书记
    Secretary,
    /// 组织员
    Organizer,
    /// 党费管理员
    FundManager,
    /// 督查员
    Inspector,
    /// 联盟秘书处
    AllianceCoordinator,
    /// 驿站站长
    StationKeeper,
    /// 党员
    Member,
    /// 系统管理员
    Administrator,
}

/// A right to do one thing to one kind of object.
pub struct Permission(pub authz::Permission);

/// A right to do one thing to one kind of object.
#[Object]
impl Permission {
    /// The code as an enum value.
    async fn code(&self) -> authz::Permission {
        self.0
    }

    /// The code as text, such as `person:read`.
    async fn name(&self) -> &str {
        self.0.code()
    }

    /// A short name in the language of the request.
    async fn label(&self, ctx: &Context<'_>) -> &str {
        let (zh, en) = self.0.label();
        request(ctx).locale.pick(zh, en)
    }

    /// What it allows, in the language of the request.
    async fn sentence(&self, ctx: &Context<'_>) -> &str {
        let (zh, en) = self.0.sentence();
        request(ctx).locale.pick(zh, en)
    }

    /// What it is about, such as `person`.
    async fn resource(&self) -> &str {
        self.0.resource()
    }

    /// What it is about, in the language of the request.
    async fn resource_label(&self, ctx: &Context<'_>) -> &str {
        let (zh, en) = self.0.resource_label();
        request(ctx).locale.pick(zh, en)
    }

    /// Whether it reaches what is especially protected.
    async fn sensitive(&self) -> bool {
        self.0.sensitive()
    }
}

/// A named set of permissions.
#[derive(Clone)]
pub struct Role(pub Arc<FullRole>);

impl From<FullRole> for Role {
    fn from(role: FullRole) -> Self {
        Self(Arc::new(role))
    }
}

/// A named set of permissions.
#[Object]
impl Role {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.row.id)
    }

    /// Stable short name.
    async fn code(&self) -> &str {
        &self.0.row.code
    }

    /// Name in the language of the request.
    async fn name(&self, ctx: &Context<'_>) -> &str {
        request(ctx).locale.pick(&self.0.row.name, &self.0.row.name_en)
    }

    /// What it is for, in the language of the request where it is said in that; may be empty.
    async fn sentence(&self, ctx: &Context<'_>) -> &str {
        let role::Model { sentence, sentence_en, .. } = &self.0.row;
        let english = if sentence_en.is_empty() { sentence } else { sentence_en };
        request(ctx).locale.pick(sentence, english)
    }

    /// Name and sentence in both languages, as they are edited.
    async fn words(&self) -> RoleWords {
        let role::Model { name, name_en, sentence, sentence_en, .. } = self.0.row.clone();
        RoleWords { name, name_en, sentence, sentence_en }
    }

    /// What the app opens to.
    async fn workbench(&self) -> Workbench {
        self.0.row.workbench.into()
    }

    /// Whether its grants work only for accounts with a second factor.
    async fn requires_second_factor(&self) -> bool {
        self.0.row.requires_second_factor
    }

    /// Whether it is shipped with the product and cannot be edited.
    async fn template(&self) -> bool {
        self.0.row.template
    }

    /// Whether it can no longer be given. Nobody holds an archived role.
    async fn archived(&self) -> bool {
        self.0.row.archived_at.is_some()
    }

    /// Permissions that the holder uses.
    async fn permissions(&self) -> Vec<authz::Permission> {
        self.0.content.uses.iter().collect()
    }

    /// Permissions that the holder hands on.
    async fn pass_on(&self) -> Vec<authz::Permission> {
        self.0.content.passes_on.iter().collect()
    }

    /// Accounts that have it today, as far as the viewer may see their grants.
    async fn holder_count(&self, ctx: &Context<'_>) -> Result<usize> {
        Ok(policy::holders(request(ctx).actor()?, self.0.row.id).count())
    }

    /// What the viewer may do here.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<authz::Permission>> {
        let may = !self.0.row.template && policy::can_edit(request(ctx).actor()?).is_ok();
        Ok(may.then_some(authz::Permission::RoleEdit).into_iter().collect())
    }

    /// Counts changes; a mutation takes the version it saw.
    async fn version(&self) -> i32 {
        self.0.row.version
    }
}

/// The words of a role in both languages.
#[derive(SimpleObject)]
pub struct RoleWords {
    /// Name in Chinese.
    name: String,
    /// Name in English.
    name_en: String,
    /// What it is for, in Chinese; may be empty.
    sentence: String,
    /// What it is for, in English; may be empty.
    sentence_en: String,
}
