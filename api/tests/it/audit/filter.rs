//! Filters: what they find, and that a hidden id finds as much as one that never was.
use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};
use uuid::Uuid;

const NONE: Vec<String> = Vec::new();

async fn done(app: &TestApp, account: &str, field: &str, selection: &str, input: Value) -> Answer {
    let answer = app.mutate(account, field, selection, input).await;
    assert_eq!((answer.user_errors(field), answer.codes()), (NONE, Vec::new()), "{field}: {}", answer.0);
    answer
}

async fn seen(app: &TestApp, account: &str, filter: Value) -> Vec<String> {
    let document = "query($filter: AuditFilter) { auditEntries(filter: $filter) { totalCount nodes { action } } }";
    let answer = app.run(account, document, json!({ "filter": filter })).await;
    let rows = answer.at("/auditEntries/nodes").as_array().unwrap_or_else(|| panic!("{}", answer.0));
    assert_eq!(answer.at("/auditEntries/totalCount"), rows.len());
    rows.iter().map(|row| row["action"].as_str().unwrap().to_owned()).collect()
}

/// A day of changes: an hour between each.
async fn day(app: &TestApp) {
    let person = ids::encode(app.human("赵示例远").person).to_string();
    let update = json!({ "person": person, "version": 1, "employer": "甲" });
    done(app, "secretary", "personUpdate", "person { id }", update).await;
    app.clock.advance(3_600);
    let rename = json!({ "organization": app.organization_id("grid1"), "version": 1, "name": "虹东一支部" });
    done(app, "organizer-chongchuan", "organizationUpdate", "organization { id }", rename).await;
    app.clock.advance(3_600);
    let look = json!({ "person": person, "field": "PHONE", "reason": "CARE" });
    done(app, "organizer-chongchuan", "personUnmask", "value", look).await;
    app.clock.advance(3_600);
    let disable =
        json!({ "account": ids::encode(app.account("inspector")).to_string(), "reason": "离岗", "version": 1 });
    done(app, "admin", "accountDisable", "account { id }", disable).await;
}

#[tokio::test]
async fn each_filter_narrows_the_trail() {
    let app = TestApp::start().await;
    day(&app).await;
    let all = ["accountDisable", "personUnmask", "organizationUpdate", "personUpdate"];
    assert_eq!(seen(&app, "admin", json!({})).await, all);
    let person = ids::encode(app.human("赵示例远").person).to_string();
    let grid1 = app.organization_id("grid1");
    let account = |name: &str| ids::encode(app.account(name)).to_string();
    let table = [
        (json!({ "actor": "secretary" }), vec!["personUpdate"]),
        (json!({ "actor": "nobody" }), vec![]),
        (json!({ "actor": "no such name" }), vec![]),
        (json!({ "account": account("organizer-chongchuan") }), vec!["personUnmask", "organizationUpdate"]),
        (json!({ "account": account("organizer-chongchuan"), "actor": "secretary" }), vec![]),
        (json!({ "action": ["personUpdate", "accountDisable"] }), vec!["accountDisable", "personUpdate"]),
        (json!({ "action": [] }), vec![]),
        (json!({ "object": grid1 }), vec!["personUnmask", "organizationUpdate", "personUpdate"]),
        (json!({ "object": account("inspector") }), vec!["accountDisable"]),
        (json!({ "object": "" }), vec![]),
        (json!({ "object": ids::encode(entity::MemberId(app.human("赵示例远").person.0)).to_string() }), vec![]),
        (
            json!({ "organization": app.organization_id("hongdong") }),
            vec!["personUnmask", "organizationUpdate", "personUpdate"],
        ),
        (json!({ "organization": app.organization_id("rugao") }), vec![]),
        (json!({ "from": "2026-09-09T10:00:00Z" }), vec!["accountDisable", "personUnmask"]),
        (json!({ "until": "2026-09-09T10:00:00Z" }), vec!["organizationUpdate", "personUpdate"]),
        (json!({ "from": "2026-09-09T09:00:00Z", "until": "2026-09-09T10:00:00Z" }), vec!["organizationUpdate"]),
    ];
    for (filter, expected) in table {
        assert_eq!(seen(&app, "admin", filter.clone()).await, expected, "{filter}");
    }
    let about = json!({ "object": person });
    assert_eq!(seen(&app, "secretary", about.clone()).await, ["personUnmask", "personUpdate"]);
    // An administrator reads no persons, but the rows that name one.
    assert_eq!(seen(&app, "admin", about).await, ["personUnmask", "personUpdate"]);
}

