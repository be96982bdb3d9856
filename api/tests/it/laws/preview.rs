//! A preview shows no row that its viewer would not see without it, and changes nothing.
use std::{collections::BTreeSet, sync::Arc};

use jianghai::{
    authz::Preview,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

use super::{cases::cases, mutations::ELSEWHERE, queries::questions};

/// The ids that `value` shows.
fn rows<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("id").and_then(Value::as_str));
            fields.values().for_each(|value| rows(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| rows(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Every row of a list, as far as the first page goes.
fn total(answer: &Answer, field: &str) -> i64 {
    answer.at(&format!("/{field}/totalCount")).as_i64().unwrap_or_default()
}

#[tokio::test]
async fn a_preview_shows_no_row_that_is_not_seen_without_it() {
    let app = TestApp::start_for_walkers().await;
    let roles: Vec<entity::RoleId> = app.app.authority.current().roles.keys().copied().collect();
    let (mut shown, mut hidden) = (0, 0);
    for account in ["admin", "organizer-city", "organizer-chongchuan", "secretary", "member", "nobody"] {
        let actor = app.actor(account).unwrap();
        for (field, question) in questions(&app) {
            // All of a list, so that a row does not move onto the page when others leave.
            let question = question.replace(&format!("{{ {field} {{"), &format!("{{ {field}(first: 100) {{"));
            let whole = app.run_as(Some(Arc::clone(&actor)), &question, json!({})).await;
            let mut all = BTreeSet::new();
            rows(&whole.0, &mut all);
            for role in &roles {
                for short in ["city", "chongchuan", "grid1", "baipu"] {
                    let preview = Preview { role: *role, organization: app.organization(short) };
                    let narrowed = Arc::new(actor.narrowed(preview));
                    let part = app.run_as(Some(narrowed), &question, json!({})).await;
                    let mut few = BTreeSet::new();
                    rows(&part.0, &mut few);
                    assert!(few.is_subset(&all), "{account} {short}: {question}\n{}\n{}", part.0, whole.0);
                    assert!(total(&part, field) <= total(&whole, field), "{account} {short}: {question}");
                    shown += few.len();
                    hidden += all.len() - few.len();
                }
            }
        }
    }
    assert!(shown > 1_000 && hidden > 1_000, "{shown} {hidden}");
}

#[tokio::test]
async fn a_preview_changes_nothing() {
    let roles = |app: &TestApp| app.app.authority.current().roles.keys().copied().min_by_key(|role| role.0);
    for case in cases().into_iter().filter(|case| !ELSEWHERE.contains(&case.field)) {
        let app = TestApp::start().await;
        let input = (case.input)(&app).await;
        let before = app.footprint().await;
        let preview = Preview { role: roles(&app).unwrap(), organization: app.organization("city") };
        let actor = Arc::new(app.actor(case.right).unwrap().narrowed(preview));
        let name = format!("{}{}", case.field[..1].to_uppercase(), &case.field[1..]);
        let document =
            format!("mutation($input: {name}Input!) {{ {}(input: $input) {{ userErrors {{ code }} }} }}", case.field);
        let answer = app.run_as(Some(actor), &document, json!({ "input": input })).await;
        assert_eq!(answer.codes(), ["PREVIEW_READ_ONLY"], "{}: {}", case.field, answer.0);
        assert_eq!(app.footprint().await, before, "{}", case.field);
    }
}
