//! The filters of the audit page: who, what, where, when; everything stands in the address.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::model::{FILTERS, changed, is_backward};
use super::object::use_object_name;
use super::words::{ACTIONS, GROUPS, group_of};
use crate::api::use_query::use_query_when;
use crate::features::account::operations::{AccountFilter, AccountsQuery, AccountsVariables};
use crate::features::organization::use_organization_name;
use crate::features::search::use_matches;
use crate::i18n::{fill, t};
use crate::routes::{self, Url};
use crate::ui::button::Button;
use crate::ui::combobox::{Choice, Combobox, use_rested};
use crate::ui::field::field_error;
use crate::ui::icon::small_icon;

/// Accounts that are offered.
const OFFERED: i32 = 6;

/// The current address.
#[derive(Properties, PartialEq)]
pub struct FiltersProps {
    /// The current address.
    pub url: Rc<Url>,
}

/// One field for each filter; the object, which is chosen on its own page, as a chip.
#[component]
pub fn Filters(props: &FiltersProps) -> Html {
    let url = &props.url;
    let (from, until) = (url.get("from").unwrap_or_default(), url.get("until").unwrap_or_default());
    let backward = is_backward(from, until);
    let used = FILTERS.iter().any(|name| url.get(name).is_some());
    html! {
        <>
            <form class="filters filters--fields" role="search" aria-label={t("变动记录", "Changes")} onsubmit={|event: SubmitEvent| event.prevent_default()}>
                <Who url={url.clone()} />
                { action(url) }
                <Place url={url.clone()} />
                { day(url, "from", t("从", "From"), from, false) }
                { day(url, "until", t("到", "Until"), until, backward) }
                if used { <Button class="button--quiet" label={t("清除条件", "Clear filters")} onclick={|()| routes::go("/desk/audit")} /> }
            </form>
            if backward { <div class="chips">{ field_error("audit-until-error", t("结束日期早于开始日期，换一个日期。", "The period ends before it begins; choose another day.")) }</div> }
            <ObjectChip url={url.clone()} />
        </>
    }
}

/// A label above its control.
fn field(name: &str, label: &'static str, control: Html) -> Html {
    let class = classes!("field", (name == "organization").then_some("field--wide"));
    html! { <div {class}><label class="field__label" for={format!("audit-{name}")}>{ label }</label>{ control }</div> }
}

fn day(url: &Rc<Url>, name: &'static str, label: &'static str, value: &str, invalid: bool) -> Html {
    let onchange = {
        let url = url.clone();
        Callback::from(move |event: Event| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                routes::go(&changed(&url, name, &input.value()));
            }
        })
    };
    let described = invalid.then_some("audit-until-error");
    let control = html! { <input class="input" type="date" id={format!("audit-{name}")} value={value.to_owned()} aria-invalid={invalid.then_some("true")} aria-describedby={described} {onchange} /> };
    field(name, label, control)
}

fn action(url: &Rc<Url>) -> Html {
    let chosen = url.get("action");
    let onchange = {
        let url = url.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
                routes::go(&changed(&url, "action", &select.value()));
            }
        })
    };
    let options = |group: Option<usize>| -> Html {
        let options = ACTIONS.iter().filter(|(name, ..)| group_of(name) == group);
        options
            .map(|(name, zh, en)| html! { <option value={*name} selected={chosen == Some(*name)}>{ t(zh, en) }</option> })
            .collect()
    };
    let group = |(index, (zh, en, _)): (usize, &(&'static str, &'static str, &[&str]))| html! { <optgroup label={t(zh, en)}>{ options(Some(index)) }</optgroup> };
    let control = html! {
        <div class="select"><select id="audit-action" {onchange}>
            <option value="" selected={chosen.is_none()}>{ t("全部操作", "All actions") }</option>
            { for GROUPS.iter().enumerate().map(group) }
            { options(None) }
        </select></div>
    };
    field("action", t("操作", "Action"), control)
}

/// A text that follows the address, unless something is being typed.
#[hook]
fn use_followed(value: String) -> UseStateHandle<String> {
    let text = use_state(|| value.clone());
    {
        let text = text.clone();
        use_effect_with(value, move |value| text.set(value.clone()));
    }
    text
}

