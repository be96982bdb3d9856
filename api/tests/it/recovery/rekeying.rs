//! `jianghai rekey`.
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Command, Stdio},
    time::Duration,
};

use entity::person;
use jianghai::{
    app::App,
    command::{CommandError, Rekeyed},
    config::Secrets,
    db::{KnownKeys, seal::Vault},
    features::person::service::{identity_index, phone_index},
    graphql::ids,
    testing::test_ambient,
};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::json;

use super::*;
use crate::{
    laws::cases::credentials::{code_now, confirmed},
    second_factor::with_code,
};

/// An instance whose secrets lie in a file, as most do.
async fn with_file(folder: &Path) -> (TestApp, Config, PathBuf) {
    let (app, mut config) = instance().await;
    let file = folder.join("secrets.toml");
    let text = format!("data_secret = \"{}\"\ntoken_key = \"{}\"\n", "07".repeat(32), "09".repeat(32));
    fs::write(&file, text).unwrap();
    config.secrets = Some(file.clone());
    (config.data_secret, config.token_key) = (None, None);
    (app, config, file)
}

/// Changes the secret from beginning to end.
async fn changed(config: &Config) -> Rekeyed {
    match command::rekey(config, Duration::ZERO).await.unwrap() {
        Rekeyed::Distribute(_) => command::rekey(config, Duration::ZERO).await.unwrap(),
        done @ Rekeyed::Done { .. } => done,
    }
}

async fn people(app: &TestApp) -> Vec<person::Model> {
    person::Entity::find().order_by_asc(person::Column::Id).all(app.app.db.read()).await.unwrap()
}

async fn keys(app: &TestApp) -> KnownKeys {
    KnownKeys::read(app.app.db.read()).await.unwrap()
}

#[tokio::test]
async fn everything_is_under_the_new_secret_and_the_old_one_opens_nothing() {
    let folder = folder();
    let (app, config, file) = with_file(folder.path()).await;
    let before = people(&app).await;
    assert_eq!(changed(&config).await, Rekeyed::Done { rows: 12, lost: 0, file: Some(file.clone()) });
    let secrets = Secrets::file(&file).unwrap();
    assert_eq!((secrets.previous_data.clone(), &secrets.token), (None, &vec![9; 32]));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let (old, new) = (Vault::new(&[7; 32]), secrets.vault());
    assert_eq!(keys(&app).await, KnownKeys { current: Some(new.fingerprint()), outgoing: None });
    for (row, was) in people(&app).await.into_iter().zip(before) {
        let wrapped = row.data_key.clone().unwrap();
        assert!(old.open_data_key(row.id.0, &wrapped).is_err());
        let key = new.open_data_key(row.id.0, &wrapped).unwrap();
        let phone = new.open(&key, row.id.0, "phone_sealed", row.phone_sealed.as_ref().unwrap()).unwrap();
        let identity = new.open(&key, row.id.0, "identity_sealed", row.identity_sealed.as_ref().unwrap()).unwrap();
        assert_eq!(row.phone_index, Some(phone_index(&new, &phone)));
        assert_eq!(row.identity_index, Some(identity_index(&new, &identity)));
        assert_eq!((row.version, row.phone_sealed), (was.version, was.phone_sealed));
    }
    assert_eq!(command::check(&config).await.unwrap().wrong, Vec::<String>::new());
    assert!(matches!(command::check(&app.config()).await.unwrap_err(), CommandError::WrongKey));
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'rekey'").await, 1);
}

#[tokio::test]
async fn seeds_of_second_factors_come_along() {
    let folder = folder();
    let (app, config, file) = with_file(folder.path()).await;
    let (seed, _) = confirmed(&app, "organizer-city").await;
    assert_eq!(changed(&config).await, Rekeyed::Done { rows: 13, lost: 0, file: Some(file.clone()) });
    app.app.vault.replace(&Secrets::file(&file).unwrap().vault());
    app.clock.advance(60);
    assert_eq!(with_code(&app, "organizer-city", &code_now(&app, &seed)).await.status, 200);
    assert_eq!(
        changed(&config).await,
        Rekeyed::Done { rows: 13, lost: 0, file: Some(file) },
        "again, as the next time"
    );
}

#[tokio::test]
async fn a_running_server_follows_and_one_without_the_new_secret_is_told() {
    let folder = folder();
    let (test, config, _file) = with_file(folder.path()).await;
    let ambient = test_ambient(test.clock.clone(), 5);
    let secrets = Secrets::existing(&config).unwrap();
    let app = App::new(config.clone(), test.app.db.clone(), ambient, &secrets);
    assert!(app.refresh_keys().await.unwrap());
    changed(&config).await;
    let row = people(&test).await.remove(0);
    let wrapped = row.data_key.unwrap();
    assert!(app.vault.open_data_key(row.id.0, &wrapped).is_err());
    assert!(app.refresh_keys().await.unwrap());
    app.vault.open_data_key(row.id.0, &wrapped).unwrap();
    let stranger = App::new(test.config(), test.app.db.clone(), app.ambient.clone(), &secrets);
    assert!(!stranger.refresh_keys().await.unwrap());
}

