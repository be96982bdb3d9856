//! Which page an address means.

use super::url::decode;

/// The pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first workbench of the viewer.
    Home,
    /// `/sign-in?next=…`
    SignIn,
    /// A workbench by its name in lower case.
    Workbench(String),
    /// The tree with the topmost organization.
    Organizations,
    /// The tree with one organization.
    Organization(String),
    /// `/organizations/new?parent=…`
    OrganizationNew,
    /// The edit form of an organization.
    OrganizationEdit(String),
    /// The list of members with its filters in the query.
    Members,
    /// `/members/new?organization=…`
    MemberNew,
    /// The list of persons who are tied to organizations, with its filters in the query.
    People,
    /// `/people/new?organization=…`
    PersonNew,
    /// One person.
    Person(String),
    /// The edit form of a person.
    PersonEdit(String),
    /// The list of accounts.
    Accounts,
    /// One account.
    Account(String),
    /// The audit trail.
    Audit,
    /// The list of reported problems.
    Problems,
    /// The viewer's own page.
    Me,
    /// Anything else.
    NotFound,
}

impl Route {
    /// The page of a path.
    pub fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["sign-in"] => Self::SignIn,
            ["workbench", name @ ("secretary" | "organizer" | "administrator" | "member")] => {
                Self::Workbench((*name).to_owned())
            }
            ["organizations"] => Self::Organizations,
            ["organizations", "new"] => Self::OrganizationNew,
            ["organizations", id] => Self::Organization(decode(id)),
            ["organizations", id, "edit"] => Self::OrganizationEdit(decode(id)),
            ["members"] => Self::Members,
            ["members", "new"] => Self::MemberNew,
            ["people"] => Self::People,
            ["people", "new"] => Self::PersonNew,
            ["people", id] => Self::Person(decode(id)),
            ["people", id, "edit"] => Self::PersonEdit(decode(id)),
            ["accounts"] => Self::Accounts,
            ["accounts", id] => Self::Account(decode(id)),
            ["audit"] => Self::Audit,
            ["problems"] => Self::Problems,
            ["me"] => Self::Me,
            _ => Self::NotFound,
        }
    }
}

/// The page of an organization.
pub fn organization(id: &cynic::Id) -> String {
    format!("/organizations/{}", id.inner())
}

/// The page of a person.
pub fn person(id: &cynic::Id) -> String {
    format!("/people/{}", id.inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_means_one_page() {
        assert_eq!(Route::of("/"), Route::Home);
        assert_eq!(Route::of("/organizations/new"), Route::OrganizationNew);
        assert_eq!(Route::of("/organizations/T3Jn/edit"), Route::OrganizationEdit("T3Jn".into()));
        assert_eq!(Route::of("/workbench/secretary"), Route::Workbench("secretary".into()));
        assert_eq!(Route::of("/workbench/unknown"), Route::NotFound);
        assert_eq!(Route::of("/people/new"), Route::PersonNew);
        assert_eq!(Route::of("/people/x/y"), Route::NotFound);
    }
}
