//! Affiliations end to end.
use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

const NONE: Vec<String> = Vec::new();

async fn tie(app: &TestApp, account: &str, name: &str, organization: &str, from: &str) -> Answer {
    let input = json!({ "person": ids::encode(app.human(name).person).to_string(), "kind": "COMMUNITY_REPORT_IN",
        "organization": app.organization_id(organization), "from": from });
    app.mutate(account, "affiliationCreate", "affiliation { id kind until }", input).await
}

#[tokio::test]
async fn a_tie_shows_the_person_but_not_the_membership_and_gives_no_rights() {
    let app = TestApp::start().await;
    let made = tie(&app, "organizer-city", "吴示例泰", "grid1", "2026-09-01").await;
    assert_eq!(made.user_errors("affiliationCreate"), NONE, "{}", made.0);
    let document = "query($id: ID!) { person(id: $id) { version membership { id } viewerCan affiliations { kind } } }";
    let id = ids::encode(app.human("吴示例泰").person).to_string();
    let seen = app.run("secretary", document, json!({ "id": id })).await;
    assert_eq!(
        seen.at("/person"),
        &json!({ "version": 1, "membership": null, "viewerCan": ["PERSON_READ"],
            "affiliations": [{ "kind": "COMMUNITY_REPORT_IN" }] })
    );
    let patch = json!({ "person": id, "version": 1, "employer": "x" });
    assert_eq!(app.mutate("secretary", "personUpdate", "person { id }", patch).await.codes(), ["FORBIDDEN"]);
    let members = "{ members { totalCount } }";
    assert_eq!(app.run("secretary", members, json!({})).await.at("/members/totalCount"), 7);
}

#[tokio::test]
async fn ties_of_a_kind_do_not_overlap_and_end_once() {
    let app = TestApp::start().await;
    let made = tie(&app, "organizer-city", "吴示例泰", "grid1", "2026-08-01").await;
    let again = tie(&app, "organizer-city", "吴示例泰", "grid1", "2026-09-01").await;
    assert_eq!(again.user_errors("affiliationCreate"), ["from OVERLAP"]);
    let end = |until: &str| {
        let input = json!({ "affiliation": made.at("/affiliationCreate/affiliation/id"), "until": until });
        app.mutate("secretary", "affiliationEnd", "affiliation { until }", input)
    };
    assert_eq!(end("2026-07-31").await.user_errors("affiliationEnd"), ["until OUT_OF_RANGE"]);
    assert_eq!(end("2026-09-01").await.at("/affiliationEnd/affiliation/until"), "2026-09-01");
    assert_eq!(end("2026-09-01").await.user_errors("affiliationEnd"), ["affiliation INVALID"]);
    let next = tie(&app, "organizer-city", "吴示例泰", "grid1", "2026-09-01").await;
    assert_eq!(next.user_errors("affiliationCreate"), NONE);
}

#[tokio::test]
async fn wrong_ties_are_told_by_field() {
    let app = TestApp::start().await;
    let before = app.footprint().await;
    let table = [
        ("secretary", "赵示例远", "grid1", "2026-09-01", "organization INVALID"),
        ("secretary", "吴示例泰", "grid1", "2026-09-01", "person NOT_FOUND"),
        ("secretary", "赵示例远", "grid2", "2026-09-01", "organization NOT_FOUND"),
        ("organizer-city", "赵示例远", "grid2", "2026-09-10", "from OUT_OF_RANGE"),
    ];
    for (account, name, organization, from, expected) in table {
        let answer = tie(&app, account, name, organization, from).await;
        assert_eq!(answer.user_errors("affiliationCreate"), [expected], "{name} {organization}");
    }
    assert_eq!(app.footprint().await, before);
}

#[tokio::test]
async fn an_own_tie_is_seen_even_where_its_organization_is_not() {
    let app = TestApp::start().await;
    tie(&app, "organizer-city", "李示例宁", "kz1", "2026-09-01").await;
    let document = "query($id: ID!) { person(id: $id) { affiliations { organization { name } } } }";
    let id = json!({ "id": ids::encode(app.human("李示例宁").person).to_string() });
    let own = app.run("member", document, id.clone()).await;
    assert_eq!(own.at("/person/affiliations").as_array().unwrap().len(), 1);
    let secretary = app.run("secretary", document, id).await;
    assert_eq!(secretary.at("/person/affiliations"), &Value::Array(Vec::new()));
}

