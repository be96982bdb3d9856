//! The drawer with the newest notifications.

use std::rc::Rc;

use yew::prelude::*;

use super::model::{Told, told};
use super::operations::{
    Notification, NotificationRead, NotificationReadAll, NotificationReadAllInput, NotificationReadInput,
    NotificationsQuery, NotificationsVariables,
};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::i18n::{fill, format, t};
use crate::routes::Link;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::dialog::Dialog;
use crate::ui::icon::hidden_text;
use crate::ui::notice::empty_state;

/// Notifications that the drawer shows.
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
                { async_view(&query, t("通知", "notifications"), 6, |data| list(&data.notifications.nodes, data.notifications.total_count, &props.onclose)) }
            </div>
            <div class="dialog__foot">
                <span class="grow"><Link to="/me?tab=notifications" onclick={props.onclose.clone()}>{ t("通知设置", "Settings") }</Link></span>
                if unread { <Button label={t("全部标为已读", "Mark all as read")} busy={read_all.state().busy} onclick={onall} /> }
                <Button label={t("关闭", "Close")} onclick={props.onclose.clone()} />
            </div>
        </Dialog>
    }
}

fn list(rows: &[Notification], total: i32, onclose: &Callback<()>) -> Html {
    if rows.is_empty() {
        let text = t(
            "新的应办事项、授权、答复和后台任务的结果会在这里出现。",
            "New duties, grants, answers and the results of background work appear here.",
        );
        return empty_state(t("没有通知", "No notifications"), text, Html::default());
    }
    let more = usize::try_from(total).unwrap_or(0) > rows.len();
    html! {
        <>
            <ul class="list list--flush">{ for rows.iter().map(|row| html! { <Item key={row.id.inner().to_owned()} row={Rc::new(row.clone())} {onclose} /> }) }</ul>
            if more { <p class="meta">{ fill("这里列出最新的 {0} 条，共 {1} 条。", "The newest {0} of {1}.", &[&rows.len().to_string(), &format::number(total)]) }</p> }
        </>
    }
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
