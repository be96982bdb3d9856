//! The search of the top bar.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::operations::{SearchQuery, SearchResult, SearchVariables};
use crate::api::types::Labelled;
use crate::api::use_query::use_query_when;
use crate::i18n::t;
use crate::routes;
use crate::ui::browser;
use crate::ui::combobox::{Choice, Combobox, use_rested};

/// Matches of each kind in the list.
const EACH: i32 = 6;

/// Where the search stands.
#[derive(Properties, PartialEq)]
pub struct SearchBoxProps {
    /// The id of the input.
    pub id: AttrValue,
    /// Whether the slash key leads here.
    #[prop_or_default]
    pub shortcut: bool,
    /// Whether it looks for organizations alone.
    #[prop_or_default]
    pub organizations: bool,
    /// Called when a match is opened.
    #[prop_or_default]
    pub ondone: Callback<()>,
}

/// Searches organizations and people and opens the chosen one.
#[component]
pub fn SearchBox(props: &SearchBoxProps) -> Html {
    let text = use_state(String::new);
    let choices = use_matches((*text).clone());
    use_slash(props.shortcut, props.id.clone());
    let ontext = {
        let text = text.clone();
        Callback::from(move |typed| text.set(typed))
    };
    let onchoose = {
        let (text, ondone) = (text.clone(), props.ondone.clone());
        Callback::from(move |choice: Choice| {
            text.set(String::new());
            ondone.emit(());
            routes::go(&choice.id);
        })
    };
    let alone = props.organizations;
    let all = |matches: &(Vec<Choice>, Vec<Choice>)| {
        let people = matches.1.iter().filter(|_| !alone);
        Rc::new(matches.0.iter().chain(people).cloned().collect::<Vec<_>>())
    };
    let (label, placeholder) = if alone {
        (t("在组织树里查找", "Find in the tree"), t("名称、代码、拼音首字母", "Name, code or initials"))
    } else {
        (t("搜索组织和人员", "Search organizations and people"), t("搜索组织、人员", "Search organizations, people"))
    };
    html! {
        <Combobox id={props.id.clone()} {label} {placeholder} small=true
            shortcut={props.shortcut.then_some("/")} text={(*text).clone()} choices={choices.as_deref().map(all)} {ontext} {onchoose} />
    }
}

/// Organizations and people that match; their ids are addresses.
#[hook]
pub fn use_matches(text: String) -> Option<Rc<(Vec<Choice>, Vec<Choice>)>> {
    let rested = use_rested(text.trim().to_owned());
    let variables = (!rested.is_empty()).then(|| SearchVariables { text: rested.clone(), first: Some(EACH) });
    let query = use_query_when::<SearchQuery, _>(variables);
    if query.busy || rested != text.trim() {
        return None;
    }
    query.data.map(|data| Rc::new(choices(&data.search)))
}

fn choices(found: &SearchResult) -> (Vec<Choice>, Vec<Choice>) {
    let organizations = found.organizations.iter().map(|organization| Choice {
        id: routes::organization(&organization.id),
        title: organization.name.clone(),
        meta: organization
            .parent
            .as_ref()
            .map_or_else(|| organization.kind.label().to_owned(), |parent| parent.name.clone()),
        icon: "organization",
    });
    let members = found.members.iter().map(|member| Choice {
        id: routes::person(&member.person.id),
        title: member.person.name.clone(),
        meta: [member.stage.label(), member.home_organization.as_ref().map_or("", |home| home.name.as_str())].join(" "),
        icon: "person",
    });
    let persons = found.persons.iter().map(|person| Choice {
        id: routes::person(&person.id),
        title: person.name.clone(),
        meta: person.affiliations.first().map_or_else(
            || t("任职人员", "Holds a post").to_owned(),
            |tie| [tie.kind.label(), tie.organization.as_ref().map_or("", |place| place.name.as_str())].join(" "),
        ),
        icon: "person",
    });
    (organizations.collect(), members.chain(persons).collect())
}

/// Leads the slash key into the search, unless something is being typed.
#[hook]
fn use_slash(active: bool, id: AttrValue) {
    use_effect_with((active, id), |(active, id)| {
        let id = id.clone();
        let listener = active.then(|| {
            Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
                let typing = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok())
                    .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
                if event.key() == "/" && !typing && !event.ctrl_key() && !event.meta_key() {
                    event.prevent_default();
                    browser::focus(&id);
                }
            })
        });
        if let (Some(listener), Some(window)) = (&listener, browser::window()) {
            let _ = window.add_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
        }
        move || {
            if let (Some(listener), Some(window)) = (listener, browser::window()) {
                let _ = window.remove_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
            }
        }
    });
}
