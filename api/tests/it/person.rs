//! Persons end to end: recording, protected fields, identity numbers, archiving.
use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

const NONE: Vec<String> = Vec::new();
/// The identity number of 王示例安.
const TAKEN: &str = "990000198001010012";
const FREE: &str = "11010519491231002X";

fn person_id(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).person).to_string()
}

async fn update(app: &TestApp, account: &str, name: &str, version: i32, patch: Value) -> Answer {
    let mut input = json!({ "person": person_id(app, name), "version": version });
    input.as_object_mut().unwrap().extend(patch.as_object().unwrap().clone());
    let selection = "person { version name sortKey education ageBand missingFields phone { display masked } birthDate { display } }";
    app.mutate(account, "personUpdate", selection, input).await
}

fn visitor(app: &TestApp, name: &str) -> Value {
    json!({ "organization": app.organization_id("grid1"), "affiliation": "COMMUNITY_REPORT_IN",
        "person": { "name": name } })
}

#[tokio::test]
async fn a_person_without_a_membership_is_seen_through_a_tie() {
    let app = TestApp::start().await;
    let selection = "person { id name membership { id } affiliations { kind organization { name } from }
        missingFields viewerCan }";
    let made = app.mutate("secretary", "personCreate", selection, visitor(&app, "骑示例手")).await;
    assert_eq!(made.user_errors("personCreate"), NONE, "{}", made.0);
    assert_eq!(
        made.at("/personCreate/person/affiliations"),
        &json!([{ "kind": "COMMUNITY_REPORT_IN", "organization": { "name": "虹东社区第一网格党支部" }, "from": "2026-09-09" }])
    );
    let can: Vec<&Value> = made.at("/personCreate/person/viewerCan").as_array().unwrap().iter().collect();
    assert!(can.contains(&&json!("PERSON_UPDATE")) && !can.contains(&&json!("PERSON_READ_IDENTITY")));
    let id = made.at("/personCreate/person/id").clone();
    let read = "query($id: ID!) { person(id: $id) { name } }";
    assert_eq!(app.run("secretary-grid2", read, json!({ "id": id })).await.at("/person"), &Value::Null);
    let end = "query($id: ID!) { person(id: $id) { affiliations { id } } }";
    let tie = app.run("secretary", end, json!({ "id": id })).await.at("/person/affiliations/0/id").clone();
    let input = json!({ "affiliation": tie, "until": "2026-09-09" });
    let ended = app.mutate("secretary", "affiliationEnd", "affiliation { until }", input).await;
    assert_eq!(ended.at("/affiliationEnd/affiliation/until"), "2026-09-09");
    assert_eq!(app.run("secretary", read, json!({ "id": id })).await.at("/person"), &Value::Null);
}

