//! The due list of an organization.

use cynic::Id;
use yew::prelude::*;

use super::actions::{action, dialog};
use super::model::{Group, due_words, groups};
use super::operations::{
    Obligation, ObligationConnection, ObligationFilter, ObligationsChanged, ObligationsChangedVariables,
    ObligationsQuery, ObligationsVariables,
};
use super::snooze::{SnoozeButton, SnoozeDialog};
use crate::api::live::{operation, use_live};
use crate::api::types::{Date, Labelled, ObligationKind};
use crate::api::use_query::use_query;
use crate::i18n::calendar::{days_later, days_to_sunday};
use crate::i18n::{fill, format, t};
use crate::routes::{self, Link, organization, person, use_url};
use crate::ui::async_view::async_view;
use crate::ui::button::{Button, Segmented};
use crate::ui::icon::icon;
use crate::ui::notice::empty_state;
use crate::ui::page::Panel;

/// Whose list.
#[derive(Properties, PartialEq)]
pub struct DueListProps {
    /// The organization and what is below it.
    pub organization: Id,
    /// Today in the city.
    pub today: String,
}

/// What the rows call.
struct Acts {
    act: Callback<Obligation>,
    snooze: Callback<Obligation>,
}

const ROWS: i32 = 100;

fn filter(organization: &Id, today: &str, range: &str, kind: Option<ObligationKind>) -> ObligationFilter {
    let days = match range {
        "week" => Some(days_to_sunday(today)),
        "month" => Some(30),
        _ => None,
    };
    let closed = range == "closed";
    ObligationFilter {
        organization: Some(organization.clone()),
        kind: kind.map(|kind| vec![kind]),
        due_by: days.and_then(|days| days_later(today, days)).map(Date),
        closed: Some(closed),
    }
}

/// What is due, in groups of urgency.
#[component]
pub fn DueList(props: &DueListProps) -> Html {
    let url = use_url();
    let kind = url.get("kind").and_then(ObligationKind::from_code);
    // Whoever comes from a figure sees all that it counts.
    let range = use_state(|| if kind.is_some() { "all" } else { "week" });
    let query = use_query::<ObligationsQuery, _>(ObligationsVariables {
        first: Some(ROWS),
        after: None,
        filter: Some(filter(&props.organization, &props.today, *range, kind)),
    });
    let organization = props.organization.clone();
    let followed = operation::<ObligationsChanged, _>(ObligationsChangedVariables { organization });
    use_live(vec![followed], query.busy, query.retry.clone());
    let onchange = {
        let range = range.clone();
        Callback::from(move |value| range.set(value))
    };
    let snoozed = use_state(|| None::<Obligation>);
    let set_snoozed = {
        let snoozed = snoozed.clone();
        Callback::from(move |obligation| snoozed.set(obligation))
    };
    let open = use_state(|| None::<Obligation>);
    let set_open = {
        let open = open.clone();
        Callback::from(move |obligation| open.set(obligation))
    };
    let acts = Acts { act: set_open.reform(Some), snooze: set_snoozed.reform(Some) };
    let onclose = set_open.reform(|()| None);
    let show_month = onchange.reform(|()| "month");
    let options = vec![
        ("week", t("本周", "This week")),
        ("month", t("30 天", "30 days")),
        ("all", t("全部", "All")),
        ("closed", t("已办结", "Done")),
    ];
    let aside = html! { <Segmented label={t("时间范围", "Range")} {options} value={*range} {onchange} /> };
    html! {
        <Panel id="due" title={t("要办的事", "To do")} {aside} busy={query.busy}>
            if let Some(kind) = kind {
                <div class="filters cluster"><span>{ fill("只看：{0}", "Only: {0}", &[kind.label()]) }</span><Button class="button--sm" icon="close" label={t("看全部种类", "All kinds")} onclick={{ let url = url.clone(); Callback::from(move |()| routes::replace(&url.with("kind", "").address())) }} /></div>
            }
            { async_view(&query, t("要办的事", "the list"), 6, |data| content(&data.obligations, *range, props, &show_month, &acts)) }
            { open.as_ref().map(|obligation| dialog(obligation, onclose)).unwrap_or_default() }
            if let Some(obligation) = &*snoozed { <SnoozeDialog obligation={obligation.clone()} today={props.today.clone()} onclose={set_snoozed.reform(|()| None)} /> }
        </Panel>
    }
}

