//! A tree by the ARIA pattern: arrow keys, Home, End, and typing the beginning of a name or of its spelling.
//! The items are drawn by those who know them; keys work on what is on the page, so branches may load when they open.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::browser;
use super::icon::small_icon;

/// A tree and its topmost items.
#[derive(Properties, PartialEq)]
pub struct TreeProps {
    /// Names the tree.
    pub label: AttrValue,
    /// The topmost items.
    pub children: Html,
}

fn items(tree: &Element) -> Vec<Element> {
    let Ok(list) = tree.query_selector_all("[role=treeitem]") else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.item(index)?.dyn_into::<Element>().ok()).collect()
}

fn press(item: &Element, part: &str) {
    if let Some(part) = item.query_selector(part).ok().flatten().and_then(|part| part.dyn_into::<HtmlElement>().ok()) {
        part.click();
    }
}

fn name(item: &Element) -> String {
    item.query_selector(".tree__name")
        .ok()
        .flatten()
        .and_then(|name| name.text_content())
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// Whether what was typed begins a name, its spelling or the initials of its syllables.
fn begins(name: &str, spelling: &str, typed: &str) -> bool {
    let initials: String = spelling.split(' ').filter_map(|syllable| syllable.chars().next()).collect();
    name.starts_with(typed) || spelling.replace(' ', "").starts_with(typed) || initials.starts_with(typed)
}

/// The element to focus after a key, if the key only moves.
fn target(items: &[Element], current: usize, key: &str) -> Option<usize> {
    match key {
        "ArrowDown" => Some((current + 1).min(items.len().saturating_sub(1))),
        "ArrowUp" => Some(current.saturating_sub(1)),
        "Home" => Some(0),
        "End" => items.len().checked_sub(1),
        _ => None,
    }
}

/// The element whose name begins with what was typed: the next one after the first letter, then the present one as long as it fits.
fn typed_target(items: &[Element], current: usize, typed: &str) -> Option<usize> {
    let from = if typed.chars().count() == 1 { current + 1 } else { current };
    let spelling = |item: &Element| item.get_attribute("data-spelling").unwrap_or_default();
    (from..items.len())
        .chain(0..from)
        .find(|index| items.get(*index).is_some_and(|item| begins(&name(item), &spelling(item), typed)))
}

/// What has been typed without a rest between the letters.
#[derive(Default)]
struct Typed {
    text: String,
    at: f64,
}

/// Letters further apart than this begin anew.
const REST_MS: f64 = 700.0;

impl Typed {
    fn add(&mut self, letter: &str, at: f64) -> &str {
        if at - self.at > REST_MS {
            self.text.clear();
        }
        self.at = at;
        self.text.push_str(&letter.to_ascii_lowercase());
        &self.text
    }
}

/// Moves the focus, opens, closes or chooses.
fn handle(tree: &Element, event: &KeyboardEvent, typed: &mut Typed) {
    // An input method that composes sends keys of its own (229 where the browser says nothing else).
    if event.is_composing() || event.key_code() == 229 || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let items = items(tree);
    let active = browser::document().and_then(|document| document.active_element());
    let Some(current) = items.iter().position(|item| Some(item) == active.as_ref()) else { return };
    let Some(item) = items.get(current) else { return };
    let expanded = item.get_attribute("aria-expanded");
    match (event.key().as_str(), expanded.as_deref()) {
        ("ArrowRight", Some("false")) | ("ArrowLeft", Some("true")) => press(item, ".tree__toggle"),
        ("ArrowRight", Some("true")) => {
            if let Some(next) = items.get(current + 1) {
                browser::focus_element(next);
            }
        }
        ("ArrowLeft", _) => {
            if let Some(parent) =
                item.parent_element().and_then(|group| group.closest("[role=treeitem]").ok().flatten())
            {
                browser::focus_element(&parent);
            }
        }
        ("Enter" | " ", _) => press(item, ".tree__row"),
        (key, _) => {
            let index = if key.chars().count() == 1 {
                typed_target(&items, current, typed.add(key, event.time_stamp()))
            } else {
                target(&items, current, key)
            };
            match index.and_then(|index| items.get(index)) {
                Some(next) => browser::focus_element(next),
                None => return,
            }
        }
    }
    event.prevent_default();
}

/// The list of the topmost items with the keys of a tree.
#[component]
pub fn Tree(props: &TreeProps) -> Html {
    let node = use_node_ref();
    let typed = use_mut_ref(Typed::default);
    let onkeydown = {
        let node = node.clone();
        Callback::from(move |event: KeyboardEvent| {
            if let Some(tree) = node.cast::<Element>() {
                handle(&tree, &event, &mut typed.borrow_mut());
            }
        })
    };
    html! { <ul class="tree" role="tree" aria-label={props.label.clone()} ref={node} {onkeydown}>{ props.children.clone() }</ul> }
}

/// One item.
#[derive(Properties, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of the ARIA pattern of its own")]
pub struct TreeItemProps {
    /// Its name.
    pub label: AttrValue,
    /// Its name in Latin letters, syllable by syllable; typing finds it too.
    #[prop_or_default]
    pub spelling: AttrValue,
    /// A number at its end.
    #[prop_or_default]
    pub count: AttrValue,
    /// Whether there is anything below.
    pub expandable: bool,
    /// Whether what is below is shown.
    pub expanded: bool,
    /// Whether it is the chosen one.
    pub selected: bool,
    /// Whether the tabulator key reaches it.
    pub reachable: bool,
    /// Opens or closes it.
    pub ontoggle: Callback<()>,
    /// Chooses it.
    pub onselect: Callback<()>,
    /// The items below.
    #[prop_or_default]
    pub children: Html,
}

/// An item and, when open, the items below it.
#[component]
pub fn TreeItem(props: &TreeItemProps) -> Html {
    let ontoggle = {
        let toggle = props.ontoggle.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            toggle.emit(());
        })
    };
    let onselect = {
        let select = props.onselect.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            select.emit(());
        })
    };
    let expanded = props.expandable.then_some(if props.expanded { "true" } else { "false" });
    html! {
        <li role="treeitem" data-spelling={props.spelling.clone()} aria-expanded={expanded} aria-selected={if props.selected { "true" } else { "false" }} tabindex={if props.reachable { "0" } else { "-1" }}>
            <div class="tree__row" onclick={onselect}>
                if props.expandable { <span class="tree__toggle" onclick={ontoggle}>{ small_icon("chevron-right") }</span> } else { <span class="tree__leaf" aria-hidden="true">{ "·" }</span> }
                <span class="tree__name" title={props.label.clone()}>{ props.label.clone() }</span>
                <span class="meta num">{ props.count.clone() }</span>
            </div>
            if props.expandable && props.expanded { <ul role="group">{ props.children.clone() }</ul> }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_name_is_found_by_its_signs_its_spelling_and_its_initials() {
        let found = |typed| begins("崇川区委员会", "chong chuan qu wei yuan hui", typed);
        assert!(["崇", "崇川", "c", "cc", "ccq", "chongch"].into_iter().all(found));
        assert!(!["川", "chuan", "qu"].into_iter().any(found));
    }

    #[test]
    fn letters_in_one_go_are_one_word() {
        let mut typed = Typed::default();
        assert_eq!(typed.add("C", 1000.0), "c");
        assert_eq!(typed.add("c", 1400.0), "cc");
        assert_eq!(typed.add("r", 2200.0), "r");
    }
}
