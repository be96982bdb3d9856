//! Notices and the states in which a page stops.

use yew::prelude::*;

use super::icon::icon;

/// A notice; the tone is one of `""`, `success`, `warn`, `danger`.
pub fn notice(tone: &str, content: Html, action: Html) -> Html {
    let (name, role) = match tone {
        "success" => ("success", None),
        "warn" => ("warning", None),
        "danger" => ("danger", Some("alert")),
        _ => ("info", None),
    };
    let class = classes!("notice", (!tone.is_empty()).then(|| format!("notice--{tone}")));
    html! { <div {class} {role}>{ icon(name) }<div class="grow">{ content }</div>{ action }</div> }
}

/// A sentence where there is nothing else to show, with the next step.
pub fn empty_state(title: impl Into<AttrValue>, text: impl Into<AttrValue>, actions: Html) -> Html {
    state("inbox", title.into(), text.into(), actions)
}

/// A line where a part of a page has nothing to show.
pub fn empty_line(text: impl Into<AttrValue>) -> Html {
    html! { <p class="panel__body meta">{ text.into() }</p> }
}

/// An icon, a sentence, a hint and ways out.
pub fn state(name: &str, title: AttrValue, text: AttrValue, actions: Html) -> Html {
    html! {
        <div class="state">
            { icon(name) }
            <p class="state__title">{ title }</p>
            if !text.is_empty() { <p class="state__text">{ text }</p> }
            <div class="cluster">{ actions }</div>
        </div>
    }
}
