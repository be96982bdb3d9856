//! The newest reports at hand.

use yew::prelude::*;

use super::list::page_link;
use super::operations::{ProblemReportRow, ProblemReportsQuery, ProblemReportsVariables};
use crate::api::use_query::use_query;
use crate::i18n::{format, t};
use crate::routes::Link;
use crate::ui::async_view::async_view;
use crate::ui::icon::icon;
use crate::ui::notice::empty_line;
use crate::ui::page::Panel;
use crate::ui::pagination::count_text;

/// Reports shown beside other things.
const SHOWN: i32 = 5;

/// What users reported last, and the way to all of it.
#[component]
pub fn NewestProblems() -> Html {
    let query = use_query::<ProblemReportsQuery, _>(ProblemReportsVariables {
        first: Some(SHOWN),
        after: None,
        last: None,
        before: None,
    });
    let total = query.data.as_ref().map(|data| &data.problem_reports).filter(|page| page.total_count > 0);
    let count = total.map(|page| count_text(page.total_count, page.total_count_is_capped));
    let title = html! { <>{ t("问题报告", "Problem reports") }if let Some(count) = count { { " " }<span class="num">{ count }</span> }</> };
    let aside = html! { <Link to="/desk/problems">{ t("全部报告", "All reports") }</Link> };
    html! {
        <Panel id="problems" {title} {aside} busy={query.busy}>
            { async_view(&query, t("问题报告", "problem reports"), 3, |data| match data.problem_reports.nodes.as_slice() {
                [] => empty_line(t("还没有人报告问题。", "Nobody has reported a problem yet.")),
                reports => html! { <ul class="due">{ for reports.iter().map(item) }</ul> },
            }) }
        </Panel>
    }
}

fn item(report: &ProblemReportRow) -> Html {
    html! {
        <li class="due__item due__item--told" key={report.id.inner().to_owned()}>
            <span class="due__icon">{ icon("talk") }</span>
            <div class="due__main"><p class="report">{ report.text.clone() }</p><p class="due__for">{ report.account.clone() }{ " · " }{ page_link(report) }</p></div>
            <span class="meta nowrap">{ format::time(&report.created_at.0) }</span>
        </li>
    }
}
