//! What is told, to whom, and until when.
use std::{collections::BTreeSet, sync::Arc};

use jianghai::testing::{Answer, TestApp};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use super::Server;

const DUE: &str = "subscription($id: ID!) { obligationsChanged(organization: $id) { name obligationCount { open } } }";
const NONE: Vec<String> = Vec::new();

fn open(answer: &Answer) -> i64 {
    answer.at("/obligationsChanged/obligationCount/open").as_i64().unwrap_or_else(|| panic!("{}", answer.0))
}

/// A new applicant without a complete record, which is one more duty for `organization`.
async fn applicant(app: &TestApp, account: &str, organization: &str, name: &str) {
    let organization = app.organization_id(organization);
    let input = json!({ "organization": organization, "person": { "name": name }, "appliedOn": "2026-09-01" });
    let made = app.mutate(account, "memberCreate", "member { id }", input).await;
    assert_eq!(made.user_errors("memberCreate"), NONE, "{}", made.0);
}

#[tokio::test]
async fn every_subscription_is_covered_here() {
    let app = TestApp::start().await;
    let answer = app.run("admin", "{ __schema { subscriptionType { fields { name } } } }", json!({})).await;
    let fields = answer.at("/__schema/subscriptionType/fields").as_array().unwrap().clone();
    let names: BTreeSet<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        BTreeSet::from(["organizationChanged", "obligationsChanged", "jobProgressed", "notificationsChanged"])
    );
}

#[tokio::test]
async fn a_change_is_told_to_those_whom_it_concerns_on_every_replica() {
    let app = TestApp::start().await;
    let sibling = app.sibling(9).await;
    let (here, there) = (Server::start(&app.app).await, Server::start(&sibling).await);
    let mut secretary = here.client(&app, "secretary").await;
    let mut organizer = there.client(&app, "organizer-chongchuan").await;
    let mut elsewhere = there.client(&app, "organizer-rugao").await;
    secretary.subscribe("s", DUE, json!({ "id": app.organization_id("grid1") })).await;
    organizer.subscribe("o", DUE, json!({ "id": app.organization_id("chongchuan") })).await;
    elsewhere.subscribe("e", DUE, json!({ "id": app.organization_id("rugao") })).await;
    let before =
        [open(&secretary.answer("s").await), open(&organizer.answer("o").await), open(&elsewhere.answer("e").await)];
    let told = async |client: &mut super::Client, id: &str, expected: i64| {
        // A mutation that touches several duties may be told in several steps.
        while open(&client.answer(id).await) != expected {}
    };
    applicant(&app, "secretary", "grid1", "新示例一").await;
    told(&mut secretary, "s", before[0] + 1).await;
    told(&mut organizer, "o", before[1] + 1).await;
    applicant(&app, "organizer-rugao", "kz1", "新示例二").await;
    told(&mut elsewhere, "e", before[2] + 1).await;

    let name = "subscription($id: ID!) { organizationChanged(id: $id) { name } }";
    organizer.say(json!({ "id": "o", "type": "complete" })).await;
    organizer.subscribe("n", name, json!({ "id": app.organization_id("grid2") })).await;
    assert_eq!(organizer.answer("n").await.at("/organizationChanged/name"), "虹东社区第二网格党支部");
    let input = json!({ "organization": app.organization_id("grid2"), "name": "虹东社区新支部", "version": 1 });
    let renamed = app.mutate("organizer-chongchuan", "organizationUpdate", "organization { id }", input).await;
    assert_eq!(renamed.user_errors("organizationUpdate"), NONE, "{}", renamed.0);
    assert_eq!(organizer.answer("n").await.at("/organizationChanged/name"), "虹东社区新支部");
    here.end().await;
    there.end().await;
}

#[tokio::test]
async fn what_is_hidden_is_answered_like_what_is_missing() {
    let app = TestApp::start().await;
    let server = Server::start(&app.app).await;
    let mut client = server.client(&app, "organizer-rugao").await;
    let fields = ["obligationsChanged(organization: $id)", "organizationChanged(id: $id)", "jobProgressed(id: $id)"];
    let tx = jianghai::db::Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "test").await.unwrap();
    let new = jianghai::job::NewJob { kind: "probe", payload: 1, actor: app.account("organizer-city") };
    let job = jianghai::job::enqueue(&tx, new).await.unwrap().id;
    tx.commit().await.unwrap();
    let hidden = [app.organization_id("grid1"), jianghai::graphql::ids::encode(job).to_string()];
    for field in fields {
        for id in hidden.iter().map(String::as_str).chain(["nonsense", ""]) {
            let document = format!("subscription($id: ID!) {{ {field} {{ id }} }}");
            client.subscribe("1", &document, json!({ "id": id })).await;
            let name = field.split('(').next().unwrap();
            assert_eq!(client.answer("1").await.0, json!({ "data": { name: null } }));
            assert_eq!(client.hear().await, json!({ "id": "1", "type": "complete" }));
        }
    }
    server.end().await;
}

