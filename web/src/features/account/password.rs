//! Changing the own password.

use std::rc::Rc;

use yew::prelude::*;

use super::actions::{AccountPasswordChange, AccountPasswordChangeInput};
use crate::api::fragments::UserError;
use crate::api::types::UserErrorCode;
use crate::api::use_mutation::use_mutation;
use crate::i18n::t;
use crate::ui::button::Button;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::form_dialog::error_summary;
use crate::ui::toast::use_toaster;

/// The present password, the next one, and the next one again.
#[component]
pub fn PasswordForm() -> Html {
    let form = use_form("password", Values::default);
    let change = use_mutation::<AccountPasswordChange>();
    let toaster = use_toaster();
    let differs = use_state(|| false);
    let onsubmit = {
        let (form, change, differs) = (form.clone(), change.clone(), differs.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            differs.set(form.get("newPassword") != form.get("repeated"));
            if form.get("newPassword") != form.get("repeated") {
                return;
            }
            let (form, toaster) = (form.clone(), toaster.clone());
            let input = AccountPasswordChangeInput {
                current_password: form.get("currentPassword"),
                new_password: form.get("newPassword"),
            };
            change.run(
                input,
                Callback::from(move |_| {
                    form.reset(Values::default());
                    toaster.show(t("已修改密码，其他登录会话已结束", "Password changed; other sessions have ended"));
                }),
            );
        })
    };
    let mut state = change.state();
    if *differs {
        let message =
            t("两次输入不一致，重新输入新密码。", "The two do not match; type the new password again.").to_owned();
        state.errors =
            Rc::new(vec![UserError { field: vec!["repeated".to_owned()], code: UserErrorCode::Invalid, message }]);
    }
    let incomplete = ["currentPassword", "newPassword", "repeated"].iter().any(|name| form.filled(name).is_none());
    html! {
        <form class="panel__body stack" {onsubmit} novalidate={true}>
            { error_summary(&state, &form) }
            <div class="form-grid">
                <Field form={form.clone()} name="currentPassword" kind={Kind::Password} autocomplete="current-password" label={t("当前密码", "Present password")} required=true errors={state.errors.clone()} />
                <Field form={form.clone()} name="newPassword" kind={Kind::Password} autocomplete="new-password" label={t("新密码", "New password")} required=true help={t("至少 10 位。", "At least 10 characters.")} errors={state.errors.clone()} />
                <Field {form} name="repeated" kind={Kind::Password} autocomplete="new-password" label={t("再输入一次", "Once more")} required=true errors={state.errors.clone()} />
            </div>
            <div class="cluster"><Button submit=true busy={state.busy} disabled={incomplete} label={t("修改密码", "Change password")} /></div>
        </form>
    }
}
