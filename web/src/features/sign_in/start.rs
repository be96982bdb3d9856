//! The page behind a one-time link: a first or new password.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::api::auth::{self, AuthError};
use crate::api::fragments::UserError;
use crate::api::types::UserErrorCode;
use crate::i18n::{fill, t};
use crate::routes::Link;
use crate::ui::button::Button;
use crate::ui::field::{Field, Kind};
use crate::ui::form::{Values, use_form};
use crate::ui::notice::{notice, state};
use crate::ui::page::use_title;

/// Which link.
#[derive(Properties, PartialEq)]
pub struct StartProps {
    /// The secret part of the link.
    pub code: String,
}

/// Sets a password once, and leads on to signing in.
#[component]
pub fn Start(props: &StartProps) -> Html {
    let title = t("设置密码", "Set a password");
    use_title(&title.into());
    let form = use_form("start", Values::default);
    let busy = use_state(|| false);
    let failure = use_state(|| None::<AuthError>);
    let name = use_state(|| None::<String>);
    let differs = form.filled("repeated").is_some() && form.get("password") != form.get("repeated");
    let onsubmit = {
        let (form, busy, failure, name, code) =
            (form.clone(), busy.clone(), failure.clone(), name.clone(), props.code.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy || form.get("password") != form.get("repeated") {
                return;
            }
            busy.set(true);
            let (form, busy, failure, name, code) =
                (form.clone(), busy.clone(), failure.clone(), name.clone(), code.clone());
            spawn_local(async move {
                match auth::start(&code, &form.get("password")).await {
                    Ok(auth::Started(started)) => {
                        form.reset(Values::default());
                        name.set(Some(started));
                    }
                    Err(error) => failure.set(Some(error)),
                }
                busy.set(false);
            });
        })
    };
    if let Some(name) = &*name {
        let go = html! { <Link class="button button--primary" to="/sign-in">{ t("去登录", "Sign in") }</Link> };
        let text = fill(
            "登录名是{0}。链接已经用掉，以后用这个密码登录。",
            "Your sign-in name is {0}. The link is used up; sign in with this password.",
            &[name],
        );
        return html! {
            <main class="page" id="main" tabindex="-1">
                <h1 class="visually-hidden">{ title }</h1>
                <div class="panel">{ state("check", t("密码已设好", "The password is set").into(), text.into(), go) }</div>
            </main>
        };
    }
    let said = match &*failure {
        Some(AuthError::Refused(refusal)) => notice("danger", html! { { refusal.message.clone() } }, Html::default()),
        Some(AuthError::Failed(error)) => notice("danger", html! { { error.sentence() } }, Html::default()),
        None => Html::default(),
    };
    let errors = Rc::new(if differs {
        let message = t("两次输入不一致。", "The two do not match.").to_owned();
        vec![UserError { field: vec!["repeated".to_owned()], code: UserErrorCode::Invalid, message }]
    } else {
        Vec::new()
    });
    let incomplete = differs || ["password", "repeated"].iter().any(|name| form.filled(name).is_none());
    html! {
        <main class="page" id="main" tabindex="-1">
            <form class="sign-in__box panel panel__body stack" {onsubmit} novalidate={true}>
                <h1 class="page-header__title">{ title }</h1>
                <p class="muted">{ t("这个链接只能用一次。密码只有你自己知道。", "This link works once. Nobody but you knows the password.") }</p>
                { said }
                <Field form={form.clone()} name="password" kind={Kind::Password} autocomplete="new-password" label={t("新密码", "New password")} required=true help={t("至少 10 位，可以用一句好记的话。", "At least 10 characters; a sentence that you remember will do.")} />
                <Field {form} name="repeated" kind={Kind::Password} autocomplete="new-password" label={t("再输入一次", "Once more")} required=true {errors} />
                <Button submit=true class="button--primary" busy={*busy} disabled={incomplete} label={t("设置密码", "Set the password")} />
            </form>
        </main>
    }
}
