//! Whether the process lives and can work.
use actix_web::{HttpResponse, web};
use serde_json::json;

use crate::{app::App, db::migration_state};

/// `GET /healthz`: the process answers.
pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}

/// `GET /readyz`: the database answers and has the tables that this binary expects.
pub(super) async fn ready(app: web::Data<App>) -> HttpResponse {
    match migration_state(app.db.read()).await {
        Ok(state) if state.is_current() => HttpResponse::Ok().json(json!({ "status": "ok" })),
        Ok(_) => unready("the database has other migrations than this binary"),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            unready("the database does not answer")
        }
    }
}

fn unready(reason: &str) -> HttpResponse {
    HttpResponse::ServiceUnavailable().json(json!({ "status": "unavailable", "reason": reason }))
}
