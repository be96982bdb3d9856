//! The GraphQL endpoint, by the GraphQL-over-HTTP specification: methods, media types, status codes; and the way to the
//! same endpoint over a WebSocket.
use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{ACCEPT, ALLOW, AUTHORIZATION, RETRY_AFTER, VARY, WWW_AUTHENTICATE},
    },
    web,
};
use async_graphql::Response;
use serde_json::{Map, Value, json};

use super::{
    admission::COME_AGAIN,
    bearer::Caller,
    body::{self, BodyError},
    client::{self, RequestId},
    media::Media,
    socket,
};
use crate::{
    app::App,
    authz::Actor,
    features::{access::token, api_token::service::touch},
    graphql::execute::{GraphqlRequest, Operations, Refusal, Verdict, execute},
};

/// The account of a request, for the log.
pub(super) struct ActorOf(pub entity::AccountId);

/// An answer that is no outcome of a GraphQL request.
pub(super) struct Denial {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
}

impl Denial {
    const fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self { status, code, message }
    }
}

impl From<BodyError> for Denial {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge => {
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE", "the body of the request is too large")
            }
            BodyError::MediaType => Self::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "MEDIA_TYPE_UNSUPPORTED",
                "the body must be application/json in UTF-8, not compressed",
            ),
            BodyError::Broken => {
                Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", "the body of the request ended early")
            }
        }
    }
}

