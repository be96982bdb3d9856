//! Short messages that something was done.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use yew::prelude::*;

use super::browser;
use super::icon::icon;

const SHOWN_FOR_MS: i32 = 6000;

enum Change {
    Show(AttrValue),
    Hide(usize),
}

#[derive(Clone, Default, PartialEq)]
struct Toasts {
    next: usize,
    shown: Vec<(usize, AttrValue)>,
}

impl Reducible for Toasts {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut toasts = (*self).clone();
        match change {
            Change::Show(text) => {
                toasts.shown.push((toasts.next, text));
                toasts.next += 1;
            }
            Change::Hide(id) => toasts.shown.retain(|(shown, _)| *shown != id),
        }
        Rc::new(toasts)
    }
}

/// Shows a message for a few seconds.
#[derive(Clone, Default, PartialEq)]
pub struct Toaster(Callback<AttrValue>);

impl Toaster {
    /// Says that something was done.
    pub fn show(&self, text: impl Into<AttrValue>) {
        self.0.emit(text.into());
    }
}

/// The messages of the page.
#[hook]
pub fn use_toaster() -> Toaster {
    use_context::<Toaster>().unwrap_or_default()
}

/// Holds the messages of everything below it.
#[component]
pub fn ToastHost(props: &yew::html::ChildrenProps) -> Html {
    let toasts = use_reducer(Toasts::default);
    let toaster = {
        let toasts = toasts.dispatcher();
        use_memo((), move |()| Toaster(Callback::from(move |text| toasts.dispatch(Change::Show(text)))))
    };
    {
        let dispatcher = toasts.dispatcher();
        use_effect_with(toasts.next, move |next| {
            let Some(id) = next.checked_sub(1) else { return };
            let hide = Closure::once_into_js(move || dispatcher.dispatch(Change::Hide(id)));
            if let Some(window) = browser::window() {
                let _ =
                    window.set_timeout_with_callback_and_timeout_and_arguments_0(hide.unchecked_ref(), SHOWN_FOR_MS);
            }
        });
    }
    html! {
        <ContextProvider<Toaster> context={(*toaster).clone()}>
            { props.children.clone() }
            <div class="toasts" role="status" aria-live="polite">
                { for toasts.shown.iter().map(|(id, text)| html! { <div class="toast" key={*id}>{ icon("success") }<span class="grow">{ text.clone() }</span></div> }) }
            </div>
        </ContextProvider<Toaster>>
    }
}
