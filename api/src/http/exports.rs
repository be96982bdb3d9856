//! `GET /exports/{person}`: the own export, by a link that was made for one account. The right is asked for again.
use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    web,
};
use entity::{PersonId, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    bearer::Caller,
    client::{self, RequestId},
};
use crate::{
    app::App,
    authz::Actor,
    db::Tx,
    features::person_export::{
        self,
        link::{self, Form, Link},
        service::{self, ContentError},
    },
    graphql::Locale,
};

/// A page that was fetched shows itself and can do nothing at all.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Hands out the export, and says so in the trail.
pub(super) async fn fetch(request: HttpRequest, path: web::Path<Uuid>, app: web::Data<App>) -> HttpResponse {
    let locale = client::locale(&request);
    let refused = |status: StatusCode, code: &str, message: &str| {
        let id = RequestId::get(&request);
        HttpResponse::build(status).json(json!({ "code": code, "message": message, "requestId": id }))
    };
    let over = || {
        let message = locale.pick("链接已失效，回到页面刷新后再下载。", "This link holds no longer; reload the page.");
        refused(StatusCode::FORBIDDEN, "LINK_EXPIRED", message)
    };
    let now = app.ambient.now();
    let Ok(asked) = web::Query::<Link>::from_query(request.query_string()) else { return over() };
    let Some((form, account, credential)) = link::read(&app.vault, *path, &asked, now) else { return over() };
    let Some(actor) = Caller::linked(&app, account, credential) else { return over() };
    match fetched(&app, &RequestId::get(&request), &actor, PersonId(*path)).await {
        Ok(Some((at, content))) => answer(&app, form, at, &content),
        Ok(None) => {
            let message = locale.pick("这份导出已移除，请重新生成。", "This export was removed; ask for a new one.");
            refused(StatusCode::NOT_FOUND, "NOT_FOUND", message)
        }
        Err(error) => {
            tracing::error!(%error, "an export could not be fetched");
            let message =
                locale.pick("服务器出了问题，请稍后再试。", "Something went wrong on our side; try again later.");
            refused(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", message)
        }
    }
}

async fn fetched(
    app: &App,
    request_id: &str,
    actor: &Actor,
    person: PersonId,
) -> Result<Option<(Timestamp, Value)>, ContentError> {
    let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
    let found = service::fetch(&tx, actor, person).await?;
    tx.commit().await?;
    Ok(found)
}

fn answer(app: &App, form: Form, at: Timestamp, content: &Value) -> HttpResponse {
    let (media_type, extension, body) = match form {
        Form::Json => ("application/json", "json", format!("{content:#}")),
        Form::Chinese => ("text/html; charset=utf-8", "html", person_export::html(content, Locale::ZhCn)),
        Form::English => ("text/html; charset=utf-8", "html", person_export::html(content, Locale::En)),
    };
    let day = app.ambient.date_of(at);
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"jianghai-{day}.{extension}\"")))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(body)
}
