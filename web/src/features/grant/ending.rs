//! Grants that end soon, as something to do.

use yew::prelude::*;

use super::dialogs::ExtendDialog;
use super::model::SOON;
use super::operations::{GrantFilter, GrantRow, GrantsQuery, GrantsVariables};
use crate::api::types::{Date, GrantStatus};
use crate::api::use_query::use_query;
use crate::features::account::grants::scope;
use crate::features::account::operations::Grant;
use crate::features::person::dialogs::use_today;
use crate::i18n::calendar::days_later;
use crate::i18n::{fill, t};
use crate::routes::{Link, address};
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::icon::icon;
use crate::ui::notice::empty_line;
use crate::ui::page::Panel;

/// Rows that the workbench shows.
const ROWS: i32 = 5;

/// Grants in force that end within a month and that nobody has extended, those that end first at the beginning.
#[component]
pub fn EndingGrants() -> Html {
    let today = use_today();
    let filter = GrantFilter {
        status: Some(GrantStatus::InForce),
        ends_by: days_later(&today, SOON).map(Date),
        ..GrantFilter::default()
    };
    let query = use_query::<GrantsQuery, _>(GrantsVariables {
        first: Some(ROWS),
        after: None,
        last: None,
        before: None,
        filter: Some(filter),
    });
    let open = use_state(|| None::<Grant>);
    let set = {
        let open = open.clone();
        Callback::from(move |grant| open.set(grant))
    };
    let onextend = set.reform(Some);
    let count = query.data.as_ref().map_or(0, |data| data.grants.total_count);
    let title = html! { <>{ t("即将到期的授权", "Grants that end soon") }if count > 0 { { " " }<span class="num">{ count }</span> }</> };
    let soon = SOON.to_string();
    let aside = html! { <Link to={address("/desk/grants", &[("ending", &soon)])}>{ t("逐个或批量延长", "Extend them") }</Link> };
    html! {
        <Panel id="ending" {title} {aside} busy={query.busy}>
            { async_view(&query, t("即将到期的授权", "grants that end soon"), 1, |data| match data.grants.nodes.as_slice() {
                [] => empty_line(fill("{0} 天内没有授权到期。", "No grant ends within {0} days.", &[&soon])),
                rows => html! { <ul class="due">{ for rows.iter().map(|row| due(row, &onextend)) }</ul> },
            }) }
            if let Some(grant) = &*open { <ExtendDialog grant={grant.clone()} onclose={set.reform(|()| None)} /> }
        </Panel>
    }
}

fn due(row: &GrantRow, onextend: &Callback<Grant>) -> Html {
    let grant = &row.grant;
    let role = grant.role_name();
    let what = row.account.as_ref().map_or_else(
        || html! { { role.clone() } },
        |account| html! { <Link to={format!("/desk/accounts/{}", account.id.inner())}>{ account.name.clone() }{ t("：", ": ") }{ role.clone() }</Link> },
    );
    let last = grant.until.as_ref().and_then(|day| days_later(&day.0, -1)).unwrap_or_default();
    let onclick = {
        let grant = grant.clone();
        onextend.reform(move |()| grant.clone())
    };
    html! {
        <li class="due__item" key={grant.id.inner().to_owned()}>
            <span class="due__icon">{ icon("role") }</span>
            <div class="due__main"><p class="due__what">{ what }</p><p class="due__for">{ scope(grant) }{ t("：", ": ") }{ grant.reason.clone() }</p></div>
            <div class="due__when"><span class="status status--warn">{ fill("{0} 到期", "Ends {0}", &[&last]) }</span></div>
            <div>if row.renewable() { <Button class="button--sm" label={t("延长授权", "Extend grant")} subject={row.words()} {onclick} /> }</div>
        </li>
    }
}
