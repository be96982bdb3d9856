//! One place that speaks HTTP: JSON over POST to the same origin.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, Headers, Request, RequestInit, Response};

use super::errors::{ApiError, ErrorKind, OVERLOADED, read_response};
use super::json::Json;
use crate::i18n;
use crate::session::{preview, token};
use crate::ui::browser;

/// Milliseconds after which a server that was too busy is asked again.
const AGAIN: i32 = 1_500;

/// Status and body of an answer.
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Body as text.
    pub text: String,
}

/// Posts JSON with the headers that every request carries.
pub async fn post(
    path: &str,
    body: &str,
    bearer: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Answer, ApiError> {
    send(path, body, bearer, signal).await.map_err(|_| ApiError::new(ErrorKind::Offline))
}

async fn send(path: &str, body: &str, bearer: Option<&str>, signal: Option<&AbortSignal>) -> Result<Answer, JsValue> {
    let headers = Headers::new()?;
    headers.set("Content-Type", "application/json")?;
    headers.set("Accept", "application/graphql-response+json, application/json")?;
    headers.set("Accept-Language", i18n::current().tag())?;
    // A header that no foreign page can set without asking: guards against forged requests.
    headers.set("X-Jianghai", "1")?;
    if let Some(bearer) = bearer {
        headers.set("Authorization", &format!("Bearer {bearer}"))?;
        if let Some(preview) = preview::current() {
            headers.set("X-Preview", &preview.token)?;
        }
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    init.set_signal(signal);
    let request = Request::new_with_str_and_init(path, &init)?;
    let response = fetched(&request).await?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(Answer { status: response.status(), text })
}

/// What came of a piece of a file.
pub struct Patched {
    /// HTTP status.
    pub status: u16,
    /// Where the server wants the next piece to begin.
    pub offset: Option<u32>,
    /// Body as text.
    pub text: String,
}

/// Sends the piece of a file that begins at `offset`.
pub async fn patch(path: &str, offset: u32, piece: &Blob, bearer: &str) -> Result<Patched, ApiError> {
    send_piece(path, offset, piece, bearer).await.map_err(|_| ApiError::new(ErrorKind::Offline))
}

async fn send_piece(path: &str, offset: u32, piece: &Blob, bearer: &str) -> Result<Patched, JsValue> {
    let headers = Headers::new()?;
    headers.set("Content-Type", "application/offset+octet-stream")?;
    headers.set("Upload-Offset", &offset.to_string())?;
    headers.set("Accept-Language", i18n::current().tag())?;
    headers.set("Authorization", &format!("Bearer {bearer}"))?;
    let init = RequestInit::new();
    init.set_method("PATCH");
    init.set_headers(&headers);
    init.set_body(piece);
    let request = Request::new_with_str_and_init(path, &init)?;
    let response = fetched(&request).await?;
    let offset = response.headers().get("upload-offset")?.and_then(|offset| offset.parse().ok());
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    Ok(Patched { status: response.status(), offset, text })
}

async fn fetched(request: &Request) -> Result<Response, JsValue> {
    let window = browser::window().ok_or(JsValue::NULL)?;
    JsFuture::from(window.fetch_with_request(request)).await?.dyn_into()
}

/// Runs a GraphQL request with the current token; renews the token once when the server no longer accepts it.
pub async fn graphql(body: &str, signal: Option<&AbortSignal>) -> Result<Json, ApiError> {
    let bearer = token::valid().await?;
    let mut answer = post("/graphql", body, Some(&bearer), signal).await?;
    // A request that was sent away was not begun: it is safe to ask again.
    if answer.status == 503 && answer.text.contains(OVERLOADED) {
        browser::wait(AGAIN).await;
        answer = post("/graphql", body, Some(&bearer), signal).await?;
    }
    match read_response(answer.status, &answer.text) {
        Err(error) if error.kind == ErrorKind::SignedOut => {
            let bearer = token::renewed().await?;
            let answer = post("/graphql", body, Some(&bearer), signal).await?;
            let read = read_response(answer.status, &answer.text);
            if read.as_ref().is_err_and(|error| error.kind == ErrorKind::SignedOut) {
                token::lose();
            }
            read
        }
        Err(error) if error.kind == ErrorKind::PreviewOver => {
            preview::end();
            Err(error)
        }
        read => read,
    }
}
