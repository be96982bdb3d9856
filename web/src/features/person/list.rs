//! The list of members.

use std::rc::Rc;

use yew::prelude::*;

use super::filters::{Filter, Filters};
use super::model::{order, stage_badge, variables};
use super::operations::{MemberConnection, MemberRow, MembersQuery, SensitiveText};
use crate::api::types::{AgeBand, Education, Labelled, MemberStage, PermissionCode, RecordStatus, Sector, Sex};
use crate::api::use_query::use_query;
use crate::features::organization::use_organization_name;
use crate::i18n::{fill, t};
use crate::routes::{self, Link, Url, organization, person, use_url};
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::ui::async_view::async_view;
use crate::ui::icon::small_icon;
use crate::ui::notice::empty_state;
use crate::ui::page::PageHead;
use crate::ui::pagination::{Pager, count_text};
use crate::ui::table::{Column, Row, Table, next_order, nothing};

fn filters() -> Vec<Filter> {
    vec![
        Filter { name: "stage", label: t("阶段", "Stage"), options: MemberStage::options() },
        Filter { name: "sector", label: t("领域", "Sector"), options: Sector::options() },
        Filter { name: "ageBand", label: t("年龄段", "Age"), options: AgeBand::options() },
        Filter { name: "education", label: t("学历", "Education"), options: Education::options() },
        Filter { name: "sex", label: t("性别", "Sex"), options: Sex::options() },
        Filter { name: "status", label: t("状态", "Status"), options: RecordStatus::options() },
    ]
}

/// The page of the list with filters in the address.
#[component]
pub fn MembersPage() -> Html {
    let url = use_url();
    let query = use_query::<MembersQuery, _>(variables(&url));
    let named = use_organization_name(url.get("organization").map(str::to_owned));
    let count = query.data.as_ref().map(|data| {
        AttrValue::from(fill(
            "共 {0} 人",
            "{0} people",
            &[&count_text(data.members.total_count, data.members.total_count_is_capped)],
        ))
    });
    let crumbs = match (url.get("organization"), &named) {
        (Some(id), Some(name)) => vec![(name.clone(), format!("/organizations/{id}").into())],
        _ => Vec::new(),
    };
    html! {
        <>
            <PageHead title={t("党员与发展", "Members")} {crumbs} actions={html! { <NewPeople /> }} />
            <section class="panel" aria-labelledby="list-title" aria-busy={query.busy.then_some("true")}>
                <h2 class="visually-hidden" id="list-title">{ t("人员名单", "List of people") }</h2>
                { views(&url) }
                <Filters url={url.clone()} filters={filters()} organization={named} {count} />
                { async_view(&query, t("名单", "the list"), 8, |data| rows(&data.members, &url)) }
            </section>
        </>
    }
}

/// Ways to enter somebody, in the organization of the address or the one that the viewer works in.
#[component]
pub fn NewPeople() -> Html {
    let url = use_url();
    let own = use_actor().and_then(|actor| actor.organization_id());
    let place = url.get("organization").map(str::to_owned).or(own.map(|id| id.inner().to_owned())).unwrap_or_default();
    let to = |path: &str| routes::address(path, &[("organization", &place)]);
    html! {
        <>
            <Can permission={PermissionCode::PersonCreate}>
                <Link class="button" to={to("/people/new")}>{ small_icon("plus") }{ t("新增人员", "Add a person") }</Link>
            </Can>
            <Can permission={PermissionCode::MemberCreate}>
                <Link class="button button--primary" to={to("/members/new")}>{ small_icon("plus") }{ t("新增申请人", "Add an applicant") }</Link>
            </Can>
        </>
    }
}

/// Lists that are often asked for.
pub fn views(url: &Url) -> Html {
    let organization = url.get("organization").unwrap_or_default();
    let view = |text: &'static str, path: &str, query: &[(&str, &str)]| {
        let to = query
            .iter()
            .fold(Url::parse(&routes::address(path, &[("organization", organization)])), |url, (name, value)| {
                url.with(name, value)
            });
        let narrowed =
            |url: &Url| url.query.iter().filter(|(name, _)| name != "organization").cloned().collect::<Vec<_>>();
        // The persons who are tied are a list of their own, whatever narrows it.
        let current = to.path == url.path && (path == "/people" || narrowed(&to) == narrowed(url));
        html! { <Link to={to.address()} {current}>{ text }</Link> }
    };
    html! {
        <nav class="tabs" aria-label={t("常用名单", "Frequent lists")}>
            { view(t("全部", "All"), "/members", &[]) }
            { view(t("发展中", "In development"), "/members", &[("stage", "APPLICANT,ACTIVIST,CANDIDATE,PROBATIONARY")]) }
            { view(t("缺培养联系人", "Without a contact person"), "/members", &[("withoutContact", "true")]) }
            { view(t("新业态群体", "New employment"), "/members", &[("sector", "NEW_EMPLOYMENT")]) }
            { view(t("已归档", "Archived"), "/members", &[("status", "ARCHIVED")]) }
            { view(t("关联人员", "Tied persons"), "/people", &[]) }
        </nav>
    }
}

