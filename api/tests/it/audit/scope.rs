//! Nobody sees history from outside his scope, or from before the object came into it.
use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

const NONE: Vec<String> = Vec::new();

/// Does it, and lets a second pass, since history is in the order of time.
async fn done(app: &TestApp, account: &str, field: &str, selection: &str, input: Value) -> Answer {
    app.clock.advance(1);
    let answer = app.mutate(account, field, selection, input).await;
    assert_eq!((answer.user_errors(field), answer.codes()), (NONE, Vec::new()), "{field}: {}", answer.0);
    answer
}

/// The actions that `account` sees with `filter`; list and count agree.
async fn seen(app: &TestApp, account: &str, filter: Value) -> Vec<String> {
    let document = "query($filter: AuditFilter) { auditEntries(filter: $filter) { totalCount nodes { action } } }";
    let answer = app.run(account, document, json!({ "filter": filter })).await;
    let actions = actions(answer.at("/auditEntries/nodes"));
    assert_eq!(answer.at("/auditEntries/totalCount"), actions.len(), "{}", answer.0);
    actions
}

fn actions(rows: &Value) -> Vec<String> {
    let rows = rows.as_array().map_or(&[][..], Vec::as_slice);
    rows.iter().map(|row| row["action"].as_str().unwrap().to_owned()).collect()
}

/// Ids of all rows, as somebody who sees everything reads them.
async fn ids_of(app: &TestApp, action: &str) -> Vec<Value> {
    let document = "query($action: [String!]) { auditEntries(filter: { action: $action }) { nodes { id } } }";
    let answer = app.run("organizer-city", document, json!({ "action": [action] })).await;
    answer.at("/auditEntries/nodes").as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
}

/// How the row `id` answers `account` by `node` and by `nodes`.
async fn fetched(app: &TestApp, account: &str, id: &Value) -> (bool, bool) {
    let document = "query($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } }";
    let answer = app.run(account, document, json!({ "id": id, "ids": [id] })).await;
    (!answer.at("/node").is_null(), !answer.at("/nodes/0").is_null())
}

/// 李示例宁 of the first grid, changed there, transferred to the second one, and changed there again.
async fn transferred(app: &TestApp) -> (String, String) {
    let person = ids::encode(app.human("李示例宁").person).to_string();
    let member = ids::encode(app.human("李示例宁").member).to_string();
    done(
        app,
        "secretary",
        "personUpdate",
        "person { id }",
        json!({ "person": person, "version": 1, "employer": "甲" }),
    )
    .await;
    let to = json!({ "member": member, "to": app.organization_id("grid2"), "effectiveOn": "2026-09-09",
        "reason": "搬迁", "version": 1 });
    done(app, "organizer-chongchuan", "memberTransfer", "member { id }", to).await;
    let again = json!({ "person": person, "version": 2, "employer": "乙" });
    done(app, "secretary-grid2", "personUpdate", "person { id }", again).await;
    (person, member)
}

#[tokio::test]
async fn after_a_transfer_the_new_secretary_sees_nothing_of_the_old_time_in_any_way() {
    let app = TestApp::start().await;
    let (person, member) = transferred(&app).await;
    let since = ["personUpdate", "memberTransfer"];
    assert_eq!(seen(&app, "secretary-grid2", json!({})).await, since);
    assert_eq!(seen(&app, "secretary-grid2", json!({ "object": person })).await, since);
    assert_eq!(seen(&app, "secretary-grid2", json!({ "object": member })).await, ["memberTransfer"]);
    assert_eq!(seen(&app, "secretary-grid2", json!({ "actor": "secretary" })).await, NONE);
    assert_eq!(seen(&app, "secretary-grid2", json!({ "organization": app.organization_id("grid1") })).await, NONE);
    let history = "query($id: ID!) { person(id: $id) { history(first: 50) { action } } }";
    let answer = app.run("secretary-grid2", history, json!({ "id": person })).await;
    assert_eq!(actions(answer.at("/person/history")), since);
    let [new, old] = &ids_of(&app, "personUpdate").await[..] else { panic!("two changes of the person") };
    assert_eq!(fetched(&app, "secretary-grid2", new).await, (true, true));
    assert_eq!(fetched(&app, "secretary-grid2", old).await, (false, false));
}

#[tokio::test]
async fn after_a_transfer_the_old_secretary_keeps_what_happened_at_home_and_no_more() {
    let app = TestApp::start().await;
    let (person, member) = transferred(&app).await;
    assert_eq!(seen(&app, "secretary", json!({})).await, ["personUpdate"]);
    // The row names the person, whom he cannot read any more; what belongs to the person is not told.
    assert_eq!(seen(&app, "secretary", json!({ "object": person })).await, ["personUpdate"]);
    assert_eq!(seen(&app, "secretary", json!({ "object": member })).await, NONE);
    let [new, old] = &ids_of(&app, "personUpdate").await[..] else { panic!("two changes of the person") };
    assert_eq!(fetched(&app, "secretary", old).await, (true, true));
    assert_eq!(fetched(&app, "secretary", new).await, (false, false));
    let all = ["personUpdate", "memberTransfer", "personUpdate"];
    assert_eq!(seen(&app, "organizer-chongchuan", json!({ "object": person })).await, all);
}

