//! Fields that take an organization or a person.

use std::rc::Rc;

use yew::prelude::*;

use super::site_search::use_matches;
use crate::api::fragments::UserError;
use crate::i18n::t;
use crate::ui::combobox::{Choice, Combobox};
use crate::ui::field::{error_of, field_error};
use crate::ui::form::FormHandle;

/// A field of a form that takes a found record.
#[derive(Properties, PartialEq)]
pub struct PickerProps {
    /// The form; the id of the record goes into the field.
    pub form: FormHandle,
    /// Name of the field.
    pub name: &'static str,
    /// What it is.
    pub label: AttrValue,
    /// Name of the record that stands there at first.
    #[prop_or_default]
    pub initial: AttrValue,
    /// Whether it must be filled.
    #[prop_or(true)]
    pub required: bool,
    /// What the server says is wrong.
    #[prop_or_default]
    pub errors: Rc<Vec<UserError>>,
}

/// Takes an organization.
#[component]
pub fn OrganizationPicker(props: &PickerProps) -> Html {
    let text = use_state(|| props.initial.to_string());
    let matches = use_matches((*text).clone());
    let choices = matches.map(|matches| Rc::new(matches.0.clone()));
    picker(props, &text, choices, t("名称、代码、拼音首字母", "Name, code or initials"))
}

/// Takes a person.
#[component]
pub fn PersonPicker(props: &PickerProps) -> Html {
    let text = use_state(|| props.initial.to_string());
    let matches = use_matches((*text).clone());
    let choices = matches.map(|matches| Rc::new(matches.1.clone()));
    picker(props, &text, choices, t("姓名、拼音首字母", "Name or initials"))
}

fn picker(
    props: &PickerProps,
    text: &UseStateHandle<String>,
    choices: Option<Rc<Vec<Choice>>>,
    placeholder: &'static str,
) -> Html {
    let id = props.form.id(props.name);
    let error = error_of(&props.errors, props.name);
    let ontext = {
        let (form, name, text) = (props.form.clone(), props.name, text.clone());
        Callback::from(move |typed| {
            text.set(typed);
            form.set(name, String::new());
        })
    };
    let onchoose = {
        let (form, name, text) = (props.form.clone(), props.name, text.clone());
        Callback::from(move |choice: Choice| {
            text.set(choice.title);
            form.set(name, choice.id.rsplit('/').next().unwrap_or_default().to_owned());
        })
    };
    html! {
        <div class="field">
            <label class="field__label" for={id.clone()}>{ props.label.clone() }if props.required { <span class="field__req">{ t("必填", "required") }</span> }</label>
            <Combobox id={id.clone()} {placeholder} text={(**text).clone()} {choices} {ontext} {onchoose} invalid={error.is_some()} described={error.map(|_| format!("{id}-error"))} />
            if let Some(error) = error { { field_error(&format!("{id}-error"), &error.message) } }
        </div>
    }
}
