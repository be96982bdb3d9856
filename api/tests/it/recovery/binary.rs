//! The command as an operator meets it.
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Command, Output},
};

use super::*;

fn jianghai(config: &Config, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianghai"));
    command.env_clear().envs(std::env::vars().filter(|(name, _)| !name.starts_with("JIANGHAI_")));
    command.args(arguments).current_dir(std::env::temp_dir()).env("JIANGHAI_DATABASE_URL", &config.database_url);
    let settings = [
        ("JIANGHAI_DATA_SECRET", config.data_secret.clone()),
        ("JIANGHAI_TOKEN_KEY", config.token_key.clone()),
        ("JIANGHAI_SECRETS", config.secrets.as_ref().map(|path| path.display().to_string())),
        ("JIANGHAI_BACKUP_POSTGRES_BIN", config.backup.postgres_bin.as_ref().map(|path| path.display().to_string())),
    ];
    command.envs(settings.into_iter().filter_map(|(name, value)| Some((name, value?))));
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn backup_and_restore_work_from_the_command_line_and_failures_are_exit_codes() {
    let (_app, config) = instance().await;
    let folder = folder();
    let target = folder.path().join("copy").display().to_string();
    let made = jianghai(&config, &["backup", &target]);
    assert!(made.status.success() && said(&made).contains("NOT in it"), "{}", said(&made));
    let twice = jianghai(&config, &["backup", &target]);
    assert_eq!(twice.status.code(), Some(1), "{}", said(&twice));
    let (empty, _directory) = empty_database().await;
    let restored = jianghai(&empty, &["restore", &target, "--no-erasures"]);
    assert!(restored.status.success() && said(&restored).contains("holds together"), "{}", said(&restored));
    let again = jianghai(&empty, &["restore", &target, "--no-erasures"]);
    assert_eq!(again.status.code(), Some(1), "{}", said(&again));
    assert_eq!(jianghai(&empty, &["check"]).status.code(), Some(0));
}

#[tokio::test]
async fn a_backup_with_its_key_restores_on_a_machine_that_has_none() {
    let (_app, mut config) = instance().await;
    let folder = folder();
    config.secrets = Some(folder.path().join("own.toml"));
    let secrets = |data: &str| format!("data_secret = \"{data}\"\ntoken_key = \"{}\"\n", "09".repeat(32));
    fs::write(config.secrets.as_ref().unwrap(), secrets(&"07".repeat(32))).unwrap();
    (config.data_secret, config.token_key) = (None, None);
    let target = folder.path().join("copy");
    let own = config.secrets.as_ref().unwrap().display().to_string();
    let made = jianghai(&config, &["backup", &target.display().to_string(), "--with-key", &own]);
    assert!(said(&made).contains("THE SECRETS"), "{}", said(&made));
    let (mut empty, _directory) = empty_database().await;
    (empty.data_secret, empty.token_key) = (None, None);
    let place = folder.path().join("new machine/jianghai.secrets.toml");
    empty.secrets = Some(place.clone());
    let without = jianghai(&empty, &["restore", &target.display().to_string(), "--no-erasures"]);
    assert!(said(&without).contains("give the secrets file") && !place.exists(), "{}", said(&without));
    let key = target.join("jianghai.secrets.toml").display().to_string();
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(&place, secrets(&"08".repeat(32))).unwrap();
    let other = jianghai(&empty, &["restore", &target.display().to_string(), "--no-erasures", "--key-file", &key]);
    assert!(said(&other).contains("holds other secrets"), "{}", said(&other));
    fs::remove_file(&place).unwrap();
    let restored = jianghai(&empty, &["restore", &target.display().to_string(), "--no-erasures", "--key-file", &key]);
    assert!(restored.status.success(), "{}", said(&restored));
    assert_eq!(fs::read_to_string(&place).unwrap(), secrets(&"07".repeat(32)));
    assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(jianghai(&empty, &["check"]).status.code(), Some(0));
}

#[tokio::test]
async fn the_password_of_the_database_is_no_argument() {
    let (_app, mut config) = instance().await;
    if Database::sqlite_path(&config.database_url).is_some() {
        return;
    }
    let folder = folder();
    let program = folder.path().join("pg_dump");
    let script = "#!/bin/sh\necho \"$@\" >\"$0.arguments\"\necho \"$PGUSER $PGPASSWORD\" >\"$0.variables\"\n\
                  echo 'pg_dump: error: no' >&2\nexit 1\n";
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    config.database_url = config.database_url.replace("postgres@", "postgres:s%65cret@");
    config.backup.postgres_bin = Some(folder.path().into());
    let failed = jianghai(&config, &["backup", &folder.path().join("copy").display().to_string()]);
    assert_eq!(said(&failed), "jianghai: no backup was made: pg_dump failed: no\n");
    let arguments = fs::read_to_string(folder.path().join("pg_dump.arguments")).unwrap();
    assert!(arguments.contains("--format=custom") && !arguments.contains("secret"), "{arguments}");
    assert_eq!(fs::read_to_string(folder.path().join("pg_dump.variables")).unwrap(), "postgres secret\n");
}
