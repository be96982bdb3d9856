//! Sign-in sessions and sign-ins.

use cynic::Id;

use crate::api::fragments::{PageInfo, fragment};
use crate::api::schema;
use crate::api::types::{DateTime, PermissionCode, SignInOutcome};

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
}
