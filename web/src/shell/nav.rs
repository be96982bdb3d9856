//! The navigation: what the viewer's roles open.

use yew::prelude::*;

use crate::api::types::{PermissionCode, Workbench};
use crate::i18n::t;
use crate::routes::{Desk, Link, Route};
use crate::session::actor::{Actor, use_actor, workbench_label, workbench_path};
use crate::ui::icon::{hidden_text, icon};

/// One place to go.
struct Place {
    to: &'static str,
    icon: &'static str,
    label: &'static str,
    short: &'static str,
    current: bool,
}

/// What the navigation shows.
#[derive(Properties, PartialEq)]
pub struct NavProps {
    /// The open page.
    pub route: Route,
    /// Whether it is narrow.
    pub rail: bool,
    /// Makes it narrow or wide.
    pub toggle_rail: Callback<()>,
    /// Closes the drawer.
    pub onclose: Callback<()>,
    /// Reports a problem.
    pub onreport: Callback<()>,
}

fn workbenches(actor: &Actor, route: &Route) -> Vec<Place> {
    let place = |workbench: &Workbench| {
        let to = workbench_path(*workbench);
        let name = to.rsplit('/').next().unwrap_or_default();
        let current = matches!(route, Route::Workbench(open) if open == name)
            || (*route == Route::Home && actor.home() == to)
            || (*route == Route::Desk(Desk::Workbench) && to == "/desk");
        let icon = if *workbench == Workbench::Administrator { "settings" } else { "today" };
        Place { to, icon, label: workbench_label(*workbench), short: short(*workbench), current }
    };
    actor.workbenches().iter().filter(|workbench| **workbench != Workbench::Member).map(place).collect()
}

/// The name of a workbench in a quarter of a phone's width.
fn short(workbench: Workbench) -> &'static str {
    match workbench {
        Workbench::Secretary => t("待办", "To do"),
        Workbench::Administrator => t("管理", "Admin"),
        _ => t("工作台", "Home"),
    }
}

fn records(actor: &Actor, route: &Route) -> Vec<Place> {
    let mut places = Vec::new();
    if actor.may(PermissionCode::PersonRead) {
        let current = matches!(
            route,
            Route::Members
                | Route::MemberNew
                | Route::People
                | Route::PersonNew
                | Route::Person(_)
                | Route::PersonEdit(_)
        );
        places.push(Place {
            to: "/members",
            icon: "people",
            label: t("党员与发展", "Members"),
            short: t("党员", "Members"),
            current,
        });
    }
    if actor.may(PermissionCode::OrganizationRead) {
        let current = matches!(
            route,
            Route::Organizations | Route::Organization(_) | Route::OrganizationNew | Route::OrganizationEdit(_)
        );
        places.push(Place {
            to: "/organizations",
            icon: "organization",
            label: t("组织", "Organizations"),
            short: t("组织", "Units"),
            current,
        });
    }
    places
}

fn authority(actor: &Actor, route: &Route) -> Vec<Place> {
    let mut places = Vec::new();
    if actor.may(PermissionCode::AccountRead) {
        let current = matches!(route, Route::Desk(Desk::Accounts | Desk::Account(_)));
        places.push(Place {
            to: "/desk/accounts",
            icon: "role",
            label: t("账号与授权", "Accounts"),
            short: t("账号", "Accounts"),
            current,
        });
    }
    if actor.may(PermissionCode::GrantRead) {
        places.push(Place {
            to: "/desk/grants",
            icon: "shield",
            label: t("授权", "Grants"),
            short: t("授权", "Grants"),
            current: *route == Route::Desk(Desk::Grants),
        });
    }
    if actor.may(PermissionCode::AccessExplain) {
        places.push(Place {
            to: "/desk/access",
            icon: "why",
            label: t("解释权限", "Explain access"),
            short: t("权限", "Access"),
            current: *route == Route::Desk(Desk::Access),
        });
    }
    if actor.may(PermissionCode::RoleRead) {
        places.push(Place {
            to: "/desk/roles",
            icon: "lock",
            label: t("角色", "Roles"),
            short: t("角色", "Roles"),
            current: matches!(route, Route::Desk(Desk::Roles | Desk::RoleNew | Desk::RoleMatrix | Desk::Role(_))),
        });
    }
    if actor.may(PermissionCode::AuditRead) {
        places.push(Place {
            to: "/desk/audit",
            icon: "history",
            label: t("审计", "Audit"),
            short: t("审计", "Audit"),
            current: *route == Route::Desk(Desk::Audit),
        });
    }
    if actor.may(PermissionCode::RuleEdit) {
        places.push(Place {
            to: "/desk/rules",
            icon: "document",
            label: t("规则", "Rules"),
            short: t("规则", "Rules"),
            current: *route == Route::Desk(Desk::Rules),
        });
    }
    if actor.may(PermissionCode::ProblemRead) {
        places.push(Place {
            to: "/desk/problems",
            icon: "talk",
            label: t("问题报告", "Problem reports"),
            short: t("问题", "Problems"),
            current: *route == Route::Desk(Desk::Problems),
        });
    }
    if actor.may(PermissionCode::PersonErase) {
        places.push(Place {
            to: "/desk/erasures",
            icon: "shield",
            label: t("清除个人信息", "Erasures"),
            short: t("清除", "Erasures"),
            current: *route == Route::Desk(Desk::Erasures),
        });
    }
    if actor.may(PermissionCode::JobRead) {
        places.push(Place {
            to: "/desk/retention",
            icon: "archive",
            label: t("数据保存", "Data retention"),
            short: t("保存", "Retention"),
            current: *route == Route::Desk(Desk::Retention),
        });
    }
    places
}

