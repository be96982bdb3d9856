//! A later end of many grants, and what became of each.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::{Renewed, RoleGrantRenew, RoleGrantRenewInput};
use super::operations::GrantRow;
use crate::api::types::Date;
use crate::api::use_mutation::use_mutation;
use crate::i18n::calendar::days_later;
use crate::i18n::{fill, t};
use crate::ui::button::Button;
use crate::ui::dialog::{Dialog, Framed};
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;

/// Which grants.
#[derive(Properties, PartialEq)]
pub struct RenewDialogProps {
    /// The grants.
    pub grants: Rc<Vec<GrantRow>>,
    /// Called when it is closed.
    pub onclose: Callback<()>,
}

/// Asks for the new end, then lists what became of each grant.
#[component]
pub fn RenewDialog(props: &RenewDialogProps) -> Html {
    let renewed = use_state(|| None::<Rc<Renewed>>);
    let form = use_form("grant-renew", Values::default);
    let renew = use_mutation::<RoleGrantRenew>();
    let onsubmit = {
        let (form, renew, renewed, grants) = (form.clone(), renew.clone(), renewed.clone(), props.grants.clone());
        Callback::from(move |()| {
            let renewed = renewed.clone();
            let input = RoleGrantRenewInput {
                grants: grants.iter().map(|row| row.grant.id.clone()).collect(),
                until: form.filled("until").and_then(|day| days_later(&day, 1)).map(Date),
                reason: form.get("reason"),
            };
            renew.run(input, Callback::from(move |rows| renewed.set(Some(Rc::new(rows)))));
        })
    };
    let title = fill("批量延长 {0} 个授权", "Extend {0} grants", &[&props.grants.len().to_string()]);
    let state = renew.state();
    let content = match &*renewed {
        Some(rows) => results(&props.grants, rows, &props.onclose),
        None => html! {
            <FormDialog title={title.clone()} action={t("批量延长", "Extend")} form={form.clone()} state={state.clone()} incomplete={form.filled("reason").is_none()} {onsubmit} onclose={props.onclose.clone()}>
                <ul class="list list--tight">{ for props.grants.iter().map(|row| html! { <li key={row.grant.id.inner().to_owned()}>{ row.words() }</li> }) }</ul>
                <Field form={form.clone()} name="until" kind={Kind::Date} label={t("新的截止日期", "New last day")} help={t("不填则长期有效。每个授权各自处理，办不了的会说明原因。", "Left empty, they stay open. Each stands for itself; what cannot be done says why.")} errors={state.errors.clone()} />
                <Field {form} name="reason" kind={Kind::Lines} label={t("原因", "Reason")} required=true errors={state.errors} />
            </FormDialog>
        },
    };
    html! {
        <Dialog {title} onclose={props.onclose.clone()}>
            <ContextProvider<Framed> context={Framed}>{ content }</ContextProvider<Framed>>
        </Dialog>
    }
}

/// What became of each, refused ones first.
fn results(grants: &[GrantRow], rows: &[Option<String>], onclose: &Callback<()>) -> Html {
    let refused = rows.iter().filter(|row| row.is_some()).count();
    let done = rows.len() - refused;
    let summary =
        fill("已延长 {0} 个，{1} 个没有办成。", "{0} extended, {1} not.", &[&done.to_string(), &refused.to_string()]);
    let mut pairs: Vec<_> = grants.iter().zip(rows).collect();
    pairs.sort_by_key(|(_, row)| row.is_none());
    let line = |(grant, row): (&GrantRow, &Option<String>)| {
        let outcome = match row {
            Some(error) => html! { <span class="status status--danger">{ error.clone() }</span> },
            None => html! { <span class="status status--success">{ t("已延长", "Extended") }</span> },
        };
        html! { <li key={grant.grant.id.inner().to_owned()}>{ grant.words() }<br />{ outcome }</li> }
    };
    html! {
        <>
            <div class="dialog__body stack">
                <p role="status">{ summary }</p>
                <ul class="list list--tight">{ for pairs.into_iter().map(line) }</ul>
            </div>
            <div class="dialog__foot"><Button class="button--primary" label={t("完成", "Done")} onclick={onclose.clone()} /></div>
        </>
    }
}
