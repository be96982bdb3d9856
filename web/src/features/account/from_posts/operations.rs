//! Operations on those who could get an account.

use cynic::Id;

use super::super::actions::OneTimeSlip;
use super::super::operations::{HeldPost, RoleRef};
use super::model::by_row;
use crate::api::fragments::{PageInfo, UserError, fragment};
use crate::api::schema;
use crate::api::types::PostTitle;
use crate::api::use_mutation::Mutation;

/// Which posts.
#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct AccountCandidateFilter {
    /// On this organization or below it.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id>,
    /// Which of them.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub titles: Option<Vec<PostTitle>>,
}

/// A page of candidates.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct AccountCandidatesVariables {
    /// Rows from the start or after the cursor.
    pub first: Option<i32>,
    /// Cursor.
    pub after: Option<String>,
    /// Rows before the cursor.
    pub last: Option<i32>,
    /// Cursor.
    pub before: Option<String>,
    /// Which posts.
    pub filter: Option<AccountCandidateFilter>,
}

fragment! {
    /// Who would get an account.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "AccountCandidatesVariables")]
    pub struct AccountCandidatesQuery {
        /// A page of them, by organization.
        #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter)]
        pub account_candidates: AccountCandidateConnection,
    }

    /// A page of candidates.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccountCandidateConnection {
        /// Rows.
        pub nodes: Vec<AccountCandidate>,
        /// Where the page stands.
        pub page_info: PageInfo,
        /// Rows in all.
        pub total_count: i32,
        /// Whether counting stopped.
        pub total_count_is_capped: bool,
    }

    /// Somebody who holds a post and has no account.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccountCandidate {
        /// The post.
        pub post: HeldPost,
        /// Who holds it.
        pub person_name: String,
        /// Sign-in name.
        pub proposed_name: String,
        /// Role.
        pub proposed_role: Option<RoleRef>,
    }
}

impl AccountCandidate {
    /// Where the post is.
    pub fn place(&self) -> String {
        self.post.organization.as_ref().map(|organization| organization.name.clone()).unwrap_or_default()
    }
}

/// An account for whoever holds a post.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountForPostInput {
    /// The post.
    pub post: Id,
    /// Sign-in name.
    pub name: String,
    /// The role there.
    pub role: Id,
}

/// Accounts for those who hold posts.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountOpenForPostsInput {
    /// One each.
    pub rows: Vec<AccountForPostInput>,
    /// Until which day; none where the roles end with the posts.
    pub until: Option<crate::api::types::Date>,
    /// Why.
    pub reason: String,
    /// The same key opens nothing twice.
    pub idempotency_key: Option<String>,
}

/// Variables of the operation below.
#[derive(cynic::QueryVariables)]
pub struct AccountOpenForPostsVariables {
    input: AccountOpenForPostsInput,
}

fragment! {
    /// A new account, to open its page.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct OpenedAccount {
        /// Opaque.
        pub id: Id,
        /// Sign-in name.
        pub name: String,
    }

    /// Whether the role works.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Grant")]
    pub struct OpenedGrant {
        /// Whether it waits for a second holder.
        pub waiting: bool,
    }

    /// An account that was opened.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccountForPost {
        /// The account.
        pub account: OpenedAccount,
        /// Its role.
        pub grant: Option<OpenedGrant>,
        /// Shown once; none where the call was a repeated one.
        pub slip: Option<OneTimeSlip>,
    }

    /// What became of each row.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccountOpenForPostsPayload {
        /// By place in the input; none where it was not opened. Nothing at all where nothing was tried.
        pub opened: Option<Vec<Option<AccountForPost>>>,
        /// What stood in the way.
        pub user_errors: Vec<UserError>,
    }

    /// Opens accounts, each by itself.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Mutation", variables = "AccountOpenForPostsVariables")]
    pub struct AccountOpenForPosts {
        #[arguments(input: $input)]
        account_open_for_posts: AccountOpenForPostsPayload,
    }
}

/// For each row the account, or why there is none.
pub type Outcome = Result<AccountForPost, String>;

impl Mutation for AccountOpenForPosts {
    type Input = AccountOpenForPostsInput;
    type Variables = AccountOpenForPostsVariables;
    type Object = Vec<Outcome>;

    fn variables(input: Self::Input) -> Self::Variables {
        AccountOpenForPostsVariables { input }
    }

    /// Some rows refused are no reason to stand still: the others are done.
    fn outcome(self) -> (Option<Vec<Outcome>>, Vec<UserError>) {
        let AccountOpenForPostsPayload { opened, user_errors } = self.account_open_for_posts;
        match opened {
            Some(opened) => (Some(by_row(opened, &user_errors)), Vec::new()),
            None => (None, user_errors),
        }
    }
}
