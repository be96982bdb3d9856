//! The page of the proposals that wait.

use yew::prelude::*;

use super::operations::{ErasedPerson, ErasureProposalsQuery, WaitingErasure};
use crate::api::types::PermissionCode;
use crate::api::use_query::use_query_when;
use crate::features::person::{ConfirmDialog, WithdrawDialog};
use crate::i18n::{format, t};
use crate::routes::{Link, person as address};
use crate::session::actor::use_actor;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};
use crate::ui::table::{Column, Row, Table};

/// What the viewer is about to do, and to whom.
type Open = (ErasedPerson, bool);

/// Proposals, oldest first; those of others are confirmed, every one can be taken back.
#[component]
pub fn ErasuresPage() -> Html {
    let may = use_actor().is_some_and(|actor| actor.may(PermissionCode::PersonErase));
    let query = use_query_when::<ErasureProposalsQuery, ()>(may.then_some(()));
    let open = use_state(|| None::<Open>);
    if !may {
        return html! { <Forbidden /> };
    }
    let show = {
        let open = open.clone();
        Callback::from(move |what: Open| open.set(Some(what)))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let meta = html! { { t("一人提出、另一人确认后，个人信息不可恢复地清除。", "One proposes, another confirms; then what is personal is erased for good.") } };
    html! {
        <>
            <PageHead title={t("清除个人信息", "Erasures")} {meta} />
            <Panel id="erasures" title={t("等待确认的提议", "Proposals that wait")} busy={query.busy}>
                { async_view(&query, t("清除提议", "the proposals"), 4, |data| table(&data.erasure_proposals, &show)) }
            </Panel>
            if let Some((person, confirms)) = (*open).clone() {
                if confirms { <ConfirmDialog id={person.id} name={person.name} version={person.version} {onclose} /> }
                else { <WithdrawDialog id={person.id} name={person.name} version={person.version} {onclose} /> }
            }
        </>
    }
}

fn table(waiting: &[WaitingErasure], show: &Callback<Open>) -> Html {
    if waiting.is_empty() {
        let text = t(
            "在已归档人员的页面上提出后，列在这里等另一位同事确认。",
            "What is proposed on the page of an archived person is listed here for a colleague.",
        );
        return empty_state(t("没有等待确认的提议", "Nothing waits"), text, Html::default());
    }
    let columns = vec![
        Column::new(t("人员", "Person")),
        Column::new(t("理由", "Reason")),
        Column::new(t("提出人", "Proposed by")),
        Column::new(t("时间", "Time")).number(),
        Column::new(t("处理", "Decision")),
    ];
    html! { <Table caption={t("等待确认的提议", "Proposals that wait")} {columns} rows={waiting.iter().map(|row| self::row(row, show)).collect::<Vec<_>>()} /> }
}

fn row(waiting: &WaitingErasure, show: &Callback<Open>) -> Row {
    let time = format::time(&waiting.proposed_at.0);
    let person = waiting.person.as_ref();
    let decide = |confirms: bool| {
        let (show, person) = (show.clone(), person.cloned());
        Callback::from(move |()| {
            if let Some(person) = &person {
                show.emit((person.clone(), confirms));
            }
        })
    };
    let name = person.map(|person| person.name.clone()).unwrap_or_default();
    let own = t("您提出的，等另一位同事", "Yours; a colleague confirms");
    Row {
        key: person.map_or_else(|| time.clone(), |person| person.id.inner().to_owned()),
        cells: vec![
            person
                .map(|person| html! { <Link to={address(&person.id)}>{ person.name.clone() }</Link> })
                .unwrap_or_default(),
            html! { { waiting.reason.clone() } },
            html! { { waiting.proposed_by.clone() } },
            html! { <span class="nowrap">{ time }</span> },
            html! {
                <div class="cluster">
                    if waiting.is_own { <span class="meta">{ own }</span> }
                    else { <Button class="button--danger button--sm" label={t("确认清除", "Confirm")} subject={name.clone()} onclick={decide(true)} /> }
                    <Button class="button--sm" label={t("撤回提议", "Withdraw")} subject={name} onclick={decide(false)} />
                </div>
            },
        ],
    }
}
