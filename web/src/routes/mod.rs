//! Addresses: which page a URL means, links, and moving between pages with a guard for unsaved forms.
//!
//! A router of our own, since the guard must be able to refuse a move, also one by the back button.

use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::rc::Rc;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BeforeUnloadEvent, MouseEvent};
use yew::prelude::*;

use crate::i18n::t;
use crate::ui::browser;

/// Path and query of the current page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// Begins with a slash.
    pub path: String,
    /// Parameters in their order.
    pub query: Vec<(String, String)>,
}

impl Url {
    /// Reads an address such as `/members?stage=FULL`.
    pub fn parse(address: &str) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let query = query.split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (!name.is_empty()).then(|| (decode(name), decode(value)))
        });
        Self { path: path.to_owned(), query: query.collect() }
    }

    /// The first value of a parameter that is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The same address with one parameter changed; an empty value takes it away.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut query: Vec<_> = self.query.iter().filter(|(key, _)| key != name).cloned().collect();
        if !value.is_empty() {
            query.push((name.to_owned(), value.to_owned()));
        }
        Self { path: self.path.clone(), query }
    }

    /// The address as text.
    pub fn address(&self) -> String {
        let query: Vec<_> =
            self.query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        if query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, query.join("&")) }
    }
}

/// An address made of a path and parameters; empty parameters are left out.
pub fn address(path: &str, query: &[(&str, &str)]) -> String {
    query
        .iter()
        .fold(Url { path: path.to_owned(), query: Vec::new() }, |url, (name, value)| url.with(name, value))
        .address()
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/:,".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let source = text.as_bytes();
    let mut bytes = Vec::with_capacity(source.len());
    let mut index = 0;
    while let Some(byte) = source.get(index) {
        let escaped = source
            .get(index + 1..index + 3)
            .filter(|_| *byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(value) = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(value);
            index += 3;
        } else {
            bytes.push(if *byte == b'+' { b' ' } else { *byte });
            index += 1;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The first workbench of the viewer.
    Home,
    /// `/sign-in?next=…`
    SignIn,
    /// A workbench by its name in lower case.
    Workbench(String),
    /// The tree with the topmost organization.
    Organizations,
    /// The tree with one organization.
    Organization(String),
    /// `/organizations/new?parent=…`
    OrganizationNew,
    /// The edit form of an organization.
    OrganizationEdit(String),
    /// The list of members with its filters in the query.
    Members,
    /// `/members/new?organization=…`
    MemberNew,
    /// One person.
    Person(String),
    /// The edit form of a person.
    PersonEdit(String),
    /// The list of accounts.
    Accounts,
    /// One account.
    Account(String),
    /// The audit trail.
    Audit,
    /// The viewer's own page.
    Me,
    /// Anything else.
    NotFound,
}

impl Route {
    /// The page of a path.
    pub fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["sign-in"] => Self::SignIn,
            ["workbench", name @ ("secretary" | "organizer" | "administrator" | "member")] => {
                Self::Workbench((*name).to_owned())
            }
            ["organizations"] => Self::Organizations,
            ["organizations", "new"] => Self::OrganizationNew,
            ["organizations", id] => Self::Organization(decode(id)),
            ["organizations", id, "edit"] => Self::OrganizationEdit(decode(id)),
            ["members"] => Self::Members,
            ["members", "new"] => Self::MemberNew,
            ["people", id] => Self::Person(decode(id)),
            ["people", id, "edit"] => Self::PersonEdit(decode(id)),
            ["accounts"] => Self::Accounts,
            ["accounts", id] => Self::Account(decode(id)),
            ["audit"] => Self::Audit,
            ["me"] => Self::Me,
            _ => Self::NotFound,
        }
    }
}

/// The page of an organization.
pub fn organization(id: &cynic::Id) -> String {
    format!("/organizations/{}", id.inner())
}

/// The page of a person.
pub fn person(id: &cynic::Id) -> String {
    format!("/people/{}", id.inner())
}

thread_local! {
    static UNSAVED: Cell<usize> = const { Cell::new(0) };
    static MOVED: RefCell<Callback<Url>> = RefCell::default();
    static SHOWN: RefCell<Url> = RefCell::default();
}

fn read_location() -> Url {
    let Some(location) = browser::window().map(|window| window.location()) else { return Url::default() };
    Url::parse(&format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default()))
}

/// Whether the reader lets go of what was typed; true when nothing is unsaved.
pub fn may_leave() -> bool {
    UNSAVED.get() == 0
        || browser::window().is_none_or(|window| {
            window
                .confirm_with_message(t(
                    "有未保存的内容。离开后不再保留。",
                    "There are unsaved changes. They are lost when you leave.",
                ))
                .unwrap_or(true)
        })
}

/// Goes to another page, unless the reader wants to keep an unsaved form.
pub fn go(address: &str) {
    if may_leave() {
        show(address, false);
    }
}

/// Goes to another page after saving: nothing is lost any more.
pub fn go_saved(address: &str) {
    UNSAVED.set(0);
    show(address, false);
}

/// Changes the address without a step in the history, as filters do.
pub fn replace(address: &str) {
    show(address, true);
}

