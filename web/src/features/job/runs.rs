//! The last runs of one kind of work, on the page that it belongs to.

use yew::prelude::*;

use super::drawer::list;
use super::model::is_open;
use super::operations::{JobFilter, JobStart, JobStartInput, JobsQuery, JobsVariables};
use crate::api::poll::use_poll;
use crate::api::types::PermissionCode;
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::t;
use crate::session::actor::use_actor;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::{empty_state, notice};
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
    /// What the button says that has it run at once.
    pub start: AttrValue,
}

/// The last runs; it looks again while one of them is open.
#[component]
pub fn Runs(props: &RunsProps) -> Html {
    let filter = JobFilter { own: None, kind: Some(vec![props.kind.to_string()]) };
    let query = use_query::<JobsQuery, _>(JobsVariables { first: Some(SHOWN), filter: Some(filter) });
    let start = use_mutation::<JobStart>();
    let may = use_actor().is_some_and(|actor| actor.may(PermissionCode::JobManage));
    let open = query.data.as_ref().is_some_and(|data| data.jobs.nodes.iter().any(is_open));
    use_poll(open && !query.busy, query.retry.clone());
    let onstart = {
        let (start, kind) = (start.clone(), props.kind.to_string());
        Callback::from(move |()| start.run(JobStartInput { kind: kind.clone() }, Callback::noop()))
    };
    let state = start.state();
    let button = (may && !open).then(|| html! { <Button class="button--quiet button--sm" icon="refresh" label={props.start.clone()} busy={state.busy} onclick={onstart} /> });
    html! {
        <Panel id={props.id.clone()} title={props.title.clone()} aside={button.unwrap_or_default()} busy={query.busy && query.data.is_none()}>
            if let Some(error) = state.errors.first() { { notice("warn", html! { { error.message.clone() } }, Html::default()) } }
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
