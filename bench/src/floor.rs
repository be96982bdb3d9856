//! The floor: what the same answers cost where nothing is checked. One hand-written statement makes the whole answer in
//! the database, and a handler sends it on; pool, allocator and server are those of the API.
//!
//! `floor POSTGRES_URL CONNECTIONS` prints its address and answers `GET /point`, `/list`, `/everybody` and
//! `/nested`, each with `?id=`.
use std::{error::Error, process::ExitCode, time::Duration};

use actix_web::{App, HttpResponse, HttpServer, error::ErrorInternalServerError, web};
use sea_orm::{ConnectOptions, Database, sqlx};
use serde::Deserialize;
use uuid::Uuid;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const POINT: &str = include_str!("../sql/point.sql");
const LIST: &str = include_str!("../sql/list.sql");
const EVERYBODY: &str = include_str!("../sql/everybody.sql");
const NESTED: &str = include_str!("../sql/nested.sql");

#[derive(Deserialize)]
struct Asked {
    id: Uuid,
}

type Pool = web::Data<sqlx::PgPool>;

async fn answer(pool: &Pool, statement: &'static str, id: Uuid) -> actix_web::Result<HttpResponse> {
    let found: Option<String> = sqlx::query_scalar(statement)
        .bind(id)
        .fetch_optional(pool.get_ref())
        .await
        .map_err(ErrorInternalServerError)?;
    Ok(HttpResponse::Ok().content_type("application/json").body(found.unwrap_or_else(|| "null".to_owned())))
}

async fn point(pool: Pool, asked: web::Query<Asked>) -> actix_web::Result<HttpResponse> {
    answer(&pool, POINT, asked.id).await
}

async fn list(pool: Pool, asked: web::Query<Asked>) -> actix_web::Result<HttpResponse> {
    answer(&pool, LIST, asked.id).await
}

async fn everybody(pool: Pool, asked: web::Query<Asked>) -> actix_web::Result<HttpResponse> {
    answer(&pool, EVERYBODY, asked.id).await
}

async fn nested(pool: Pool, asked: web::Query<Asked>) -> actix_web::Result<HttpResponse> {
    answer(&pool, NESTED, asked.id).await
}

async fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("POSTGRES_URL is missing")?;
    let connections = arguments.next().ok_or("CONNECTIONS is missing")?.parse()?;
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false).test_before_acquire_if_idle_for(Duration::from_secs(30));
    options
        .map_sqlx_postgres_opts(|options| options.options([("jit", "off"), ("max_parallel_workers_per_gather", "0")]));
    let pool = web::Data::new(Database::connect(options).await?.get_postgres_connection_pool().clone());
    let server = HttpServer::new(move || {
        App::new()
            .app_data(pool.clone())
            .route("/point", web::get().to(point))
            .route("/list", web::get().to(list))
            .route("/everybody", web::get().to(everybody))
            .route("/nested", web::get().to(nested))
    })
    .bind("127.0.0.1:0")?;
    for address in server.addrs() {
        println!("floor serves http://{address}");
    }
    Ok(server.run().await?)
}

#[actix_web::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("floor: {error}");
            ExitCode::FAILURE
        }
    }
}
