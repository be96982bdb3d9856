//! What became of each, and the slips to print.

use yew::prelude::*;

use super::model::Planned;
use super::operations::AccountForPost;
use super::page::Done;
use super::slip::{SlipFacts, slip};
use crate::api::types::Labelled;
use crate::i18n::{fill, t};
use crate::routes::{Link, may_leave, use_warning};
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::notice::notice;
use crate::ui::page::Panel;

/// What was done.
#[derive(Properties, PartialEq)]
pub struct ResultsProps {
    /// Rows with their outcomes.
    pub rows: Done,
    /// Called to choose others.
    pub onback: Callback<()>,
}

/// Failures first, then the slips. They are shown this once, so leaving asks first.
#[component]
pub fn Results(props: &ResultsProps) -> Html {
    let mut opened: Vec<(&Planned, &AccountForPost)> = Vec::new();
    let mut refused: Vec<(&Planned, &String)> = Vec::new();
    for (row, outcome) in props.rows.iter() {
        match outcome {
            Ok(account) => opened.push((row, account)),
            Err(error) => refused.push((row, error)),
        }
    }
    use_warning((!opened.is_empty()).then(|| {
        t(
            "纸条上的链接离开后不再显示，没打印的要逐个补发。确定离开吗？",
            "The links on the slips are not shown again; those not printed have to be made anew. Leave?",
        )
    }));
    let onback = {
        let onback = props.onback.clone();
        Callback::from(move |()| {
            if may_leave() {
                onback.emit(());
            }
        })
    };
    let onprint = Callback::from(|()| {
        if let Some(window) = browser::window() {
            let _ = window.print();
        }
    });
    let counts = [opened.len().to_string(), refused.len().to_string()];
    let summary =
        fill("已开设 {0} 个账号，{1} 个没有办成。", "{0} accounts opened, {1} not.", &[&counts[0], &counts[1]]);
    let waiting = opened.iter().filter(|(_, one)| one.grant.as_ref().is_some_and(|grant| grant.waiting)).count();
    html! {
        <>
            <Panel id="outcome" title={t("办理结果", "What became of it")}>
                <div class="panel__body stack">
                    <p role="status">{ summary }</p>
                    if !refused.is_empty() { <ul class="list list--tight">{ for refused.iter().map(|(row, error)| failure(row, error)) }</ul> }
                    if waiting > 0 {
                        { notice("warn", html! { { fill("{0} 个角色要等第二人确认，确认前能登录，但还没有权限。", "{0} roles wait for a second holder; until then their holders sign in without rights.", &[&waiting.to_string()]) } }, html! { <Link to="/desk/grants?status=WAITING">{ t("待确认的授权", "Grants that wait") }</Link> }) }
                    }
                    if !opened.is_empty() {
                        <p>{ t("打印后裁开，当面交给本人。链接只在这里显示一次，离开后不再显示。", "Print, cut apart and hand over in person. The links are shown here once, and not again after leaving.") }</p>
                    }
                    <div class="cluster">
                        if !opened.is_empty() { <Button class="button--primary" label={t("打印纸条", "Print the slips")} onclick={onprint} /> }
                        <Button label={t("继续选人", "Choose others")} onclick={onback} />
                    </div>
                </div>
            </Panel>
            if !opened.is_empty() {
                <section class="slips" aria-label={t("一次性纸条", "One-time slips")}>{ for opened.iter().map(|(row, one)| paper(row, one)) }</section>
            }
        </>
    }
}

fn failure(row: &Planned, error: &str) -> Html {
    let post = row.candidate.post.title.label();
    html! {
        <li key={row.candidate.post.id.inner().to_owned()}>
            { fill("{0}，{1}，{2}", "{0}, {1}, {2}", &[&row.candidate.person_name, post, &row.candidate.place()]) }
            <br /><span class="status status--danger">{ error.to_owned() }</span>
        </li>
    }
}

fn paper(row: &Planned, one: &AccountForPost) -> Html {
    let place = row.candidate.place();
    let facts = SlipFacts {
        person: &row.candidate.person_name,
        post: row.candidate.post.title.label(),
        place: &place,
        account: &one.account.name,
    };
    html! { <article class="slip" key={row.candidate.post.id.inner().to_owned()}>{ slip(&facts, one.slip.as_ref()) }</article> }
}
