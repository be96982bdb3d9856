//! Grants that end with a post, and with the work of an organization.
use jianghai::{graphql::ids, testing::TestApp};
use serde_json::{Value, json};

use super::{NONE, account, end, extend, give, given, grant, reads, role, wish};

const DAY: i64 = 24 * 60 * 60;

/// The second branch's secretary takes a post of it, or of another one.
async fn post(app: &TestApp, place: &str) -> Value {
    let input = json!({ "organization": app.organization_id(place), "title": "SECRETARY", "from": "2026-09-01",
        "person": ids::encode(app.human("孙示例静").person).to_string() });
    let answer = app.mutate("organizer-chongchuan", "postAssign", "post { id }", input).await;
    assert_eq!(answer.user_errors("postAssign"), NONE, "{}", answer.0);
    answer.at("/postAssign/post/id").clone()
}

async fn end_post(app: &TestApp, post: &Value, until: &str) {
    let input = json!({ "post": post, "until": until });
    let ended = app.mutate("organizer-chongchuan", "postEnd", "post { until }", input).await;
    assert_eq!(ended.user_errors("postEnd"), NONE, "{}", ended.0);
}

/// A role that carries nothing sensitive, bound to `post`.
async fn bound(app: &TestApp, post: &Value, until: Value) -> Value {
    let mut wish = wish(app, "secretary-grid2", "station_keeper", "empty", until).await;
    wish["post"] = post.clone();
    wish
}

#[tokio::test]
async fn a_grant_ends_in_the_transaction_in_which_its_post_ends() {
    let app = TestApp::start().await;
    let post = post(&app, "empty").await;
    let held = give(&app, "admin", bound(&app, &post, Value::Null).await).await;
    assert_eq!(grant(&app, "admin", &held).await["post"], json!({ "title": "SECRETARY" }));
    assert!(reads(&app, "secretary-grid2", "empty").await);
    end_post(&app, &post, "2026-09-05").await;
    assert!(!reads(&app, "secretary-grid2", "empty").await, "at once, also where the post ended some days ago");
    let ended = grant(&app, "admin", &held).await;
    assert_eq!((&ended["status"], &ended["until"]), (&json!("ENDED"), &json!("2026-09-09")));
    let action = "SELECT COUNT(*) FROM audit WHERE action = 'roleGrantEnd'";
    assert_eq!(app.number(action).await, 1, "history tells of the grant too");
}

#[tokio::test]
async fn a_post_that_ends_some_day_takes_the_grant_and_its_extension_along() {
    let app = TestApp::start().await;
    let post = post(&app, "empty").await;
    let held = give(&app, "admin", bound(&app, &post, json!("2026-09-15")).await).await;
    let later = extend(&app, "admin", &held, json!("2026-12-01")).await.at("/roleGrantExtend/grant/id").clone();
    assert_eq!(grant(&app, "admin", &later).await["post"], json!({ "title": "SECRETARY" }));
    end_post(&app, &post, "2026-09-20").await;
    assert_eq!(grant(&app, "admin", &held).await["until"], "2026-09-15");
    assert_eq!(grant(&app, "admin", &later).await["until"], "2026-09-20");
    let beyond = extend(&app, "admin", &later, json!("2026-10-01")).await;
    assert_eq!(beyond.user_errors("roleGrantExtend"), ["until OUT_OF_RANGE"]);
    assert_eq!(extend(&app, "admin", &later, Value::Null).await.user_errors("roleGrantExtend"), ["until OUT_OF_RANGE"]);
    app.clock.advance(10 * DAY);
    assert!(reads(&app, "secretary-grid2", "empty").await);
    app.clock.advance(DAY);
    assert!(!reads(&app, "secretary-grid2", "empty").await);
}

#[tokio::test]
async fn a_new_grant_ends_no_later_than_a_post_that_has_an_end() {
    let app = TestApp::start().await;
    let post = post(&app, "empty").await;
    end_post(&app, &post, "2026-10-01").await;
    let wish = bound(&app, &post, json!("2026-10-02")).await;
    let answer = app.mutate("admin", "roleGrant", "grant { id }", wish).await;
    assert_eq!(answer.user_errors("roleGrant"), ["until OUT_OF_RANGE"]);
    let held = give(&app, "admin", bound(&app, &post, Value::Null).await).await;
    assert_eq!(grant(&app, "admin", &held).await["until"], "2026-10-01");
}

