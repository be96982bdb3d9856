//! All roles beside all permissions, by the ARIA pattern of a grid: arrow keys, Home and End, the page keys; the space bar
//! takes and gives where the role may be edited.

use std::collections::BTreeMap;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::list::{address, origin};
use super::model::{Content, groups, moved};
use super::operations::{Permission, Role, RoleMatrixQuery, RoleUpdateInput};
use super::save::SaveDialog;
use crate::api::types::{PermissionCode, RolePart};
use crate::api::use_query::use_query;
use crate::i18n::{fill, t};
use crate::routes::{Link, use_unsaved};
use crate::session::actor::use_actor;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::browser;
use crate::ui::button::{Button, Segmented};
use crate::ui::icon::small_icon;
use crate::ui::page::{PageHead, Panel};

/// The page of the matrix.
#[component]
pub fn RoleMatrixPage() -> Html {
    let query = use_query::<RoleMatrixQuery, _>(());
    if !use_actor().is_some_and(|actor| actor.may(PermissionCode::RoleRead)) {
        return html! { <Forbidden /> };
    }
    let meta = html! { { t("用方向键移动，Home 和 End 到行首行尾；空格键勾选可以修改的角色。", "Move with the arrow keys, Home and End; the space bar ticks where a role may be changed.") } };
    html! {
        <>
            <PageHead title={t("角色与权限对照", "Matrix of permissions")} crumbs={vec![(t("角色", "Roles").into(), "/desk/roles".into())]} {meta} />
            { async_view(&query, t("角色与权限", "roles and permissions"), 10, |data| html! {
                <Matrix roles={Rc::new(data.roles.clone())} catalogue={Rc::new(data.permissions.clone())} />
            }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct MatrixProps {
    roles: Rc<Vec<Role>>,
    catalogue: Rc<Vec<Permission>>,
}

/// What is changed of a role and not saved, by its id, with the version that it was changed from.
type Drafts = BTreeMap<String, (Content, i32)>;

#[component]
fn Matrix(props: &MatrixProps) -> Html {
    let part = use_state(|| RolePart::Use);
    let drafts = use_state(Drafts::new);
    let saving = use_state(|| None::<String>);
    use_unsaved(!drafts.is_empty());
    let onchange = {
        let part = part.clone();
        Callback::from(move |value: &'static str| {
            part.set(if value == "pass" { RolePart::PassOn } else { RolePart::Use });
        })
    };
    let options = vec![("use", t("使用", "Use")), ("pass", t("转授", "Pass on"))];
    let switch = html! { <Segmented label={t("看哪一种", "Which kind")} {options} value={if *part == RolePart::Use { "use" } else { "pass" }} {onchange} /> };
    let ontoggle = {
        let (drafts, roles, part) = (drafts.clone(), props.roles.clone(), *part);
        Callback::from(move |(column, code): (usize, PermissionCode)| {
            let Some(role) = roles.get(column) else { return };
            let mut next = (*drafts).clone();
            let (content, version) = next.remove(role.id.inner()).unwrap_or_else(|| (Content::of(role), role.version));
            let content = content.toggled(part, code);
            if content.differences(&Content::of(role)) > 0 {
                next.insert(role.id.inner().to_owned(), (content, version));
            }
            drafts.set(next);
        })
    };
    let drop_draft = {
        let (drafts, saving) = (drafts.clone(), saving.clone());
        Callback::from(move |id: String| {
            let mut next = (*drafts).clone();
            next.remove(&id);
            drafts.set(next);
            saving.set(None);
        })
    };
    let save = {
        let saving = saving.clone();
        Callback::from(move |id: Option<String>| saving.set(id))
    };
    let changed: Vec<(&Role, &(Content, i32))> =
        props.roles.iter().filter_map(|role| Some((role, drafts.get(role.id.inner())?))).collect();
    let dialog = changed.iter().find(|(role, _)| saving.as_deref() == Some(role.id.inner())).map(|(role, draft)| {
        let id = role.id.inner().to_owned();
        html! { <SaveDialog name={role.name.clone()} input={input(role, draft)} onsaved={drop_draft.reform(move |()| id.clone())} onclose={save.reform(|()| None)} /> }
    });
    let bar = |(role, (content, _)): &(&Role, &(Content, i32))| {
        let (id, other) = (role.id.inner().to_owned(), role.id.inner().to_owned());
        let count = content.differences(&Content::of(role)).to_string();
        html! {
            <div class="bulk-bar spread" key={id.clone()}>
                <p><b>{ role.name.clone() }</b>{ " " }<span class="status status--warn">{ fill("{0} 处修改未保存", "{0} changes not saved", &[&count]) }</span></p>
                <div class="cluster">
                    <Button class="button--quiet button--sm" label={t("放弃修改", "Discard changes")} subject={role.name.clone()} onclick={drop_draft.reform(move |()| id.clone())} />
                    <Button class="button--primary button--sm" label={t("预览并保存", "Preview and save")} subject={role.name.clone()} onclick={save.reform(move |()| Some(other.clone()))} />
                </div>
            </div>
        }
    };
    html! {
        <Panel id="matrix" title={t("角色与权限", "Roles and permissions")} aside={switch}>
            <div aria-live="polite">{ for changed.iter().map(bar) }</div>
            <Grid roles={props.roles.clone()} catalogue={props.catalogue.clone()} drafts={(*drafts).clone()} part={*part} {ontoggle} />
            { dialog }
        </Panel>
    }
}

fn input(role: &Role, (content, version): &(Content, i32)) -> RoleUpdateInput {
    RoleUpdateInput {
        role: role.id.clone(),
        name: None,
        name_en: None,
        sentence: None,
        sentence_en: None,
        workbench: None,
        permissions: Some(content.permissions.clone()),
        pass_on: Some(content.pass_on.clone()),
        version: *version,
    }
}

#[derive(Properties, PartialEq)]
struct GridProps {
    roles: Rc<Vec<Role>>,
    catalogue: Rc<Vec<Permission>>,
    drafts: Drafts,
    part: RolePart,
    ontoggle: Callback<(usize, PermissionCode)>,
}

/// The place that the focused or pressed cell says it has.
fn place(event: &Event) -> Option<(usize, usize)> {
    let cell = event.target()?.dyn_into::<Element>().ok()?.closest("[data-cell]").ok()??;
    let (row, column) =
        cell.get_attribute("data-cell")?.split_once('-').map(|(row, column)| (row.to_owned(), column.to_owned()))?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

#[component]
fn Grid(props: &GridProps) -> Html {
    let node = use_node_ref();
    let here = use_state(|| (0_usize, 0_usize));
    let size = (props.catalogue.len(), props.roles.len());
    let toggle = {
        let (roles, catalogue, ontoggle) = (props.roles.clone(), props.catalogue.clone(), props.ontoggle.clone());
        Callback::from(move |(row, column): (usize, usize)| {
            let (Some(role), Some(permission)) = (roles.get(column), catalogue.get(row)) else { return };
            if editable(role) {
                ontoggle.emit((column, permission.code));
            }
        })
    };
    let onkeydown = {
        let (node, toggle) = (node.clone(), toggle.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(from) = place(&event) else { return };
            if event.key() == " " {
                event.prevent_default();
                return toggle.emit(from);
            }
            let far = event.ctrl_key() || event.meta_key();
            let Some((row, column)) = moved(from, &event.key(), far, size) else { return };
            event.prevent_default();
            let cell = node
                .cast::<Element>()
                .and_then(|grid| grid.query_selector(&format!("[data-cell='{row}-{column}']")).ok().flatten());
            if let Some(cell) = cell {
                browser::focus_element(&cell);
            }
        })
    };
    let onclick = Callback::from(move |event: MouseEvent| {
        if let Some(place) = place(&event) {
            toggle.emit(place);
        }
    });
    let onfocusin = {
        let here = here.clone();
        Callback::from(move |event: FocusEvent| {
            if let Some(place) = place(&event) {
                here.set(place);
            }
        })
    };
    let mut number = 0;
    let mut body = Vec::new();
    for (label, permissions) in groups(&props.catalogue) {
        body.push(html! { <tr class="matrix__group" key={label.to_owned()}><th scope="rowgroup">{ label.to_owned() }</th><td colspan={props.roles.len().to_string()}></td></tr> });
        for permission in permissions {
            body.push(line(props, permission, number, *here));
            number += 1;
        }
    }
    html! {
        <div class="table-wrap matrix-wrap">
            <table role="grid" class="table table--compact matrix" ref={node} aria-label={t("行是权限，列是角色", "Permissions in rows, roles in columns")} {onkeydown} {onclick} {onfocusin}>
                <thead><tr><th scope="col">{ t("权限", "Permission") }</th>{ for props.roles.iter().map(|role| head(role, props.drafts.contains_key(role.id.inner()))) }</tr></thead>
                <tbody>{ for body }</tbody>
            </table>
        </div>
    }
}

fn editable(role: &Role) -> bool {
    role.viewer_can.contains(&PermissionCode::RoleEdit)
}

fn head(role: &Role, changed: bool) -> Html {
    html! { <th scope="col" class={classes!(changed.then_some("is-edited"))}><Link to={address(&role.id)}>{ role.name.clone() }</Link><br />{ origin(role) }</th> }
}

fn line(props: &GridProps, permission: &Permission, row: usize, here: (usize, usize)) -> Html {
    let cell = |(column, role): (usize, &Role)| {
        let saved = Content::of(role);
        let content = props.drafts.get(role.id.inner()).map_or_else(|| saved.clone(), |(content, _)| content.clone());
        let has = content.has(props.part, permission.code);
        let class = classes!((has != saved.has(props.part, permission.code)).then_some("is-edited"));
        let free = editable(role);
        html! {
            <td {class}>
                <span role="checkbox" class={classes!("matrix__cell", free.then_some("matrix__cell--free"), if has { "matrix__has" } else { "matrix__no" })}
                    tabindex={if here == (row, column) { "0" } else { "-1" }} data-cell={format!("{row}-{column}")}
                    aria-checked={if has { "true" } else { "false" }} aria-readonly={(!free).then_some("true")} aria-label={fill("{0}：{1}", "{0}: {1}", &[&role.name, &permission.label])}>
                    if has { { small_icon("check") } } else { <span aria-hidden="true">{ "·" }</span> }
                </span>
            </td>
        }
    };
    html! {
        <tr key={permission.name.clone()}>
            <th scope="row" title={permission.sentence.clone()}>{ permission.label.clone() }<code class="meta only-wide">{ permission.name.clone() }</code></th>
            { for props.roles.iter().enumerate().map(cell) }
        </tr>
    }
}
