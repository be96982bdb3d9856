//! Erasures end to end: two people, nothing personal left, and no way back by a backup.
use std::fs;

use jianghai::{
    backup,
    command::{self, Erasures, Restore},
    config::Config,
    db::Database,
    features::erasure::log,
    graphql::ids,
    testing::{Answer, TestApp, empty_database, test_ambient},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use serde_json::{Value, json};

const NONE: Vec<String> = Vec::new();

/// An archived visitor of grid1 with an identity number and an employer.
async fn archived(app: &TestApp) -> Value {
    let input = json!({ "organization": app.organization_id("grid1"), "affiliation": "COMMUNITY_REPORT_IN",
        "person": { "name": "骑示例手", "identityNumber": "11010519491231002X", "phone": "10000008888", "sex": "MALE",
            "address": "示例路 1 号", "employer": "示例快递公司", "ethnicity": "汉族", "nativePlace": "示例籍贯" } });
    let made = app.mutate("organizer-city", "personCreate", "person { id }", input).await;
    assert_eq!(made.user_errors("personCreate"), NONE, "{}", made.0);
    let id = made.at("/personCreate/person/id").clone();
    let file = ("示例申请书.txt", "示例".as_bytes());
    crate::attachment::attached(app, "organizer-city", id.as_str().unwrap(), file).await;
    let input = json!({ "person": id, "reason": "离开", "version": 1 });
    app.mutate("organizer-city", "personArchive", "person { id }", input).await;
    id
}

async fn propose(app: &TestApp, account: &str, id: &Value) -> Answer {
    let input = json!({ "person": id, "reason": "本人要求", "version": 2 });
    app.mutate(account, "personErasePropose", "person { id }", input).await
}

async fn confirm(app: &TestApp, account: &str, id: &Value) -> Answer {
    let selection = "person { name sortKey sex ethnicity nativePlace employer ageBand erased status version
        phone { display } identityNumber { display } address { display } birthDate { display } }";
    app.mutate(account, "personEraseConfirm", selection, json!({ "person": id, "version": 2 })).await
}

async fn erased(app: &TestApp) -> Value {
    let id = archived(app).await;
    propose(app, "organizer-chongchuan", &id).await;
    let done = confirm(app, "organizer-city", &id).await;
    assert_eq!(done.user_errors("personEraseConfirm"), NONE, "{}", done.0);
    id
}

