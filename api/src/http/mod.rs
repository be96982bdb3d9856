//! actix only: routes, the GraphQL endpoint, sign-in, SPA files, health.

pub mod admission;
mod bearer;
mod body;
mod client;
mod exports;
mod files;
mod frame;
mod graphql;
mod health;
mod media;
pub mod metrics;
mod server;
mod sign_in;
pub mod socket;
mod spa;
mod start;
pub mod tokens;
mod transport;

use std::sync::Arc;

use crate::app::App;
use actix_web::{
    App as ActixApp, Error,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::from_fn,
    web,
};
pub use server::{DRAIN_SECONDS, listen, server};

/// All routes over `app`, with everything that belongs around them.
pub fn service(
    app: Arc<App>,
) -> ActixApp<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    ActixApp::new().app_data(web::Data::from(app)).wrap(from_fn(frame::around)).configure(routes)
}

fn routes(routes: &mut web::ServiceConfig) {
    routes
        .service(web::resource("/graphql").to(graphql::handle))
        .service(web::resource("/auth/sign-in").route(web::post().to(sign_in::sign_in)))
        .service(web::resource("/auth/start").route(web::post().to(start::begin)))
        .service(web::resource("/auth/refresh").route(web::post().to(sign_in::go_on)))
        .service(web::resource("/auth/sign-out").route(web::post().to(sign_in::leave)))
        .service(
            web::resource("/files/upload/{id}")
                .route(web::patch().to(files::receive))
                .route(web::head().to(files::offset)),
        )
        .service(
            web::resource("/files/{id}/{name}").route(web::get().to(files::fetch)).route(web::head().to(files::fetch)),
        )
        .service(web::resource("/exports/{person}").route(web::get().to(exports::fetch)))
        .service(web::resource("/healthz").route(web::get().to(health::live)))
        .service(web::resource("/readyz").route(web::get().to(health::ready)))
        .service(web::resource("/metrics").route(web::get().to(metrics::get)))
        .default_service(web::to(spa::get));
}