fn rows(page: &MemberConnection, url: &Rc<Url>) -> Html {
    if page.nodes.is_empty() {
        let clear = html! { <Link class="button" to="/members">{ t("清除条件", "Clear filters") }</Link> };
        return empty_state(
            t("没有符合条件的人员", "Nobody matches"),
            t("去掉一些条件，或换一个组织再看。", "Take away some filters or choose another organization."),
            clear,
        );
    }
    html! {
        <>
            <MembersTable url={url.clone()} rows={table_rows(&page.nodes)} />
            <Pager page={page.page_info.clone()} total={page.total_count} capped={page.total_count_is_capped} shown={page.nodes.len()} />
        </>
    }
}

/// What the table shows.
#[derive(Properties, PartialEq)]
pub struct MembersTableProps {
    /// The current address; holds the order.
    pub url: Rc<Url>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// Members as a table that the address sorts.
#[component]
pub fn MembersTable(props: &MembersTableProps) -> Html {
    let order = order(&props.url);
    let columns = vec![
        Column::new(t("姓名", "Name")).sort("NAME"),
        Column::new(t("阶段", "Stage")).sort("STAGE"),
        Column::new(t("组织", "Organization")),
        Column::new(t("领域", "Sector")).wide(),
        Column::new(t("年龄段", "Age")).wide(),
        Column::new(t("学历", "Education")).wide(),
        Column::new(t("手机", "Phone")),
        Column::new(t("申请日期", "Applied on")).number().sort("APPLIED_ON"),
    ];
    let onsort = {
        let url = props.url.clone();
        Callback::from(move |pressed: &'static str| {
            let descending = next_order(order.map(|(field, descending)| (field.code(), descending)), pressed);
            let value = if descending { format!("-{pressed}") } else { pressed.to_owned() };
            routes::go(&url.with("after", "").with("before", "").with("order", &value).address());
        })
    };
    html! { <Table caption={t("人员名单", "List of people")} {columns} rows={props.rows.clone()} sorted={order.map(|(field, descending)| (field.code().into(), descending))} {onsort} /> }
}

/// Rows of the table.
pub fn table_rows(members: &[MemberRow]) -> Vec<Row> {
    let row = |member: &MemberRow| Row { key: member.id.inner().to_owned(), cells: cells(member) };
    members.iter().map(row).collect()
}

/// A name that leads to its record.
pub fn name_cell(id: &cynic::Id, name: &str, status: RecordStatus) -> Html {
    html! { <span class="table__who"><span class="avatar avatar--sm" aria-hidden="true">{ name.chars().next().map(String::from) }</span><Link to={person(id)}>{ name.to_owned() }</Link>if status == RecordStatus::Archived { <span class="tag">{ t("已归档", "Archived") }</span> }</span> }
}

/// A protected value, or nothing.
pub fn masked_cell(value: Option<&SensitiveText>) -> Html {
    match value {
        Some(value) => {
            html! { <span class="num nowrap">{ value.display.clone() }if value.masked { <>{ " " }{ small_icon("lock") }<span class="visually-hidden">{ t("已脱敏", "masked") }</span></> }</span> }
        }
        None => nothing(),
    }
}

fn cells(member: &MemberRow) -> Vec<Html> {
    let home = member.home_organization.as_ref();
    vec![
        name_cell(&member.person.id, &member.person.name, member.person.status),
        stage_badge(member.stage, ""),
        home.map_or_else(nothing, |home| html! { <span><Link class="quiet-link" to={organization(&home.id)}>{ home.name.clone() }</Link>{ " " }<span class="meta">{ home.parent.as_ref().map(|parent| parent.name.clone()) }</span></span> }),
        home.map_or_else(nothing, |home| html! { { home.sector.label() } }),
        member.person.age_band.map_or_else(nothing, |band| html! { <span class="nowrap">{ band.label() }</span> }),
        member.person.education.map_or_else(nothing, |education| html! { { education.label() } }),
        masked_cell(member.person.phone.as_ref()),
        member.applied_on.as_ref().map_or_else(nothing, |day| html! { <span class="nowrap">{ day.0.clone() }</span> }),
    ]
}

/// Whose members.
#[derive(Properties, PartialEq)]
pub struct MembersOfProps {
    /// The organization and what is below it.
    pub organization: cynic::Id,
}

/// The first members of an organization.
#[component]
pub fn MembersOf(props: &MembersOfProps) -> Html {
    let url = use_memo(props.organization.clone(), |id| {
        Url::parse(&routes::address("/members", &[("organization", id.inner())]))
    });
    let query = use_query::<MembersQuery, _>(variables(&url));
    async_view(&query, t("名单", "the list"), 6, |data| {
        if data.members.nodes.is_empty() {
            return empty_state(t("还没有人员", "Nobody yet"), "", Html::default());
        }
        html! { <MembersTable url={url.clone()} rows={table_rows(&data.members.nodes)} /> }
    })
}
