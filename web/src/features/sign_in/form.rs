//! The sign-in page.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::model::{Place, countdown, place_of};
use crate::api::auth::{self, AuthError, Refusal};
use crate::app::Language;
use crate::i18n::{Locale, current, fill, t};
use crate::routes::use_url;
use crate::session::token;
use crate::shell::theme::ThemeButton;
use crate::ui::browser;
use crate::ui::button::Button;
use crate::ui::field::field_error;
use crate::ui::form::{FormHandle, Values, use_form};
use crate::ui::icon::small_icon;
use crate::ui::notice::notice;
use crate::ui::page::use_title;

/// Whom to tell.
#[derive(Properties, PartialEq)]
pub struct SignInProps {
    /// Called with the page to open after signing in.
    pub onsigned: Callback<String>,
}

/// Name and password.
#[component]
pub fn SignIn(props: &SignInProps) -> Html {
    use_title(&t("登录", "Sign in").into());
    use_effect_with((), |()| browser::mark_ready());
    let url = use_url();
    let form = use_form("sign-in", Values::default);
    let busy = use_state(|| false);
    let failure = use_state(|| None::<AuthError>);
    let wait = use_state(|| 0_u32);
    let second = use_state(|| false);
    use_countdown(&wait);
    let onsubmit = {
        let (form, busy, failure, wait, second, onsigned) =
            (form.clone(), busy.clone(), failure.clone(), wait.clone(), second.clone(), props.onsigned.clone());
        let next =
            url.get("next").filter(|next| next.starts_with('/') && !next.starts_with("//")).unwrap_or("/").to_owned();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy || *wait > 0 {
                return;
            }
            busy.set(true);
            let (busy, failure, wait, second, onsigned, next) =
                (busy.clone(), failure.clone(), wait.clone(), second.clone(), onsigned.clone(), next.clone());
            let (name, password, code) = (form.get("name"), form.get("password"), form.get("code"));
            spawn_local(async move {
                match auth::sign_in(name.trim(), &password, code.trim()).await {
                    Ok(token) => {
                        token::keep(token);
                        onsigned.emit(next);
                    }
                    Err(error) => {
                        if let AuthError::Refused(Refusal { retry_after_seconds: Some(seconds), .. }) = &error {
                            wait.set(*seconds);
                        }
                        let asked = matches!(&error, AuthError::Refused(refusal) if place_of(refusal) == Place::Code);
                        second.set(asked || *second);
                        failure.set(Some(error));
                        busy.set(false);
                        browser::focus(if asked { "sign-in-code" } else { "sign-in-password" });
                    }
                }
            });
        })
    };
    html! {
        <div class="sign-in">
            { scene() }
            <main class="sign-in__form" id="main">
                <Choices />
                <form class="sign-in__box stack stack--loose" {onsubmit} novalidate={true}>
                    <div class="stack stack--tight">
                        <h1 class="page-header__title">{ t("登录江海", "Sign in to Jianghai") }</h1>
                        <p class="muted">{ t("使用本单位管理员开设的账号。", "Use the account that your administrator has opened.") }</p>
                    </div>
                    { above_form(failure.as_ref(), *wait) }
                    <Name form={form.clone()} />
                    <Password form={form.clone()} error={beside(failure.as_ref(), Place::Password)} />
                    if *second { <Code {form} error={beside(failure.as_ref(), Place::Code)} /> }
                    <Button submit=true class="button--primary button--lg button--block" busy={*busy} disabled={*wait > 0} label={t("登录", "Sign in")} />
                    <p class="meta">{ t("忘记密码时，找本单位管理员重置。", "Forgot the password? The administrator of your unit resets it.") }</p>
                </form>
                <p class="meta">{ t("公共电脑用完要退出。", "Sign out on shared computers.") }</p>
            </main>
        </div>
    }
}

/// Counts the seconds of a forced wait down.
#[hook]
fn use_countdown(wait: &UseStateHandle<u32>) {
    let state = wait.clone();
    use_effect_with(**wait, move |seconds| {
        let Some(next) = seconds.checked_sub(1) else { return };
        let tick = Closure::once_into_js(move || state.set(next));
        if let Some(window) = browser::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(tick.unchecked_ref(), 1000);
        }
    });
}

fn beside(failure: Option<&AuthError>, place: Place) -> Option<AttrValue> {
    match failure {
        Some(AuthError::Refused(refusal)) if place_of(refusal) == place => Some(refusal.message.clone().into()),
        _ => None,
    }
}