#[tokio::test]
async fn while_the_secret_changes_an_identity_number_still_occurs_once() {
    let folder = folder();
    let (app, config, file) = with_file(folder.path()).await;
    let secrets = Secrets::begin_change(&file, &app.app.ambient).unwrap();
    let vault = secrets.vault();
    let known = KnownKeys { current: Some(vault.fingerprint()), outgoing: Some(Vault::new(&[7; 32]).fingerprint()) };
    known.write(app.app.db.write()).await.unwrap();
    app.app.vault.replace(&vault);
    let with = |number: &str| {
        json!({ "organization": app.organization_id("grid1"), "affiliation": "COMMUNITY_REPORT_IN",
            "person": { "name": "钱示例新", "identityNumber": number } })
    };
    let taken = app.mutate("organizer-city", "personCreate", "person { id }", with("990000198001010012")).await;
    assert_eq!(taken.user_errors("personCreate"), ["person.identityNumber DUPLICATE"]);
    let made = app.mutate("organizer-city", "personCreate", "person { id }", with("11010519491231002X")).await;
    assert_eq!(made.user_errors("personCreate"), Vec::<String>::new());
    let input =
        json!({ "person": ids::encode(app.human("李示例宁").person).to_string(), "field": "PHONE", "reason": "CARE" });
    let look = app.mutate("secretary", "personUnmask", "value", input).await;
    assert_eq!(look.at("/personUnmask/value"), "10000000002");
    assert_eq!(changed(&config).await, Rekeyed::Done { rows: 12, lost: 0, file: Some(file) });
    assert_eq!(command::check(&config).await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn killed_in_between_it_goes_on_and_a_backup_from_then_needs_both_secrets() {
    let folder = folder();
    let (app, config, file) = with_file(folder.path()).await;
    if Database::sqlite_path(&config.database_url).is_none() {
        let first = command::rekey(&config, Duration::ZERO).await.unwrap();
        assert_eq!(first, Rekeyed::Distribute(file.clone()));
        assert_eq!(keys(&app).await.current, Some(Vault::new(&[7; 32]).fingerprint()));
    }
    let mut running = Command::new(env!("CARGO_BIN_EXE_jianghai"))
        .arg("rekey")
        .env_clear()
        .envs(std::env::vars().filter(|(name, _)| !name.starts_with("JIANGHAI_")))
        .env("JIANGHAI_DATABASE_URL", &config.database_url)
        .env("JIANGHAI_SECRETS", &file)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while keys(&app).await.outgoing.is_none() {
        assert_eq!(running.try_wait().unwrap(), None, "it ended too early");
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let (mut empty, _directory) = empty_database().await;
    let target = backed_up(&app, &config, folder.path()).await;
    let only_new = hex::encode(Secrets::file(&file).unwrap().data);
    empty.data_secret = Some(only_new.clone());
    let error = restore(&empty, &target).await.unwrap_err();
    assert!(error.contains("needs the one before too"), "{error}");
    let mut without = config.clone();
    (without.data_secret, without.token_key) = (Some(only_new), empty.token_key.clone());
    assert!(matches!(command::check(&without).await.unwrap_err(), CommandError::OutgoingKeyMissing));
    assert_eq!(changed(&config).await, Rekeyed::Done { rows: 12, lost: 0, file: Some(file.clone()) });
    assert_eq!(Secrets::file(&file).unwrap().previous_data, None);
    assert_eq!(command::check(&config).await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn secrets_in_the_settings_are_changed_by_hand_first() {
    let (app, mut config) = instance().await;
    let error = command::rekey(&config, Duration::ZERO).await.unwrap_err().to_string();
    assert!(error.contains("previous_data_secret, restart them all"), "{error}");
    config.previous_data_secret = config.data_secret.replace("08".repeat(32));
    assert_eq!(command::check(&config).await.unwrap().wrong, Vec::<String>::new());
    assert_eq!(changed(&config).await, Rekeyed::Done { rows: 12, lost: 0, file: None });
    assert_eq!(changed(&config).await, Rekeyed::Done { rows: 0, lost: 0, file: None });
    config.previous_data_secret = None;
    assert_eq!(command::check(&config).await.unwrap().wrong, Vec::<String>::new());
    assert_eq!(keys(&app).await.outgoing, None);
}
