//! Sign-in sessions of an account.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::{SignInSessionEnd, SignInSessionEndInput};
use super::operations::{SignInSession, SignInSessionsQuery, SignInSessionsVariables};
use crate::api::types::PermissionCode;
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::{format, t};
use crate::routes::Link;
use crate::session::actor::use_actor;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::notice::{empty_line, notice};
use crate::ui::page::Panel;
use crate::ui::table::{Column, Row, Table, nothing};
use crate::ui::toast::use_toaster;

/// Which sessions.
#[derive(Properties, PartialEq)]
pub struct SessionsProps {
    /// The sessions.
    pub sessions: Rc<Vec<SignInSession>>,
    /// Whether they are of several accounts, so that each row says whose it is.
    #[prop_or_default]
    pub named: bool,
}

/// A browser as people call it.
fn browser_name(agent: &str) -> &str {
    for (mark, name) in [
        ("Edg/", "Edge"),
        ("MicroMessenger", "微信"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ] {
        if agent.contains(mark) {
            return name;
        }
    }
    agent.split_whitespace().next().unwrap_or(agent)
}

/// Rows at first, and with each wish for more.
const STEP: i32 = 10;

/// Who is signed in, among those whom the viewer may see, newest first.
#[component]
pub fn SessionsPanel() -> Html {
    let first = use_state(|| STEP);
    let query = use_query::<SignInSessionsQuery, _>(SignInSessionsVariables { first: Some(*first) });
    let onmore = {
        let first = first.clone();
        Callback::from(move |()| first.set((*first + STEP).min(100)))
    };
    html! {
        <Panel id="sessions" title={t("登录会话", "Sign-in sessions")} busy={query.busy}>
            { async_view(&query, t("登录会话", "sign-in sessions"), 5, |data| {
                let page = &data.sign_in_sessions;
                let more = page.page_info.has_next_page && *first < 100;
                html! {
                    <>
                        <Sessions sessions={Rc::new(page.nodes.clone())} named=true />
                        if more { <div class="pager"><Button class="button--sm" label={t("显示更多", "Show more")} onclick={onmore.clone()} /></div> }
                    </>
                }
            }) }
        </Panel>
    }
}

/// Where accounts are signed in, and a way to end it.
#[component]
pub fn Sessions(props: &SessionsProps) -> Html {
    let end = use_mutation::<SignInSessionEnd>();
    let toaster = use_toaster();
    let own = use_actor().and_then(|actor| actor.viewer.account.as_ref().map(|account| account.id.clone()));
    let running: Vec<_> = props.sessions.iter().filter(|session| session.ended_at.is_none()).collect();
    if running.is_empty() {
        return empty_line(t("没有登录会话。", "No sign-in sessions."));
    }
    let mut columns = vec![
        Column::new(t("浏览器", "Browser")),
        Column::new(t("地址", "Address")),
        Column::new(t("登录时间", "Signed in")),
        Column::new(t("最近使用", "Last used")),
        Column::new(t("操作", "Action")).action(),
    ];
    if props.named {
        columns.insert(0, Column::new(t("账号", "Account")));
    }
    let state = end.state();
    let row = |session: &&SignInSession| {
        let onclick = {
            let (end, id, toaster) = (end.clone(), session.id.clone(), toaster.clone());
            Callback::from(move |()| {
                let toaster = toaster.clone();
                end.run(
                    SignInSessionEndInput { session: id.clone() },
                    Callback::from(move |_| toaster.show(t("已结束登录会话", "Session ended"))),
                );
            })
        };
        let may_end = session.account.as_ref().is_some_and(|account| {
            own.as_ref() == Some(&account.id) || account.viewer_can.contains(&PermissionCode::AccountDisable)
        });
        let action = match (session.current, may_end) {
            (true, _) => html! { <span class="status status--info">{ t("当前会话", "This session") }</span> },
            (false, true) => {
                html! { <Button class="button--quiet button--sm" label={t("结束会话", "End session")} subject={session.address.clone()} {onclick} /> }
            }
            (false, false) => nothing(),
        };
        let mut cells = vec![
            html! { <span title={session.user_agent.clone()}>{ browser_name(&session.user_agent).to_owned() }</span> },
            html! { <span class="num">{ session.address.clone() }</span> },
            html! { { format::time(&session.created_at.0) } },
            html! { { format::time(&session.last_seen_at.0) } },
            action,
        ];
        if props.named {
            let name = session.account.as_ref().map_or_else(nothing, |account| {
                html! { <Link to={format!("/desk/accounts/{}", account.id.inner())}>{ account.name.clone() }</Link> }
            });
            cells.insert(0, name);
        }
        Row { key: session.id.inner().to_owned(), cells }
    };
    html! {
        <>
            if let Some(failure) = &state.failure { { notice("danger", html! { { failure.sentence() } }, Html::default()) } }
            { for state.errors.iter().map(|error| notice("danger", html! { { error.message.clone() } }, Html::default())) }
            <Table caption={t("登录会话", "Sign-in sessions")} compact=true {columns} rows={running.iter().map(row).collect::<Vec<_>>()} />
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_by_its_most_telling_mark() {
        assert_eq!(browser_name("Mozilla/5.0 (X11) Chrome/120.0 Safari/537.36 Edg/120.0"), "Edge");
        assert_eq!(browser_name("Mozilla/5.0 (X11) Chrome/120.0 Safari/537.36"), "Chrome");
        assert_eq!(browser_name("curl/8.0"), "curl/8.0");
    }
}
