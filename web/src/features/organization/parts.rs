//! Parts that several pages draw of an organization.

use cynic::Id;
use yew::prelude::*;

use super::model::{Counts, figure, known};
use crate::api::types::Labelled;
use crate::features::person::ACTIVE_STAGES;
use crate::routes::{Link, address};
use crate::ui::chart::single_bar;

/// The stages with their counts; each leads to its list.
pub fn stage_legend(organization: &Id, counts: Counts, bars: bool) -> Html {
    let largest = known(counts).iter().copied().max().unwrap_or(0);
    let line = |(index, (stage, count)): (usize, (&crate::api::types::MemberStage, Option<i32>))| {
        let to = address("/members", &[("organization", organization.inner()), ("stage", stage.code())]);
        let key = (!bars).then(|| format!("legend__key d{}", index + 1));
        html! {
            <li><Link {to}><span class={classes!("legend__name", key)}>{ stage.label() }</span>if bars { { single_bar(index, count.unwrap_or_default(), largest) } }<b>{ figure(count) }</b></Link></li>
        }
    };
    html! { <ul class={classes!("legend", bars.then_some("legend--bars"))}>{ for ACTIVE_STAGES.iter().zip(counts).enumerate().map(line) }</ul> }
}
