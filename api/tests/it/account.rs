//! Accounts: who sees which, opening, disabling, passwords.
use jianghai::{
    graphql::ids,
    testing::{PASSWORD, TestApp},
};
use serde_json::{Value, json};

fn id(app: &TestApp, name: &str) -> String {
    ids::encode(app.account(name)).to_string()
}

async fn names(app: &TestApp, viewer: &str) -> Vec<String> {
    let answer = app.run(viewer, "{ accounts(first: 100) { nodes { name } totalCount } }", json!({})).await;
    let nodes = answer.at("/accounts/nodes").as_array().unwrap().clone();
    assert_eq!(answer.at("/accounts/totalCount"), nodes.len());
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

/// Lets an organizer of Chongchuan read accounts as well, by a role of his own.
async fn account_reader(app: &TestApp, name: &str, permissions: &[&str], place: &str) {
    use sea_orm::ConnectionTrait;
    let conn = app.app.db.write();
    let role = app.app.ambient.uuid();
    let hex = |uuid: uuid::Uuid| match app.app.db.engine() {
        jianghai::db::Engine::Sqlite => format!("x'{}'", uuid.simple()),
        jianghai::db::Engine::Postgres => format!("'{uuid}'"),
    };
    let (role, account, organization) = (hex(role), hex(app.account(name).0), hex(app.organization(place).0));
    let flag = |on: bool| if on { "TRUE" } else { "FALSE" };
    let mut statements = vec![format!(
        "INSERT INTO role (id, code, name, name_en, workbench, template, version)
         VALUES ({role}, '{name}-{place}', 'x', 'x', 'ORGANIZER', FALSE, 1)"
    )];
    for permission in permissions {
        let (code, passes) = permission.strip_prefix('+').map_or((*permission, false), |code| (code, true));
        statements.push(format!(
            "INSERT INTO role_permission (role_id, permission, uses, passes_on) VALUES ({role}, '{code}', TRUE, {})",
            flag(passes)
        ));
    }
    let grant = hex(app.app.ambient.uuid());
    statements.push(format!(
        "INSERT INTO role_grant (id, account_id, role_id, scope, organization_id, \"from\", reason, created_at, confirmed_at)
         VALUES ({grant}, {account}, {role}, 'SUBTREE', {organization}, '2026-01-01', 'test', 0, 0)"
    ));
    statements.push("UPDATE epoch SET n = n + 1 WHERE name = 'authority'".to_owned());
    for statement in statements {
        conn.execute_unprepared(&statement).await.unwrap();
    }
    app.app.refresh_authority().await.unwrap();
}

#[tokio::test]
async fn an_account_is_seen_by_its_owner_and_where_it_may_do_something() {
    let app = TestApp::start().await;
    assert_eq!(names(&app, "secretary").await, ["secretary"]);
    assert_eq!(names(&app, "nobody").await, ["nobody"]);
    assert_eq!(names(&app, "admin").await.len(), app.city.accounts.len());
    account_reader(&app, "organizer-chongchuan", &["account:read"], "chongchuan").await;
    // The member has no grant on an organization, but his person is at home there.
    let seen = ["member", "organizer-chongchuan", "secretary", "secretary-grid2"];
    assert_eq!(names(&app, "organizer-chongchuan").await, seen);
    for (name, visible) in [("secretary", true), ("organizer-rugao", false), ("admin", false), ("expired", false)] {
        let query = format!("{{ account(id: \"{}\") {{ name }} }}", id(&app, name));
        let answer = app.run("organizer-chongchuan", &query, json!({})).await;
        assert_eq!(answer.at("/account") != &Value::Null, visible, "{name}");
        assert_eq!(answer.codes(), Vec::<&str>::new());
    }
}

#[tokio::test]
async fn the_viewer_knows_what_opens_to_him() {
    let app = TestApp::start().await;
    let query = "{ viewer { account { name kind person { name } } person { name } grants { role { code } scope organization { name } } workbenches
        organizations { name } permissions today } }";
    let answer = app.run("secretary", query, json!({})).await;
    assert_eq!(
        answer.at("/viewer/account"),
        &json!({ "name": "secretary", "kind": "PERSON", "person": { "name": "王示例安" } })
    );
    assert_eq!(answer.at("/viewer/person/name"), "王示例安");
    assert_eq!(answer.at("/viewer/workbenches"), &json!(["SECRETARY", "MEMBER"]));
    assert_eq!(answer.at("/viewer/organizations"), &json!([{ "name": "虹东社区第一网格党支部" }]));
    assert_eq!(answer.at("/viewer/today"), "2026-09-09");
    let roles: Vec<&Value> =
        answer.at("/viewer/grants").as_array().unwrap().iter().map(|grant| &grant["role"]["code"]).collect();
    assert_eq!(roles, ["secretary", "member"]);
    assert!(answer.at("/viewer/permissions").as_array().unwrap().contains(&json!("PERSON_READ")));
    assert!(!answer.at("/viewer/permissions").as_array().unwrap().contains(&json!("GRANT_CREATE")));
}

