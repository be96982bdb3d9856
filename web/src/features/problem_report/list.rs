//! The list of reported problems.

use yew::prelude::*;

use super::answer::AnswerDialog;
use super::operations::{ProblemReportConnection, ProblemReportRow, ProblemReportsQuery, ProblemReportsVariables};
use crate::api::types::PermissionCode;
use crate::api::use_query::use_query_when;
use crate::i18n::{fill, format, t};
use crate::routes::{Link, Url, use_url};
use crate::session::actor::use_actor;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};
use crate::ui::pagination::{PageArguments, Pager};
use crate::ui::table::{Column, Row, Table};

const PAGE_SIZE: i32 = 20;

fn variables(url: &Url) -> ProblemReportsVariables {
    let PageArguments { first, after, last, before } = PageArguments::of(url, PAGE_SIZE);
    ProblemReportsVariables { first, after, last, before }
}

/// Problems, newest first.
#[component]
pub fn ProblemsPage() -> Html {
    let url = use_url();
    let may = use_actor().is_some_and(|actor| actor.may(PermissionCode::ProblemRead));
    let query = use_query_when::<ProblemReportsQuery, _>(may.then(|| variables(&url)));
    let answering = use_state(|| None::<ProblemReportRow>);
    let set = {
        let answering = answering.clone();
        Callback::from(move |report| answering.set(report))
    };
    let onanswer = set.reform(Some);
    if !may {
        return html! { <Forbidden /> };
    }
    html! {
        <>
            <PageHead title={t("问题报告", "Problem reports")} meta={html! { { t("使用者在各页面上报告的问题，新的在前。", "What users report from any page, newest first.") } }} />
            <Panel id="problems" title={t("收到的问题", "Reported problems")} busy={query.busy}>
                { async_view(&query, t("问题报告", "the reports"), 6, |data| table(&data.problem_reports, &onanswer)) }
            </Panel>
            if let Some(report) = &*answering { <AnswerDialog report={report.clone()} onclose={set.reform(|()| None)} /> }
        </>
    }
}

fn table(page: &ProblemReportConnection, onanswer: &Callback<ProblemReportRow>) -> Html {
    if page.nodes.is_empty() {
        let text =
            t("每个页面上都可以报告问题，报告后列在这里。", "Every page can report one; it is listed here then.");
        return empty_state(t("还没有人报告问题", "Nobody has reported a problem yet"), text, Html::default());
    }
    let columns = vec![
        Column::new(t("问题", "Problem")),
        Column::new(t("页面", "Page")),
        Column::new(t("账号", "Account")),
        Column::new(t("时间", "Time")).number(),
        Column::new(t("操作", "Actions")).action(),
    ];
    html! {
        <>
            <Table caption={t("问题报告", "Problem reports")} {columns} rows={page.nodes.iter().map(|report| row(report, onanswer)).collect::<Vec<_>>()} />
            <Pager page={page.page_info.clone()} total={page.total_count} capped={page.total_count_is_capped} shown={page.nodes.len()} />
        </>
    }
}

/// The page that a report is about.
pub(super) fn page_link(report: &ProblemReportRow) -> Html {
    if is_own_page(&report.page) {
        html! { <Link to={report.page.clone()}>{ report.page.clone() }</Link> }
    } else {
        html! { { report.page.clone() } }
    }
}

fn row(report: &ProblemReportRow, onanswer: &Callback<ProblemReportRow>) -> Row {
    let act = {
        let (onanswer, report) = (onanswer.clone(), report.clone());
        Callback::from(move |()| onanswer.emit(report.clone()))
    };
    let label = if report.answer.is_some() { t("修改答复", "Better the answer") } else { t("答复", "Answer") };
    let answer = report.answer.as_ref().map(|answer| {
        let by = report.answered_by.clone().unwrap_or_default();
        html! { <p class="muted">{ fill("{0} 答复：{1}", "{0} answered: {1}", &[&by, answer]) }</p> }
    });
    Row {
        key: report.id.inner().to_owned(),
        cells: vec![
            html! { <><p class="report">{ report.text.clone() }</p>{ answer.unwrap_or_default() }</> },
            page_link(report),
            html! { { report.account.clone() } },
            html! { <span class="nowrap">{ format::time(&report.created_at.0) }</span> },
            if report.viewer_can.contains(&PermissionCode::ProblemAnswer) {
                html! { <Button class="button--sm" {label} subject={report.text.clone()} onclick={act} /> }
            } else {
                Html::default()
            },
        ],
    }
}

/// Whether an address that somebody sent leads into this app and nowhere else.
fn is_own_page(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_app_become_links() {
        assert!(is_own_page("/members?text=%E7%A4%BA"));
        assert!(!is_own_page("//elsewhere.example/x"));
        assert!(!is_own_page("/\\elsewhere.example/x"));
        assert!(!is_own_page("javascript:alert(1)"));
    }
}
