//! The server as a browser or a program meets it, without sockets.
mod endpoint;
mod exports;
pub(crate) mod files;
mod overload;
mod preview;
mod sign_in;
mod site;

use std::sync::Arc;

use actix_web::{
    body::to_bytes,
    cookie::Cookie,
    http::{StatusCode, header::HeaderMap},
    test::{TestRequest, call_service, init_service},
};
use jianghai::testing::{PASSWORD, TestApp};
use serde_json::{Value, json};

/// An answer, read to its end.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    cookies: Vec<Cookie<'static>>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("no JSON: {}", String::from_utf8_lossy(&self.body)))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The code of the first GraphQL error.
    pub(crate) fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }

    fn cookie(&self, name: &str) -> Cookie<'static> {
        self.cookies.iter().find(|cookie| cookie.name() == name).cloned().unwrap_or_else(|| panic!("no cookie {name}"))
    }

    fn refresh_cookie(&self) -> Cookie<'static> {
        self.cookie("jianghai_refresh")
    }

    pub(crate) fn token(&self) -> String {
        self.json()["accessToken"].as_str().expect("an access token").to_owned()
    }
}

pub(crate) async fn send(app: &TestApp, request: TestRequest) -> Reply {
    let service = init_service(jianghai::http::service(Arc::clone(&app.app))).await;
    let response = call_service(&service, request.to_request()).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let cookies = response.response().cookies().map(Cookie::into_owned).collect();
    let body = to_bytes(response.into_body()).await.ok().map(|body| body.to_vec()).unwrap_or_default();
    Reply { status, headers, cookies, body }
}

/// A request to `/auth/…` as the app sends it.
pub(crate) fn auth(path: &str, body: &Value) -> TestRequest {
    TestRequest::post()
        .uri(&format!("/auth/{path}"))
        .insert_header(("x-jianghai", "1"))
        .insert_header(("accept-language", "en"))
        .peer_addr("192.0.2.7:5000".parse().unwrap())
        .set_json(body)
}

pub(crate) async fn sign_in(app: &TestApp, name: &str, password: &str) -> Reply {
    send(app, auth("sign-in", &json!({ "name": name, "password": password }))).await
}

pub(crate) async fn signed_in(app: &TestApp, name: &str) -> Reply {
    let reply = sign_in(app, name, PASSWORD).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    reply
}

fn graphql(query: &str) -> TestRequest {
    TestRequest::post()
        .uri("/graphql")
        .insert_header(("accept", "application/graphql-response+json"))
        .insert_header(("accept-language", "en"))
        .set_json(json!({ "query": query }))
}

pub(crate) fn bearer(token: &str) -> (&'static str, String) {
    ("authorization", format!("Bearer {token}"))
}

/// The name of the account that `token` belongs to, or the code of the error.
pub(crate) async fn whoami(app: &TestApp, token: &str) -> String {
    let reply = send(app, graphql("{ viewer { account { name } } }").insert_header(bearer(token))).await;
    match reply.json()["data"]["viewer"]["account"]["name"].as_str() {
        Some(name) => name.to_owned(),
        None => format!("{} {}", reply.status.as_u16(), reply.code()),
    }
}
