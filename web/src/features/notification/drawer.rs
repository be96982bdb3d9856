//! The drawer with the newest notifications, and older ones on demand.

use std::rc::Rc;

use yew::prelude::*;

use super::model::{Told, told};
use super::operations::{
    Notification, NotificationConnection, NotificationRead, NotificationReadAll, NotificationReadAllInput,
    NotificationReadInput, NotificationsQuery, NotificationsVariables,
};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::{use_query, use_query_when};
use crate::i18n::{format, t};
use crate::routes::Link;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::icon::hidden_text;
use crate::ui::notice::empty_state;

/// Notifications that the drawer shows at first, and with each wish for more.
const SHOWN: i32 = 30;

/// What the drawer calls.
#[derive(Properties, PartialEq)]
pub struct InboxDrawerProps {
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// The newest notifications.
#[component]
pub fn InboxDrawer(props: &InboxDrawerProps) -> Html {
    let query = use_query::<NotificationsQuery, _>(NotificationsVariables { first: Some(SHOWN), after: None });
    let read_all = use_mutation::<NotificationReadAll>();
    let rows = query.data.as_ref().map(|data| data.notifications.nodes.clone()).unwrap_or_default();
    let unread = rows.iter().any(|row| row.read_at.is_none());
    let onall = {
        let (read_all, newest) = (read_all.clone(), rows.first().map(|row| row.id.clone()));
        Callback::from(move |()| {
            if let Some(notification) = newest.clone() {
                read_all.run(NotificationReadAllInput { notification }, Callback::noop());
            }
        })
    };
    html! {
        <Dialog title={t("通知", "Notifications")} drawer=true onclose={props.onclose.clone()}>
            <div class="dialog__body stack">
                { async_view(&query, t("通知", "notifications"), 6, |data| list(&data.notifications, &props.onclose)) }
            </div>
            <div class="dialog__foot">
                <span class="grow"><Link to="/me?tab=notifications" onclick={props.onclose.clone()}>{ t("通知设置", "Settings") }</Link></span>
                if unread { <Button label={t("全部标为已读", "Mark all as read")} busy={read_all.state().busy} onclick={onall} /> }
                <Button label={t("关闭", "Close")} onclick={props.onclose.clone()} />
            </div>
        </Dialog>
    }
}

fn list(page: &NotificationConnection, onclose: &Callback<()>) -> Html {
    if page.nodes.is_empty() {
        let text = t(
            "新的应办事项、授权、答复和后台任务的结果会在这里出现。",
            "New duties, grants, answers and the results of background work appear here.",
        );
        return empty_state(t("没有通知", "No notifications"), text, Html::default());
    }
    rows(page, onclose)
}

/// A page of rows, and a way to the next one.
fn rows(page: &NotificationConnection, onclose: &Callback<()>) -> Html {
    let after = page.page_info.end_cursor.clone().filter(|_| page.page_info.has_next_page);
    html! {
        <>
            <ul class="list list--flush">{ for page.nodes.iter().map(|row| html! { <Item key={row.id.inner().to_owned()} row={Rc::new(row.clone())} {onclose} /> }) }</ul>
            if let Some(after) = after { <Older {after} {onclose} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct OlderProps {
    /// The row before; it moves when something new comes in above, so that no row falls between two pages.
    after: String,
    onclose: Callback<()>,
}

/// What came before, once it is asked for.
#[component]
fn Older(props: &OlderProps) -> Html {
    let asked = use_state(|| false);
    let variables = NotificationsVariables { first: Some(SHOWN), after: Some(props.after.clone()) };
    let query = use_query_when::<NotificationsQuery, _>(asked.then_some(variables));
    if *asked {
        return async_view(&query, t("更早的通知", "older notifications"), 6, |data| {
            rows(&data.notifications, &props.onclose)
        });
    }
    let onclick = Callback::from(move |()| asked.set(true));
    html! { <div class="pager"><Button class="button--sm" label={t("显示更早的", "Show older ones")} {onclick} /></div> }
}

#[derive(Properties, PartialEq)]
struct ItemProps {
    row: Rc<Notification>,
    onclose: Callback<()>,
}

#[component]
fn Item(props: &ItemProps) -> Html {
    let read = use_mutation::<NotificationRead>();
    let Told { title, lines, to } = told(&props.row);
    let unread = props.row.read_at.is_none();
    let mark = {
        let (read, notification) = (read.clone(), props.row.id.clone());
        Callback::from(move |()| {
            read.run(NotificationReadInput { notification: notification.clone() }, Callback::noop());
        })
    };
    let onfollow = {
        let (mark, onclose) = (mark.clone(), props.onclose.clone());
        Callback::from(move |()| {
            if unread {
                mark.emit(());
            }
            onclose.emit(());
        })
    };
    html! {
        <li class={classes!("stack", "stack--tight", unread.then_some("is-unread"))}>
            <div class="spread">
                <p class="inbox__title">
                    if unread { { hidden_text(t("未读：", "Unread: ")) } }
                    if let Some(to) = to { <Link {to} onclick={onfollow}>{ title.clone() }</Link> } else { { title.clone() } }
                </p>
                <span class="meta nowrap">{ format::time(&props.row.made_at.0) }</span>
            </div>
            { for lines.into_iter().map(|line| html! { <p class="inbox__line">{ line }</p> }) }
            if unread { <div class="cluster"><Button class="button--sm" label={t("标为已读", "Mark as read")} subject={title} busy={read.state().busy} onclick={mark} /></div> }
        </li>
    }
}
