//! Designing roles: what may be made of them by whom, and what becomes of those who have them.
use jianghai::{graphql::ids, testing::TestApp};
use serde_json::{Value, json};

pub async fn role(app: &TestApp, code: &str) -> Value {
    let found = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = found.at("/roles").as_array().unwrap();
    roles.iter().find(|role| role["code"] == code).unwrap()["id"].clone()
}

fn account(app: &TestApp, name: &str) -> String {
    ids::encode(app.account(name)).to_string()
}

/// A role of two harmless permissions, made by `admin`.
pub async fn reader(app: &TestApp) -> Value {
    let input = json!({ "name": "看人", "nameEn": "Reader", "workbench": "ORGANIZER",
        "permissions": ["ORGANIZATION_READ", "PERSON_READ"], "passOn": [] });
    let made = app.mutate("admin", "roleCreate", "role { id }", input).await;
    assert_eq!(made.user_errors("roleCreate"), Vec::<String>::new(), "{}", made.0);
    made.at("/roleCreate/role/id").clone()
}

/// Gives `role` to `to` on `place`, with a second holder where one is needed.
async fn give(app: &TestApp, to: &str, role: &Value, place: &str, until: Option<&str>) -> Value {
    let input = json!({ "account": account(app, to), "role": role, "scope": "SUBTREE", "until": until,
        "organization": app.organization_id(place), "from": "2026-09-09", "reason": "测试" });
    let given = app.mutate("admin", "roleGrant", "grant { id waiting }", input).await;
    assert_eq!(given.user_errors("roleGrant"), Vec::<String>::new(), "{}", given.0);
    let grant = given.at("/roleGrant/grant").clone();
    if grant["waiting"] == true {
        let confirmed = app.mutate("admin2", "roleGrantConfirm", "grant { id }", json!({ "grant": grant["id"] })).await;
        assert_eq!(confirmed.user_errors("roleGrantConfirm"), Vec::<String>::new(), "{}", confirmed.0);
    }
    grant["id"].clone()
}

async fn create(app: &TestApp, by: &str, input: Value) -> Vec<String> {
    app.mutate(by, "roleCreate", "role { id }", input).await.user_errors("roleCreate")
}

/// Changes `role` in its current version.
async fn update(app: &TestApp, by: &str, role: &Value, mut input: Value) -> Vec<String> {
    let seen =
        app.run("admin", "query($id: ID!) { node(id: $id) { ... on Role { version } } }", json!({ "id": role })).await;
    input["role"] = role.clone();
    input["version"] = seen.at("/node/version").clone();
    app.mutate(by, "roleUpdate", "role { id }", input).await.user_errors("roleUpdate")
}

#[tokio::test]
async fn a_template_is_copied_and_never_changed() {
    let app = TestApp::start().await;
    let secretary = role(&app, "secretary").await;
    assert_eq!(update(&app, "admin", &secretary, json!({ "name": "书记" })).await, ["role INVALID"]);
    let seen = json!({ "role": secretary, "version": 1 });
    let archived = app.mutate("admin", "roleArchive", "role { id }", seen).await;
    assert_eq!(archived.user_errors("roleArchive"), ["role INVALID"]);

    let selection =
        "role { id code name sentence words { name nameEn sentence } template archived workbench permissions
        passOn holderCount viewerCan version }";
    let copy = json!({ "from": secretary, "name": " 副书记 ", "permissions": ["PERSON_READ", "ORGANIZATION_READ"] });
    let copied = app.mutate("admin", "roleCreate", selection, copy.clone()).await.at("/roleCreate/role").clone();
    assert_eq!(copied["words"]["name"], "副书记");
    assert_eq!(copied["words"]["nameEn"], "副书记", "without a name in English it is called the same there");
    assert_eq!(
        (&copied["template"], &copied["archived"], &copied["version"]),
        (&json!(false), &json!(false), &json!(1))
    );
    assert_eq!((&copied["workbench"], &copied["passOn"]), (&json!("SECRETARY"), &json!([])));
    assert_eq!(copied["permissions"], json!(["ORGANIZATION_READ", "PERSON_READ"]));
    assert_eq!(copied["sentence"], "Runs an organization: its people, its posts and what is due.");
    assert_eq!((&copied["holderCount"], &copied["viewerCan"]), (&json!(0), &json!(["ROLE_EDIT"])));
    assert_eq!(create(&app, "admin", copy).await, ["name DUPLICATE"]);
    let template = app
        .run(
            "admin",
            "query($id: ID!) { node(id: $id) { ... on Role { viewerCan holderCount } } }",
            json!({ "id": secretary }),
        )
        .await;
    assert_eq!(template.at("/node"), &json!({ "viewerCan": [], "holderCount": 2 }));
}

