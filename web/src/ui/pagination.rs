//! The pager of keyset lists: previous, next, count; no page numbers.

use yew::prelude::*;

use super::button::Button;
use crate::api::fragments::PageInfo;
use crate::i18n::{fill, format, t};
use crate::routes::{self, use_url};

/// Where a list stands.
#[derive(Properties, PartialEq)]
pub struct PagerProps {
    /// Page of the connection.
    pub page: PageInfo,
    /// Rows in all.
    pub total: i32,
    /// Whether counting stopped.
    pub capped: bool,
    /// Rows on this page.
    pub shown: usize,
}

/// Steps through a list by the cursors in the address.
#[component]
pub fn Pager(props: &PagerProps) -> Html {
    let url = use_url();
    let step = |name: &'static str, cursor: &Option<String>| {
        let (url, cursor) = (url.clone(), cursor.clone().unwrap_or_default());
        Callback::from(move |()| routes::go(&url.with("after", "").with("before", "").with(name, &cursor).address()))
    };
    let count = count_text(props.total, props.capped);
    html! {
        <div class="pager">
            <span>{ fill("共 {0}，本页 {1}", "{0} in all, {1} here", &[&count, &props.shown.to_string()]) }</span>
            if props.page.has_previous_page || props.page.has_next_page {
                <div class="pager__nav">
                    <Button class="button--sm" label={t("上一页", "Previous")} icon="chevron-left" disabled={!props.page.has_previous_page} onclick={step("before", &props.page.start_cursor)} />
                    <Button class="button--sm" label={t("下一页", "Next")} trailing="chevron-right" disabled={!props.page.has_next_page} onclick={step("after", &props.page.end_cursor)} />
                </div>
            }
        </div>
    }
}

/// A total that says where counting stopped.
pub fn count_text(total: i32, capped: bool) -> String {
    let number = format::number(total);
    if capped { fill("{0} 以上", "more than {0}", &[&number]) } else { number }
}

/// The paging arguments of a list: first or last, after or before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageArguments {
    /// Rows from the start or after a cursor.
    pub first: Option<i32>,
    /// The cursor to go on from.
    pub after: Option<String>,
    /// Rows before a cursor.
    pub last: Option<i32>,
    /// The cursor to go back from.
    pub before: Option<String>,
}

impl PageArguments {
    /// The page that an address asks for.
    pub fn of(url: &routes::Url, size: i32) -> Self {
        match (url.get("before"), url.get("after")) {
            (Some(before), _) => Self { first: None, after: None, last: Some(size), before: Some(before.to_owned()) },
            (None, after) => Self { first: Some(size), after: after.map(str::to_owned), last: None, before: None },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn going_back_asks_for_the_last_rows_before_the_cursor() {
        let page = PageArguments::of(&routes::Url::parse("/members?before=c1"), 20);
        assert_eq!(page, PageArguments { first: None, after: None, last: Some(20), before: Some("c1".into()) });
        let page = PageArguments::of(&routes::Url::parse("/members"), 20);
        assert_eq!(page, PageArguments { first: Some(20), after: None, last: None, before: None });
    }
}
