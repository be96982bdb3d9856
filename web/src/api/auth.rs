//! Signing in and out: plain JSON, since the refresh cookie belongs to HTTP and not to the contract.

use serde::{Deserialize, Serialize};

use super::client::post;
use super::errors::{ApiError, ErrorKind};

/// A token for requests and the moment it ends.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    /// Goes into the `Authorization` header.
    pub access_token: String,
    /// RFC 3339.
    pub expires_at: String,
}

/// Why a sign-in was refused, in the server's words.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase", default)]
pub struct Refusal {
    /// Such as `BAD_CREDENTIALS`.
    pub code: String,
    /// A sentence in the reader's language.
    pub message: String,
    /// How long to wait before the next attempt.
    pub retry_after_seconds: Option<u32>,
}

/// The outcome of a failed sign-in or renewal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// The server said no.
    Refused(Refusal),
    /// The server was not reached or broke.
    Failed(ApiError),
}

#[derive(Serialize)]
struct Credentials<'a> {
    name: &'a str,
    password: &'a str,
}

/// Signs in with name and password.
pub async fn sign_in(name: &str, password: &str) -> Result<Token, AuthError> {
    let body = serde_json::to_string(&Credentials { name, password }).unwrap_or_default();
    request("/auth/sign-in", &body).await
}

/// A new token for the refresh cookie.
pub async fn refresh() -> Result<Token, AuthError> {
    request("/auth/refresh", "{}").await
}

/// Ends the sign-in session. An unreachable server is no reason to stay.
pub async fn sign_out() {
    let _ = post("/auth/sign-out", "{}", None, None).await;
}

async fn request(path: &str, body: &str) -> Result<Token, AuthError> {
    let answer = post(path, body, None, None).await.map_err(AuthError::Failed)?;
    read(answer.status, &answer.text)
}

fn read(status: u16, text: &str) -> Result<Token, AuthError> {
    if status == 200
        && let Ok(token) = serde_json::from_str(text)
    {
        return Ok(token);
    }
    match serde_json::from_str::<Refusal>(text) {
        Ok(refusal) if matches!(status, 400..=499) && !refusal.code.is_empty() => Err(AuthError::Refused(refusal)),
        _ => Err(AuthError::Failed(ApiError::new(if matches!(status, 502..=504) {
            ErrorKind::Offline
        } else {
            ErrorKind::Server
        }))),
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
        assert_eq!(read(429, text), Err(AuthError::Refused(refusal)));
    }

    #[test]
    fn a_broken_server_is_no_refusal() {
        assert_eq!(read(500, "oops"), Err(AuthError::Failed(ApiError::new(ErrorKind::Server))));
    }
}
