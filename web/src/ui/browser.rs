//! The few things that the app asks of the browser beside the network.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Storage, Window};

/// The window; absent only outside a browser.
pub fn window() -> Option<Window> {
    // Asking `web_sys` outside a browser panics, so native tests get their answer here.
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

/// Waits so many milliseconds.
pub async fn wait(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Marks in the browser's own measurement that the app stands ready: what the reader came for is drawn. Only the first call
/// counts.
pub fn mark_ready() {
    const MARK: &str = "app-ready";
    if let Some(performance) = window().and_then(|window| window.performance())
        && performance.get_entries_by_name(MARK).length() == 0
    {
        let _ = performance.mark(MARK);
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// A value kept on this device.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Keeps a value on this device. A closed store (private mode) is no error: the choice then lasts for the visit.
pub fn store(key: &str, value: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Forgets a value kept on this device.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn visit_storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}

/// A value kept for this tab alone, until it is closed.
pub fn kept(key: &str) -> Option<String> {
    visit_storage()?.get_item(key).ok()?
}

/// Keeps a value for this tab alone, or lets it go. Says whether that worked.
pub fn keep(key: &str, value: Option<&str>) -> bool {
    visit_storage().is_some_and(|storage| match value {
        Some(value) => storage.set_item(key, value).is_ok(),
        None => storage.remove_item(key).is_ok(),
    })
}

/// Opens another page as a new document.
pub fn open(address: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(address);
    }
}

/// Names the page's language for screen readers.
pub fn set_language(tag: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Sets the theme: `light`, `dark`, or none for the system's.
pub fn set_theme(theme: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    if let Some(theme) = theme {
        let _ = root.set_attribute("data-theme", theme);
        store("jianghai.theme", theme);
    } else {
        let _ = root.remove_attribute("data-theme");
        forget("jianghai.theme");
    }
}

/// The theme chosen on this device, none when the system decides.
pub fn theme() -> Option<String> {
    stored("jianghai.theme")
}

/// Names the page in the window's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Moves the focus to the element of this id.
pub fn focus(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        focus_element(&element);
    }
}

/// Moves the focus to an element.
pub fn focus_element(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// A key that is never used twice, for mutations that must not happen twice.
pub fn fresh_key() -> String {
    // Written by the browser, since the code that writes floating-point numbers is ten kilobytes.
    let digits =
        |number: f64| js_sys::Number::from(number).to_string_with_radix(36).map(String::from).unwrap_or_default();
    let random = || digits(js_sys::Math::random()).trim_start_matches("0.").to_owned();
    [digits(js_sys::Date::now()), random(), random()].join("-")
}
