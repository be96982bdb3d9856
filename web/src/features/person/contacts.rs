//! Assigning the contact persons of a member.

use cynic::Id;
use yew::prelude::*;

use super::actions::{MemberContactAssign, MemberContactAssignInput};
use super::operations::{Person, PersonQuery, PersonVariables};
use crate::api::fragments::PersonRef;
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::search::PersonPicker;
use crate::i18n::{fill, t};
use crate::ui::async_view::late_dialog;
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::toast::use_toaster;

/// Whose contact persons.
#[derive(Clone, PartialEq)]
pub struct ContactsOf {
    name: String,
    member: Id,
    version: i32,
    contacts: Vec<PersonRef>,
}

impl ContactsOf {
    /// Those of a person with a membership.
    pub fn person(person: &Person) -> Option<Self> {
        let membership = person.membership.as_ref()?;
        Some(Self {
            name: person.name.clone(),
            member: membership.id.clone(),
            version: membership.version,
            contacts: membership.contacts.clone(),
        })
    }
}

fn title() -> &'static str {
    t("指定培养联系人", "Assign contact persons")
}

/// What the dialog works on.
#[derive(Properties, PartialEq)]
pub struct ContactsDialogProps {
    /// Whose contact persons.
    pub of: ContactsOf,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Takes one or two contact persons.
#[component]
pub fn ContactsDialog(props: &ContactsDialogProps) -> Html {
    let of = &props.of;
    let name_at = |index: usize| of.contacts.get(index).map(|contact| contact.name.clone()).unwrap_or_default();
    let id_at = |index: usize| of.contacts.get(index).map(|contact| contact.id.inner().to_owned()).unwrap_or_default();
    let form = use_form("contacts", || Values::from([("first", id_at(0)), ("second", id_at(1))]));
    let assign = use_mutation::<MemberContactAssign>();
    let toaster = use_toaster();
    let onsubmit = {
        let (form, assign, of, onclose) = (form.clone(), assign.clone(), of.clone(), props.onclose.clone());
        Callback::from(move |()| {
            let contacts = ["first", "second"].iter().filter_map(|name| form.filled(name)).map(Id::new).collect();
            let (toaster, onclose, name) = (toaster.clone(), onclose.clone(), of.name.clone());
            assign.run(
                MemberContactAssignInput { member: of.member.clone(), contacts, version: of.version },
                Callback::from(move |_| {
                    toaster.show(fill("已指定培养联系人，{0}", "Contact persons assigned, {0}", &[&name]));
                    onclose.emit(());
                }),
            );
        })
    };
    let state = assign.state();
    html! {
        <FormDialog title={title()} form={form.clone()} state={state.clone()} incomplete={form.filled("first").is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p class="muted">{ of.name.clone() }{ t("。联系人须是正式党员。", ". Contact persons are full members.") }</p>
            <PersonPicker form={form.clone()} name="first" label={t("联系人", "Contact person")} initial={name_at(0)} errors={state.errors.clone()} />
            <PersonPicker {form} name="second" label={t("第二联系人", "Second contact person")} initial={name_at(1)} required=false errors={state.errors} />
        </FormDialog>
    }
}

/// Whose contact persons, by the person's id.
#[derive(Properties, PartialEq)]
pub struct ContactsByIdProps {
    /// The person.
    pub person: Id,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Fetches the present contact persons first.
#[component]
pub fn ContactsById(props: &ContactsByIdProps) -> Html {
    let query = use_query::<PersonQuery, _>(PersonVariables { id: props.person.clone() });
    let of = query.data.as_ref().and_then(|data| data.person.as_ref()).and_then(ContactsOf::person);
    let form = of.map(|of| html! { <ContactsDialog {of} onclose={props.onclose.clone()} /> });
    late_dialog(&query, title(), &props.onclose, form)
}
