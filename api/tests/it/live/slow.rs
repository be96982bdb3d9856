//! Clients that take their time, on real connections: they take nobody else's.
use std::{sync::Arc, time::Duration};

use jianghai::testing::TestApp;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{sleep, timeout},
};

use super::{PATIENCE, Server};

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// A server with one worker that waits a second for a head and for a body, and takes `connections`.
async fn impatient(app: &mut TestApp, connections: u32) -> Server {
    let limits = &mut Arc::get_mut(&mut app.app).unwrap().config.limits;
    (limits.head_seconds, limits.body_seconds, limits.connections) = (1, 1, connections);
    Server::start(&app.app).await
}

async fn connected(server: &Server) -> TcpStream {
    TcpStream::connect(server.address).await.unwrap()
}

/// Sends `first` at once and then byte after byte without end; what was answered until the server had enough.
async fn drip(stream: TcpStream, first: &str) -> String {
    let (mut from, mut to) = stream.into_split();
    to.write_all(first.as_bytes()).await.unwrap();
    let dripping = tokio::spawn(async move {
        while to.write_all(b"a").await.is_ok() {
            sleep(Duration::from_millis(20)).await;
        }
    });
    let mut answer = Vec::new();
    // A connection that is broken off ends with an error.
    let _ = timeout(PATIENCE, from.read_to_end(&mut answer)).await.expect("the server waits for ever");
    dripping.abort();
    String::from_utf8(answer).unwrap()
}

/// The next answer on a connection, whose body has so many bytes.
async fn answer(stream: &mut TcpStream) -> String {
    let mut answer = [0; 4_096];
    let count = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..count]).into_owned()
}

async fn healthy(stream: &mut TcpStream) {
    stream.write_all(HEALTH.as_bytes()).await.unwrap();
    let answer = timeout(PATIENCE, answer(stream)).await.expect("no answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn every_head_has_to_arrive_in_time_and_those_that_drip_keep_nobody_waiting() {
    let mut app = TestApp::start().await;
    let server = impatient(&mut app, 1_000).await;
    let mut slow = Vec::new();
    for n in 0..40 {
        let mut stream = connected(&server).await;
        // Every other one has asked something first, and been answered.
        if n % 2 == 1 {
            healthy(&mut stream).await;
        }
        slow.push(tokio::spawn(drip(stream, "GET /healthz HTTP/1.1\r\nhost: ")));
    }
    healthy(&mut connected(&server).await).await;
    assert!(slow.iter().any(|slow| !slow.is_finished()), "nobody was slow");
    for (n, slow) in slow.into_iter().enumerate() {
        let answer = slow.await.unwrap();
        assert!(if n % 2 == 1 { answer.is_empty() } else { answer.starts_with("HTTP/1.1 408") }, "{n}: {answer}");
    }
    // A client that sends its requests without haste loses nothing, however many they are.
    let mut steady = connected(&server).await;
    for _ in 0..4 {
        healthy(&mut steady).await;
        sleep(Duration::from_millis(400)).await;
    }
    server.end().await;
}

#[tokio::test]
async fn a_body_has_to_arrive_in_time() {
    let mut app = TestApp::start().await;
    let server = impatient(&mut app, 1_000).await;
    for path in ["/graphql", "/auth/sign-in"] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\nx-jianghai: 1\r\ncontent-type: application/json\r\n\
             content-length: 8000\r\n\r\n"
        );
        let answer = drip(connected(&server).await, &head).await;
        assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("BAD_REQUEST"), "{answer}");
    }
    server.end().await;
}

#[tokio::test]
async fn half_open_connections_end_and_half_closed_ones_get_their_answer() {
    let mut app = TestApp::start().await;
    let server = impatient(&mut app, 1_000).await;
    let mut silent = connected(&server).await;
    assert!(timeout(PATIENCE, answer(&mut silent)).await.unwrap().starts_with("HTTP/1.1 408"));
    let mut left = connected(&server).await;
    left.write_all(b"GET /healthz HTTP/1.1\r\nhost: ").await.unwrap();
    left.shutdown().await.unwrap();
    assert_eq!(timeout(PATIENCE, answer(&mut left)).await.unwrap(), "");
    let mut done = connected(&server).await;
    done.write_all(HEALTH.as_bytes()).await.unwrap();
    done.shutdown().await.unwrap();
    assert!(timeout(PATIENCE, answer(&mut done)).await.unwrap().starts_with("HTTP/1.1 200"));
    server.end().await;
}

#[tokio::test]
async fn connections_beyond_the_limit_wait_until_others_end() {
    let mut app = TestApp::start().await;
    let server = impatient(&mut app, 2).await;
    let (mut first, mut second) = (connected(&server).await, connected(&server).await);
    healthy(&mut first).await;
    healthy(&mut second).await;
    let mut third = connected(&server).await;
    third.write_all(HEALTH.as_bytes()).await.unwrap();
    assert!(timeout(Duration::from_millis(300), answer(&mut third)).await.is_err(), "a third one is taken");
    drop(first);
    assert!(timeout(PATIENCE, answer(&mut third)).await.unwrap().starts_with("HTTP/1.1 200"));
    server.end().await;
}

#[tokio::test]
async fn whoever_asks_for_a_socket_and_gets_none_is_answered_like_anybody() {
    let mut app = TestApp::start().await;
    let server = impatient(&mut app, 1_000).await;
    let whole = "connection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let cases = [
        ("/graphql", "connection: upgrade\r\n", "400", "BAD_REQUEST"),
        ("/graphql", &format!("{whole}origin: https://elsewhere.example\r\n"), "403", "ORIGIN_FORBIDDEN"),
        ("/healthz", whole, "200", "ok"),
        ("/auth/nothing", whole, "404", ""),
    ];
    for (path, headers, status, word) in cases {
        let mut stream = connected(&server).await;
        let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\n{headers}\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        timeout(PATIENCE, stream.read_to_string(&mut answer)).await.expect("it stays open").unwrap();
        let lower = answer.to_ascii_lowercase();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")) && answer.contains(word), "{path}: {answer}");
        assert!(lower.contains("x-request-id: ") && lower.contains("connection: close"), "{path}: {answer}");
    }
    server.end().await;
}
