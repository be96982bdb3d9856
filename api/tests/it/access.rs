//! Why somebody may or may not, who can see a person, what ends with a grant.
use jianghai::{graphql::ids, testing::TestApp};
use serde_json::{Value, json};

use crate::role::{account, confirm, grant};

/// Accounts of every sort.
const ACCOUNTS: &[&str] = &[
    "admin",
    "organizer-city",
    "organizer-chongchuan",
    "organizer-rugao",
    "secretary",
    "secretary-grid2",
    "inspector",
    "member",
    "nobody",
    "expired",
];

const EXPLAIN: &str = "query($subject: ID, $action: PermissionCode!, $object: ID!) {
    explainAccess(subject: $subject, action: $action, object: $object) {
        allowed cause archived sentence findings { outcome grant { role { code } } } } }";

async fn explained(app: &TestApp, viewer: &str, subject: &str, action: &str, object: &str) -> Value {
    let subject = (!subject.is_empty()).then(|| account(app, subject));
    let answer = app.run(viewer, EXPLAIN, json!({ "subject": subject, "action": action, "object": object })).await;
    assert_eq!(answer.codes(), Vec::<&str>::new(), "{}", answer.0);
    answer.at("/explainAccess").clone()
}

async fn cause(app: &TestApp, subject: &str, action: &str, object: &str) -> Value {
    explained(app, "admin", subject, action, object).await["cause"].clone()
}

/// Gives `to` a role, confirmed where it must be, and its id.
async fn given(app: &TestApp, wish: Value) -> Value {
    let made = app.mutate("admin", "roleGrant", "grant { id waiting }", wish).await;
    assert_eq!(made.user_errors("roleGrant"), Vec::<String>::new());
    let made = made.at("/roleGrant/grant").clone();
    if made["waiting"] == true {
        assert_eq!(confirm(app, "admin2", &made["id"]).await, Vec::<String>::new());
    }
    made["id"].clone()
}

/// `organizer-city` sees accounts and grants beside persons from now on.
async fn overseer(app: &TestApp) -> &'static str {
    given(app, grant(app, "organizer-city", "administrator", "city")).await;
    "organizer-city"
}

fn person(app: &TestApp, name: &str) -> String {
    ids::encode(app.human(name).person).to_string()
}

#[tokio::test]
async fn each_denial_names_its_cause_and_the_way_out() {
    let app = TestApp::start().await;
    let grid1 = app.organization_id("grid1");
    let denied = explained(&app, "admin", "secretary-grid2", "PERSON_READ", &grid1).await;
    assert_eq!(
        denied,
        json!({ "allowed": false, "cause": "ELSEWHERE", "archived": false,
            "sentence": "secretary-grid2 does not have “See persons” here: the grant of Secretary on 虹东社区第二网格党支部 carries it, but does not reach this place; give a role here where it is needed.",
            "findings": [{ "outcome": "ELSEWHERE", "grant": { "role": { "code": "secretary" } } }] })
    );
    assert_eq!(cause(&app, "inspector", "PERSON_READ", &grid1).await, "NOT_CARRIED");
    assert_eq!(cause(&app, "member", "PERSON_READ", &grid1).await, "NOT_ONESELF");
    assert_eq!(cause(&app, "expired", "PERSON_READ", &grid1).await, "ENDED");
    assert_eq!(cause(&app, "nobody", "PERSON_READ", &grid1).await, "NO_GRANT");
    assert_eq!(cause(&app, "secretary", "PERSON_READ", &grid1).await, "GRANTED");
    let mut later = grant(&app, "nobody", "integrator", "grid1");
    later["from"] = json!("2026-10-01");
    given(&app, later).await;
    assert_eq!(cause(&app, "nobody", "PERSON_READ", &grid1).await, "NOT_BEGUN");
    let waits = app.mutate("admin", "roleGrant", "grant { id }", grant(&app, "nobody", "secretary", "hongqiao")).await;
    assert_eq!(waits.user_errors("roleGrant"), Vec::<String>::new());
    assert_eq!(cause(&app, "nobody", "PERSON_READ", &grid1).await, "WAITING");
    let off = json!({ "account": account(&app, "secretary"), "reason": "离岗", "version": 1 });
    app.mutate("admin", "accountDisable", "account { id }", off).await;
    assert_eq!(cause(&app, "secretary", "PERSON_READ", &grid1).await, "ACCOUNT_DISABLED");
    let own = explained(&app, "admin", "", "ACCOUNT_DISABLE", &account(&app, "admin")).await;
    assert_eq!((&own["allowed"], &own["cause"]), (&json!(false), &json!("RULE")));
}

