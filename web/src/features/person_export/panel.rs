//! The panel on the own record.

use cynic::Id;
use yew::prelude::*;

use super::operations::{PersonExport, PersonExportAsk, PersonExportInput, PersonExportQuery, PersonExportVariables};
use crate::api::poll::{use_later, use_poll};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::job::{can_be_waited_for, progress_bar};
use crate::i18n::{fill, format, t};
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::icon::small_icon;
use crate::ui::notice::notice;
use crate::ui::page::Panel;

/// Milliseconds after which links are asked for again; they hold for a minute longer.
const FRESH: i32 = 240_000;

/// Whose record.
#[derive(Properties, PartialEq)]
pub struct ExportPanelProps {
    /// The viewer's own.
    pub person: Id,
}

/// Asks for everything that is stored about the viewer, shows how far it is, and leads to the file.
#[component]
pub fn ExportPanel(props: &ExportPanelProps) -> Html {
    let query = use_query::<PersonExportQuery, _>(PersonExportVariables { id: props.person.clone() });
    let ask = use_mutation::<PersonExportAsk>();
    let export = query.data.as_ref().and_then(|data| data.person.as_ref()?.export.clone());
    let waiting = export.as_ref().is_some_and(is_under_way);
    use_poll(waiting && !query.busy, query.retry.clone());
    use_later(!waiting && !query.busy, FRESH, query.retry.clone());
    let onask = {
        let (ask, person) = (ask.clone(), props.person.clone());
        Callback::from(move |()| ask.run(PersonExportInput { person: person.clone() }, Callback::noop()))
    };
    let state = ask.state();
    let refused = state.errors.first().map(|error| error.message.clone());
    let refused =
        refused.or(state.failure.as_ref().map(|_| t("没有成功，请重试。", "That did not work; try again.").to_owned()));
    html! {
        <Panel id="export" title={t("导出我的信息", "Your data")} busy={query.busy && query.data.is_none()}>
            { async_view(&query, t("导出", "the export"), 2, |_| html! {
                <div class="panel__body stack stack--tight">
                    <p class="meta">{ t("系统里关于您的全部信息，敏感信息不脱敏，只有您本人能下载。", "Everything that is stored about you, with protected values in clear. Only you can fetch it.") }</p>
                    if let Some(export) = &export { { of(export) } }
                    if let Some(message) = refused.clone() { { notice("warn", html! { { message } }, Html::default()) } }
                    if !waiting {
                        <div class="cluster"><Button class="button--sm" icon="document" label={if export.is_some() { t("重新生成", "Put it together again") } else { t("生成文件", "Put it together") }} busy={state.busy} onclick={onask.clone()} /></div>
                    }
                </div>
            }) }
        </Panel>
    }
}

fn is_under_way(export: &PersonExport) -> bool {
    export.finished_at.is_none() && export.job.as_ref().is_some_and(can_be_waited_for)
}

fn of(export: &PersonExport) -> Html {
    if let (Some(page), Some(json)) = (&export.page_url, &export.json_url) {
        let until = fill("{0} 前可以下载", "It can be fetched until {0}", &[&format::time(&export.expires_at.0)]);
        return html! {
            <>
                <div class="cluster">
                    <a class="button button--primary button--sm" href={page.clone()} download="">{ small_icon("download") }{ t("下载网页版", "Page to print") }</a>
                    <a class="button button--sm" href={json.clone()} download="">{ small_icon("download") }{ t("下载数据版", "JSON") }</a>
                </div>
                <p class="meta">{ until }</p>
            </>
        };
    }
    let Some(job) = &export.job else { return Html::default() };
    html! {
        <div role="status" class="stack stack--tight">
            <p>{ if can_be_waited_for(job) { t("正在整理，可以离开这个页面。", "It is being put together; you can leave this page.") } else { t("没有完成，可以重新生成。", "It was not finished; put it together again.") } }</p>
            { progress_bar(job) }
            if let Some(reason) = &job.reason { <p class="muted">{ reason.clone() }</p> }
        </div>
    }
}
