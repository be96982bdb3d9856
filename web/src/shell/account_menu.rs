//! The menu behind the reader's name.

use yew::prelude::*;

use super::theme::{label, use_theme};
use crate::app::Language;
use crate::i18n::{Locale, current, t};
use crate::routes;
use crate::session::actor::use_actor;
use crate::ui::icon::hidden_text;
use crate::ui::menu::{Item, Menu};

/// What the menu calls.
#[derive(Properties, PartialEq)]
pub struct AccountMenuProps {
    /// Reports a problem.
    pub onreport: Callback<()>,
}

/// Own page, password, language, theme, problem, sign out.
#[component]
pub fn AccountMenu(props: &AccountMenuProps) -> Html {
    let actor = use_actor();
    let language = use_context::<Language>();
    let (theme, turn) = use_theme();
    let Some(actor) = actor else { return Html::default() };
    let name = actor.name();
    let switch = Callback::from(move |()| {
        if let Some(Language(switch)) = &language {
            switch.emit(());
        }
    });
    let other = if current() == Locale::ZhCn { "Switch to English" } else { "切换为中文" };
    let sign_out = {
        let sign_out = actor.sign_out.clone();
        Callback::from(move |()| {
            if routes::may_leave() {
                sign_out.emit(());
            }
        })
    };
    let items = vec![
        Item::new("person", t("我的档案", "My record"), Callback::from(|()| routes::go("/me"))),
        Item::new("lock", t("修改密码", "Change password"), Callback::from(|()| routes::go("/me?tab=password"))),
        Item::new("language", other, switch),
        Item::new("theme", label(theme.as_deref()), turn),
        Item::new("talk", t("报告问题", "Report a problem"), props.onreport.clone()),
        Item::new("sign-out", t("退出登录", "Sign out"), sign_out),
    ];
    let face = html! { <><span class="avatar" aria-hidden="true">{ name.chars().next().map(String::from) }</span><span class="only-wide">{ name.clone() }</span>{ hidden_text(t("，账号菜单", ", account menu")) }</> };
    html! { <Menu class="account" label={t("账号菜单", "Account menu")} {face} {items} /> }
}
