//! Roles as accounts have them.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, fragment};
use crate::api::read::{Part, Read};
use crate::api::schema;
use crate::api::types::{Date, GrantScope, GrantStatus, PostTitle};

fragment! {
    /// A role for a scope and a period.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Grant {
        /// Opaque.
        pub id: Id,
        /// Which role.
        pub role: Option<RoleRef>,
        /// How far.
        pub scope: GrantScope,
        /// Where.
        pub organization: Option<OrganizationRef>,
        /// From which day.
        pub from: Date,
        /// Until which day.
        pub until: Option<Date>,
        /// Why.
        pub reason: String,
        /// By whom.
        pub granted_by: Option<String>,
        /// Whether it waits for a second holder.
        pub waiting: bool,
        /// The second holder.
        pub confirmed_by: Option<String>,
        /// Whether the viewer may be the second holder.
        pub confirmable: bool,
        /// How it stands.
        pub status: GrantStatus,
        /// The post with which it ends.
        pub post: Option<PostRef>,
        /// Whether the viewer may extend it.
        pub extendable: bool,
        /// Whether the viewer may end it.
        pub endable: bool,
    }

    /// A post as a grant names it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "OrganizationPost")]
    pub struct PostRef {
        /// Opaque.
        pub id: Id,
        /// Which post.
        pub title: PostTitle,
    }

    /// Grants that wait for the viewer.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct GrantsToConfirmQuery {
        /// Oldest first.
        pub grants_to_confirm: Vec<GrantToConfirm>,
    }
}

/// A grant that waits for the viewer, and whose it is.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Grant", no_deserialize)]
pub struct GrantToConfirm {
    /// The grant.
    #[cynic(spread)]
    pub grant: Grant,
    /// Whose.
    pub account: Option<crate::session::actor::AccountRef>,
}

impl Read for GrantToConfirm {
    fn read(part: Part<'_>) -> Self {
        Self { grant: Read::read(part), account: part.field("account") }
    }
}

impl Grant {
    /// The role's name; a role that the viewer may not read stays unnamed.
    pub fn role_name(&self) -> String {
        self.role.as_ref().map_or_else(|| crate::i18n::t("某角色", "A role").to_owned(), |role| role.name.clone())
    }
}

fragment! {
    /// A role by its name.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Role")]
    pub struct RoleRef {
        /// Opaque.
        pub id: Id,
        /// As people call it.
        pub name: String,
    }

    /// The roles that can be granted.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct RolesQuery {
        /// All of them.
        pub roles: Vec<RoleRef>,
    }
}
