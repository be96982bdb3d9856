//! The page of one role, and that of a new one.

use std::rc::Rc;

use yew::prelude::*;

use super::catalogue::Catalogue;
use super::dialogs::{ArchiveDialog, RestoreDialog};
use super::form::fields;
use super::list::{address, origin};
use super::model::{Content, NAME, NAME_EN, SENTENCE, SENTENCE_EN, WORKBENCH, values_of};
use super::operations::{
    MadeRole, Permission, Role, RoleCreate, RoleCreateInput, RoleQuery, RoleUpdateInput, RoleVariables,
};
use super::save::SaveDialog;
use crate::api::types::{Labelled, PermissionCode, Workbench};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::audit::ObjectHistory;
use crate::i18n::{fill, format, t};
use crate::routes::{self, Link, use_unsaved, use_url};
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::shell::stop::{Forbidden, NotFound};
use crate::ui::async_view::async_view;
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::form::{FormHandle, Values, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::icon::small_icon;
use crate::ui::notice::notice;
use crate::ui::page::{PageHead, Panel};
use crate::ui::toast::use_toaster;

/// Which role.
#[derive(Properties, PartialEq)]
pub struct RolePageProps {
    /// Its id.
    pub id: String,
}

/// One role.
#[component]
pub fn RolePage(props: &RolePageProps) -> Html {
    let query = use_query::<RoleQuery, _>(RoleVariables { id: cynic::Id::new(&props.id) });
    async_view(&query, t("角色", "the role"), 8, |data| match &data.role {
        Some(role) => {
            html! { <Editor role={Rc::new(role.clone())} catalogue={Rc::new(data.permissions.clone())} /> }
        }
        None => html! { <NotFound /> },
    })
}

/// A new role, or a copy of the one that the address names.
#[component]
pub fn RoleNewPage() -> Html {
    let from = use_url().get("from").unwrap_or_default().to_owned();
    let query = use_query::<RoleQuery, _>(RoleVariables { id: cynic::Id::new(from) });
    if !use_actor().is_some_and(|actor| actor.may(PermissionCode::RoleEdit)) {
        return html! { <Forbidden /> };
    }
    async_view(&query, t("权限", "the permissions"), 8, |data| {
        html! { <Creator from={data.role.clone().map(Rc::new)} catalogue={Rc::new(data.permissions.clone())} /> }
    })
}

fn way_here() -> Vec<(AttrValue, AttrValue)> {
    vec![(t("角色", "Roles").into(), "/desk/roles".into())]
}

#[derive(Properties, PartialEq)]
struct EditorProps {
    role: Rc<Role>,
    catalogue: Rc<Vec<Permission>>,
}

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Save,
    Archive,
    Restore,
}

#[component]
fn Editor(props: &EditorProps) -> Html {
    let (role, catalogue) = (&props.role, &props.catalogue);
    let form = use_form("role", || values_of(role, false));
    // What the page began with: a version that others have passed since is refused, and loaded anew.
    let begun = use_state(|| (Content::of(role), role.version));
    let content = use_state(|| Content::of(role));
    let open = use_state(|| None::<Open>);
    let changes = content.differences(&begun.0);
    let dirty = changes > 0 || form.is_dirty();
    use_unsaved(dirty);
    let show = |which: Option<Open>| {
        let open = open.clone();
        Callback::from(move |()| open.set(which))
    };
    let load = {
        let (form, begun, content, role) = (form.clone(), begun.clone(), content.clone(), role.clone());
        Callback::from(move |()| {
            form.reset(values_of(&role, false));
            begun.set((Content::of(&role), role.version));
            content.set(Content::of(&role));
        })
    };
    {
        // What was saved here, or by others while nothing is entered here, is the new beginning.
        let (load, dirty) = (load.clone(), dirty);
        use_effect_with(role.version, move |_| {
            if !dirty {
                load.emit(());
            }
        });
    }
    let onsaved = {
        let (form, begun, content, open) = (form.clone(), begun.clone(), content.clone(), open.clone());
        Callback::from(move |()| {
            form.reset(form.values());
            begun.set(((*content).clone(), begun.1 + 1));
            open.set(None);
        })
    };
    let editable = role.viewer_can.contains(&PermissionCode::RoleEdit) && !role.archived;
    let behind = dirty && role.version != begun.1;
    let copy = routes::address("/desk/roles/new", &[("from", role.id.inner())]);
    let may = role.viewer_can.contains(&PermissionCode::RoleEdit);
    let actions = html! {
        <>
            <Can permission={PermissionCode::RoleEdit}><Link class="button" to={copy}>{ small_icon("copy") }{ t("复制角色", "Copy role") }</Link></Can>
            if may && role.archived { <Button label={t("恢复角色", "Restore role")} onclick={show(Some(Open::Restore))} /> }
            if editable {
                <Button class="button--danger" label={t("归档角色", "Archive role")} disabled={dirty} onclick={show(Some(Open::Archive))} />
                if dirty { <Button class="button--quiet" label={t("放弃修改", "Discard changes")} onclick={load.clone()} /> }
                <Button class="button--primary" label={t("预览并保存", "Preview and save")} disabled={!dirty} onclick={show(Some(Open::Save))} />
            }
        </>
    };
    let meta = html! {
        <span class="cluster">
            { origin(role) }
            if dirty { <span class="status status--warn">{ t("有修改未保存", "Changes not saved") }</span> }
            <span>{ holders(role.holder_count) }</span>
        </span>
    };
    let on_theirs =
        html! { <Button class="button--sm" label={t("载入最新内容", "Load what is there now")} onclick={load} /> };
    html! {
        <>
            <PageHead title={role.name.clone()} crumbs={way_here()} {meta} {actions} />
            <div class="stack">
                if behind { { notice("warn", html! { <p>{ t("别人刚刚改过这个角色。载入最新内容后再改。", "Somebody else has just changed this role. Load what is there now, then change it.") }</p> }, on_theirs) } }
                { words(role, &form, editable) }
                <Catalogue catalogue={catalogue.clone()} content={(*content).clone()} saved={begun.0.clone()} {editable} onchange={let content = content.clone(); Callback::from(move |next| content.set(next))} />
                <ObjectHistory object={role.id.clone()} />
            </div>
            { match *open {
                None => Html::default(),
                Some(Open::Save) => html! { <SaveDialog name={role.name.clone()} input={input(role, &form, &content, begun.1)} {onsaved} onclose={show(None)} /> },
                Some(Open::Archive) => html! { <ArchiveDialog role={role.clone()} onclose={show(None)} /> },
                Some(Open::Restore) => html! { <RestoreDialog role={role.clone()} onclose={show(None)} /> },
            } }
        </>
    }
}