#[tokio::test]
async fn what_is_wrong_with_a_role_is_named() {
    let app = TestApp::start().await;
    let good = json!({ "name": "看人", "workbench": "ORGANIZER", "permissions": ["PERSON_READ"], "passOn": [] });
    let with = |key: &str, value: Value| {
        let mut input = good.clone();
        input[key] = value;
        input
    };
    for (input, expected) in [
        (with("name", json!(" ")), "name REQUIRED"),
        (with("name", json!("长".repeat(41))), "name TOO_LONG"),
        (with("name", json!("党组织书记")), "name DUPLICATE"),
        (with("nameEn", json!("x".repeat(41))), "nameEn TOO_LONG"),
        (with("nameEn", json!("Inspector")), "nameEn DUPLICATE"),
        (with("sentence", json!("长".repeat(201))), "sentence TOO_LONG"),
        (with("sentenceEn", json!("x".repeat(201))), "sentenceEn TOO_LONG"),
        (with("workbench", Value::Null), "workbench REQUIRED"),
        (with("permissions", json!([])), "permissions REQUIRED"),
        (with("from", json!(account(&app, "admin"))), "from NOT_FOUND"),
    ] {
        assert_eq!(create(&app, "admin", input.clone()).await, [expected], "{input}");
    }
    let unknown = app.mutate("admin", "roleCreate", "role { id }", with("permissions", json!(["PERSON_FLY"]))).await;
    assert!(!unknown.codes().is_empty(), "a permission that is not in the catalogue is no permission: {}", unknown.0);
    assert_eq!(create(&app, "admin", good).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_right_taken_from_a_role_vanishes_at_once_and_the_role_is_archived_when_nobody_has_it() {
    let app = TestApp::start().await;
    let role = reader(&app).await;
    let grant = give(&app, "nobody", &role, "rugao", None).await;
    let question = format!(
        "{{ organization(id: \"{}\") {{ name }} person(id: \"{}\") {{ name }} }}",
        app.organization_id("kz1"),
        ids::encode(app.human("吴示例泰").person).as_str()
    );
    let seen = app.run("nobody", &question, json!({})).await;
    assert_eq!(
        (seen.at("/organization/name"), seen.at("/person/name")),
        (&json!("康庄村第一党支部"), &json!("吴示例泰"))
    );
    assert_eq!(
        update(&app, "admin2", &role, json!({ "permissions": ["ORGANIZATION_READ"] })).await,
        Vec::<String>::new()
    );
    let seen = app.run("nobody", &question, json!({})).await;
    assert_eq!((seen.at("/organization/name"), seen.at("/person")), (&json!("康庄村第一党支部"), &Value::Null));

    let archive = json!({ "role": role, "version": 2 });
    let refused = app.mutate("admin", "roleArchive", "role { id }", archive.clone()).await;
    assert_eq!(refused.user_errors("roleArchive"), ["role NOT_EMPTY"]);
    let message = refused.at("/roleArchive/userErrors/0/message");
    assert_eq!(message, "One grant carries this role; end what is given before it is archived.");
    let end = json!({ "grant": grant, "until": "2026-09-09", "reason": "测试" });
    app.mutate("admin", "roleGrantEnd", "grant { id }", end).await;
    let archived = app.mutate("admin", "roleArchive", "role { archived version }", archive.clone()).await;
    assert_eq!(archived.at("/roleArchive/role"), &json!({ "archived": true, "version": 3 }), "{}", archived.0);

    let wish = json!({ "account": account(&app, "nobody"), "role": role, "scope": "SUBTREE",
        "organization": app.organization_id("rugao"), "from": "2026-09-09", "reason": "测试" });
    let given = app.mutate("admin", "roleGrant", "grant { id }", wish.clone()).await;
    assert_eq!(given.user_errors("roleGrant"), ["role ARCHIVED"]);
    assert_eq!(update(&app, "admin", &role, json!({ "name": "别的" })).await, ["role ARCHIVED"]);
    let archived = app.run("admin", "{ roles(archived: true) { id } }", json!({})).await;
    assert_eq!(archived.at("/roles"), &json!([{ "id": role }]));

    // Its name may be taken meanwhile; then it waits until it can be told apart.
    let seen = json!({ "role": role, "version": 3 });
    let other = json!({ "name": "看人", "nameEn": "Other", "workbench": "ORGANIZER", "permissions": ["PERSON_READ"] });
    let other = app.mutate("admin", "roleCreate", "role { id }", other).await.at("/roleCreate/role/id").clone();
    let refused = app.mutate("admin", "roleRestore", "role { id }", seen.clone()).await;
    assert_eq!(refused.user_errors("roleRestore"), ["name DUPLICATE"]);
    assert_eq!(update(&app, "admin", &other, json!({ "name": "另一个" })).await, Vec::<String>::new());
    let restored = app.mutate("admin", "roleRestore", "role { archived }", seen).await;
    assert_eq!(restored.at("/roleRestore/role/archived"), false, "{}", restored.0);
    let again = app.mutate("admin", "roleRestore", "role { id }", json!({ "role": role, "version": 4 })).await;
    assert_eq!(again.user_errors("roleRestore"), ["role NOT_ARCHIVED"]);
    let given = app.mutate("admin", "roleGrant", "grant { id }", wish).await;
    assert_eq!(given.user_errors("roleGrant"), Vec::<String>::new());
}

#[tokio::test]
async fn a_grant_that_waits_keeps_its_role_from_being_archived() {
    let app = TestApp::start().await;
    let input = json!({ "from": role(&app, "inspector").await, "name": "督查二" });
    let role = app.mutate("admin", "roleCreate", "role { id }", input).await.at("/roleCreate/role/id").clone();
    let wish = json!({ "account": account(&app, "nobody"), "role": role, "scope": "SUBTREE",
        "organization": app.organization_id("rugao"), "from": "2026-09-09", "reason": "测试" });
    let given = app.mutate("admin", "roleGrant", "grant { waiting }", wish).await;
    assert_eq!(given.at("/roleGrant/grant/waiting"), true);
    let archived = app.mutate("admin", "roleArchive", "role { id }", json!({ "role": role, "version": 1 })).await;
    assert_eq!(archived.user_errors("roleArchive"), ["role NOT_EMPTY"]);
}

#[tokio::test]
async fn nobody_adds_to_a_role_what_he_may_not_pass_on() {
    let app = TestApp::start().await;
    let designer = json!({ "name": "设计", "workbench": "ADMINISTRATOR",
        "permissions": ["ROLE_READ", "ROLE_EDIT", "ORGANIZATION_READ"],
        "passOn": ["ORGANIZATION_READ", "PERSON_READ", "PERSON_UNMASK"] });
    let designer = app.mutate("admin", "roleCreate", "role { id }", designer).await.at("/roleCreate/role/id").clone();
    let by = "inspector";
    give(&app, by, &designer, "city", Some("2027-01-01")).await;
    let wish = |permissions: Value, pass_on: Value| json!({ "name": "新角色", "workbench": "ORGANIZER", "permissions": permissions, "passOn": pass_on });
    let none = Vec::<String>::new();
    let beyond = ["permissions INVALID"];
    assert_eq!(create(&app, by, wish(json!(["PERSON_CREATE"]), json!([]))).await, beyond);
    assert_eq!(create(&app, by, wish(json!(["PERSON_READ"]), json!(["PERSON_CREATE"]))).await, beyond);
    assert_eq!(
        create(&app, by, wish(json!(["ROLE_EDIT"]), json!([]))).await,
        beyond,
        "what one uses one may not pass on"
    );
    let copy = json!({ "from": role(&app, "secretary").await, "name": "书记二" });
    assert_eq!(create(&app, by, copy).await, beyond, "nor by a copy");
    assert_eq!(
        update(&app, by, &designer, json!({ "permissions": ["ROLE_READ", "ROLE_EDIT", "PERSON_READ"] })).await,
        beyond,
        "his own"
    );
    assert_eq!(create(&app, by, wish(json!(["PERSON_READ"]), json!([]))).await, none);

    let role = reader(&app).await;
    let both = json!({ "permissions": ["ORGANIZATION_READ", "PERSON_READ", "PERSON_UNMASK"] });
    assert_eq!(update(&app, by, &role, both).await, none, "nobody has it");
    assert_eq!(update(&app, by, &role, json!({ "permissions": ["ORGANIZATION_READ"] })).await, none);
    give(&app, "nobody", &role, "rugao", None).await;
    let wider = json!({ "permissions": ["ORGANIZATION_READ", "PERSON_READ"] });
    assert_eq!(update(&app, by, &role, wider.clone()).await, beyond, "it is given for longer than he is");
    assert_eq!(update(&app, "admin", &role, wider).await, none);
    let sensitive = json!({ "permissions": ["ORGANIZATION_READ", "PERSON_READ", "PERSON_UNMASK"] });
    assert_eq!(update(&app, "admin", &role, sensitive).await, beyond, "a second holder would be needed");
    assert_eq!(
        update(&app, by, &role, json!({ "permissions": ["PERSON_READ"] })).await,
        none,
        "less is always possible"
    );
}

#[tokio::test]
async fn the_last_administrator_is_not_demoted_by_a_change_of_his_role() {
    let app = TestApp::start().await;
    let copy = json!({ "from": role(&app, "administrator").await, "name": "总管" });
    let chief = app.mutate("admin", "roleCreate", "role { id }", copy).await.at("/roleCreate/role/id").clone();
    give(&app, "nobody", &chief, "city", None).await;
    let less = json!({ "permissions": ["ROLE_READ", "ROLE_EDIT", "ORGANIZATION_READ", "GRANT_READ"] });
    for (name, until) in [("admin", "2026-09-09"), ("admin2", "2026-12-01")] {
        let grants = app.app.authority.current().grants[&app.account(name)][0].id;
        let end = json!({ "grant": ids::encode(grants).to_string(), "until": until, "reason": "测试" });
        let ended = app.mutate("nobody", "roleGrantEnd", "grant { id }", end).await;
        assert_eq!(ended.user_errors("roleGrantEnd"), Vec::<String>::new(), "{}", ended.0);
    }
    let demote = |mut input: Value| {
        input["role"] = chief.clone();
        input["version"] = json!(1);
        let app = &app;
        async move { app.mutate("nobody", "roleUpdate", "role { id }", input).await.user_errors("roleUpdate") }
    };
    assert_eq!(demote(less.clone()).await, ["permissions INVALID"], "in December there would be nobody");
    assert_eq!(demote(json!({ "passOn": ["PERSON_READ"] })).await, ["permissions INVALID"]);
    assert_eq!(demote(json!({ "passOn": ["GRANT_CREATE", "PERSON_READ"] })).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_change_is_seen_before_it_is_saved_as_far_as_one_may_see_who_has_the_role() {
    let app = TestApp::start().await;
    let role = reader(&app).await;
    give(&app, "nobody", &role, "rugao", None).await;
    give(&app, "inspector", &role, "chongchuan", None).await;
    let question = "query($role: ID!, $permissions: [PermissionCode!]!, $passOn: [PermissionCode!]!) {
        roleChangePreview(role: $role, permissions: $permissions, passOn: $passOn) {
            complete userErrors { code } effects { permission { name } part gained accountCount accounts { name } } } }";
    let asked = |permissions: Value| json!({ "role": role, "permissions": permissions, "passOn": [] });
    let effect = |name: &str, gained: bool, accounts: &[&str]| {
        let named: Vec<Value> = accounts.iter().map(|name| json!({ "name": name })).collect();
        json!({ "permission": { "name": name }, "part": "USE", "gained": gained, "accountCount": accounts.len(),
            "accounts": named })
    };
    let change = asked(json!(["OBLIGATION_READ"]));
    let answer = app.run("admin", question, change.clone()).await;
    assert_eq!(
        answer.at("/roleChangePreview"),
        &json!({ "complete": true, "userErrors": [], "effects": [
            effect("organization:read", false, &["nobody"]),
            effect("person:read", false, &["inspector", "nobody"]),
            effect("obligation:read", true, &["nobody"]),
        ] }),
        "the inspector sees organizations and duties of the whole city by another role"
    );
    let refused = app.run("admin", question, asked(json!(["ORGANIZATION_READ", "PERSON_READ", "AUDIT_READ"]))).await;
    assert_eq!(refused.at("/roleChangePreview/userErrors"), &json!([{ "code": "INVALID" }]));
    let empty = app.run("admin", question, asked(json!([]))).await;
    assert_eq!(empty.at("/roleChangePreview/userErrors"), &json!([{ "code": "REQUIRED" }]));
    for viewer in ["organizer-city", "inspector", "member", "nobody"] {
        assert_eq!(app.run(viewer, question, change.clone()).await.at("/roleChangePreview"), &Value::Null, "{viewer}");
    }

    // Who may see grants in one district only is told of that district only.
    let designer = json!({ "name": "设计", "workbench": "ADMINISTRATOR", "permissions": ["ROLE_READ", "ROLE_EDIT"],
        "passOn": ["OBLIGATION_READ"] });
    let designer = app.mutate("admin", "roleCreate", "role { id }", designer).await.at("/roleCreate/role/id").clone();
    let looker = json!({ "name": "看授权", "workbench": "ADMINISTRATOR", "permissions": ["GRANT_READ"] });
    let looker = app.mutate("admin", "roleCreate", "role { id }", looker).await.at("/roleCreate/role/id").clone();
    give(&app, "secretary-grid2", &designer, "city", None).await;
    give(&app, "secretary-grid2", &looker, "chongchuan", None).await;
    let answer = app.run("secretary-grid2", question, change).await;
    let hidden = |name: &str, gained: bool, count: usize| json!({ "permission": { "name": name }, "part": "USE", "gained": gained, "accountCount": count, "accounts": [] });
    assert_eq!(
        answer.at("/roleChangePreview"),
        &json!({ "complete": false, "userErrors": [], "effects": [
            hidden("organization:read", false, 1),
            hidden("person:read", false, 1),
            hidden("obligation:read", true, 1),
        ] }),
        "of grants that he may not see nothing is told, and accounts that he may not see are not named"
    );
    let count = "query($id: ID!) { node(id: $id) { ... on Role { holderCount } } }";
    for (viewer, expected) in [("admin", 2), ("secretary-grid2", 1)] {
        assert_eq!(app.run(viewer, count, json!({ "id": role })).await.at("/node/holderCount"), expected, "{viewer}");
    }
}

#[tokio::test]
async fn history_reads_as_what_a_role_gained_and_lost() {
    let app = TestApp::start().await;
    let role = reader(&app).await;
    let change = json!({ "permissions": ["ORGANIZATION_READ", "OBLIGATION_READ"], "passOn": ["PERSON_READ"] });
    assert_eq!(update(&app, "admin", &role, change).await, Vec::<String>::new());
    let question =
        "query($id: ID!) { auditEntries(filter: { object: $id, action: [\"roleUpdate\"] }) { nodes { action objectLabel
        changes { field before after } } } }";
    let told = app.run("admin", question, json!({ "id": role })).await;
    assert_eq!(
        told.at("/auditEntries/nodes/0"),
        &json!({ "action": "roleUpdate", "objectLabel": "Reader", "changes": [
            { "field": "passOn", "before": null, "after": "See persons" },
            { "field": "permissions", "before": "See persons", "after": "See obligations" },
        ] })
    );
}
