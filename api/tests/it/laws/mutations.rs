//! Every mutation, by the same table: nobody, no right, an expired right and a right elsewhere change nothing; the
//! right one changes something and leaves one audit row and one fact; an old version is a conflict; the same key works
//! once; `viewerCan` says what enforcement does.
use std::collections::BTreeMap;

use futures_util::future::BoxFuture;
use jianghai::{
    authz::TEMPLATES,
    graphql::ids,
    testing::{Answer, PASSWORD, TestApp},
};
use serde_json::{Value, json};

use super::cases::{Case, cases, grant};

/// Mutations that act on the account that asks, so that every account may use them.
const OWN: &[&str] = &[
    "problemReport",
    "accountPasswordChange",
    "secondFactorBegin",
    "secondFactorConfirm",
    "secondFactorDisable",
    "notificationSettingUpdate",
];

/// Mutations whose case needs a signed-in browser; their tests stand beside the sign-in.
pub(super) const ELSEWHERE: &[&str] = &["signInSessionEnd"];

/// Rows of grants that ended.
const ENDED: &str = "SELECT COUNT(*) FROM audit WHERE action = 'roleGrantEnd'";

/// Rows of grants that were given.
const GIVEN: &str = "SELECT COUNT(*) FROM audit WHERE action = 'roleGrant'";

/// Whether `answer` refuses without telling whether the object exists.
fn is_refused(case: &Case, answer: &Answer) -> bool {
    let errors = answer.user_errors(case.field);
    let hidden = !errors.is_empty() && errors.iter().all(|error| error.ends_with(" NOT_FOUND"));
    hidden || answer.codes() == ["FORBIDDEN"] || answer.codes() == ["UNAUTHENTICATED"]
}

#[tokio::test]
async fn every_mutation_is_covered_here() {
    let app = TestApp::start().await;
    let answer = app.run("admin", "{ __schema { mutationType { fields { name } } } }", json!({})).await;
    let fields = answer.at("/__schema/mutationType/fields").as_array().unwrap().clone();
    let covered: Vec<&str> = cases().iter().map(|case| case.field).chain(ELSEWHERE.iter().copied()).collect();
    let missing: Vec<&Value> =
        fields.iter().map(|field| &field["name"]).filter(|name| !covered.contains(&name.as_str().unwrap())).collect();
    assert_eq!(missing, Vec::<&Value>::new());
}

#[tokio::test]
async fn who_may_not_changes_nothing() {
    for case in cases() {
        let app = TestApp::start().await;
        let input = (case.input)(&app).await;
        let before = app.footprint().await;
        let mut accounts = vec![""];
        if !OWN.contains(&case.field) {
            accounts.extend(["nobody", "expired"]);
        }
        accounts.extend(case.wrong);
        for account in accounts {
            let answer = app.mutate(account, case.field, case.selection, input.clone()).await;
            assert!(is_refused(&case, &answer), "{} by {account}: {}", case.field, answer.0);
            assert_eq!(app.footprint().await, before, "{} by {account}", case.field);
        }
    }
}

#[tokio::test]
async fn who_may_changes_something_and_leaves_one_audit_row() {
    for case in cases() {
        let app = TestApp::start().await;
        let input = (case.input)(&app).await;
        let rows = app.number("SELECT COUNT(*) FROM audit").await;
        let before_given = app.number(GIVEN).await;
        let told = app.number("SELECT COUNT(*) FROM outbox WHERE kind = 'RECORD'").await;
        let before = app.footprint().await;
        let answer = app.mutate(case.right, case.field, case.selection, input).await;
        assert_eq!(answer.user_errors(case.field), Vec::<String>::new(), "{}: {}", case.field, answer.0);
        assert_eq!(answer.codes(), Vec::<&str>::new(), "{}: {}", case.field, answer.0);
        assert_ne!(app.footprint().await, before, "{}", case.field);
        // Grants that end with an organization or a post have a row each, beside the one of what ended them.
        let ended = if case.field.starts_with("roleGrant") { 0 } else { app.number(ENDED).await };
        // So has the grant that is given with an account.
        let given = if case.field == "accountOpenForPosts" { app.number(GIVEN).await - before_given } else { 0 };
        assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, rows + 1 + ended + given, "{}", case.field);
        let facts = app.number("SELECT COUNT(*) FROM outbox WHERE kind = 'RECORD'").await;
        assert_eq!(facts, told + 1 + ended + given, "{}: listeners are told", case.field);
        let named = format!("SELECT COUNT(*) FROM audit WHERE action = '{}'", case.field);
        assert_eq!(app.number(&named).await, 1, "{}", case.field);
        assert_found_by_its_object(&app, case.field).await;
    }
}

/// The audit row of `action` names its object by a global id, by which the trail finds it.
async fn assert_found_by_its_object(app: &TestApp, action: &str) {
    let document =
        "query($action: [String!], $object: ID) { auditEntries(filter: { action: $action, object: $object }) {
        totalCount nodes { objectId } } }";
    let row = app.run("admin2", document, json!({ "action": [action] })).await;
    let object = row.at("/auditEntries/nodes/0/objectId").clone();
    let found = app.run("admin2", document, json!({ "action": [action], "object": object })).await;
    assert_eq!(found.at("/auditEntries/totalCount"), 1, "{action}: {}", found.0);
}

