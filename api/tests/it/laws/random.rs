//! A random walk through what changes the tree and its people, and the check of everything at its end.
use jianghai::{command, testing::TestApp};
use proptest::{prelude::*, strategy::ValueTree};
use serde_json::{Value, json};

use crate::soak;

/// Operations of the short walk.
const OPERATIONS: usize = 60;
/// Most organizations and members that the walk makes.
const MOST: usize = 200;
const BY: &str = "organizer-city";

/// What was made so far, and the number of the next one.
struct World {
    organizations: Vec<Value>,
    members: Vec<(Value, Value)>,
    made: usize,
}

impl World {
    fn organization(&self, drawn: usize) -> &Value {
        &self.organizations[drawn % self.organizations.len()]
    }

    fn member(&self, drawn: usize) -> Option<&(Value, Value)> {
        (!self.members.is_empty()).then(|| &self.members[drawn % self.members.len()])
    }
}

/// Version and status of something.
async fn state(app: &TestApp, id: &Value) -> (Value, bool) {
    let document = "query($id: ID!) { node(id: $id) { ... on Organization { version archived: status }
        ... on Person { version state: status } ... on Member { version } } }";
    let answer = app.run(BY, document, json!({ "id": id })).await;
    let node = answer.at("/node");
    (node["version"].clone(), node["archived"] == "ARCHIVED" || node["state"] == "ARCHIVED")
}

/// One operation of the kind `drawn.0`; what was done by it, if anything was.
async fn step(app: &TestApp, world: &mut World, drawn: (usize, usize, usize)) -> Option<&'static str> {
    let (kind, one, other) = drawn;
    let (from, to) = (world.organization(one).clone(), world.organization(other).clone());
    let (version, archived) = state(app, &from).await;
    let number = world.made;
    let sort = ["BRANCH", "GENERAL_BRANCH", "COMMITTEE"][other % 3];
    let (field, object, input) = match kind {
        0 if world.organizations.len() < MOST => (
            "organizationCreate",
            "organization { id }",
            json!({ "parent": from, "name": format!("随机组织{number}"), "code": format!("W{number}"),
                "kind": sort, "level": "GRID", "sector": "COMMUNITY" }),
        ),
        0 | 1 => (
            "organizationMove",
            "organization { id }",
            json!({ "organization": from, "to": to, "reason": "调整", "effectiveOn": "2026-09-09", "version": version }),
        ),
        2 => {
            let field = if archived { "organizationRestore" } else { "organizationArchive" };
            (field, "organization { id }", json!({ "organization": from, "reason": "试", "version": version }))
        }
        3 if world.members.len() < MOST => (
            "memberCreate",
            "member { id person { id } }",
            json!({ "organization": from, "appliedOn": "2026-09-01", "person": { "name": format!("随示例{number}") } }),
        ),
        3 | 4 => {
            let (member, _) = world.member(one)?.clone();
            let (version, _) = state(app, &member).await;
            let input = json!({ "member": member, "to": to, "effectiveOn": "2026-09-09", "reason": "迁居",
                "version": version });
            ("memberTransfer", "member { id }", input)
        }
        5 => {
            let (_, person) = world.member(one)?.clone();
            let (version, archived) = state(app, &person).await;
            let field = if archived { "personRestore" } else { "personArchive" };
            (field, "person { id }", json!({ "person": person, "reason": "试", "version": version }))
        }
        _ => {
            let (into, _) = state(app, &to).await;
            let input = json!({ "source": from, "into": to, "effectiveOn": "2026-09-09", "reason": "合并",
                "sourceVersion": version, "intoVersion": into });
            ("organizationMerge", "organization { id }", input)
        }
    };
    let answer = app.mutate(BY, field, object, input.clone()).await;
    assert_eq!(answer.codes(), Vec::<&str>::new(), "{field} {input}: {}", answer.0);
    if !answer.user_errors(field).is_empty() {
        return None;
    }
    world.made += 1;
    match field {
        "organizationCreate" => world.organizations.push(answer.at("/organizationCreate/organization/id").clone()),
        "memberCreate" => {
            let member = answer.at("/memberCreate/member");
            world.members.push((member["id"].clone(), member["person"]["id"].clone()));
        }
        _ => {}
    }
    Some(field)
}

#[tokio::test]
async fn after_a_random_walk_the_database_holds_together() {
    let app = TestApp::start_for_walkers().await;
    let config = app.config();
    command::migrate(&config).await.unwrap();
    let organizations =
        app.city.organizations.values().map(|id| json!(jianghai::graphql::ids::encode(*id).to_string()));
    let mut organizations: Vec<Value> = organizations.collect();
    organizations.sort_by_key(Value::to_string);
    let mut world = World { organizations, members: Vec::new(), made: 0 };
    let mut runner = soak::runner();
    // Merging makes organizations fewer, so it is drawn seldom.
    let kinds = prop_oneof![3 => 0_usize..1, 6 => 1_usize..5, 2 => 5_usize..6, 1 => 6_usize..7];
    let drawn = (kinds, 0..1_000_usize, 0..1_000_usize);
    let mut done = std::collections::BTreeMap::new();
    for _ in 0..OPERATIONS * soak::times() {
        let operation = drawn.new_tree(&mut runner).unwrap().current();
        if let Some(field) = step(&app, &mut world, operation).await {
            *done.entry(field).or_insert(0_usize) += 1;
        }
    }
    assert!(done.values().sum::<usize>() >= OPERATIONS / 4 && done.len() >= 4, "{done:?}");
    app.replica(7).await.seal().await.unwrap();
    let report = command::check(&config).await.unwrap();
    assert_eq!(report.wrong, Vec::<String>::new(), "{done:?}");
    println!("done: {done:?}");
}
