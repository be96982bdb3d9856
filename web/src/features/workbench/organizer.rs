//! The organizer's workbench: the subtree at a glance, one step down at a click.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::model::{Key, sorted};
use super::secretary::people;
use crate::api::types::Labelled;
use crate::api::use_query::use_query_when;
use crate::features::audit::history_list;
use crate::features::organization::operations::{
    Child, ObligationKindCount, OrganizationChildrenQuery, OrganizationChildrenVariables, WithChildren,
};
use crate::features::organization::{counts_of, duties, figure, sentence};
use crate::features::person::ACTIVE_STAGES;
use crate::i18n::{fill, format, t};
use crate::routes::{self, Link, Url, address, organization as organization_address, use_url};
use crate::session::actor::{Actor, use_actor};
use crate::shell::stop::NotFound;
use crate::ui::async_view::async_view;
use crate::ui::chart::stacked_bar;
use crate::ui::icon::{hidden_text, small_icon};
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};
use crate::ui::pagination::Pager;
use crate::ui::table::{Column, Row, Table, next_order, zero};

/// Enough for the children of a county in one table.
const CHILDREN: i32 = 100;

/// Children with figures, sorted by what hurts most.
#[component]
pub fn OrganizerWorkbench() -> Html {
    let url = use_url();
    let actor = use_actor();
    let id = url.get("organization").map(Id::new).or_else(|| actor.as_ref().and_then(Actor::organization_id));
    let query = use_query_when::<OrganizationChildrenQuery, _>(id.map(|id| OrganizationChildrenVariables {
        id,
        first: Some(CHILDREN),
        after: url.get("after").map(str::to_owned),
    }));
    if query.data.is_none() && !query.busy && query.error.is_none() {
        return html! { <><PageHead title={t("组织员工作台", "Organizer")} />{ empty_state(t("当前账号没有组织范围", "This account has no organization"), t("可联系本单位的系统管理员。", "The administrator of your unit can help."), Html::default()) }</> };
    }
    let roots: Vec<Id> = actor
        .map(|actor| actor.viewer.organizations.iter().map(|organization| organization.id.clone()).collect())
        .unwrap_or_default();
    async_view(&query, t("组织情况", "the figures"), 8, |data| match &data.organization {
        Some(organization) => page(organization, &url, &roots, query.busy),
        None => html! { <NotFound /> },
    })
}

fn page(organization: &WithChildren, url: &Rc<Url>, roots: &[Id], busy: bool) -> Html {
    // The way up ends at the top of the viewer's scope.
    let start = organization
        .ancestors
        .iter()
        .position(|above| roots.contains(&above.id))
        .unwrap_or(organization.ancestors.len());
    let crumbs: Vec<_> = organization
        .ancestors
        .iter()
        .skip(start)
        .map(|above| {
            (above.name.clone().into(), address("/workbench/organizer", &[("organization", above.id.inner())]).into())
        })
        .collect();
    let below: i32 = organization.organization_count.iter().map(|count| count.count).sum();
    let kinds: Vec<_> = organization
        .organization_count
        .iter()
        .filter(|count| count.count > 0)
        .map(|count| format!("{} {}", count.kind.label(), format::number(count.count)))
        .collect();
    let meta = html! { <>{ fill("下属 {0} 个党组织", "{0} organizations below", &[&format::number(below)]) }if !kinds.is_empty() { <>{ t("：", ": ") }{ kinds.join(t("，", ", ")) }</> }</> };
    let actions = html! {
        <>
            <Link class="button" to={organization_address(&organization.id)}>{ small_icon("organization") }{ t("打开组织", "Open organization") }</Link>
            <Link class="button" to={address("/workbench/secretary", &[("organization", organization.id.inner())])}>{ small_icon("today") }{ t("看要办的事", "To do") }</Link>
        </>
    };
    html! {
        <>
            <PageHead title={organization.name.clone()} {crumbs} {meta} {actions} />
            <div class="stack">
                <Panel id="children" title={t("下级情况", "Children")} aside={legend()} {busy}>{ table(organization, url) }</Panel>
                <Panel id="duties" title={t("各类应办事项", "Duties by kind")} {busy}>{ by_kind(organization) }</Panel>
                <div class="halves">
                    { people(organization) }
                    <Panel id="recent" title={t("最近变动", "Recent changes")}>{ history_list(&organization.history, true) }</Panel>
                </div>
            </div>
        </>
    }
}

fn legend() -> Html {
    let key = |(index, stage): (usize, &crate::api::types::MemberStage)| html! { <span class={format!("legend__key d{}", index + 1)}>{ stage.label() }</span> };
    html! { <span class="meta only-wide cluster cluster--wide">{ for ACTIVE_STAGES.iter().take(4).enumerate().map(key) }</span> }
}

