//! The one action that closes each kind of obligation.

use yew::prelude::*;

use super::operations::Obligation;
use crate::api::types::ObligationKind;
use crate::features::organization::TermDialogById;
use crate::features::person::ContactsById;
use crate::i18n::t;
use crate::routes::{Link, address, person};
use crate::ui::button::Button;
use crate::ui::icon::hidden_text;

/// The button of a row; the most urgent one is red.
pub fn action(obligation: &Obligation, subject: &str, urgent: bool, onact: &Callback<Obligation>) -> Html {
    let class = classes!("button--sm", urgent.then_some("button--primary"));
    let label = match obligation.kind {
        ObligationKind::ReelectionDue => t("登记换届", "Record term"),
        ObligationKind::MemberWithoutContact => t("选联系人", "Choose contacts"),
        ObligationKind::IncompleteRecord => t("补全信息", "Complete"),
        ObligationKind::TransferAsked => t("查看人员", "See the person"),
        ObligationKind::GrantEnding => t("延长授权", "Extend grant"),
    };
    if let (ObligationKind::GrantEnding, Some(place)) = (obligation.kind, &obligation.organization) {
        let to = address("/desk/grants", &[("ending", "30"), ("organization", place.id.inner())]);
        return html! { <Link class={classes!("button", class)} {to}>{ label }{ hidden_text(format!("：{subject}")) }</Link> };
    }
    if let (ObligationKind::TransferAsked, Some(who)) = (obligation.kind, &obligation.person) {
        return html! { <Link class={classes!("button", class)} to={person(&who.id)}>{ label }{ hidden_text(format!("：{subject}")) }</Link> };
    }
    if let (ObligationKind::IncompleteRecord, Some(who)) = (obligation.kind, &obligation.person) {
        return html! { <Link class={classes!("button", class)} to={format!("{}/edit", person(&who.id))}>{ label }{ hidden_text(format!("：{subject}")) }</Link> };
    }
    let onclick = {
        let (onact, obligation) = (onact.clone(), obligation.clone());
        Callback::from(move |()| onact.emit(obligation.clone()))
    };
    html! { <Button {class} {label} subject={subject.to_owned()} {onclick} /> }
}

/// The dialog of the action. It stands above the list, since the row goes as soon as the duty is done, and the list is drawn
/// anew whenever it is fetched.
pub fn dialog(obligation: &Obligation, onclose: Callback<()>) -> Html {
    match (obligation.kind, &obligation.person, &obligation.organization) {
        (ObligationKind::ReelectionDue, _, Some(place)) => {
            html! { <TermDialogById organization={place.id.clone()} {onclose} /> }
        }
        (ObligationKind::MemberWithoutContact, Some(who), _) => {
            html! { <ContactsById person={who.id.clone()} {onclose} /> }
        }
        _ => Html::default(),
    }
}
