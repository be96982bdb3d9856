//! Operations on roles.

use cynic::Id;

use crate::api::fragments::{UserError, changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{PermissionCode, RolePart, Workbench};
use crate::session::actor::AccountRef;

/// Which roles.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct RoleListVariables {
    /// Those that were archived instead of those that can be given.
    pub archived: bool,
}

fragment! {
    /// Roles with what they carry.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "RoleListVariables")]
    pub struct RoleListQuery {
        /// Those of the product first.
        #[arguments(archived: $archived)]
        pub roles: Vec<Role>,
    }

    /// All roles that can be given, beside all permissions.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct RoleMatrixQuery {
        /// Those of the product first.
        pub roles: Vec<Role>,
        /// The catalogue.
        pub permissions: Vec<Permission>,
    }

    /// A role with what it carries.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Role {
        /// Opaque.
        pub id: Id,
        /// As people call it.
        pub name: String,
        /// What it is for.
        pub sentence: String,
        /// Both in both languages.
        pub words: RoleWords,
        /// The page that it opens.
        pub workbench: Workbench,
        /// Whether it comes with the product.
        pub template: bool,
        /// Whether it can no longer be given.
        pub archived: bool,
        /// What its holders use.
        pub permissions: Vec<PermissionCode>,
        /// What its holders hand on.
        pub pass_on: Vec<PermissionCode>,
        /// Accounts that have it.
        pub holder_count: i32,
        /// Rights on it.
        pub viewer_can: Vec<PermissionCode>,
        /// Seen by the next change.
        pub version: i32,
    }

    /// The words of a role in both languages.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RoleWords {
        /// Name in Chinese.
        pub name: String,
        /// Name in English.
        pub name_en: String,
        /// What it is for, in Chinese.
        pub sentence: String,
        /// What it is for, in English.
        pub sentence_en: String,
    }

    /// A permission of the catalogue.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Permission {
        /// Which one.
        pub code: PermissionCode,
        /// As text, such as `person:read`.
        pub name: String,
        /// What it is called.
        pub label: String,
        /// What it allows.
        pub sentence: String,
        /// Whether a second holder confirms a grant that carries it.
        pub sensitive: bool,
        /// What it is about.
        pub resource_label: String,
    }
}

/// Which role.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct RoleVariables {
    /// Opaque; an empty one names none.
    pub id: Id,
}

fragment! {
    /// A role beside the catalogue.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "RoleVariables")]
    pub struct RoleQuery {
        /// Null where it may not be seen.
        #[arguments(id: $id)]
        pub role: Option<Role>,
        /// The catalogue.
        pub permissions: Vec<Permission>,
    }
}

/// Which change.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct RoleChangePreviewVariables {
    /// The role.
    pub role: Id,
    /// What its holders shall use.
    pub permissions: Vec<PermissionCode>,
    /// What its holders shall hand on.
    pub pass_on: Vec<PermissionCode>,
}

fragment! {
    /// What a change would mean.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "RoleChangePreviewVariables")]
    pub struct RoleChangePreviewQuery {
        /// Null where it may not be asked.
        #[arguments(role: $role, permissions: $permissions, passOn: $pass_on)]
        pub role_change_preview: Option<RoleChangePreview>,
    }

    /// What a change would mean.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RoleChangePreview {
        /// By permission.
        pub effects: Vec<RoleEffect>,
        /// Whether those are all.
        pub complete: bool,
        /// What saving would answer.
        pub user_errors: Vec<UserError>,
    }

    /// What becomes of one permission.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RoleEffect {
        /// The permission.
        pub permission: PermissionRef,
        /// Whether it is used or handed on.
        pub part: RolePart,
        /// Whether it is gained.
        pub gained: bool,
        /// How many accounts it concerns.
        pub account_count: i32,
        /// The first of them.
        pub accounts: Vec<AccountRef>,
    }

    /// A permission by its name.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Permission")]
    pub struct PermissionRef {
        /// As text, such as `person:read`.
        pub name: String,
        /// What it is called.
        pub label: String,
    }
}

/// A new role.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RoleCreateInput {
    /// The role to copy.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub from: Option<Id>,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: Option<String>,
    /// What it is for, in Chinese.
    pub sentence: Option<String>,
    /// What it is for, in English.
    pub sentence_en: Option<String>,
    /// The page that it opens.
    pub workbench: Option<Workbench>,
    /// What its holders use.
    pub permissions: Option<Vec<PermissionCode>>,
    /// What its holders hand on.
    pub pass_on: Option<Vec<PermissionCode>>,
    /// The same key makes it once.
    pub idempotency_key: Option<String>,
}

/// What a role shall be; what is left out stays.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RoleUpdateInput {
    /// The role.
    pub role: Id,
    /// Name in Chinese.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Name in English.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// What it is for, in Chinese.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// What it is for, in English.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub sentence_en: Option<String>,
    /// The page that it opens.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub workbench: Option<Workbench>,
    /// What its holders use.
    pub permissions: Option<Vec<PermissionCode>>,
    /// What its holders hand on.
    pub pass_on: Option<Vec<PermissionCode>>,
    /// The version that was seen.
    pub version: i32,
}

/// A role that shall no longer be given.
#[derive(cynic::InputObject)]
pub struct RoleArchiveInput {
    /// The role.
    pub role: Id,
    /// The version that was seen.
    pub version: i32,
}

/// A role that shall be given again.
#[derive(cynic::InputObject)]
pub struct RoleRestoreInput {
    /// The role.
    pub role: Id,
    /// The version that was seen.
    pub version: i32,
}

fragment! {
    /// The role that was made.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Role")]
    pub struct MadeRole {
        /// Opaque.
        pub id: Id,
    }
}

changed! {
    /// The changed role.
    ChangedRole "Role",
}

mutation!($
    /// Makes a role.
    RoleCreate = role_create(RoleCreateInput) -> "RoleCreatePayload" { role: MadeRole }
);
mutation!($
    /// Changes a role.
    RoleUpdate = role_update(RoleUpdateInput) -> "RoleUpdatePayload" { role: ChangedRole }
);
mutation!($
    /// Takes a role out of use.
    RoleArchive = role_archive(RoleArchiveInput) -> "RoleArchivePayload" { role: ChangedRole }
);
mutation!($
    /// Takes a role into use again.
    RoleRestore = role_restore(RoleRestoreInput) -> "RoleRestorePayload" { role: ChangedRole }
);
