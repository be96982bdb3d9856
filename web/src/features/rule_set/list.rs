//! The page of rule sets: the draft, and what was published.

use std::rc::Rc;

use yew::prelude::*;

use super::draft::DraftPanel;
use super::model::lines;
use super::operations::{RuleHits, RuleSet, RuleSetDraft, RuleSetDraftInput, RuleSetsQuery, RuleSetsVariables};
use crate::api::types::{Labelled, PermissionCode, RuleFamily, RuleSetState};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::{fill, format, t};
use crate::session::actor::use_actor;
use crate::ui::async_view::async_view;
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::page::{PageHead, Panel};
use crate::ui::table::{Column, Row, Table};

/// Rule sets, the draft first.
#[component]
pub fn RulesPage() -> Html {
    let query = use_query::<RuleSetsQuery, _>(RuleSetsVariables { family: RuleFamily::Obligation });
    let meta = html! { { t("应办事项按这些规则产生。规则发布后不再改变；已经开始的事项仍按开始那天的规则。", "What is due follows from these rules. A published set never changes; what has begun keeps the rules of its day.") } };
    html! {
        <>
            <PageHead title={t("规则", "Rules")} {meta} />
            { async_view(&query, t("规则", "the rules"), 6, |data| html! {
                <div class="stack">
                    { match data.rule_sets.iter().find(|set| set.state == RuleSetState::Draft) {
                        Some(draft) => html! { <DraftPanel key={draft.id.inner().to_owned()} draft={Rc::new(draft.clone())} /> },
                        None => html! { <Begin /> },
                    } }
                    { for data.rule_sets.iter().filter(|set| set.state != RuleSetState::Draft).map(published) }
                </div>
            }) }
        </>
    }
}

/// Begins a draft.
#[component]
fn Begin() -> Html {
    let may = use_actor().is_some_and(|actor| actor.may(PermissionCode::RuleEdit));
    let draft = use_mutation::<RuleSetDraft>();
    let form = use_form("begin", Values::default);
    if !may {
        return Html::default();
    }
    let onclick = {
        let draft = draft.clone();
        Callback::from(move |()| {
            let input =
                RuleSetDraftInput { family: RuleFamily::Obligation, idempotency_key: Some(browser::fresh_key()) };
            draft.run(input, Callback::noop());
        })
    };
    let state = draft.state();
    html! {
        <div class="stack">
            { error_summary(&state, &form) }
            <div class="cluster"><Button class="button--primary" icon="plus" busy={state.busy} label={t("起草新规则", "Draft new rules")} {onclick} /></div>
        </div>
    }
}

fn published(set: &RuleSet) -> Html {
    let title = html! { <span class="cluster">{ period(set) }<span class={classes!("status", (set.state == RuleSetState::InForce).then_some("status--success"))}>{ set.state.label() }</span></span> };
    let by = match (&set.created_by, &set.published_by) {
        (Some(drafted), Some(published)) => {
            fill("{0}起草，{1}发布", "Drafted by {0}, published by {1}", &[drafted, published])
        }
        (Some(drafted), None) => fill("{0}起草", "Drafted by {0}", &[drafted]),
        _ => t("随系统提供", "Comes with the product").to_owned(),
    };
    html! {
        <Panel key={set.id.inner().to_owned()} id={format!("rules-{}", set.id.inner())} {title} aside={html! { <span class="meta">{ by }</span> }}>
            if !set.note.is_empty() { <p class="panel__body meta">{ t("依据：", "Source: ") }{ set.note.clone() }</p> }
            { rule_table(set, fill("规则，{0}", "Rules, {0}", &[&period(set)]), None) }
        </Panel>
    }
}

fn period(set: &RuleSet) -> String {
    match (&set.from, &set.until) {
        (Some(from), Some(until)) => fill("{0} 起，到 {1} 前", "From {0}, before {1}", &[&from.0, &until.0]),
        (Some(from), None) => fill("{0} 起", "From {0}", &[&from.0]),
        (None, _) => t("放弃的草稿", "A draft that was given up").to_owned(),
    }
}

/// The rules of a set with what differs from the one before, and what they would hit where that is known.
pub fn rule_table(set: &RuleSet, caption: String, hits: Option<&[RuleHits]>) -> Html {
    let mut columns = vec![Column::new(t("规则", "Rule")), Column::new(t("要求", "What it asks"))];
    if hits.is_some() {
        columns.push(Column::new(t("涉及", "Applies to")).number());
        columns.push(Column::new(t("其中已逾期", "Overdue")).number());
    }
    let rows: Vec<Row> = lines(&set.rules, &set.changes)
        .into_iter()
        .map(|line| {
            let now = line.now.clone().unwrap_or_else(|| t("不再要求", "Not asked any more").to_owned());
            let mut cells = vec![
                html! { <>{ line.label.clone() }if line.changed { { " " }<span class="status status--warn">{ t("有改动", "Changed") }</span> }</> },
                html! { <>{ now }if let Some(before) = &line.before { <p class="meta">{ t("原来：", "Before: ") }<del>{ before.clone() }</del></p> }</> },
            ];
            if let Some(hits) = hits {
                let hit = hits.iter().find(|hit| hit.kind == line.kind);
                let number = |n: Option<i32>| n.map_or_else(|| t("少于 5", "under 5").to_owned(), format::number);
                cells.push(html! { { hit.map(|hit| number(hit.applies)).unwrap_or_default() } });
                cells.push(html! { { hit.map(|hit| number(hit.overdue)).unwrap_or_default() } });
            }
            Row { key: line.label.clone(), cells }
        })
        .collect();
    html! { <Table {caption} {columns} {rows} /> }
}
