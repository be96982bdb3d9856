//! The page of one person.

use std::rc::Rc;

use yew::prelude::*;

use super::contacts::{ContactsDialog, ContactsOf};
use super::dates::DatesDialog;
use super::dialogs::{AffiliationCreateDialog, AffiliationEndDialog, ArchiveDialog, RestoreDialog, TransferDialog};
use super::erase::{ConfirmDialog, ProposeDialog, WithdrawDialog, erasure};
use super::facts::{affiliations, facts, homes, looks, missing, posts, stepper};
use super::model::{sees_looks, stage_badge};
use super::operations::{Affiliation, Person, PersonQuery, PersonVariables};
use crate::api::fragments::OrganizationRef;
use crate::api::types::{Labelled, PermissionCode, RecordStatus};
use crate::api::use_query::use_query;
use crate::features::access::{WhoCanSee, WhyButton};
use crate::features::attachment::Attachments;
use crate::features::audit::{history_list, object_history};
use crate::features::person_export::ExportPanel;
use crate::i18n::{fill, t};
use crate::routes::{Link, address, organization, person as person_address};
use crate::session::actor::use_actor;
use crate::session::can::Can;
use crate::shell::stop::NotFound;
use crate::ui::async_view::async_view;
use crate::ui::button::Button;
use crate::ui::icon::{icon, small_icon};
use crate::ui::menu::{Item, Menu};
use crate::ui::notice::notice;
use crate::ui::page::{Panel, crumbs, use_title};

/// Whose page.
#[derive(Properties, PartialEq)]
pub struct PersonPageProps {
    /// Id of the person.
    pub id: String,
}

/// The dialog that is open.
#[derive(Clone, PartialEq)]
enum Open {
    Archive,
    Restore,
    Erase,
    EraseConfirm,
    EraseWithdraw,
    Transfer,
    Contacts,
    Dates,
    AffiliationCreate,
    AffiliationEnd(Affiliation),
}

/// A person's record.
#[component]
pub fn PersonPage(props: &PersonPageProps) -> Html {
    let query = use_query::<PersonQuery, _>(PersonVariables { id: cynic::Id::new(&props.id) });
    async_view(&query, t("人员信息", "the record"), 8, |data| match &data.person {
        Some(person) => html! { <RecordPage person={Rc::new(person.clone())} /> },
        None => html! { <NotFound /> },
    })
}

/// What the record shows.
#[derive(Properties, PartialEq)]
pub struct RecordPageProps {
    /// The record.
    pub person: Rc<Person>,
    /// Whether it stands on the viewer's own page, below that page's title.
    #[prop_or_default]
    pub own: bool,
}