fn content(
    page: &ObligationConnection,
    range: &str,
    props: &DueListProps,
    show_month: &Callback<()>,
    acts: &Acts,
) -> Html {
    if page.nodes.is_empty() {
        return empty(range, show_month);
    }
    if range == "closed" {
        return html! { <ul class="due">{ for page.nodes.iter().map(|obligation| item(obligation, &props.today, false, acts)) }</ul> };
    }
    let mut urgent = true;
    let mut sections = Vec::new();
    for (group, members) in groups(&page.nodes, &props.today) {
        let items: Vec<_> = members
            .into_iter()
            .map(|obligation| {
                // One red button on the page: the most urgent row.
                let first = std::mem::replace(&mut urgent, false) && group != Group::Snoozed;
                item(obligation, &props.today, first, acts)
            })
            .collect();
        sections.push(html! { <key={group.label()}><h3 class="due__group">{ group.label() }{ " " }<span class="num">{ items.len() }</span></h3><ul class="due">{ items }</ul></> });
    }
    let more = usize::try_from(page.total_count).unwrap_or(0) > page.nodes.len();
    html! {
        <>
            <div>{ for sections }</div>
            if more { <p class="panel__foot">{ fill("这里列出最急的 {0} 件，共 {1} 件。", "The most urgent {0} of {1}.", &[&page.nodes.len().to_string(), &format::number(page.total_count)]) }</p> }
        </>
    }
}

fn empty(range: &str, show_month: &Callback<()>) -> Html {
    match range {
        "week" => {
            let more = html! { <Button label={t("看 30 天内", "Look at 30 days")} onclick={show_month.clone()} /> };
            empty_state(t("本周没有要办的事", "Nothing is due this week"), "", more)
        }
        "month" => empty_state(t("30 天内没有要办的事", "Nothing is due within 30 days"), "", Html::default()),
        "all" => empty_state(t("没有要办的事", "Nothing is to be done"), "", Html::default()),
        _ => empty_state(t("还没有办结的事", "Nothing done yet"), "", Html::default()),
    }
}

fn icon_of(kind: ObligationKind) -> &'static str {
    match kind {
        ObligationKind::ReelectionDue => "vote",
        ObligationKind::MemberWithoutContact => "person",
        ObligationKind::IncompleteRecord => "document",
        ObligationKind::TransferAsked => "transfer",
        ObligationKind::GrantEnding => "role",
    }
}

fn item(obligation: &Obligation, today: &str, urgent: bool, acts: &Acts) -> Html {
    let place = obligation.organization.as_ref().map(|place| place.name.clone()).unwrap_or_default();
    let subject = match (&obligation.person, &obligation.grant) {
        (Some(person), _) => person.name.clone(),
        (None, Some(grant)) => grant.words(),
        (None, None) => place.clone(),
    };
    let to = obligation.person.as_ref().map_or_else(
        || {
            obligation
                .organization
                .as_ref()
                .map_or_else(|| "/organizations".to_owned(), |place| organization(&place.id))
        },
        |who| person(&who.id),
    );
    let context = match (&obligation.person, &obligation.member) {
        (Some(_), Some(member)) => format!("{subject} · {}，{place}", member.stage.label()),
        (Some(_), None) => format!("{subject} · {place}"),
        (None, _) if obligation.grant.is_some() => format!("{subject} · {place}"),
        (None, _) => subject.clone(),
    };
    let done = obligation.closed_at.as_ref();
    html! {
        <li class={classes!("due__item", done.map(|_| "is-done"))} key={obligation.id.inner().to_owned()}>
            <span class="due__icon">{ icon(icon_of(obligation.kind)) }</span>
            <div class="due__main"><p class="due__what"><Link {to}>{ obligation.kind.label() }</Link></p><p class="due__for">{ context }</p>if let (None, Some(snooze)) = (done, &obligation.snooze) { <p class="due__for muted">{ fill("暂缓至 {0}，{1}：{2}", "Put off until {0} by {1}: {2}", &[&format::day(&snooze.until.0), &snooze.by, &snooze.reason]) }</p> }</div>
            { when(obligation, today) }
            if done.is_none() {
                <div class="due__act">{ action(obligation, &subject, urgent, &acts.act) }<SnoozeButton obligation={obligation.clone()} subject={format!("{}，{subject}", obligation.kind.label())} onsnooze={acts.snooze.clone()} /></div>
            }
        </li>
    }
}

fn when(obligation: &Obligation, today: &str) -> Html {
    if let Some(at) = &obligation.closed_at {
        html! { <div class="due__when"><span class="status status--success">{ t("已办结", "Done") }</span><span class="meta">{ format::time(&at.0) }</span></div> }
    } else {
        let (class, words) = due_words(&obligation.due_on.0, today);
        html! { <div class="due__when"><span {class}>{ words }</span><span class="meta">{ format::day(&obligation.due_on.0) }</span></div> }
    }
}
