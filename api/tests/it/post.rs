//! Posts end to end: assigning, ending, and who sees what of them.
use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

const NONE: Vec<String> = Vec::new();

async fn assign(app: &TestApp, account: &str, name: &str, title: &str, from: &str) -> Answer {
    let input = json!({ "organization": app.organization_id("grid1"), "title": title, "from": from,
        "person": ids::encode(app.human(name).person).to_string() });
    app.mutate(
        account,
        "postAssign",
        "post { id title fullTime from until person { name } organization { name } }",
        input,
    )
    .await
}

#[tokio::test]
async fn an_organization_has_one_secretary_at_a_time() {
    let app = TestApp::start().await;
    let first = assign(&app, "secretary", "王示例安", "SECRETARY", "2026-01-01").await;
    assert_eq!(first.user_errors("postAssign"), NONE, "{}", first.0);
    let second = assign(&app, "secretary", "李示例宁", "SECRETARY", "2026-02-01").await;
    assert_eq!(second.user_errors("postAssign"), ["title DUPLICATE"]);
    let again = assign(&app, "secretary", "李示例宁", "ORGANIZATION_MEMBER", "2026-02-01").await;
    assert_eq!(again.user_errors("postAssign"), NONE);
    let twice = assign(&app, "secretary", "李示例宁", "ORGANIZATION_MEMBER", "2026-03-01").await;
    assert_eq!(twice.user_errors("postAssign"), ["from OVERLAP"]);
    let input = json!({ "post": first.at("/postAssign/post/id"), "until": "2026-06-01" });
    let ended = app.mutate("secretary", "postEnd", "post { until }", input.clone()).await;
    assert_eq!(ended.at("/postEnd/post/until"), "2026-06-01");
    assert_eq!(
        app.mutate("secretary", "postEnd", "post { until }", input).await.user_errors("postEnd"),
        ["post INVALID"]
    );
    let early = assign(&app, "secretary", "李示例宁", "SECRETARY", "2026-05-31").await;
    assert_eq!(early.user_errors("postAssign"), ["title DUPLICATE"]);
    let next = assign(&app, "secretary", "李示例宁", "SECRETARY", "2026-06-01").await;
    assert_eq!(next.user_errors("postAssign"), NONE);
    let document = "query($id: ID!, $on: Date) { organization(id: $id) { posts(on: $on) { title person { name } } } }";
    let grid1 = app.organization_id("grid1");
    let now = app.run("secretary", document, json!({ "id": grid1 })).await;
    assert_eq!(
        now.at("/organization/posts"),
        &json!([{ "title": "SECRETARY", "person": { "name": "李示例宁" } },
            { "title": "ORGANIZATION_MEMBER", "person": { "name": "李示例宁" } }])
    );
    let past = app.run("secretary", document, json!({ "id": grid1, "on": "2026-01-15" })).await;
    assert_eq!(past.at("/organization/posts/0/person/name"), "王示例安");
}

#[tokio::test]
async fn posts_are_seen_with_the_organization_and_holders_with_the_person() {
    let app = TestApp::start().await;
    assign(&app, "secretary", "李示例宁", "SECRETARY", "2026-01-01").await;
    let document = "query($id: ID!) { organization(id: $id) { posts { title person { name } } } }";
    let id = json!({ "id": app.organization_id("grid1") });
    let seen = app.run("inspector", document, id).await;
    assert_eq!(seen.at("/organization/posts"), &json!([{ "title": "SECRETARY", "person": null }]));
    let own = "query($id: ID!) { person(id: $id) { posts { title } } }";
    let id = json!({ "id": ids::encode(app.human("李示例宁").person).to_string() });
    let own = app.run("member", own, id).await;
    assert_eq!(own.at("/person/posts"), &json!([{ "title": "SECRETARY" }]));
}

#[tokio::test]
async fn a_running_post_shows_the_holder_but_not_his_membership() {
    let app = TestApp::start().await;
    let input = json!({ "organization": app.organization_id("grid1"), "title": "ORGANIZER", "from": "2026-09-01",
        "person": ids::encode(app.human("吴示例泰").person).to_string() });
    let made = app.mutate("organizer-city", "postAssign", "post { id }", input).await;
    assert_eq!(made.user_errors("postAssign"), NONE);
    let document = "query($id: ID!) { person(id: $id) { name viewerCan membership { id } posts { title } } }";
    let id = json!({ "id": ids::encode(app.human("吴示例泰").person).to_string() });
    let seen = app.run("secretary", document, id.clone()).await;
    assert_eq!(
        seen.at("/person"),
        &json!({ "name": "吴示例泰", "viewerCan": ["PERSON_READ"], "membership": null, "posts": [{ "title": "ORGANIZER" }] })
    );
    let input = json!({ "post": made.at("/postAssign/post/id"), "until": "2026-09-09" });
    app.mutate("secretary", "postEnd", "post { id }", input).await;
    assert_eq!(app.run("secretary", document, id).await.at("/person"), &Value::Null);
}

#[tokio::test]
async fn wrong_assignments_are_told_by_field() {
    let app = TestApp::start().await;
    let before = app.footprint().await;
    let later = assign(&app, "secretary", "李示例宁", "SECRETARY", "2026-09-10").await;
    assert_eq!(later.user_errors("postAssign"), ["from OUT_OF_RANGE"]);
    let hidden = assign(&app, "secretary", "吴示例泰", "SECRETARY", "2026-09-01").await;
    assert_eq!(hidden.user_errors("postAssign"), ["person NOT_FOUND"]);
    let elsewhere = assign(&app, "organizer-rugao", "吴示例泰", "SECRETARY", "2026-09-01").await;
    assert_eq!(elsewhere.user_errors("postAssign"), ["organization NOT_FOUND"]);
    assert_eq!(app.footprint().await, before);
}
