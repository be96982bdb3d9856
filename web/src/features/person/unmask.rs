//! A protected value: masked, looked at with a reason, hidden again after half a minute.

use cynic::Id;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use yew::prelude::*;

use super::actions::{PersonUnmask, PersonUnmaskInput, PersonUnmaskPayload};
use super::operations::SensitiveText;
use crate::api::types::{Labelled, SensitiveField, UnmaskReason};
use crate::api::use_mutation::use_mutation;
use crate::i18n::{fill, t};
use crate::ui::browser;
use crate::ui::field::{Field, Kind, options};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::FormDialog;
use crate::ui::icon::{hidden_text, small_icon};

const SHOWN_FOR_S: u32 = 30;

/// A protected value of a person.
#[derive(Properties, PartialEq)]
pub struct MaskedProps {
    /// Whose.
    pub person: Id,
    /// His name.
    pub name: AttrValue,
    /// Which.
    pub field: SensitiveField,
    /// The value as the viewer may see it.
    pub value: Option<SensitiveText>,
    /// Whether the viewer may look at it.
    pub may_unmask: bool,
}

/// What has been uncovered.
#[derive(Clone, PartialEq)]
struct Open {
    value: String,
    remaining: Option<i32>,
    seconds: u32,
}

/// The value and the way to see it.
#[component]
pub fn Masked(props: &MaskedProps) -> Html {
    let asking = use_state(|| false);
    let open = use_state(|| None::<Open>);
    use_hide(&open);
    let Some(value) = &props.value else {
        return html! { <span class="table__empty">{ t("未填写", "Not filled in") }</span> };
    };
    if !value.masked {
        return html! { <span class="num">{ value.display.clone() }</span> };
    }
    if let Some(open) = &*open {
        let budget = open
            .remaining
            .map(|left| fill("，今天还可查看 {0} 次", ", {0} more looks today", &[&left.to_string()]))
            .unwrap_or_default();
        return html! {
            <span class="masked is-open"><span class="masked__value">{ open.value.clone() }</span><span class="meta">{ fill("已记录，{0} 秒后隐藏", "Recorded, hidden in {0} s", &[&open.seconds.to_string()]) }{ budget }</span></span>
        };
    }
    let set_asking = {
        let asking = asking.clone();
        Callback::from(move |ask: bool| asking.set(ask))
    };
    let onopen = {
        let (open, asking) = (open.clone(), asking.clone());
        Callback::from(move |payload: PersonUnmaskPayload| {
            asking.set(false);
            open.set(Some(Open {
                value: payload.value.unwrap_or_default(),
                remaining: payload.remaining,
                seconds: SHOWN_FOR_S,
            }));
        })
    };
    html! {
        <span class="masked">
            { small_icon("lock") }<span class="masked__value">{ value.display.clone() }</span>
            if props.may_unmask {
                <button type="button" onclick={set_asking.reform(|_: MouseEvent| true)}>{ t("查看", "Look") }{ hidden_text(fill("{0}，需填写用途", "{0}, needs a reason", &[props.field.label()])) }</button>
            } else {
                <span class="meta">{ t("无权查看", "no right to see") }</span>
            }
            if *asking { <UnmaskDialog person={props.person.clone()} name={props.name.clone()} field={props.field} {onopen} onclose={set_asking.reform(|()| false)} /> }
        </span>
    }
}

/// Counts down and hides.
#[hook]
fn use_hide(open: &UseStateHandle<Option<Open>>) {
    let state = open.clone();
    use_effect_with((**open).clone(), move |open| {
        let timer = open.clone().and_then(|open| {
            let next =
                open.seconds.checked_sub(1).filter(|seconds| *seconds > 0).map(|seconds| Open { seconds, ..open });
            let tick = Closure::once_into_js(move || state.set(next));
            browser::window()?.set_timeout_with_callback_and_timeout_and_arguments_0(tick.unchecked_ref(), 1000).ok()
        });
        move || {
            if let (Some(timer), Some(window)) = (timer, browser::window()) {
                window.clear_timeout_with_handle(timer);
            }
        }
    });
}

#[derive(Properties, PartialEq)]
struct UnmaskDialogProps {
    person: Id,
    name: AttrValue,
    field: SensitiveField,
    onopen: Callback<PersonUnmaskPayload>,
    onclose: Callback<()>,
}

#[component]
fn UnmaskDialog(props: &UnmaskDialogProps) -> Html {
    let form = use_form("unmask", Values::default);
    let unmask = use_mutation::<PersonUnmask>();
    let reason = UnmaskReason::from_code(&form.get("reason"));
    let onsubmit = {
        let (unmask, person, field, onopen) = (unmask.clone(), props.person.clone(), props.field, props.onopen.clone());
        Callback::from(move |()| {
            if let Some(reason) = reason {
                unmask.run(PersonUnmaskInput { person: person.clone(), field, reason }, onopen.clone());
            }
        })
    };
    let what = props.field.label();
    let state = unmask.state();
    html! {
        <FormDialog title={fill("查看{0}的{1}", "Look at {1} of {0}", &[&props.name, what])} action={fill("查看{0}", "Look at {0}", &[what])} form={form.clone()} state={state.clone()} incomplete={reason.is_none()} {onsubmit} onclose={props.onclose.clone()}>
            <p>{ t("本次查看会留下记录，本人可以看到。", "This look is recorded, and the person can see it.") }</p>
            <Field {form} name="reason" kind={Kind::Select} label={t("用途", "Reason")} required=true options={options::<UnmaskReason>()} errors={state.errors} />
        </FormDialog>
    }
}
