//! Signing in, going on and signing out: plain JSON, since the refresh cookie belongs to HTTP.
use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{self, Cookie, SameSite},
    http::{StatusCode, header::RETRY_AFTER, header::USER_AGENT},
    web,
};
use chrono::SecondsFormat;
use serde::Deserialize;
use serde_json::json;

use super::{
    body::{self, BodyError},
    client::{self, Client, RequestId},
    tokens::{Bearer, InvalidToken},
};
use crate::{
    app::App,
    features::account::{
        DeviceMarks,
        service::{self, Admitted, RefreshError, RefreshToken, SignIn, SignInError, refresh, sign_out},
    },
    graphql::Locale,
};

/// The cookie with the refresh token. Only `/auth` ever sees it.
const COOKIE: &str = "jianghai_refresh";
/// The cookie by which a browser is known that signed in before. Only `/auth` ever sees it.
const DEVICE_COOKIE: &str = "jianghai_device";
/// Seconds for which a browser is known.
const DEVICE_SECONDS: i64 = 400 * 86_400;
/// Largest body of a request to `/auth`.
const BODY: usize = 8_192;

#[derive(Deserialize)]
struct Credentials {
    name: String,
    password: String,
    #[serde(default)]
    code: Option<String>,
}

/// An answer that is no success.
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    wait: Option<u32>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), wait: None }
    }

    pub(super) fn internal(locale: Locale, error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request to /auth could not be answered");
        let message = locale.pick("服务器出了问题，请稍后再试。", "Something went wrong on our side; try again later.");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", message)
    }

    pub(super) fn response(self, request: &HttpRequest) -> HttpResponse {
        let Self { status, code, message, wait } = self;
        let mut builder = HttpResponse::build(status);
        if let Some(wait) = wait {
            builder.insert_header((RETRY_AFTER, wait));
        }
        let id = RequestId::get(request);
        builder.json(json!({ "code": code, "message": message, "retryAfterSeconds": wait, "requestId": id }))
    }
}

/// `POST /auth/sign-in`
pub(super) async fn sign_in(request: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    let locale = client::locale(&request);
    let outcome = async {
        let body = checked_body(&request, payload, &app, locale).await?;
        let Credentials { name, password, code } = serde_json::from_slice(&body).map_err(|_| malformed(locale))?;
        let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let address = Client::of(&request, &app.config).0;
        let devices =
            request.cookie(DEVICE_COOKIE).map(|cookie| DeviceMarks::parse(cookie.value())).unwrap_or_default();
        let command = SignIn { name, password, code, address, user_agent: user_agent.to_owned(), devices };
        let (admitted, devices) = service::sign_in(&app, &RequestId::get(&request), command)
            .await
            .map_err(|error| refuse_sign_in(locale, error))?;
        // An account made a moment ago by another replica must work with its first request.
        app.refresh_authority().await.map_err(|error| Refusal::internal(locale, &error))?;
        let mut response = admit(&app, &admitted).map_err(|error| Refusal::internal(locale, &error))?;
        add_cookie(&mut response, &cookie(&app, DEVICE_COOKIE, devices.text(), DEVICE_SECONDS));
        Ok(response)
    };
    outcome.await.unwrap_or_else(|refusal: Refusal| refusal.response(&request))
}

/// `POST /auth/refresh`
pub(super) async fn go_on(request: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    let locale = client::locale(&request);
    let outcome = async {
        checked_body(&request, payload, &app, locale).await?;
        let token = cookie_token(&request).ok_or_else(|| refuse_refresh(locale, RefreshError::Invalid))?;
        let address = Client::of(&request, &app.config).0;
        let admitted = refresh(&app, &RequestId::get(&request), &token, address)
            .await
            .map_err(|error| refuse_refresh(locale, error))?;
        admit(&app, &admitted).map_err(|error| Refusal::internal(locale, &error))
    };
    let refused = |refusal: Refusal| {
        let over = refusal.status == StatusCode::UNAUTHORIZED;
        let mut response = refusal.response(&request);
        if over {
            clear_cookie(&app, &mut response);
        }
        response
    };
    outcome.await.unwrap_or_else(refused)
}

/// `POST /auth/sign-out`
pub(super) async fn leave(request: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    let locale = client::locale(&request);
    let outcome = async {
        checked_body(&request, payload, &app, locale).await?;
        if let Some(token) = cookie_token(&request) {
            sign_out(&app, &RequestId::get(&request), &token)
                .await
                .map_err(|error| Refusal::internal(locale, &error))?;
        }
        let mut response = HttpResponse::NoContent().finish();
        clear_cookie(&app, &mut response);
        Ok(response)
    };
    outcome.await.unwrap_or_else(|refusal: Refusal| refusal.response(&request))
}

/// The body, where the request comes from our own page: no other page can send the header `X-Jianghai`.
pub(super) async fn checked_body(
    request: &HttpRequest,
    payload: web::Payload,
    app: &App,
    locale: Locale,
) -> Result<web::BytesMut, Refusal> {
    if client::is_foreign(request) || request.headers().get("x-jianghai").is_none_or(|value| value != "1") {
        let message = locale.pick("请从江海的页面登录。", "Sign in on a page of Jianghai.");
        return Err(Refusal::new(StatusCode::FORBIDDEN, "ORIGIN_FORBIDDEN", message));
    }
    let read = async {
        body::check_json(request)?;
        body::read(request, payload, BODY, Duration::from_secs(app.config.limits.body_seconds)).await
    };
    read.await.map_err(|error| match error {
        BodyError::TooLarge => {
            let message = locale.pick("内容太长。", "The body of the request is too large.");
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE", message)
        }
        BodyError::MediaType => {
            let message = locale.pick("内容必须是 application/json。", "The body must be application/json.");
            Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "MEDIA_TYPE_UNSUPPORTED", message)
        }
        BodyError::Broken => malformed(locale),
    })
}