#[tokio::test]
async fn an_old_version_is_a_conflict_that_shows_the_current_state() {
    let mut tried = 0;
    for case in cases() {
        let app = TestApp::start().await;
        let mut input = (case.input)(&app).await;
        let Some(version) = input.get("version").cloned() else { continue };
        tried += 1;
        input["version"] = json!(99);
        let answer = app.mutate(case.right, case.field, case.selection, input).await;
        assert_eq!(answer.user_errors(case.field), ["version CONFLICT"], "{}", case.field);
        let payload = answer.at(&format!("/{}", case.field)).as_object().unwrap().clone();
        let object = payload.iter().find(|(name, _)| *name != "userErrors").unwrap().1;
        assert_eq!(object["version"], version, "{}: the current state", case.field);
    }
    assert!(tried >= 10);
}

#[tokio::test]
async fn the_same_key_works_once_and_refuses_other_input() {
    let app = TestApp::start().await;
    let answer = app.run("admin", "{ __schema { types { name inputFields { name } } } }", json!({})).await;
    let types = answer.at("/__schema/types").as_array().unwrap().clone();
    let keyed = |field: &str| {
        let name = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        types.iter().any(|t| {
            t["name"] == name.as_str()
                && t["inputFields"]
                    .as_array()
                    .is_some_and(|fields| fields.iter().any(|field| field["name"] == "idempotencyKey"))
        })
    };
    let mut tried = 0;
    for case in cases().into_iter().filter(|case| keyed(case.field)) {
        tried += 1;
        let app = TestApp::start().await;
        let mut input = (case.input)(&app).await;
        input["idempotencyKey"] = json!("one");
        let first = app.mutate(case.right, case.field, case.selection, input.clone()).await;
        let changed = app.footprint().await;
        let second = app.mutate(case.right, case.field, case.selection, input.clone()).await;
        assert_eq!(first, second, "{}", case.field);
        let text =
            ["name", "text", "reason", "note", "from", "appliedOn"].into_iter().find(|name| input.get(*name).is_some());
        let other = if text == Some("from") || text == Some("appliedOn") { "2026-08-30" } else { "another" };
        input[text.unwrap_or("affiliation")] = json!(if text.is_some() { other } else { "TEMPORARY" });
        let third = app.mutate(case.right, case.field, case.selection, input).await;
        assert_eq!(third.user_errors(case.field), ["idempotencyKey IDEMPOTENCY_MISMATCH"], "{}", case.field);
        assert_eq!(app.footprint().await, changed, "{}", case.field);
    }
    assert!(tried >= 7);
}

/// Templates and the accounts of the test city that have them.
const HELD: &[(&str, &[&str])] = &[
    ("administrator", &["admin"]),
    ("organizer", &["organizer-city", "organizer-chongchuan", "organizer-rugao"]),
    ("secretary", &["secretary"]),
    ("inspector", &["inspector"]),
    ("member", &["member"]),
];

/// Every account with a template, and `nobody` with each template that no account has.
fn holders() -> Vec<(&'static str, Option<&'static str>)> {
    let held = HELD.iter().flat_map(|(_, accounts)| accounts.iter().map(|account| (*account, None)));
    let codes = TEMPLATES.iter().map(|template| template.code);
    let others = codes.filter(|code| HELD.iter().all(|(held, _)| held != code));
    held.chain(others.map(|code| ("nobody", Some(code)))).collect()
}

/// Gives `account` the template `code` on the whole city.
async fn give(app: &TestApp, account: &str, code: &str) {
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap().clone();
    let mut wish = grant(app).await;
    wish["account"] = json!(ids::encode(app.account(account)).to_string());
    wish["role"] = roles.iter().find(|role| role["code"] == code).unwrap()["id"].clone();
    wish["organization"] = json!(app.organization_id("city"));
    let given = app.mutate("admin", "roleGrant", "grant { waiting }", wish).await;
    assert_eq!(given.at("/roleGrant/grant/waiting"), false, "{code}: {}", given.0);
}

#[tokio::test]
async fn viewer_can_is_what_enforcement_does_for_every_template() {
    let question = "query($id: ID!) { node(id: $id) { ... on Guarded { viewerCan } } }";
    let mut agreed = BTreeMap::new();
    for case in cases() {
        let Some((anchor, permission)) = case.guarded else { continue };
        for (account, code) in holders() {
            let app = TestApp::start().await;
            if let Some(code) = code {
                give(&app, account, code).await;
            }
            let input = (case.input)(&app).await;
            let answer = app.run(account, question, json!({ "id": input[anchor] })).await;
            let can = answer.at("/node/viewerCan").as_array().is_some_and(|can| can.contains(&json!(permission)));
            let done = app.mutate(account, case.field, case.selection, input).await;
            assert_eq!(can, !is_refused(&case, &done), "{} by {account} {code:?}: {}", case.field, done.0);
            *agreed.entry((account, code)).or_insert(0) += 1;
        }
    }
    assert_eq!(agreed.len(), TEMPLATES.len() + 2, "one template is held by three accounts");
    assert!(agreed.values().all(|times| *times >= 20), "{agreed:?}");
}

/// What a case needs to know.
pub(super) type Prepared<'a> = BoxFuture<'a, Value>;

/// The password of every account of the test city.
pub(super) const CURRENT: &str = PASSWORD;
