//! What forms have in common: the summary of errors, and a dialog around a short form.

use yew::prelude::*;

use super::browser;
use super::button::Button;
use super::dialog::{Dialog, Framed};
use super::form::FormHandle;
use super::icon::icon;
use crate::api::use_mutation::MutationState;
use crate::i18n::{fill, t};

/// What stopped the last attempt: a failure, or errors with links to their fields.
pub fn error_summary(state: &MutationState, form: &FormHandle) -> Html {
    let content = match (&state.failure, state.errors.len()) {
        (Some(failure), _) => {
            html! { <p><b>{ t("没有保存。", "Not saved. ") }</b>{ failure.sentence() }if let Some(id) = &failure.request_id { <>{ " " }<code>{ id }</code></> }</p> }
        }
        (None, 0) => return Html::default(),
        (None, count) => html! {
            <>
                <b>{ fill("有 {0} 处需要修改", "{0} to put right", &[&count.to_string()]) }</b>
                <ul>{ for state.errors.iter().map(|error| error_line(error.field.last(), &error.message, form)) }</ul>
            </>
        },
    };
    html! { <div class="notice notice--danger" role="alert">{ icon("danger") }<div class="grow">{ content }</div></div> }
}

fn error_line(field: Option<&String>, message: &str, form: &FormHandle) -> Html {
    let id = field
        .map(|field| form.id(field))
        .filter(|id| browser::document().is_some_and(|document| document.get_element_by_id(id).is_some()));
    match id {
        Some(id) => {
            let target = id.clone();
            let onclick = Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                browser::focus(&target);
            });
            html! { <li><a href={format!("#{id}")} {onclick}>{ message.to_owned() }</a></li> }
        }
        None => html! { <li>{ message.to_owned() }</li> },
    }
}

/// A dialog with a form.
#[derive(Properties, PartialEq)]
pub struct FormDialogProps {
    /// Verb and object; the same words as on the button that opened it.
    pub title: AttrValue,
    /// Verb and object of the button; the title where left out.
    #[prop_or_default]
    pub action: Option<AttrValue>,
    /// Whether it takes something away.
    #[prop_or_default]
    pub danger: bool,
    /// The form.
    pub form: FormHandle,
    /// How the last attempt went.
    pub state: MutationState,
    /// Whether something still has to be filled in.
    #[prop_or_default]
    pub incomplete: bool,
    /// Called when the form is sent.
    pub onsubmit: Callback<()>,
    /// Called when it is closed.
    pub onclose: Callback<()>,
    /// The fields.
    pub children: Html,
}

/// A short form in a dialog; in the frame of a dialog that is there already, the form alone.
#[component]
pub fn FormDialog(props: &FormDialogProps) -> Html {
    let framed = use_context::<Framed>().is_some();
    let onsubmit = {
        let (onsubmit, blocked) = (props.onsubmit.clone(), props.incomplete || props.state.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !blocked {
                onsubmit.emit(());
            }
        })
    };
    let class = if props.danger { "button--danger-solid" } else { "button--primary" };
    let form = html! {
        <form {onsubmit} novalidate={true}>
            <div class="dialog__body stack">
                { error_summary(&props.state, &props.form) }
                { props.children.clone() }
            </div>
            <div class="dialog__foot">
                <Button label={t("取消", "Cancel")} onclick={props.onclose.clone()} />
                <Button submit=true {class} busy={props.state.busy} disabled={props.incomplete} label={props.action.clone().unwrap_or_else(|| props.title.clone())} />
            </div>
        </form>
    };
    if framed {
        return form;
    }
    html! { <Dialog title={props.title.clone()} onclose={props.onclose.clone()}>{ form }</Dialog> }
}
