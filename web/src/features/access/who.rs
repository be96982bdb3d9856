//! Who can see a person: by name where visible, else by role and level.

use cynic::Id;
use yew::prelude::*;

use super::answer::role_name;
use super::operations::{AccessHolder, AccessHolderCount, AccessHolders, WhoCanSeeQuery, WhoCanSeeVariables};
use crate::api::types::Labelled;
use crate::api::use_query::use_query;
use crate::i18n::{fill, t};
use crate::ui::async_view::async_view;
use crate::ui::notice::empty_line;
use crate::ui::page::Panel;

/// Which person.
#[derive(Properties, PartialEq)]
pub struct WhoCanSeeProps {
    /// Its id.
    pub person: Id,
    /// Whether it is the viewer.
    #[prop_or_default]
    pub own: bool,
}

/// The accounts that can see the person, beside himself.
#[component]
pub fn WhoCanSee(props: &WhoCanSeeProps) -> Html {
    let query = use_query::<WhoCanSeeQuery, _>(WhoCanSeeVariables { person: props.person.clone() });
    let title = if props.own {
        t("谁能看到我", "Who can see me")
    } else {
        t("谁能看到此人", "Who can see this person")
    };
    html! {
        <Panel id="who-can-see" {title} busy={query.busy}>
            { async_view(&query, title, 3, |data| data.who_can_see.as_ref().map(list).unwrap_or_default()) }
        </Panel>
    }
}

fn list(holders: &AccessHolders) -> Html {
    if holders.accounts.is_empty() && holders.counts.is_empty() {
        return empty_line(t("除本人外没有账号能看到。", "No account beside the person's own."));
    }
    html! { <ul class="list list--tight">{ for holders.accounts.iter().map(named) }{ for holders.counts.iter().map(counted) }</ul> }
}

fn named(holder: &AccessHolder) -> Html {
    let place = holder.grant.as_ref().and_then(|grant| grant.organization.as_ref()).map(|place| place.name.clone());
    let role = holder.grant.as_ref().map(role_name).unwrap_or_default();
    html! {
        <li key={holder.account.id.inner().to_owned()}><b>{ holder.account.name.clone() }</b>{ " " }<span class="muted">{ role }</span><br /><span class="meta">{ place }</span></li>
    }
}

fn counted(cell: &AccessHolderCount) -> Html {
    let count = match cell.count {
        Some(count) => fill("至少 {0} 个账号", "at least {0} accounts", &[&count.to_string()]),
        None => t("不到 5 个账号", "fewer than five accounts").to_owned(),
    };
    html! { <li key={format!("{}{}", cell.role, cell.level.code())}><b>{ cell.role.clone() }</b>{ " · " }{ cell.level.label() }<br /><span class="meta">{ count }</span></li> }
}
