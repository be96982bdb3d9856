//! The one action that closes each kind of obligation.

use yew::prelude::*;

use super::operations::Obligation;
use crate::api::types::ObligationKind;
use crate::features::organization::TermDialogById;
use crate::features::person::ContactsById;
use crate::i18n::t;
use crate::routes::{Link, person};
use crate::ui::button::Button;
use crate::ui::icon::hidden_text;

/// The button of a row; the most urgent one is red.
pub fn action(obligation: &Obligation, subject: &str, urgent: bool) -> Html {
    html! { <Action obligation={obligation.clone()} subject={subject.to_owned()} {urgent} /> }
}

#[derive(Properties, PartialEq)]
struct ActionProps {
    obligation: Obligation,
    subject: String,
    urgent: bool,
}

#[component]
fn Action(props: &ActionProps) -> Html {
    let open = use_state(|| false);
    let set = {
        let open = open.clone();
        Callback::from(move |value: bool| open.set(value))
    };
    let class = classes!("button--sm", props.urgent.then_some("button--primary"));
    let label = match props.obligation.kind {
        ObligationKind::ReelectionDue => t("登记换届", "Record term"),
        ObligationKind::MemberWithoutContact => t("选联系人", "Choose contacts"),
        ObligationKind::IncompleteRecord => t("补全信息", "Complete"),
        ObligationKind::TransferAsked => t("查看人员", "See the person"),
    };
    if let (ObligationKind::TransferAsked, Some(who)) = (props.obligation.kind, &props.obligation.person) {
        return html! { <Link class={classes!("button", class)} to={person(&who.id)}>{ label }{ hidden_text(format!("：{}", props.subject)) }</Link> };
    }
    if let (ObligationKind::IncompleteRecord, Some(who)) = (props.obligation.kind, &props.obligation.person) {
        return html! { <Link class={classes!("button", class)} to={format!("{}/edit", person(&who.id))}>{ label }{ hidden_text(format!("：{}", props.subject)) }</Link> };
    }
    let onclose = set.reform(|()| false);
    let dialog = match (props.obligation.kind, &props.obligation.person, &props.obligation.organization) {
        (ObligationKind::ReelectionDue, _, Some(place)) => {
            html! { <TermDialogById organization={place.id.clone()} {onclose} /> }
        }
        (ObligationKind::MemberWithoutContact, Some(who), _) => {
            html! { <ContactsById person={who.id.clone()} {onclose} /> }
        }
        _ => Html::default(),
    };
    html! {
        <div>
            <Button {class} {label} subject={props.subject.clone()} onclick={set.reform(|()| true)} />
            if *open { { dialog } }
        </div>
    }
}
