//! The bell of the top bar.

use yew::prelude::*;

use super::drawer::InboxDrawer;
use super::model::{badge, bell_label};
use super::operations::{NotificationUnreadQuery, NotificationsChanged};
use crate::api::live::{operation, use_live};
use crate::api::poll::use_later;
use crate::api::use_query::use_query;
use crate::ui::icon::icon;

/// Milliseconds between two looks for what is new, while nothing is told.
const PAUSE: i32 = 60_000;

/// Shows how many are unread, and opens the inbox.
#[component]
pub fn InboxButton() -> Html {
    let shown = use_state(|| false);
    let query = use_query::<NotificationUnreadQuery, ()>(());
    let live = use_live(vec![operation::<NotificationsChanged, ()>(())], query.busy, query.retry.clone());
    use_later(!live && !query.busy, PAUSE, query.retry.clone());
    let unread = query.data.as_ref().map_or(0, |data| data.notification_unread_count);
    let set = {
        let shown = shown.clone();
        Callback::from(move |open: bool| shown.set(open))
    };
    let label = bell_label(unread);
    html! {
        <>
            <button class="icon-button" type="button" aria-label={label.clone()} title={label} onclick={set.reform(|_: MouseEvent| true)}>
                { icon("inbox") }
                if unread > 0 { <span class="bell__count num" aria-hidden="true">{ badge(unread) }</span> }
            </button>
            if *shown { <InboxDrawer onclose={set.reform(|()| false)} /> }
        </>
    }
}
