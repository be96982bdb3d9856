//! Reading a request body up to a limit.
use std::time::Duration;

use actix_web::{
    HttpRequest,
    http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
    web,
};
use futures_util::StreamExt;

/// Why a body is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyError {
    /// It is longer than allowed.
    TooLarge,
    /// It is not JSON in UTF-8, or it is compressed.
    MediaType,
    /// The connection broke.
    Broken,
}

/// Whether the body says that it is JSON in UTF-8.
pub(super) fn check_json(request: &HttpRequest) -> Result<(), BodyError> {
    let encoded = request.headers().get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    let Some(content_type) = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return Err(BodyError::MediaType);
    };
    let mut parts = content_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let json = parts.next().is_some_and(|essence| essence == "application/json");
    let utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some(("charset", charset)) => matches!(charset.trim_matches('"'), "utf-8" | "utf8"),
        _ => true,
    });
    if json && utf8 && !encoded { Ok(()) } else { Err(BodyError::MediaType) }
}

/// The whole body, at most `limit` bytes of it, which may take as long as `patience` says.
pub(super) async fn read(
    request: &HttpRequest,
    mut payload: web::Payload,
    limit: usize,
    patience: Duration,
) -> Result<web::BytesMut, BodyError> {
    let declared = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if declared.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length > limit) {
        return Err(BodyError::TooLarge);
    }
    // A body that stalls or drips holds a connection, so it is given up after a while.
    tokio::time::timeout(patience, collect(&mut payload, limit)).await.unwrap_or(Err(BodyError::Broken))
}

async fn collect(payload: &mut web::Payload, limit: usize) -> Result<web::BytesMut, BodyError> {
    let mut body = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| BodyError::Broken)?;
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
