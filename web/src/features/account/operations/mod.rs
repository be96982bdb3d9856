//! Operations that read accounts.

mod grant;
mod session;

use cynic::Id;

pub use grant::*;
pub use session::*;

use crate::api::fragments::{OrganizationRef, PageInfo, PersonRef, fragment};
use crate::api::read::{Part, Read};
use crate::api::schema;
use crate::api::types::{AccountKind, AccountLinkState, AccountStatus, DateTime, PermissionCode, PostTitle};

/// Which accounts.
#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct AccountFilter {
    /// Part of a name.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Enabled or disabled.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<AccountStatus>>,
    /// How the one-time link stands.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub link: Option<AccountLinkState>,
}

/// A page of accounts.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct AccountsVariables {
    /// Rows from the start or after the cursor.
    pub first: Option<i32>,
    /// Cursor.
    pub after: Option<String>,
    /// Rows before the cursor.
    pub last: Option<i32>,
    /// Cursor.
    pub before: Option<String>,
    /// Which accounts.
    pub filter: Option<AccountFilter>,
}

fragment! {
    /// The list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "AccountsVariables")]
    pub struct AccountsQuery {
        /// A page of it.
        #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter)]
        pub accounts: AccountConnection,
    }

    /// A page of accounts.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccountConnection {
        /// Rows.
        pub nodes: Vec<AccountRow>,
        /// Where the page stands.
        pub page_info: PageInfo,
        /// Rows in all.
        pub total_count: i32,
        /// Whether counting stopped.
        pub total_count_is_capped: bool,
    }

    /// One row of the list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct AccountRow {
        /// Opaque.
        pub id: Id,
        /// Sign-in name.
        pub name: String,
        /// Whose.
        pub kind: AccountKind,
        /// Enabled or disabled.
        pub status: AccountStatus,
        /// The person behind it.
        pub person: Option<PersonRef>,
        /// Roles.
        pub grants: Vec<Grant>,
        /// The one-time link of an account without a password.
        pub link: Option<AccountLink>,
        /// Last sign-in.
        pub last_sign_in_at: Option<DateTime>,
        /// Seen by the next change.
        pub version: i32,
        /// Rights on it.
        pub viewer_can: Vec<PermissionCode>,
    }
}

fragment! {
    /// The one-time link of an account without a password.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccountLink {
        /// How it stands.
        pub state: AccountLinkState,
    }
}

/// The id of an account.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct AccountVariables {
    /// Opaque.
    pub id: Id,
}

fragment! {
    /// One account.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "AccountVariables")]
    pub struct AccountQuery {
        /// Null where it may not be seen.
        #[arguments(id: $id)]
        pub account: Option<Account>,
    }
}

/// An account with roles and sessions.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(no_deserialize)]
pub struct Account {
    /// What the list shows.
    #[cynic(spread)]
    pub row: AccountRow,
    /// Where it is signed in.
    pub sessions: Vec<SignInSession>,
    /// Whether it has a second factor, where the viewer may reset it.
    pub second_factor: Option<bool>,
    /// Its tokens.
    pub api_tokens: Vec<ApiToken>,
    /// What a token of it may carry.
    pub token_permissions: Vec<crate::features::access::operations::PermissionWords>,
    /// Since when.
    pub created_at: DateTime,
    /// Posts with which a grant could end.
    pub posts: Vec<HeldPost>,
}

impl Read for Account {
    fn read(part: Part<'_>) -> Self {
        Self {
            row: Read::read(part),
            sessions: part.field("sessions"),
            second_factor: part.field("second_factor"),
            api_tokens: part.field("api_tokens"),
            token_permissions: part.field("token_permissions"),
            created_at: part.field("created_at"),
            posts: part.field("posts"),
        }
    }
}

fragment! {
    /// A post of the account's person.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "OrganizationPost")]
    pub struct HeldPost {
        /// Opaque.
        pub id: Id,
        /// Which post.
        pub title: PostTitle,
        /// Where.
        pub organization: Option<OrganizationRef>,
    }
}

fragment! {
    /// The viewer's own account.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct MeQuery {
        /// Null when nobody is signed in.
        pub viewer: Option<Me>,
    }

    /// The viewer with roles, sessions and record.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Viewer")]
    pub struct Me {
        /// The account.
        pub account: Option<OwnAccount>,
        /// Roles in force.
        pub grants: Vec<Grant>,
        /// The own record.
        pub person: Option<crate::features::person::operations::Person>,
    }

    /// The own account.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct OwnAccount {
        /// Opaque.
        pub id: Id,
        /// Sign-in name.
        pub name: String,
        /// Where it is signed in.
        pub sessions: Vec<SignInSession>,
    }
}

fragment! {
    /// A token of a service.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ApiToken {
        /// Opaque.
        pub id: Id,
        /// What it is for.
        pub name: String,
        /// The public part.
        pub prefix: String,
        /// What it is confined to.
        pub permissions: Vec<PermissionCode>,
        /// Issued when.
        pub created_at: DateTime,
        /// Until when it works.
        pub expires_at: DateTime,
        /// Last used when.
        pub last_used_at: Option<DateTime>,
        /// Revoked when.
        pub revoked_at: Option<DateTime>,
    }
}
