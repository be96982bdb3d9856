//! A search field with a list of matches below it: typed, chosen by arrow keys or pointer.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::browser;
use super::icon::small_icon;
use crate::i18n::t;

/// One match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Identifies it.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What tells it from others of the same name.
    pub meta: String,
    /// Name of an icon.
    pub icon: &'static str,
}

/// A search field and its matches.
#[derive(Properties, PartialEq)]
pub struct ComboboxProps {
    /// The id of the input.
    pub id: AttrValue,
    /// Names the input where no label does.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Shown while it is empty.
    pub placeholder: AttrValue,
    /// The text in it.
    pub text: AttrValue,
    /// Matches; none while they are looked up.
    pub choices: Option<Rc<Vec<Choice>>>,
    /// Called with the typed text.
    pub ontext: Callback<String>,
    /// Called with the chosen match.
    pub onchoose: Callback<Choice>,
    /// Low control.
    #[prop_or_default]
    pub small: bool,
    /// A key shown at the end of the field.
    #[prop_or_default]
    pub shortcut: Option<&'static str>,
    /// Whether its value is refused.
    #[prop_or_default]
    pub invalid: bool,
    /// Ids of help and error.
    #[prop_or_default]
    pub described: Option<String>,
}

/// The combobox pattern of ARIA with a list of matches.
#[component]
pub fn Combobox(props: &ComboboxProps) -> Html {
    let open = use_state(|| false);
    let active = use_state(|| None::<usize>);
    let count = props.choices.as_ref().map_or(0, |choices| choices.len());
    let list_id = format!("{}-list", props.id);
    let oninput = {
        let (ontext, open, active) = (props.ontext.clone(), open.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                open.set(true);
                active.set(None);
                ontext.emit(input.value());
            }
        })
    };
    let choose = {
        let (onchoose, open, choices) = (props.onchoose.clone(), open.clone(), props.choices.clone());
        Callback::from(move |index: usize| {
            if let Some(choice) = choices.as_ref().and_then(|choices| choices.get(index)) {
                open.set(false);
                onchoose.emit(choice.clone());
            }
        })
    };
    let onkeydown = {
        let (open, active, choose) = (open.clone(), active.clone(), choose.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" if count > 0 => {
                event.prevent_default();
                open.set(true);
                active.set(Some(active.map_or(0, |index| (index + 1) % count)));
            }
            "ArrowUp" if count > 0 => {
                event.prevent_default();
                active.set(Some(active.map_or(count - 1, |index| (index + count - 1) % count)));
            }
            "Enter" if *open && count > 0 => {
                event.prevent_default();
                choose.emit(active.unwrap_or(0));
            }
            "Escape" if *open => {
                event.prevent_default();
                event.stop_propagation();
                open.set(false);
            }
            _ => {}
        })
    };
    let onfocusout = {
        let open = open.clone();
        Callback::from(move |_: FocusEvent| open.set(false))
    };
    let shown = *open && !props.text.trim().is_empty();
    let option = |(index, choice): (usize, &Choice)| {
        let choose = choose.clone();
        // Pressing must not take the focus from the field, or the list would close before the choice is made.
        let onmousedown = Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            choose.emit(index);
        });
        let selected = *active == Some(index);
        html! {
            <li role="option" id={format!("{list_id}-{index}")} class={classes!("menu__item", selected.then_some("is-selected"))} aria-selected={if selected { "true" } else { "false" }} {onmousedown}>
                { small_icon(choice.icon) }<span class="grow">{ choice.title.clone() }{ " " }<span class="meta">{ choice.meta.clone() }</span></span>
            </li>
        }
    };
    html! {
        <div class="search" {onfocusout}>
            { small_icon("search") }
            <input class={classes!("input", props.small.then_some("input--sm"))} type="text" id={props.id.clone()} autocomplete="off" role="combobox" aria-autocomplete="list"
                aria-expanded={if shown { "true" } else { "false" }} aria-controls={list_id.clone()} aria-activedescendant={active.filter(|_| shown).map(|index| format!("{list_id}-{index}"))}
                aria-label={props.label.clone()} aria-invalid={props.invalid.then_some("true")} aria-describedby={props.described.clone()} placeholder={props.placeholder.clone()} value={props.text.clone()} {oninput} {onkeydown} />
            if let Some(key) = props.shortcut { <kbd class="search__key" aria-hidden="true">{ key }</kbd> }
            <ul class="menu__list search__results" role="listbox" id={list_id.clone()} aria-label={t("匹配结果", "Matches")} hidden={!shown || count == 0}>
                if let Some(choices) = &props.choices { { for choices.iter().enumerate().map(option) } }
            </ul>
            if shown && count == 0 {
                <p class="menu__list search__results meta" role="status">{ if props.choices.is_some() { t("没有匹配的结果", "Nothing matches") } else { t("正在查找", "Searching") } }</p>
            }
        </div>
    }
}

/// A text that follows another once it has rested for a moment.
#[hook]
pub fn use_rested(text: String) -> String {
    let rested = use_state(|| text.clone());
    {
        let rested = rested.clone();
        use_effect_with(text, move |text| {
            let text = text.clone();
            let settle = Closure::once_into_js(move || rested.set(text));
            let timer = browser::window().and_then(|window| {
                window.set_timeout_with_callback_and_timeout_and_arguments_0(settle.unchecked_ref(), 200).ok()
            });
            move || {
                if let (Some(timer), Some(window)) = (timer, browser::window()) {
                    window.clear_timeout_with_handle(timer);
                }
            }
        });
    }
    (*rested).clone()
}
