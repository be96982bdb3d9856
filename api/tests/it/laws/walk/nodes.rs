//! Every object with a global id is found by those who see it, and is missing to all others.
use std::cmp::Ordering;

use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::furnish::furnish;

/// Accounts of every sort.
const VIEWERS: &[&str] = &[
    "admin",
    "organizer-city",
    "organizer-chongchuan",
    "organizer-rugao",
    "secretary",
    "secretary-grid2",
    "inspector",
    "member",
    "nobody",
    "expired",
];

const DOCUMENT: &str = "query($id: ID!) { node(id: $id) { __typename id } }";

/// The id of something of the type of `id` that does not exist.
pub fn missing(id: &str) -> String {
    let (tag, _) = ids::decode_tagged(id).unwrap();
    ids::encode_tagged(tag, Uuid::from_u128(77)).to_string()
}

/// Statements from which on batches may come in two parts while the machine is busy.
const MANY: usize = 5;

/// Most tries to find the least number of statements.
const TRIES: usize = 6;

/// The answer to `document`, and the number of statements. Where batches may come in parts it is asked until the least
/// number was seen twice.
pub async fn asked(app: &TestApp, viewer: &str, document: &str, variables: Value) -> (Answer, usize) {
    let mut least = app.statements(app.run(viewer, document, variables.clone())).await;
    let mut seen = if least.1 < MANY { 2 } else { 1 };
    for _ in 1..TRIES {
        if seen == 2 {
            break;
        }
        let again = app.statements(app.run(viewer, document, variables.clone())).await;
        match again.1.cmp(&least.1) {
            Ordering::Less => (least, seen) = (again, 1),
            Ordering::Equal => seen += 1,
            Ordering::Greater => {}
        }
    }
    least
}

#[tokio::test]
async fn a_node_is_found_where_it_is_visible_and_missing_where_it_is_hidden() {
    let app = TestApp::start_for_walkers().await;
    let pairs = furnish(&app).await;
    for pair in &pairs {
        let (viewer, visible) = &pair.visible;
        let found = app.run(viewer, DOCUMENT, json!({ "id": visible })).await;
        assert_eq!(found.at("/node"), &json!({ "__typename": pair.kind, "id": visible }), "{viewer}: {}", found.0);
        let Some((viewer, hidden)) = &pair.hidden else { continue };
        let found = app.run(viewer, DOCUMENT, json!({ "id": hidden })).await;
        assert_eq!(found.0["data"], json!({ "node": null }), "{} shows itself to {viewer}", pair.kind);
    }
    let mut hidden = 0;
    for viewer in VIEWERS {
        for pair in &pairs {
            let ids = [&pair.visible.1].into_iter().chain(pair.hidden.as_ref().map(|(_, id)| id));
            let nothing = json!({ "id": missing(&pair.visible.1) });
            app.run(viewer, DOCUMENT, nothing.clone()).await;
            let nothing = app.statements(app.run(viewer, DOCUMENT, nothing)).await;
            for id in ids {
                let asked = app.statements(app.run(viewer, DOCUMENT, json!({ "id": id }))).await;
                if asked.0.at("/node").is_null() {
                    assert_eq!(asked, nothing, "a hidden {} differs from a missing one for {viewer}", pair.kind);
                    hidden += 1;
                }
            }
        }
    }
    assert!(hidden > 100, "{hidden}");
}
