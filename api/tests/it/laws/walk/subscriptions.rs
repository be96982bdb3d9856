//! A subscription shows and tells nothing that a query would hide.
use std::sync::Arc;

use jianghai::{
    graphql::{
        Locale,
        execute::{GraphqlRequest, execute_live},
        live::Interest,
    },
    outbox::Fact,
    testing::{Answer, TestApp},
};
use serde_json::json;
use tokio::sync::broadcast::Receiver;

use super::{
    super::leak,
    contract::{Contract, Field},
    furnish::{Pair, VIEWER, disturb, furnish, job},
    nodes::missing,
};

/// Who sees nothing of what happens below `rugao`.
const VIEWERS: &[&str] = &["organizer-chongchuan", "secretary", "member", "nobody", "expired"];

/// Who is told of it, each of what the others are not.
const OTHERS: &[&str] = &["organizer-city", "organizer-rugao", "admin"];

/// The first answer to `document`, and what the next one waits for.
async fn follow(app: &TestApp, viewer: &str, document: &str, id: Option<&str>) -> (Answer, Option<Interest>) {
    let variables = id.and_then(|id| json!({ "id": id }).as_object().cloned());
    let asked = GraphqlRequest { query: Some(document.to_owned()), variables, ..GraphqlRequest::default() };
    let actor = app.actor(viewer).unwrap();
    let (_, response, interest) = execute_live(&app.app, actor, Locale::En, "test-request", asked).await;
    (Answer(serde_json::to_value(response).unwrap()), interest)
}

/// The argument of `field` and the document that asks for it.
fn document(contract: &Contract, field: &Field) -> (Option<String>, String) {
    let selection = if contract.fields(&field.shape.name).is_empty() { "" } else { "{ __typename }" };
    let argument = field.arguments.first();
    assert!(
        field.arguments.len() <= 1 && argument.is_none_or(|argument| argument.shape.name == "ID"),
        "teach the walker what {} takes",
        field.name
    );
    let document = match argument {
        Some(argument) => format!("subscription($id: ID!) {{ {}({}: $id) {selection} }}", field.name, argument.name),
        None => format!("subscription {{ {} {selection} }}", field.name),
    };
    (argument.map(|argument| argument.name.clone()), document)
}

/// What may stand for the argument of `field`: of the type that it answers.
fn pair<'a>(pairs: &'a [Pair], field: &Field) -> &'a Pair {
    let found = pairs.iter().find(|pair| pair.kind == field.shape.name);
    found.unwrap_or_else(|| panic!("{} answers {}, which has no id", field.name, field.shape.name))
}

/// All facts that came meanwhile.
async fn told(app: &TestApp, facts: &mut Receiver<Arc<[Fact]>>) -> Vec<Fact> {
    app.app.outbox.look(&app.app.db, &app.app.ambient).await.unwrap();
    let mut all = Vec::new();
    while let Ok(batch) = facts.try_recv() {
        all.extend(batch.iter().cloned());
    }
    all
}

