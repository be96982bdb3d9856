//! Asking again after a while.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use yew::prelude::*;

use crate::ui::browser;

/// Milliseconds between an answer and the next question.
const PAUSE: i32 = 2_000;

/// Calls `again` a moment after `due` becomes true, as long as the component is there.
#[hook]
pub fn use_poll(due: bool, again: Callback<()>) {
    use_later(due, PAUSE, again);
}

/// Calls `again` so many milliseconds after `due` becomes true, as long as the component is there.
#[hook]
pub fn use_later(due: bool, pause: i32, again: Callback<()>) {
    use_effect_with(due, move |due| {
        let timer = due.then(|| Closure::once_into_js(move || again.emit(()))).and_then(|tick| {
            browser::window()?.set_timeout_with_callback_and_timeout_and_arguments_0(tick.unchecked_ref(), pause).ok()
        });
        move || {
            if let (Some(timer), Some(window)) = (timer, browser::window()) {
                window.clear_timeout_with_handle(timer);
            }
        }
    });
}
