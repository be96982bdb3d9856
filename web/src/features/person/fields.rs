//! The fields of a person: the same for an applicant, for a person without a membership and for a record that is edited.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::{PersonFieldsInput, PersonUpdateInput};
use super::model::values_of;
use super::operations::Person;
use super::protected::{PROTECTED, ProtectedField};
use crate::api::patch::Patch;
use crate::api::types::{Date, Education, Labelled, OccupationGroup, Sex};
use crate::api::use_mutation::MutationState;
use crate::features::audit::model::field_label;
use crate::i18n::t;
use crate::routes;
use crate::ui::button::Button;
use crate::ui::conflict::{ConflictRow, differences};
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::{FormHandle, Values};
use crate::ui::form_dialog::error_summary;

/// The fields of a new person.
pub fn fields_of(form: &FormHandle) -> PersonFieldsInput {
    PersonFieldsInput {
        name: form.get("name").trim().to_owned(),
        sex: Sex::from_code(&form.get("sex")),
        ethnicity: form.filled("ethnicity"),
        native_place: form.filled("nativePlace"),
        education: Education::from_code(&form.get("education")),
        employer: form.filled("employer"),
        occupation_group: OccupationGroup::from_code(&form.get("occupationGroup")),
        birth_date: form.filled("birthDate").map(Date),
        phone: form.filled("phone"),
        identity_number: form.filled("identityNumber"),
        address: form.filled("address"),
    }
}

/// The change of a known person.
pub fn update_of(form: &FormHandle, person: &Person, version: i32) -> PersonUpdateInput {
    let PersonFieldsInput { name, sex, ethnicity, native_place, education, employer, occupation_group, .. } =
        fields_of(form);
    let values = form.values();
    let [birth_date, phone, identity_number, address] = PROTECTED.map(|field| field.patch(&values, person));
    let sort_key = form.filled("sortKey").filter(|text| form.initial().get("sortKey") != Some(text));
    PersonUpdateInput {
        person: person.id.clone(),
        version,
        name: Some(name),
        sex,
        ethnicity,
        native_place,
        education,
        employer,
        occupation_group,
        sort_key,
        birth_date: birth_date.map(Date),
        phone,
        identity_number,
        address,
    }
}

/// What the form says differently from the record as somebody else saved it. A protected field is shown where the form
/// changes it.
pub fn conflict_rows(mine: &Values, person: &Person) -> Vec<ConflictRow> {
    let read = |name: &str, value: &str| {
        let label = match name {
            "sex" => Sex::from_code(value).map(Labelled::label),
            "education" => Education::from_code(value).map(Labelled::label),
            "occupationGroup" => OccupationGroup::from_code(value).map(Labelled::label),
            _ => None,
        };
        label.unwrap_or(value).to_owned()
    };
    let is_open = |name: &str| !PROTECTED.iter().any(|field| field.name == name || field.fate == name);
    let open = differences(mine, &values_of(person))
        .into_iter()
        .filter(|row| is_open(row.name))
        .map(|row| (field_label(row.name).to_owned(), read(row.name, &row.mine), read(row.name, &row.theirs)));
    let protected = PROTECTED.iter().filter_map(|field| {
        let mine = match field.patch(mine, person) {
            Patch::Keep => return None,
            Patch::Clear => t("清除", "Cleared").to_owned(),
            Patch::Set(text) => text,
        };
        let theirs = field.stored(person).map(|stored| stored.display.clone()).unwrap_or_default();
        Some((field.field.label().to_owned(), mine, theirs))
    });
    open.chain(protected).collect()
}

/// What the form shows and calls.
#[derive(Properties, PartialEq)]
pub struct PersonFormProps {
    /// The form.
    pub form: FormHandle,
    /// How the last attempt went.
    pub state: MutationState,
    /// Fields before the person's own.
    #[prop_or_default]
    pub first: Html,
    /// The record; none while a new one is entered.
    #[prop_or_default]
    pub person: Option<Rc<Person>>,
    /// Verb and object of the button.
    pub save: AttrValue,
    /// Where giving up leads.
    pub back: AttrValue,
    /// Called when the form is sent.
    pub onsave: Callback<()>,
}

/// The fields of a person, the same for a new and a known one.
#[component]
pub fn PersonForm(props: &PersonFormProps) -> Html {
    let (form, errors) = (&props.form, &props.state.errors);
    let text = |name: &'static str, label: &'static str, required: bool| html! { <Field form={form.clone()} {name} {label} {required} errors={errors.clone()} /> };
    let select = |name: &'static str, label: &'static str, options: Vec<(String, String)>| html! { <Field form={form.clone()} {name} {label} kind={Kind::Select} {options} errors={errors.clone()} /> };
    let onsubmit = {
        let onsave = props.onsave.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            onsave.emit(());
        })
    };
    let cancel = {
        let back = props.back.clone();
        Callback::from(move |()| routes::go(&back))
    };
    html! {
        <form class="panel" {onsubmit} novalidate={true}>
            <div class="panel__body stack stack--loose">
                { error_summary(&props.state, form) }
                <div class="form-grid">
                    { props.first.clone() }
                    { text("name", t("姓名", "Name"), true) }
                    if props.person.is_some() { <Field form={form.clone()} name="sortKey" label={t("排序拼音", "Sort key")} help={t("多音字姓氏可在这里改正。", "Corrects surnames with several readings.")} errors={errors.clone()} /> }
                    { select("sex", t("性别", "Sex"), options::<Sex>()) }
                    { text("ethnicity", t("民族", "Ethnicity"), false) }
                    { text("nativePlace", t("籍贯", "Native place"), false) }
                    { select("education", t("学历", "Education"), options::<Education>()) }
                    { text("employer", t("工作单位", "Employer"), false) }
                    { select("occupationGroup", t("职业", "Occupation"), options::<OccupationGroup>()) }
                    { for PROTECTED.iter().map(|protected| html! { <ProtectedField form={form.clone()} protected={*protected} person={props.person.clone()} errors={errors.clone()} /> }) }
                </div>
            </div>
            <div class="dialog__foot">
                if form.is_dirty() { <span class="meta grow">{ t("有未保存的内容", "Unsaved changes") }</span> }
                <Button label={t("取消", "Cancel")} onclick={cancel} />
                <Button submit=true class="button--primary" busy={props.state.busy} label={props.save.clone()} />
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::types::PermissionCode;
    use crate::features::person::model::tests::person;
    use crate::features::person::operations::SensitiveText;

    #[test]
    fn a_conflict_shows_a_protected_field_only_where_the_form_changes_it() {
        let mut theirs = person();
        theirs.employer = Some("示例乙厂".into());
        theirs.phone = Some(SensitiveText { display: "100****0000".into(), masked: true });
        theirs.viewer_can = vec![PermissionCode::PersonReadContact];
        let mut mine = values_of(&person());
        assert_eq!(conflict_rows(&mine, &theirs), vec![("工作单位".into(), String::new(), "示例乙厂".into())]);
        mine.insert("employer", "示例乙厂".into());
        mine.insert("phone", "10000000001".into());
        assert_eq!(conflict_rows(&mine, &theirs), vec![("手机".into(), "10000000001".into(), "100****0000".into())]);
    }
}
