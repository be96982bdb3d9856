//! The four states of everything that is fetched: loading, empty (drawn by the page), error with retry, ready.

use std::rc::Rc;

use yew::prelude::*;

use super::browser;
use super::button::Button;
use super::dialog::{Dialog, Framed};
use super::icon::icon;
use super::notice::notice;
use crate::api::errors::ApiError;
use crate::api::use_query::QueryHandle;
use crate::i18n::{fill, t};

/// Draws a query. Data that is there stays visible while it is fetched again and when that fails.
pub fn async_view<Q>(query: &QueryHandle<Q>, what: &str, lines: usize, ready: impl FnOnce(&Rc<Q>) -> Html) -> Html {
    if query.data.is_some() {
        browser::mark_ready();
    }
    match (&query.data, &query.error) {
        (Some(data), None) => ready(data),
        (Some(data), Some(error)) => html! { <>{ failed_again(error, &query.retry) }{ ready(data) }</> },
        (None, Some(error)) => error_state(error, what, &query.retry),
        (None, None) => skeleton(lines),
    }
}

/// A dialog whose record is fetched first. One frame lasts from the skeleton to the form: the focus never falls back to the page
/// between them, where a key would go unheard.
pub fn late_dialog<Q>(query: &QueryHandle<Q>, title: &'static str, onclose: &Callback<()>, form: Option<Html>) -> Html {
    let loading = form.is_none();
    let content = match (form, &query.error) {
        (Some(form), _) => html! { <ContextProvider<Framed> context={Framed}>{ form }</ContextProvider<Framed>> },
        (None, Some(error)) => body(error_state(error, title, &query.retry)),
        (None, None) if query.data.is_some() => {
            body(html! { <p>{ t("当前账号已经看不到这条记录。", "This account can no longer see the record.") }</p> })
        }
        (None, None) => body(skeleton(3)),
    };
    html! { <Dialog {title} {loading} onclose={onclose.clone()}>{ content }</Dialog> }
}

fn body(content: Html) -> Html {
    html! { <div class="dialog__body">{ content }</div> }
}

/// Grey lines in the frame of the result.
pub fn skeleton(lines: usize) -> Html {
    let line = |index: usize| {
        let width = ["", "skeleton--w70", "skeleton--w50"].get(index % 3).copied().unwrap_or_default();
        html! { <span class={classes!("skeleton", width)}></span> }
    };
    html! {
        <div class="panel__body stack" aria-busy="true">
            <span class="visually-hidden" role="status">{ t("正在加载", "Loading") }</span>
            <span class="skeleton skeleton--title"></span>
            { for (0..lines).map(line) }
        </div>
    }
}

/// What happened, and a way to try again.
pub fn error_state(error: &ApiError, what: &str, retry: &Callback<()>) -> Html {
    html! {
        <div class="state state--error" role="alert">
            { icon("danger") }
            <p class="state__title">{ fill("{0}没有取到", "Could not load: {0}", &[what]) }</p>
            <p class="state__text">{ error.sentence() }</p>
            <div class="cluster"><Button label={t("重试", "Try again")} icon={"refresh"} onclick={retry.clone()} /></div>
            if let Some(id) = &error.request_id { <p class="meta">{ t("请求号 ", "Request ") }<code>{ id }</code></p> }
        </div>
    }
}

fn failed_again(error: &ApiError, retry: &Callback<()>) -> Html {
    let action = html! { <Button class="button--sm" label={t("重试", "Try again")} onclick={retry.clone()} /> };
    notice(
        "warn",
        html! { <>{ t("下面是之前的内容。", "This is the earlier content. ") }{ error.sentence() }</> },
        action,
    )
}