#[tokio::test]
async fn a_row_tells_the_request_and_what_was_before_and_after_in_names() {
    let app = TestApp::start().await;
    let rename = json!({ "organization": app.organization_id("grid1"), "version": 1, "name": "虹东一支部" });
    done(&app, "secretary", "organizationUpdate", "organization { id }", rename).await;
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap().clone();
    let organizer = &roles.iter().find(|role| role["code"] == "organizer").unwrap()["id"];
    let grant = json!({ "account": ids::encode(app.account("nobody")).to_string(), "role": organizer,
        "scope": "SUBTREE", "organization": app.organization_id("rugao"), "from": "2026-09-09", "reason": "到任" });
    app.clock.advance(1);
    let made = done(&app, "admin", "roleGrant", "grant { id }", grant).await;
    let end = json!({ "grant": made.at("/roleGrant/grant/id"), "until": "2026-09-09", "reason": "离任" });
    app.clock.advance(1);
    done(&app, "admin", "roleGrantEnd", "grant { id }", end).await;
    let disable = json!({ "account": ids::encode(app.account("member")).to_string(), "reason": "离岗", "version": 1 });
    app.clock.advance(1);
    done(&app, "admin", "accountDisable", "account { id }", disable).await;
    let document =
        "{ auditEntries { nodes { action actor requestId objectLabel reason changes { field before after } } } }";
    let answer = app.run("admin", document, json!({})).await;
    let rows = answer.at("/auditEntries/nodes");
    let change = |field: &str, before: Value, after: Value| json!({ "field": field, "before": before, "after": after });
    assert_eq!(
        rows[3],
        json!({ "action": "organizationUpdate", "actor": "secretary", "requestId": "test-request",
            "objectLabel": "虹东一支部", "reason": null,
            "changes": [change("name", json!("虹东社区第一网格党支部"), json!("虹东一支部")),
                change("sortKey", json!("hong dong she qu di yi wang ge dang zhi bu"), json!("hong dong yi zhi bu"))] })
    );
    assert_eq!(rows[2]["objectLabel"], "nobody");
    assert_eq!(
        rows[2]["changes"],
        json!([
            change("account", Value::Null, json!("nobody")),
            change("confirmed", Value::Null, json!("false")),
            change("from", Value::Null, json!("2026-09-09")),
            change("organization", Value::Null, json!("中共如皋市委")),
            change("reason", Value::Null, json!("到任")),
            change("role", Value::Null, json!("Organizer")),
            change("scope", Value::Null, json!("SUBTREE")),
        ])
    );
    assert_eq!((&rows[1]["objectLabel"], &rows[1]["action"]), (&json!("nobody"), &json!("roleGrantEnd")));
    // The account belongs to a person whom an administrator may not read; the account is his business.
    assert_eq!(rows[0]["objectLabel"], "member");
    assert_eq!(rows[0]["changes"], json!([change("status", json!("ACTIVE"), json!("DISABLED"))]));
}

