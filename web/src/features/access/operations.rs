//! Operations on explanations and previews.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, fragment, mutation};
use crate::api::schema;
use crate::api::types::{AccessOutcome, Date, DateTime, GrantScope, OrganizationLevel, PermissionCode};
use crate::session::actor::{AccountRef, RoleName};

/// What is asked.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct ExplainAccessVariables {
    /// The account; the viewer's own where left out.
    pub subject: Option<Id>,
    /// The permission.
    pub action: PermissionCode,
    /// The object.
    pub object: Id,
}

/// Which person.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct WhoCanSeeVariables {
    /// Opaque.
    pub person: Id,
}

/// Which grant.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct GrantEffectVariables {
    /// Opaque.
    pub grant: Id,
}

fragment! {
    /// Why somebody may or may not.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "ExplainAccessVariables")]
    pub struct ExplainAccessQuery {
        /// Null where the object or the account may not be seen.
        #[arguments(subject: $subject, action: $action, object: $object)]
        pub explain_access: Option<AccessExplanation>,
    }

    /// An answer.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccessExplanation {
        /// Whether it is allowed.
        pub allowed: bool,
        /// Why, in one sentence.
        pub sentence: String,
        /// What each grant says, the nearest to a yes first.
        pub findings: Vec<AccessFinding>,
    }

    /// What one grant says.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccessFinding {
        /// What it says.
        pub outcome: AccessOutcome,
        /// The grant.
        pub grant: AccessGrant,
    }

    /// A grant as an explanation shows it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Grant")]
    pub struct AccessGrant {
        /// Opaque.
        pub id: Id,
        /// Which role.
        pub role: Option<RoleName>,
        /// How far.
        pub scope: GrantScope,
        /// Where.
        pub organization: Option<OrganizationRef>,
        /// From which day.
        pub from: Date,
        /// Until which day.
        pub until: Option<Date>,
        /// By whom.
        pub granted_by: Option<String>,
    }

    /// Who can see a person.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "WhoCanSeeVariables")]
    pub struct WhoCanSeeQuery {
        /// Null where the person may not be seen.
        #[arguments(person: $person)]
        pub who_can_see: Option<AccessHolders>,
    }

    /// Accounts by name, and all others counted.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccessHolders {
        /// Those that the viewer may see.
        pub accounts: Vec<AccessHolder>,
        /// All others.
        pub counts: Vec<AccessHolderCount>,
    }

    /// An account that can see the person.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccessHolder {
        /// Which.
        pub account: AccountRef,
        /// By which grant.
        pub grant: Option<AccessGrant>,
    }

    /// How many accounts of a role can see the person.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccessHolderCount {
        /// The role.
        pub role: String,
        /// From which level.
        pub level: OrganizationLevel,
        /// Null for one to four.
        pub count: Option<i32>,
    }

    /// What ends with a grant.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "GrantEffectVariables")]
    pub struct GrantEffectQuery {
        /// Null where the grant may not be seen.
        #[arguments(grant: $grant)]
        pub grant_effect: Option<GrantEffect>,
    }

    /// What is lost.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct GrantEffect {
        /// Whether it is in force.
        pub in_force: bool,
        /// Permission by permission.
        pub losses: Vec<GrantLoss>,
    }

    /// A permission that is lost.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct GrantLoss {
        /// Which.
        pub permission: PermissionCode,
        /// Where.
        pub organization: Option<OrganizationRef>,
        /// Where it stays.
        pub kept: Vec<OrganizationRef>,
    }

    /// The catalogue.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct PermissionsQuery {
        /// All permissions.
        pub permissions: Vec<PermissionWords>,
    }

    /// A permission in words.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Permission")]
    pub struct PermissionWords {
        /// Which.
        pub code: PermissionCode,
        /// `resource:action`.
        pub name: String,
        /// As people call it.
        pub label: String,
    }

    /// A preview that has begun.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AccessPreview {
        /// What is sent with every request.
        pub token: String,
        /// The role.
        pub role: Option<RoleName>,
        /// Where.
        pub organization: Option<OrganizationRef>,
        /// When it is over.
        pub until: DateTime,
    }
}

/// A role to look through.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PreviewBeginInput {
    /// Which.
    pub role: Id,
    /// Where.
    pub organization: Id,
}

mutation!($
    /// Begins a preview.
    PreviewBegin = preview_begin(PreviewBeginInput) -> "PreviewBeginPayload" { preview: AccessPreview }
);
