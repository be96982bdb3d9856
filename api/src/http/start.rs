//! `POST /auth/start`: a first or new password by a one-time link.
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use serde::Deserialize;
use serde_json::json;

use super::{
    client::{self, Client, RequestId},
    sign_in::{Refusal, checked_body, throttled},
};
use crate::{
    app::App,
    features::account::{
        service::{Start, StartError, start},
        weak_words,
    },
    graphql::Locale,
};

#[derive(Deserialize)]
struct Slip {
    code: String,
    password: String,
}

/// Sets the password and answers the sign-in name.
pub(super) async fn begin(request: HttpRequest, payload: web::Payload, app: web::Data<App>) -> HttpResponse {
    let locale = client::locale(&request);
    let outcome = async {
        let body = checked_body(&request, payload, &app, locale).await?;
        let malformed = || {
            let message = locale.pick("内容不完整：需要 code 和 password。", "The request needs code and password.");
            Refusal::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
        };
        let Slip { code, password } = serde_json::from_slice(&body).map_err(|_| malformed())?;
        let command = Start { code, password, address: Client::of(&request, &app.config).0 };
        let name = start(&app, &RequestId::get(&request), command).await.map_err(|error| refuse(locale, error))?;
        Ok(HttpResponse::Ok().json(json!({ "name": name })))
    };
    outcome.await.unwrap_or_else(|refusal: Refusal| refusal.response(&request))
}

fn refuse(locale: Locale, error: StartError) -> Refusal {
    match error {
        StartError::Invalid => {
            let message = locale.pick(
                "链接无效：可能已用过、已过期或已被新的替换。请管理员再发一个。",
                "This link does not work: it was used, has run out, or was replaced. Ask your administrator for another.",
            );
            Refusal::new(StatusCode::NOT_FOUND, "LINK_INVALID", message)
        }
        StartError::Throttled { wait } => throttled(locale, wait),
        StartError::Weak(weak) => {
            let (zh, en) = weak_words(weak);
            Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "WEAK_PASSWORD", locale.pick(zh, en))
        }
        StartError::Hashing(error) => Refusal::internal(locale, &error),
        StartError::Db(error) => Refusal::internal(locale, &error),
    }
}
