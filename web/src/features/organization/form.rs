//! The form of an organization: a new child, and one that is edited.

use std::rc::Rc;

use cynic::Id;
use yew::prelude::*;

use super::actions::{
    CreatedOrganization, OrganizationCreate, OrganizationCreateInput, OrganizationUpdate, OrganizationUpdateInput,
};
use super::model::values_of;
use super::operations::{DivisionsQuery, DivisionsVariables, Organization, OrganizationQuery, OrganizationVariables};
use crate::api::types::{BranchForm, Date, Labelled, OrganizationKind, OrganizationLevel, PermissionCode, Sector};
use crate::api::use_mutation::{MutationState, use_mutation};
use crate::api::use_query::{use_query, use_query_when};
use crate::features::audit::model::field_label;
use crate::i18n::{fill, t};
use crate::routes::{self, organization as organization_address, use_unsaved, use_url};
use crate::shell::stop::{Forbidden, NotFound};
use crate::ui::async_view::async_view;
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::combobox::{Choice, Combobox, use_rested};
use crate::ui::conflict::{ConflictRow, differences, use_conflict};
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::{FormHandle, Values, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::page::PageHead;
use crate::ui::toast::use_toaster;

/// A new child of the organization in the address.
#[component]
pub fn OrganizationNewPage() -> Html {
    let url = use_url();
    let parent = url.get("parent").map(Id::new);
    let query = use_query_when::<OrganizationQuery, _>(parent.clone().map(|id| OrganizationVariables { id }));
    if parent.is_none() {
        return html! { <NotFound /> };
    }
    async_view(&query, t("上级组织", "the parent"), 6, |data| match &data.organization {
        Some(parent) if parent.viewer_can.contains(&PermissionCode::OrganizationCreate) => {
            html! { <CreateForm organization={Rc::new(parent.clone())} /> }
        }
        Some(_) => html! { <Forbidden /> },
        None => html! { <NotFound /> },
    })
}

/// Which organization.
#[derive(Properties, PartialEq)]
pub struct OrganizationEditPageProps {
    /// Its id.
    pub id: String,
}

/// Edits an organization.
#[component]
pub fn OrganizationEditPage(props: &OrganizationEditPageProps) -> Html {
    let query = use_query::<OrganizationQuery, _>(OrganizationVariables { id: Id::new(&props.id) });
    async_view(&query, t("组织信息", "the organization"), 6, |data| match &data.organization {
        Some(organization) if organization.viewer_can.contains(&PermissionCode::OrganizationUpdate) => {
            html! { <EditForm organization={Rc::new(organization.clone())} /> }
        }
        Some(_) => html! { <Forbidden /> },
        None => html! { <NotFound /> },
    })
}

#[derive(Properties, PartialEq)]
struct FormPageProps {
    /// The parent of a new organization, or the one that is edited.
    organization: Rc<Organization>,
}

#[component]
fn CreateForm(props: &FormPageProps) -> Html {
    let parent = &props.organization;
    let form = use_form("organization", || {
        Values::from([("sector", parent.sector.code().to_owned()), ("level", parent.level.code().to_owned())])
    });
    let create = use_mutation::<OrganizationCreate>();
    let toaster = use_toaster();
    let key = use_memo((), |()| browser::fresh_key());
    use_unsaved(form.is_dirty());
    let missing = use_state(|| Rc::new(Vec::new()));
    let onsave = {
        let (form, create, parent, missing) = (form.clone(), create.clone(), parent.id.clone(), missing.clone());
        Callback::from(move |()| {
            let asked = [
                ("name", t("填写组织名称", "Enter the name")),
                ("code", t("填写组织代码", "Enter the code")),
                ("kind", t("选择组织类别", "Choose a kind")),
                ("level", t("选择层级", "Choose a level")),
                ("sector", t("选择领域", "Choose a sector")),
            ];
            let wrong = form.missing(&asked);
            let complete = wrong.is_empty();
            missing.set(Rc::new(wrong));
            let (true, Some(kind), Some(level), Some(sector)) = (
                complete,
                OrganizationKind::from_code(&form.get("kind")),
                OrganizationLevel::from_code(&form.get("level")),
                Sector::from_code(&form.get("sector")),
            ) else {
                return;
            };
            let input = OrganizationCreateInput {
                parent: parent.clone(),
                name: form.get("name").trim().to_owned(),
                code: form.get("code").trim().to_owned(),
                kind,
                level,
                branch_form: BranchForm::from_code(&form.get("branchForm")),
                sector,
                division: form.filled("division").map(Id::new),
                founded_on: form.filled("foundedOn").map(Date),
                office_phone: form.filled("officePhone"),
                office_address: form.filled("officeAddress"),
                idempotency_key: Some((*key).clone()),
            };
            let toaster = toaster.clone();
            create.run(
                input,
                Callback::from(move |created: CreatedOrganization| {
                    toaster.show(t("已新建组织", "Organization created"));
                    routes::go_saved(&organization_address(&created.id));
                }),
            );
        })
    };
    let mut state = create.state();
    if !missing.is_empty() {
        state.errors = (*missing).clone();
    }
    let kinds: Vec<_> =
        parent.containable_kinds.iter().map(|kind| (kind.code().to_owned(), kind.label().to_owned())).collect();
    let first = html! {
        <>
            <Field form={form.clone()} name="kind" kind={Kind::Select} label={t("组织类别", "Kind")} required=true options={kinds} help={t("只列出上级组织可以设立的类别。", "Only kinds that the parent may contain.")} errors={state.errors.clone()} />
            <Field form={form.clone()} name="level" kind={Kind::Select} label={t("层级", "Level")} required=true options={options::<OrganizationLevel>()} errors={state.errors.clone()} />
        </>
    };
    let back = organization_address(&parent.id);
    html! {
        <>
            <PageHead title={t("新建下级组织", "New child organization")} crumbs={vec![(parent.name.clone().into(), back.clone().into())]} />
            <OrganizationForm {form} {state} {first} division={AttrValue::default()} save={t("新建组织", "Create organization")} {back} {onsave} />
        </>
    }
}

fn update_of(form: &FormHandle, organization: &Id, version: i32) -> OrganizationUpdateInput {
    OrganizationUpdateInput {
        organization: organization.clone(),
        version,
        name: Some(form.get("name").trim().to_owned()),
        code: Some(form.get("code").trim().to_owned()),
        branch_form: BranchForm::from_code(&form.get("branchForm")),
        sector: Sector::from_code(&form.get("sector")),
        division: form.filled("division").map(Id::new),
        founded_on: form.filled("foundedOn").map(Date),
        office_phone: form.filled("officePhone"),
        office_address: form.filled("officeAddress"),
    }
}

#[component]
fn EditForm(props: &FormPageProps) -> Html {
    let organization = &props.organization;
    let form = use_form("organization", || values_of(organization));
    let update = use_mutation::<OrganizationUpdate>();
    let toaster = use_toaster();
    let conflict = use_conflict(organization.version);
    use_unsaved(form.is_dirty());
    let save = {
        let (form, update, id, refused) = (form.clone(), update.clone(), organization.id.clone(), conflict.refused());
        let name = organization.name.clone();
        Callback::from(move |version: i32| {
            let (toaster, address, name) = (toaster.clone(), organization_address(&id), name.clone());
            let done = Callback::from(move |_| {
                toaster.show(fill("已保存，{0}", "Saved, {0}", &[&name]));
                routes::go_saved(&address);
            });
            update.run_or(update_of(&form, &id, version), done, refused.clone());
        })
    };
    let onsave = {
        let version = conflict.version();
        save.reform(move |()| version)
    };
    let ontheirs = {
        let (form, update, values) = (form.clone(), update.clone(), values_of(organization));
        Callback::from(move |()| {
            form.reset(values.clone());
            update.forget();
        })
    };
    let rows = || conflict_rows(&form.values(), &values_of(organization));
    let back = organization_address(&organization.id);
    let division = organization.division.as_ref().map(|division| division.path.join(" ")).unwrap_or_default();
    html! {
        <>
            <PageHead title={fill("编辑{0}", "Edit {0}", &[&organization.name])} crumbs={vec![(organization.name.clone().into(), back.clone().into())]} />
            <OrganizationForm form={form.clone()} state={update.state()} {division} save={t("保存组织", "Save organization")} {back} {onsave} />
            { conflict.dialog(rows, &ontheirs, &save).unwrap_or_default() }
        </>
    }
}

fn conflict_rows(mine: &Values, theirs: &Values) -> Vec<ConflictRow> {
    let read = |name: &str, value: &str| {
        let label = match name {
            "sector" => Sector::from_code(value).map(Labelled::label),
            "branchForm" => BranchForm::from_code(value).map(Labelled::label),
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
struct OrganizationFormProps {
    form: FormHandle,
    state: MutationState,
    /// Fields that only a new organization has.
    #[prop_or_default]
    first: Html,
    /// Name of the division that stands there at first.
    division: AttrValue,
    save: AttrValue,
    back: AttrValue,
    onsave: Callback<()>,
}

/// The fields of an organization, the same for a new and a known one.
#[component]
fn OrganizationForm(props: &OrganizationFormProps) -> Html {
    let (form, errors) = (&props.form, &props.state.errors);
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
                    <Field form={form.clone()} name="name" label={t("名称", "Name")} required=true errors={errors.clone()} />
                    <Field form={form.clone()} name="code" label={t("代码", "Code")} required=true help={t("在同一上级之下不重复。", "Unique below the same parent.")} errors={errors.clone()} />
                    { props.first.clone() }
                    <Field form={form.clone()} name="sector" kind={Kind::Select} label={t("领域", "Sector")} required=true options={options::<Sector>()} errors={errors.clone()} />
                    <Field form={form.clone()} name="branchForm" kind={Kind::Select} label={t("设置方式", "Form")} options={options::<BranchForm>()} help={t("只有党支部填写。", "Only branches have one.")} errors={errors.clone()} />
                    <DivisionField form={form.clone()} initial={props.division.clone()} />
                    <Field form={form.clone()} name="foundedOn" kind={Kind::Date} label={t("成立日期", "Founded on")} errors={errors.clone()} />
                    <Field form={form.clone()} name="officePhone" label={t("办公电话", "Office phone")} help={t("单位电话，不填个人手机。", "The office's, not a person's.")} errors={errors.clone()} />
                    <Field form={form.clone()} name="officeAddress" label={t("办公地址", "Office address")} errors={errors.clone()} />
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

#[derive(Properties, PartialEq)]
struct DivisionFieldProps {
    form: FormHandle,
    initial: AttrValue,
}

/// Takes an administrative division.
#[component]
fn DivisionField(props: &DivisionFieldProps) -> Html {
    let text = use_state(|| props.initial.to_string());
    let rested = use_rested(text.trim().to_owned());
    let query = use_query_when::<DivisionsQuery, _>(
        (!rested.is_empty()).then(|| DivisionsVariables { text: Some(rested.clone()) }),
    );
    let choices = query.data.filter(|_| !query.busy).map(|data| {
        let choice = |division: &super::operations::DivisionRef| Choice {
            id: division.id.inner().to_owned(),
            title: division.path.join(" "),
            meta: String::new(),
            icon: "map-pin",
        };
        Rc::new(data.divisions.iter().take(8).map(choice).collect::<Vec<_>>())
    });
    let id = props.form.id("division");
    let ontext = {
        let (form, text) = (props.form.clone(), text.clone());
        Callback::from(move |typed| {
            text.set(typed);
            form.set("division", String::new());
        })
    };
    let onchoose = {
        let (form, text) = (props.form.clone(), text.clone());
        Callback::from(move |choice: Choice| {
            text.set(choice.title);
            form.set("division", choice.id);
        })
    };
    html! {
        <div class="field">
            <label class="field__label" for={id.clone()}>{ t("行政区划", "Division") }</label>
            <Combobox {id} placeholder={t("镇街、村社区名称", "Town or village")} text={(*text).clone()} {choices} {ontext} {onchoose} />
        </div>
    }
}
