//! The protected fields in the form of a record: what is masked cannot be edited, only replaced or cleared, and that only by
//! those who may read it. An empty one may be filled in by everybody who edits.

use std::rc::Rc;

use yew::prelude::*;

use super::operations::{Person, SensitiveText};
use crate::api::fragments::UserError;
use crate::api::patch::Patch;
use crate::api::types::{Labelled, PermissionCode, SensitiveField};
use crate::i18n::{fill, t};
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::field::{Field, Kind, error_of, field_error};
use crate::ui::form::{FormHandle, Values};
use crate::ui::icon::small_icon;

/// A protected field: its name in the form, the name under which the form keeps what becomes of the stored value, and the
/// right without which a stored value stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Protected {
    /// Which.
    pub field: SensitiveField,
    /// Its name in the form and in the contract.
    pub name: &'static str,
    /// Where the form keeps `NEW`, `CLEAR`, or nothing.
    pub fate: &'static str,
    /// The right to read it.
    pub right: PermissionCode,
}

/// The stored value is to be replaced.
pub const NEW: &str = "new";
/// The stored value is to be cleared.
pub const CLEAR: &str = "clear";

/// All of them, in the order of the form.
pub const PROTECTED: [Protected; 4] = [
    Protected {
        field: SensitiveField::BirthDate,
        name: "birthDate",
        fate: "birthDateFate",
        right: PermissionCode::PersonReadBirthDate,
    },
    Protected {
        field: SensitiveField::Phone,
        name: "phone",
        fate: "phoneFate",
        right: PermissionCode::PersonReadContact,
    },
    Protected {
        field: SensitiveField::IdentityNumber,
        name: "identityNumber",
        fate: "identityNumberFate",
        right: PermissionCode::PersonReadIdentity,
    },
    Protected {
        field: SensitiveField::Address,
        name: "address",
        fate: "addressFate",
        right: PermissionCode::PersonReadContact,
    },
];

impl Protected {
    /// The stored value as the viewer may see it.
    pub fn stored(self, person: &Person) -> Option<&SensitiveText> {
        match self.field {
            SensitiveField::Phone => person.phone.as_ref(),
            SensitiveField::IdentityNumber => person.identity_number.as_ref(),
            SensitiveField::Address => person.address.as_ref(),
            SensitiveField::BirthDate => person.birth_date.as_ref(),
        }
    }

    /// Whether a stored value stays as it is, whatever the form holds.
    pub fn is_locked(self, person: &Person) -> bool {
        self.stored(person).is_some() && !person.viewer_can.contains(&self.right)
    }

    /// What the form makes of the field.
    pub fn patch(self, values: &Values, person: &Person) -> Patch<String> {
        let typed = values.get(self.name).map(|text| text.trim()).unwrap_or_default();
        let fate = values.get(self.fate).map(String::as_str).unwrap_or_default();
        match self.stored(person) {
            Some(_) if self.is_locked(person) => Patch::Keep,
            Some(_) if fate == CLEAR => Patch::Clear,
            Some(stored) if !stored.masked && stored.display == typed => Patch::Keep,
            Some(stored) if !stored.masked && typed.is_empty() => Patch::Clear,
            _ if typed.is_empty() => Patch::Keep,
            _ => Patch::Set(typed.to_owned()),
        }
    }
}

/// A protected field of a record.
#[derive(Properties, PartialEq)]
pub struct ProtectedFieldProps {
    /// The form.
    pub form: FormHandle,
    /// Which.
    pub protected: Protected,
    /// The record; none while a new one is entered.
    pub person: Option<Rc<Person>>,
    /// What the server says is wrong.
    pub errors: Rc<Vec<UserError>>,
}

/// An input, or the masked value with what may be done to it.
#[component]
pub fn ProtectedField(props: &ProtectedFieldProps) -> Html {
    let (form, protected) = (&props.form, props.protected);
    let fate = form.get(protected.fate);
    use_focus(form.id(protected.name), fate.clone());
    let stored = props.person.as_deref().and_then(|person| protected.stored(person));
    let locked = props.person.as_deref().is_some_and(|person| protected.is_locked(person));
    let typed = form.filled(protected.name).is_some();
    let press = |label: &'static str, fate: &'static str, first: bool| {
        let form = form.clone();
        let onclick = Callback::from(move |()| {
            form.set(protected.fate, fate.to_owned());
            form.set(protected.name, String::new());
        });
        let id = first.then(|| props.form.id(protected.name));
        html! { <Button {id} class="button--quiet button--sm" {label} subject={protected.field.label()} {onclick} /> }
    };
    match stored {
        Some(stored) if locked => {
            let help = t(
                "已填写。只有可以查看这一项的人能更改，可联系组织员。",
                "Filled in. Only those who may see it can change it; the organizer can help.",
            );
            kept(props, stored, help, Html::default())
        }
        Some(stored) if stored.masked && fate == CLEAR => {
            let gone = SensitiveText { display: t("保存后清除", "Cleared when saved").to_owned(), masked: false };
            let was = fill("原值 {0}", "Was {0}", &[&stored.display]);
            kept(props, &gone, &was, press(t("不清除", "Do not clear"), "", true))
        }
        Some(stored) if stored.masked && fate != NEW && !typed => {
            let actions =
                html! { <>{ press(t("更换", "Replace"), NEW, true) }{ press(t("清除", "Clear"), CLEAR, false) }</> };
            kept(props, stored, hint(), actions)
        }
        Some(stored) if stored.masked => {
            let help = t("填写后替换原值，留空则保留。", "Replaces the old one; left empty, the old one stays.");
            input(props, help, press(t("不更换", "Do not replace"), "", false))
        }
        _ => input(props, hint(), Html::default()),
    }
}

