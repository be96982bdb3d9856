//! Operations that read accounts.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, PageInfo, PersonRef, fragment};
use crate::api::read::{Part, Read};
use crate::api::schema;
use crate::api::types::{
    AccountKind, AccountStatus, Date, DateTime, GrantScope, GrantStatus, PermissionCode, PostTitle, SignInOutcome,
};

/// Which accounts.
#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct AccountFilter {
    /// Part of a name.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Enabled or disabled.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<AccountStatus>>,
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

/// The newest sign-in sessions.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct SignInSessionsVariables {
    /// Rows.
    pub first: Option<i32>,
}

fragment! {
    /// Who is signed in now.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "SignInSessionsVariables")]
    pub struct SignInSessionsQuery {
        /// Newest first.
        #[arguments(first: $first)]
        pub sign_in_sessions: SignInSessionConnection,
    }

    /// A page of sign-in sessions.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SignInSessionConnection {
        /// Rows.
        pub nodes: Vec<SignInSession>,
        /// Where the page stands.
        pub page_info: PageInfo,
    }

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
        /// Last sign-in.
        pub last_sign_in_at: Option<DateTime>,
        /// Seen by the next change.
        pub version: i32,
        /// Rights on it.
        pub viewer_can: Vec<PermissionCode>,
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

    /// A sign-in session.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SignInSession {
        /// Opaque.
        pub id: Id,
        /// Who is signed in.
        pub account: Option<SessionAccount>,
        /// Signed in when.
        pub created_at: DateTime,
        /// Last used when.
        pub last_seen_at: DateTime,
        /// Network address.
        pub address: String,
        /// Browser.
        pub user_agent: String,
        /// Whether it is the one that asks.
        pub current: bool,
        /// Ended when.
        pub ended_at: Option<DateTime>,
    }

    /// Whose session it is.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct SessionAccount {
        /// Opaque.
        pub id: Id,
        /// Sign-in name.
        pub name: String,
        /// Rights on it.
        pub viewer_can: Vec<PermissionCode>,
    }

    /// The roles that can be granted.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct RolesQuery {
        /// All of them.
        pub roles: Vec<RoleRef>,
    }

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

/// Sign-ins of which account, and how many.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct SignInEventsVariables {
    /// The account.
    pub account: Id,
    /// Rows.
    pub first: Option<i32>,
}

fragment! {
    /// The newest sign-ins of an account.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "SignInEventsVariables")]
    pub struct SignInEventsQuery {
        /// Newest first.
        #[arguments(account: $account, first: $first)]
        pub sign_in_events: SignInEventConnection,
    }

    /// A page of sign-ins.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SignInEventConnection {
        /// Rows.
        pub nodes: Vec<SignInEvent>,
        /// Where the page stands.
        pub page_info: PageInfo,
    }

    /// A sign-in that worked or failed.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SignInEvent {
        /// When.
        pub at: DateTime,
        /// Network address.
        pub address: String,
        /// What came of it.
        pub outcome: SignInOutcome,
    }

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
