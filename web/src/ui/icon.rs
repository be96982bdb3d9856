//! Icons of the sprite.

use yew::prelude::*;

/// An icon in the size of text lines.
pub fn icon(name: &str) -> Html {
    draw(name, "icon")
}

/// A small icon, for buttons and meta lines.
pub fn small_icon(name: &str) -> Html {
    draw(name, "icon icon--sm")
}

/// An icon with a class of its own.
pub fn draw(name: &str, class: &'static str) -> Html {
    html! { <svg class={class} aria-hidden="true"><use href={format!("/icons.svg#i-{name}")} /></svg> }
}

/// Text for screen readers only.
pub fn hidden_text(text: impl Into<AttrValue>) -> Html {
    html! { <span class="visually-hidden">{ text.into() }</span> }
}
