//! Addresses: which page a URL means, links, and moving between pages with a guard for unsaved forms.
//!
//! A router of our own, since the guard must be able to refuse a move, also one by the back button.

mod page;
mod url;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BeforeUnloadEvent, MouseEvent};
use yew::prelude::*;

use crate::i18n::t;
use crate::ui::browser;
pub use page::{Desk, Route, organization, person};
pub use url::{Url, address, encode};

thread_local! {
    static UNSAVED: Cell<usize> = const { Cell::new(0) };
    static WARNING: Cell<Option<&'static str>> = const { Cell::new(None) };
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
                .confirm_with_message(WARNING.get().unwrap_or_else(|| {
                    t("有未保存的内容。离开后不再保留。", "There are unsaved changes. They are lost when you leave.")
                }))
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
    if page::is_desk(address) != SHOWN.with_borrow(|url| page::is_desk(&url.path)) {
        // The other half of the app is another document. Whoever comes here has let go of what was typed.
        UNSAVED.set(0);
        let location = window.location();
        let _ = if replace { location.replace(address) } else { location.assign(address) };
        return;
    }
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

/// Where to go on.
#[derive(Properties, PartialEq)]
pub struct ForwardProps {
    /// The address.
    pub to: AttrValue,
}

/// Goes on to another page, without a step in the history.
#[component]
pub fn Forward(props: &ForwardProps) -> Html {
    use_effect_with(props.to.clone(), |to| replace(to));
    Html::default()
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

/// Warns with these words before a page is left; none where nothing would be lost.
#[hook]
pub fn use_warning(words: Option<&'static str>) {
    use_unsaved(words.is_some());
    use_effect_with(words, |words| {
        WARNING.set(*words);
        || WARNING.set(None)
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
