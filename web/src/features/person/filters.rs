//! The filters of lists of people: everything stands in the address.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::i18n::{fill, t};
use crate::routes::{self, Url};
use crate::ui::button::Button;
use crate::ui::combobox::use_rested;
use crate::ui::icon::{hidden_text, small_icon};

/// A filter with its choices.
#[derive(Clone, PartialEq)]
pub struct Filter {
    /// Its parameter in the address.
    pub name: &'static str,
    /// What it is.
    pub label: &'static str,
    /// Codes and texts of its choices.
    pub options: Vec<(&'static str, &'static str)>,
}

/// The address with one filter changed, at the first page.
fn changed(url: &Url, name: &str, value: &str) -> String {
    url.with("after", "").with("before", "").with(name, value).address()
}

/// What the filters show.
#[derive(Properties, PartialEq)]
pub struct FiltersProps {
    /// The current address.
    pub url: Rc<Url>,
    /// The filters beside the name.
    pub filters: Vec<Filter>,
    /// Name of the organization in the address.
    pub organization: Option<AttrValue>,
    /// The size of the list.
    pub count: Option<AttrValue>,
}

/// The search field and a select for each filter.
#[component]
pub fn Filters(props: &FiltersProps) -> Html {
    let text = use_state(|| props.url.get("text").unwrap_or_default().to_owned());
    let more = use_state(|| false);
    let rested = use_rested((*text).clone());
    {
        let url = props.url.clone();
        use_effect_with(rested, move |rested| {
            if url.get("text").unwrap_or_default() != rested.trim() {
                routes::replace(&changed(&url, "text", rested.trim()));
            }
        });
    }
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                text.set(input.value());
            }
        })
    };
    let onclear = {
        let (text, path) = (text.clone(), props.url.path.clone());
        Callback::from(move |()| {
            text.set(String::new());
            routes::go(&path);
        })
    };
    let toggle = {
        let more = more.clone();
        Callback::from(move |()| more.set(!*more))
    };
    let select = |filter: &Filter| select(filter, &props.url, !*more);
    html! {
        <>
            <form class="filters" role="search" aria-label={t("名单", "List")} onsubmit={|event: SubmitEvent| event.prevent_default()}>
                <label class="search">{ small_icon("search") }{ hidden_text(t("按姓名或拼音首字母查找", "Find by name or initials")) }
                    <input class="input input--sm" type="search" placeholder={t("姓名、拼音首字母", "Name or initials")} value={(*text).clone()} {oninput} />
                </label>
                { for props.filters.iter().map(select) }
                <span class="only-phone"><Button class="button--quiet button--sm" icon="filter" label={t("条件", "Filters")} onclick={toggle} /></span>
                <span class="grow"></span>
                <span class="meta nowrap" role="status">{ props.count.clone() }</span>
            </form>
            { chips(props, &onclear) }
        </>
    }
}

fn select(filter: &Filter, url: &Rc<Url>, wide_only: bool) -> Html {
    let name = filter.name;
    let value = url.get(name).unwrap_or_default().to_owned();
    let several = value.contains(',');
    let onchange = {
        let url = url.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
                routes::go(&changed(&url, name, &select.value()));
            }
        })
    };
    html! {
        <label class={classes!("select", "select--sm", wide_only.then_some("only-wide"))}>{ hidden_text(filter.label) }
            <select {onchange}>
                <option value="" selected={value.is_empty()}>{ filter.label }</option>
                if several { <option value={value.clone()} selected=true>{ t("多项", "Several") }</option> }
                { for filter.options.iter().map(|(code, text)| html! { <option value={*code} selected={value == *code}>{ *text }</option> }) }
            </select>
        </label>
    }
}

fn chips(props: &FiltersProps, onclear: &Callback<()>) -> Html {
    let url = &props.url;
    let mut active: Vec<(&'static str, String)> = Vec::new();
    if url.get("organization").is_some() {
        let name = props.organization.as_ref().map(ToString::to_string).unwrap_or_default();
        active.push(("organization", fill("组织：{0}及下级", "Organization: {0} and below", &[&name])));
    }
    for filter in &props.filters {
        if let Some(value) = url.get(filter.name) {
            let texts: Vec<_> = value
                .split(',')
                .map(|code| filter.options.iter().find(|(option, _)| *option == code).map_or(code, |(_, text)| text))
                .collect();
            active.push((filter.name, format!("{}：{}", filter.label, texts.join(t("、", ", ")))));
        }
    }
    if url.get("withoutContact").is_some() {
        active.push(("withoutContact", t("缺培养联系人", "Without a contact person").to_owned()));
    }
    let chip = |(name, text): &(&'static str, String)| {
        let (name, url) = (*name, url.clone());
        let onclick = Callback::from(move |_: MouseEvent| routes::go(&changed(&url, name, "")));
        html! { <span class="chip">{ text.clone() }<button type="button" aria-label={fill("去掉条件：{0}", "Take away: {0}", &[text])} {onclick}>{ small_icon("close") }</button></span> }
    };
    if active.is_empty() && url.get("text").is_none() {
        return Html::default();
    }
    html! {
        <div class="chips" aria-label={t("已用条件", "Filters in use")} role="group">
            { for active.iter().map(chip) }
            <Button class="button--quiet button--sm" label={t("清除", "Clear")} onclick={onclear.clone()} />
        </div>
    }
}
