//! A person's own export: complete, for the person alone, replaced, removed, erased.
use std::{collections::BTreeSet, sync::Arc};

use jianghai::{
    db::{Engine, Tx},
    features::{
        person_export::{WITHHELD, column, job::PersonExportMake, service},
        retention::REGISTER,
    },
    graphql::{Locale, ids},
    job::Jobs,
    testing::TestApp,
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tokio::sync::watch;

const NONE: [String; 0] = [];
const ME: &str = "李示例宁";

fn me(app: &TestApp) -> Value {
    json!({ "person": ids::encode(app.human(ME).person) })
}

/// Asks for the export of `member`.
pub(super) async fn asked(app: &TestApp) {
    let answer = app.mutate("member", "personExport", "export { finishedAt pageUrl jsonUrl }", me(app)).await;
    let none = json!({ "finishedAt": null, "pageUrl": null, "jsonUrl": null });
    assert_eq!(answer.user_errors("personExport"), NONE);
    assert_eq!(answer.at("/personExport/export"), &none);
}

/// Does all the work that waits.
pub(super) async fn worked(app: &TestApp) {
    let jobs = Jobs::new(vec![Arc::new(PersonExportMake)]);
    let (_stop, stopped) = watch::channel(false);
    while jobs.once(&app.app, app.app.ambient.uuid(), &stopped).await.unwrap() {}
}

/// The own export as `account` sees it on the record of `member`.
pub(super) async fn seen(app: &TestApp, account: &str) -> Value {
    let document = "query($id: ID!) { person(id: $id) { export { pageUrl jsonUrl expiresAt
        job { state done total result } } } }";
    app.run(account, document, json!({ "id": me(app)["person"] })).await.at("/person/export").clone()
}

async fn content(app: &TestApp) -> Option<Value> {
    let tx = Tx::begin(&app.app.db, &app.app.ambient, &app.app.vault, "test").await.unwrap();
    let found = service::fetch(&tx, &app.actor("member").unwrap(), app.human(ME).person).await.unwrap();
    tx.commit().await.unwrap();
    found.map(|(_, content)| content)
}