/// 康庄村第一党支部, changed below 如皋, then moved below 虹东社区 in 崇川, and changed there again.
async fn moved(app: &TestApp) -> String {
    let branch = app.organization_id("kz1");
    let rename = |version: i32, name: &str| json!({ "organization": branch, "version": version, "name": name });
    done(app, "organizer-rugao", "organizationUpdate", "organization { id }", rename(1, "康庄村一支部")).await;
    let applicant = json!({ "organization": branch, "appliedOn": "2026-09-01", "person": { "name": "钱示例新" } });
    done(app, "organizer-rugao", "memberCreate", "member { id }", applicant).await;
    app.clock.advance(60);
    let to = json!({ "organization": branch, "to": app.organization_id("hongdong"), "effectiveOn": "2026-09-09",
        "reason": "调整", "version": 2 });
    done(app, "organizer-city", "organizationMove", "organization { id }", to).await;
    app.clock.advance(60);
    done(app, "organizer-chongchuan", "organizationUpdate", "organization { id }", rename(3, "虹东社区三支部")).await;
    branch
}

#[tokio::test]
async fn an_organization_that_comes_into_a_subtree_leaves_its_history_behind() {
    let app = TestApp::start().await;
    let branch = moved(&app).await;
    let since = ["organizationUpdate", "organizationMove"];
    for filter in [
        json!({}),
        json!({ "organization": branch }),
        json!({ "organization": app.organization_id("hongdong") }),
        json!({ "organization": app.organization_id("chongchuan") }),
        json!({ "object": branch }),
    ] {
        assert_eq!(seen(&app, "organizer-chongchuan", filter.clone()).await, since, "{filter}");
    }
    let history = "query($id: ID!) { organization(id: $id) { history(first: 50) { action } } }";
    let answer = app.run("organizer-chongchuan", history, json!({ "id": branch })).await;
    assert_eq!(actions(answer.at("/organization/history")), since);
    let old = &ids_of(&app, "memberCreate").await[0];
    assert_eq!(fetched(&app, "organizer-chongchuan", old).await, (false, false));
    assert_eq!(fetched(&app, "organizer-city", old).await, (true, true));
    assert_eq!(seen(&app, "organizer-rugao", json!({})).await, NONE);
    let all = ["organizationUpdate", "organizationMove", "memberCreate", "organizationUpdate"];
    assert_eq!(seen(&app, "organizer-city", json!({ "organization": branch })).await, all);
}

#[tokio::test]
async fn a_move_inside_a_subtree_hides_nothing_from_those_above_both_places() {
    let app = TestApp::start().await;
    moved(&app).await;
    app.clock.advance(60);
    let branch = app.organization_id("kz1");
    let to = json!({ "organization": branch, "to": app.organization_id("hongqiao"), "effectiveOn": "2026-09-09",
        "reason": "调整", "version": 4 });
    done(&app, "organizer-chongchuan", "organizationMove", "organization { id }", to).await;
    let since = ["organizationMove", "organizationUpdate", "organizationMove"];
    assert_eq!(seen(&app, "organizer-chongchuan", json!({})).await, since);
    assert_eq!(seen(&app, "organizer-chongchuan", json!({ "organization": branch })).await, since);
    let depth = "SELECT CAST(MAX(depth) AS BIGINT) FROM organization_closure";
    assert_eq!(app.number(depth).await, 5);
}

#[tokio::test]
async fn a_second_grant_on_the_organization_itself_opens_its_whole_history() {
    let app = TestApp::start().await;
    let branch = moved(&app).await;
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap().clone();
    let inspector = roles.iter().find(|role| role["code"] == "inspector").unwrap();
    let account = ids::encode(app.account("organizer-chongchuan")).to_string();
    let grant = json!({ "account": account, "role": inspector["id"], "scope": "SUBTREE", "organization": branch,
        "from": "2026-09-09", "reason": "督查" });
    let given = done(&app, "admin", "roleGrant", "grant { id }", grant).await;
    let confirm = json!({ "grant": given.at("/roleGrant/grant/id") });
    done(&app, "admin2", "roleGrantConfirm", "grant { id }", confirm).await;
    let all = ["organizationUpdate", "organizationMove", "memberCreate", "organizationUpdate"];
    let rows = seen(&app, "organizer-chongchuan", json!({ "organization": branch })).await;
    assert_eq!(rows.into_iter().filter(|action| !action.starts_with("roleGrant")).collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn rows_of_no_organization_and_the_root_are_for_those_who_see_everything() {
    let app = TestApp::start().await;
    let report = json!({ "page": "/", "text": "a problem" });
    done(&app, "secretary", "problemReport", "report { id }", report).await;
    app.replica(7).await.seal().await.unwrap();
    let root = "{ auditRoot { position count hash at } }";
    for account in ["organizer-chongchuan", "secretary", "member", "nobody", "expired"] {
        assert_eq!(seen(&app, account, json!({})).await, NONE, "{account}");
        let answer = app.run(account, root, json!({})).await;
        assert_eq!((answer.at("/auditRoot"), answer.codes()), (&Value::Null, Vec::new()), "{account}");
    }
    for account in ["admin", "inspector", "organizer-city"] {
        assert_eq!(seen(&app, account, json!({})).await, ["problemReport"], "{account}");
        let answer = app.run(account, root, json!({})).await;
        assert_eq!(answer.at("/auditRoot/position"), 1, "{account}");
        assert_eq!(answer.at("/auditRoot/count"), 1);
        assert_eq!(answer.at("/auditRoot/hash").as_str().map(str::len), Some(64));
        assert_eq!(answer.at("/auditRoot/at"), "2026-09-09T08:00:01Z");
    }
}
