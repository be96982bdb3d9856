//! Health, counters, headers and the web app.
use std::{fs, sync::Arc};

use actix_web::test::{TestRequest, call_service, init_service};
use jianghai::{app::App, config::Config, testing::TestApp};

use super::{graphql, send};

fn get(path: &str) -> TestRequest {
    TestRequest::with_uri(path).peer_addr("127.0.0.1:5000".parse().unwrap())
}

#[actix_web::test]
async fn the_process_says_that_it_lives_and_works() {
    let app = TestApp::start().await;
    assert_eq!(send(&app, get("/healthz")).await.status, 200);
    assert_eq!(send(&app, get("/readyz")).await.status, 200);
}

#[actix_web::test]
async fn counters_are_for_this_machine_alone() {
    let app = TestApp::start().await;
    send(&app, graphql("{ __typename }")).await;
    let reply = send(&app, get("/metrics")).await;
    let text = String::from_utf8_lossy(&reply.body).into_owned();
    assert!(text.contains("jianghai_graphql_operations_total{outcome=\"answered\"} 1"), "{text}");
    assert!(text.contains("jianghai_http_requests_total{route=\"/graphql\",status=\"200\"} 1"), "{text}");
    let foreign = TestRequest::with_uri("/metrics").peer_addr("192.0.2.1:5000".parse().unwrap());
    assert_eq!(send(&app, foreign).await.status, 404);
}

#[actix_web::test]
async fn every_answer_carries_the_security_headers() {
    let app = TestApp::start().await;
    for request in [get("/healthz"), get("/nothing.js"), get("/"), graphql("{ __typename }")] {
        let reply = send(&app, request).await;
        assert!(reply.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval'"));
        assert!(!reply.header("content-security-policy").contains("unsafe-inline"));
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "no-referrer");
        assert_eq!(reply.header("strict-transport-security"), "", "only under TLS");
    }
}

#[actix_web::test]
async fn unknown_paths_of_the_api_are_no_pages() {
    let app = TestApp::start().await;
    for path in ["/graphql/x", "/auth/nothing", "/metrics/x", "/../etc/passwd", "/.env", "/missing.wasm"] {
        assert_eq!(send(&app, get(path)).await.status, 404, "{path}");
    }
    assert_eq!(send(&app, TestRequest::post().uri("/organizations")).await.status, 405);
}

/// The app over a folder of its own, where no app was built into the binary.
async fn with_folder(app: &TestApp, folder: &std::path::Path) -> Arc<App> {
    let config = Config { web_dist: folder.to_path_buf(), ..Config::default() };
    let secrets =
        jianghai::config::Secrets { data: vec![7; 32], previous_data: None, token: vec![9; 32], previous_token: None };
    App::new(config, app.app.db.clone(), app.app.ambient.clone(), &secrets)
}

#[actix_web::test]
async fn the_web_app_is_served_with_its_types_and_kept_as_long_as_it_may_be() {
    if std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../web/dist/index.html")).exists() {
        // A built app goes before the folder; the browser tests look at it.
        return;
    }
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("desk")).unwrap();
    for (name, text) in [
        ("index.html", "<!doctype html>"),
        ("web-0123456789abcdef_bg.wasm", "plain"),
        ("web-0123456789abcdef_bg.wasm.br", "br"),
        ("web-0123456789abcdef_bg.wasm.gz", "gzip"),
        ("theme.js", "x"),
        ("desk/index.html", "<!doctype html><title>desk"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let service = init_service(jianghai::http::service(with_folder(&app, folder.path()).await)).await;
    let immutable = "public, max-age=31536000, immutable";
    for (path, encoding, content_type, caching, body) in [
        ("/", "", "text/html; charset=utf-8", "no-cache", "<!doctype html>"),
        ("/organizations/abc", "", "text/html; charset=utf-8", "no-cache", "<!doctype html>"),
        ("/desk", "", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>desk"),
        ("/desk/accounts/abc", "", "text/html; charset=utf-8", "no-cache", "<!doctype html><title>desk"),
        ("/theme.js", "br", "text/javascript; charset=utf-8", "no-cache", "x"),
        ("/web-0123456789abcdef_bg.wasm", "identity", "application/wasm", immutable, "plain"),
        ("/web-0123456789abcdef_bg.wasm", "gzip", "application/wasm", immutable, "gzip"),
        ("/web-0123456789abcdef_bg.wasm", "gzip, br;q=0", "application/wasm", immutable, "gzip"),
        ("/web-0123456789abcdef_bg.wasm", "gzip, deflate, br;q=0.9", "application/wasm", immutable, "br"),
    ] {
        let request = get(path).insert_header(("accept-encoding", encoding)).to_request();
        let response = call_service(&service, request).await;
        let header = |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(
            (header("content-type").as_str(), header("cache-control").as_str()),
            (content_type, caching),
            "{path}"
        );
        assert_eq!(header("content-encoding"), if ["br", "gzip"].contains(&body) { body } else { "" }, "{path}");
        let tag = header("etag");
        assert_eq!(actix_web::test::read_body(response).await, body, "{path}");
        let known = get(path).insert_header(("accept-encoding", encoding)).insert_header(("if-none-match", tag));
        assert_eq!(call_service(&service, known.to_request()).await.status(), 304, "{path}");
    }
}