fn above_form(failure: Option<&AuthError>, wait: u32) -> Html {
    match failure {
        Some(AuthError::Refused(refusal)) => match place_of(refusal) {
            Place::Throttle if wait > 0 => notice(
                "warn",
                html! { <>{ refusal.message.clone() }<br /><b class="num">{ fill("{0} 后可以再试", "Try again in {0}", &[&countdown(wait)]) }</b></> },
                Html::default(),
            ),
            Place::Form => notice("danger", html! { { refusal.message.clone() } }, Html::default()),
            _ => Html::default(),
        },
        Some(AuthError::Failed(error)) => notice("danger", html! { { error.sentence() } }, Html::default()),
        None => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    form: FormHandle,
}

#[component]
fn Name(props: &NameProps) -> Html {
    let form = props.form.clone();
    let oninput = Callback::from(move |event: InputEvent| form.set("name", value_of(&event)));
    html! {
        <div class="field">
            <label class="field__label" for="sign-in-name">{ t("账号", "Account") }</label>
            <input class="input" id="sign-in-name" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required=true value={props.form.get("name")} {oninput} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PasswordProps {
    form: FormHandle,
    error: Option<AttrValue>,
}

#[component]
fn Password(props: &PasswordProps) -> Html {
    let shown = use_state(|| false);
    let form = props.form.clone();
    let oninput = Callback::from(move |event: InputEvent| form.set("password", value_of(&event)));
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    html! {
        <div class="field">
            <div class="spread">
                <label class="field__label" for="sign-in-password">{ t("密码", "Password") }</label>
                <button class="button button--quiet button--sm" type="button" aria-pressed={if *shown { "true" } else { "false" }} onclick={toggle}>{ small_icon(if *shown { "eye-off" } else { "eye" }) }{ t("显示密码", "Show password") }</button>
            </div>
            <input class="input" id="sign-in-password" name="password" type={if *shown { "text" } else { "password" }} autocomplete="current-password" required=true
                aria-invalid={props.error.is_some().then_some("true")} aria-describedby={props.error.is_some().then_some("sign-in-password-error")} value={props.form.get("password")} {oninput} />
            if let Some(error) = &props.error { { field_error("sign-in-password-error", error) } }
        </div>
    }
}

/// The code of the second factor, after the password was right. What the server says stands below it, also where it
/// only asks.
#[component]
fn Code(props: &PasswordProps) -> Html {
    let form = props.form.clone();
    let oninput = Callback::from(move |event: InputEvent| form.set("code", value_of(&event)));
    use_effect_with((), |()| browser::focus("sign-in-code"));
    html! {
        <div class="field">
            <label class="field__label" for="sign-in-code">{ t("验证码", "Code") }</label>
            <input class="input num" id="sign-in-code" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required=true
                aria-describedby={props.error.is_some().then_some("sign-in-code-error")} value={props.form.get("code")} {oninput} />
            if let Some(error) = &props.error { <p class="field__help" id="sign-in-code-error" role="status">{ error.clone() }</p> }
        </div>
    }
}

fn value_of(event: &InputEvent) -> String {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok())
        .map(|input| input.value())
        .unwrap_or_default()
}

/// Language and theme.
#[component]
fn Choices() -> Html {
    let language = use_context::<Language>();
    let onclick = Callback::from(move |()| {
        if let Some(Language(switch)) = &language {
            switch.emit(());
        }
    });
    let other = if current() == Locale::ZhCn { "English" } else { "中文" };
    html! {
        <div class="cluster spread">
            <span class="meta only-wide">{ t("内部工作系统", "Internal system") }</span>
            <div class="cluster">
                <span lang={current().other().tag()}><Button class="button--quiet button--sm" label={other} {onclick} /></span>
                <ThemeButton class="icon-button--sm" />
            </div>
        </div>
    }
}

/// The river: one red current among the blue.
fn scene() -> Html {
    const CURRENTS: [&str; 8] = [
        "M0 560c180 0 250-40 400-84s260-36 400-36",
        "M0 572c180 0 260-28 400-60s270-28 400-28",
        "M0 584c180 0 270-16 400-36s280-20 400-20",
        "M0 608c180 0 280 6 400 14s290 0 400 0",
        "M0 620c180 0 270 18 400 38s280 12 400 12",
        "M0 632c180 0 260 30 400 62s270 26 400 26",
        "M0 644c180 0 250 42 400 86s260 42 400 42",
        "M0 656c180 0 240 54 400 110s250 60 400 60",
    ];
    html! {
        <header class="sign-in__scene">
            <svg class="scene" viewBox="0 0 800 900" preserveAspectRatio="xMidYMid slice" fill="none" stroke="var(--data-1)" stroke-width="1.5" aria-hidden="true">
                <circle cx="628" cy="396" r="24" fill="var(--gold-fill)" stroke="none" />
                { for CURRENTS.iter().map(|d| html! { <path opacity=".5" d={*d} /> }) }
                <path stroke="var(--brand-line)" stroke-width="2.5" d="M0 596c180 0 280-6 400-10s290-14 400-14" />
            </svg>
            <div class="stack stack--tight">
                <svg class="sign-in__word" aria-hidden="true"><use href="/icons.svg#i-brand-word" /></svg>
                <p class="muted">{ t("南通市基层党建工作平台", "Grassroots Party-building, Nantong") }</p>
            </div>
            <p class="muted only-wide">{ t("一次录入，处处可用。个人信息默认脱敏，每次查看都有记录。", "Enter once, use everywhere. Personal data is masked, and every look is recorded.") }</p>
        </header>
    }
}
