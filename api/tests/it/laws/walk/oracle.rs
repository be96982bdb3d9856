//! What a role cannot read does not influence what it sees, whatever it asks.
use std::collections::BTreeSet;

use jianghai::testing::{Answer, TestApp};
use serde_json::{Value, json};

use super::{
    super::leak,
    contract::Contract,
    furnish::{disturb, furnish},
    nodes::{asked, missing},
    questions::Questions,
};

/// Who sees nothing of what happens below `rugao`.
const VIEWERS: &[&str] = &["organizer-chongchuan", "secretary", "member", "nobody"];

/// Who sees what those do not, so that every type is seen by somebody.
const OTHERS: &[&str] = &["admin2", "organizer-city"];

/// Most pages of one list.
const PAGES: usize = 4;

/// Fields that nothing in this world fills.
const NOBODY: [&str; 7] = [
    "AccessHolderCount.count",
    "Account.lastSignInAt",
    "GrantLoss.kept",
    "Obligation.closedAt",
    "RuleHits.applies",
    "StagePeriod.until",
    "Term.endedOn",
];

async fn ask(app: &TestApp, viewer: &str, documents: &[String]) -> Vec<(Answer, usize)> {
    app.run(viewer, "{ viewer { today } }", json!({})).await;
    let mut answers = Vec::new();
    for document in documents {
        // Whose answers may change is not counted.
        answers.push(if OTHERS.contains(&viewer) {
            (app.run(viewer, document, json!({})).await, 0)
        } else {
            asked(app, viewer, document, json!({})).await
        });
    }
    answers
}

/// What `viewer` finds who leafs through every list of the contract, page by page.
async fn leaf(app: &TestApp, viewer: &str, contract: &Contract) -> Vec<(Answer, usize)> {
    let mut answers = Vec::new();
    for field in contract.fields("Query").iter().filter(|field| field.shape.name.ends_with("Connection")) {
        let document = format!(
            "query($after: String) {{ {}(first: 2, after: $after) {{ edges {{ cursor node {{ id }} }} totalCount
                pageInfo {{ hasPreviousPage hasNextPage startCursor endCursor }} }} }}",
            field.name
        );
        let mut after = Value::Null;
        for _ in 0..PAGES {
            let page = asked(app, viewer, &document, json!({ "after": after })).await;
            after = page.0.at(&format!("/{}/pageInfo/endCursor", field.name)).clone();
            answers.push(page);
            if after.is_null() {
                break;
            }
        }
    }
    answers
}

/// The types that `value` shows, and their fields that are not empty.
fn types(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(name) = fields.get("__typename").and_then(Value::as_str) {
                let full = fields.iter().filter(|(_, value)| !value.is_null() && *value != &json!([]));
                found.extend(full.map(|(field, _)| format!("{name}.{field}")));
            }
            fields.values().for_each(|value| types(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| types(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// No answer is a question gone wrong: neither refused as too large or unknown, nor broken.
fn assert_sound(answer: &Answer, document: &str) {
    for code in answer.codes() {
        let known = ["FORBIDDEN", "FIELD_NOT_READABLE", "PAGE_INVALID", "ONCE_PER_REQUEST"];
        assert!(known.contains(&code), "{}\n{document}", answer.0["errors"]);
    }
}

#[tokio::test]
async fn what_is_hidden_changes_no_answer_to_any_question() {
    let app = TestApp::start_for_walkers().await;
    let pairs = furnish(&app).await;
    let contract = Contract::served();
    let questions = Questions { contract: &contract, pairs: &pairs };
    let documents = questions.all();
    let mut seen = BTreeSet::new();
    let mut before = Vec::new();
    for viewer in VIEWERS.iter().chain(OTHERS) {
        let answers = ask(&app, viewer, &documents).await;
        for ((answer, _), document) in answers.iter().zip(&documents) {
            assert_sound(answer, document);
            types(&answer.0["data"], &mut seen);
        }
        before.push((answers, leaf(&app, viewer, &contract).await));
    }
    let unseen: Vec<String> = questions.asked().into_iter().filter(|field| !seen.contains(field)).collect();
    assert_eq!(unseen, NOBODY.map(ToOwned::to_owned), "fields that are empty for everybody: furnish them");
    leak::change_everything_elsewhere(&app).await;
    disturb(&app).await;
    let changed = ask(&app, OTHERS[1], &documents).await;
    assert!(before.pop().unwrap().0 != changed, "who may see it sees that something happened");
    for (viewer, (before, pages)) in VIEWERS.iter().zip(before) {
        let after = ask(&app, viewer, &documents).await;
        for ((document, before), after) in documents.iter().zip(before).zip(after) {
            assert!(
                before == after,
                "{viewer}: {document}\nbefore {} {}\nafter {} {}",
                before.1,
                before.0.0,
                after.1,
                after.0.0
            );
        }
        assert_eq!(leaf(&app, viewer, &contract).await, pages, "{viewer}: pages");
    }
}

#[tokio::test]
async fn a_hidden_reference_answers_like_one_that_never_was() {
    let app = TestApp::start_for_walkers().await;
    let pairs = furnish(&app).await;
    let contract = Contract::served();
    let references = Questions { contract: &contract, pairs: &pairs }.by_reference();
    assert!(references.len() >= 15, "{}", references.len());
    for viewer in VIEWERS {
        let mut hidden = Vec::new();
        for pair in &pairs {
            for id in [&pair.visible.1].into_iter().chain(pair.hidden.as_ref().map(|(_, id)| id)) {
                let found = app.run(viewer, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
                if found.at("/node").is_null() {
                    hidden.push((&pair.kind, id));
                }
            }
        }
        for reference in &references {
            let with = |id: &str| reference.document.replace("$$", &format!("\"{id}\""));
            for (kind, id) in hidden.iter().filter(|(kind, _)| reference.kinds.contains(kind)) {
                app.run(viewer, &with(&missing(id)), json!({})).await;
                let nothing = asked(&app, viewer, &with(&missing(id)), json!({})).await;
                assert_sound(&nothing.0, &reference.about);
                let found = asked(&app, viewer, &with(id), json!({})).await;
                assert!(
                    found == nothing,
                    "{viewer}: {} tells a hidden {kind} from a missing one\nhidden {} {}\nmissing {} {}",
                    reference.about,
                    found.1,
                    found.0.0,
                    nothing.1,
                    nothing.0.0
                );
            }
        }
    }
}
