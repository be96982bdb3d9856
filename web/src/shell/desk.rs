//! The pages of the desk.

use yew::prelude::*;

use super::stop::NotFound;
use crate::features::access::AccessPage;
use crate::features::account::{AccountPage, AccountsPage, FromPostsPage};
use crate::features::audit::AuditPage;
use crate::features::erasure::ErasuresPage;
use crate::features::grant::GrantsPage;
use crate::features::problem_report::ProblemsPage;
use crate::features::retention::RetentionPage;
use crate::features::role::{RoleMatrixPage, RoleNewPage, RolePage, RolesPage};
use crate::features::rule_set::RulesPage;
use crate::features::workbench::AdministratorWorkbench;
use crate::routes::{Desk, Route};

/// The page; one that belongs to a record begins anew for another record.
pub fn page(route: &Route) -> Html {
    let Route::Desk(desk) = route else { return html! { <NotFound /> } };
    match desk {
        Desk::Workbench => html! { <AdministratorWorkbench /> },
        Desk::Accounts => html! { <AccountsPage /> },
        Desk::AccountsFromPosts => html! { <FromPostsPage /> },
        Desk::Account(id) => html! { <AccountPage key={id.clone()} id={id.clone()} /> },
        Desk::Grants => html! { <GrantsPage /> },
        Desk::Access => html! { <AccessPage /> },
        Desk::Roles => html! { <RolesPage /> },
        Desk::RoleNew => html! { <RoleNewPage /> },
        Desk::RoleMatrix => html! { <RoleMatrixPage /> },
        Desk::Role(id) => html! { <RolePage key={id.clone()} id={id.clone()} /> },
        Desk::Audit => html! { <AuditPage /> },
        Desk::Problems => html! { <ProblemsPage /> },
        Desk::Rules => html! { <RulesPage /> },
        Desk::Erasures => html! { <ErasuresPage /> },
        Desk::Retention => html! { <RetentionPage /> },
    }
}
