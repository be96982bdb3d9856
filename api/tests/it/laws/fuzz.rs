//! No request, however wrong, breaks the server or keeps it busy.
use std::time::{Duration, Instant};

use actix_web::test::TestRequest;
use jianghai::testing::TestApp;
use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree};
use serde_json::json;

use crate::{
    http::{Reply, bearer, send, signed_in},
    soak,
};

/// Requests of the short run, for each sort of them.
const REQUESTS: usize = 80;
/// Longest time that an answer may take, on a busy machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(10);

/// Words of the language and of the contract, from which documents are drawn that often mean something.
const WORDS: &[&str] = &[
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "$",
    "!",
    "=",
    "@",
    "...",
    "|",
    "&",
    "#",
    "\n",
    "\"",
    "\"\"\"",
    "\\u0000",
    "query",
    "mutation",
    "subscription",
    "fragment",
    "F",
    "G",
    "on",
    "true",
    "null",
    "-1",
    "0",
    "2147483648",
    "1e999",
    "0.1",
    "$id",
    "$id: ID!",
    "\"x\"",
    "{ id }",
    "{ nodes { id } }",
    "{ ...F }",
    "fragment F on Query { ...G }",
    "fragment G on Query { ...F }",
    "fragment F on Organization { children { nodes { ...F } } }",
    "@skip(if: true)",
    "@include(if: $id)",
    "@deprecated",
    "node",
    "nodes(ids: [])",
    "node(id: \"x\")",
    "viewer",
    "organizations",
    "members(first: 100)",
    "search(text: \"示例\")",
    "__typename",
    "__schema { types { name fields { name } } }",
    "__type(name: \"Query\")",
    "edges { cursor node { id } }",
    "first: 100",
    "filter: { text: \"\" }",
    "a: viewer",
    "roles { id }",
    "totalCount",
    "organizationTree { hasMore }",
    "用户",
    "\u{202e}",
    "😀",
];

async fn answered(app: &TestApp, request: TestRequest, about: &str) -> Reply {
    let begun = Instant::now();
    let reply = send(app, request).await;
    assert!(reply.status.as_u16() < 500, "{} to {about}", reply.status);
    assert!(begun.elapsed() < PATIENCE, "{:?} for {about}", begun.elapsed());
    reply
}

#[actix_web::test]
async fn no_request_breaks_the_endpoint_or_keeps_it_busy() {
    let app = TestApp::start_for_walkers().await;
    let token = signed_in(&app, "organizer-city").await.token();
    let asked = || TestRequest::post().uri("/graphql").insert_header(bearer(&token));
    let mut runner = soak::runner();
    let bytes = vec(any::<u8>(), 0..400);
    let documents = vec(select(WORDS), 1..120).prop_map(|words| words.join(" "));
    // What begins well comes further.
    let sound = vec(select(WORDS), 1..40).prop_map(|words| format!("{{ viewer {{ today }} {} }}", words.join(" ")));
    let shapes = prop_oneof![
        Just(json!(null)),
        Just(json!([])),
        any::<i64>().prop_map(|number| json!({ "query": number })),
        ".{0,60}".prop_map(|text| json!({ "query": "{ viewer { today } }", "operationName": text })),
        ".{0,60}".prop_map(|text| json!({ "id": text })),
        ".{0,60}".prop_map(
            |text| json!({ "query": "query($id: ID!) { node(id: $id) { id } }", "variables": { "id": text } })
        ),
        any::<f64>().prop_map(|number| json!({ "query": "query($n: Int) { organizations(first: $n) { totalCount } }",
            "variables": { "n": number } })),
        vec(any::<i32>(), 0..50).prop_map(|list| json!({ "query": "{ viewer { today } }", "variables": list })),
    ];
    let mut well = 0;
    for _ in 0..REQUESTS * soak::times() {
        let bytes = bytes.new_tree(&mut runner).unwrap().current();
        let about = format!("the bytes {bytes:?}");
        let request = asked().insert_header(("content-type", "application/json")).set_payload(bytes);
        answered(&app, request, &about).await;
        for document in
            [documents.new_tree(&mut runner).unwrap().current(), sound.new_tree(&mut runner).unwrap().current()]
        {
            let reply = answered(&app, asked().set_json(json!({ "query": document })), &document).await;
            well += usize::from(reply.status == 200);
        }
        let shape = shapes.new_tree(&mut runner).unwrap().current();
        answered(&app, asked().set_json(&shape), &shape.to_string()).await;
    }
    assert!(well > 0, "no document was ever run");
    let sound = answered(&app, asked().set_json(json!({ "query": "{ viewer { today } }" })), "a sound one").await;
    assert_eq!((sound.status.as_u16(), sound.code()), (200, String::new()));
}

/// Requests that were thought out to hurt, each with the code that it is answered with; none for those that are harmless.
fn corpus() -> Vec<(String, String, Vec<u8>)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut found = Vec::new();
    for code in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        for file in std::fs::read_dir(code.path()).unwrap().map(Result::unwrap) {
            let code = code.file_name().into_string().unwrap();
            let name = file.file_name().into_string().unwrap();
            found.push((code.replace("answered", ""), name, std::fs::read(file.path()).unwrap()));
        }
    }
    found.sort();
    found
}

#[actix_web::test]
async fn what_was_thought_out_to_hurt_is_answered_shortly_however_it_is_damaged() {
    let app = TestApp::start_for_walkers().await;
    let token = signed_in(&app, "organizer-city").await.token();
    let asked = |body: Vec<u8>| {
        let request = TestRequest::post().uri("/graphql").insert_header(bearer(&token));
        request.insert_header(("content-type", "application/json")).set_payload(body)
    };
    let corpus = corpus();
    assert!(corpus.len() > 40);
    for (code, name, body) in &corpus {
        let reply = answered(&app, asked(body.clone()), name).await;
        assert_eq!(&reply.code(), code, "{name}: {}", reply.json());
        assert!(reply.body.len() < 16_384, "{name} is answered with {} bytes", reply.body.len());
    }
    let mut runner = soak::runner();
    let damage =
        (select(corpus), any::<(u16, u16, u8)>(), 0..4_u8).prop_map(|((_, name, mut body), (at, to, by), how)| {
            let place = |n: u16| usize::from(n) % (body.len() + 1);
            let (from, to) = (place(at).min(place(to)), place(at).max(place(to)));
            match how {
                0 => body.truncate(from),
                1 => drop(body.drain(from..to)),
                2 => body.insert(from, by),
                _ => {
                    let piece = body[from..to].to_vec();
                    body.splice(to..to, piece);
                }
            }
            (name, body)
        });
    for _ in 0..REQUESTS * soak::times() {
        let (name, body) = damage.new_tree(&mut runner).unwrap().current();
        let about = format!("{name}, damaged: {}", String::from_utf8_lossy(&body));
        answered(&app, asked(body), &about).await;
    }
}
