//! Sign-ins of an account: where, when, what came of it.

use cynic::Id;
use yew::prelude::*;

use super::operations::{SignInEventsQuery, SignInEventsVariables};
use crate::api::types::{Labelled, SignInOutcome};
use crate::api::use_query::use_query;
use crate::i18n::{format, t};
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::empty_line;
use crate::ui::page::Panel;
use crate::ui::table::{Column, Row, Table};

/// Whose.
#[derive(Properties, PartialEq)]
pub struct SignInsProps {
    /// The account.
    pub account: Id,
}

/// Rows at first, and with each wish for more.
const STEP: i32 = 10;

/// The newest sign-ins, those that failed too.
#[component]
pub fn SignIns(props: &SignInsProps) -> Html {
    let first = use_state(|| STEP);
    let query = use_query::<SignInEventsQuery, _>(SignInEventsVariables {
        account: props.account.clone(),
        first: Some(*first),
    });
    let onmore = {
        let first = first.clone();
        Callback::from(move |()| first.set((*first + STEP).min(100)))
    };
    let columns =
        vec![Column::new(t("时间", "When")), Column::new(t("结果", "Outcome")), Column::new(t("地址", "Address"))];
    html! {
        <Panel id="sign-ins" title={t("登录记录", "Sign-ins")} busy={query.busy}>
            { async_view(&query, t("登录记录", "sign-ins"), 5, |data| {
                let page = &data.sign_in_events;
                if page.nodes.is_empty() {
                    return empty_line(t("近 200 天没有登录。", "No sign-in in 200 days."));
                }
                let more = page.page_info.has_next_page && *first < 100;
                let rows = page.nodes.iter().enumerate().map(|(place, event)| Row {
                    key: place.to_string(),
                    cells: vec![
                        html! { { format::time(&event.at.0) } },
                        outcome(event.outcome),
                        html! { <span class="num">{ event.address.clone() }</span> },
                    ],
                });
                html! {
                    <>
                        <Table caption={t("登录记录", "Sign-ins")} compact=true columns={columns.clone()} rows={rows.collect::<Vec<_>>()} />
                        if more { <div class="pager"><Button class="button--sm" label={t("显示更多", "Show more")} onclick={onmore.clone()} /></div> }
                    </>
                }
            }) }
        </Panel>
    }
}

fn outcome(outcome: SignInOutcome) -> Html {
    let tone = match outcome {
        SignInOutcome::SignedIn => "status--done",
        SignInOutcome::CodeAsked => "status--info",
        _ => "status--danger",
    };
    html! { <span class={classes!("status", tone)}>{ outcome.label() }</span> }
}
