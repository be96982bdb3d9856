//! The drawer with the newest jobs; it follows those that are open, and looks again where it cannot.

use std::rc::Rc;

use yew::prelude::*;

use super::model::{can_cancel, can_retry, is_open, progress, state};
use super::operations::{
    Job, JobCancel, JobCancelInput, JobFilter, JobProgressed, JobProgressedVariables, JobRetry, JobRetryInput,
    JobsQuery, JobsVariables,
};
use super::{OpenJobs, use_open_jobs};
use crate::api::live::{operation, use_live};
use crate::api::poll::use_poll;
use crate::api::types::PermissionCode;
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::{format, t};
use crate::session::actor::use_actor;
use crate::ui::async_view::async_view;
use crate::ui::button::{Button, IconButton, Segmented};
use crate::ui::dialog::Dialog;
use crate::ui::notice::{empty_state, notice};

/// Jobs that the drawer shows.
const SHOWN: i32 = 20;

/// Holds the drawer of everything below it.
#[component]
pub fn JobsHost(props: &yew::html::ChildrenProps) -> Html {
    let shown = use_state(|| false);
    let set = {
        let shown = shown.clone();
        Callback::from(move |open: bool| shown.set(open))
    };
    html! {
        <ContextProvider<OpenJobs> context={OpenJobs(set.reform(|()| true))}>
            { props.children.clone() }
            if *shown { <JobsDrawer onclose={set.reform(|()| false)} /> }
        </ContextProvider<OpenJobs>>
    }
}

/// Opens the drawer, for those who can set something going.
#[component]
pub fn JobsButton() -> Html {
    let open = use_open_jobs();
    let concerned = use_actor().is_some_and(|actor| {
        [PermissionCode::JobRead, PermissionCode::ObligationRecompute].iter().any(|right| actor.may(*right))
    });
    if !concerned {
        return Html::default();
    }
    html! { <IconButton icon="clock" label={t("后台任务", "Background jobs")} onclick={open} /> }
}

/// What the drawer calls.
#[derive(Properties, PartialEq)]
struct JobsDrawerProps {
    /// Called when it is closed.
    onclose: Callback<()>,
}

/// The newest jobs.
#[component]
fn JobsDrawer(props: &JobsDrawerProps) -> Html {
    let sees_all = use_actor().is_some_and(|actor| actor.may(PermissionCode::JobRead));
    let own = use_state(|| !sees_all);
    let filter = JobFilter { own: Some(*own), kind: None };
    let query = use_query::<JobsQuery, _>(JobsVariables { first: Some(SHOWN), filter: Some(filter) });
    let jobs = query.data.as_ref().map(|data| data.jobs.nodes.as_slice()).unwrap_or_default();
    let open: Vec<_> =
        jobs.iter().filter(|job| is_open(job)).map(|job| JobProgressedVariables { id: job.id.clone() }).collect();
    let some = !open.is_empty();
    let followed = open.into_iter().map(operation::<JobProgressed, _>).collect();
    let live = use_live(followed, query.busy, query.retry.clone());
    use_poll(some && !live && !query.busy, query.retry.clone());
    let onchange = {
        let own = own.clone();
        Callback::from(move |value: &'static str| own.set(value == "own"))
    };
    html! {
        <Dialog title={t("后台任务", "Background jobs")} drawer=true onclose={props.onclose.clone()}>
            <div class="dialog__body stack">
                if sees_all {
                    <Segmented label={t("谁的任务", "Whose jobs")} options={vec![("all", t("全部", "All")), ("own", t("我的", "Mine"))]} value={if *own { "own" } else { "all" }} {onchange} />
                }
                { async_view(&query, t("后台任务", "background jobs"), 6, |data| list(&data.jobs.nodes)) }
            </div>
            <div class="dialog__foot"><span class="meta grow">{ t("关闭后任务继续进行", "Jobs go on when this is closed") }</span><Button label={t("关闭", "Close")} onclick={props.onclose.clone()} /></div>
        </Dialog>
    }
}

/// Jobs with their progress and results, or that there are none.
pub(super) fn list(jobs: &[Job]) -> Html {
    if jobs.is_empty() {
        let text =
            t("需要时间的工作会在这里显示进度和结果。", "Work that takes a while shows its progress and result here.");
        return empty_state(t("没有后台任务", "No background jobs"), text, Html::default());
    }
    html! { <ul class="list">{ for jobs.iter().map(|job| html! { <JobItem key={job.id.inner().to_owned()} job={Rc::new(job.clone())} /> }) }</ul> }
}

/// How far an open job is; nothing where that is not known.
pub fn progress_bar(job: &Job) -> Html {
    let Some(text) = progress(job) else { return Html::default() };
    html! {
        <>
            <progress class="progress" value={job.done.to_string()} max={job.total.unwrap_or(1).to_string()} aria-label={job.label.clone()}></progress>
            <p class="meta num">{ text }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct JobItemProps {
    job: Rc<Job>,
}

#[component]
fn JobItem(props: &JobItemProps) -> Html {
    let job = &props.job;
    let cancel = use_mutation::<JobCancel>();
    let retry = use_mutation::<JobRetry>();
    let (word, tone) = state(job);
    let oncancel = {
        let (cancel, id) = (cancel.clone(), job.id.clone());
        Callback::from(move |()| cancel.run(JobCancelInput { job: id.clone() }, Callback::noop()))
    };
    let onretry = {
        let (retry, id) = (retry.clone(), job.id.clone());
        Callback::from(move |()| retry.run(JobRetryInput { job: id.clone() }, Callback::noop()))
    };
    let refused = cancel.state().errors.first().or(retry.state().errors.first()).map(|error| error.message.clone());
    html! {
        <li class="stack stack--tight">
            <div class="spread"><span>{ job.label.clone() }</span><span class={classes!("badge", "status", tone)}>{ word }</span></div>
            <p class="meta">{ format::time(&job.created_at.0) }{ " · " }{ job.requested_by.clone().unwrap_or_else(|| t("定时", "Scheduled").to_owned()) }</p>
            { progress_bar(job) }
            if let Some(result) = &job.result { <p class="report">{ result.clone() }</p> }
            if let Some(reason) = &job.reason { <p class="muted">{ reason.clone() }</p> }
            if let Some(message) = refused { { notice("warn", html! { { message } }, Html::default()) } }
            if can_cancel(job) { <div class="cluster"><Button class="button--sm" label={t("停止", "Stop")} subject={job.label.clone()} busy={cancel.state().busy} onclick={oncancel} /></div> }
            if can_retry(job) { <div class="cluster"><Button class="button--sm" label={t("重试", "Retry")} subject={job.label.clone()} busy={retry.state().busy} onclick={onretry} /></div> }
        </li>
    }
}
