//! Lists of grants: what is in them for whom, and by which filters.
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{account, end, extend, given, role};

async fn list(app: &TestApp, viewer: &str, filter: Value) -> Vec<String> {
    let document = "query($filter: GrantFilter) { grants(first: 100, filter: $filter) {
        totalCount nodes { account { name } organization { name } until status } } }";
    let answer = app.run(viewer, document, json!({ "filter": filter })).await;
    let nodes = answer.at("/grants/nodes").as_array().unwrap_or_else(|| panic!("{}", answer.0)).clone();
    assert_eq!(answer.at("/grants/totalCount"), nodes.len());
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |node: &Value| {
        format!("{} {} {}", text(&node["organization"]["name"]), text(&node["until"]), text(&node["status"]))
    };
    nodes.iter().map(line).collect()
}

#[tokio::test]
async fn grants_are_listed_by_end_and_narrowed() {
    let app = TestApp::start().await;
    let first = given(&app, "nobody", "station_keeper", "rugao", "2026-09-20").await;
    given(&app, "nobody", "station_keeper", "kz1", "2026-09-15").await;
    given(&app, "nobody", "inspector", "kz1", "2026-12-01").await;
    let gone = given(&app, "nobody", "station_keeper", "hongqiao", "2026-12-01").await;
    end(&app, "admin", &gone, "2026-09-09").await;
    let nobody = account(&app, "nobody");
    let (rugao, kz1, first_county) = ("中共如皋市委", "康庄村第一党支部", app.organization_id("rugao"));
    let lines = |rows: &[(&str, &str, &str)]| {
        rows.iter().map(|(place, until, status)| format!("{place} {until} {status}")).collect::<Vec<_>>()
    };
    let all =
        lines(&[(kz1, "2026-09-15", "IN_FORCE"), (rugao, "2026-09-20", "IN_FORCE"), (kz1, "2026-12-01", "WAITING")]);
    assert_eq!(list(&app, "admin", json!({ "account": nobody })).await, all);
    assert_eq!(list(&app, "nobody", json!({})).await, all);
    assert_eq!(list(&app, "admin", json!({ "account": nobody, "status": "IN_FORCE" })).await, all[..2]);
    assert_eq!(list(&app, "admin", json!({ "account": nobody, "status": "WAITING" })).await, all[2..]);
    assert_eq!(
        list(&app, "admin", json!({ "account": nobody, "status": "ENDED" })).await,
        lines(&[("虹桥街道党工委", "2026-09-09", "ENDED")])
    );
    assert_eq!(
        list(&app, "admin", json!({ "account": nobody, "role": role(&app, "inspector").await })).await,
        all[2..]
    );
    assert_eq!(list(&app, "admin", json!({ "organization": first_county })).await.len(), 4);
    assert_eq!(list(&app, "admin", json!({ "endsBy": "2026-09-20" })).await, all[..2]);
    extend(&app, "admin", &first, json!("2026-10-20")).await;
    assert_eq!(list(&app, "admin", json!({ "endsBy": "2026-09-20" })).await, all[..1], "it goes on");
    assert_eq!(
        list(&app, "admin", json!({ "account": nobody, "status": "UPCOMING" })).await,
        lines(&[(rugao, "2026-10-20", "UPCOMING")])
    );
}

#[tokio::test]
async fn only_ones_own_grants_and_those_in_scope_are_listed() {
    let app = TestApp::start().await;
    given(&app, "nobody", "station_keeper", "rugao", "2026-09-20").await;
    for viewer in ["organizer-city", "organizer-rugao", "inspector"] {
        assert_eq!(list(&app, viewer, json!({})).await.len(), 1, "{viewer}: his own");
        let other = json!({ "account": account(&app, "nobody") });
        assert_eq!(list(&app, viewer, other).await, Vec::<String>::new(), "{viewer}");
    }
    assert_eq!(list(&app, "expired", json!({})).await, Vec::<String>::new());
    let ended = list(&app, "expired", json!({ "status": "ENDED" })).await;
    assert_eq!(ended.len(), 1);
}
