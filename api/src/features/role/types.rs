//! GraphQL types of permissions and roles.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};

use super::loader::FullRole;
use crate::{
    authz,
    graphql::{ids, request},
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

    /// Whether it reaches what is especially protected.
    async fn sensitive(&self) -> bool {
        self.0.sensitive()
    }
}

/// A named set of permissions.
#[derive(Clone)]
pub struct Role(pub Arc<FullRole>);

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

    /// What the app opens to.
    async fn workbench(&self) -> Workbench {
        self.0.row.workbench.into()
    }

    /// Version to hand back with a change; see `CONFLICT`.
    async fn version(&self) -> i32 {
        self.0.row.version
    }

    /// Whether its grants work only for accounts with a second factor.
    async fn requires_second_factor(&self) -> bool {
        self.0.row.requires_second_factor
    }

    /// Whether it is shipped with the product and cannot be edited.
    async fn template(&self) -> bool {
        self.0.row.template
    }

    /// Permissions that the holder uses.
    async fn permissions(&self) -> &[authz::Permission] {
        &self.0.uses
    }

    /// Permissions that the holder hands on.
    async fn pass_on(&self) -> &[authz::Permission] {
        &self.0.passes_on
    }
}
