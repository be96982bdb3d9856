//! `jianghai admin create`: the accounts that give the others theirs.
use std::{
    io::{self, BufRead, IsTerminal, Write},
    process::{Command, Stdio},
    sync::Arc,
};

use super::{CommandError, open::ready};
use crate::{
    config::Config,
    db::Tx,
    features::account::{
        Passwords,
        service::{self, AdministratorError},
    },
};

/// Where the password comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFrom {
    /// Asked for twice, without showing it.
    Terminal,
    /// The first line of standard input.
    Input,
}

/// Creates an account that administers the whole tree.
pub async fn create_admin(config: &Config, name: &str, from: PasswordFrom) -> Result<(), CommandError> {
    let opened = ready(config).await?;
    let password = match from {
        PasswordFrom::Terminal if io::stdin().is_terminal() => ask_twice()?,
        PasswordFrom::Terminal | PasswordFrom::Input => line()?,
    };
    let hashed = service::new_password(&Passwords::default(), &opened.ambient, name, password).await;
    let hashed = hashed.map_err(|error| CommandError::Refused(error.to_string()))?;
    let vault = Arc::new(opened.vault);
    let tx = Tx::begin(&opened.db, &opened.ambient, &vault, "command-line").await?;
    let created = service::create_administrator(&tx, name, hashed).await.map_err(|error| match error {
        AdministratorError::Db(error) => CommandError::Db(error),
        error => CommandError::Refused(error.to_string()),
    })?;
    tx.commit().await?;
    opened.db.close().await?;
    println!("{} administers the whole tree from now on", created.name);
    Ok(())
}

fn broken(error: &io::Error) -> CommandError {
    CommandError::Refused(format!("the password cannot be read: {error}"))
}

fn line() -> Result<String, CommandError> {
    let mut text = String::new();
    io::stdin().lock().read_line(&mut text).map_err(|error| broken(&error))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn ask_twice() -> Result<String, CommandError> {
    let ask = |question: &str| {
        print!("{question}: ");
        io::stdout().flush().map_err(|error| broken(&error))?;
        let typed = line();
        println!();
        typed
    };
    echo(false);
    let typed = ask("Password").and_then(|first| Ok((first, ask("Once more")?)));
    echo(true);
    let (first, second) = typed?;
    if first == second {
        Ok(first)
    } else {
        Err(CommandError::Refused("the two passwords differ; nothing was created".to_owned()))
    }
}

/// Shows or hides what is typed. Where that fails the password is visible, which is better than no account.
fn echo(shown: bool) {
    let mode = if shown { "echo" } else { "-echo" };
    let _outcome = Command::new("stty").arg(mode).stdin(Stdio::inherit()).status();
}
