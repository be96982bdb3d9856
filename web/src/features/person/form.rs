//! The form of a person: a new applicant, and a record that is edited.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::actions::{
    CreatedMember, MemberCreate, MemberCreateInput, PersonFieldsInput, PersonUpdate, PersonUpdateInput,
};
use super::dialogs::use_today;
use super::model::values_of;
use super::operations::{Person, PersonQuery, PersonVariables};
use crate::api::types::{Date, Education, Labelled, OccupationGroup, PermissionCode, Sex, UserErrorCode};
use crate::api::use_mutation::{MutationState, use_mutation};
use crate::api::use_query::use_query;
use crate::features::audit::model::field_label;
use crate::features::organization::use_organization_name;
use crate::features::search::OrganizationPicker;
use crate::i18n::{fill, t};
use crate::routes::{self, person as person_address, use_unsaved, use_url};
use crate::session::actor::use_actor;
use crate::shell::stop::{Forbidden, NotFound};
use crate::ui::async_view::{async_view, skeleton};
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::conflict::{ConflictDialog, differences};
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::{FormHandle, Values, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::page::PageHead;
use crate::ui::toast::use_toaster;

fn fields_of(form: &FormHandle) -> PersonFieldsInput {
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

/// A protected field goes to the server only when it was typed anew.
fn typed_anew(form: &FormHandle, name: &str) -> Option<String> {
    form.filled(name).filter(|text| form.initial().get(name) != Some(text))
}

fn update_of(form: &FormHandle, person: &Id, version: i32) -> PersonUpdateInput {
    let fields = fields_of(form);
    PersonUpdateInput {
        person: person.clone(),
        version,
        name: Some(fields.name),
        sex: fields.sex,
        ethnicity: fields.ethnicity,
        native_place: fields.native_place,
        education: fields.education,
        employer: fields.employer,
        occupation_group: fields.occupation_group,
        sort_key: typed_anew(form, "sortKey"),
        birth_date: typed_anew(form, "birthDate").map(Date),
        phone: typed_anew(form, "phone"),
        identity_number: typed_anew(form, "identityNumber"),
        address: typed_anew(form, "address"),
    }
}

/// A new applicant of the organization in the address.
#[component]
pub fn MemberNewPage() -> Html {
    let url = use_url();
    let actor = use_actor();
    let organization = url.get("organization").map(str::to_owned);
    let name = use_organization_name(organization.clone());
    if !actor.is_some_and(|actor| actor.may(PermissionCode::MemberCreate)) {
        return html! { <Forbidden /> };
    }
    if organization.is_some() && name.is_none() {
        return skeleton(6);
    }
    html! { <CreateForm organization={organization.unwrap_or_default()} organization_name={name.unwrap_or_default()} /> }
}

#[derive(Properties, PartialEq)]
struct CreateFormProps {
    organization: String,
    organization_name: AttrValue,
}

#[component]
fn CreateForm(props: &CreateFormProps) -> Html {
    let today = use_today();
    let form =
        use_form("person", || Values::from([("organization", props.organization.clone()), ("appliedOn", today)]));
    let create = use_mutation::<MemberCreate>();
    let toaster = use_toaster();
    let key = use_memo((), |()| browser::fresh_key());
    use_unsaved(form.is_dirty());
    let onsave = {
        let (form, create) = (form.clone(), create.clone());
        Callback::from(move |()| {
            let input = MemberCreateInput {
                organization: Id::new(form.get("organization")),
                person: fields_of(&form),
                applied_on: Date(form.get("appliedOn")),
                idempotency_key: Some((*key).clone()),
            };
            let toaster = toaster.clone();
            create.run(
                input,
                Callback::from(move |member: CreatedMember| {
                    toaster.show(fill("已新增申请人，{0}", "Applicant added, {0}", &[&member.person.name]));
                    routes::go_saved(&person_address(&member.person.id));
                }),
            );
        })
    };
    let state = create.state();
    let first = html! {
        <>
            <OrganizationPicker form={form.clone()} name="organization" label={t("所在组织", "Home organization")} initial={props.organization_name.clone()} errors={state.errors.clone()} />
            <Field form={form.clone()} name="appliedOn" kind={Kind::Date} label={t("申请日期", "Applied on")} required=true help={t("递交入党申请书的日期。", "The day of the written application.")} errors={state.errors.clone()} />
        </>
    };
    html! {
        <>
            <PageHead title={t("新增申请人", "Add an applicant")} crumbs={vec![(t("党员与发展", "Members").into(), "/members".into())]} />
            <PersonForm {form} {state} {first} save={t("新增申请人", "Add an applicant")} back="/members" {onsave} />
        </>
    }
}

/// Whose record.
#[derive(Properties, PartialEq)]
pub struct PersonEditPageProps {
    /// Id of the person.
    pub id: String,
}

/// Edits a record.
#[component]
pub fn PersonEditPage(props: &PersonEditPageProps) -> Html {
    let query = use_query::<PersonQuery, _>(PersonVariables { id: Id::new(&props.id) });
    async_view(&query, t("人员信息", "the record"), 8, |data| match &data.person {
        Some(person) if person.viewer_can.contains(&PermissionCode::PersonUpdate) => {
            html! { <EditForm person={Rc::new(person.clone())} renew={query.retry.clone()} /> }
        }
        Some(_) => html! { <Forbidden /> },
        None => html! { <NotFound /> },
    })
}

#[derive(Properties, PartialEq)]
struct EditFormProps {
    person: Rc<Person>,
    renew: Callback<()>,
}

#[component]
fn EditForm(props: &EditFormProps) -> Html {
    let person = &props.person;
    let form = use_form("person", || values_of(person));
    let update = use_mutation::<PersonUpdate>();
    let toaster = use_toaster();
    let seen = use_state(|| person.version);
    let conflicted = use_state(|| false);
    use_unsaved(form.is_dirty());
    let save = {
        let (form, update, id, name, renew, conflicted) = (
            form.clone(),
            update.clone(),
            person.id.clone(),
            person.name.clone(),
            props.renew.clone(),
            conflicted.clone(),
        );
        Callback::from(move |version: i32| {
            let (toaster, address, name) = (toaster.clone(), person_address(&id), name.clone());
            let done = Callback::from(move |_| {
                toaster.show(fill("已保存，{0}", "Saved, {0}", &[&name]));
                routes::go_saved(&address);
            });
            let (renew, conflicted) = (renew.clone(), conflicted.clone());
            let refused = Callback::from(move |errors: Rc<Vec<crate::api::fragments::UserError>>| {
                if errors.iter().any(|error| error.code == UserErrorCode::Conflict) {
                    conflicted.set(true);
                    renew.emit(());
                }
            });
            update.run_or(update_of(&form, &id, version), done, refused);
        })
    };
    let onsave = {
        let (save, version) = (save.clone(), *seen);
        Callback::from(move |()| save.emit(version))
    };
    let close_conflict = {
        let conflicted = conflicted.clone();
        Callback::from(move |()| conflicted.set(false))
    };
    let ontheirs = {
        let (form, values, seen, version, close) =
            (form.clone(), values_of(person), seen.clone(), person.version, close_conflict.clone());
        Callback::from(move |()| {
            form.reset(values.clone());
            seen.set(version);
            close.emit(());
        })
    };
    let onmine = {
        let (save, seen, version, close) = (save.clone(), seen.clone(), person.version, close_conflict.clone());
        Callback::from(move |()| {
            seen.set(version);
            close.emit(());
            save.emit(version);
        })
    };
    let address = person_address(&person.id);
    html! {
        <>
            <PageHead title={fill("编辑{0}的信息", "Edit {0}", &[&person.name])} crumbs={vec![(person.name.clone().into(), address.clone().into())]} />
            <PersonForm form={form.clone()} state={update.state()} protected={true} save={t("保存信息", "Save")} back={address} {onsave} />
            if *conflicted && person.version != *seen {
                <ConflictDialog rows={conflict_rows(&form.values(), &values_of(person))} {ontheirs} {onmine} onclose={close_conflict} />
            }
        </>
    }
}

fn conflict_rows(mine: &Values, theirs: &Values) -> Vec<(String, String, String)> {
    let read = |name: &str, value: &str| {
        let label = match name {
            "sex" => Sex::from_code(value).map(Labelled::label),
            "education" => Education::from_code(value).map(Labelled::label),
            "occupationGroup" => OccupationGroup::from_code(value).map(Labelled::label),
            _ => None,
        };
        label.unwrap_or(value).to_owned()
    };
    differences(mine, theirs)
        .into_iter()
        .map(|row| (field_label(row.name).to_owned(), read(row.name, &row.mine), read(row.name, &row.theirs)))
        .collect()
}

#[derive(Properties, PartialEq)]
struct PersonFormProps {
    form: FormHandle,
    state: MutationState,
    /// Fields before the record's own.
    #[prop_or_default]
    first: Html,
    /// Whether protected fields replace what is stored.
    #[prop_or_default]
    protected: bool,
    save: AttrValue,
    back: AttrValue,
    onsave: Callback<()>,
}

/// The fields of a person, the same for a new and a known one.
#[component]
fn PersonForm(props: &PersonFormProps) -> Html {
    let (form, errors) = (&props.form, &props.state.errors);
    let text = |name: &'static str, label: &'static str, required: bool| html! { <Field form={form.clone()} {name} {label} {required} errors={errors.clone()} /> };
    let select = |name: &'static str, label: &'static str, options: Vec<(String, String)>| html! { <Field form={form.clone()} {name} {label} kind={Kind::Select} {options} errors={errors.clone()} /> };
    let kept = props.protected.then(|| {
        AttrValue::from(t(
            "留空则不改。加密保存，默认脱敏显示。",
            "Leave empty to keep it. Stored encrypted, shown masked.",
        ))
    });
    let help = kept.unwrap_or_else(|| t("加密保存，默认脱敏显示。", "Stored encrypted, shown masked.").into());
    let protected = |name: &'static str, label: &'static str, kind: Kind| html! { <Field form={form.clone()} {name} {label} {kind} help={help.clone()} errors={errors.clone()} /> };
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
                    if props.protected { <Field form={form.clone()} name="sortKey" label={t("排序拼音", "Sort key")} help={t("多音字姓氏可在这里改正。", "Corrects surnames with several readings.")} errors={errors.clone()} /> }
                    { select("sex", t("性别", "Sex"), options::<Sex>()) }
                    { text("ethnicity", t("民族", "Ethnicity"), false) }
                    { text("nativePlace", t("籍贯", "Native place"), false) }
                    { select("education", t("学历", "Education"), options::<Education>()) }
                    { text("employer", t("工作单位", "Employer"), false) }
                    { select("occupationGroup", t("职业", "Occupation"), options::<OccupationGroup>()) }
                    { protected("birthDate", t("出生日期", "Birth date"), Kind::Date) }
                    { protected("phone", t("手机", "Phone"), Kind::Text) }
                    { protected("identityNumber", t("身份证号", "Identity number"), Kind::Text) }
                    { protected("address", t("住址", "Address"), Kind::Text) }
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