fn table(organization: &WithChildren, url: &Rc<Url>) -> Html {
    if organization.children.nodes.is_empty() {
        let look = html! { <Link class="button" to={address("/workbench/secretary", &[("organization", organization.id.inner())])}>{ t("看要办的事", "To do") }</Link> };
        return empty_state(t("没有下级组织", "No children"), "", look);
    }
    let order = url.get("order").unwrap_or("-OVERDUE");
    let (name, descending) = order.strip_prefix('-').map_or((order, false), |name| (name, true));
    let columns = vec![
        Column::new(t("组织", "Organization")).sort("NAME"),
        Column::new(t("正式党员", "Full")).number().sort("FULL"),
        Column::new(t("预备党员", "Probationary")).number().sort("PROBATIONARY"),
        Column::new(t("发展对象", "Candidates")).number().sort("CANDIDATE"),
        Column::new(t("积极分子", "Activists")).number().sort("ACTIVIST"),
        Column::new(t("申请人", "Applicants")).number().sort("APPLICANT"),
        Column::new(t("发展中构成", "In development")).wide(),
        Column::new(t("待办", "To do")).number().sort("OPEN"),
        Column::new(t("逾期", "Overdue")).number().sort("OVERDUE"),
    ];
    let onsort = {
        let (url, name) = (url.clone(), name.to_owned());
        Callback::from(move |pressed: &'static str| {
            let descending = next_order(Some((&name, descending)), pressed) || (name != pressed && pressed != "NAME");
            let value = if descending { format!("-{pressed}") } else { pressed.to_owned() };
            routes::replace(&url.with("order", &value).address());
        })
    };
    let rows: Vec<_> = sorted(&organization.children.nodes, Key::of(name), descending).into_iter().map(row).collect();
    let more = organization.children.page_info.has_next_page || organization.children.page_info.has_previous_page;
    let shown = organization.children.nodes.len();
    html! {
        <>
            <Table caption={t("下级情况", "Children")} compact=true {columns} {rows} sorted={Some((name.to_owned().into(), descending))} {onsort} />
            if more { <Pager page={organization.children.page_info.clone()} total={organization.children.total_count} capped=false {shown} /> }
        </>
    }
}

/// Open duties of each kind in everything below; every number leads to its list.
fn by_kind(organization: &WithChildren) -> Html {
    if organization.obligation_count_by_kind.is_empty() {
        return empty_state(t("没有要办的事", "Nothing is to be done"), "", Html::default());
    }
    let columns = vec![
        Column::new(t("种类", "Kind")),
        Column::new(t("待办", "To do")).number(),
        Column::new(t("逾期", "Overdue")).number(),
        Column::new(t("已暂缓", "Put off")).number(),
    ];
    let row = |count: &ObligationKindCount| {
        let query = [("organization", organization.id.inner()), ("kind", count.kind.code())];
        let to = address("/workbench/secretary", &query);
        let tail = |text: &'static str| hidden_text(format!("{}{}", count.kind.label(), text));
        let overdue = match count.overdue {
            0 => zero(),
            n => {
                html! { <Link class="status status--danger" to={to.clone()}>{ format::number(n) }{ tail(t("，逾期", ", overdue")) }</Link> }
            }
        };
        Row {
            key: count.kind.code().to_owned(),
            cells: vec![
                html! { <Link to={to.clone()}>{ count.kind.label() }</Link> },
                html! { <Link class="quiet-link" {to}>{ format::number(count.open) }{ tail(t("，待办", ", to do")) }</Link> },
                overdue,
                if count.snoozed == 0 {
                    zero()
                } else {
                    html! { { format::number(count.snoozed) } }
                },
            ],
        }
    };
    let rows: Vec<_> = organization.obligation_count_by_kind.iter().map(row).collect();
    html! { <Table caption={t("各类应办事项", "Duties by kind")} compact=true {columns} {rows} /> }
}

fn row(child: &Child) -> Row {
    let counts = counts_of(&child.head_count);
    let [applicant, activist, candidate, probationary, full] = counts;
    let developing = [applicant, activist, candidate, probationary];
    let door = |stage: usize, count: Option<i32>| {
        let stage = ACTIVE_STAGES.get(stage).map(|stage| stage.code()).unwrap_or_default();
        let to = address("/members", &[("organization", child.id.inner()), ("stage", stage)]);
        if count == Some(0) {
            zero()
        } else {
            html! { <Link class="quiet-link" {to}>{ figure(count) }</Link> }
        }
    };
    let due = address("/workbench/secretary", &[("organization", child.id.inner())]);
    let open = child.obligation_count.open;
    let overdue = match child.obligation_count.overdue {
        0 => zero(),
        count => {
            html! { <Link class="status status--danger" to={due.clone()}>{ format::number(count) }{ hidden_text(t(" 件逾期", " overdue")) }</Link> }
        }
    };
    let drill = if child.child_count > 0 {
        address("/workbench/organizer", &[("organization", child.id.inner())])
    } else {
        due.clone()
    };
    Row {
        key: child.id.inner().to_owned(),
        cells: vec![
            html! { <Link to={drill}>{ child.name.clone() }</Link> },
            door(4, full),
            door(3, probationary),
            door(2, candidate),
            door(1, activist),
            door(0, applicant),
            stacked_bar(
                &developing.map(Option::unwrap_or_default),
                format!("{}{}", t("发展中：", "In development: "), sentence(&developing)),
                true,
            ),
            if open == 0 {
                duties(0, 0)
            } else {
                html! { <Link class="quiet-link" to={due}>{ format::number(open) }</Link> }
            },
            overdue,
        ],
    }
}