/// The record with everything that may be done to it.
#[component]
pub fn RecordPage(props: &RecordPageProps) -> Html {
    let person = &props.person;
    let open = use_state(|| None::<Open>);
    let oneself = use_actor().and_then(|actor| actor.viewer.person.as_ref().map(|who| who.id.clone()));
    let is_oneself = oneself.as_ref() == Some(&person.id);
    let title = if props.own { t("我的档案", "My record").to_owned() } else { person.name.clone() };
    use_title(&title.into());
    let show = {
        let open = open.clone();
        Callback::from(move |dialog: Open| open.set(Some(dialog)))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(None))
    };
    let home = person.membership.as_ref().and_then(|membership| membership.home_organization.clone());
    let list = |text: &'static str, path: &str, place: &OrganizationRef| {
        (text.into(), address(path, &[("organization", place.id.inner())]).into())
    };
    let tied = person.affiliations.iter().find_map(|tie| tie.organization.as_ref());
    let above: Vec<_> = match (&home, tied) {
        (Some(home), _) => vec![
            (home.name.clone().into(), organization(&home.id).into()),
            list(t("党员与发展", "Members"), "/members", home),
        ],
        (None, Some(tied)) => vec![
            (tied.name.clone().into(), organization(&tied.id).into()),
            list(t("关联人员", "Tied persons"), "/people", tied),
        ],
        (None, None) => Vec::new(),
    };
    let may_tie = person.viewer_can.contains(&PermissionCode::PersonUpdate) && person.status == RecordStatus::Active;
    let add_tie = may_tie.then(|| html! { <Button class="button--quiet button--sm" icon="plus" label={t("添加关联", "Add tie")} onclick={show.reform(|()| Open::AffiliationCreate)} /> });
    let side = html! {
        <>
            <Panel id="ties" title={t("组织关联", "Ties")} aside={add_tie.unwrap_or_default()}>{ affiliations(&person.affiliations, may_tie, &show.reform(Open::AffiliationEnd)) }</Panel>
            if let Some(membership) = &person.membership { <Panel id="homes" title={t("所在组织", "Home organizations")}>{ homes(&membership.home_periods) }</Panel> }
            if !person.posts.is_empty() { <Panel id="posts" title={t("职务", "Posts")}>{ posts(&person.posts) }</Panel> }
            if !person.erased { <Attachments owner={person.id.clone()} /> }
            if is_oneself { <WhoCanSee person={person.id.clone()} own=true /> }
            if is_oneself { <ExportPanel person={person.id.clone()} /> }
        </>
    };
    let trail = trail(person, props.own || is_oneself);
    html! {
        <>
            if !props.own { { crumbs(&above, &person.name.clone().into()) } }
            <section class="panel" aria-labelledby="person-name">
                <div class="panel__body stack">
                    { head(person, props.own, &show) }
                    if person.erased {
                        { notice("", html! { { t("这个人的个人信息已清除，只留下人数和变动记录。", "What was personal about this person is erased; only counts and history are left.") } }, Html::default()) }
                    } else if person.status == RecordStatus::Archived { { notice("", html! { { t("这条记录已归档，只能查看。", "This record is archived and can only be read.") } }, Html::default()) } }
                    { erasure(person, &show.reform(|()| Open::EraseConfirm), &show.reform(|()| Open::EraseWithdraw)) }
                    { facts(person) }
                    { missing(person) }
                </div>
                { person.membership.as_ref().map(stepper) }
            </section>
            if trail == Html::default() {
                <div class="halves split--below">{ side }</div>
            } else {
                <div class="split split--below"><div class="stack">{ trail }</div><div class="stack">{ side }</div></div>
            }
            { dialog(person, (*open).clone(), &onclose) }
        </>
    }
}

/// What was changed and who looked, as far as the viewer may know it.
fn trail(person: &Person, own: bool) -> Html {
    let reads_history = !person.history.is_empty() || person.viewer_can.contains(&PermissionCode::AuditRead);
    if !reads_history && !sees_looks(person, own) {
        return Html::default();
    }
    html! {
        <>
            if reads_history { <Panel id="history" title={t("变动记录", "History")} aside={object_history(&person.id)}>{ history_list(&person.history, false) }</Panel> }
            if sees_looks(person, own) { <Panel id="looks" title={t("查看记录", "Who looked")}>{ looks(&person.unmask_events) }</Panel> }
        </>
    }
}

