//! An explanation as people read it.

use yew::prelude::*;

use super::operations::{AccessExplanation, AccessFinding, AccessGrant};
use crate::api::types::{AccessOutcome, Labelled};
use crate::features::person::period;
use crate::i18n::{fill, t};
use crate::routes::{Link, organization};
use crate::ui::icon::draw;

/// The verdict with its sentence, and what each grant says; `more` draws what stands beside a grant.
pub fn answer(explanation: &AccessExplanation, more: &dyn Fn(&AccessGrant) -> Html) -> Html {
    let (class, icon) = if explanation.allowed { ("verdict", "success") } else { ("verdict verdict--no", "blocked") };
    html! {
        <>
            <div {class} role="status">
                { draw(icon, "icon icon--lg") }
                <p>{ explanation.sentence.clone() }</p>
            </div>
            if !explanation.findings.is_empty() {
                <ul class="list list--tight">{ for explanation.findings.iter().map(|finding| line(finding, more)) }</ul>
            }
        </>
    }
}

fn line(finding: &AccessFinding, more: &dyn Fn(&AccessGrant) -> Html) -> Html {
    let tone = match finding.outcome {
        AccessOutcome::Gives => "success",
        AccessOutcome::Waiting | AccessOutcome::NotBegun | AccessOutcome::SecondFactorMissing => "warn",
        _ => "off",
    };
    html! {
        <li class="spread" key={finding.grant.id.inner().to_owned()}>
            { grant_words(&finding.grant) }
            <span class="cluster"><span class={format!("badge status status--{tone}")}>{ finding.outcome.label() }</span>{ more(&finding.grant) }</span>
        </li>
    }
}

/// The name of a grant's role; a role that the viewer may not read stays unnamed.
pub fn role_name(grant: &AccessGrant) -> String {
    grant.role.as_ref().map_or_else(|| t("某角色", "A role").to_owned(), |role| role.name.clone())
}

/// What a grant says: role, place, period, giver.
pub fn grant_words(grant: &AccessGrant) -> Html {
    let period = period(&grant.from.0, grant.until.as_ref().map(|day| day.0.as_str()));
    let by = grant.granted_by.as_ref().map(|by| fill("，{0}授予", ", granted by {0}", &[by])).unwrap_or_default();
    let place = match &grant.organization {
        Some(place) => html! { <Link to={organization(&place.id)}>{ place.name.clone() }</Link> },
        None => html! { { grant.scope.label() } },
    };
    html! { <span><b>{ role_name(grant) }</b>{ " · " }{ place }<br /><span class="meta">{ period }{ by }</span></span> }
}
