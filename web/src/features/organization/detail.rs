//! The page of an organization beside the tree.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::change_dialogs::{ArchiveDialog, RestoreDialog, TermDialog};
use super::leadership::Leadership;
use super::model::{counts_of, has_term, known};
use super::operations::{Organization, OrganizationQuery, OrganizationVariables};
use super::overview::{Children, Overview, People};
use super::structure_dialogs::{MergeDialog, MoveDialog};
use super::tree::OrganizationTree;
use crate::api::types::{Labelled, OrganizationStatus, PermissionCode};
use crate::api::use_query::use_query_when;
use crate::features::access::WhyButton;
use crate::features::attachment::Attachments;
use crate::features::audit::{history_list, object_history};
use crate::features::job::use_recompute;
use crate::i18n::{format, t};
use crate::routes::{self, Link, organization as organization_address, use_url};
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::shell::stop::NotFound;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::icon::{icon, small_icon};
use crate::ui::menu::{Item, Menu};
use crate::ui::notice::{empty_state, notice};
use crate::ui::page::{PageHead, crumbs, use_title};
use crate::ui::tabs::{Tab, Tabs};

/// Which organization.
#[derive(Properties, PartialEq)]
pub struct OrganizationPageProps {
    /// Its id; none for the one that the viewer works in.
    pub id: Option<String>,
}

/// The dialog that is open.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Tree,
    Move,
    Merge,
    Archive,
    Restore,
    Term,
}

