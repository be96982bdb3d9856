//! The list of persons who are tied to organizations.

use yew::prelude::*;

use super::operations::{AffiliationConnection, AffiliationFilter, AffiliationsQuery, AffiliationsVariables, TieRow};
use crate::api::types::{AffiliationKind, Labelled, RecordStatus};
use crate::api::use_query::use_query;
use crate::features::organization::use_organization_name;
use crate::features::person::{Filter, Filters, NewPeople, masked_cell, name_cell, stage_badge, views};
use crate::i18n::{fill, t};
use crate::routes::{Link, Url, organization, use_url};
use crate::ui::async_view::async_view;
use crate::ui::notice::empty_state;
use crate::ui::page::PageHead;
use crate::ui::pagination::{PageArguments, Pager, count_text};
use crate::ui::table::{Column, Row, Table, nothing};

const PAGE_SIZE: i32 = 20;

fn variables(url: &Url) -> AffiliationsVariables {
    let PageArguments { first, after, last, before } = PageArguments::of(url, PAGE_SIZE);
    let filter = AffiliationFilter {
        text: url.get("text").map(str::to_owned),
        organization: url.get("organization").map(cynic::Id::new),
        kind: url.get("kind").and_then(AffiliationKind::from_code).map(|kind| vec![kind]),
        status: url.get("status").and_then(RecordStatus::from_code).map(|status| vec![status]),
    };
    AffiliationsVariables { first, after, last, before, filter: Some(filter) }
}

fn filters() -> Vec<Filter> {
    vec![
        Filter { name: "kind", label: t("关联类别", "Kind of tie"), options: AffiliationKind::options() },
        Filter { name: "status", label: t("状态", "Status"), options: RecordStatus::options() },
    ]
}

/// The page of the list with filters in the address.
#[component]
pub fn PeoplePage() -> Html {
    let url = use_url();
    let query = use_query::<AffiliationsQuery, _>(variables(&url));
    let named = use_organization_name(url.get("organization").map(str::to_owned));
    let count = query.data.as_ref().map(|data| {
        let page = &data.affiliations;
        AttrValue::from(fill("共 {0} 条", "{0} ties", &[&count_text(page.total_count, page.total_count_is_capped)]))
    });
    let crumbs = match (url.get("organization"), &named) {
        (Some(id), Some(name)) => vec![(name.clone(), format!("/organizations/{id}").into())],
        _ => Vec::new(),
    };
    html! {
        <>
            <PageHead title={t("关联人员", "Tied persons")} {crumbs} meta={html! { { t("非党员，以及组织关系在别处、到这里报到的党员。不计入人数。", "Persons without a membership, and members of other organizations. Not counted.") } }} actions={html! { <NewPeople /> }} />
            <section class="panel" aria-labelledby="list-title" aria-busy={query.busy.then_some("true")}>
                <h2 class="visually-hidden" id="list-title">{ t("关联人员名单", "List of tied persons") }</h2>
                { views(&url) }
                <Filters url={url.clone()} filters={filters()} organization={named} {count} />
                { async_view(&query, t("名单", "the list"), 8, |data| rows(&data.affiliations, &url)) }
            </section>
        </>
    }
}

fn rows(page: &AffiliationConnection, url: &Url) -> Html {
    if page.nodes.is_empty() {
        return if url.query.is_empty() {
            let text = t(
                "新增的人员，以及到这里报到的党员，会列在这里。",
                "Persons who are added, and members who report in, are listed here.",
            );
            empty_state(t("还没有关联人员", "Nobody is tied yet"), text, Html::default())
        } else {
            let clear = html! { <Link class="button" to="/people">{ t("清除条件", "Clear filters") }</Link> };
            empty_state(t("没有符合条件的人员", "Nobody matches"), "", clear)
        };
    }
    let columns = vec![
        Column::new(t("姓名", "Name")),
        Column::new(t("关联类别", "Kind of tie")),
        Column::new(t("关联组织", "Tied to")),
        Column::new(t("阶段", "Stage")),
        Column::new(t("手机", "Phone")),
        Column::new(t("起始日期", "Since")).number(),
    ];
    html! {
        <>
            <Table caption={t("关联人员名单", "List of tied persons")} {columns} rows={page.nodes.iter().map(row).collect::<Vec<_>>()} />
            <Pager page={page.page_info.clone()} total={page.total_count} capped={page.total_count_is_capped} shown={page.nodes.len()} />
        </>
    }
}

fn row(tie: &TieRow) -> Row {
    let person = tie.person.as_ref();
    let stage = person.and_then(|person| person.membership.as_ref()).map(|member| stage_badge(member.stage, ""));
    Row {
        key: tie.id.inner().to_owned(),
        cells: vec![
            person.map_or_else(nothing, |person| name_cell(&person.id, &person.name, person.status)),
            html! { { tie.kind.label() } },
            tie.organization.as_ref().map_or_else(
                nothing,
                |place| html! { <Link class="quiet-link" to={organization(&place.id)}>{ place.name.clone() }</Link> },
            ),
            stage.unwrap_or_else(nothing),
            masked_cell(person.and_then(|person| person.phone.as_ref())),
            html! { <span class="nowrap">{ tie.from.0.clone() }</span> },
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_of_an_address_reach_the_server_and_unknown_values_do_not() {
        let asked = variables(&Url::parse("/people?kind=STATION&status=NONSENSE&text=zsl&before=c1"));
        let filter = asked.filter.unwrap_or_default();
        assert_eq!(filter.kind, Some(vec![AffiliationKind::Station]));
        assert_eq!((filter.status, filter.text), (None, Some("zsl".to_owned())));
        assert_eq!((asked.first, asked.last, asked.before), (None, Some(PAGE_SIZE), Some("c1".to_owned())));
    }
}
