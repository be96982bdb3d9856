use std::net::IpAddr;

use super::{environment::KEYS, *};

fn set(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn example() -> String {
    let text = include_str!("../../../jianghai.example.toml");
    let is_key =
        |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    text.lines().filter_map(|line| line.strip_prefix("# ")).filter(|line| is_key(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_uncommented_is_valid_and_shows_the_defaults() {
    let shown = Config::parse("jianghai.example.toml", &example(), &[]).unwrap();
    let defaults = Config {
        secrets: shown.secrets.clone(),
        data_secret: shown.data_secret.clone(),
        previous_data_secret: shown.previous_data_secret.clone(),
        token_key: shown.token_key.clone(),
        previous_token_key: shown.previous_token_key.clone(),
        erasure_log: shown.erasure_log.clone(),
        tls: shown.tls.clone(),
        trusted_proxies: shown.trusted_proxies.clone(),
        storage: Storage { s3_region: Storage::default().s3_region, ..shown.storage.clone() },
        backup: Backup { keep: 7, ..shown.backup.clone() },
        limits: Limits { requests_running: shown.limits.requests_running, ..Limits::default() },
        ..Config::default()
    };
    assert_eq!(shown, defaults);
    assert_eq!(shown.secrets, Config::default().secrets_file());
    assert_eq!(shown.erasure_log, Config::default().erasure_log());
    assert_eq!(shown.storage.directory, Config::default().storage_directory());
    assert_eq!(shown.backup.directory, Config::default().backup_directory());
}

#[test]
fn every_key_is_in_the_example_and_every_key_of_the_example_has_a_variable() {
    let mut section = String::new();
    let mut shown: Vec<String> = Vec::new();
    for line in example().lines() {
        match line.strip_prefix('[') {
            Some(name) => section = format!("{}.", name.trim_end_matches(']')),
            None => shown.push(format!("{section}{}", line.split_once(" = ").unwrap().0)),
        }
    }
    let mut known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
    shown.sort();
    known.sort_unstable();
    assert_eq!(shown, known);
}

#[test]
fn the_environment_wins_over_the_file() {
    let variables = [set("JIANGHAI_DATABASE_URL", "postgres://db/x"), set("JIANGHAI_LIMITS_DEPTH", "9")];
    let config =
        Config::parse("x.toml", "database_url = \"sqlite://a.db\"\n[limits]\nfields = 7\n", &variables).unwrap();
    assert_eq!(config.database_url, "postgres://db/x");
    assert_eq!((config.limits.depth, config.limits.fields), (9, 7));
}

#[test]
fn certificate_and_key_come_from_two_variables() {
    let variables = [set("JIANGHAI_TLS_CERT", "c.pem"), set("JIANGHAI_TLS_KEY", "k.pem")];
    let config = Config::parse("x.toml", "", &variables).unwrap();
    assert_eq!(config.tls, Some(Tls { cert: "c.pem".into(), key: "k.pem".into() }));
    let error = Config::parse("x.toml", "", &variables[..1]).unwrap_err().to_string();
    assert!(error.contains("tls") && error.contains("key"), "{error}");
}

#[test]
fn an_unknown_or_bad_key_is_named() {
    for (text, named) in [
        ("databse_url = \"x\"", "databse_url"),
        ("listen = \"somewhere\"", "listen"),
        ("[limits]\ndepht = 3", "depht"),
        ("database_connections = \"many\"", "database_connections"),
        ("database_connections = 0", "database_connections"),
        ("behind_proxy = true", "trusted_proxies"),
        ("trusted_proxies = [\"10.0.0.0/99\"]", "trusted_proxies"),
    ] {
        let error = Config::parse("x.toml", text, &[]).unwrap_err().to_string();
        assert!(error.contains(named), "{text}: {error}");
    }
    for (name, value) in [
        ("JIANGHAI_DATABSE_URL", "x"),
        ("JIANGHAI_DATABASE_CONNECTIONS", "many"),
        ("JIANGHAI_LISTEN", "somewhere"),
        ("JIANGHAI_BEHIND_PROXY", "perhaps"),
        ("JIANGHAI_LOG_FORMAT", "xml"),
    ] {
        let error = Config::parse("x.toml", "", &[set(name, value)]).unwrap_err().to_string();
        assert!(error.contains(name), "{name}: {error}");
    }
}

#[test]
fn variables_of_scripts_are_no_settings() {
    let variables = [set("JIANGHAI_TOOLS", "x"), set("JIANGHAI_TEST_SYNCHRONOUS", "OFF"), set("PATH", "/bin")];
    assert_eq!(Config::read(None, variables.into_iter()).unwrap(), Config::default());
}

#[test]
fn serving_beyond_this_machine_needs_encryption() {
    let exposed = Config { listen: "0.0.0.0:80".parse().unwrap(), ..Config::default() };
    let error = exposed.check_exposure().unwrap_err().to_string();
    assert!(error.contains("listen") && error.contains("tls.cert"), "{error}");
    let behind = Config { behind_proxy: true, ..exposed };
    assert!(behind.check_exposure().is_ok());
    assert!(Config::default().check_exposure().is_ok());
}

#[test]
fn a_network_contains_its_addresses() {
    let cases = [("10.0.0.0/8", "10.9.8.7", true), ("10.0.0.0/8", "11.0.0.1", false), ("127.0.0.1", "127.0.0.1", true)];
    let more = [("0.0.0.0/0", "1.2.3.4", true), ("::/0", "1.2.3.4", false), ("2001:db8::/32", "2001:db8::1", true)];
    for (network, address, inside) in cases.into_iter().chain(more) {
        let network: Network = network.parse().unwrap();
        assert_eq!(network.contains(address.parse::<IpAddr>().unwrap()), inside, "{network} {address}");
    }
}

#[test]
fn secrets_are_made_once_beside_the_database_and_kept() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("new/jianghai.db");
    let config = Config { database_url: format!("sqlite://{}", path.display()), ..Config::default() };
    let ambient = crate::clock::Ambient::system(config.offset());
    let first = Secrets::load(&config, &ambient).unwrap();
    let again = Secrets::load(&config, &ambient).unwrap();
    assert_eq!((first.data.len(), first.token.len()), (32, 32));
    assert_eq!((&first.data, &first.token), (&again.data, &again.token));
    assert_ne!(first.data, first.token);
    let mode = std::fs::metadata(config.secrets_file().unwrap()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_shared_database_demands_its_secrets() {
    let config = Config { database_url: "postgres://db/x".to_owned(), ..Config::default() };
    let ambient = crate::clock::Ambient::system(config.offset());
    let missing = Secrets::load(&config, &ambient).err().unwrap();
    assert!(matches!(missing, SecretsError::Missing("data_secret")));
    let short = Config { data_secret: Some("abcd".into()), token_key: Some("00".repeat(32)), ..config };
    assert!(matches!(Secrets::load(&short, &ambient).err().unwrap(), SecretsError::Malformed("data_secret")));
}
