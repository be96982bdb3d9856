//! The actor: who is signed in, what opens to him, and which organization he works in now.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use crate::api::fragments::{OrganizationItem, PersonRef, fragment};
use crate::api::schema;
use crate::api::types::{Date, GrantScope, Labelled, PermissionCode, Workbench};
use crate::ui::browser;

fragment! {
    /// Who asks.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct ViewerQuery {
        /// Null when nobody is signed in.
        pub viewer: Option<Viewer>,
    }

    /// The signed-in account and what opens to it.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Viewer {
        /// The account.
        pub account: Option<AccountRef>,
        /// The person behind it.
        pub person: Option<PersonRef>,
        /// Roles in force.
        pub grants: Vec<ViewerGrant>,
        /// Whether a role waits for a second factor.
        pub lacks_second_factor: bool,
        /// Permissions held anywhere.
        pub permissions: Vec<PermissionCode>,
        /// Workbenches, most specific first.
        pub workbenches: Vec<Workbench>,
        /// Topmost organizations of the scope.
        pub organizations: Vec<OrganizationItem>,
        /// Today in the city.
        pub today: Date,
    }

    /// An account by its name.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct AccountRef {
        /// Opaque.
        pub id: Id,
        /// Sign-in name.
        pub name: String,
    }

    /// A role in force.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Grant")]
    pub struct ViewerGrant {
        /// The role.
        pub role: Option<RoleName>,
        /// What it reaches.
        pub scope: GrantScope,
        /// Where it reaches.
        pub organization: Option<crate::api::fragments::OrganizationRef>,
    }

    /// A role by its name.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Role")]
    pub struct RoleName {
        /// As people call it.
        pub name: String,
    }
}

/// The actor of this tab.
#[derive(Clone, PartialEq)]
pub struct Actor {
    /// Who is signed in.
    pub viewer: Rc<Viewer>,
    /// The organization he works in now.
    pub organization: Option<OrganizationItem>,
    /// Works in another organization.
    pub choose: Callback<OrganizationItem>,
    /// Signs out.
    pub sign_out: Callback<()>,
}

/// Where the choice of organization is kept on this device.
pub const ORGANIZATION_KEY: &str = "jianghai.organization";

impl Actor {
    /// Whether a permission is held anywhere.
    pub fn may(&self, permission: PermissionCode) -> bool {
        self.viewer.permissions.contains(&permission)
    }

    /// The workbench to open first, among those that exist.
    pub fn home(&self) -> &'static str {
        self.workbenches().first().map_or("/me", |workbench| workbench_path(*workbench))
    }

    /// The workbenches that have a page.
    pub fn workbenches(&self) -> Vec<Workbench> {
        self.viewer.workbenches.iter().copied().filter(|workbench| has_page(*workbench)).collect()
    }

    /// The name that people know the actor by.
    pub fn name(&self) -> String {
        match (&self.viewer.person, &self.viewer.account) {
            (Some(person), _) => person.name.clone(),
            (None, Some(account)) => account.name.clone(),
            (None, None) => String::new(),
        }
    }

    /// The id of the current organization.
    pub fn organization_id(&self) -> Option<Id> {
        self.organization.as_ref().map(|organization| organization.id.clone())
    }

    /// The role in which the actor works in the current organization.
    pub fn role(&self) -> String {
        let here = self.organization_id();
        let grants = &self.viewer.grants;
        let grant = grants
            .iter()
            .find(|grant| grant.organization.as_ref().map(|organization| &organization.id) == here.as_ref());
        grant.or(grants.first()).and_then(|grant| grant.role.as_ref()).map(|role| role.name.clone()).unwrap_or_default()
    }
}

fn has_page(workbench: Workbench) -> bool {
    matches!(workbench, Workbench::Secretary | Workbench::Organizer | Workbench::Administrator | Workbench::Member)
}

/// The address of a workbench.
pub fn workbench_path(workbench: Workbench) -> &'static str {
    match workbench {
        Workbench::Secretary => "/workbench/secretary",
        Workbench::Organizer => "/workbench/organizer",
        Workbench::Administrator => "/desk",
        _ => "/me",
    }
}

/// The actor; only pages inside the shell have one.
#[hook]
pub fn use_actor() -> Option<Actor> {
    use_context::<Actor>()
}

/// The organization to begin with: the one of the last visit when it is still in scope, else the first.
pub fn first_organization(viewer: &Viewer) -> Option<OrganizationItem> {
    let last = browser::stored(ORGANIZATION_KEY);
    let kept = viewer.organizations.iter().find(|organization| Some(organization.id.inner()) == last.as_deref());
    kept.or(viewer.organizations.first()).cloned()
}

/// The label of a workbench in the navigation.
pub fn workbench_label(workbench: Workbench) -> &'static str {
    workbench.label()
}
