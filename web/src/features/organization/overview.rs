//! Tabs of an organization's page: overview, children, people.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::leadership::holder;
use super::model::{counts_of, figure};
use super::operations::{
    Child, ChildConnection, Organization, OrganizationChildrenQuery, OrganizationChildrenVariables,
};
use super::parts::stage_legend;
use crate::api::types::{Labelled, PostTitle};
use crate::api::use_query::use_query;
use crate::features::person::MembersOf;
use crate::i18n::{fill, format, t};
use crate::routes::{Link, address, organization as organization_address};
use crate::ui::async_view::async_view;
use crate::ui::notice::{empty_state, notice};
use crate::ui::table::{Column, Row, Table};

/// What a tab shows.
#[derive(Properties, PartialEq)]
pub struct TabProps {
    /// The organization.
    pub organization: Rc<Organization>,
}

/// Facts, people by stage, leading body.
#[component]
pub fn Overview(props: &TabProps) -> Html {
    let organization = &props.organization;
    html! {
        <div class="panel__body stack stack--loose">
            { overdue(organization) }
            { facts(organization) }
            <div class="halves halves--wide">
                <section class="stack stack--tight" aria-labelledby="stage-title">
                    <h2 class="panel__title" id="stage-title">{ t("各阶段人数", "People by stage") }{ " " }<span class="meta">{ t("含下级", "with everything below") }</span></h2>
                    { stage_legend(&organization.id, counts_of(&organization.head_count), true) }
                </section>
                <section class="stack stack--tight" aria-labelledby="board-title">
                    <h2 class="panel__title" id="board-title">{ t("班子成员", "Leading body") }</h2>
                    if organization.posts.is_empty() { <p class="meta">{ t("还没有登记班子成员。", "No posts recorded yet.") }</p> } else {
                        <ul class="list list--tight list--flush">
                            { for organization.posts.iter().map(|post| html! {
                                <li class="spread"><span class="table__who"><span class="avatar avatar--sm" aria-hidden="true">{ post.holder().chars().next().map(String::from) }</span>{ holder(post) }</span><span class="muted">{ post.title.label() }</span></li>
                            }) }
                        </ul>
                    }
                </section>
            </div>
        </div>
    }
}

fn overdue(organization: &Organization) -> Html {
    if organization.obligation_count.overdue == 0 {
        return Html::default();
    }
    let look = html! { <Link class="nowrap" to={address("/workbench/secretary", &[("organization", organization.id.inner())])}>{ t("看要办的事", "Look at them") }</Link> };
    notice(
        "warn",
        html! { <b>{ fill("有 {0} 件事逾期。", "{0} overdue.", &[&format::number(organization.obligation_count.overdue)]) }</b> },
        look,
    )
}

fn facts(organization: &Organization) -> Html {
    let fact = |label: &'static str, value: Option<Html>| html! { <div><dt>{ label }</dt><dd>{ value.unwrap_or_else(|| html! { <span class="table__empty">{ t("未填写", "Not filled in") }</span> }) }</dd></div> };
    let text = |value: &Option<String>| value.as_ref().map(|value| html! { { value.clone() } });
    let secretary = organization.posts.iter().find(|post| post.title == PostTitle::Secretary);
    let vacant = || html! { <span class="status status--warn">{ t("空缺", "Vacant") }</span> };
    html! {
        <dl class="facts">
            { fact(t("书记", "Secretary"), Some(secretary.map_or_else(vacant, |post| html! { <>{ holder(post) }{ " " }<span class="meta">{ fill("{0} 起", "since {0}", &[&post.from.0]) }</span></> }))) }
            { fact(t("任期", "Term"), organization.term.as_ref().map(|term| html! { { fill("{0} 至 {1}", "{0} to {1}", &[&term.from.0, &term.until.0]) } })) }
            { organization.branch_form.map(|form| fact(t("设置方式", "Form"), Some(html! { { form.label() } }))) }
            { fact(t("行政区划", "Division"), organization.division.as_ref().map(|division| html! { { division.path.join(" ") } })) }
            { fact(t("成立日期", "Founded on"), organization.founded_on.as_ref().map(|day| html! { { day.0.clone() } })) }
            { fact(t("办公电话", "Office phone"), text(&organization.office_phone)) }
            { fact(t("办公地址", "Office address"), text(&organization.office_address)) }
        </dl>
    }
}

const CHILDREN: i32 = 100;

/// The direct children with their figures.
#[component]
pub fn Children(props: &TabProps) -> Html {
    let query = use_query::<OrganizationChildrenQuery, _>(OrganizationChildrenVariables {
        id: props.organization.id.clone(),
        first: Some(CHILDREN),
        after: None,
    });
    async_view(&query, t("下级组织", "children"), 5, |data| match &data.organization {
        Some(organization) => children_table(&organization.children),
        None => Html::default(),
    })
}

fn children_table(children: &ChildConnection) -> Html {
    if children.nodes.is_empty() {
        return empty_state(t("没有下级组织", "No children"), "", Html::default());
    }
    let columns = vec![
        Column::new(t("组织", "Organization")),
        Column::new(t("类别", "Kind")),
        Column::new(t("党员", "Members")).number(),
        Column::new(t("发展中", "In development")).number(),
        Column::new(t("下级", "Children")).number(),
        Column::new(t("要办的事", "To do")),
    ];
    let row = |child: &Child| {
        let [applicant, activist, candidate, probationary, full] = counts_of(&child.head_count);
        Row {
            key: child.id.inner().to_owned(),
            cells: vec![
                html! { <Link to={organization_address(&child.id)}>{ child.name.clone() }</Link> },
                html! { { child.kind.label() } },
                html! { { figure(full.zip(probationary).map(|(full, probationary)| full + probationary)) } },
                html! { { figure([applicant, activist, candidate].into_iter().sum()) } },
                html! { { format::number(child.child_count) } },
                duties(child.obligation_count.open, child.obligation_count.overdue),
            ],
        }
    };
    let more = usize::try_from(children.total_count).unwrap_or(0) > children.nodes.len();
    html! {
        <>
            <Table caption={t("下级组织", "Children")} compact=true {columns} rows={children.nodes.iter().map(row).collect::<Vec<_>>()} />
            if more { <p class="panel__foot">{ fill("列出前 {0} 个，共 {1} 个。其余可在组织树或搜索中找到。", "The first {0} of {1}. The rest is in the tree and the search.", &[&children.nodes.len().to_string(), &format::number(children.total_count)]) }</p> }
        </>
    }
}

/// Open and overdue duties as a status.
pub fn duties(open: i32, overdue: i32) -> Html {
    match (open, overdue) {
        (_, 1..) => {
            html! { <span class="status status--danger">{ fill("{0} 件逾期", "{0} overdue", &[&format::number(overdue)]) }</span> }
        }
        (1.., _) => html! { <span class="status">{ fill("{0} 件待办", "{0} to do", &[&format::number(open)]) }</span> },
        _ => html! { <span class="status status--success">{ t("已办结", "Done") }</span> },
    }
}

/// Whose people.
#[derive(Properties, PartialEq)]
pub struct PeopleProps {
    /// The organization.
    pub id: Id,
}

/// The first people of the organization, and the way to all of them.
#[component]
pub fn People(props: &PeopleProps) -> Html {
    html! {
        <>
            <MembersOf organization={props.id.clone()} />
            <p class="panel__foot"><Link to={address("/members", &[("organization", props.id.inner())])}>{ t("打开名册", "Open the list") }</Link></p>
        </>
    }
}
