//! Around every answer: request id, security headers, the access log, the counters.
use std::{rc::Rc, time::Instant};

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
        STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    },
    middleware::Next,
    web,
};

use super::{client::RequestId, graphql::ActorOf, transport::Heads};
use crate::app::App;

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

/// What a page of ours needs of the device: nothing.
const PERMISSIONS: &str = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The middleware.
pub(super) async fn around(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    if let Some(heads) = request.conn_data::<Rc<Heads>>() {
        heads.arrived();
    }
    let app = request.app_data::<web::Data<App>>().cloned();
    let id = RequestId::of(&request, || app.as_ref().map(|app| app.ambient.uuid().to_string()).unwrap_or_default());
    request.extensions_mut().insert(id.clone());
    let mut response = next.call(request).await?;
    let encrypted = app.as_ref().is_some_and(|app| app.config.tls.is_some());
    secure(response.headers_mut(), encrypted);
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let route = response.request().match_pattern().unwrap_or_else(|| "(app)".to_owned());
    let status = response.status().as_u16();
    let took = started.elapsed();
    if let Some(app) = app {
        app.metrics.request(&route, status, took);
    }
    let account = response.request().extensions().get::<ActorOf>().map(|actor| actor.0.0.to_string());
    let method = response.request().method().as_str();
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        request.id = id.0,
        http.method = method,
        http.route = route,
        http.status = status,
        http.ms = millis,
        account.id = account,
        "{method} {route} answered {status} in {millis} ms"
    );
    Ok(response)
}

fn secure(headers: &mut HeaderMap, encrypted: bool) {
    let fixed = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        // Files that people upload come with a stricter policy of their own.
        if name == CONTENT_SECURITY_POLICY && headers.contains_key(&name) {
            continue;
        }
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Files of the app say themselves how long they may be kept; everything else is nobody else's business.
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if encrypted {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
}
