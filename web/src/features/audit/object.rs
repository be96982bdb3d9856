//! The history of one object, on its own page and as a filter.

use cynic::Id;
use yew::prelude::*;

use super::history::history_list;
use super::operations::{
    AuditEntriesQuery, AuditEntriesVariables, AuditFilter, AuditObjectQuery, AuditObjectVariables,
};
use crate::api::types::PermissionCode;
use crate::api::use_query::{use_query, use_query_when};
use crate::i18n::t;
use crate::routes::{Link, address};
use crate::session::can::Can;
use crate::ui::async_view::async_view;
use crate::ui::page::Panel;

/// Changes shown beside a record.
const SHOWN: i32 = 5;

/// Whose history.
#[derive(Properties, PartialEq)]
pub struct ObjectHistoryProps {
    /// Id of the object.
    pub object: Id,
}

/// The newest changes of an object and the way to all of them, for those who may read the trail.
#[component]
pub fn ObjectHistory(props: &ObjectHistoryProps) -> Html {
    html! { <Can permission={PermissionCode::AuditRead}><Newest object={props.object.clone()} /></Can> }
}

#[component]
fn Newest(props: &ObjectHistoryProps) -> Html {
    let filter = AuditFilter { object: Some(props.object.clone()), ..AuditFilter::default() };
    let query = use_query::<AuditEntriesQuery, _>(AuditEntriesVariables {
        first: Some(SHOWN),
        after: None,
        last: None,
        before: None,
        filter: Some(filter),
    });
    html! {
        <Panel id="changes" title={t("变动记录", "History")} aside={object_history(&props.object)} busy={query.busy}>
            { async_view(&query, t("变动记录", "history"), 3, |data| {
                let items: Vec<_> = data.audit_entries.nodes.iter().map(|row| row.item.clone()).collect();
                history_list(&items, false)
            }) }
        </Panel>
    }
}

/// The way to all changes of an object, for those who may read the trail.
pub fn object_history(object: &Id) -> Html {
    let to = address("/desk/audit", &[("object", object.inner())]);
    html! { <Can permission={PermissionCode::AuditRead}><Link {to}>{ t("全部变动", "All changes") }</Link></Can> }
}

/// The name of an object of which only the id is known.
#[hook]
pub fn use_object_name(id: Option<String>) -> Option<AttrValue> {
    let query = use_query_when::<AuditObjectQuery, _>(id.clone().map(|id| AuditObjectVariables { id: Id::new(id) }));
    let data = id.and(query.data)?;
    let AuditObjectQuery { organization, person, account } = &*data;
    let name = organization
        .as_ref()
        .map(|organization| &organization.name)
        .or(person.as_ref().map(|person| &person.name))
        .or(account.as_ref().map(|account| &account.name));
    name.map(|name| name.clone().into())
}
