//! A button that opens a list of actions.

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, KeyboardEvent, Node};
use yew::prelude::*;

use super::browser;
use super::icon::small_icon;

/// One action.
#[derive(Clone, PartialEq)]
pub struct Item {
    /// Name of an icon.
    pub icon: &'static str,
    /// Verb and object.
    pub label: AttrValue,
    /// Whether it takes something away.
    pub danger: bool,
    /// Called when it is chosen.
    pub action: Callback<()>,
}

impl Item {
    /// An action.
    pub fn new(icon: &'static str, label: impl Into<AttrValue>, action: Callback<()>) -> Self {
        Self { icon, label: label.into(), danger: false, action }
    }

    /// An action that takes something away.
    pub fn danger(icon: &'static str, label: impl Into<AttrValue>, action: Callback<()>) -> Self {
        Self { danger: true, ..Self::new(icon, label, action) }
    }
}

/// What a menu offers.
#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// Name of the list, and of a button that shows only an icon.
    pub label: AttrValue,
    /// Whether the button shows only an icon.
    #[prop_or_default]
    pub icon_only: bool,
    /// Whether the list begins at the button's start; else it ends at its end.
    #[prop_or_default]
    pub start: bool,
    /// Classes of the button.
    #[prop_or_default]
    pub class: Classes,
    /// What the button shows.
    pub face: Html,
    /// The actions.
    pub items: Vec<Item>,
}

/// A menu: arrow keys move, Escape closes, leaving closes.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let open = use_state(|| false);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(*open, move |open| {
            if *open {
                step(&node, true, "[role=menuitem]");
            }
        });
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let onkeydown = {
        let (open, node) = (open.clone(), node.clone());
        Callback::from(move |event: KeyboardEvent| {
            if !*open {
                return;
            }
            match event.key().as_str() {
                "Escape" => {
                    open.set(false);
                    step(&node, true, "button[aria-haspopup]");
                }
                "ArrowDown" => {
                    event.prevent_default();
                    step(&node, true, "[role=menuitem]");
                }
                "ArrowUp" => {
                    event.prevent_default();
                    step(&node, false, "[role=menuitem]");
                }
                _ => {}
            }
        })
    };
    let onfocusout = {
        let (open, node) = (open.clone(), node.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
            if to.is_some() && !node.cast::<Node>().is_some_and(|menu| menu.contains(to.as_ref())) {
                open.set(false);
            }
        })
    };
    let root = node.clone();
    let item = |item: &Item| {
        let (open, node, action) = (open.clone(), root.clone(), item.action.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            open.set(false);
            // The item goes away: what it opens leads back to the button.
            step(&node, true, "button[aria-haspopup]");
            action.emit(());
        });
        html! { <button class={classes!("menu__item", item.danger.then_some("menu__item--danger"))} type="button" role="menuitem" {onclick}>{ small_icon(item.icon) }{ item.label.clone() }</button> }
    };
    html! {
        <div class={classes!("dropdown", props.start.then_some("dropdown--start"))} ref={node} {onkeydown} {onfocusout}>
            <button class={props.class.clone()} type="button" aria-haspopup="menu" aria-expanded={if *open { "true" } else { "false" }} aria-label={props.icon_only.then(|| props.label.clone())} onclick={toggle}>{ props.face.clone() }</button>
            if *open { <div class="menu__list" role="menu" aria-label={props.label.clone()}>{ for props.items.iter().map(item) }</div> }
        </div>
    }
}

/// Moves the focus to the next or previous match inside a node, round and round.
pub fn step(node: &NodeRef, forward: bool, selector: &str) {
    let Some(root) = node.cast::<Element>() else { return };
    let Ok(list) = root.query_selector_all(selector) else { return };
    let count = list.length();
    if count == 0 {
        return;
    }
    let active = browser::document().and_then(|document| document.active_element());
    let current = (0..count).find(|index| list.item(*index).as_ref() == active.as_deref());
    let next = match (current, forward) {
        (Some(index), true) => (index + 1) % count,
        (Some(index), false) => (index + count - 1) % count,
        (None, true) => 0,
        (None, false) => count - 1,
    };
    if let Some(element) = list.item(next).and_then(|item| item.dyn_into::<Element>().ok()) {
        browser::focus_element(&element);
    }
}
