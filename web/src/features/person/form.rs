//! The form of a person: a new applicant, a new person without a membership, and a record that is edited.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::actions::{CreatedMember, MemberCreate, MemberCreateInput, PersonCreate, PersonCreateInput, PersonUpdate};
use super::dialogs::use_today;
use super::fields::{PersonForm, conflict_rows, fields_of, update_of};
use super::model::values_of;
use super::operations::{Person, PersonQuery, PersonVariables};
use crate::api::fragments::PersonRef;
use crate::api::types::{AffiliationKind, Date, Labelled, PermissionCode};
use crate::api::use_mutation::use_mutation;
use crate::api::use_query::use_query;
use crate::features::organization::use_organization_name;
use crate::features::search::OrganizationPicker;
use crate::i18n::{fill, t};
use crate::routes::{self, person as person_address, use_unsaved, use_url};
use crate::session::actor::{Actor, use_actor};
use crate::shell::stop::{Forbidden, NotFound};
use crate::ui::async_view::{async_view, skeleton};
use crate::ui::browser;
use crate::ui::conflict::use_conflict;
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::{Values, use_form};
use crate::ui::page::PageHead;
use crate::ui::toast::use_toaster;

/// Who is entered.
#[derive(Properties, PartialEq)]
pub struct PersonNewPageProps {
    /// Whether it is an applicant; else a person without a membership.
    pub member: bool,
}

/// A new person of the organization in the address.
#[component]
pub fn PersonNewPage(props: &PersonNewPageProps) -> Html {
    let url = use_url();
    let actor = use_actor();
    let own = actor.as_ref().and_then(Actor::organization_id).map(|id| id.inner().to_owned());
    let organization = url.get("organization").map(str::to_owned).or(own);
    let name = use_organization_name(organization.clone());
    let right = if props.member { PermissionCode::MemberCreate } else { PermissionCode::PersonCreate };
    if !actor.is_some_and(|actor| actor.may(right)) {
        return html! { <Forbidden /> };
    }
    if organization.is_some() && name.is_none() {
        return skeleton(6);
    }
    html! { <CreateForm member={props.member} organization={organization.unwrap_or_default()} organization_name={name.unwrap_or_default()} /> }
}

#[derive(Properties, PartialEq)]
struct CreateFormProps {
    member: bool,
    organization: String,
    organization_name: AttrValue,
}

