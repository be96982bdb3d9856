//! Operations that read grants.

use cynic::Id;

use crate::api::fragments::{PageInfo, fragment};
use crate::api::read::{Part, Read};
use crate::api::schema;
use crate::api::types::{Date, GrantStatus};
use crate::features::account::operations::Grant;
use crate::session::actor::AccountRef;

/// Which grants.
#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct GrantFilter {
    /// Whose.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub account: Option<Id>,
    /// Of which role.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub role: Option<Id>,
    /// On which organization or below.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id>,
    /// How they stand.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub status: Option<GrantStatus>,
    /// Over by which day.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub ends_by: Option<Date>,
}

/// A page of grants.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct GrantsVariables {
    /// Rows from the front.
    pub first: Option<i32>,
    /// Cursor before the page.
    pub after: Option<String>,
    /// Rows from the back.
    pub last: Option<i32>,
    /// Cursor behind the page.
    pub before: Option<String>,
    /// Which.
    pub filter: Option<GrantFilter>,
}

fragment! {
    /// A page of grants.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "GrantsVariables")]
    pub struct GrantsQuery {
        /// Those that end first at the beginning.
        #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter)]
        pub grants: GrantConnection,
    }

    /// A page of grants.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct GrantConnection {
        /// Rows.
        pub nodes: Vec<GrantRow>,
        /// Where the page stands.
        pub page_info: PageInfo,
        /// All of them.
        pub total_count: i32,
        /// Whether there are more than are counted.
        pub total_count_is_capped: bool,
    }

    /// What extends a grant.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Grant")]
    pub struct Extension {
        /// Opaque.
        pub id: Id,
        /// Until which day.
        pub until: Option<Date>,
        /// Whether it waits for a second holder.
        pub waiting: bool,
    }
}

/// A grant, whose it is, and what extends it.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(graphql_type = "Grant", no_deserialize)]
pub struct GrantRow {
    /// The grant.
    #[cynic(spread)]
    pub grant: Grant,
    /// Whose.
    pub account: Option<AccountRef>,
    /// What follows it.
    pub extension: Option<Extension>,
}

impl Read for GrantRow {
    fn read(part: Part<'_>) -> Self {
        Self { grant: Read::read(part), account: part.field("account"), extension: part.field("extension") }
    }
}

impl GrantRow {
    /// Whose it is and what, as a line of text.
    pub fn words(&self) -> String {
        let account = self.account.as_ref().map_or("", |account| account.name.as_str());
        let place = self.grant.organization.as_ref().map_or("", |place| place.name.as_str());
        [account, &self.grant.role_name(), place]
            .iter()
            .filter(|word| !word.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" · ")
    }

    /// Whether it can be extended: the viewer may, and nobody has.
    pub fn renewable(&self) -> bool {
        self.grant.extendable && self.extension.is_none()
    }
}
