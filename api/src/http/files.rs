//! Files: the bytes of uploads come in, attachments go out by signed links.
use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    body::SizedStream,
    http::{
        Method, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
            RETRY_AFTER,
        },
    },
    web::{self, Bytes},
};
use entity::{AttachmentId, attachment::Model};
use serde_json::json;
use uuid::Uuid;

use super::{
    bearer::Caller,
    body::{self, BodyError},
    client::{self, RequestId},
    graphql::authenticate,
};
use crate::{
    app::App,
    authz::Actor,
    features::attachment::{
        self,
        link::{self, Link, Target},
        service::{self, CHUNK, ReceiveError},
    },
    graphql::Locale,
    storage::{Kind, StorageError},
};

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
/// Longest time that a chunk may take to arrive.
const PATIENCE: Duration = Duration::from_mins(2);
/// Longest time that a chunk waits for room in memory.
const TURN: Duration = Duration::from_secs(20);
/// What a chunk takes from the budget of the account.
const COST: u32 = 200;
/// A file that is shown by itself can do nothing at all.
const POLICY: &str = "default-src 'none'; sandbox";

struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    offset: Option<i64>,
    wait: Option<u64>,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), offset: None, wait: None }
    }

    fn internal(locale: Locale, error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a request to /files could not be answered");
        let message = locale.pick("服务器出了问题，请稍后再试。", "Something went wrong on our side; try again later.");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", message)
    }

    fn response(self, request: &HttpRequest) -> HttpResponse {
        let Self { status, code, message, offset, wait } = self;
        let mut builder = HttpResponse::build(status);
        if let Some(offset) = offset {
            builder.insert_header((OFFSET, offset));
        }
        if let Some(wait) = wait {
            builder.insert_header((RETRY_AFTER, wait));
        }
        builder.json(json!({ "code": code, "message": message, "requestId": RequestId::get(request) }))
    }
}

/// `HEAD /files/upload/{id}`: where the upload goes on.
pub(super) async fn offset(request: HttpRequest, path: web::Path<Uuid>, app: web::Data<App>) -> HttpResponse {
    let locale = client::locale(&request);
    let outcome = async {
        let actor = who(&request, &app, locale)?;
        let upload = service::seen(&app, &actor, AttachmentId(*path)).await.map_err(|error| refuse(locale, error))?;
        let mut builder = HttpResponse::Ok();
        builder.insert_header((OFFSET, upload.received)).insert_header((LENGTH, upload.size));
        Ok(builder.finish())
    };
    outcome.await.unwrap_or_else(|refusal: Refusal| refusal.response(&request))
}

/// `PATCH /files/upload/{id}`: the bytes from `Upload-Offset` on.
pub(super) async fn receive(
    request: HttpRequest,
    path: web::Path<Uuid>,
    payload: web::Payload,
    app: web::Data<App>,
) -> HttpResponse {
    let locale = client::locale(&request);
    let app = app.into_inner();
    let outcome = async {
        let actor = who(&request, &app, locale)?;
        let header = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
        let typed = ["application/offset+octet-stream", "application/octet-stream"];
        if !header(CONTENT_TYPE).is_some_and(|value| typed.contains(&value)) {
            let message = "the body must be application/offset+octet-stream";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "MEDIA_TYPE_UNSUPPORTED", message));
        }
        let offset: i64 = header(OFFSET).and_then(|value| value.parse().ok()).ok_or_else(|| {
            Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", "Upload-Offset must say where the bytes belong")
        })?;
        let limit = app.config.limits.cost_per_minute;
        app.rate
            .take(Some(actor.account()), COST, limit, app.ambient.now())
            .map_err(|limited| busy(locale, limited.retry_after_seconds))?;
        let room = tokio::time::timeout(TURN, app.storage.room.acquire()).await;
        let _room = room.ok().and_then(Result::ok).ok_or_else(|| busy(locale, 5))?;
        let chunk = body::read(&request, payload, CHUNK, PATIENCE).await.map_err(|error| match error {
            BodyError::TooLarge => {
                let message = format!("a chunk has at most {CHUNK} bytes");
                Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE", message)
            }
            BodyError::MediaType | BodyError::Broken => {
                Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", "the chunk ended early; ask for the offset")
            }
        })?;
        let (id, chunk) = (AttachmentId(*path), Bytes::from(chunk));
        let received = service::receive(&app, &RequestId::get(&request), &actor, id, offset, chunk)
            .await
            .map_err(|error| refuse(locale, error))?;
        Ok(HttpResponse::NoContent().insert_header((OFFSET, received)).finish())
    };
    outcome.await.unwrap_or_else(|refusal: Refusal| refusal.response(&request))
}