fn head(person: &Person, own: bool, show: &Callback<Open>) -> Html {
    let membership = person.membership.as_ref();
    let rights = &person.viewer_can;
    let active = person.status == RecordStatus::Active;
    let mut line: Vec<String> = Vec::new();
    line.extend(person.sex.map(|sex| sex.label().to_owned()));
    line.extend(person.age_band.map(|band| band.label().to_owned()));
    line.extend(person.education.map(|education| education.label().to_owned()));
    line.extend(person.occupation_group.map(|group| group.label().to_owned()));
    line.extend(
        membership
            .and_then(|membership| membership.party_age)
            .map(|years| fill("党龄 {0} 年", "{0} years in the Party", &[&years.to_string()])),
    );
    let mut items = Vec::new();
    let member_rights = membership.map(|membership| membership.viewer_can.as_slice()).unwrap_or_default();
    if active && member_rights.contains(&PermissionCode::MemberUpdate) {
        items.push(Item::new(
            "person",
            t("指定培养联系人", "Assign contact persons"),
            show.reform(|()| Open::Contacts),
        ));
    }
    if active && member_rights.contains(&PermissionCode::MemberUpdate) {
        items.push(Item::new(
            "calendar",
            t("修改申请日期", "Change the application date"),
            show.reform(|()| Open::Dates),
        ));
    }
    if active && member_rights.contains(&PermissionCode::MemberTransfer) {
        items.push(Item::new("transfer", t("转接组织关系", "Transfer"), show.reform(|()| Open::Transfer)));
    }
    if person.erased {
        items.clear();
    } else if rights.contains(&PermissionCode::PersonArchive) {
        items.push(if active {
            Item::danger("archive", t("归档记录", "Archive the record"), show.reform(|()| Open::Archive))
        } else {
            Item::new("restore", t("恢复记录", "Restore the record"), show.reform(|()| Open::Restore))
        });
    }
    if !active && !person.erased && person.erasure_proposal.is_none() && rights.contains(&PermissionCode::PersonErase) {
        items.push(Item::danger("danger", t("清除个人信息", "Erase personal data"), show.reform(|()| Open::Erase)));
    }
    html! {
        <div class="page-header page-header--flat">
            <div class="person">
                <span class="avatar avatar--lg" aria-hidden="true">{ person.name.chars().next().map(String::from) }</span>
                <div class="stack stack--tight">
                    <div class="cluster">{ name(person, own) }{ membership.map(|membership| stage_badge(membership.stage, "badge status")) }</div>
                    <p class="muted">{ line.join(t("，", ", ")) }
                        if let Some(home) = membership.and_then(|membership| membership.home_organization.as_ref()) { <>{ " · " }<Link to={organization(&home.id)}>{ home.name.clone() }</Link></> }
                    </p>
                </div>
            </div>
            <div class="cluster">
                if !own { <WhyButton object={person.id.clone()} name={person.name.clone()} action={PermissionCode::PersonRead} /> }
                if active {
                    <Can permission={PermissionCode::PersonUpdate} of={Some(rights.clone())}>
                        <Link class="button" to={format!("{}/edit", person_address(&person.id))}>{ small_icon("edit") }{ t("编辑信息", "Edit") }</Link>
                    </Can>
                }
                if !items.is_empty() { <Menu class="icon-button" icon_only=true label={t("更多操作", "More actions")} face={icon("more")} {items} /> }
            </div>
        </div>
    }
}

fn name(person: &Person, own: bool) -> Html {
    if own {
        html! { <h2 class="page-header__title" id="person-name">{ person.name.clone() }</h2> }
    } else {
        html! { <h1 class="page-header__title" id="person-name">{ person.name.clone() }</h1> }
    }
}

fn dialog(person: &Rc<Person>, open: Option<Open>, onclose: &Callback<()>) -> Html {
    let (person, onclose) = (person.clone(), onclose.clone());
    match open {
        None => Html::default(),
        Some(Open::Archive) => html! { <ArchiveDialog {person} {onclose} /> },
        Some(Open::Restore) => html! { <RestoreDialog {person} {onclose} /> },
        Some(Open::Erase) => html! { <ProposeDialog {person} {onclose} /> },
        Some(Open::EraseConfirm) => {
            html! { <ConfirmDialog id={person.id.clone()} name={person.name.clone()} version={person.version} {onclose} /> }
        }
        Some(Open::EraseWithdraw) => {
            html! { <WithdrawDialog id={person.id.clone()} name={person.name.clone()} version={person.version} {onclose} /> }
        }
        Some(Open::Transfer) => html! { <TransferDialog {person} {onclose} /> },
        Some(Open::AffiliationCreate) => html! { <AffiliationCreateDialog {person} {onclose} /> },
        Some(Open::AffiliationEnd(tie)) => html! { <AffiliationEndDialog {tie} {onclose} /> },
        Some(Open::Dates) => html! { <DatesDialog {person} {onclose} /> },
        Some(Open::Contacts) => match ContactsOf::person(&person) {
            Some(of) => html! { <ContactsDialog {of} {onclose} /> },
            None => Html::default(),
        },
    }
}
