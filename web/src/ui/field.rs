//! One labelled field of a form, with its help and its error beside it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::form::FormHandle;
use super::icon::{hidden_text, small_icon};
use crate::api::fragments::UserError;
use crate::i18n::t;

/// What a field takes.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Kind {
    /// A line of text.
    #[default]
    Text,
    /// Several lines.
    Lines,
    /// A calendar date.
    Date,
    /// A hidden text.
    Password,
    /// One of the options.
    Select,
    /// Yes or no; `true` or empty.
    Check,
}

/// What a field looks like.
#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// The form it belongs to.
    pub form: FormHandle,
    /// Its name in the form and in the mutation's input.
    pub name: &'static str,
    /// What it is.
    pub label: AttrValue,
    /// What it takes.
    #[prop_or_default]
    pub kind: Kind,
    /// Whether it must be filled.
    #[prop_or_default]
    pub required: bool,
    /// A line below it.
    #[prop_or_default]
    pub help: Option<AttrValue>,
    /// Values and texts of a select.
    #[prop_or_default]
    pub options: Vec<(String, String)>,
    /// The first text of a select where none is chosen.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// How the browser may fill it.
    #[prop_or_default]
    pub autocomplete: Option<&'static str>,
    /// What stands beside the control.
    #[prop_or_default]
    pub aside: Html,
    /// What the server says is wrong.
    #[prop_or_default]
    pub errors: Rc<Vec<UserError>>,
}

/// The error of a field, if there is one.
pub fn error_of<'a>(errors: &'a [UserError], name: &str) -> Option<&'a UserError> {
    errors.iter().find(|error| error.field.last().is_some_and(|field| field == name))
}

/// A label, a control, a help line and an error.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let id = props.form.id(props.name);
    let error = error_of(&props.errors, props.name);
    let described = match (error.is_some(), props.help.is_some()) {
        (true, true) => Some(format!("{id}-error {id}-help")),
        (true, false) => Some(format!("{id}-error")),
        (false, true) => Some(format!("{id}-help")),
        (false, false) => None,
    };
    if props.kind == Kind::Check {
        return check(props, &id);
    }
    html! {
        <div class="field">
            <label class="field__label" for={id.clone()}>{ props.label.clone() }if props.required { <span class="field__req">{ t("必填", "required") }</span> }</label>
            if props.aside == Html::default() {
                { control(props, &id, described, error.is_some()) }
            } else {
                <div class="field__line">{ control(props, &id, described, error.is_some()) }{ props.aside.clone() }</div>
            }
            if let Some(help) = &props.help { <p class="field__help" id={format!("{id}-help")}>{ help.clone() }</p> }
            if let Some(error) = error { { field_error(&format!("{id}-error"), &error.message) } }
        </div>
    }
}

/// The line below a field that says what is wrong.
pub fn field_error(id: &str, message: &str) -> Html {
    html! {
        <p class="field__error" id={id.to_owned()}>{ small_icon("danger") }<span>{ hidden_text(t("错误：", "Error: ")) }{ message.to_owned() }</span></p>
    }
}

fn check(props: &FieldProps, id: &str) -> Html {
    let (form, name) = (props.form.clone(), props.name);
    let checked = !form.get(name).is_empty();
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            form.set(name, if input.checked() { "true".to_owned() } else { String::new() });
        }
    });
    html! { <label class="check" for={id.to_owned()}><input type="checkbox" id={id.to_owned()} {checked} {onchange} />{ props.label.clone() }</label> }
}

fn control(props: &FieldProps, id: &str, described: Option<String>, wrong: bool) -> Html {
    let (form, name) = (props.form.clone(), props.name);
    let value = form.get(name);
    let invalid = wrong.then_some("true");
    let required = props.required.then_some("true");
    match props.kind {
        Kind::Select => {
            let onchange = Callback::from(move |event: Event| {
                if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
                    form.set(name, select.value());
                }
            });
            let placeholder = props.placeholder.clone().unwrap_or_else(|| t("未选择", "Not chosen").into());
            html! {
                <div class="select"><select id={id.to_owned()} aria-invalid={invalid} aria-describedby={described} aria-required={required} {onchange}>
                    <option value="" selected={value.is_empty()}>{ placeholder }</option>
                    { for props.options.iter().map(|(code, text)| html! { <option value={code.clone()} selected={value == *code}>{ text.clone() }</option> }) }
                </select></div>
            }
        }
        Kind::Lines => {
            let oninput = Callback::from(move |event: InputEvent| {
                if let Some(area) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
                    form.set(name, area.value());
                }
            });
            html! { <textarea class="input" id={id.to_owned()} aria-invalid={invalid} aria-describedby={described} aria-required={required} {value} {oninput} /> }
        }
        _ => {
            let oninput = Callback::from(move |event: InputEvent| {
                if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                    form.set(name, input.value());
                }
            });
            let kind = match props.kind {
                Kind::Date => "date",
                Kind::Password => "password",
                _ => "text",
            };
            html! { <input class="input" id={id.to_owned()} type={kind} autocomplete={props.autocomplete.unwrap_or("off")} aria-invalid={invalid} aria-describedby={described} aria-required={required} {value} {oninput} /> }
        }
    }
}

/// Options of a closed set for a select.
pub fn options<T: crate::api::types::Labelled>() -> Vec<(String, String)> {
    T::options().into_iter().map(|(code, label)| (code.to_owned(), label.to_owned())).collect()
}