/// Who uploads.
fn who(request: &HttpRequest, app: &App, locale: Locale) -> Result<Arc<Actor>, Refusal> {
    if client::is_foreign(request) {
        let message = "pages of other origins may not ask";
        return Err(Refusal::new(StatusCode::FORBIDDEN, "ORIGIN_FORBIDDEN", message));
    }
    let writes = |actor: &Arc<Actor>| actor.preview().is_none();
    authenticate(request, app).ok().flatten().filter(writes).ok_or_else(|| {
        let message = locale.pick("登录已失效，重新登录后接着传。", "You are signed out; sign in again and go on.");
        Refusal::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message)
    })
}

fn busy(locale: Locale, seconds: u64) -> Refusal {
    let message = locale
        .pick(format!("服务器忙，{seconds} 秒后接着传。"), format!("The server is busy; go on in {seconds} seconds."));
    Refusal { wait: Some(seconds), ..Refusal::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", message) }
}

fn refuse(locale: Locale, error: ReceiveError) -> Refusal {
    match error {
        ReceiveError::NotFound => {
            let message =
                locale.pick("这次上传已结束或已过期，请重新选择文件。", "This upload is over; choose the file again.");
            Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
        }
        ReceiveError::Offset(at) => {
            let message = locale.pick(format!("接着从第 {at} 字节传。"), format!("Go on with the bytes from {at} on."));
            Refusal { offset: Some(at), ..Refusal::new(StatusCode::CONFLICT, "OFFSET", message) }
        }
        ReceiveError::TooLong => {
            let message = locale.pick(
                "文件比开始时说的大，可能刚被改过，请重新选择。",
                "The file is larger than it was at the beginning; choose it again.",
            );
            Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "TOO_LONG", message)
        }
        ReceiveError::Refused(claimed) => {
            let problem = attachment::refused(&[], claimed);
            let message = locale.pick(problem.zh, problem.en);
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "FILE_REFUSED", message)
        }
        ReceiveError::Storage(error) => Refusal::internal(locale, &error),
        ReceiveError::Db(error) => Refusal::internal(locale, &error),
    }
}

/// `GET /files/{id}/{name}`: an attachment, by a link that was made for one account. The right is asked for again.
pub(super) async fn fetch(request: HttpRequest, path: web::Path<(Uuid, String)>, app: web::Data<App>) -> HttpResponse {
    let locale = client::locale(&request);
    match found(&request, AttachmentId(path.0), &app, locale).await {
        Ok((row, target)) => answer(&request, &app, locale, &row, target).await,
        Err(refusal) => refusal.response(&request),
    }
}

async fn found(request: &HttpRequest, id: AttachmentId, app: &App, locale: Locale) -> Result<(Model, Target), Refusal> {
    let over = || {
        let message = locale.pick(
            "链接已失效，回到页面刷新后再下载。",
            "This link holds no longer; go back to the page, reload it and try again.",
        );
        Refusal::new(StatusCode::FORBIDDEN, "LINK_EXPIRED", message)
    };
    let link = web::Query::<Link>::from_query(request.query_string()).map_err(|_| over())?;
    let now = app.ambient.now();
    let (target, account, credential) = link::read(&app.vault, id, &link, now).ok_or_else(over)?;
    let actor = Caller::linked(app, account, credential).ok_or_else(over)?;
    let shown = service::shown(app, &actor, id).await.map_err(|error| Refusal::internal(locale, &error))?;
    shown.map(|row| (row, target)).ok_or_else(|| missing(locale))
}

fn missing(locale: Locale) -> Refusal {
    let message = locale.pick(
        "没有找到这个附件，可能已归档，或您已不能查看。",
        "This attachment was not found; it may be archived, or you may not see it.",
    );
    Refusal::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
}

async fn answer(request: &HttpRequest, app: &App, locale: Locale, row: &Model, target: Target) -> HttpResponse {
    let (kind, media_type, disposition) = match target {
        Target::File => {
            let text = if row.media_type.starts_with("text/") { "; charset=utf-8" } else { "" };
            (Kind::File, format!("{}{text}", row.media_type), disposition(&row.name))
        }
        Target::Thumbnail => (Kind::Thumbnail, "image/jpeg".to_owned(), "inline".to_owned()),
    };
    let (size, content) = match app.storage.stream(kind, row.object).await {
        Ok(opened) => opened,
        Err(error @ StorageError::Missing(_)) => {
            tracing::error!(%error, attachment.id = %row.id.0, "the attachment {} has no content", row.id.0);
            return missing(locale).response(request);
        }
        Err(error) => return Refusal::internal(locale, &error).response(request),
    };
    let mut builder = HttpResponse::Ok();
    builder
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CACHE_CONTROL, "private, max-age=300"));
    if *request.method() == Method::HEAD {
        return builder.insert_header((CONTENT_LENGTH, size)).finish();
    }
    builder.body(SizedStream::new(size, content))
}

/// The name under which a browser keeps a file, in the plain form and in that of RFC 5987.
fn disposition(name: &str) -> String {
    let extension = name.rsplit_once('.').map_or("bin", |(_, extension)| extension);
    format!("attachment; filename=\"attachment.{extension}\"; filename*=UTF-8''{}", link::encoded(name))
}