#[tokio::test]
async fn a_patch_changes_what_it_names_and_a_stale_one_is_a_conflict() {
    let app = TestApp::start().await;
    let answer = update(&app, "secretary", "赵示例远", 1, json!({ "name": "单示例远", "education": "COLLEGE" })).await;
    assert_eq!(answer.user_errors("personUpdate"), NONE, "{}", answer.0);
    assert_eq!(answer.at("/personUpdate/person/sortKey"), "shan shi li yuan");
    assert_eq!(answer.at("/personUpdate/person/missingFields"), &json!([]));
    assert_eq!(answer.at("/personUpdate/person/phone"), &json!({ "display": "100****0007", "masked": true }));
    let stale = update(&app, "secretary", "赵示例远", 1, json!({ "name": "x" })).await;
    assert_eq!(stale.user_errors("personUpdate"), ["version CONFLICT"]);
    assert_eq!(stale.at("/personUpdate/person/name"), "单示例远");
    let found = app.run("secretary", "{ search(text: \"单示例远\") { members { id } } }", json!({})).await;
    assert_eq!(found.at("/search/members").as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn replacing_a_protected_field_needs_the_right_to_read_it() {
    let app = TestApp::start().await;
    let phone = update(&app, "secretary", "赵示例远", 1, json!({ "phone": "10000009999" })).await;
    assert_eq!(phone.at("/personUpdate/person/phone/display"), "100****9999");
    let before = app.footprint().await;
    let identity = update(&app, "secretary", "赵示例远", 2, json!({ "identityNumber": FREE })).await;
    assert_eq!(identity.codes(), ["FORBIDDEN"]);
    assert_eq!(app.footprint().await, before);
    let contradicted = update(&app, "organizer-chongchuan", "赵示例远", 2, json!({ "identityNumber": FREE })).await;
    assert_eq!(contradicted.user_errors("personUpdate"), ["birthDate INVALID"]);
    let both = json!({ "identityNumber": FREE, "birthDate": "1949-12-31" });
    let done = update(&app, "organizer-chongchuan", "赵示例远", 2, both).await;
    assert_eq!(done.at("/personUpdate/person/ageBand"), "OVER_65");
    assert_eq!(done.at("/personUpdate/person/birthDate/display"), "1949-**-**");
}

#[tokio::test]
async fn an_identity_number_occurs_once_and_tells_no_more_than_it_must() {
    let app = TestApp::start().await;
    let with = |number: &str| {
        let mut input = visitor(&app, "钱示例新");
        input["person"]["identityNumber"] = json!(number);
        input
    };
    let visible = app.mutate("secretary", "personCreate", "person { id }", with(TAKEN)).await;
    assert_eq!(visible.user_errors("personCreate"), ["person.identityNumber DUPLICATE"]);
    let mut elsewhere = with(TAKEN);
    elsewhere["organization"] = json!(app.organization_id("kz1"));
    for _ in 0..20 {
        let hidden = app.mutate("organizer-rugao", "personCreate", "person { id }", elsewhere.clone()).await;
        assert_eq!(hidden.user_errors("personCreate"), ["person.identityNumber HELD_ELSEWHERE"]);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'personIdentityHeldElsewhere'").await, 20);
    // Those who answer for the person are asked once, and learn whom it is about; the one who asked learns nothing.
    let asked =
        "{ obligations(filter: { kind: [TRANSFER_ASKED] }) { nodes { dueOn organization { name } person { name } } } }";
    let seen = app.run("organizer-chongchuan", asked, json!({})).await;
    let expected = json!([{ "dueOn": "2026-09-23", "organization": { "name": "虹东社区第一网格党支部" }, "person": { "name": "王示例安" } }]);
    assert_eq!(seen.at("/obligations/nodes"), &expected);
    assert_eq!(app.run("organizer-rugao", asked, json!({})).await.at("/obligations/nodes"), &json!([]));
    // From then on, numbers that are free answer the same as those that are not.
    for number in [TAKEN, FREE] {
        elsewhere["person"]["identityNumber"] = json!(number);
        let used_up = app.mutate("organizer-rugao", "personCreate", "person { id }", elsewhere.clone()).await;
        assert_eq!(used_up.user_errors("personCreate"), ["person.identityNumber BUDGET_EXHAUSTED"]);
    }
    app.clock.advance(24 * 3600);
    let tomorrow = app.mutate("organizer-rugao", "personCreate", "person { id }", elsewhere).await;
    assert_eq!(tomorrow.user_errors("personCreate"), NONE);
}

#[tokio::test]
async fn unmasking_is_counted_and_seen_by_the_person() {
    let app = TestApp::start().await;
    let looks = |account: &'static str, name: &str, field: &str| {
        let input = json!({ "person": person_id(&app, name), "field": field, "reason": "CARE" });
        app.mutate(account, "personUnmask", "value remaining", input)
    };
    let first = looks("secretary", "李示例宁", "PHONE").await;
    assert_eq!(first.at("/personUnmask/value"), "10000000002");
    assert_eq!(first.at("/personUnmask/remaining"), 49);
    assert_eq!(looks("secretary", "李示例宁", "IDENTITY_NUMBER").await.codes(), ["FORBIDDEN"]);
    assert_eq!(looks("secretary", "李示例宁", "ADDRESS").await.user_errors("personUnmask"), ["field NOT_FOUND"]);
    assert_eq!(looks("secretary", "周示例康", "PHONE").await.user_errors("personUnmask"), ["person NOT_FOUND"]);
    for _ in 0..49 {
        looks("secretary", "赵示例远", "BIRTH_DATE").await;
    }
    assert_eq!(looks("secretary", "李示例宁", "PHONE").await.user_errors("personUnmask"), [" BUDGET_EXHAUSTED"]);
    assert_eq!(app.number("SELECT COUNT(*) FROM unmask_event").await, 50);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE body LIKE '%10000000002%'").await, 0);
    let own = "query($id: ID!) { person(id: $id) { unmaskEvents { actor field reason } } }";
    let id = json!({ "id": person_id(&app, "李示例宁") });
    let seen = app.run("member", own, id.clone()).await;
    assert_eq!(seen.at("/person/unmaskEvents"), &json!([{ "actor": "secretary", "field": "PHONE", "reason": "CARE" }]));
    assert_eq!(app.run("organizer-chongchuan", own, id.clone()).await.codes(), Vec::<&str>::new());
    app.clock.advance(9 * 3600);
    assert_eq!(looks("secretary", "李示例宁", "PHONE").await.at("/personUnmask/remaining"), 49);
    let twice = "mutation($input: PersonUnmaskInput!) { a: personUnmask(input: $input) { value } b: personUnmask(input: $input) { value } }";
    let input = json!({ "input": { "person": id["id"], "field": "PHONE", "reason": "CARE" } });
    let answer = app.run("secretary", twice, input).await;
    assert_eq!(answer.codes(), ["ONCE_PER_REQUEST"], "one record a call, whatever it is called");
    assert_eq!(app.number("SELECT COUNT(*) FROM unmask_event").await, 52);
}

#[tokio::test]
async fn a_record_in_use_is_not_archived_and_an_archived_one_returns() {
    let app = TestApp::start().await;
    let archive = |id: Value, field: &'static str, version: i32| {
        let input = json!({ "person": id, "reason": "离开", "version": version });
        app.mutate("secretary", field, "person { status version }", input)
    };
    let member = archive(json!(person_id(&app, "赵示例远")), "personArchive", 1).await;
    assert_eq!(member.user_errors("personArchive"), ["person NOT_EMPTY"]);
    let made = app.mutate("secretary", "personCreate", "person { id }", visitor(&app, "骑示例手")).await;
    let id = made.at("/personCreate/person/id").clone();
    let done = archive(id.clone(), "personArchive", 1).await;
    assert_eq!(done.at("/personArchive/person"), &json!({ "status": "ARCHIVED", "version": 2 }));
    let patch = json!({ "person": id, "version": 2, "name": "x" });
    let refused = app.mutate("secretary", "personUpdate", "person { id }", patch).await;
    assert_eq!(refused.user_errors("personUpdate"), ["person ARCHIVED"]);
    assert_eq!(archive(id.clone(), "personArchive", 2).await.user_errors("personArchive"), ["person ARCHIVED"]);
    let back = archive(id.clone(), "personRestore", 2).await;
    assert_eq!(back.at("/personRestore/person"), &json!({ "status": "ACTIVE", "version": 3 }));
    assert_eq!(archive(id, "personRestore", 3).await.user_errors("personRestore"), ["person NOT_ARCHIVED"]);
}

#[tokio::test]
async fn history_names_nobody() {
    let app = TestApp::start().await;
    let mut input = visitor(&app, "骑示例手");
    input["person"]["employer"] = json!("示例快递公司");
    input["person"]["phone"] = json!("10000008888");
    app.mutate("secretary", "personCreate", "person { id }", input).await;
    update(&app, "secretary", "赵示例远", 1, json!({ "name": "赵示例新", "nativePlace": "示例籍贯" })).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, 2);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE body LIKE '%示例%' OR body LIKE '%8888%'").await, 0);
    let history = "query($id: ID!) { person(id: $id) { history { action changes { field before after } } } }";
    let answer = app.run("secretary", history, json!({ "id": person_id(&app, "赵示例远") })).await;
    assert_eq!(answer.at("/person/history/0/action"), "personUpdate");
    assert_eq!(
        answer.at("/person/history/0/changes/0"),
        &json!({ "field": "name", "before": null, "after": "changed" })
    );
}