#[tokio::test]
async fn who_is_tied_is_listed_by_name_and_found_whether_a_member_or_not() {
    let app = TestApp::start().await;
    let courier = json!({ "organization": app.organization_id("grid1"), "affiliation": "STATION",
        "person": { "name": "周示例行", "phone": "10000004321" } });
    let made = app.mutate("secretary", "personCreate", "person { id }", courier).await;
    assert_eq!(made.user_errors("personCreate"), NONE, "{}", made.0);
    tie(&app, "organizer-city", "吴示例泰", "grid1", "2026-09-01").await;

    let list = "query($filter: AffiliationFilter) { affiliations(filter: $filter) { totalCount
        nodes { kind organization { id } person { name membership { stage } } } } }";
    let seen = app.run("secretary", list, json!({})).await;
    let organization = app.organization_id("grid1");
    assert_eq!(
        seen.at("/affiliations"),
        &json!({ "totalCount": 2, "nodes": [
            { "kind": "COMMUNITY_REPORT_IN", "organization": { "id": organization }, "person": { "name": "吴示例泰", "membership": null } },
            { "kind": "STATION", "organization": { "id": organization }, "person": { "name": "周示例行", "membership": null } },
        ] })
    );
    let count = |filter: Value| app.run("secretary", list, json!({ "filter": filter }));
    assert_eq!(count(json!({ "text": "zslx" })).await.at("/affiliations/totalCount"), 1);
    assert_eq!(count(json!({ "kind": ["ALLIANCE"] })).await.at("/affiliations/totalCount"), 0);
    assert_eq!(count(json!({ "organization": organization })).await.at("/affiliations/totalCount"), 2);
    assert_eq!(count(json!({ "status": ["ARCHIVED"] })).await.at("/affiliations/totalCount"), 0);
    assert_eq!(app.run("organizer-rugao", list, json!({})).await.at("/affiliations/totalCount"), 0);

    let search = "{ search(text: \"示例\", first: 20) { members { person { name } } persons { name } } }";
    let found = app.run("secretary", search, json!({})).await;
    assert_eq!(found.at("/search/persons"), &json!([{ "name": "吴示例泰" }, { "name": "周示例行" }]));
    // Where the membership is read, the person is found by it alone.
    let above = app.run("organizer-city", search, json!({})).await;
    assert_eq!(above.at("/search/persons"), &json!([{ "name": "周示例行" }]));
}

#[tokio::test]
async fn an_archived_person_without_a_membership_stays_in_the_list_of_the_archived() {
    let app = TestApp::start().await;
    let courier = json!({ "organization": app.organization_id("grid1"), "affiliation": "STATION",
        "person": { "name": "周示例行" } });
    let made = app.mutate("secretary", "personCreate", "person { id }", courier).await;
    let archive = json!({ "person": made.at("/personCreate/person/id"), "version": 1, "reason": "离开" });
    let done = app.mutate("secretary", "personArchive", "person { status }", archive).await;
    assert_eq!(done.at("/personArchive/person/status"), "ARCHIVED", "{}", done.0);
    let list =
        "query($status: [RecordStatus!]) { affiliations(filter: { status: $status }) { nodes { person { name } } } }";
    let active = app.run("secretary", list, json!({})).await;
    assert_eq!(active.at("/affiliations/nodes"), &json!([]));
    let archived = app.run("secretary", list, json!({ "status": ["ARCHIVED"] })).await;
    assert_eq!(archived.at("/affiliations/nodes"), &json!([{ "person": { "name": "周示例行" } }]));
    let search = app.run("secretary", "{ search(text: \"周示例行\") { persons { name } } }", json!({})).await;
    assert_eq!(search.at("/search/persons"), &json!([]));
}