#[tokio::test]
async fn an_account_is_opened_for_a_person_and_its_name_is_taken() {
    let app = TestApp::start().await;
    let person = ids::encode(app.human("张示例和").person).to_string();
    let input = json!({ "name": " Zhang.He ", "kind": "PERSON", "person": person, "password": "a good long password" });
    let answer = app.mutate("admin", "accountCreate", "account { name status }", input.clone()).await;
    assert_eq!(answer.user_errors("accountCreate"), Vec::<String>::new(), "{}", answer.0);
    assert_eq!(answer.at("/accountCreate/account"), &json!({ "name": "zhang.he", "status": "ACTIVE" }));
    let mut other_name = input;
    other_name["name"] = json!("zhang.other");
    let service = |name: &str, password: &str| json!({ "name": name, "kind": "SERVICE", "password": password });
    for (input, errors) in [
        (other_name, vec!["person DUPLICATE"]),
        (service("zhang.he", "a good long password"), vec!["name DUPLICATE"]),
        (service("", "a good long password"), vec!["name REQUIRED"]),
        (service("a b", "a good long password"), vec!["name INVALID"]),
        (service(&"x".repeat(41), "a good long password"), vec!["name TOO_LONG"]),
        (service("other", "short"), vec!["password WEAK_PASSWORD"]),
    ] {
        let answer = app.mutate("admin", "accountCreate", "account { id }", input.clone()).await;
        assert_eq!(answer.user_errors("accountCreate"), errors, "{input}");
    }
}

#[tokio::test]
async fn nobody_disables_himself_or_the_last_administrator() {
    let app = TestApp::start().await;
    let disable = |name: &str, version: i32| json!({ "account": id(&app, name), "reason": "测试", "version": version });
    let errors = |answer: &jianghai::testing::Answer| answer.user_errors("accountDisable");
    let own = app.mutate("admin", "accountDisable", "account { id }", disable("admin", 1)).await;
    assert_eq!(errors(&own), ["account INVALID"]);
    let other = app.mutate("admin", "accountDisable", "account { status }", disable("admin2", 1)).await;
    assert_eq!(errors(&other), Vec::<String>::new());
    assert!(app.actor("admin").is_some());
    // Somebody who may disable, but administers nothing, meets the last administrator.
    account_reader(&app, "organizer-city", &["account:read", "account:disable"], "city").await;
    let last = app.mutate("organizer-city", "accountDisable", "account { id }", disable("admin", 1)).await;
    assert_eq!(errors(&last), ["account INVALID"], "{}", last.0);
    let enabled = app.mutate("admin", "accountEnable", "account { status version }", disable("admin2", 2)).await;
    assert_eq!(enabled.at("/accountEnable/account"), &json!({ "status": "ACTIVE", "version": 3 }));
    let again = app.mutate("admin", "accountEnable", "account { id }", disable("admin2", 3)).await;
    assert_eq!(again.user_errors("accountEnable"), ["account INVALID"]);
}

#[tokio::test]
async fn who_may_disable_in_a_county_may_not_disable_those_who_act_beyond_it() {
    let app = TestApp::start().await;
    account_reader(&app, "organizer-chongchuan", &["account:read", "account:disable"], "chongchuan").await;
    account_reader(&app, "secretary", &["organization:read"], "rugao").await;
    let disable = |name: &str| json!({ "account": id(&app, name), "reason": "测试", "version": 1 });
    let beyond = app.mutate("organizer-chongchuan", "accountDisable", "account { id }", disable("secretary")).await;
    assert_eq!(beyond.codes(), ["FORBIDDEN"]);
    let within =
        app.mutate("organizer-chongchuan", "accountDisable", "account { status }", disable("secretary-grid2")).await;
    assert_eq!(within.at("/accountDisable/account/status"), "DISABLED");
    for (name, can) in [("secretary", false), ("member", false), ("organizer-chongchuan", false)] {
        let query = format!("{{ account(id: \"{}\") {{ viewerCan }} }}", id(&app, name));
        let answer = app.run("organizer-chongchuan", &query, json!({})).await;
        let listed = answer.at("/account/viewerCan").as_array().unwrap().contains(&json!("ACCOUNT_DISABLE"));
        assert_eq!(listed, can, "{name}");
    }
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one_and_guessing_is_slowed_down() {
    let app = TestApp::start().await;
    let change = |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });
    let run = |input: Value| app.mutate("member", "accountPasswordChange", "account { version }", input);
    let errors = |answer: jianghai::testing::Answer| answer.user_errors("accountPasswordChange");
    assert_eq!(errors(run(change("wrong", "a good long password")).await), ["currentPassword WRONG_PASSWORD"]);
    assert_eq!(errors(run(change(PASSWORD, "short")).await), ["newPassword WEAK_PASSWORD"]);
    let done = run(change(PASSWORD, "a good long password")).await;
    assert_eq!(done.at("/accountPasswordChange/account/version"), 2, "{}", done.0);
    assert_eq!(errors(run(change(PASSWORD, "another good password")).await), ["currentPassword WRONG_PASSWORD"]);
    let audit = app.run("admin", "{ auditEntries(filter: { action: [\"accountPasswordChange\"] }) { nodes { changes { field before after } } } }", json!({})).await;
    assert!(!audit.0.to_string().contains("argon2"), "{}", audit.0);
    for _ in 0..3 {
        run(change("wrong", "a good long password")).await;
    }
    assert_eq!(errors(run(change("a good long password", "x")).await), ["currentPassword BUDGET_EXHAUSTED"]);
}
