//! The question: account, permission, object.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::operations::PermissionWords;
use crate::api::types::PermissionCode;
use crate::api::use_query::use_query_when;
use crate::features::account::operations::{AccountFilter, AccountsQuery, AccountsVariables};
use crate::features::search::{OrganizationPicker, PersonPicker};
use crate::i18n::t;
use crate::session::actor::use_actor;
use crate::ui::button::Segmented;
use crate::ui::combobox::{Choice, Combobox, use_rested};
use crate::ui::field::{Field, Kind};
use crate::ui::form::FormHandle;

/// Matches in the list of accounts.
const EACH: i32 = 8;

/// A question that is being put together.
#[derive(Properties, PartialEq)]
pub struct AskProps {
    /// Fields `account`, `action` and `object`, and `kind` of the object.
    pub form: FormHandle,
    /// Permissions in words.
    pub words: Vec<PermissionWords>,
    /// Name of the account that stands there at first.
    pub who: AttrValue,
    /// Name of the object that stands there at first.
    pub what: AttrValue,
}

/// The fields.
#[component]
pub fn Ask(props: &AskProps) -> Html {
    let form = &props.form;
    let persons = use_actor().is_some_and(|actor| actor.may(PermissionCode::PersonRead));
    let options = props.words.iter().map(|words| (words.name.clone(), format!("{} {}", words.label, words.name)));
    let options: Vec<_> = options.collect();
    let onchange = {
        let form = form.clone();
        Callback::from(move |kind: &'static str| {
            form.set("kind", kind.to_owned());
            form.set("object", String::new());
        })
    };
    let kinds = vec![("organization", t("组织", "Organization")), ("person", t("人员", "Person"))];
    let person = persons && form.get("kind") == "person";
    let label = t("对象", "Object");
    html! {
        <form class="panel__body stack" onsubmit={|event: SubmitEvent| event.prevent_default()}>
            <div class="form-grid">
                <AccountPicker form={form.clone()} initial={props.who.clone()} />
                <Field form={form.clone()} name="action" kind={Kind::Select} label={t("权限", "Permission")} {options} />
            </div>
            if persons { <Segmented label={t("对象种类", "Kind of object")} options={kinds} value={form.get("kind")} {onchange} /> }
            if person { <PersonPicker key="person" form={form.clone()} name="object" {label} /> }
            else { <OrganizationPicker key="organization" form={form.clone()} name="object" {label} initial={props.what.clone()} /> }
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct AccountPickerProps {
    form: FormHandle,
    initial: AttrValue,
}

/// Takes an account.
#[component]
fn AccountPicker(props: &AccountPickerProps) -> Html {
    let text = use_state(|| props.initial.to_string());
    let rested = use_rested(text.trim().to_owned());
    let variables = (!rested.is_empty()).then(|| AccountsVariables {
        first: Some(EACH),
        after: None,
        last: None,
        before: None,
        filter: Some(AccountFilter { text: Some(rested.clone()), ..AccountFilter::default() }),
    });
    let query = use_query_when::<AccountsQuery, _>(variables);
    let choices = query.data.as_ref().filter(|_| !query.busy && rested == text.trim()).map(|data| {
        let choice = |account: &crate::features::account::operations::AccountRow| Choice {
            id: account.id.inner().to_owned(),
            title: account.name.clone(),
            meta: account.person.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
            icon: "person",
        };
        Rc::new(data.accounts.nodes.iter().map(choice).collect::<Vec<_>>())
    });
    let id = props.form.id("account");
    let ontext = {
        let (form, text) = (props.form.clone(), text.clone());
        Callback::from(move |typed| {
            text.set(typed);
            form.set("account", String::new());
        })
    };
    let onchoose = {
        let (form, text) = (props.form.clone(), text.clone());
        Callback::from(move |choice: Choice| {
            text.set(choice.title);
            form.set("account", choice.id);
        })
    };
    html! {
        <div class="field">
            <label class="field__label" for={id.clone()}>{ t("账号", "Account") }</label>
            <Combobox {id} placeholder={t("账号开头", "Beginning of the account")} text={(*text).clone()} {choices} {ontext} {onchoose} />
        </div>
    }
}

/// The id in a field.
pub fn chosen(form: &FormHandle, name: &str) -> Option<Id> {
    form.filled(name).map(Id::new)
}
