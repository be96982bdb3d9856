//! Sign-in sessions of an account.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::{SignInSessionEnd, SignInSessionEndInput};
use super::operations::SignInSession;
use crate::api::use_mutation::use_mutation;
use crate::i18n::{format, t};
use crate::ui::button::Button;
use crate::ui::notice::{empty_line, notice};
use crate::ui::table::{Column, Row, Table, nothing};
use crate::ui::toast::use_toaster;

/// Which sessions.
#[derive(Properties, PartialEq)]
pub struct SessionsProps {
    /// The sessions.
    pub sessions: Rc<Vec<SignInSession>>,
    /// Whether the viewer may end them.
    pub may_end: bool,
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

/// Where an account is signed in, and a way to end it.
#[component]
pub fn Sessions(props: &SessionsProps) -> Html {
    let end = use_mutation::<SignInSessionEnd>();
    let toaster = use_toaster();
    let running: Vec<_> = props.sessions.iter().filter(|session| session.ended_at.is_none()).collect();
    if running.is_empty() {
        return empty_line(t("没有登录会话。", "No sign-in sessions."));
    }
    let columns = vec![
        Column::new(t("浏览器", "Browser")),
        Column::new(t("地址", "Address")),
        Column::new(t("登录时间", "Signed in")),
        Column::new(t("最近使用", "Last used")),
        Column::new(t("操作", "Action")).action(),
    ];
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
        let action = match (session.current, props.may_end) {
            (true, _) => html! { <span class="status status--info">{ t("当前会话", "This session") }</span> },
            (false, true) => {
                html! { <Button class="button--sm" label={t("结束会话", "End session")} subject={session.address.clone()} {onclick} /> }
            }
            (false, false) => nothing(),
        };
        Row {
            key: session.id.inner().to_owned(),
            cells: vec![
                html! { <span title={session.user_agent.clone()}>{ browser_name(&session.user_agent).to_owned() }</span> },
                html! { <span class="num">{ session.address.clone() }</span> },
                html! { { format::time(&session.created_at.0) } },
                html! { { format::time(&session.last_seen_at.0) } },
                action,
            ],
        }
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