fn mine(route: &Route) -> Place {
    Place {
        to: "/me",
        icon: "person",
        label: t("我的档案", "My record"),
        short: t("我的", "Me"),
        current: *route == Route::Me || matches!(route, Route::Workbench(name) if name == "member"),
    }
}

fn group(title: Option<&'static str>, places: &[Place]) -> Html {
    if places.is_empty() {
        return Html::default();
    }
    html! {
        <>
            if let Some(title) = title { <h2 class="nav__group">{ title }</h2> }
            <ul>
                { for places.iter().map(|place| html! {
                    <li><Link class="nav__link" to={place.to} current={place.current}>{ icon(place.icon) }<span class="nav__text">{ place.label }</span></Link></li>
                }) }
            </ul>
        </>
    }
}

/// The main navigation.
#[component]
pub fn Nav(props: &NavProps) -> Html {
    let Some(actor) = use_actor() else { return Html::default() };
    let press = |callback: &Callback<()>| callback.reform(|_: MouseEvent| ());
    let onkeydown = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                onclose.emit(());
            }
        })
    };
    html! {
        <nav class="nav" id="nav" tabindex="-1" aria-label={t("主导航", "Main")} {onkeydown}>
            <Link class="brand" to={actor.home()}>
                <svg class="brand__seal" aria-hidden="true"><use href="/icons.svg#i-brand-seal" /></svg>{ hidden_text(t("江海，", "Jianghai, ")) }
                <svg class="brand__word" aria-hidden="true"><use href="/icons.svg#i-brand-word" /></svg>
                <span class="brand__sub">{ t("南通市", "Nantong") }<br />{ t("基层党建", "Grassroots") }</span>{ hidden_text(t("，回到工作台", ", to the workbench")) }
            </Link>
            { group(None, &workbenches(&actor, &props.route)) }
            { group(Some(t("组织与人员", "Records")), &records(&actor, &props.route)) }
            { group(Some(t("权限", "Authority")), &authority(&actor, &props.route)) }
            { group(Some(t("我的", "Mine")), &[mine(&props.route)]) }
            <div class="nav__foot">
                <button class="nav__link" type="button" onclick={press(&props.onreport)}>{ icon("talk") }<span class="nav__text">{ t("报告问题", "Report a problem") }</span></button>
                <button class="nav__link only-wide nav__collapse" type="button" aria-expanded={if props.rail { "false" } else { "true" }} aria-controls="nav" onclick={press(&props.toggle_rail)}>
                    { icon("sidebar") }<span class="nav__text">{ if props.rail { t("展开导航", "Expand") } else { t("收起导航", "Collapse") } }</span>
                </button>
                <button class="nav__link only-narrow" type="button" onclick={press(&props.onclose)}>{ icon("close") }<span class="nav__text">{ t("关闭导航", "Close") }</span></button>
            </div>
        </nav>
    }
}

/// What the tab bar shows.
#[derive(Properties, PartialEq)]
pub struct TabbarProps {
    /// The open page.
    pub route: Route,
}

/// Four places at the thumb of a phone.
#[component]
pub fn Tabbar(props: &TabbarProps) -> Html {
    let Some(actor) = use_actor() else { return Html::default() };
    let mut places: Vec<_> = workbenches(&actor, &props.route).into_iter().take(1).collect();
    places.extend(records(&actor, &props.route));
    places.extend(authority(&actor, &props.route));
    places.truncate(3);
    places.push(mine(&props.route));
    html! {
        <nav class="tabbar" aria-label={t("常用", "Frequent")}>
            { for places.iter().map(|place| html! { <Link to={place.to} current={place.current}>{ icon(place.icon) }{ place.short }</Link> }) }
        </nav>
    }
}
