//! Tabs over one panel.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::menu::step;

/// One tab.
#[derive(Clone, PartialEq)]
pub struct Tab {
    /// Stands in the address.
    pub name: &'static str,
    /// What it is.
    pub label: &'static str,
    /// A count behind it.
    pub count: Option<String>,
}

/// A row of tabs.
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// Names the row.
    pub label: AttrValue,
    /// The tabs.
    pub tabs: Vec<Tab>,
    /// The open one.
    pub open: AttrValue,
    /// Called with the tab to open.
    pub onopen: Callback<&'static str>,
    /// Whether the content brings its own panels; else the tabs stand in one with it.
    #[prop_or_default]
    pub open_ground: bool,
    /// The content of the open tab.
    pub children: Html,
}

/// Tabs and the panel of the open one; arrow keys move between tabs.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let node = use_node_ref();
    let onkeydown = {
        let node = node.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowRight" => step(&node, true, "[role=tab]"),
            "ArrowLeft" => step(&node, false, "[role=tab]"),
            _ => {}
        })
    };
    let tab = |tab: &Tab| {
        let name = tab.name;
        let selected = props.open == name;
        let onclick = props.onopen.reform(move |_: MouseEvent| name);
        html! {
            <button role="tab" type="button" id={format!("tab-{name}")} aria-selected={if selected { "true" } else { "false" }} aria-controls={selected.then_some("tab-panel")} tabindex={if selected { "0" } else { "-1" }} {onclick}>
                { tab.label }
                if let Some(count) = &tab.count { <span class="meta num">{ count }</span> }
            </button>
        }
    };
    html! {
        <section class={if props.open_ground { "stack" } else { "panel" }}>
            <div class={classes!("tabs", props.open_ground.then_some("tabs--open"))} role="tablist" aria-label={props.label.clone()} ref={node} {onkeydown}>{ for props.tabs.iter().map(tab) }</div>
            <div role="tabpanel" id="tab-panel" aria-labelledby={format!("tab-{}", props.open)} tabindex="0">{ props.children.clone() }</div>
        </section>
    }
}
