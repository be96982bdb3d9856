//! Every mutation, with every id, text, number and day of its input replaced by what it does not expect.
use std::collections::BTreeSet;

use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

use super::{
    super::{cases, mutations::ELSEWHERE},
    contract::{Argument, Contract},
    furnish::{Pair, furnish},
    inputs::{Variant, extremes, least_of, variants},
    nodes::missing,
};

/// Who tries other ids: with rights over everything, over a county, over a branch, over nothing but themselves.
const VIEWERS: &[&str] = &["admin", "organizer-chongchuan", "secretary", "member"];

fn input_type(field: &str) -> String {
    format!("{}{}Input", field[..1].to_uppercase(), &field[1..])
}

/// Whether `answer` says what is wrong, and nothing broke.
fn is_refused(field: &str, answer: &Answer) -> bool {
    !answer.user_errors(field).is_empty() || !answer.codes().is_empty()
}

/// Nothing broke, and every mistake names a field that the input has.
fn assert_unbroken(contract: &Contract, field: &str, path: &str, answer: &Answer) {
    assert!(!answer.codes().contains(&"INTERNAL"), "{field} {path}: {}", answer.0);
    for error in answer.at(&format!("/{field}/userErrors")).as_array().into_iter().flatten() {
        let mut name = input_type(field);
        for step in error["field"].as_array().unwrap().iter().skip(1).map(|step| step.as_str().unwrap()) {
            if step.parse::<usize>().is_ok() {
                continue;
            }
            let found = contract.inputs(&name).iter().find(|argument| argument.name == step);
            let found = found.unwrap_or_else(|| panic!("{field} {path}: {name} has no field {step}: {error}"));
            name.clone_from(&found.shape.name);
        }
    }
}

#[tokio::test]
async fn no_text_number_or_day_breaks_a_mutation() {
    let contract = Contract::served();
    let mut tried = BTreeSet::new();
    for case in cases::cases() {
        let mut app = TestApp::start_for_walkers().await;
        let mut input = (case.input)(&app).await;
        let mut before = app.footprint().await;
        let count = variants(&contract, &input_type(case.field), &input, &|argument, _| extremes(argument)).len();
        for number in 0..count {
            let all = variants(&contract, &input_type(case.field), &input, &|argument, _| extremes(argument));
            let Variant { path, input: changed } = all.into_iter().nth(number).unwrap();
            tried.insert(format!("{}.{path}", case.field));
            let answer = app.mutate(case.right, case.field, case.selection, changed).await;
            assert_unbroken(&contract, case.field, &path, &answer);
            if is_refused(case.field, &answer) {
                assert_eq!(app.footprint().await, before, "{} {path} was refused: {}", case.field, answer.0);
            } else {
                app = TestApp::start_for_walkers().await;
                input = (case.input)(&app).await;
                before = app.footprint().await;
            }
        }
    }
    assert!(tried.len() > 100, "{}", tried.len());
}

/// The ids that `viewer` does not find.
async fn hidden_from(app: &TestApp, viewer: &str, pairs: &[Pair]) -> Vec<String> {
    let mut hidden = Vec::new();
    for id in pairs.iter().flat_map(|pair| [Some(&pair.visible.1), pair.hidden.as_ref().map(|(_, id)| id)]).flatten() {
        let found = app.run(viewer, "query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        if found.at("/node").is_null() {
            hidden.push(id.clone());
        }
    }
    hidden
}

fn tag(id: &str) -> Option<u8> {
    ids::decode_tagged(id).map(|(tag, _)| tag)
}

/// The type of what the argument `name` refers to: as the id that stands there says, else the name, else an
/// organization.
fn sample<'a>(pairs: &'a [Pair], name: &str, current: &Value) -> &'a Pair {
    let by_tag = |pair: &&Pair| current.as_str().is_some_and(|id| tag(id) == tag(&pair.visible.1));
    let named = |name: &str| pairs.iter().find(|pair| pair.kind.eq_ignore_ascii_case(name));
    let ends = || pairs.iter().find(|pair| pair.kind.to_lowercase().ends_with(&name.to_lowercase()));
    pairs.iter().find(by_tag).or_else(|| named(name)).or_else(ends).or_else(|| named("Organization")).unwrap()
}

#[tokio::test]
async fn a_hidden_id_a_wrong_one_and_a_missing_one_are_refused_alike() {
    let contract = Contract::served();
    let app = TestApp::start_for_walkers().await;
    let pairs = furnish(&app).await;
    let visible = |name: &str, current: &Value| json!(sample(&pairs, name, current).visible.1);
    let mut tried = BTreeSet::new();
    let mut hidden = Vec::new();
    for viewer in VIEWERS {
        hidden.push(hidden_from(&app, viewer, &pairs).await);
    }
    let mut given = Vec::new();
    for case in cases::cases() {
        let shown = TestApp::start().await;
        given.push((case.field, case.selection, (case.input)(&shown).await));
    }
    for field in ELSEWHERE {
        given.push((*field, "__typename", least_of(&contract, &input_type(field))));
    }
    for (field, selection, mut input) in given {
        let name = input_type(field);
        for argument in contract.inputs(&name).iter().filter(|argument| argument.shape.name == "ID") {
            let old = input[&argument.name].clone();
            if argument.shape.list {
                input[&argument.name] = json!([visible(&argument.name, &old[0])]);
            } else if !old.is_null() {
                input[&argument.name] = visible(&argument.name, &old);
            }
        }
        for (viewer, hidden) in VIEWERS.iter().zip(&hidden) {
            let wrong = |argument: &Argument, current: &Value| {
                if argument.shape.name != "ID" {
                    return Vec::new();
                }
                let pair = sample(&pairs, &argument.name, current);
                let other = pairs.iter().find(|other| other.kind != pair.kind).unwrap();
                // The first one is what the others are measured by; it is asked twice, since something may be read
                // once and then be known.
                let mut values = vec![json!(missing(&pair.visible.1)); 2];
                let same = hidden.iter().filter(|id| tag(id) == tag(&pair.visible.1));
                values.extend(same.map(|id| json!(id)));
                values.extend([json!(other.visible.1), json!("garbage"), json!("")]);
                values
            };
            let before = app.footprint().await;
            for group in variants(&contract, &name, &input, &wrong).chunk_by(|one, two| one.path == two.path) {
                let mut missing = None;
                for (number, Variant { path, input }) in group.iter().enumerate() {
                    tried.insert(format!("{field}.{path}"));
                    let asked = app.statements(app.mutate(viewer, field, selection, input.clone())).await;
                    assert_unbroken(&contract, field, path, &asked.0);
                    assert!(is_refused(field, &asked.0), "{viewer}: {field} {path}: {}", asked.0.0);
                    match (number, &missing) {
                        (0, _) => {}
                        (_, None) => missing = Some(asked),
                        (_, Some(missing)) => assert!(
                            asked == *missing,
                            "{viewer}: {field} {path} with {input}\nasked {} {}\nmissing {} {}",
                            asked.1,
                            asked.0.0,
                            missing.1,
                            missing.0.0
                        ),
                    }
                }
            }
            assert_eq!(app.footprint().await, before, "{viewer}: {field}");
        }
    }
    for field in contract.fields("Mutation") {
        for argument in contract.inputs(&input_type(&field.name)).iter().filter(|argument| argument.shape.name == "ID")
        {
            let path = format!("{}.{}", field.name, argument.name);
            assert!(tried.contains(&path), "{path} was tried by nobody");
        }
    }
}
