//! Memberships end to end: recording, lists, transfer, contact persons, duties.
use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

const NONE: Vec<String> = Vec::new();

fn person_id(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).person).to_string()
}

fn member_id(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).member).to_string()
}

fn applicant(app: &TestApp, name: &str) -> Value {
    json!({ "organization": app.organization_id("grid1"), "appliedOn": "2026-09-01", "person": { "name": name } })
}

async fn create(app: &TestApp, account: &str, input: Value) -> Answer {
    app.mutate(account, "memberCreate", "member { id stage version person { id name sortKey } }", input).await
}

fn names(answer: &Answer) -> Vec<String> {
    let rows = answer.at("/members/nodes").as_array().unwrap();
    rows.iter().map(|row| row["person"]["name"].as_str().unwrap().to_owned()).collect()
}

async fn list(app: &TestApp, account: &str, filter: Value) -> Answer {
    let document = "query($filter: MemberFilter) { members(filter: $filter) { totalCount nodes { person { name } } } }";
    let answer = app.run(account, document, json!({ "filter": filter })).await;
    assert_eq!(answer.codes(), Vec::<&str>::new(), "{}", answer.0);
    assert_eq!(answer.at("/members/totalCount"), names(&answer).len());
    answer
}

async fn head_count(app: &TestApp, organization: &str) -> Vec<Value> {
    let document = "query($id: ID!) { organization(id: $id) { headCount { count } } }";
    let answer = app.run("organizer-city", document, json!({ "id": app.organization_id(organization) })).await;
    answer.at("/organization/headCount").as_array().unwrap().iter().map(|row| row["count"].clone()).collect()
}

async fn duties(app: &TestApp, organization: &str) -> Vec<String> {
    let document = "query($id: ID!) { obligations(filter: { organization: $id, kind: [MEMBER_WITHOUT_CONTACT, INCOMPLETE_RECORD] }) {
        nodes { kind dueOn person { name } member { id } } } }";
    let answer = app.run("organizer-city", document, json!({ "id": app.organization_id(organization) })).await;
    let rows = answer.at("/obligations/nodes").as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| format!("{} {} {}", text(&row["kind"]), text(&row["person"]["name"]), text(&row["dueOn"])))
        .collect()
}

#[tokio::test]
async fn an_applicant_appears_in_the_list_the_head_count_and_the_search() {
    let app = TestApp::start().await;
    let answer = create(&app, "secretary", applicant(&app, "钱示例新")).await;
    assert_eq!(answer.user_errors("memberCreate"), NONE);
    assert_eq!(answer.at("/memberCreate/member/stage"), "APPLICANT");
    assert_eq!(answer.at("/memberCreate/member/person/sortKey"), "qian shi li xin");
    let applicants = list(&app, "secretary", json!({ "stage": ["APPLICANT"] })).await;
    assert_eq!(names(&applicants), ["钱示例新", "赵示例远"]);
    assert_eq!(head_count(&app, "grid1").await, [2, 1, 1, 1, 3]);
    let found = app.run("secretary", "{ search(text: \"qsl\") { members { person { name } } } }", json!({})).await;
    assert_eq!(found.at("/search/members"), &json!([{ "person": { "name": "钱示例新" } }]));
    assert_eq!(duties(&app, "grid1").await, ["INCOMPLETE_RECORD 钱示例新 2026-09-23"]);
}