#[tokio::test]
async fn an_explanation_says_what_enforcement_does() {
    let app = TestApp::start().await;
    let viewer = overseer(&app).await;
    let mut objects: Vec<String> = app.city.people.keys().map(|name| person(&app, name)).collect();
    objects.extend(app.city.people.values().map(|human| ids::encode(human.member).to_string()));
    objects.extend(app.city.organizations.keys().map(|short| app.organization_id(short)));
    objects.extend(ACCOUNTS.iter().map(|name| account(&app, name)));
    let can = "query($id: ID!) { node(id: $id) { __typename ... on Guarded { viewerCan } } }";
    let mut agreed = 0;
    for object in objects {
        for subject in ACCOUNTS {
            let seen = app.run(subject, can, json!({ "id": object })).await;
            let kind = app.run(viewer, can, json!({ "id": object })).await.at("/node/__typename").clone();
            let (reads, others) = match kind.as_str().unwrap() {
                "Organization" => ("ORGANIZATION_READ", &["PERSON_READ", "ORGANIZATION_UPDATE", "AUDIT_READ"][..]),
                "Person" => ("PERSON_READ", &["PERSON_UPDATE", "PERSON_READ_CONTACT", "PERSON_ERASE"][..]),
                "Account" => ("ACCOUNT_READ", &["ACCOUNT_DISABLE", "GRANT_CREATE"][..]),
                _ => ("PERSON_READ", &["MEMBER_UPDATE", "MEMBER_TRANSFER"][..]),
            };
            let said = explained(&app, viewer, subject, reads, &object).await;
            assert_eq!(said["allowed"], !seen.at("/node").is_null(), "{subject} {object} {said}");
            let Some(held) = seen.at("/node/viewerCan").as_array() else { continue };
            for action in others {
                let said = explained(&app, viewer, subject, action, &object).await;
                assert_eq!(said["allowed"], held.contains(&json!(action)), "{subject} {action} {said}");
                agreed += 1;
            }
        }
    }
    assert!(agreed > 300, "{agreed}");
}

#[tokio::test]
async fn about_others_asks_who_may_and_about_oneself_everybody() {
    let app = TestApp::start().await;
    let grid1 = app.organization_id("grid1");
    let own = explained(&app, "secretary", "", "ORGANIZATION_ARCHIVE", &grid1).await;
    assert_eq!((&own["allowed"], &own["cause"]), (&json!(false), &json!("NOT_CARRIED")));
    assert_eq!(explained(&app, "secretary", "admin", "PERSON_READ", &grid1).await, Value::Null);
    assert_eq!(explained(&app, "secretary", "", "ORGANIZATION_READ", &app.organization_id("baipu")).await, Value::Null);
    // Sees the account below baipu, and asks about what lies elsewhere.
    given(&app, grant(&app, "member", "administrator", "baipu")).await;
    let reader = grant(&app, "nobody", "integrator", "baipu");
    given(&app, reader).await;
    let home = explained(&app, "member", "nobody", "PERSON_READ", &app.organization_id("baipu")).await;
    assert_eq!(home["allowed"], true);
    let asked = json!({ "subject": account(&app, "nobody"), "action": "PERSON_READ", "object": grid1 });
    assert_eq!(app.run("member", EXPLAIN, asked).await.codes(), ["FORBIDDEN"]);
}