fn show(address: &str, replace: bool) {
    let Some(window) = browser::window() else { return };
    let Ok(history) = window.history() else { return };
    let before = SHOWN.with_borrow(|url| url.path.clone());
    let _ = if replace {
        history.replace_state_with_url(&JsValue::NULL, "", Some(address))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(address))
    };
    let url = read_location();
    let moved = url.path != before;
    announce(url);
    if moved {
        window.scroll_to_with_x_and_y(0.0, 0.0);
        browser::focus("main");
    }
}

fn announce(url: Url) {
    SHOWN.with_borrow_mut(|shown| shown.clone_from(&url));
    MOVED.with_borrow(Clone::clone).emit(url);
}

/// Provides the current address to the pages below.
#[component]
pub fn Router(props: &yew::html::ChildrenProps) -> Html {
    let url = use_state(|| Rc::new(read_location()));
    {
        let url = url.clone();
        use_effect_with((), move |()| {
            SHOWN.with_borrow_mut(|shown| *shown = read_location());
            MOVED.set(Callback::from(move |next| url.set(Rc::new(next))));
            let back = Closure::<dyn Fn()>::new(|| {
                if may_leave() {
                    UNSAVED.set(0);
                    announce(read_location());
                } else if let Some(history) = browser::window().and_then(|window| window.history().ok()) {
                    let address = SHOWN.with_borrow(Url::address);
                    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
                }
            });
            let unload = Closure::<dyn Fn(BeforeUnloadEvent)>::new(|event: BeforeUnloadEvent| {
                if UNSAVED.get() > 0 {
                    event.prevent_default();
                    event.set_return_value("unsaved");
                }
            });
            if let Some(window) = browser::window() {
                let _ = window.add_event_listener_with_callback("popstate", back.as_ref().unchecked_ref());
                let _ = window.add_event_listener_with_callback("beforeunload", unload.as_ref().unchecked_ref());
            }
            // The router lives as long as the page.
            back.forget();
            unload.forget();
        });
    }
    html! { <ContextProvider<Rc<Url>> context={(*url).clone()}>{ props.children.clone() }</ContextProvider<Rc<Url>>> }
}

/// The current address.
#[hook]
pub fn use_url() -> Rc<Url> {
    use_context::<Rc<Url>>().unwrap_or_default()
}

/// Warns before a page with unsaved input is left.
#[hook]
pub fn use_unsaved(dirty: bool) {
    use_effect_with(dirty, |dirty| {
        let dirty = *dirty;
        if dirty {
            UNSAVED.set(UNSAVED.get() + 1);
        }
        move || {
            if dirty {
                UNSAVED.set(UNSAVED.get().saturating_sub(1));
            }
        }
    });
}

/// A link inside the app.
#[derive(Properties, PartialEq)]
pub struct LinkProps {
    /// The address.
    pub to: AttrValue,
    /// CSS classes.
    #[prop_or_default]
    pub class: Classes,
    /// Whether it leads to the page that is open.
    #[prop_or_default]
    pub current: bool,
    /// Called when it is followed.
    #[prop_or_default]
    pub onclick: Callback<()>,
    /// Names the link where its text does not.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// What it shows.
    pub children: Html,
}

/// A link that changes the page without loading the app anew.
#[component]
pub fn Link(props: &LinkProps) -> Html {
    let onclick = {
        let (to, followed) = (props.to.clone(), props.onclick.clone());
        Callback::from(move |event: MouseEvent| {
            if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
                return;
            }
            event.prevent_default();
            followed.emit(());
            go(&to);
        })
    };
    html! {
        <a href={props.to.clone()} class={props.class.clone()} aria-current={props.current.then_some("page")} aria-label={props.label.clone()} {onclick}>
            { props.children.clone() }
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_reading_and_writing() {
        let url = Url::parse("/members?text=%E6%B8%94%20a&stage=FULL,APPLICANT&empty=");
        assert_eq!(url.get("text"), Some("渔 a"));
        assert_eq!(url.get("empty"), None);
        assert_eq!(url.address(), "/members?text=%E6%B8%94%20a&stage=FULL,APPLICANT&empty=");
    }

    #[test]
    fn changing_a_parameter_keeps_the_others_and_an_empty_value_takes_it_away() {
        let url = Url::parse("/members?a=1&b=2");
        assert_eq!(url.with("a", "3").address(), "/members?b=2&a=3");
        assert_eq!(url.with("a", "").address(), "/members?b=2");
    }

    #[test]
    fn a_broken_escape_stays_as_it_is() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz+x"), "%zz x");
    }

    #[test]
    fn every_path_means_one_page() {
        assert_eq!(Route::of("/"), Route::Home);
        assert_eq!(Route::of("/organizations/new"), Route::OrganizationNew);
        assert_eq!(Route::of("/organizations/T3Jn/edit"), Route::OrganizationEdit("T3Jn".into()));
        assert_eq!(Route::of("/workbench/secretary"), Route::Workbench("secretary".into()));
        assert_eq!(Route::of("/workbench/unknown"), Route::NotFound);
        assert_eq!(Route::of("/people/x/y"), Route::NotFound);
    }
}
