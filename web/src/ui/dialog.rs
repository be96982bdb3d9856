//! A dialog: focus goes in, stays in, and returns; Escape closes.

use std::cell::RefCell;

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
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
    /// Whether its content is still fetched; the focus goes on to the content as soon as that is there.
    #[prop_or_default]
    pub loading: bool,
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
    let before_all = event.shift_key() && active.as_ref() == Some(dialog);
    if before_all || active.as_ref() == Some(edge) || !dialog.contains(active.as_deref()) {
        event.prevent_default();
        browser::focus_element(other);
    }
}

thread_local! {
    /// Where the focus was before the first of the dialogs that follow one another.
    static OPENER: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Takes the focus in. A dialog that takes the place of another returns it to where that one was opened.
fn enter(dialog: &Element) {
    let active = browser::document().and_then(|document| document.active_element());
    // The control that was pressed in the dialog before, or nothing where that is gone already.
    let passing =
        |element: &Element| element.closest("[role=dialog]").ok().flatten().is_some() || element.tag_name() == "BODY";
    if let Some(active) = active.filter(|active| !passing(active)) {
        OPENER.set(Some(active));
    }
    begin(dialog);
}

/// The first control is the closing cross; a form begins at the second.
fn begin(dialog: &Element) {
    let controls = controls(dialog);
    if let Some(control) = controls.get(1).or(controls.first()) {
        browser::focus_element(control);
    }
}

/// Leads the focus on to content that came late, where the reader still waits at the closing cross.
fn go_on(dialog: &Element) {
    let active = browser::document().and_then(|document| document.active_element());
    if active.is_some() && active.as_ref() == controls(dialog).first() {
        begin(dialog);
    }
}

/// Said to what stands in a dialog already, so that it draws no frame of its own.
#[derive(Clone, PartialEq)]
pub struct Framed;

/// Returns the focus, unless another dialog has it. Where the opener is gone, the reader goes on at the page's content.
fn leave(dialog: Option<&Element>) {
    let Some(document) = browser::document() else { return };
    let Ok(open) = document.query_selector_all("[role=dialog]") else { return };
    let others = (0..open.length()).filter_map(|index| open.item(index)?.dyn_into::<Element>().ok());
    if others.into_iter().any(|other| Some(&other) != dialog) {
        return;
    }
    match OPENER.take() {
        Some(opener) if opener.is_connected() => browser::focus_element(&opener),
        _ => browser::focus("main"),
    }
}

/// A dialog over the page.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<Element>();
            if let Some(dialog) = &dialog {
                enter(dialog);
            }
            move || leave(dialog.as_ref())
        });
    }
    {
        let node = node.clone();
        use_effect_with(props.loading, move |loading| {
            if let Some(dialog) = node.cast::<Element>().filter(|_| !loading) {
                go_on(&dialog);
            }
        });
    }
    // A press beside the dialog takes the focus nowhere, so that the keys go on working.
    let onmousedown = Callback::from(|event: MouseEvent| {
        if event.target() == event.current_target() {
            event.prevent_default();
        }
    });
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
        <div class={classes!("scrim", props.drawer.then_some("scrim--end"))} {onkeydown} {onmousedown}>
            <div class={if props.drawer { "drawer" } else { "dialog" }} role="dialog" tabindex="-1" aria-modal="true" aria-labelledby="dialog-title" ref={node}>
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