#[tokio::test]
async fn a_person_elsewhere_is_seen_by_no_list_id_search_or_count() {
    let app = TestApp::start().await;
    let (person, member) = (person_id(&app, "赵示例远"), member_id(&app, "赵示例远"));
    let document = "query($person: ID!, $member: ID!, $grid: ID!) {
        person(id: $person) { name } member(id: $member) { id }
        members(filter: { text: \"zhao\" }) { totalCount nodes { id } }
        within: members(filter: { organization: $grid }) { totalCount nodes { id } }
        search(text: \"赵\") { members { id } organizations { id } } }";
    let asked = json!({ "person": person, "member": member, "grid": app.organization_id("grid1") });
    let own = app.run("secretary", document, asked.clone()).await;
    assert_eq!(own.at("/person/name"), "赵示例远");
    assert_eq!(own.at("/members/totalCount"), 1);
    assert_eq!(own.at("/within/totalCount"), 7);
    let nowhere = json!({
        "person": ids::encode(entity::PersonId(uuid::Uuid::from_u128(7))).to_string(),
        "member": ids::encode(entity::MemberId(uuid::Uuid::from_u128(7))).to_string(),
        "grid": ids::encode(entity::OrganizationId(uuid::Uuid::from_u128(7))).to_string(),
    });
    let hidden = app.statements(app.run("organizer-rugao", document, asked)).await;
    let missing = app.statements(app.run("organizer-rugao", document, nowhere)).await;
    assert_eq!(hidden, missing);
    assert_eq!(hidden.0.at("/person"), &Value::Null);
    assert_eq!(hidden.0.at("/members"), &json!({ "totalCount": 0, "nodes": [] }));
    assert_eq!(hidden.0.at("/search"), &json!({ "members": [], "organizations": [] }));
}

#[tokio::test]
async fn a_member_sees_the_own_record_in_full_and_nobody_elses() {
    let app = TestApp::start().await;
    let document =
        "{ members { totalCount nodes { partyAge viewerCan person { name phone { display masked } viewerCan } } } }";
    let answer = app.run("member", document, json!({})).await;
    assert_eq!(answer.at("/members/totalCount"), 1);
    assert_eq!(answer.at("/members/nodes/0/person/phone"), &json!({ "display": "10000000002", "masked": false }));
    assert_eq!(answer.at("/members/nodes/0/partyAge"), 5);
    assert_eq!(answer.at("/members/nodes/0/viewerCan"), &json!(["PERSON_READ"]));
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let app = TestApp::start().await;
    let grid1 = app.organization_id("grid1");
    let table = [
        (json!({ "stage": ["FULL"], "organization": grid1 }), vec!["李示例宁", "单示例平", "王示例安"]),
        (json!({ "withoutContact": true }), vec!["陈示例清", "刘示例明", "周示例康"]),
        (json!({ "education": ["DOCTOR"] }), vec![]),
        (json!({ "sector": ["VILLAGE"] }), vec![]),
        (json!({ "sector": ["COMMUNITY"], "stage": ["APPLICANT"] }), vec!["冯示例谷", "赵示例远"]),
        (json!({ "ageBand": ["FROM_46_TO_55"], "stage": ["APPLICANT"] }), vec!["冯示例谷", "赵示例远"]),
        (json!({ "ageBand": ["UNDER_26", "OVER_65"] }), vec![]),
        (json!({ "ageBand": [] }), vec![]),
        (json!({ "status": ["ARCHIVED"] }), vec![]),
        (json!({ "sex": "MALE", "stage": ["APPLICANT"] }), vec!["赵示例远"]),
        (json!({ "text": "单" }), vec!["单示例平"]),
        (json!({ "text": "sslp" }), vec!["单示例平"]),
        (json!({ "occupation": ["STUDENT"] }), vec![]),
    ];
    for (filter, expected) in table {
        let answer = list(&app, "organizer-city", filter.clone()).await;
        assert_eq!(names(&answer), expected, "{filter}");
    }
}

#[tokio::test]
async fn every_order_pages_without_gap_in_both_directions() {
    let app = TestApp::start().await;
    let document = "query($first: Int, $after: String, $last: Int, $before: String, $order: MemberOrder) {
        members(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
            nodes { id person { name } } pageInfo { hasNextPage startCursor endCursor } } }";
    for field in ["NAME", "STAGE", "APPLIED_ON", "FULL_ON", "UPDATED_AT"] {
        let mut whole: Vec<Vec<String>> = Vec::new();
        for direction in ["ASC", "DESC"] {
            let order = json!({ "field": field, "direction": direction });
            let mut all = Vec::new();
            let mut after = Value::Null;
            let last_start = loop {
                let answer =
                    app.run("organizer-city", document, json!({ "first": 5, "after": after, "order": order })).await;
                assert_eq!(answer.codes(), Vec::<&str>::new(), "{field}: {}", answer.0);
                all.extend(names(&answer));
                after = answer.at("/members/pageInfo/endCursor").clone();
                if answer.at("/members/pageInfo/hasNextPage") == false {
                    break answer.at("/members/pageInfo/startCursor").clone();
                }
            };
            assert_eq!(all.len(), 12, "{field} {direction}");
            let back =
                app.run("organizer-city", document, json!({ "last": 5, "before": last_start, "order": order })).await;
            assert_eq!(names(&back), all[5..10], "{field} {direction}");
            whole.push(all);
        }
        whole[1].reverse();
        assert_eq!(whole[0], whole[1], "{field}");
    }
}

#[tokio::test]
async fn the_list_takes_one_statement_and_one_for_each_kind_of_neighbour() {
    let app = TestApp::start().await;
    let document = "{ members { nodes { stage person { name phone { display } ageBand } homeOrganization { name parent { name } } contacts { name } } } }";
    let (answer, statements) = app.statements(app.run("organizer-city", document, json!({}))).await;
    assert_eq!(answer.codes(), Vec::<&str>::new());
    assert!(statements <= 5, "{statements}");
}

#[tokio::test]
async fn wrong_applications_are_told_by_field() {
    let app = TestApp::start().await;
    let table = [
        (json!({ "appliedOn": "2026-09-10" }), "appliedOn OUT_OF_RANGE"),
        (json!({ "organization": app.organization_id("hongdong") }), "organization NOT_FOUND"),
        (json!({ "organization": app.organization_id("group1") }), "organization NOT_CONTAINABLE"),
        (json!({ "person": { "name": " " } }), "person.name REQUIRED"),
        (json!({ "person": { "name": "钱", "phone": "123" } }), "person.phone INVALID"),
        (json!({ "person": { "name": "钱", "birthDate": "2008-09-02" } }), "appliedOn OUT_OF_RANGE"),
        (
            json!({ "person": { "name": "钱", "identityNumber": "990000198001010011" } }),
            "person.identityNumber INVALID",
        ),
    ];
    let before = app.footprint().await;
    for (change, expected) in table {
        let mut input = applicant(&app, "钱示例新");
        input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = create(&app, "secretary", input).await;
        assert_eq!(answer.user_errors("memberCreate"), [expected], "{change}");
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn the_same_key_makes_one_member_and_refuses_another_input() {
    let app = TestApp::start().await;
    let mut input = applicant(&app, "钱示例新");
    input["idempotencyKey"] = json!("k1");
    let first = create(&app, "secretary", input.clone()).await;
    let again = create(&app, "secretary", input.clone()).await;
    assert_eq!(first, again);
    assert_eq!(app.number("SELECT COUNT(*) FROM member").await, 13);
    input["appliedOn"] = json!("2026-09-02");
    let other = create(&app, "secretary", input).await;
    assert_eq!(other.user_errors("memberCreate"), ["idempotencyKey IDEMPOTENCY_MISMATCH"]);
}

fn transfer(app: &TestApp, to: &str, on: &str, version: i32) -> Value {
    json!({ "member": member_id(app, "刘示例明"), "to": app.organization_id(to), "effectiveOn": on, "reason": "搬家",
        "version": version })
}

#[tokio::test]
async fn a_transfer_moves_the_head_count_the_periods_and_the_duties() {
    let app = TestApp::start().await;
    let update = json!({ "member": member_id(&app, "刘示例明"), "version": 1, "appliedOn": "2026-01-05" });
    let updated = app.mutate("secretary", "memberUpdate", "member { appliedOn version }", update).await;
    assert_eq!(updated.at("/memberUpdate/member"), &json!({ "appliedOn": "2026-01-05", "version": 2 }));
    assert_eq!(duties(&app, "grid1").await, ["MEMBER_WITHOUT_CONTACT 刘示例明 2026-01-16"]);
    let selection = "member { version homeOrganization { name } homePeriods { organization { name } from until } }";
    let input = transfer(&app, "grid2", "2026-09-01", 2);
    let moved = app.mutate("organizer-chongchuan", "memberTransfer", selection, input).await;
    assert_eq!(moved.user_errors("memberTransfer"), NONE, "{}", moved.0);
    assert_eq!(moved.at("/memberTransfer/member/homeOrganization/name"), "虹东社区第二网格党支部");
    assert_eq!(moved.at("/memberTransfer/member/homePeriods/0/until"), "2026-09-01");
    assert_eq!(moved.at("/memberTransfer/member/homePeriods/1/from"), "2026-09-01");
    assert_eq!(head_count(&app, "grid1").await, [1, 0, 1, 1, 3]);
    assert_eq!(head_count(&app, "grid2").await, [0, 2, 0, 0, 1]);
    assert_eq!(duties(&app, "grid1").await, NONE);
    assert_eq!(duties(&app, "grid2").await, ["MEMBER_WITHOUT_CONTACT 刘示例明 2026-01-16"]);
    let counted = "query($id: ID!) { organization(id: $id) { headCount(asOf: \"2026-08-31\") { count } } }";
    let past = app.run("organizer-city", counted, json!({ "id": app.organization_id("grid1") })).await;
    assert_eq!(past.at("/organization/headCount/1/count"), 1);
}

#[tokio::test]
async fn a_transfer_is_refused_where_it_makes_no_sense() {
    let app = TestApp::start().await;
    let table = [
        (transfer(&app, "grid2", "2026-09-10", 1), "effectiveOn OUT_OF_RANGE"),
        (transfer(&app, "grid2", "2020-01-01", 1), "effectiveOn OUT_OF_RANGE"),
        (transfer(&app, "grid1", "2026-09-01", 1), "to INVALID"),
        (transfer(&app, "hongdong", "2026-09-01", 1), "to NOT_CONTAINABLE"),
        (transfer(&app, "grid2", "2026-09-01", 9), "version CONFLICT"),
        (transfer(&app, "kz1", "2026-09-01", 1), "to NOT_FOUND"),
    ];
    let before = app.footprint().await;
    for (input, expected) in table {
        let answer = app.mutate("organizer-chongchuan", "memberTransfer", "member { version }", input.clone()).await;
        assert_eq!(answer.user_errors("memberTransfer"), [expected], "{input}");
    }
    assert_eq!(app.footprint().await, before);
    let by_secretary =
        app.mutate("secretary", "memberTransfer", "member { id }", transfer(&app, "grid1", "2026-09-01", 1)).await;
    assert_eq!(by_secretary.codes(), ["FORBIDDEN"]);
}

#[tokio::test]
async fn contact_persons_replace_each_other_and_fulfil_the_duty() {
    let app = TestApp::start().await;
    let assign = |contacts: Vec<String>, version: i32| {
        let input = json!({ "member": member_id(&app, "刘示例明"), "contacts": contacts, "version": version });
        app.mutate("secretary", "memberContactAssign", "member { version contacts { name } }", input)
    };
    let of = |name: &str| person_id(&app, name);
    let first = assign(vec![of("王示例安"), of("李示例宁")], 1).await;
    let sorted = |answer: &Answer| -> Vec<String> {
        let contacts = answer.at("/memberContactAssign/member/contacts").as_array().unwrap();
        let mut names: Vec<String> =
            contacts.iter().map(|contact| contact["name"].as_str().unwrap().to_owned()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(sorted(&first), ["李示例宁", "王示例安"]);
    assert_eq!(duties(&app, "grid1").await, NONE);
    let second = assign(vec![of("单示例平"), of("李示例宁"), of("单示例平")], 2).await;
    assert_eq!(sorted(&second), ["单示例平", "李示例宁"]);
    // On the same day, somebody who was replaced may return.
    assert_eq!(assign(vec![of("王示例安")], 3).await.user_errors("memberContactAssign"), NONE);
    for (contacts, expected) in [
        (vec![], "contacts OUT_OF_RANGE"),
        (vec![of("刘示例明")], "contacts INVALID"),
        (vec![of("陈示例清")], "contacts INVALID"),
        (vec![of("吴示例泰")], "contacts NOT_FOUND"),
        (vec![of("王示例安"), of("李示例宁"), of("单示例平")], "contacts OUT_OF_RANGE"),
    ] {
        assert_eq!(assign(contacts, 4).await.user_errors("memberContactAssign"), [expected]);
    }
}

#[tokio::test]
async fn the_day_of_application_moves_the_first_periods_and_keeps_its_order() {
    let app = TestApp::start().await;
    let update = |day: &str, version: i32| {
        let input = json!({ "member": member_id(&app, "赵示例远"), "version": version, "appliedOn": day });
        app.mutate("secretary", "memberUpdate", "member { stagePeriods { stage from } homePeriods { from } }", input)
    };
    let moved = update("2026-07-01", 1).await;
    assert_eq!(moved.at("/memberUpdate/member/stagePeriods"), &json!([{ "stage": "APPLICANT", "from": "2026-07-01" }]));
    assert_eq!(moved.at("/memberUpdate/member/homePeriods"), &json!([{ "from": "2026-07-01" }]));
    assert_eq!(update("2026-09-10", 2).await.user_errors("memberUpdate"), ["appliedOn OUT_OF_RANGE"]);
    assert_eq!(update("1990-01-01", 2).await.user_errors("memberUpdate"), ["appliedOn OUT_OF_RANGE"]);
    let stale = update("2026-07-02", 1).await;
    assert_eq!(stale.user_errors("memberUpdate"), ["version CONFLICT"]);
    assert_eq!(stale.at("/memberUpdate/member/homePeriods/0/from"), "2026-07-01");
}

#[tokio::test]
async fn members_of_an_organization_are_its_own_or_those_of_its_subtree() {
    let app = TestApp::start().await;
    let document = "query($id: ID!, $other: ID!) { organization(id: $id) {
        all: members { totalCount } direct: members(includeDescendants: false) { totalCount }
        full: members(filter: { stage: [FULL] }) { totalCount }
        elsewhere: members(filter: { organization: $other }) { totalCount }
        inside: members(filter: { organization: $id }, first: 1) { totalCount } } }";
    let variables = json!({ "id": app.organization_id("hongdong"), "other": app.organization_id("kz1") });
    let answer = app.run("organizer-city", document, variables).await;
    let counts: Vec<&Value> = ["all", "direct", "full", "elsewhere", "inside"]
        .iter()
        .map(|name| answer.at(&format!("/organization/{name}/totalCount")))
        .collect();
    assert_eq!(counts, [9, 0, 4, 0, 9]);
}

#[tokio::test]
async fn merging_organizations_moves_all_members_with_periods_counts_and_duties() {
    use jianghai::features::{affiliation, member, post};
    let app = TestApp::start().await;
    let update = json!({ "member": member_id(&app, "刘示例明"), "version": 1, "appliedOn": "2026-01-05" });
    app.mutate("secretary", "memberUpdate", "member { id }", update).await;
    let (from, into) = (app.organization("grid1"), app.organization("grid2"));
    let tie = json!({ "person": person_id(&app, "周示例康"), "organization": app.organization_id("grid1"),
        "kind": "STATION", "from": "2026-08-01" });
    let tied = app.mutate("organizer-chongchuan", "affiliationCreate", "affiliation { id }", tie).await;
    assert_eq!(tied.user_errors("affiliationCreate"), NONE);
    let taken = json!({ "organization": app.organization_id("grid1"), "person": person_id(&app, "王示例安"),
        "title": "SECRETARY", "from": "2026-01-01" });
    let taken = app.mutate("secretary", "postAssign", "post { id }", taken).await;
    assert_eq!(taken.user_errors("postAssign"), NONE);
    let tx = jianghai::db::Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "test").await.unwrap();
    let on = "2026-09-01".parse().unwrap();
    assert_eq!(member::service::rehome_all(&tx, from, into, on).await.unwrap(), 7);
    affiliation::service::move_all(&tx, from, into, on).await.unwrap();
    assert_eq!(post::service::end_all(&tx, from, on).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(head_count(&app, "grid1").await, [0, 0, 0, 0, 0]);
    assert_eq!(head_count(&app, "grid2").await, [1, 2, 1, 1, 4]);
    assert_eq!(duties(&app, "grid2").await, ["MEMBER_WITHOUT_CONTACT 刘示例明 2026-01-16"]);
    let running = "SELECT COUNT(*) FROM member_home WHERE \"until\" IS NULL";
    assert_eq!(app.number(running).await, 12);
    assert_eq!(app.number("SELECT COUNT(*) FROM affiliation WHERE \"until\" IS NULL").await, 0);
    let recomputed = "SELECT COUNT(*) FROM (SELECT home_organization_id AS o, stage, COUNT(*) AS n FROM member
        GROUP BY home_organization_id, stage) real JOIN organization_count c
        ON c.organization_id = real.o AND c.stage = real.stage AND c.n = real.n";
    assert_eq!(app.number(recomputed).await, app.number("SELECT COUNT(*) FROM organization_count WHERE n > 0").await);
}