/// Filters by an id, each with the kind of id that it takes.
const QUESTIONS: &[(&str, &str)] = &[
    ("organization", "query($id: ID!) { auditEntries(filter: { organization: $id }) { totalCount nodes { id } pageInfo { endCursor } } }"),
    ("organization", "query($id: ID!) { auditEntries(filter: { object: $id }) { totalCount nodes { id } } }"),
    ("organization", "query($id: ID!) { organizations(filter: { under: $id }) { totalCount nodes { id } pageInfo { endCursor } } }"),
    ("organization", "query($id: ID!) { organizationTree(root: $id) { hasMore rows { id } } }"),
    ("organization", "query($id: ID!) { members(filter: { organization: $id }) { totalCount nodes { id } } }"),
    ("organization", "query($id: ID!) { obligations(filter: { organization: $id }) { totalCount nodes { id } } }"),
    ("organization", "query($id: ID!, $own: ID!) { organization(id: $own) { members(filter: { organization: $id }) { totalCount nodes { id } }
        children(filter: { under: $id }) { totalCount nodes { id } } } }"),
    ("organization", "query($id: ID!, $own: ID!) { organization(id: $own) { members(includeDescendants: false, filter: { organization: $id }) { totalCount } } }"),
    ("account", "query($id: ID!) { auditEntries(filter: { account: $id }) { totalCount nodes { id } } }"),
    ("account", "query($id: ID!) { auditEntries(filter: { object: $id }) { totalCount nodes { id } } }"),
    ("person", "query($id: ID!) { auditEntries(filter: { object: $id }) { totalCount nodes { id } } }"),
    ("member", "query($id: ID!) { auditEntries(filter: { object: $id }) { totalCount nodes { id } } }"),
];

#[tokio::test]
async fn a_hidden_id_in_a_filter_finds_as_much_as_one_that_never_was() {
    let app = TestApp::start().await;
    day(&app).await;
    let elsewhere =
        json!({ "person": ids::encode(app.human("吴示例泰").person).to_string(), "version": 1, "employer": "乙" });
    done(&app, "organizer-rugao", "personUpdate", "person { id }", elsewhere).await;
    let never = Uuid::from_u128(77);
    let hidden = |kind: &str| -> (Vec<String>, String) {
        let text = |id: async_graphql::ID| id.to_string();
        match kind {
            // What lies above the own place, and what lies elsewhere.
            "organization" => (
                ["city", "chongchuan", "hongqiao", "hongdong", "grid2", "rugao"]
                    .map(|short| app.organization_id(short))
                    .into(),
                text(ids::encode(entity::OrganizationId(never))),
            ),
            // Each of them has acted in the own place, or is an object of the trail.
            "account" => (
                ["organizer-chongchuan", "inspector", "admin"].map(|name| text(ids::encode(app.account(name)))).into(),
                text(ids::encode(entity::AccountId(never))),
            ),
            "person" => {
                (vec![text(ids::encode(app.human("吴示例泰").person))], text(ids::encode(entity::PersonId(never))))
            }
            _ => (vec![text(ids::encode(app.human("吴示例泰").member))], text(ids::encode(entity::MemberId(never)))),
        }
    };
    let own = app.organization_id("grid1");
    for (kind, question) in QUESTIONS {
        let (ids, never) = hidden(kind);
        let ask = |id: &str| app.statements(app.run("secretary", question, json!({ "id": id, "own": own })));
        let missing = ask(&never).await;
        assert_eq!(missing.0.codes(), Vec::<&str>::new(), "{question}: {}", missing.0.0);
        for id in ids {
            assert_eq!(ask(&id).await, missing, "{question}");
        }
    }
    // The same questions by the own ids find something, so that the answers above mean something.
    let found = app.run("secretary", QUESTIONS[0].1, json!({ "id": own })).await;
    assert_eq!(found.at("/auditEntries/totalCount"), 3);
}

#[tokio::test]
async fn an_organization_that_may_be_read_narrows_to_the_part_where_the_right_of_the_list_is_held() {
    let app = TestApp::start().await;
    day(&app).await;
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap().clone();
    let reader = &roles.iter().find(|role| role["code"] == "alliance_coordinator").unwrap()["id"];
    let grant = json!({ "account": ids::encode(app.account("secretary")).to_string(), "role": reader,
        "scope": "SUBTREE", "organization": app.organization_id("chongchuan"), "from": "2026-09-09", "reason": "联络" });
    done(&app, "admin", "roleGrant", "grant { id }", grant).await;
    let counts = "query($id: ID!) { auditEntries(filter: { organization: $id }) { totalCount }
        members(filter: { organization: $id }) { totalCount } organizations(filter: { under: $id }) { totalCount } }";
    let answer = app.run("secretary", counts, json!({ "id": app.organization_id("chongchuan") })).await;
    assert_eq!(answer.at("/auditEntries/totalCount"), 3);
    assert_eq!(answer.at("/members/totalCount"), 7);
    assert_eq!(answer.at("/organizations/totalCount"), 7);
}
