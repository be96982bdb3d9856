//! The tree of organizations; a branch loads when it opens.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::model::{below, figure};
use super::operations::{OrganizationTreeQuery, OrganizationTreeRow, OrganizationTreeVariables};
use crate::api::use_query::use_query;
use crate::features::search::SearchBox;
use crate::i18n::t;
use crate::routes;
use crate::ui::async_view::{async_view, skeleton};
use crate::ui::button::Button;
use crate::ui::notice::empty_state;
use crate::ui::page::Panel;
use crate::ui::tree::{Tree, TreeItem};

/// What the tree shows.
#[derive(Properties, PartialEq)]
pub struct OrganizationTreeProps {
    /// The open organization.
    pub selected: Option<Id>,
    /// The organizations above it: their branches are open.
    pub path: Rc<Vec<Id>>,
}

/// The tree with a search above it.
#[component]
pub fn OrganizationTree(props: &OrganizationTreeProps) -> Html {
    let query = use_query::<OrganizationTreeQuery, _>(OrganizationTreeVariables { root: None, depth: Some(1) });
    // A new round closes every branch that was opened by hand.
    let round = use_state(|| 0_usize);
    let collapse = {
        let round = round.clone();
        Callback::from(move |()| round.set(*round + 1))
    };
    let aside =
        html! { <Button class="button--quiet button--sm" label={t("全部收起", "Collapse all")} onclick={collapse} /> };
    html! {
        <Panel id="tree" title={t("组织树", "Tree")} {aside} busy={query.busy}>
            <div class="panel__body stack stack--tight">
                <SearchBox id="tree-search" organizations=true />
                { async_view(&query, t("组织树", "the tree"), 6, |data| {
                    let roots = below(&data.organization_tree.rows, None);
                    if roots.is_empty() {
                        return empty_state(t("没有可以看到的组织", "No organization in sight"), "", Html::default());
                    }
                    let rows = Rc::new(data.organization_tree.rows.clone());
                    let reachable = props.selected.is_none();
                    html! {
                        <Tree label={t("组织树", "Tree of organizations")}>
                            { for roots.into_iter().enumerate().map(|(index, row)| html! {
                                <Branch key={format!("{}-{}", row.id.inner(), *round)} row={row.clone()} known={Some(rows.clone())} selected={props.selected.clone()} path={props.path.clone()} open={true} first={reachable && index == 0} />
                            }) }
                        </Tree>
                    }
                }) }
                <p class="meta">{ t("数字为正式党员和预备党员，含下级。", "Full and probationary members, with everything below.") }</p>
            </div>
        </Panel>
    }
}

#[derive(Properties, PartialEq)]
struct BranchProps {
    row: OrganizationTreeRow,
    /// Rows that came with the parent, if they hold this branch too.
    known: Option<Rc<Vec<OrganizationTreeRow>>>,
    selected: Option<Id>,
    path: Rc<Vec<Id>>,
    open: bool,
    first: bool,
}

#[component]
fn Branch(props: &BranchProps) -> Html {
    let row = &props.row;
    let selected = props.selected.as_ref() == Some(&row.id);
    let on_path = props.path.contains(&row.id);
    let expanded = use_state(|| props.open || on_path);
    {
        let expanded = expanded.clone();
        use_effect_with(on_path, move |on_path| {
            if *on_path {
                expanded.set(true);
            }
        });
    }
    let ontoggle = {
        let expanded = expanded.clone();
        Callback::from(move |()| expanded.set(!*expanded))
    };
    let onselect = {
        let address = routes::organization(&row.id);
        Callback::from(move |()| routes::go(&address))
    };
    let branch = |child: &OrganizationTreeRow| html! { <Branch key={child.id.inner().to_owned()} row={child.clone()} known={None::<Rc<Vec<OrganizationTreeRow>>>} selected={props.selected.clone()} path={props.path.clone()} open={false} first={false} /> };
    let children = match &props.known {
        _ if !*expanded || row.child_count == 0 => Html::default(),
        Some(rows) => html! { { for below(rows, Some(row.id.inner())).into_iter().map(branch) } },
        None => {
            html! { <LazyChildren id={row.id.clone()} selected={props.selected.clone()} path={props.path.clone()} /> }
        }
    };
    html! {
        <TreeItem label={row.name.clone()} spelling={row.sort_key.clone()} count={figure(row.member_count)} expandable={row.child_count > 0} expanded={*expanded} {selected} reachable={selected || props.first} {ontoggle} {onselect}>
            { children }
        </TreeItem>
    }
}

#[derive(Properties, PartialEq)]
struct LazyChildrenProps {
    id: Id,
    selected: Option<Id>,
    path: Rc<Vec<Id>>,
}

#[component]
fn LazyChildren(props: &LazyChildrenProps) -> Html {
    let query = use_query::<OrganizationTreeQuery, _>(OrganizationTreeVariables {
        root: Some(props.id.clone()),
        depth: Some(1),
    });
    match (&query.data, &query.error) {
        (Some(data), _) => {
            let rows = &data.organization_tree.rows;
            let branch = |child: &OrganizationTreeRow| html! { <Branch key={child.id.inner().to_owned()} row={child.clone()} known={None::<Rc<Vec<OrganizationTreeRow>>>} selected={props.selected.clone()} path={props.path.clone()} open={false} first={false} /> };
            html! { { for below(rows, Some(props.id.inner())).into_iter().map(branch) } }
        }
        (None, Some(_)) => {
            html! { <li role="none"><Button class="button--quiet button--sm" icon="refresh" label={t("没有取到，重试", "Not loaded, try again")} onclick={query.retry.clone()} /></li> }
        }
        (None, None) => html! { <li role="none">{ skeleton(1) }</li> },
    }
}