fn hint() -> &'static str {
    t("加密保存，默认脱敏显示。", "Stored encrypted, shown masked.")
}

fn input(props: &ProtectedFieldProps, help: &'static str, aside: Html) -> Html {
    let kind = if props.protected.field == SensitiveField::BirthDate { Kind::Date } else { Kind::Text };
    html! { <Field form={props.form.clone()} name={props.protected.name} label={props.protected.field.label()} {kind} {help} {aside} errors={props.errors.clone()} /> }
}

/// A value that is not edited here, and what may be done to it.
fn kept(props: &ProtectedFieldProps, value: &SensitiveText, help: &str, actions: Html) -> Html {
    let id = props.form.id(props.protected.name);
    let error = error_of(&props.errors, props.protected.name);
    html! {
        <div class="field" role="group" aria-labelledby={format!("{id}-label")} aria-describedby={format!("{id}-help")}>
            <span class="field__label" id={format!("{id}-label")}>{ props.protected.field.label() }</span>
            <div class="input kept">
                <span class="grow">if value.masked { { small_icon("lock") }{ " " } }<span class="num">{ value.display.clone() }</span></span>
                { actions }
            </div>
            <p class="field__help" id={format!("{id}-help")}>{ help.to_owned() }</p>
            if let Some(error) = error { { field_error(&format!("{id}-error"), &error.message) } }
        </div>
    }
}

/// The button that was pressed goes away: the focus goes on to what comes in its place.
#[hook]
fn use_focus(id: String, fate: String) {
    let before = use_mut_ref(|| fate.clone());
    use_effect_with(fate, move |fate| {
        if before.replace(fate.clone()) != *fate {
            browser::focus(&id);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::person::model::tests::person;

    const PHONE: Protected = PROTECTED[1];
    const IDENTITY: Protected = PROTECTED[2];

    fn values(protected: Protected, text: &str, fate: &str) -> Values {
        Values::from([(protected.name, text.to_owned()), (protected.fate, fate.to_owned())])
    }

    fn masked(text: &str) -> Option<SensitiveText> {
        Some(SensitiveText { display: text.to_owned(), masked: true })
    }

    #[test]
    fn an_empty_field_is_filled_by_who_may_edit_and_kept_when_nothing_is_typed() {
        let person = person();
        assert_eq!(IDENTITY.patch(&values(IDENTITY, " 99 ", ""), &person), Patch::Set("99".into()));
        assert_eq!(IDENTITY.patch(&values(IDENTITY, "", ""), &person), Patch::Keep);
    }

    #[test]
    fn a_masked_value_is_kept_replaced_or_cleared() {
        let mut person = person();
        person.phone = masked("100****0000");
        person.viewer_can = vec![PermissionCode::PersonUpdate, PermissionCode::PersonReadContact];
        assert_eq!(PHONE.patch(&values(PHONE, "", ""), &person), Patch::Keep);
        assert_eq!(PHONE.patch(&values(PHONE, "", NEW), &person), Patch::Keep);
        assert_eq!(PHONE.patch(&values(PHONE, "10000000001", NEW), &person), Patch::Set("10000000001".into()));
        assert_eq!(PHONE.patch(&values(PHONE, "", CLEAR), &person), Patch::Clear);
    }

    #[test]
    fn a_value_that_may_not_be_read_stays_whatever_was_typed() {
        let mut person = person();
        person.identity_number = masked("9900************21");
        person.viewer_can = vec![PermissionCode::PersonUpdate];
        assert!(IDENTITY.is_locked(&person));
        assert_eq!(IDENTITY.patch(&values(IDENTITY, "99", NEW), &person), Patch::Keep);
        assert_eq!(IDENTITY.patch(&values(IDENTITY, "", CLEAR), &person), Patch::Keep);
    }

    #[test]
    fn an_open_value_is_edited_like_any_other() {
        let mut person = person();
        person.phone = Some(SensitiveText { display: "10000000001".into(), masked: false });
        person.viewer_can = vec![PermissionCode::PersonReadContact];
        assert_eq!(PHONE.patch(&values(PHONE, "10000000001", ""), &person), Patch::Keep);
        assert_eq!(PHONE.patch(&values(PHONE, "10000000002", ""), &person), Patch::Set("10000000002".into()));
        assert_eq!(PHONE.patch(&values(PHONE, "", ""), &person), Patch::Clear);
    }
}
