//! Operations on people and members: lists and records.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, PageInfo, PersonRef, fragment};
use crate::api::schema;
use crate::api::types::{
    AffiliationKind, AgeBand, Date, DateTime, Education, MemberOrderField, MemberStage, OccupationGroup,
    OrderDirection, PermissionCode, PostTitle, RecordStatus, Sector, SensitiveField, Sex, UnmaskReason,
};
use crate::features::audit::operations::AuditItem;

/// Which members.
#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct MemberFilter {
    /// Name, initials or organization.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Stages.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub stage: Option<Vec<MemberStage>>,
    /// The organization and what is below it.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id>,
    /// Sectors of the home organization.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Vec<Sector>>,
    /// Sex.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Educations.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub education: Option<Vec<Education>>,
    /// Age bands.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub age_band: Option<Vec<AgeBand>>,
    /// On record or archived.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<RecordStatus>>,
    /// Only those who lack a contact person.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub without_contact: Option<bool>,
}

/// The order of a list.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct MemberOrder {
    /// By what.
    pub field: MemberOrderField,
    /// Which way.
    pub direction: OrderDirection,
}

/// A page of members.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct MembersVariables {
    /// Rows from the start or after the cursor.
    pub first: Option<i32>,
    /// Cursor.
    pub after: Option<String>,
    /// Rows before the cursor.
    pub last: Option<i32>,
    /// Cursor.
    pub before: Option<String>,
    /// Which members.
    pub filter: Option<MemberFilter>,
    /// In which order.
    pub order_by: Option<MemberOrder>,
}

fragment! {
    /// The list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "MembersVariables")]
    pub struct MembersQuery {
        /// A page of it.
        #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $order_by)]
        pub members: MemberConnection,
    }

    /// A page of members.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct MemberConnection {
        /// Rows.
        pub nodes: Vec<MemberRow>,
        /// Where the page stands.
        pub page_info: PageInfo,
        /// Rows in all.
        pub total_count: i32,
        /// Whether counting stopped.
        pub total_count_is_capped: bool,
    }

    /// One row of the list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Member")]
    pub struct MemberRow {
        /// Opaque.
        pub id: Id,
        /// Stage of development.
        pub stage: MemberStage,
        /// Day of the application.
        pub applied_on: Option<Date>,
        /// Where the member belongs.
        pub home_organization: Option<HomeRef>,
        /// The person.
        pub person: PersonRow,
    }

    /// A home organization in a list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct HomeRef {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
        /// Field of society.
        pub sector: Sector,
        /// The organization above.
        pub parent: Option<OrganizationRef>,
    }

    /// A person in a list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Person")]
    pub struct PersonRow {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
        /// Age band.
        pub age_band: Option<AgeBand>,
        /// Education.
        pub education: Option<Education>,
        /// Masked unless the right is held.
        pub phone: Option<SensitiveText>,
        /// On record or archived.
        pub status: RecordStatus,
    }

    /// A protected value as the viewer may see it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SensitiveText {
        /// The text, masked or not.
        pub display: String,
        /// Whether it is masked.
        pub masked: bool,
    }
}

/// The id of a record.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct PersonVariables {
    /// Opaque.
    pub id: Id,
}

fragment! {
    /// One person.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "PersonVariables")]
    pub struct PersonQuery {
        /// Null where it does not exist or may not be seen.
        #[arguments(id: $id)]
        pub person: Option<Person>,
    }

    /// A person's record.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Person {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
        /// Sorts the name.
        pub sort_key: String,
        /// Sex.
        pub sex: Option<Sex>,
        /// Ethnicity.
        pub ethnicity: Option<String>,
        /// Native place.
        pub native_place: Option<String>,
        /// Education.
        pub education: Option<Education>,
        /// Employer.
        pub employer: Option<String>,
        /// Occupation.
        pub occupation_group: Option<OccupationGroup>,
        /// Age band.
        pub age_band: Option<AgeBand>,
        /// Protected.
        pub birth_date: Option<SensitiveText>,
        /// Protected.
        pub phone: Option<SensitiveText>,
        /// Protected.
        pub identity_number: Option<SensitiveText>,
        /// Protected.
        pub address: Option<SensitiveText>,
        /// On record or archived.
        pub status: RecordStatus,
        /// Ties beside the home organization.
        pub affiliations: Vec<Affiliation>,
        /// Posts held.
        pub posts: Vec<PersonPost>,
        /// Membership, if there is one.
        pub membership: Option<Membership>,
        /// What a complete record still lacks.
        pub missing_fields: Vec<String>,
        /// Who looked at protected values, newest first.
        pub unmask_events: Vec<UnmaskEvent>,
        /// Whether everything personal was erased.
        pub erased: bool,
        /// The proposal to erase it that waits, for those who may confirm.
        pub erasure_proposal: Option<ErasureProposal>,
        /// The newest changes that the viewer may read.
        pub history: Vec<AuditItem>,
        /// Seen by the next change.
        pub version: i32,
        /// Rights on this record.
        pub viewer_can: Vec<PermissionCode>,
    }

    /// A proposal to erase what is personal.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ErasureProposal {
        /// Why.
        pub reason: String,
        /// Who proposed it.
        pub proposed_by: String,
        /// When.
        pub proposed_at: DateTime,
        /// Whether that was the viewer.
        pub is_own: bool,
    }

    /// A look at a protected value.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct UnmaskEvent {
        /// When.
        pub at: DateTime,
        /// Who.
        pub actor: String,
        /// At what.
        pub field: SensitiveField,
        /// What for.
        pub reason: UnmaskReason,
    }

    /// A dated tie.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Affiliation {
        /// Opaque.
        pub id: Id,
        /// Of what kind.
        pub kind: AffiliationKind,
        /// To whom; null where the viewer may not see it.
        pub organization: Option<OrganizationRef>,
        /// First day.
        pub from: Date,
        /// Last day.
        pub until: Option<Date>,
    }

    /// A post that a person holds.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "OrganizationPost")]
    pub struct PersonPost {
        /// Opaque.
        pub id: Id,
        /// Where; null where the viewer may not see it.
        pub organization: Option<OrganizationRef>,
        /// Which.
        pub title: PostTitle,
        /// Since.
        pub from: Date,
        /// Until.
        pub until: Option<Date>,
    }

    /// A person's membership.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Member")]
    pub struct Membership {
        /// Opaque.
        pub id: Id,
        /// Stage today.
        pub stage: MemberStage,
        /// Day of the application.
        pub applied_on: Option<Date>,
        /// Stages with their days.
        pub stage_periods: Vec<StagePeriod>,
        /// Home organization today.
        pub home_organization: Option<OrganizationRef>,
        /// Home organizations with their days.
        pub home_periods: Vec<HomePeriod>,
        /// Contact persons.
        pub contacts: Vec<PersonRef>,
        /// Whole years since full membership.
        pub party_age: Option<i32>,
        /// Seen by the next change.
        pub version: i32,
        /// Rights on the membership.
        pub viewer_can: Vec<PermissionCode>,
    }

    /// A stage with its days.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct StagePeriod {
        /// Which.
        pub stage: MemberStage,
        /// First day.
        pub from: Date,
        /// Last day.
        pub until: Option<Date>,
    }

    /// A home organization with its days; the name is missing where the viewer may not see it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct HomePeriod {
        /// Where.
        pub organization: Option<OrganizationRef>,
        /// First day.
        pub from: Date,
        /// Last day.
        pub until: Option<Date>,
    }
}
