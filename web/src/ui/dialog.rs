//! A dialog: focus goes in, stays in, and returns; Escape closes.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::browser;
use super::button::IconButton;
use crate::i18n::t;

/// What a dialog shows.
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Verb and object.
    pub title: AttrValue,
    /// Whether it stands at the end of the window, over its whole height.
    #[prop_or_default]
    pub drawer: bool,
    /// Called when it is closed without an action.
    pub onclose: Callback<()>,
    /// Body and foot.
    pub children: Html,
}

const FOCUSABLE: &str =
    "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled])";

/// The controls of a dialog in their order.
fn controls(dialog: &Element) -> Vec<Element> {
    let Ok(list) = dialog.query_selector_all(FOCUSABLE) else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into::<Element>().ok()).collect()
}

/// Keeps the tabulator key inside the dialog.
fn keep_inside(dialog: &Element, event: &KeyboardEvent) {
    let controls = controls(dialog);
    let (Some(first), Some(last)) = (controls.first(), controls.last()) else { return };
    let active = browser::document().and_then(|document| document.active_element());
    let (edge, other) = if event.shift_key() { (first, last) } else { (last, first) };
    if active.as_ref() == Some(edge) || !dialog.contains(active.as_deref()) {
        event.prevent_default();
        browser::focus_element(other);
    }
}

/// A dialog over the page.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let opener = browser::document().and_then(|document| document.active_element());
            if let Some(dialog) = node.cast::<Element>() {
                let controls = controls(&dialog);
                // The first control is the closing cross; a form begins at the second.
                if let Some(control) = controls.get(1).or(controls.first()) {
                    browser::focus_element(control);
                }
            }
            move || {
                if let Some(opener) = opener.and_then(|opener| opener.dyn_into::<HtmlElement>().ok()) {
                    let _ = opener.focus();
                }
            }
        });
    }
    let onkeydown = {
        let (node, onclose) = (node.clone(), props.onclose.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                event.stop_propagation();
                onclose.emit(());
            }
            "Tab" => {
                if let Some(dialog) = node.cast::<Element>() {
                    keep_inside(&dialog, &event);
                }
            }
            _ => {}
        })
    };
    let dialog = html! {
        <div class={classes!("scrim", props.drawer.then_some("scrim--end"))} {onkeydown}>
            <div class={if props.drawer { "drawer" } else { "dialog" }} role="dialog" aria-modal="true" aria-labelledby="dialog-title" ref={node}>
                <div class="dialog__head">
                    <h2 class="dialog__title" id="dialog-title">{ props.title.clone() }</h2>
                    <IconButton class="icon-button--sm" icon="close" label={t("关闭", "Close")} onclick={props.onclose.clone()} />
                </div>
                { props.children.clone() }
            </div>
        </div>
    };
    // At the end of the page, so that nothing around the opener cuts, covers or restyles it.
    match browser::document().and_then(|document| document.body()) {
        Some(body) => create_portal(dialog, body.into()),
        None => dialog,
    }
}
