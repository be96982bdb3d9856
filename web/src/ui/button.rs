//! Buttons.

use yew::prelude::*;

use super::icon::{hidden_text, icon, small_icon};

/// What a button looks like and does.
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// Verb and object.
    pub label: AttrValue,
    /// Where the focus can be led.
    #[prop_or_default]
    pub id: Option<String>,
    /// Called when it is pressed.
    #[prop_or_default]
    pub onclick: Callback<()>,
    /// Modifiers such as `button--primary`.
    #[prop_or_default]
    pub class: Classes,
    /// Name of an icon before the label.
    #[prop_or_default]
    pub icon: Option<&'static str>,
    /// Name of an icon after the label.
    #[prop_or_default]
    pub trailing: Option<&'static str>,
    /// Whether its action is under way.
    #[prop_or_default]
    pub busy: bool,
    /// Whether it is out of use.
    #[prop_or_default]
    pub disabled: bool,
    /// Whether it sends the form around it.
    #[prop_or_default]
    pub submit: bool,
    /// For whom, where several buttons say the same; read aloud only.
    #[prop_or_default]
    pub subject: Option<AttrValue>,
}

/// A button with a label.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let onclick = {
        let (onclick, busy) = (props.onclick.clone(), props.busy);
        Callback::from(move |_: MouseEvent| {
            if !busy {
                onclick.emit(());
            }
        })
    };
    html! {
        <button id={props.id.clone()} class={classes!("button", props.class.clone())} type={if props.submit { "submit" } else { "button" }} aria-busy={props.busy.then_some("true")} disabled={props.disabled} {onclick}>
            if let Some(name) = props.icon { { small_icon(name) } }
            { props.label.clone() }
            if let Some(name) = props.trailing { { small_icon(name) } }
            if let Some(subject) = &props.subject { { hidden_text(format!("：{subject}")) } }
        </button>
    }
}

/// What an icon button looks like and does.
#[derive(Properties, PartialEq)]
pub struct IconButtonProps {
    /// Its name for screen readers and the pointer.
    pub label: AttrValue,
    /// Name of the icon.
    pub icon: &'static str,
    /// Called when it is pressed.
    pub onclick: Callback<()>,
    /// Modifiers such as `icon-button--sm`.
    #[prop_or_default]
    pub class: Classes,
}

/// A button that is only an icon.
#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    let onclick = props.onclick.reform(|_: MouseEvent| ());
    html! {
        <button class={classes!("icon-button", props.class.clone())} type="button" aria-label={props.label.clone()} title={props.label.clone()} {onclick}>{ icon(props.icon) }</button>
    }
}

/// One of a few choices, as pressed buttons in a row.
#[derive(Properties, PartialEq)]
pub struct SegmentedProps {
    /// Names the group.
    pub label: AttrValue,
    /// Value and text of each choice.
    pub options: Vec<(&'static str, &'static str)>,
    /// The value in force.
    pub value: AttrValue,
    /// Called with the new value.
    pub onchange: Callback<&'static str>,
}

/// A row of choices of which one is pressed.
#[component]
pub fn Segmented(props: &SegmentedProps) -> Html {
    let option = |(value, text): &(&'static str, &'static str)| {
        let value = *value;
        let onclick = props.onchange.reform(move |_: MouseEvent| value);
        html! { <button type="button" aria-pressed={if props.value == value { "true" } else { "false" }} {onclick}>{ *text }</button> }
    };
    html! { <div class="segmented" role="group" aria-label={props.label.clone()}>{ for props.options.iter().map(option) }</div> }
}