fn holders(count: i32) -> String {
    match count {
        0 => t("没有账号持有", "No account has it").to_owned(),
        1 => t("1 个账号持有", "1 account has it").to_owned(),
        count => fill("{0} 个账号持有", "{0} accounts have it", &[&format::number(count)]),
    }
}

fn words(role: &Role, form: &FormHandle, editable: bool) -> Html {
    html! {
        <Panel id="words" title={t("名称和说明", "Name and purpose")}>
            <div class="panel__body stack">
                if editable {
                    { fields(form, &Rc::default()) }
                } else {
                    <p>{ if role.sentence.is_empty() { t("没有说明。", "Nothing is said about it.").to_owned() } else { role.sentence.clone() } }</p>
                    <p class="meta">{ fill("登录后打开：{0}", "Opens after signing in: {0}", &[role.workbench.label()]) }</p>
                    if role.template { <p class="meta">{ t("系统自带的角色不能修改。复制一份，再改副本。", "A role that comes with the product is not changed. Copy it, and change the copy.") }</p> }
                }
            </div>
        </Panel>
    }
}

fn input(role: &Role, form: &FormHandle, content: &Content, version: i32) -> RoleUpdateInput {
    RoleUpdateInput {
        role: role.id.clone(),
        name: Some(form.get(NAME)),
        name_en: Some(form.get(NAME_EN)),
        sentence: Some(form.get(SENTENCE)),
        sentence_en: Some(form.get(SENTENCE_EN)),
        workbench: Workbench::from_code(&form.get(WORKBENCH)),
        permissions: Some(content.permissions.clone()),
        pass_on: Some(content.pass_on.clone()),
        version,
    }
}

#[derive(Properties, PartialEq)]
struct CreatorProps {
    from: Option<Rc<Role>>,
    catalogue: Rc<Vec<Permission>>,
}

#[component]
fn Creator(props: &CreatorProps) -> Html {
    let from = props.from.clone();
    let form = use_form("role", || from.as_ref().map_or_else(Values::default, |role| values_of(role, true)));
    let content = use_state(|| from.as_ref().map_or_else(Content::default, |role| Content::of(role)));
    let key = use_state(browser::fresh_key);
    let create = use_mutation::<RoleCreate>();
    let toaster = use_toaster();
    use_unsaved(form.is_dirty());
    let onsubmit = {
        let (form, content, create, from) = (form.clone(), content.clone(), create.clone(), from.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let input = RoleCreateInput {
                from: from.as_ref().map(|role| role.id.clone()),
                name: form.get(NAME),
                name_en: form.filled(NAME_EN),
                sentence: Some(form.get(SENTENCE)),
                sentence_en: Some(form.get(SENTENCE_EN)),
                workbench: Workbench::from_code(&form.get(WORKBENCH)),
                permissions: Some(content.permissions.clone()),
                pass_on: Some(content.pass_on.clone()),
                idempotency_key: Some((*key).clone()),
            };
            let toaster = toaster.clone();
            create.run(
                input,
                Callback::from(move |made: MadeRole| {
                    toaster.show(t("已新建角色", "Role created"));
                    routes::go_saved(&address(&made.id));
                }),
            );
        })
    };
    let state = create.state();
    let meta = match &from {
        Some(role) => {
            html! { { fill("由“{0}”复制，改好后保存。", "A copy of “{0}”; change it, then save.", &[&role.name]) } }
        }
        None => {
            html! { { t("选好权限后保存，再授予账号。", "Choose its permissions and save; then give it to accounts.") } }
        }
    };
    html! {
        <form {onsubmit} novalidate={true}>
            <PageHead title={t("新建角色", "Create role")} crumbs={way_here()} {meta} actions={html! { <Button submit=true class="button--primary" busy={state.busy} label={t("保存角色", "Save role")} /> }} />
            <div class="stack">
                { error_summary(&state, &form) }
                <Panel id="words" title={t("名称和说明", "Name and purpose")}><div class="panel__body stack">{ fields(&form, &state.errors) }</div></Panel>
                <Catalogue catalogue={props.catalogue.clone()} content={(*content).clone()} saved={(*content).clone()} editable=true onchange={let content = content.clone(); Callback::from(move |next| content.set(next))} />
            </div>
        </form>
    }
}