#[tokio::test]
async fn who_can_see_a_person_is_named_where_visible_and_counted_elsewhere() {
    let app = TestApp::start().await;
    let ask = "query($id: ID!) { whoCanSee(person: $id) { accounts { account { name } grant { role { code } } }
        counts { role level count } } }";
    let id = json!({ "id": person(&app, "李示例宁") });
    let own = app.run("member", ask, id.clone()).await;
    assert_eq!(
        own.at("/whoCanSee"),
        &json!({ "accounts": [], "counts": [
            { "role": "Organizer", "level": "CITY", "count": null },
            { "role": "Organizer", "level": "COUNTY", "count": null },
            { "role": "Secretary", "level": "GRID", "count": null }] })
    );
    let viewer = overseer(&app).await;
    let named = app.run(viewer, ask, id.clone()).await;
    let name = |name: &str, role: &str| json!({ "account": { "name": name }, "grant": { "role": { "code": role } } });
    assert_eq!(
        named.at("/whoCanSee"),
        &json!({ "counts": [], "accounts": [
            name("secretary", "secretary"), name("organizer-chongchuan", "organizer"), name("organizer-city", "organizer")] })
    );
    let tied = app.run("organizer-chongchuan", ask, id.clone()).await;
    assert_eq!(tied.at("/whoCanSee/accounts/0/account/name"), "organizer-chongchuan");
    assert_eq!(app.run("secretary", ask, id.clone()).await.codes(), ["FORBIDDEN"]);
    assert_eq!(app.run("organizer-rugao", ask, id).await.at("/whoCanSee"), &Value::Null);
}

#[tokio::test]
async fn what_ends_with_a_grant_leaves_out_what_other_grants_give() {
    let app = TestApp::start().await;
    let ask = "query($id: ID!) { grantEffect(grant: $id) { inForce losses { permission organization { name } kept { name } } } }";
    let grants = "query($id: ID!) { account(id: $id) { grants { id scope } } }";
    let held = app.run("admin", grants, json!({ "id": account(&app, "secretary") })).await;
    let held = held.at("/account/grants").as_array().unwrap().clone();
    let narrow = held.iter().find(|grant| grant["scope"] == "SUBTREE").unwrap()["id"].clone();
    let alone = app.run("admin", ask, json!({ "id": narrow })).await;
    let role = jianghai::authz::TEMPLATES.iter().find(|template| template.code == "secretary").unwrap();
    let losses = alone.at("/grantEffect/losses").as_array().unwrap().clone();
    assert_eq!(losses.len(), role.uses.len() - 1, "his own branch stays visible to him as a member");
    assert!(!losses.iter().any(|loss| loss["permission"] == "ORGANIZATION_READ"));
    let wide = given(&app, grant(&app, "secretary", "secretary", "hongdong")).await;
    let now = app.run("admin", ask, json!({ "id": narrow })).await;
    assert_eq!(now.at("/grantEffect"), &json!({ "inForce": true, "losses": [] }));
    let wide = app.run("admin", ask, json!({ "id": wide })).await;
    let losses = wide.at("/grantEffect/losses").as_array().unwrap().clone();
    assert_eq!(losses.len(), role.uses.len());
    for loss in losses {
        assert_eq!(loss["organization"]["name"], "虹东社区党委");
        assert_eq!(loss["kept"], json!([{ "name": "虹东社区第一网格党支部" }]));
    }
    let before = app.run("organizer-city", ask, json!({ "id": narrow })).await;
    assert_eq!(before.at("/grantEffect"), &Value::Null, "who does not see grants does not see what ends with them");
}

#[tokio::test]
async fn a_role_that_demands_a_second_factor_says_so_until_there_is_one() {
    let app = TestApp::start().await;
    let grid1 = app.organization_id("grid1");
    assert_eq!(cause(&app, "inspector", "ORGANIZATION_READ", &grid1).await, "GRANTED");
    assert_eq!(crate::second_factor::demand(&app, "admin", "inspector").await, Vec::<String>::new());
    let found = explained(&app, "admin", "inspector", "ORGANIZATION_READ", &grid1).await;
    assert_eq!((&found["allowed"], &found["cause"]), (&json!(false), &json!("SECOND_FACTOR_MISSING")));
    assert_eq!(found["findings"][0]["outcome"], "SECOND_FACTOR_MISSING");
    assert!(found["sentence"].as_str().unwrap().contains("second factor"), "{found}");
    crate::laws::cases::credentials::confirmed(&app, "inspector").await;
    assert_eq!(cause(&app, "inspector", "ORGANIZATION_READ", &grid1).await, "GRANTED");
}
