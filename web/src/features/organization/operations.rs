//! Operations that read organizations.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, PersonRef, fragment};
use crate::api::schema;
use crate::api::types::{
    BranchForm, Date, MemberStage, ObligationKind, OrganizationKind, OrganizationLevel, OrganizationStatus,
    PermissionCode, PostTitle, Sector,
};
use crate::features::audit::operations::AuditItem;

/// The id of an organization.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct OrganizationVariables {
    /// Opaque.
    pub id: Id,
}

fragment! {
    /// The name of an organization.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "OrganizationVariables")]
    pub struct OrganizationNameQuery {
        /// Null where it may not be seen.
        #[arguments(id: $id)]
        pub organization: Option<OrganizationRef>,
    }

    /// One organization.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "OrganizationVariables")]
    pub struct OrganizationQuery {
        /// Null where it may not be seen.
        #[arguments(id: $id)]
        pub organization: Option<Organization>,
    }

    /// An organization's record.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Organization {
        /// Opaque.
        pub id: Id,
        /// Full name.
        pub name: String,
        /// Unique among its siblings.
        pub code: String,
        /// Legal kind.
        pub kind: OrganizationKind,
        /// Where it stands.
        pub level: OrganizationLevel,
        /// How a branch is set up.
        pub branch_form: Option<BranchForm>,
        /// Field of society.
        pub sector: Sector,
        /// Whether it is an organization in law.
        pub statutory: bool,
        /// Administrative division.
        pub division: Option<DivisionRef>,
        /// In being or archived.
        pub status: OrganizationStatus,
        /// Since when.
        pub founded_on: Option<Date>,
        /// Telephone of the office.
        pub office_phone: Option<String>,
        /// Address of the office.
        pub office_address: Option<String>,
        /// Above, from the top.
        pub ancestors: Vec<OrganizationRef>,
        /// Direct children in being.
        pub child_count: i32,
        /// People by stage, with everything below.
        pub head_count: Vec<StageCount>,
        /// Duties.
        pub obligation_count: ObligationCount,
        /// Posts today.
        pub posts: Vec<OrganizationPost>,
        /// The running term.
        pub term: Option<Term>,
        /// Recent changes.
        #[arguments(first: 20)]
        pub history: Vec<AuditItem>,
        /// What it may contain.
        pub containable_kinds: Vec<OrganizationKind>,
        /// Seen by the next change.
        pub version: i32,
        /// Rights on it.
        pub viewer_can: Vec<PermissionCode>,
    }

    /// A division by its path.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Division")]
    pub struct DivisionRef {
        /// Opaque.
        pub id: Id,
        /// Names from the top.
        pub path: Vec<String>,
    }

    /// People of one stage.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct StageCount {
        /// Which.
        pub stage: MemberStage,
        /// How many; null where under 5 and the people may not be read.
        pub count: Option<i32>,
    }

    /// Duties that are open.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ObligationCount {
        /// All.
        pub open: i32,
        /// Those past their day.
        pub overdue: i32,
    }

    /// The holder of a post.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct OrganizationPost {
        /// Opaque.
        pub id: Id,
        /// Who.
        pub person: Option<PersonRef>,
        /// Which post.
        pub title: PostTitle,
        /// Whether full-time.
        pub full_time: bool,
        /// Since.
        pub from: Date,
    }
}

impl OrganizationPost {
    /// The holder's name; one that the viewer may not see stays unnamed.
    pub fn holder(&self) -> String {
        self.person.as_ref().map_or_else(
            || crate::i18n::t("范围外的人员", "A person out of scope").to_owned(),
            |person| person.name.clone(),
        )
    }
}

fragment! {
    /// A term of the leading body.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Term {
        /// Since.
        pub from: Date,
        /// The day reelection is due.
        pub until: Date,
    }
}

/// Which part of the tree.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct OrganizationTreeVariables {
    /// The top; none for all visible roots.
    pub root: Option<Id>,
    /// Steps below the top.
    pub depth: Option<i32>,
}

fragment! {
    /// A part of the tree.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "OrganizationTreeVariables")]
    pub struct OrganizationTreeQuery {
        /// Depth first.
        #[arguments(root: $root, depth: $depth)]
        pub organization_tree: OrganizationTree,
    }

    /// Rows of the tree.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct OrganizationTree {
        /// Depth first.
        pub rows: Vec<OrganizationTreeRow>,
    }

    /// One row of the tree.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct OrganizationTreeRow {
        /// Opaque.
        pub id: Id,
        /// Null at a root of the visible tree.
        pub parent_id: Option<Id>,
        /// Name.
        pub name: String,
        /// The name in pinyin, syllable by syllable.
        pub sort_key: String,
        /// Probationary and full members with everything below.
        pub member_count: Option<i32>,
        /// Direct children.
        pub child_count: i32,
    }
}

/// A page of children.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct OrganizationChildrenVariables {
    /// Above.
    pub id: Id,
    /// At most so many.
    pub first: Option<i32>,
    /// From here on.
    pub after: Option<String>,
}

fragment! {
    /// Children with their figures.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "OrganizationChildrenVariables")]
    pub struct OrganizationChildrenQuery {
        /// Null where it may not be seen.
        #[arguments(id: $id)]
        pub organization: Option<WithChildren>,
    }

    /// An organization with figures and children.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization", variables = "OrganizationChildrenVariables")]
    pub struct WithChildren {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
        /// Above, from the top.
        pub ancestors: Vec<OrganizationRef>,
        /// People by stage, with everything below.
        pub head_count: Vec<StageCount>,
        /// Duties.
        pub obligation_count: ObligationCount,
        /// Duties by kind.
        pub obligation_count_by_kind: Vec<ObligationKindCount>,
        /// Organizations below by kind.
        pub organization_count: Vec<KindCount>,
        /// Recent changes.
        #[arguments(first: 8)]
        pub history: Vec<AuditItem>,
        /// Direct children.
        #[arguments(first: $first, after: $after)]
        pub children: ChildConnection,
    }

    /// Open duties of one kind.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ObligationKindCount {
        /// Which.
        pub kind: ObligationKind,
        /// All.
        pub open: i32,
        /// Those past their day.
        pub overdue: i32,
        /// Those that are put off.
        pub snoozed: i32,
    }

    /// Organizations of one kind.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct KindCount {
        /// Which.
        pub kind: OrganizationKind,
        /// How many.
        pub count: i32,
    }

    /// A page of children.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "OrganizationConnection")]
    pub struct ChildConnection {
        /// Rows.
        pub nodes: Vec<Child>,
        /// Where the page stands.
        pub page_info: crate::api::fragments::PageInfo,
        /// Rows in all.
        pub total_count: i32,
    }

    /// A child with its figures.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    #[expect(clippy::struct_field_names, reason = "the contract says childCount")]
    pub struct Child {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
        /// Legal kind.
        pub kind: OrganizationKind,
        /// Direct children.
        pub child_count: i32,
        /// People by stage, with everything below.
        pub head_count: Vec<StageCount>,
        /// Duties.
        pub obligation_count: ObligationCount,
    }
}

/// Text of a division's name, or the division above.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct DivisionsVariables {
    /// Part of the name.
    pub text: Option<String>,
}

fragment! {
    /// Divisions for a picker.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "DivisionsVariables")]
    pub struct DivisionsQuery {
        /// Best matches.
        #[arguments(text: $text)]
        pub divisions: Vec<DivisionRef>,
    }
}