/// `/graphql`, every method.
pub(super) async fn handle(request: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    if socket::is_asked_for(&request) {
        let opened = if client::is_foreign(&request) { Err(FOREIGN) } else { socket::agree(&request).ok_or(HANDSHAKE) };
        return opened.unwrap_or_else(|denial| deny(&request, Media::Json, &denial));
    }
    let Some(media) = Media::negotiate(&request) else {
        let message = "an answer is application/graphql-response+json or application/json";
        return deny(&request, Media::Json, &Denial::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", message));
    };
    match answer(&request, payload, Arc::clone(&app), media).await {
        Ok(response) => response,
        Err(denial) => {
            if denial.status == StatusCode::SERVICE_UNAVAILABLE {
                app.metrics.overloaded();
            }
            deny(&request, media, &denial)
        }
    }
}

async fn answer(
    request: &HttpRequest,
    payload: web::Payload,
    app: Arc<App>,
    media: Media,
) -> Result<HttpResponse, Denial> {
    let operations = match *request.method() {
        Method::POST => Operations::All,
        Method::GET => Operations::QueriesOnly,
        _ => {
            let message = "send a request with POST, or a query with GET";
            return Err(Denial::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", message));
        }
    };
    if client::is_foreign(request) {
        return Err(FOREIGN);
    }
    let body = if *request.method() == Method::POST {
        let limits = &app.config.limits;
        let patience = Duration::from_secs(limits.body_seconds);
        body::check_json(request)?;
        Some(body::read(request, payload, limits.body_bytes, patience).await?)
    } else {
        None
    };
    // Whoever is sent away costs little more than the reading, without which the connection could not go on.
    if app.admission.is_full() {
        return Err(OVERLOADED);
    }
    let asked = match &body {
        Some(body) => from_body(body)?,
        None => from_query(request.query_string())?,
    };
    let actor = authenticate(request, &app)?;
    if let Some(token) = actor.as_ref().and_then(|actor| actor.token()) {
        touch(&app, token).await;
    }
    let locale = client::locale(request);
    let id = RequestId::get(request);
    let _turn = app.admission.turn().await.ok_or(OVERLOADED)?;
    let (verdict, response) = execute(&app, actor, locale, &id, operations, asked).await;
    app.metrics.operation(verdict, !response.errors.is_empty());
    Ok(encode(media, verdict, &response))
}

/// Who asks, looking through the preview whose token is sent; nobody where no access token is sent.
pub(super) fn authenticate(request: &HttpRequest, app: &App) -> Result<Option<Arc<Actor>>, Denial> {
    let Some(header) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let refused =
        Denial::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", "the access token is not valid; sign in again");
    let token = header.to_str().ok().and_then(|header| header.split_once(' '));
    let Some((_, token)) = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
        return Err(refused);
    };
    let Some((caller, _)) = Caller::of(app, token.trim()) else { return Err(refused) };
    let Some(actor) = caller.actor(app) else { return Err(refused) };
    request.extensions_mut().insert(ActorOf(caller.account));
    let Some(sent) = request.headers().get(token::HEADER) else { return Ok(Some(actor)) };
    let preview = sent.to_str().ok().and_then(|sent| token::read(&app.vault, &actor, sent, app.ambient.now()));
    let narrowed = preview.and_then(|preview| actor.previewing(preview).ok()).ok_or(PREVIEW_OVER)?;
    Ok(Some(Arc::new(narrowed)))
}

const PREVIEW_OVER: Denial =
    Denial::new(StatusCode::FORBIDDEN, "PREVIEW_OVER", "the preview is over; ask again without its token");

const FOREIGN: Denial = Denial::new(StatusCode::FORBIDDEN, "ORIGIN_FORBIDDEN", "pages of other origins may not ask");

const OVERLOADED: Denial = Denial::new(
    StatusCode::SERVICE_UNAVAILABLE,
    "OVERLOADED",
    "too much is asked for at the moment; nothing was done; ask again in a moment",
);

const HANDSHAKE: Denial =
    Denial::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", "the handshake of the WebSocket is not whole");

const MALFORMED: Denial = Denial::new(
    StatusCode::BAD_REQUEST,
    "BAD_REQUEST",
    "a request is one JSON object with `query` (or `id`), `variables`, `operationName`, `extensions`",
);

fn from_body(body: &[u8]) -> Result<GraphqlRequest, Denial> {
    let asked: GraphqlRequest = serde_json::from_slice(body).map_err(|_| MALFORMED)?;
    complete(asked)
}

fn complete(asked: GraphqlRequest) -> Result<GraphqlRequest, Denial> {
    if asked.query.is_some() == asked.id.is_some() { Err(MALFORMED) } else { Ok(asked) }
}

fn from_query(query: &str) -> Result<GraphqlRequest, Denial> {
    let parameters = web::Query::<std::collections::HashMap<String, String>>::from_query(query);
    let mut parameters = parameters.map_err(|_| MALFORMED)?.into_inner();
    let mut object = |name| match parameters.remove(name).filter(|text: &String| !text.is_empty()) {
        Some(text) => serde_json::from_str::<Option<Map<String, Value>>>(&text).map_err(|_| MALFORMED),
        None => Ok(None),
    };
    let (variables, extensions) = (object("variables")?, object("extensions")?);
    let mut text = |name| parameters.remove(name).filter(|text| !text.is_empty());
    let (query, id, operation_name) = (text("query"), text("id"), text("operationName"));
    complete(GraphqlRequest { query, id, operation_name, variables, extensions })
}

fn status(media: Media, verdict: Verdict) -> StatusCode {
    match (verdict, media) {
        (Verdict::Answered, _) | (Verdict::Refused, Media::Json) => StatusCode::OK,
        (Verdict::Refused, Media::Graphql) => StatusCode::BAD_REQUEST,
        (Verdict::QueryExpected, _) => StatusCode::METHOD_NOT_ALLOWED,
        (Verdict::RateLimited(_), _) => StatusCode::TOO_MANY_REQUESTS,
        (Verdict::TimedOut, _) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn encode(media: Media, verdict: Verdict, response: &Response) -> HttpResponse {
    let mut builder = HttpResponse::build(status(media, verdict));
    builder.insert_header((VARY, ACCEPT.as_str())).content_type(media.content_type());
    match verdict {
        Verdict::QueryExpected => {
            builder.insert_header((ALLOW, "POST"));
        }
        Verdict::RateLimited(seconds) => {
            builder.insert_header((RETRY_AFTER, seconds));
        }
        Verdict::Answered | Verdict::Refused | Verdict::TimedOut => {}
    }
    // A request that was not run has no `data` at all.
    let body = match verdict {
        Verdict::Answered => serde_json::to_string(response),
        _ => serde_json::to_string(&json!({ "errors": response.errors })),
    };
    builder.body(body.unwrap_or_default())
}

fn deny(request: &HttpRequest, media: Media, denial: &Denial) -> HttpResponse {
    let mut response = Refusal::new(denial.code, denial.message).response();
    for error in &mut response.errors {
        error.extensions.get_or_insert_default().set("requestId", RequestId::get(request));
    }
    let mut builder = HttpResponse::build(denial.status);
    match denial.status {
        StatusCode::METHOD_NOT_ALLOWED => {
            builder.insert_header((ALLOW, "GET, POST"));
        }
        StatusCode::UNAUTHORIZED => {
            builder.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        StatusCode::SERVICE_UNAVAILABLE => {
            builder.insert_header((RETRY_AFTER, COME_AGAIN));
        }
        _ => {}
    }
    let body = json!({ "errors": response.errors }).to_string();
    builder.insert_header((VARY, ACCEPT.as_str())).content_type(media.content_type()).body(body)
}