#[tokio::test]
async fn the_progress_of_a_job_is_told_up_to_its_end() {
    let app = TestApp::start().await;
    let server = Server::start(&app.app).await;
    let input = json!({ "organization": app.organization_id("city") });
    let asked = app.mutate("organizer-city", "obligationRecompute", "job { id }", input).await;
    let id = asked.at("/obligationRecompute/job/id").clone();
    let document = "subscription($id: ID!) { jobProgressed(id: $id) { state done total result } }";
    let mut own = server.client(&app, "organizer-city").await;
    let mut administrator = server.client(&app, "admin").await;
    for client in [&mut own, &mut administrator] {
        client.subscribe("1", document, json!({ "id": id })).await;
        assert_eq!(client.answer("1").await.at("/jobProgressed/state"), "QUEUED");
    }
    let (_stop, stopped) = watch::channel(false);
    while app.app.jobs.once(&app.app, Uuid::nil(), &stopped).await.unwrap() {}
    for client in [&mut own, &mut administrator] {
        let mut last = Value::Null;
        while last["state"] != "DONE" {
            last = client.answer("1").await.at("/jobProgressed").clone();
        }
        assert_eq!(last["done"], last["total"], "{last}");
        assert!(last["result"].as_str().unwrap().contains("organizations were looked at"), "{last}");
    }
    server.end().await;
}

#[tokio::test]
async fn a_right_that_ends_ends_what_rested_on_it_on_every_replica() {
    let app = TestApp::start().await;
    let sibling = app.sibling(9).await;
    let (here, there) = (Server::start(&app.app).await, Server::start(&sibling).await);
    let mut clients =
        [here.client(&app, "organizer-chongchuan").await, there.client(&app, "organizer-chongchuan").await];
    for client in &mut clients {
        client.subscribe("1", DUE, json!({ "id": app.organization_id("chongchuan") })).await;
        assert_eq!(client.answer("1").await.at("/obligationsChanged/name"), "中共崇川区委");
    }
    let accounts = app.run("admin", "{ accounts(first: 100) { nodes { name grants { id } } } }", json!({})).await;
    let accounts = accounts.at("/accounts/nodes").as_array().unwrap().clone();
    let account = accounts.iter().find(|account| account["name"] == "organizer-chongchuan").unwrap();
    let input = json!({ "grant": account["grants"][0]["id"], "until": "2026-09-09", "reason": "离任" });
    let ended = app.mutate("admin", "roleGrantEnd", "grant { id }", input).await;
    assert_eq!(ended.user_errors("roleGrantEnd"), NONE, "{}", ended.0);
    for client in &mut clients {
        assert_eq!(client.answer("1").await.0, json!({ "data": { "obligationsChanged": null } }));
        assert_eq!(client.hear().await, json!({ "id": "1", "type": "complete" }));
        client.subscribe("2", DUE, json!({ "id": app.organization_id("chongchuan") })).await;
        assert_eq!(client.answer("2").await.0, json!({ "data": { "obligationsChanged": null } }));
    }
    let disable = json!({ "account": account_id(&app, "organizer-chongchuan"), "reason": "离岗", "version": 1 });
    let disabled = app.mutate("admin", "accountDisable", "account { status }", disable).await;
    assert_eq!(disabled.user_errors("accountDisable"), NONE, "{}", disabled.0);
    for client in &mut clients {
        assert_eq!(client.closed().await, (4403, "Forbidden: the account may no longer act".to_owned()));
    }
    here.end().await;
    there.end().await;
}

#[tokio::test]
async fn a_grant_that_runs_out_ends_what_rested_on_it_without_anybody_doing_anything() {
    let app = TestApp::start().await;
    let sibling = app.sibling(9).await;
    let (here, there) = (Server::start(&app.app).await, Server::start(&sibling).await);
    let ends = json!("2026-09-10");
    let wish = crate::grant::wish(&app, "nobody", "inspector", "chongchuan", ends).await;
    let given = crate::grant::give(&app, "admin", wish).await;
    let confirmed = app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": given })).await;
    assert_eq!(confirmed.user_errors("roleGrantConfirm"), NONE);
    sibling.refresh_authority().await.unwrap();
    // Half a minute before midnight in the city's time zone.
    let local = (app.app.ambient.now().0 / 1_000_000 + 8 * 3600).rem_euclid(86_400);
    app.clock.advance(86_400 - 30 - local);
    let mut clients = [here.client(&app, "nobody").await, there.client(&app, "nobody").await];
    for client in &mut clients {
        client.subscribe("1", DUE, json!({ "id": app.organization_id("chongchuan") })).await;
        assert_eq!(client.answer("1").await.at("/obligationsChanged/name"), "中共崇川区委");
    }
    app.clock.advance(60);
    applicant(&app, "secretary", "grid1", "新示例三").await;
    for client in &mut clients {
        assert_eq!(client.answer("1").await.0, json!({ "data": { "obligationsChanged": null } }));
        assert_eq!(client.hear().await, json!({ "id": "1", "type": "complete" }));
    }
    here.end().await;
    there.end().await;
}

fn account_id(app: &TestApp, name: &str) -> String {
    jianghai::graphql::ids::encode(app.account(name)).to_string()
}

#[tokio::test]
async fn an_account_without_budget_is_told_later_and_not_never() {
    let mut app = TestApp::start().await;
    Arc::get_mut(&mut app.app).unwrap().config.limits.cost_per_minute = 30;
    let server = Server::start(&app.app).await;
    let mut client = server.client(&app, "organizer-city").await;
    client.subscribe("1", DUE, json!({ "id": app.organization_id("grid1") })).await;
    let before = open(&client.answer("1").await);
    let account = Some(app.account("organizer-city"));
    while app.app.rate.take(account, 1, 30, app.app.ambient.now()).is_ok() {}
    applicant(&app, "secretary", "grid1", "新示例一").await;
    let waits = tokio::time::timeout(std::time::Duration::from_millis(1_500), client.next()).await;
    assert!(waits.is_err(), "{waits:?}");
    app.clock.advance(60);
    while open(&client.answer("1").await) != before + 1 {}
    server.end().await;
}
