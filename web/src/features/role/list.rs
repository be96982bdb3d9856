//! The list of roles.

use yew::prelude::*;

use super::operations::{Role, RoleListQuery, RoleListVariables};
use crate::api::types::{Labelled, PermissionCode};
use crate::api::use_query::use_query;
use crate::i18n::{format, t};
use crate::routes::{self, Link, encode, use_url};
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::shell::stop::Forbidden;
use crate::ui::async_view::async_view;
use crate::ui::button::Segmented;
use crate::ui::icon::small_icon;
use crate::ui::notice::empty_state;
use crate::ui::page::{PageHead, Panel};
use crate::ui::table::{Column, Row, Table};

/// The address of a role's page.
pub fn address(id: &cynic::Id) -> String {
    format!("/desk/roles/{}", encode(id.inner()))
}

/// The page of the list.
#[component]
pub fn RolesPage() -> Html {
    let url = use_url();
    let archived = url.get("archived").is_some();
    let query = use_query::<RoleListQuery, _>(RoleListVariables { archived });
    if !use_actor().is_some_and(|actor| actor.may(PermissionCode::RoleRead)) {
        return html! { <Forbidden /> };
    }
    let actions = html! {
        <>
            <Link class="button" to="/desk/roles/matrix">{ small_icon("columns") }{ t("角色与权限对照", "Matrix of permissions") }</Link>
            <Can permission={PermissionCode::RoleEdit}><Link class="button button--primary" to="/desk/roles/new">{ small_icon("plus") }{ t("新建角色", "Create role") }</Link></Can>
        </>
    };
    let meta = html! { { t("系统自带的角色不能修改，可以复制一份再改。", "Roles that come with the product are not changed; copy one and change the copy.") } };
    let onchange = {
        let url = url.clone();
        Callback::from(move |value: &'static str| routes::go(&url.with("archived", value).address()))
    };
    let options = vec![("", t("在用", "In use")), ("1", t("已归档", "Archived"))];
    html! {
        <>
            <PageHead title={t("角色", "Roles")} {meta} {actions} />
            <Panel id="roles" title={t("角色", "Roles")} busy={query.busy}>
                <div class="filters"><Segmented label={t("状态", "Status")} {options} value={if archived { "1" } else { "" }} {onchange} /></div>
                { async_view(&query, t("角色", "roles"), 6, |data| table(&data.roles)) }
            </Panel>
        </>
    }
}

/// Where a role comes from, or that it is out of use.
pub fn origin(role: &Role) -> Html {
    if role.archived {
        html! { <span class="status">{ t("已归档", "Archived") }</span> }
    } else if role.template {
        html! { <span class="tag">{ t("系统自带", "Of the product") }</span> }
    } else {
        html! { <span class="tag">{ t("自定义", "Own") }</span> }
    }
}

fn table(roles: &[Role]) -> Html {
    if roles.is_empty() {
        return empty_state(
            t("没有归档的角色", "No role is archived"),
            t("不再使用的角色归档后会列在这里。", "Roles that are no longer in use stand here once they are archived."),
            Html::default(),
        );
    }
    let columns = vec![
        Column::new(t("角色", "Role")),
        Column::new(t("来源", "Origin")),
        Column::new(t("登录后打开", "Opens")).wide(),
        Column::new(t("权限", "Permissions")).number(),
        Column::new(t("持有账号", "Accounts")).number(),
    ];
    let number = |n: usize| format::number(i32::try_from(n).unwrap_or(i32::MAX));
    let row = |role: &Role| Row {
        key: role.id.inner().to_owned(),
        cells: vec![
            html! { <div><Link to={address(&role.id)}>{ role.name.clone() }</Link>if !role.sentence.is_empty() { <p class="meta">{ role.sentence.clone() }</p> }</div> },
            origin(role),
            html! { { role.workbench.label() } },
            html! { { number(role.permissions.len()) } },
            html! { { format::number(role.holder_count) } },
        ],
    };
    html! { <Table caption={t("角色", "Roles")} {columns} rows={roles.iter().map(row).collect::<Vec<_>>()} /> }
}
