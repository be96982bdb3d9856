//! Parts of a person's page: facts, steps, ties, posts, homes.

use yew::prelude::*;

use super::model::{is_accompanied, may_unmask, stage_class, steps};
use super::operations::{Affiliation, HomePeriod, Membership, Person, PersonPost, SensitiveText, UnmaskEvent};
use super::unmask::Masked;
use crate::api::fragments::OrganizationRef;
use crate::api::types::{Labelled, PermissionCode, SensitiveField};
use crate::features::audit::model::field_label;
use crate::i18n::calendar::days_later;
use crate::i18n::{fill, format, t};
use crate::routes::{Link, organization as organization_address, person as person_address};
use crate::ui::button::Button;
use crate::ui::notice::{empty_line, notice};

/// Name and value of everything on record.
pub fn facts(person: &Person) -> Html {
    let masked = |field: SensitiveField, value: &Option<SensitiveText>| {
        html! { <Masked person={person.id.clone()} name={person.name.clone()} {field} value={value.clone()} may_unmask={may_unmask(person, field)} /> }
    };
    let fact = |label: &'static str, value: Html| html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> };
    let text = |value: &Option<String>| {
        value.as_ref().map_or_else(
            || html! { <span class="table__empty">{ t("未填写", "Not filled in") }</span> },
            |value| html! { { value.clone() } },
        )
    };
    html! {
        <dl class="facts">
            { fact(t("手机", "Phone"), masked(SensitiveField::Phone, &person.phone)) }
            { fact(t("身份证号", "Identity number"), masked(SensitiveField::IdentityNumber, &person.identity_number)) }
            { fact(t("出生日期", "Birth date"), masked(SensitiveField::BirthDate, &person.birth_date)) }
            { fact(t("住址", "Address"), masked(SensitiveField::Address, &person.address)) }
            { fact(t("工作单位", "Employer"), text(&person.employer)) }
            { fact(t("籍贯", "Native place"), text(&person.native_place)) }
            { fact(t("民族", "Ethnicity"), text(&person.ethnicity)) }
            { person.membership.as_ref().filter(|membership| is_accompanied(membership)).map(|membership| fact(t("培养联系人", "Contact persons"), contacts(membership))) }
        </dl>
    }
}

fn contacts(membership: &Membership) -> Html {
    if membership.contacts.is_empty() {
        return html! { <span class="table__empty">{ t("未指定", "None") }</span> };
    }
    let link = |(index, contact): (usize, &crate::api::fragments::PersonRef)| {
        html! { <>if index > 0 { { t("、", ", ") } }<Link to={person_address(&contact.id)}>{ contact.name.clone() }</Link></> }
    };
    html! { <>{ for membership.contacts.iter().enumerate().map(link) }</> }
}

/// What the record still lacks.
pub fn missing(person: &Person) -> Html {
    if person.missing_fields.is_empty() {
        return Html::default();
    }
    let names: Vec<_> = person.missing_fields.iter().map(|field| field_label(field)).collect();
    let action = if person.viewer_can.contains(&PermissionCode::PersonUpdate) {
        html! { <Link class="button button--sm" to={format!("{}/edit", person_address(&person.id))}>{ t("补全信息", "Complete the record") }</Link> }
    } else {
        Html::default()
    };
    notice(
        "warn",
        html! { <><b>{ t("信息不完整。", "The record is incomplete. ") }</b>{ fill("还缺：{0}。", "Missing: {0}.", &[&names.join(t("、", ", "))]) }</> },
        action,
    )
}

/// The stages with their days.
pub fn stepper(membership: &Membership) -> Html {
    html! {
        <ol class="stepper panel__foot stepper--flush" aria-label={t("发展阶段", "Stages")}>
            { for steps(membership).into_iter().map(|step| html! {
                <li class={classes!("stepper__step", step.done.then_some("is-done"), step.current.then_some("is-current"))} aria-current={step.current.then_some("step")}>
                    <span class={stage_class(step.stage)}>{ step.stage.label() }</span>
                    if let Some(since) = &step.since { <span class="meta">{ if step.current { fill("{0} 起", "since {0}", &[since]) } else { since.clone() } }</span> }
                </li>
            }) }
        </ol>
    }
}

/// An organization as a link, where the viewer may see it.
fn place(organization: Option<&OrganizationRef>) -> Html {
    match organization {
        Some(place) => html! { <Link to={organization_address(&place.id)}>{ place.name.clone() }</Link> },
        None => html! { <span class="muted">{ t("范围外的组织", "An organization out of scope") }</span> },
    }
}

/// Who looked at protected values.
pub fn looks(events: &[UnmaskEvent]) -> Html {
    if events.is_empty() {
        return empty_line(t("还没有人查看过脱敏信息。", "Nobody has looked at a masked value yet."));
    }
    let look = |event: &UnmaskEvent| {
        html! {
            <li class="spread">
                <span>{ fill("{0} 查看了{1}", "{0} looked at {1}", &[&event.actor, event.field.label()]) }<br /><span class="meta">{ t("用途：", "Reason: ") }{ event.reason.label() }</span></span>
                <span class="meta nowrap">{ format::time(&event.at.0) }</span>
            </li>
        }
    };
    html! { <ul class="list list--tight">{ for events.iter().map(look) }</ul> }
}

/// From–until in words. The contract's last day is the first day after.
pub fn period(from: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => {
            let last = days_later(until, -1).unwrap_or_else(|| until.to_owned());
            fill("{0} 至 {1}", "{0} to {1}", &[from, &last])
        }
        None => fill("{0} 起", "since {0}", &[from]),
    }
}

/// Ties beside the home organization.
pub fn affiliations(ties: &[Affiliation], may_end: bool, onend: &Callback<Affiliation>) -> Html {
    if ties.is_empty() {
        return empty_line(t("没有其他组织关联。", "No other ties."));
    }
    let tie = |tie: &Affiliation| {
        let onclick = {
            let (onend, tie) = (onend.clone(), tie.clone());
            Callback::from(move |()| onend.emit(tie.clone()))
        };
        html! {
            <li class="spread">
                <span>{ place(tie.organization.as_ref()) }<br />
                <span class="meta">{ tie.kind.label() }{ t("，", ", ") }{ period(&tie.from.0, tie.until.as_ref().map(|day| day.0.as_str())) }{ t("，不计入人数", ", not counted") }</span></span>
                if may_end && tie.until.is_none() { <Button class="button--quiet button--sm" label={t("结束关联", "End tie")} subject={tie.kind.label()} {onclick} /> }
            </li>
        }
    };
    html! { <ul class="list list--tight">{ for ties.iter().map(tie) }</ul> }
}

/// Posts held.
pub fn posts(posts: &[PersonPost]) -> Html {
    let post = |post: &PersonPost| {
        html! {
            <li class="spread">
                <span>{ place(post.organization.as_ref()) }{ " " }{ post.title.label() }</span>
                <span class="meta">{ period(&post.from.0, post.until.as_ref().map(|day| day.0.as_str())) }</span>
            </li>
        }
    };
    html! { <ul class="list list--tight">{ for posts.iter().map(post) }</ul> }
}

/// Home organizations over time, newest first.
pub fn homes(periods: &[HomePeriod]) -> Html {
    let home = |home: &HomePeriod| {
        let name = place(home.organization.as_ref());
        html! { <li class="spread">{ name }<span class="meta">{ period(&home.from.0, home.until.as_ref().map(|day| day.0.as_str())) }</span></li> }
    };
    html! { <ul class="list list--tight">{ for periods.iter().rev().map(home) }</ul> }
}