async fn columns(app: &TestApp, table: &str) -> BTreeSet<String> {
    let connection = app.app.db.read();
    let sql = match app.app.db.engine() {
        Engine::Postgres => format!(
            "SELECT column_name::text FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = '{table}'"
        ),
        Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
    };
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

#[tokio::test]
async fn every_column_of_every_personal_table_is_in_it() {
    let app = TestApp::start().await;
    asked(&app).await;
    worked(&app).await;
    let content = content(&app).await.unwrap();
    let named = |list: &str| -> Vec<&str> {
        content[list].as_array().unwrap().iter().map(|entry| entry["table"].as_str().unwrap()).collect()
    };
    let withheld: Vec<&str> = WITHHELD.iter().map(|(table, _)| *table).collect();
    assert_eq!(named("withheld"), withheld);
    let mut personal: Vec<&str> = REGISTER.iter().filter(|entry| entry.personal).map(|entry| entry.table).collect();
    personal.sort_unstable();
    let mut told = [named("sections"), withheld].concat();
    told.sort_unstable();
    assert_eq!(told, personal);
    for section in content["sections"].as_array().unwrap() {
        let table = section["table"].as_str().unwrap();
        let real = columns(&app, table).await;
        let shown = |keys: &mut dyn Iterator<Item = &str>| keys.map(ToOwned::to_owned).collect::<BTreeSet<String>>();
        assert_eq!(
            shown(&mut section["columns"].as_array().unwrap().iter().filter_map(Value::as_str)),
            real,
            "{table}"
        );
        for row in section["rows"].as_array().unwrap() {
            assert_eq!(shown(&mut row.as_object().unwrap().keys().map(String::as_str)), real, "{table}");
        }
        for name in &real {
            assert!(column(name, Locale::ZhCn).is_some(), "{table}.{name} has no words in an export");
        }
    }
}

/// The rows of `table`, with the columns that are asked for.
fn rows(content: &Value, table: &str, wanted: &[&str]) -> Vec<Value> {
    let sections = content["sections"].as_array().unwrap();
    let section = sections.iter().find(|section| section["table"] == table).unwrap();
    let row = |row: &Value| wanted.iter().map(|name| row[*name].clone()).collect();
    section["rows"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test]
async fn it_says_in_clear_what_is_stored_and_nothing_about_others() {
    let app = TestApp::start().await;
    app.mutate("member", "problemReport", "report { id }", json!({ "page": "/me", "text": "看不清" })).await;
    let look = json!({ "person": me(&app)["person"], "field": "PHONE", "reason": "CARE" });
    app.mutate("secretary", "personUnmask", "value", look).await;
    let owner = ids::encode(app.human(ME).person).to_string();
    crate::attachment::attached(&app, "secretary", &owner, ("申请书.txt", "内容".as_bytes())).await;
    asked(&app).await;
    worked(&app).await;
    let content = content(&app).await.unwrap();
    let phone = &rows(&content, "person", &["phone_sealed"])[0][0];
    assert!(phone.as_str().unwrap().starts_with("100") && !phone.as_str().unwrap().contains('*'), "{phone}");
    let keys = rows(&content, "person", &["name", "data_key", "phone_index"]);
    assert_eq!(keys, [json!([ME, "(not exported)", "(not exported)"])]);
    assert_eq!(rows(&content, "account", &["name", "password_hash"]), [json!(["member", "(not exported)"])]);
    assert_eq!(rows(&content, "problem_report", &["text"]), [json!(["看不清"])]);
    assert_eq!(rows(&content, "attachment", &["name", "size"]), [json!(["申请书.txt", 6])]);
    let looks = rows(&content, "unmask_event", &["field", "reason", "account_id"]);
    assert_eq!(looks.len(), 1);
    assert_eq!(looks[0][0], "PHONE");
    assert_eq!(looks[0][2]["name"], "secretary");
    assert_eq!(rows(&content, "role_grant", &["role_id"])[0][0]["name"], "党员");
    let home = &rows(&content, "member", &["home_organization_id", "stage"])[0];
    let name = app.run(
        "member",
        "query($id: ID!) { organization(id: $id) { name } }",
        json!({ "id": app.organization_id("grid1") }),
    );
    assert_eq!((&home[0]["name"], &home[1]), (name.await.at("/organization/name"), &json!("FULL")));
    for other in ["王示例安", "赵示例远", "organizer-city"] {
        assert!(!content.to_string().contains(other), "{other}");
    }
    // In the database it lies under seal.
    assert_eq!(app.number("SELECT COUNT(*) FROM person_export WHERE content_sealed IS NOT NULL").await, 1);
    let actions = ["personExport", "personExportFetch"];
    for action in actions {
        assert_eq!(app.number(&format!("SELECT COUNT(*) FROM audit WHERE action = '{action}'")).await, 1, "{action}");
    }
}

#[tokio::test]
async fn only_the_person_sees_it_and_how_far_it_is() {
    let app = TestApp::start().await;
    assert_eq!(seen(&app, "member").await, json!(null));
    asked(&app).await;
    assert_eq!(seen(&app, "member").await["job"]["state"], "QUEUED");
    worked(&app).await;
    let export = seen(&app, "member").await;
    let total = export["job"]["total"].as_i64().unwrap();
    assert!(total > 15);
    let result = "It is ready and can be fetched for a week.";
    assert_eq!(export["job"], json!({ "state": "DONE", "done": total, "total": total, "result": result }));
    assert!(export["pageUrl"].as_str().unwrap().contains("form=english"));
    for other in ["organizer-city", "secretary", "admin"] {
        assert_eq!(seen(&app, other).await, json!(null), "{other}");
    }
}

#[tokio::test]
async fn a_new_one_takes_the_place_of_the_last_and_the_nights_remove_it() {
    let app = TestApp::start().await;
    asked(&app).await;
    app.clock.advance(1);
    asked(&app).await;
    worked(&app).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM person_export").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM job WHERE kind = 'person_export' AND state = 'PARKED'").await, 1);
    assert_eq!(seen(&app, "member").await["job"]["state"], "DONE");
    app.clock.advance(6 * 86_400);
    crate::attachment::collect(&app).await;
    assert!(content(&app).await.is_some());
    app.clock.advance(2 * 86_400);
    crate::attachment::collect(&app).await;
    assert!(content(&app).await.is_none());
    assert_eq!(seen(&app, "member").await, json!(null));
}

#[tokio::test]
async fn an_account_that_is_disabled_meanwhile_gets_nothing() {
    let app = TestApp::start().await;
    asked(&app).await;
    let input = json!({ "account": ids::encode(app.account("member")), "reason": "离岗", "version": 1 });
    let done = app.mutate("admin", "accountDisable", "account { id }", input).await;
    assert_eq!(done.user_errors("accountDisable"), NONE);
    worked(&app).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM job WHERE kind = 'person_export' AND state = 'PARKED'").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM person_export WHERE finished_at IS NOT NULL").await, 0);
}
