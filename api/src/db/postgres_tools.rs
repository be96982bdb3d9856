//! `pg_dump` and `pg_restore`, run as programs. Where to connect is said in the environment: arguments are visible
//! to everybody on the machine.
use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use percent_encoding::percent_decode_str;
use url::Url;

/// Parts of a database URL's query that `libpq` reads from a variable.
const PARAMETERS: &[(&str, &str)] = &[
    ("host", "PGHOST"),
    ("hostaddr", "PGHOSTADDR"),
    ("port", "PGPORT"),
    ("user", "PGUSER"),
    ("password", "PGPASSWORD"),
    ("dbname", "PGDATABASE"),
    ("options", "PGOPTIONS"),
    ("sslmode", "PGSSLMODE"),
    ("ssl-mode", "PGSSLMODE"),
    ("sslrootcert", "PGSSLROOTCERT"),
    ("ssl-root-cert", "PGSSLROOTCERT"),
    ("sslcert", "PGSSLCERT"),
    ("ssl-cert", "PGSSLCERT"),
    ("sslkey", "PGSSLKEY"),
    ("ssl-key", "PGSSLKEY"),
];

/// The client programs of `PostgreSQL`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostgresTools {
    /// The folder that holds them; none means that they are found on `PATH`.
    pub folder: Option<PathBuf>,
}

/// Why a program did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ToolError {
    /// It is not there.
    #[error(
        "{0} is not installed here: install the client programs of PostgreSQL (Debian: postgresql-client), or name their \
         folder in backup.postgres_bin"
    )]
    Missing(&'static str),
    /// The database URL cannot be read.
    #[error("the setting database_url is wrong: {0}")]
    Url(url::ParseError),
    /// It cannot be started.
    #[error("{program} cannot be started: {source}")]
    Start {
        /// The program.
        program: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// It failed.
    #[error("{program} failed: {message}")]
    Failed {
        /// The program.
        program: &'static str,
        /// What it said.
        message: String,
    },
}

impl PostgresTools {
    /// Copies the state `snapshot` of the database at `url` into the file `target`.
    pub async fn dump(&self, url: &str, snapshot: &str, target: &Path) -> Result<(), ToolError> {
        let mut arguments: Vec<OsString> =
            ["--format=custom", "--no-owner", "--no-privileges", "--no-password"].map(OsString::from).to_vec();
        arguments.push(format!("--snapshot={snapshot}").into());
        arguments.push(with("--file=", target.as_os_str().to_owned()));
        self.run("pg_dump", url, arguments).await
    }

    /// Fills the database at `url` from `file` in one transaction.
    pub async fn restore(&self, url: &str, file: &Path) -> Result<(), ToolError> {
        let flags = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments"];
        let mut arguments: Vec<OsString> = flags.map(OsString::from).to_vec();
        arguments.push("--no-password".into());
        let database = environment(url)?.into_iter().rfind(|(name, _)| *name == "PGDATABASE");
        arguments.push(format!("--dbname={}", database.map(|(_, name)| name).unwrap_or_default()).into());
        arguments.push(file.as_os_str().to_owned());
        self.run("pg_restore", url, arguments).await
    }

    async fn run(&self, program: &'static str, url: &str, arguments: Vec<OsString>) -> Result<(), ToolError> {
        let path = self.folder.as_ref().map_or_else(|| PathBuf::from(program), |folder| folder.join(program));
        let mut command = Command::new(path);
        command.args(arguments).envs(environment(url)?).env("LC_ALL", "C").stdin(Stdio::null()).stdout(Stdio::null());
        let ended = tokio::task::spawn_blocking(move || command.output()).await;
        let ended = ended.unwrap_or_else(|error| Err(io::Error::other(error)));
        let output = ended.map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => ToolError::Missing(program),
            _ => ToolError::Start { program, source },
        })?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(ToolError::Failed { program, message: complaint(program, &said, output.status) })
    }
}

fn with(flag: &str, value: OsString) -> OsString {
    let mut argument = OsString::from(flag);
    argument.push(value);
    argument
}

/// The first line that names an error, else the last one.
fn complaint(program: &str, said: &str, status: std::process::ExitStatus) -> String {
    let prefix = format!("{program}: ");
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.clone().find(|line| line.contains("error:"));
    let line = first.or_else(|| lines.next_back()).unwrap_or_default();
    let line = line.strip_prefix(&prefix).unwrap_or(line);
    let line = line.strip_prefix("error: ").unwrap_or(line);
    if line.is_empty() { status.to_string() } else { line.to_owned() }
}

/// The variables by which `libpq` connects as `url` says.
fn environment(url: &str) -> Result<Vec<(&'static str, String)>, ToolError> {
    let url = Url::parse(url).map_err(ToolError::Url)?;
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let database = decoded(url.path().trim_start_matches('/'));
    let mut variables = Vec::new();
    let parts = [
        ("PGHOST", url.host_str().map(decoded)),
        ("PGPORT", url.port().map(|port| port.to_string())),
        ("PGUSER", Some(decoded(url.username()))),
        ("PGPASSWORD", url.password().map(decoded)),
        ("PGDATABASE", Some(database)),
    ];
    variables
        .extend(parts.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?))));
    for (key, value) in url.query_pairs() {
        if let Some((_, name)) = PARAMETERS.iter().find(|(known, _)| *known == key) {
            variables.push((name, value.into_owned()));
        }
    }
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_becomes_variables_with_the_password_decoded() {
        let found = environment("postgres://li:a%40b%2Fc@db.example:6543/jiang?sslmode=require&application_name=x");
        let expected = [
            ("PGHOST", "db.example"),
            ("PGPORT", "6543"),
            ("PGUSER", "li"),
            ("PGPASSWORD", "a@b/c"),
            ("PGDATABASE", "jiang"),
            ("PGSSLMODE", "require"),
        ];
        assert_eq!(found.unwrap(), expected.map(|(name, value)| (name, value.to_owned())));
        let socket = environment("postgres:///jiang?host=/run/postgresql&user=li").unwrap();
        assert!(socket.contains(&("PGHOST", "/run/postgresql".to_owned())), "{socket:?}");
    }
}