#[tokio::test]
async fn a_hidden_object_is_followed_like_a_missing_one() {
    let app = TestApp::start_for_walkers().await;
    let pairs = furnish(&app).await;
    let contract = Contract::served();
    let mut compared = 0;
    for field in contract.fields("Subscription") {
        let (argument, document) = document(&contract, field);
        if argument.is_none() {
            continue;
        }
        let pair = pair(&pairs, field);
        let (viewer, visible) = &pair.visible;
        let (answer, interest) = follow(&app, viewer, &document, Some(visible)).await;
        assert!(!answer.at(&format!("/{}", field.name)).is_null() && interest.is_some(), "{viewer}: {}", answer.0);
        let nowhere = missing(visible);
        for viewer in VIEWERS {
            follow(&app, viewer, &document, Some(&nowhere)).await;
            let nothing = app.statements(follow(&app, viewer, &document, Some(&nowhere))).await;
            assert_eq!(nothing.0.1, None, "{viewer} waits for what is missing: {document}");
            for id in [visible].into_iter().chain(pair.hidden.as_ref().map(|(_, id)| id)) {
                let found = app.statements(follow(&app, viewer, &document, Some(id))).await;
                if found.0.0.at(&format!("/{}", field.name)).is_null() {
                    assert_eq!(found, nothing, "{viewer}: {document} tells a hidden object from a missing one");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared >= 3 * VIEWERS.len(), "{compared}");
}

#[tokio::test]
async fn what_is_hidden_tells_nobody_that_it_changed() {
    let app = TestApp::start_for_walkers().await;
    let mut pairs = furnish(&app).await;
    let waiting = job(&app, "organizer-rugao", "rugao").await;
    let jobs = pairs.iter_mut().find(|pair| pair.kind == "Job").unwrap();
    jobs.others.push(waiting.as_str().unwrap().to_owned());
    let contract = Contract::served();
    let mut facts = app.app.outbox.listen();
    told(&app, &mut facts).await;
    let mut followed = Vec::new();
    for field in contract.fields("Subscription") {
        let (argument, document) = document(&contract, field);
        let ids: Vec<Option<&str>> = match argument {
            Some(_) => {
                let pair = pair(&pairs, field);
                let hidden = pair.hidden.as_ref().map(|(_, id)| id.as_str());
                [Some(pair.visible.1.as_str()), hidden]
                    .into_iter()
                    .chain(pair.others.iter().map(|id| Some(id.as_str())))
                    .collect()
            }
            None => vec![None],
        };
        for viewer in VIEWERS.iter().chain(OTHERS) {
            for id in &ids {
                if let (_, Some(interest)) = follow(&app, viewer, &document, *id).await {
                    followed.push((field.name.clone(), *viewer, *id, interest));
                }
            }
        }
    }
    leak::change_everything_elsewhere(&app).await;
    disturb(&app).await;
    let version =
        app.number("SELECT CAST(MAX(version) AS bigint) FROM organization WHERE name = '康庄村第一党支部'").await;
    let renamed = json!({ "organization": app.organization_id("kz1"), "version": version, "name": "康庄新支部" });
    for (field, input) in [("jobCancel", json!({ "job": waiting })), ("organizationUpdate", renamed)] {
        let (by, object) = if field == "jobCancel" { ("admin", "job") } else { ("organizer-city", "organization") };
        let done = app.mutate(by, field, &format!("{object} {{ id }}"), input).await;
        assert_eq!(done.user_errors(field), Vec::<String>::new(), "{field}: {}", done.0);
    }
    let facts = told(&app, &mut facts).await;
    assert!(facts.len() > 20, "{facts:?}");
    for (field, viewer, id, interest) in &followed {
        let actor = app.actor(viewer).unwrap();
        let heard: Vec<&Fact> = facts.iter().filter(|fact| interest.is_met(fact, &actor)).collect();
        assert!(OTHERS.contains(viewer) || heard.is_empty(), "{viewer} hears by {field}({id:?}) of {heard:?}");
    }
    for field in contract.fields("Subscription") {
        let heard = followed.iter().any(|(name, viewer, _, interest)| {
            let actor = app.actor(viewer).unwrap();
            *name == field.name && facts.iter().any(|fact| interest.is_met(fact, &actor))
        });
        assert!(heard, "nothing happened that {} tells to those who may hear it", field.name);
    }
}

/// An interest is worth no more than the rights of whoever holds it at that moment.
#[tokio::test]
async fn an_interest_without_its_right_hears_nothing() {
    let app = TestApp::start_for_walkers().await;
    let pairs = furnish(&app).await;
    let contract = Contract::served();
    let (mut met, mut facts) = (0, app.app.outbox.listen());
    told(&app, &mut facts).await;
    let mut followed = Vec::new();
    for field in contract.fields("Subscription") {
        let (argument, document) = document(&contract, field);
        let id = argument.map(|_| pair(&pairs, field).visible.1.as_str());
        let (_, interest) = follow(&app, VIEWER, &document, id).await;
        followed
            .push((field.name.clone(), interest.unwrap_or_else(|| panic!("{VIEWER} cannot follow {}", field.name))));
    }
    let input = json!({ "organization": app.organization_id("grid1"), "appliedOn": "2026-09-01", "person": { "name": "何示例新" } });
    let made = app.mutate("organizer-city", "memberCreate", "member { id }", input).await;
    assert_eq!(made.user_errors("memberCreate"), Vec::<String>::new());
    let facts = told(&app, &mut facts).await;
    let (holder, other) = (app.actor(VIEWER).unwrap(), app.actor("organizer-rugao").unwrap());
    for (field, interest) in followed {
        let heard = facts.iter().filter(|fact| interest.is_met(fact, &holder)).count();
        met += heard;
        if let Some(right) = interest.right {
            assert!(!facts.iter().any(|fact| interest.is_met(fact, &other)), "{field} is told without {right:?}");
        }
    }
    assert!(met > 0, "{facts:?}");
}
