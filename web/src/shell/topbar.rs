//! The top bar: where the reader works, search, language, theme, account.

use yew::prelude::*;

use super::account_menu::AccountMenu;
use super::organization_switch::OrganizationSwitch;
use super::theme::ThemeButton;
use crate::app::Language;
use crate::features::job::JobsButton;
use crate::features::notification::InboxButton;
use crate::features::search::SearchBox;
use crate::i18n::{Locale, current, t};
use crate::ui::button::IconButton;
use crate::ui::dialog::Dialog;

/// What the top bar calls.
#[derive(Properties, PartialEq)]
pub struct TopbarProps {
    /// Opens the navigation drawer.
    pub ondrawer: Callback<()>,
    /// Reports a problem.
    pub onreport: Callback<()>,
}

/// The top bar.
#[component]
pub fn Topbar(props: &TopbarProps) -> Html {
    let searching = use_state(|| false);
    let language = use_context::<Language>();
    let switch = Callback::from(move |_: MouseEvent| {
        if let Some(Language(switch)) = &language {
            switch.emit(());
        }
    });
    let set_searching = {
        let searching = searching.clone();
        Callback::from(move |open: bool| searching.set(open))
    };
    let (short, long) =
        if current() == Locale::ZhCn { ("EN", "EN, Switch to English") } else { ("中", "中文，切换为中文") };
    html! {
        <header class="topbar">
            <div class="topbar__start">
                <IconButton class="only-narrow" icon="menu" label={t("打开导航", "Open navigation")} onclick={props.ondrawer.clone()} />
                <OrganizationSwitch />
            </div>
            <search class="topbar__search" aria-label={t("全站", "Site")}><SearchBox id="site-search" shortcut=true /></search>
            <div class="topbar__end">
                <IconButton class="only-narrow" icon="search" label={t("搜索", "Search")} onclick={set_searching.reform(|()| true)} />
                <button class="icon-button only-wide" type="button" aria-label={long} lang={current().other().tag()} onclick={switch}>{ short }</button>
                <JobsButton />
                <InboxButton />
                <ThemeButton class="only-wide" />
                <AccountMenu onreport={props.onreport.clone()} />
            </div>
            if *searching {
                <Dialog title={t("搜索", "Search")} onclose={set_searching.reform(|()| false)}>
                    <div class="dialog__body dialog__body--search"><SearchBox id="dialog-search" ondone={set_searching.reform(|()| false)} /></div>
                </Dialog>
            }
        </header>
    }
}