#[component]
fn CreateForm(props: &CreateFormProps) -> Html {
    let today = use_today();
    let form =
        use_form("person", || Values::from([("organization", props.organization.clone()), ("appliedOn", today)]));
    let (create_member, create_person) = (use_mutation::<MemberCreate>(), use_mutation::<PersonCreate>());
    let missing = use_state(|| Rc::new(Vec::new()));
    let toaster = use_toaster();
    let key = use_memo((), |()| browser::fresh_key());
    use_unsaved(form.is_dirty());
    let member = props.member;
    let done = Callback::from(move |person: PersonRef| {
        toaster.show(if member {
            fill("已新增申请人，{0}", "Applicant added, {0}", &[&person.name])
        } else {
            fill("已新增人员，{0}", "Person added, {0}", &[&person.name])
        });
        routes::go_saved(&person_address(&person.id));
    });
    let mut state = if member { create_member.state() } else { create_person.state() };
    if !missing.is_empty() {
        state.errors = (*missing).clone();
    }
    let onsave = {
        let form = form.clone();
        Callback::from(move |()| {
            let organization = ("organization", t("选择组织", "Choose the organization"));
            let name = ("name", t("填写姓名", "Enter the name"));
            let wrong = if member {
                form.missing(&[
                    organization,
                    ("appliedOn", t("填写申请日期", "Enter the day of the application")),
                    name,
                ])
            } else {
                form.missing(&[organization, ("affiliation", t("选择关联类别", "Choose the kind of tie")), name])
            };
            let complete = wrong.is_empty();
            missing.set(Rc::new(wrong));
            if !complete {
                return;
            }
            let (organization, person) = (Id::new(form.get("organization")), fields_of(&form));
            let idempotency_key = Some((*key).clone());
            if member {
                let applied_on = Date(form.get("appliedOn"));
                let input = MemberCreateInput { organization, person, applied_on, idempotency_key };
                create_member.run(input, done.reform(|member: CreatedMember| member.person));
            } else if let Some(affiliation) = AffiliationKind::from_code(&form.get("affiliation")) {
                create_person
                    .run(PersonCreateInput { organization, affiliation, person, idempotency_key }, done.clone());
            }
        })
    };
    let errors = &state.errors;
    let second = if member {
        html! { <Field form={form.clone()} name="appliedOn" kind={Kind::Date} label={t("申请日期", "Applied on")} required=true help={t("递交入党申请书的日期。", "The day of the written application.")} errors={errors.clone()} /> }
    } else {
        html! { <Field form={form.clone()} name="affiliation" kind={Kind::Select} label={t("关联类别", "Kind of tie")} required=true options={options::<AffiliationKind>()} help={t("这个组织由此看得到这个人，不计入人数。", "Lets the organization see the person, who is not counted.")} errors={errors.clone()} /> }
    };
    let label = if member { t("所在组织", "Home organization") } else { t("关联组织", "Tied to") };
    let first = html! {
        <>
            <OrganizationPicker form={form.clone()} name="organization" {label} initial={props.organization_name.clone()} errors={errors.clone()} />
            { second }
        </>
    };
    let (title, list, back) = if member {
        (t("新增申请人", "Add an applicant"), t("党员与发展", "Members"), "/members")
    } else {
        (t("新增人员", "Add a person"), t("关联人员", "Tied persons"), "/people")
    };
    html! {
        <>
            <PageHead {title} crumbs={vec![(list.into(), back.into())]} />
            <PersonForm {form} {state} {first} save={title} {back} {onsave} />
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
            html! { <EditForm person={Rc::new(person.clone())} /> }
        }
        Some(_) => html! { <Forbidden /> },
        None => html! { <NotFound /> },
    })
}

#[derive(Properties, PartialEq)]
struct EditFormProps {
    person: Rc<Person>,
}

#[component]
fn EditForm(props: &EditFormProps) -> Html {
    let person = &props.person;
    let form = use_form("person", || values_of(person));
    let update = use_mutation::<PersonUpdate>();
    let toaster = use_toaster();
    let conflict = use_conflict(person.version);
    use_unsaved(form.is_dirty());
    let save = {
        let (form, update, person, refused) = (form.clone(), update.clone(), person.clone(), conflict.refused());
        Callback::from(move |version: i32| {
            let (toaster, person_saved) = (toaster.clone(), person.clone());
            let done = Callback::from(move |_| {
                toaster.show(fill("已保存，{0}", "Saved, {0}", &[&person_saved.name]));
                routes::go_saved(&person_address(&person_saved.id));
            });
            update.run_or(update_of(&form, &person, version), done, refused.clone());
        })
    };
    let onsave = {
        let version = conflict.version();
        save.reform(move |()| version)
    };
    let ontheirs = {
        let (form, update, values) = (form.clone(), update.clone(), values_of(person));
        Callback::from(move |()| {
            form.reset(values.clone());
            update.forget();
        })
    };
    let address = person_address(&person.id);
    html! {
        <>
            <PageHead title={fill("编辑{0}的信息", "Edit {0}", &[&person.name])} crumbs={vec![(person.name.clone().into(), address.clone().into())]} />
            <PersonForm form={form.clone()} state={update.state()} person={Some(person.clone())} save={t("保存信息", "Save")} back={address} {onsave} />
            { conflict.dialog(|| conflict_rows(&form.values(), person), &ontheirs, &save).unwrap_or_default() }
        </>
    }
}