fn malformed(locale: Locale) -> Refusal {
    let message =
        locale.pick("内容不完整：需要 name 和 password。", "The request is incomplete: name and password are needed.");
    Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
}

fn refuse_sign_in(locale: Locale, error: SignInError) -> Refusal {
    match error {
        SignInError::BadCredentials { left, wait } => {
            let message = match wait {
                Some(wait) => locale.pick(
                    format!("账号或密码不对。失败次数过多，请 {wait} 秒后再试。"),
                    format!("Name or password are wrong. Too many failures: try again in {wait} seconds."),
                ),
                None => locale.pick(
                    format!("账号或密码不对，还可以试 {left} 次。"),
                    format!("Name or password are wrong; {left} more tries before a pause."),
                ),
            };
            Refusal { wait, ..Refusal::new(StatusCode::UNAUTHORIZED, "BAD_CREDENTIALS", message) }
        }
        SignInError::Throttled { wait } => throttled(locale, wait),
        SignInError::CodeNeeded => {
            let message = locale.pick(
                "请输入验证器里的 6 位验证码，或一个恢复码。",
                "Type the six digits that your app shows, or a recovery code.",
            );
            Refusal::new(StatusCode::UNAUTHORIZED, "SECOND_FACTOR_NEEDED", message)
        }
        SignInError::BadCode { left, wait } => {
            let message = match wait {
                Some(wait) => locale.pick(
                    format!("验证码不对。失败次数过多，请 {wait} 秒后再试。"),
                    format!("The code is wrong. Too many failures: try again in {wait} seconds."),
                ),
                None => locale.pick(
                    format!("验证码不对或已用过，还可以试 {left} 次。"),
                    format!("The code is wrong or was used; {left} more tries before a pause."),
                ),
            };
            Refusal { wait, ..Refusal::new(StatusCode::UNAUTHORIZED, "BAD_CODE", message) }
        }
        SignInError::Disabled => {
            let message =
                locale.pick("这个账号已停用，请联系系统管理员。", "This account is disabled; ask your administrator.");
            Refusal::new(StatusCode::UNAUTHORIZED, "ACCOUNT_DISABLED", message)
        }
        SignInError::Db(error) => Refusal::internal(locale, &error),
        SignInError::Hashing(error) => Refusal::internal(locale, &error),
    }
}

/// Too many failures.
pub(super) fn throttled(locale: Locale, wait: u32) -> Refusal {
    let message = locale.pick(
        format!("失败次数过多，请 {wait} 秒后再试。"),
        format!("Too many failures: try again in {wait} seconds."),
    );
    Refusal { wait: Some(wait), ..Refusal::new(StatusCode::TOO_MANY_REQUESTS, "THROTTLED", message) }
}

fn refuse_refresh(locale: Locale, error: RefreshError) -> Refusal {
    match error {
        RefreshError::Invalid => {
            let message = locale.pick("登录已结束，请重新登录。", "The session is over; sign in again.");
            Refusal::new(StatusCode::UNAUTHORIZED, "REFRESH_INVALID", message)
        }
        RefreshError::Reused => {
            let message = locale.pick(
                "为了安全，这次登录已结束，请重新登录。",
                "For your safety this session was ended; sign in again.",
            );
            Refusal::new(StatusCode::UNAUTHORIZED, "TOKEN_REUSED", message)
        }
        RefreshError::Db(error) => Refusal::internal(locale, &error),
    }
}

fn cookie_token(request: &HttpRequest) -> Option<RefreshToken> {
    RefreshToken::parse(request.cookie(COOKIE)?.value())
}

fn cookie<'a>(app: &App, name: &'a str, value: String, seconds: i64) -> Cookie<'a> {
    Cookie::build(name, value)
        .path("/auth")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(app.config.is_encrypted())
        .max_age(cookie::time::Duration::seconds(seconds))
        .finish()
}

fn clear_cookie(app: &App, response: &mut HttpResponse) {
    add_cookie(response, &cookie(app, COOKIE, String::new(), 0));
}

fn add_cookie(response: &mut HttpResponse, cookie: &Cookie<'_>) {
    // Only a name with forbidden characters fails.
    if let Err(error) = response.add_cookie(cookie) {
        tracing::error!(%error, "the cookie {} could not be set", cookie.name());
    }
}

fn admit(app: &App, admitted: &Admitted) -> Result<HttpResponse, InvalidToken> {
    let now = app.ambient.now();
    let bearer = Bearer { account: admitted.account, session: admitted.session };
    let token = app.tokens.sign(bearer, now, admitted.expires_at)?;
    let seconds = (admitted.expires_at.0 - now.0) / 1_000_000;
    let expires_at = token.expires_at.to_utc().to_rfc3339_opts(SecondsFormat::Secs, true);
    Ok(HttpResponse::Ok()
        .cookie(cookie(app, COOKIE, admitted.refresh_token.text(), seconds))
        .json(json!({ "accessToken": token.text, "expiresAt": expires_at })))
}
