//! The viewer's own page: record, roles, sessions, notifications, password.

use std::rc::Rc;

use yew::prelude::*;

use super::grants::grants_list;
use super::operations::{Me, MeQuery};
use super::password::PasswordForm;
use super::sessions::Sessions;
use super::sign_ins::SignIns;
use crate::api::use_query::use_query;
use crate::features::notification::NotificationSettings;
use crate::features::person::RecordPage;
use crate::features::second_factor::SecondFactorPanel;
use crate::i18n::{format, t};
use crate::routes::{self, use_url};
use crate::ui::async_view::async_view;
use crate::ui::notice::empty_state;
use crate::ui::page::PageHead;
use crate::ui::tabs::{Tab, Tabs};

/// The own page.
#[component]
pub fn MePage() -> Html {
    let query = use_query::<MeQuery, ()>(());
    let url = use_url();
    let tab = match url.get("tab") {
        Some(name @ ("roles" | "sessions" | "notifications" | "password" | "second-factor")) => name.to_owned(),
        _ => "record".to_owned(),
    };
    let onopen = Callback::from(|name: &'static str| routes::replace(&routes::address("/me", &[("tab", name)])));
    async_view(&query, t("我的档案", "your record"), 8, |data| match &data.viewer {
        Some(me) => page(me, &tab, &onopen),
        None => Html::default(),
    })
}

fn page(me: &Me, tab: &str, onopen: &Callback<&'static str>) -> Html {
    let sessions = me.account.as_ref().map(|account| account.sessions.clone()).unwrap_or_default();
    let name = me.account.as_ref().map(|account| account.name.clone()).unwrap_or_default();
    let running = sessions.iter().filter(|session| session.ended_at.is_none()).count();
    let tabs = vec![
        Tab { name: "record", label: t("档案", "Record"), count: None },
        Tab {
            name: "roles",
            label: t("我的授权", "Roles"),
            count: Some(format::number(i32::try_from(me.grants.len()).unwrap_or(0))),
        },
        Tab {
            name: "sessions",
            label: t("登录会话", "Sessions"),
            count: Some(format::number(i32::try_from(running).unwrap_or(0))),
        },
        Tab { name: "notifications", label: t("通知设置", "Notifications"), count: None },
        Tab { name: "password", label: t("密码", "Password"), count: None },
        Tab { name: "second-factor", label: t("两步验证", "Second factor"), count: None },
    ];
    let panel = |content: Html| html! { <div class="panel">{ content }</div> };
    let content = match tab {
        "roles" => panel(grants_list(&me.grants, None)),
        "sessions" => html! {
            <div class="stack">
                { panel(html! { <Sessions sessions={Rc::new(sessions)} /> }) }
                if let Some(account) = &me.account { <SignIns account={account.id.clone()} /> }
            </div>
        },
        "notifications" => panel(html! { <NotificationSettings /> }),
        "password" => panel(html! { <PasswordForm /> }),
        "second-factor" => panel(html! { <SecondFactorPanel /> }),
        _ => match &me.person {
            Some(person) => html! { <RecordPage person={Rc::new(person.clone())} own=true /> },
            None => panel(empty_state(
                t("这个账号没有对应的人员", "No person belongs to this account"),
                t("系统管理员可以在账号上指定人员。", "An administrator can name the person."),
                Html::default(),
            )),
        },
    };
    html! {
        <>
            <PageHead title={t("我的档案", "My record")} meta={html! { { name } }} />
            <Tabs label={t("我的", "Mine")} {tabs} open={tab.to_owned()} open_ground=true onopen={onopen.clone()}>{ content }</Tabs>
        </>
    }
}
