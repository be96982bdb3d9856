//! Signing in and out: plain JSON, since the refresh cookie belongs to HTTP and not to the contract.

use super::client::post;
use super::errors::{ApiError, ErrorKind};
use super::json::Json;
use super::read::{Part, Read, read};

/// A token for requests and the moment it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Goes into the `Authorization` header.
    pub access_token: String,
    /// RFC 3339.
    pub expires_at: String,
}

/// Why a sign-in was refused, in the server's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Such as `BAD_CREDENTIALS`.
    pub code: String,
    /// A sentence in the reader's language.
    pub message: String,
    /// How long to wait before the next attempt.
    pub retry_after_seconds: Option<u32>,
}

impl Read for Token {
    fn read(part: Part<'_>) -> Self {
        Self { access_token: part.field("access_token"), expires_at: part.field("expires_at") }
    }
}

impl Read for Refusal {
    fn read(part: Part<'_>) -> Self {
        Self {
            code: part.field("code"),
            message: part.field("message"),
            retry_after_seconds: part.field("retry_after_seconds"),
        }
    }
}

/// The outcome of a failed sign-in or renewal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// The server said no.
    Refused(Refusal),
    /// The server was not reached or broke.
    Failed(ApiError),
}

/// A text as JSON, which every text has.
fn text(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Signs in with name and password, and with a code where one was asked for.
pub async fn sign_in(name: &str, password: &str, code: &str) -> Result<Token, AuthError> {
    let body = format!(r#"{{"name":{},"password":{},"code":{}}}"#, text(name), text(password), text(code));
    request("/auth/sign-in", &body).await
}

/// The sign-in name of whoever set a password by a one-time link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started(pub String);

impl Read for Started {
    fn read(part: Part<'_>) -> Self {
        Self(part.field("name"))
    }
}

/// Sets a first or new password by the code of a one-time link.
pub async fn start(code: &str, password: &str) -> Result<Started, AuthError> {
    request("/auth/start", &format!(r#"{{"code":{},"password":{}}}"#, text(code), text(password))).await
}

/// A new token for the refresh cookie.
pub async fn refresh() -> Result<Token, AuthError> {
    request("/auth/refresh", "{}").await
}

/// Ends the sign-in session. An unreachable server is no reason to stay.
pub async fn sign_out() {
    let _ = post("/auth/sign-out", "{}", None, None).await;
}

async fn request<T: Read>(path: &str, body: &str) -> Result<T, AuthError> {
    let answer = post(path, body, None, None).await.map_err(AuthError::Failed)?;
    outcome(answer.status, &answer.text)
}

fn outcome<T: Read>(status: u16, text: &str) -> Result<T, AuthError> {
    let answer = Json::parse(text).unwrap_or_default();
    let failed = |kind| Err(AuthError::Failed(ApiError::new(kind)));
    match status {
        200 => read(&answer).map_or_else(|| failed(ErrorKind::Server), Ok),
        400..=499 => {
            read(&answer).map_or_else(|| failed(ErrorKind::Server), |refusal| Err(AuthError::Refused(refusal)))
        }
        502..=504 => failed(ErrorKind::Offline),
        _ => failed(ErrorKind::Server),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throttled_sign_in_says_how_long_to_wait() {
        let text = r#"{"code":"THROTTLED","message":"稍后再试","retryAfterSeconds":300}"#;
        let refusal =
            Refusal { code: "THROTTLED".into(), message: "稍后再试".into(), retry_after_seconds: Some(300) };
        assert_eq!(outcome::<Token>(429, text), Err(AuthError::Refused(refusal)));
    }

    #[test]
    fn a_broken_server_is_no_refusal() {
        assert_eq!(outcome::<Token>(500, "oops"), Err(AuthError::Failed(ApiError::new(ErrorKind::Server))));
    }
}
