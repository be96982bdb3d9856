//! Operations of the due list.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, PersonRef, changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{Date, DateTime, MemberStage, ObligationKind, PermissionCode};

/// Which obligations.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ObligationFilter {
    /// The organization and what is below it.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id>,
    /// Only this kind.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Vec<ObligationKind>>,
    /// Due on this day or before it.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub due_by: Option<Date>,
    /// Done, or still to do.
    pub closed: Option<bool>,
}

/// Whose duties are followed.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct ObligationsChangedVariables {
    /// The organization and what is below it.
    pub organization: Id,
}

fragment! {
    /// Tells that duties changed.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Subscription", variables = "ObligationsChangedVariables")]
    pub struct ObligationsChanged {
        /// Only that it comes counts.
        #[arguments(organization: $organization)]
        obligations_changed: Option<Followed>,
    }
}

changed! {
    /// An organization whose duties are followed.
    Followed "Organization",
}

/// A page of the list.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct ObligationsVariables {
    /// At most so many.
    pub first: Option<i32>,
    /// From here on.
    pub after: Option<String>,
    /// Which.
    pub filter: Option<ObligationFilter>,
}

fragment! {
    /// The list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "ObligationsVariables")]
    pub struct ObligationsQuery {
        /// By day.
        #[arguments(first: $first, after: $after, filter: $filter)]
        pub obligations: ObligationConnection,
    }

    /// A page of obligations.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ObligationConnection {
        /// Rows.
        pub nodes: Vec<Obligation>,
        /// Rows in all.
        pub total_count: i32,
    }

    /// One duty.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Obligation {
        /// Opaque.
        pub id: Id,
        /// What.
        pub kind: ObligationKind,
        /// Whose.
        pub organization: Option<OrganizationRef>,
        /// For whom.
        pub person: Option<PersonRef>,
        /// His stage.
        pub member: Option<ObligationMember>,
        /// What ends.
        pub grant: Option<ObligationGrant>,
        /// Until when.
        pub due_on: Date,
        /// Done when.
        pub closed_at: Option<DateTime>,
        /// Put off.
        pub snooze: Option<ObligationSnoozed>,
        /// What the viewer may do.
        pub viewer_can: Vec<PermissionCode>,
    }

    /// How a duty is put off.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ObligationSnooze")]
    pub struct ObligationSnoozed {
        /// It comes back on this day.
        pub until: Date,
        /// Why.
        pub reason: String,
        /// Who, by the sign-in name.
        pub by: String,
    }

    /// The grant of a duty.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Grant")]
    pub struct ObligationGrant {
        /// Which role.
        pub role: Option<ObligationRole>,
        /// Whose.
        pub account: Option<ObligationAccount>,
    }

    /// The role of a duty.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Role")]
    pub struct ObligationRole {
        /// As people call it.
        pub name: String,
    }

    /// The account of a duty.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct ObligationAccount {
        /// By which it signs in.
        pub name: String,
    }

    /// The member of a duty.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Member")]
    pub struct ObligationMember {
        /// Stage of development.
        pub stage: MemberStage,
    }
}

impl ObligationGrant {
    /// The role and who has it.
    pub fn words(&self) -> String {
        let names = [self.account.as_ref().map(|account| &account.name), self.role.as_ref().map(|role| &role.name)];
        names.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}

changed! {
    /// A changed duty.
    ChangedObligation "Obligation",
}

/// Which duty is put off.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ObligationSnoozeInput {
    pub obligation: Id,
    pub until: Date,
    pub reason: String,
}

mutation!($
    /// Puts a duty off.
    ObligationSnooze = obligation_snooze(ObligationSnoozeInput) -> "ObligationSnoozePayload" { obligation: ChangedObligation }
);

/// Which duty is taken up again.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ObligationUnsnoozeInput {
    pub obligation: Id,
}

mutation!($
    /// Takes a duty up again.
    ObligationUnsnooze = obligation_unsnooze(ObligationUnsnoozeInput) -> "ObligationUnsnoozePayload" { obligation: ChangedObligation }
);
