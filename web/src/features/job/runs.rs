//! The last runs of one kind of work, on the page that it belongs to.

use yew::prelude::*;

use super::drawer::list;
use super::model::is_open;
use super::operations::{JobFilter, JobsQuery, JobsVariables};
use crate::api::poll::use_poll;
use crate::api::use_query::use_query;
use crate::i18n::t;
use crate::ui::async_view::async_view;
use crate::ui::notice::empty_state;
use crate::ui::page::Panel;

/// Runs that are shown.
const SHOWN: i32 = 3;

/// Which kind, and what its panel is called.
#[derive(Properties, PartialEq)]
pub struct RunsProps {
    /// Distinguishes the panel on the page.
    pub id: AttrValue,
    /// Stable name of the kind.
    pub kind: AttrValue,
    /// Title of the panel.
    pub title: AttrValue,
    /// What is said before the first run.
    pub empty: AttrValue,
    /// What stands at the end of the head.
    #[prop_or_default]
    pub aside: Html,
}

/// The last runs; it looks again while one of them is open.
#[component]
pub fn Runs(props: &RunsProps) -> Html {
    let filter = JobFilter { own: None, kind: Some(vec![props.kind.to_string()]) };
    let query = use_query::<JobsQuery, _>(JobsVariables { first: Some(SHOWN), filter: Some(filter) });
    let open = query.data.as_ref().is_some_and(|data| data.jobs.nodes.iter().any(is_open));
    use_poll(open && !query.busy, query.retry.clone());
    html! {
        <Panel id={props.id.clone()} title={props.title.clone()} aside={props.aside.clone()} busy={query.busy && query.data.is_none()}>
            { async_view(&query, t("后台任务", "background jobs"), 3, |data| {
                if data.jobs.nodes.is_empty() {
                    empty_state(t("还没有运行过", "It has not run yet"), props.empty.clone(), Html::default())
                } else {
                    list(&data.jobs.nodes)
                }
            }) }
        </Panel>
    }
}