#[tokio::test]
async fn only_a_running_post_of_the_holder_at_the_organization_binds() {
    let app = TestApp::start().await;
    let (there, elsewhere) = (post(&app, "empty").await, post(&app, "grid2").await);
    let refused = async |wish: Value, expected: &str| {
        let answer = app.mutate("admin", "roleGrant", "grant { id }", wish.clone()).await;
        assert_eq!(answer.user_errors("roleGrant"), [expected], "{wish}");
    };
    refused(bound(&app, &elsewhere, Value::Null).await, "post NOT_FOUND").await;
    refused(bound(&app, &json!("nonsense"), Value::Null).await, "post NOT_FOUND").await;
    let mut stranger = bound(&app, &there, Value::Null).await;
    stranger["account"] = json!(account(&app, "member"));
    refused(stranger, "post NOT_FOUND").await;
    let mut service = bound(&app, &there, Value::Null).await;
    service["account"] = json!(account(&app, "nobody"));
    refused(service, "post NOT_FOUND").await;
    let own = json!({ "account": account(&app, "secretary-grid2"), "role": role(&app, "member").await,
        "scope": "SELF", "from": "2026-09-09", "post": there, "reason": "测试" });
    refused(own, "post INVALID").await;
    let choices = "query($id: ID!) { account(id: $id) { posts { id } } }";
    let posts = async |viewer: &str| {
        let answer = app.run(viewer, choices, json!({ "id": account(&app, "secretary-grid2") })).await;
        answer.at("/account/posts").as_array().map_or(0, Vec::len)
    };
    assert_eq!((posts("admin").await, posts("secretary-grid2").await), (2, 0), "whoever may give roles there chooses");
    end_post(&app, &there, "2026-09-09").await;
    assert_eq!(posts("admin").await, 1);
    refused(bound(&app, &there, Value::Null).await, "post NOT_FOUND").await;
}

#[tokio::test]
async fn an_archived_organization_leaves_no_grant_behind_and_its_return_revives_none() {
    let app = TestApp::start().await;
    let held = given(&app, "nobody", "station_keeper", "empty", "2027-01-01").await;
    extend(&app, "admin", &held, json!("2027-06-01")).await;
    let turn = async |field: &str| {
        let (document, id) = ("query($id: ID!) { organization(id: $id) { version } }", app.organization_id("empty"));
        let seen = app.run("organizer-city", document, json!({ "id": id })).await;
        let input = json!({ "organization": id, "reason": "测试", "version": seen.at("/organization/version") });
        let answer = app.mutate("organizer-city", field, "organization { status }", input).await;
        assert_eq!(answer.user_errors(field), NONE, "{}", answer.0);
    };
    assert!(reads(&app, "nobody", "empty").await);
    turn("organizationArchive").await;
    assert!(!reads(&app, "nobody", "empty").await);
    let wish = wish(&app, "nobody", "station_keeper", "empty", Value::Null).await;
    let refused = app.mutate("admin", "roleGrant", "grant { id }", wish).await;
    assert_eq!(refused.user_errors("roleGrant"), ["organization ARCHIVED"]);
    turn("organizationRestore").await;
    assert!(!reads(&app, "nobody", "empty").await, "whoever restores gives nobody anything");
    app.clock.advance(200 * DAY);
    assert!(!reads(&app, "nobody", "empty").await);
    assert_eq!(end(&app, "admin", &held, "2027-05-01").await, ["grant INVALID"]);
}

#[tokio::test]
async fn an_administrator_bound_to_a_post_is_not_the_one_who_stays() {
    let app = TestApp::start().await;
    let input = json!({ "organization": app.organization_id("city"), "title": "ORGANIZER", "from": "2026-09-01",
        "person": ids::encode(app.human("孙示例静").person).to_string() });
    let post = app.mutate("organizer-city", "postAssign", "post { id }", input).await.at("/postAssign/post/id").clone();
    let mut wish = wish(&app, "secretary-grid2", "administrator", "city", Value::Null).await;
    wish["post"] = post;
    let held = give(&app, "admin", wish).await;
    app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": held })).await;
    let of = async |name: &str| {
        let answer = app.run(name, "{ viewer { grants { id } } }", json!({})).await;
        answer.at("/viewer/grants/0/id").clone()
    };
    assert_eq!(end(&app, "admin", &of("admin2").await, "2026-09-09").await, NONE);
    assert_eq!(end(&app, "admin", &of("admin").await, "2026-09-09").await, ["grant INVALID"]);
}
