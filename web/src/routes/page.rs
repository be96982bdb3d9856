//! Which page an address means.

use super::url::decode;

/// The pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first workbench of the viewer.
    Home,
    /// `/sign-in?next=…`
    SignIn,
    /// `/start/<code>`: a password by a one-time link, for whoever holds it.
    Start(String),
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
    /// The viewer's own page.
    Me,
    /// A page of the desk.
    Desk(Desk),
    /// Anything else.
    NotFound,
}

/// The pages of the desk, all below `/desk`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Desk {
    /// The administrator's workbench.
    Workbench,
    /// The list of accounts.
    Accounts,
    /// Accounts for those who hold posts.
    AccountsFromPosts,
    /// One account.
    Account(String),
    /// The list of grants with its filters in the query.
    Grants,
    /// Why somebody may or may not, and previews.
    Access,
    /// The list of roles.
    Roles,
    /// `/desk/roles/new?from=…`
    RoleNew,
    /// All roles beside all permissions.
    RoleMatrix,
    /// One role.
    Role(String),
    /// The audit trail.
    Audit,
    /// The list of reported problems.
    Problems,
    /// The rules that hold and held.
    Rules,
    /// What is kept for what and how long.
    Retention,
    /// Proposals to erase somebody's data that wait.
    Erasures,
}

/// Whether an address belongs to the desk.
pub fn is_desk(address: &str) -> bool {
    address.split(['/', '?']).nth(1) == Some("desk")
}

impl Route {
    /// The page of a path.
    pub fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["sign-in"] => Self::SignIn,
            ["start", code] => Self::Start(decode(code)),
            ["workbench", name @ ("secretary" | "organizer" | "member")] => Self::Workbench((*name).to_owned()),
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
            ["me"] => Self::Me,
            ["desk", desk @ ..] => Desk::of(desk).map_or(Self::NotFound, Self::Desk),
            _ => Self::NotFound,
        }
    }
}

impl Desk {
    fn of(parts: &[&str]) -> Option<Self> {
        Some(match parts {
            [] => Self::Workbench,
            ["accounts"] => Self::Accounts,
            ["accounts", "from-posts"] => Self::AccountsFromPosts,
            ["accounts", id] => Self::Account(decode(id)),
            ["grants"] => Self::Grants,
            ["access"] => Self::Access,
            ["roles"] => Self::Roles,
            ["roles", "new"] => Self::RoleNew,
            ["roles", "matrix"] => Self::RoleMatrix,
            ["roles", id] => Self::Role(decode(id)),
            ["audit"] => Self::Audit,
            ["problems"] => Self::Problems,
            ["rules"] => Self::Rules,
            ["retention"] => Self::Retention,
            ["erasures"] => Self::Erasures,
            _ => return None,
        })
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
        assert_eq!(Route::of("/desk"), Route::Desk(Desk::Workbench));
        assert_eq!(Route::of("/desk/accounts/from-posts"), Route::Desk(Desk::AccountsFromPosts));
        assert_eq!(Route::of("/desk/accounts/x"), Route::Desk(Desk::Account("x".into())));
        assert_eq!(Route::of("/desk/roles/matrix"), Route::Desk(Desk::RoleMatrix));
        assert_eq!(Route::of("/desk/roles/x"), Route::Desk(Desk::Role("x".into())));
        assert_eq!(Route::of("/desk/unknown"), Route::NotFound);
    }

    #[test]
    fn the_desk_is_what_lies_below_its_address() {
        for (address, desk) in [
            ("/desk", true),
            ("/desk?a=1", true),
            ("/desk/audit?who=li", true),
            ("/desks", false),
            ("/", false),
            ("/people/desk", false),
        ] {
            assert_eq!(is_desk(address), desk, "{address}");
        }
    }
}