/// Tree and organization side by side.
#[component]
pub fn OrganizationPage(props: &OrganizationPageProps) -> Html {
    let actor = use_actor();
    let id = props.id.clone().map(Id::new).or_else(|| actor.and_then(|actor| actor.organization_id()));
    let query = use_query_when::<OrganizationQuery, _>(id.clone().map(|id| OrganizationVariables { id }));
    // While another organization is fetched, the former one must not stand under the new address.
    let organization = query
        .data
        .as_ref()
        .and_then(|data| data.organization.clone())
        .filter(|organization| Some(&organization.id) == id.as_ref())
        .map(Rc::new);
    let path = use_memo(
        organization
            .as_ref()
            .map(|organization| organization.ancestors.iter().map(|above| above.id.clone()).collect::<Vec<_>>()),
        |path| path.clone().unwrap_or_default(),
    );
    let above: Vec<_> = organization
        .iter()
        .flat_map(|organization| &organization.ancestors)
        .map(|above| (above.name.clone().into(), organization_address(&above.id).into()))
        .collect();
    let here = organization.as_ref().map(|organization| organization.name.clone()).unwrap_or_default();
    let content = match (&organization, query.busy, &id) {
        (Some(organization), ..) => {
            html! { <Detail key={organization.id.inner().to_owned()} organization={organization.clone()} path={path.clone()} /> }
        }
        (None, false, Some(_)) if query.error.is_none() => html! { <NotFound /> },
        (None, _, Some(_)) if query.error.is_some() => {
            async_view(&query, t("组织信息", "the organization"), 8, |_| Html::default())
        }
        (None, _, Some(_)) => crate::ui::async_view::skeleton(8),
        (None, _, None) => {
            html! { <><PageHead title={t("组织", "Organizations")} />{ empty_state(t("当前账号没有组织范围", "This account has no organization"), t("可联系本单位的系统管理员。", "The administrator of your unit can help."), Html::default()) }</> }
        }
    };
    html! {
        <>
            { crumbs(&above, &here.into()) }
            <div class="split split--tree">
                <OrganizationTree selected={id} path={path.clone()} />
                <div>{ content }</div>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct DetailProps {
    organization: Rc<Organization>,
    path: Rc<Vec<Id>>,
}

#[component]
fn Detail(props: &DetailProps) -> Html {
    let organization = &props.organization;
    let open = use_state(|| None::<Open>);
    let url = use_url();
    let tab = match url.get("tab") {
        Some(name @ ("children" | "people" | "posts" | "history")) => name.to_owned(),
        _ => "overview".to_owned(),
    };
    use_title(&organization.name.clone().into());
    let show = {
        let open = open.clone();
        Callback::from(move |dialog: Open| open.set(Some(dialog)))
    };
    let recompute = use_recompute(organization.id.clone());
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let onopen = {
        let url = routes::Url { path: organization_address(&organization.id), query: Vec::new() };
        Callback::from(move |name: &'static str| routes::replace(&url.with("tab", name).address()))
    };
    let people: i32 = known(counts_of(&organization.head_count)).iter().sum();
    let tabs = vec![
        Tab { name: "overview", label: t("概况", "Overview"), count: None },
        Tab {
            name: "children",
            label: t("下级组织", "Children"),
            count: Some(format::number(organization.child_count)),
        },
        Tab { name: "people", label: t("人员", "People"), count: Some(format::number(people)) },
        Tab { name: "posts", label: t("班子与换届", "Leadership"), count: None },
        Tab { name: "history", label: t("变动记录", "History"), count: None },
    ];
    let shows_files = tab == "overview";
    let content = match tab.as_str() {
        "children" => html! { <Children organization={organization.clone()} /> },
        "people" => html! { <People id={organization.id.clone()} /> },
        "posts" => html! { <Leadership organization={organization.clone()} onterm={show.reform(|()| Open::Term)} /> },
        "history" => {
            html! { <>{ history_list(&organization.history, true) }<p class="panel__foot">{ object_history(&organization.id) }</p></> }
        }
        _ => html! { <Overview organization={organization.clone()} /> },
    };
    html! {
        <>
            { head(organization, &show, recompute) }
            if organization.status == OrganizationStatus::Archived { { notice("", html! { { t("这个组织已归档，只能查看。", "This organization is archived and can only be read.") } }, Html::default()) } }
            <Tabs label={t("组织详情", "Organization")} {tabs} open={tab} {onopen}>{ content }</Tabs>
            if shows_files { <div class="split--below"><Attachments owner={organization.id.clone()} /></div> }
            { dialog(*open, organization, &props.path, &onclose) }
        </>
    }
}

fn head(organization: &Rc<Organization>, show: &Callback<Open>, recompute: Callback<()>) -> Html {
    let rights = &organization.viewer_can;
    let may = |permission: PermissionCode| rights.contains(&permission);
    let active = organization.status == OrganizationStatus::Active;
    let mut items = Vec::new();
    if active && may(PermissionCode::TermRecord) && has_term(organization) {
        items.push(Item::new("vote", t("登记换届", "Record term"), show.reform(|()| Open::Term)));
    }
    if active && may(PermissionCode::OrganizationMove) {
        items.push(Item::new("move", t("移动组织", "Move"), show.reform(|()| Open::Move)));
    }
    if active && may(PermissionCode::OrganizationMerge) {
        items.push(Item::new("merge", t("合并组织", "Merge"), show.reform(|()| Open::Merge)));
    }
    if active && may(PermissionCode::ObligationRecompute) {
        items.push(Item::new("refresh", t("重新计算应办事项", "Work out obligations again"), recompute));
    }
    if may(PermissionCode::OrganizationArchive) {
        items.push(if active {
            Item::danger("archive", t("归档组织", "Archive"), show.reform(|()| Open::Archive))
        } else {
            Item::new("restore", t("恢复组织", "Restore"), show.reform(|()| Open::Restore))
        });
    }
    let address = organization_address(&organization.id);
    html! {
        <header class="page-header">
            <div>
                <h1 class="page-header__title">{ organization.name.clone() }</h1>
                <p class="page-header__meta cluster">
                    <span class="tag">{ organization.kind.label() }</span><span class="tag">{ organization.level.label() }</span><span class="tag">{ organization.sector.label() }</span>
                    if !active { <span class="badge status status--off">{ t("已归档", "Archived") }</span> }
                    <span class="num">{ t("代码 ", "Code ") }{ organization.code.clone() }</span>
                </p>
            </div>
            <div class="cluster">
                <span class="only-narrow"><Button icon="organization" label={t("组织树", "Tree")} onclick={show.reform(|()| Open::Tree)} /></span>
                <WhyButton object={organization.id.clone()} name={organization.name.clone()} action={PermissionCode::OrganizationRead} />
                if active {
                    <Can permission={PermissionCode::OrganizationUpdate} of={Some(rights.clone())}>
                        <Link class="button" to={format!("{address}/edit")}>{ small_icon("edit") }{ t("编辑组织", "Edit") }</Link>
                    </Can>
                    if may(PermissionCode::OrganizationCreate) && !organization.containable_kinds.is_empty() {
                        <Link class="button" to={routes::address("/organizations/new", &[("parent", organization.id.inner())])}>{ small_icon("plus") }{ t("新建下级", "New child") }</Link>
                    }
                }
                if !items.is_empty() { <Menu class="icon-button" icon_only=true label={t("更多操作", "More actions")} face={icon("more")} {items} /> }
            </div>
        </header>
    }
}

fn dialog(open: Option<Open>, organization: &Rc<Organization>, path: &Rc<Vec<Id>>, onclose: &Callback<()>) -> Html {
    let (organization, onclose) = (organization.clone(), onclose.clone());
    match open {
        None => Html::default(),
        Some(Open::Tree) => html! {
            <Dialog title={t("组织树", "Tree")} {onclose}><div class="dialog__body"><OrganizationTree selected={Some(organization.id.clone())} path={path.clone()} /></div></Dialog>
        },
        Some(Open::Move) => html! { <MoveDialog {organization} {onclose} /> },
        Some(Open::Merge) => html! { <MergeDialog {organization} {onclose} /> },
        Some(Open::Archive) => html! { <ArchiveDialog {organization} {onclose} /> },
        Some(Open::Restore) => html! { <RestoreDialog {organization} {onclose} /> },
        Some(Open::Term) => html! { <TermDialog {organization} {onclose} /> },
    }
}