#[tokio::test]
async fn one_proposes_another_confirms_and_nothing_personal_is_left() {
    let app = TestApp::start().await;
    let id = archived(&app).await;
    assert_eq!(confirm(&app, "organizer-city", &id).await.user_errors("personEraseConfirm"), ["person INVALID"]);
    assert_eq!(propose(&app, "organizer-chongchuan", &id).await.user_errors("personErasePropose"), NONE);
    assert_eq!(propose(&app, "organizer-city", &id).await.user_errors("personErasePropose"), ["person DUPLICATE"]);
    let own = confirm(&app, "organizer-chongchuan", &id).await;
    assert_eq!(own.user_errors("personEraseConfirm"), ["person INVALID"]);
    let waiting = "{ erasureProposals { reason proposedBy isOwn person { name } } }";
    assert_eq!(
        app.run("organizer-city", waiting, json!({})).await.at("/erasureProposals"),
        &json!([{ "reason": "本人要求", "proposedBy": "organizer-chongchuan", "isOwn": false, "person": { "name": "骑示例手" } }])
    );
    assert_eq!(app.run("organizer-rugao", waiting, json!({})).await.at("/erasureProposals"), &json!([]));
    let done = confirm(&app, "organizer-city", &id).await;
    let mut left = done.at("/personEraseConfirm/person").clone();
    let token = left["name"].as_str().unwrap().to_owned();
    assert!(token.starts_with('#') && token.len() == 9, "{token}");
    left["name"] = json!(null);
    left["sortKey"] = json!(null);
    assert_eq!(
        left,
        json!({ "name": null, "sortKey": null, "sex": null, "ethnicity": null, "nativePlace": null, "employer": null,
            "ageBand": null, "erased": true, "status": "ARCHIVED", "version": 3, "phone": null, "identityNumber": null,
            "address": null, "birthDate": null })
    );
    assert_eq!(app.number("SELECT COUNT(*) FROM person WHERE data_key IS NULL").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM person WHERE identity_index IS NULL AND phone_index IS NULL").await, 1);
    assert_eq!(app.run("organizer-city", waiting, json!({})).await.at("/erasureProposals"), &json!([]));
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE body LIKE '%示例%'").await, 0);
    // The file is forgotten, and its content goes with the next collection.
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment").await, 0);
    assert_eq!(crate::attachment::objects(&app), 1);
    app.clock.advance(2 * 86_400);
    crate::attachment::collect(&app).await;
    assert_eq!(crate::attachment::objects(&app), 0);
    // The number is free again, and the record stays what it is.
    let input = json!({ "person": id, "reason": "回来", "version": 3 });
    let back = app.mutate("organizer-city", "personRestore", "person { id }", input).await;
    assert_eq!(back.user_errors("personRestore"), ["person ARCHIVED"]);
    let again = json!({ "person": id, "reason": "本人要求", "version": 3 });
    let again = app.mutate("organizer-city", "personErasePropose", "person { id }", again).await;
    assert_eq!(again.user_errors("personErasePropose"), ["person ARCHIVED"]);
    archived(&app).await;
}

#[tokio::test]
async fn nobody_finds_the_erased_by_name_and_counts_and_history_stay() {
    let app = TestApp::start().await;
    let ties = app.number("SELECT COUNT(*) FROM affiliation").await;
    let id = erased(&app).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM affiliation").await, ties + 1);
    let mut tokens = "SELECT COUNT(*) FROM search_token WHERE subject = 'PERSON' AND NOT EXISTS
        (SELECT 1 FROM person WHERE id = subject_id AND data_key IS NOT NULL)";
    assert_eq!(app.number(tokens).await, 0);
    tokens = "SELECT COUNT(*) FROM search_token WHERE token LIKE '骑%'";
    assert_eq!(app.number(tokens).await, 0);
    let history = "query($id: ID!) { person(id: $id) { history { action reason } } }";
    let seen = app.run("organizer-city", history, json!({ "id": id })).await;
    let mut actions: Vec<&str> =
        seen.at("/person/history").as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    // The clock stands still, so all of them happened at once.
    actions.sort_unstable();
    let attached = ["attachmentUploadBegin", "attachmentUploadFinish"];
    let erased = ["personArchive", "personCreate", "personEraseConfirm", "personErasePropose"];
    assert_eq!(actions, [&attached[..], &erased[..]].concat());
}

#[tokio::test]
async fn a_record_in_use_is_not_erased_nor_one_whose_person_can_sign_in() {
    let app = TestApp::start().await;
    let member =
        json!({ "person": ids::encode(app.human("赵示例远").person).to_string(), "reason": "x", "version": 1 });
    let refused = app.mutate("organizer-city", "personErasePropose", "person { id }", member).await;
    assert_eq!(refused.user_errors("personErasePropose"), ["person NOT_ARCHIVED"]);
    let id = archived(&app).await;
    for (reason, code) in [(" ".to_owned(), "reason REQUIRED"), ("长".repeat(201), "reason TOO_LONG")] {
        let input = json!({ "person": id, "reason": reason, "version": 2 });
        let refused = app.mutate("organizer-city", "personErasePropose", "person { id }", input).await;
        assert_eq!(refused.user_errors("personErasePropose"), [code]);
    }
    propose(&app, "organizer-chongchuan", &id).await;
    let key = ids::decode::<entity::PersonId>(id.as_str().unwrap()).unwrap();
    let link = entity::account::ActiveModel {
        person_id: sea_orm::ActiveValue::Set(Some(key)),
        ..<entity::account::ActiveModel as sea_orm::ActiveModelTrait>::default()
    };
    let update = entity::account::Entity::update_many().set(link);
    update.filter(entity::account::Column::Name.eq("nobody")).exec(app.app.db.write()).await.unwrap();
    assert_eq!(confirm(&app, "organizer-city", &id).await.user_errors("personEraseConfirm"), ["person NOT_EMPTY"]);
    let input = json!({ "account": ids::encode(app.account("nobody")).to_string(), "reason": "离开", "version": 1 });
    app.mutate("admin", "accountDisable", "account { id }", input).await;
    let done = confirm(&app, "organizer-city", &id).await;
    assert_eq!(done.user_errors("personEraseConfirm"), NONE);
    let token = done.at("/personEraseConfirm/person/name").as_str().unwrap();
    let closed = format!("SELECT COUNT(*) FROM account WHERE name = '{token}' AND password_hash = ''");
    assert_eq!(app.number(&closed).await, 1);
}

#[tokio::test]
async fn a_withdrawn_proposal_can_be_made_anew_and_erasures_cannot_be_undone_in_the_database() {
    let app = TestApp::start().await;
    let id = archived(&app).await;
    propose(&app, "organizer-chongchuan", &id).await;
    let input = json!({ "person": id, "version": 2 });
    let back =
        app.mutate("organizer-city", "personEraseWithdraw", "person { erasureProposal { reason } }", input).await;
    assert_eq!(back.at("/personEraseWithdraw/person/erasureProposal"), &Value::Null);
    assert_eq!(confirm(&app, "organizer-city", &id).await.user_errors("personEraseConfirm"), ["person INVALID"]);
    assert_eq!(propose(&app, "organizer-city", &id).await.user_errors("personErasePropose"), NONE);
    assert_eq!(confirm(&app, "organizer-chongchuan", &id).await.user_errors("personEraseConfirm"), NONE);
    let error = app.app.db.write().execute_unprepared("DELETE FROM erasure").await.unwrap_err().to_string();
    assert!(error.contains("append_only_erasure"), "{error}");
}

async fn name(config: &Config, id: &Value) -> String {
    let db = Database::connect(&config.database_url, 1, None).await.unwrap();
    let key = ids::decode::<entity::PersonId>(id.as_str().unwrap()).unwrap();
    let sql = match db.engine() {
        jianghai::db::Engine::Sqlite => format!("SELECT name FROM person WHERE id = x'{}'", key.0.simple()),
        jianghai::db::Engine::Postgres => format!("SELECT name FROM person WHERE id = '{}'", key.0),
    };
    let row = db.read().query_one_raw(Statement::from_string(db.read().get_database_backend(), sql)).await.unwrap();
    let name = row.unwrap().try_get("", "name").unwrap();
    db.close().await.unwrap();
    name
}

#[tokio::test]
async fn who_was_erased_after_a_backup_is_erased_again_by_its_restore() {
    let app = TestApp::start().await;
    let config = app.config();
    command::migrate(&config).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let id = archived(&app).await;
    let target = folder.path().join("copy");
    backup::make(&config, &test_ambient(app.clock.clone(), 3), &target, None).await.unwrap();
    propose(&app, "organizer-chongchuan", &id).await;
    let done = confirm(&app, "organizer-city", &id).await;
    let token = done.at("/personEraseConfirm/person/name").as_str().unwrap().to_owned();
    let file = folder.path().join("erasures.jsonl");
    let keeping = Config { erasure_log: Some(file.clone()), ..config.clone() };
    for _ in 0..2 {
        log::bring_up_to_date(&keeping, &app.app.db).await.unwrap();
    }
    let lines = log::read(&file).unwrap();
    assert_eq!((lines.len(), lines[0].token.as_str()), (1, token.as_str()));
    assert!(!fs::read_to_string(&file).unwrap().contains("示例"));
    let (empty, _directory) = empty_database().await;
    let mut command = Restore { from: target, ..Restore::default() };
    let error = command::restore(&empty, &command).await.unwrap_err().to_string();
    assert!(error.contains("would be back") && error.contains("--no-erasures"), "{error}");
    command.erasures = Erasures::File(file);
    assert_eq!(command::restore(&empty, &command).await.unwrap().erased, 1);
    assert_eq!(name(&empty, &id).await, token);
    assert_eq!(command::check(&empty).await.unwrap().wrong, NONE);
    let db = Database::connect(&empty.database_url, 1, None).await.unwrap();
    let row = db.read().query_one_raw(Statement::from_string(
        db.read().get_database_backend(),
        "SELECT COUNT(*) AS n FROM person WHERE data_key IS NULL AND identity_sealed IS NULL",
    ));
    assert_eq!(row.await.unwrap().unwrap().try_get::<i64>("", "n").unwrap(), 1);
}
