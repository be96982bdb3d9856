//! The secretary's workbench: what is due this week in the own organization.

use cynic::Id;
use yew::prelude::*;

use crate::api::types::PermissionCode;
use crate::api::use_query::{QueryHandle, use_query_when};
use crate::features::audit::history_list;
use crate::features::obligation::DueList;
use crate::features::organization::operations::{
    OrganizationChildrenQuery, OrganizationChildrenVariables, WithChildren,
};
use crate::features::organization::{counts_of, known, sentence, stage_legend, total};
use crate::i18n::{fill, format, t};
use crate::routes::{Link, address, organization as organization_address, use_url};
use crate::session::actor::{Actor, use_actor};
use crate::session::can::Can;
use crate::shell::stop::NotFound;
use crate::ui::async_view::async_view;
use crate::ui::chart::stacked_bar;
use crate::ui::icon::small_icon;
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};

/// What is due, who is there, what changed.
#[component]
pub fn SecretaryWorkbench() -> Html {
    let url = use_url();
    let actor = use_actor();
    let id = url.get("organization").map(Id::new).or_else(|| actor.as_ref().and_then(Actor::organization_id));
    // Figures and history only: no children are asked for beyond the first.
    let query = use_query_when::<OrganizationChildrenQuery, _>(id.clone().map(|id| OrganizationChildrenVariables {
        id,
        first: Some(1),
        after: None,
    }));
    let (Some(actor), Some(id)) = (actor, id) else {
        return html! { <><PageHead title={t("本周待办", "This week")} />{ empty_state(t("当前账号没有组织范围", "This account has no organization"), t("可联系本单位的系统管理员。", "The administrator of your unit can help."), Html::default()) }</> };
    };
    let actions = html! {
        <Can permission={PermissionCode::MemberCreate}>
            <Link class="button" to={address("/members/new", &[("organization", id.inner())])}>{ small_icon("plus") }{ t("新增申请人", "Add an applicant") }</Link>
        </Can>
    };
    if query.data.as_ref().is_some_and(|data| data.organization.is_none()) {
        return html! { <NotFound /> };
    }
    html! {
        <>
            <PageHead title={t("本周待办", "This week")} meta={meta(&query)} {actions} />
            <div class="split">
                <div class="stack">
                    <DueList key={format!("{}{}", id.inner(), url.get("kind").unwrap_or_default())} organization={id.clone()} today={actor.viewer.today.0.clone()} />
                    <Panel id="recent" title={t("最近变动", "Recent changes")} aside={html! { <Link to={format!("{}?tab=history", organization_address(&id))}>{ t("全部变动", "All changes") }</Link> }} busy={query.busy}>
                        { async_view(&query, t("最近变动", "recent changes"), 3, |data| data.organization.as_ref().map(|organization| history_list(&organization.history, true)).unwrap_or_default()) }
                    </Panel>
                </div>
                <div class="stack">
                    { async_view(&query, t("人数", "the counts"), 5, |data| data.organization.as_ref().map(people).unwrap_or_default()) }
                </div>
            </div>
        </>
    }
}

fn meta(query: &QueryHandle<OrganizationChildrenQuery>) -> Html {
    let Some(organization) = query.data.as_ref().and_then(|data| data.organization.as_ref()) else {
        return Html::default();
    };
    let count = &organization.obligation_count;
    let text = match (count.open, count.overdue) {
        (0, _) => t("没有未办的事。", "Nothing open.").to_owned(),
        (open, 0) => fill("还有 {0} 件，没有逾期。", "{0} open, none overdue.", &[&format::number(open)]),
        (open, overdue) => fill(
            "还有 {0} 件，其中 {1} 件逾期。",
            "{0} open, {1} of them overdue.",
            &[&format::number(open), &format::number(overdue)],
        ),
    };
    html! { <>{ organization.name.clone() }{ t("，", ": ") }{ text }</> }
}

/// Head count by stage; every number leads to its list.
pub fn people(organization: &WithChildren) -> Html {
    let counts = counts_of(&organization.head_count);
    let title = html! { <>{ t("人数", "People") }{ " " }<span class="num">{ total(counts) }</span></> };
    let list = html! { <Link to={address("/members", &[("organization", organization.id.inner())])}>{ t("名册", "List") }</Link> };
    html! {
        <Panel id="count" {title} aside={list}>
            <div class="panel__body stack stack--tight">
                { stacked_bar(&known(counts), sentence(&counts), false) }
                { stage_legend(&organization.id, counts, false) }
            </div>
        </Panel>
    }
}