/// Takes what is typed; an emptied field takes the filter away.
fn ontext(url: &Rc<Url>, name: &'static str, text: &UseStateHandle<String>) -> Callback<String> {
    let (url, text) = (url.clone(), text.clone());
    Callback::from(move |typed: String| {
        if typed.is_empty() && url.get(name).is_some() {
            routes::go(&changed(&url, name, ""));
        }
        text.set(typed);
    })
}

/// Who acted: accounts that the viewer may see are offered; any other name that rows show can be typed.
#[component]
fn Who(props: &FiltersProps) -> Html {
    let url = &props.url;
    let text = use_followed(url.get("who").unwrap_or_default().to_owned());
    let typed = text.trim().to_ascii_lowercase();
    let rested = use_rested(typed.clone());
    let asked = (!rested.is_empty() && url.get("who") != Some(&rested)).then(|| AccountsVariables {
        first: Some(OFFERED),
        after: None,
        last: None,
        before: None,
        filter: Some(AccountFilter { text: Some(rested.clone()), ..AccountFilter::default() }),
    });
    let query = use_query_when::<AccountsQuery, _>(asked);
    let choice = |id: &str, meta: String| Choice { id: id.to_owned(), title: id.to_owned(), meta, icon: "person" };
    let choices = (rested == typed && !query.busy).then(|| {
        let accounts = query.data.iter().flat_map(|data| &data.accounts.nodes);
        let mut choices: Vec<_> = accounts
            .filter(|account| account.name.starts_with(&typed))
            .map(|account| {
                choice(&account.name, account.person.as_ref().map_or_else(String::new, |who| who.name.clone()))
            })
            .collect();
        if !typed.is_empty() && choices.iter().all(|choice| choice.id != typed) {
            choices.push(choice(&typed, t("按这个账号查找", "find by this account").to_owned()));
        }
        Rc::new(choices)
    });
    let onchoose = {
        let (url, text) = (url.clone(), text.clone());
        Callback::from(move |choice: Choice| {
            text.set(choice.id.clone());
            routes::go(&changed(&url, "who", &choice.id));
        })
    };
    let control = html! { <Combobox id="audit-who" placeholder={t("账号", "Account")} text={(*text).clone()} {choices} ontext={ontext(url, "who", &text)} {onchoose} /> };
    field("who", t("账号", "Account"), control)
}

/// Where: an organization with everything below it.
#[component]
fn Place(props: &FiltersProps) -> Html {
    let url = &props.url;
    let name = use_organization_name(url.get("organization").map(str::to_owned));
    let name = name.as_deref().unwrap_or_default().to_owned();
    let text = use_followed(name.clone());
    let searched = if *text == name { String::new() } else { (*text).clone() };
    let matches = use_matches(searched);
    let choices = matches.map(|matches| Rc::new(matches.0.clone()));
    let onchoose = {
        let (url, text) = (url.clone(), text.clone());
        Callback::from(move |choice: Choice| {
            text.set(choice.title);
            routes::go(&changed(&url, "organization", choice.id.rsplit('/').next().unwrap_or_default()));
        })
    };
    let control = html! { <Combobox id="audit-organization" placeholder={t("名称、代码、拼音首字母", "Name, code or initials")} text={(*text).clone()} {choices} ontext={ontext(url, "organization", &text)} {onchoose} /> };
    field("organization", t("组织及下级", "Organization and below"), control)
}

/// What the trail is narrowed to.
#[component]
fn ObjectChip(props: &FiltersProps) -> Html {
    let url = &props.url;
    let name = use_object_name(url.get("object").map(str::to_owned));
    if url.get("object").is_none() {
        return Html::default();
    }
    let text = match &name {
        Some(name) => fill("对象：{0}", "Object: {0}", &[name]),
        None => t("一个对象的变动", "Changes of one object").to_owned(),
    };
    let onclick = {
        let url = url.clone();
        Callback::from(move |_: MouseEvent| routes::go(&changed(&url, "object", "")))
    };
    html! {
        <div class="chips" role="group" aria-label={t("已用条件", "Filters in use")}>
            <span class="chip">{ text.clone() }<button type="button" aria-label={fill("去掉条件：{0}", "Take away: {0}", &[&text])} {onclick}>{ small_icon("close") }</button></span>
        </div>
    }
}
