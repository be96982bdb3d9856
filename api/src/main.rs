//! The command `jianghai`.
use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use jianghai::{
    command::{self, CommandError, Demo, Erasures, PasswordFrom, Restore},
    config::Config,
    telemetry,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Jianghai (江海): grassroots Party-building work of a city.
#[derive(Parser)]
#[command(version, about, long_about = None)]
struct Arguments {
    /// Configuration file; `jianghai.toml` is read where none is named and it exists.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the web app on one port until told to stop.
    Serve,
    /// Bring the tables of the database to the state that this binary expects.
    Migrate,
    /// Fill an empty database with the demonstration data: the organizations of Nantong and people who do not exist.
    Demo {
        /// Multiplies the people; 1 means about 60,000 in the whole tree.
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
        scale: u32,
        /// Cuts the tree to about this many organizations, and the people in proportion.
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
        organizations: Option<u32>,
        /// Do nothing where the database is not empty.
        #[arg(long)]
        if_empty: bool,
    },
    /// Accounts that administer the whole tree.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Verify tree, head counts, audit trail and key; print what is wrong.
    Check,
    /// The audit trail: write down its root, and verify it later.
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
    /// Copy the database, as it is at one moment, into a folder; the server may run meanwhile. The secrets are not in it.
    Backup {
        /// The folder to make; nothing that exists is overwritten. Without it: a folder named by the time, in
        /// backup.directory, and old ones there are removed as backup.keep says.
        to: Option<PathBuf>,
        /// Put this secrets file into the backup too. Whoever has such a backup reads everything.
        #[arg(long, value_name = "SECRETS FILE")]
        with_key: Option<PathBuf>,
    },
    /// Fill an empty database from a backup and check it. What is not complete is not there.
    Restore {
        /// The folder that `jianghai backup` made.
        from: PathBuf,
        /// The secrets file of the instance that was backed up; put in its place where that is empty. Without it the
        /// configured secrets are used.
        #[arg(long, value_name = "SECRETS FILE")]
        key_file: Option<PathBuf>,
        /// The erasure log: people whose data were erased after the backup was made are erased again. Without it the
        /// configured one is used.
        #[arg(long, value_name = "FILE", conflicts_with = "no_erasures")]
        erasures: Option<PathBuf>,
        /// Nobody's data were erased after the backup was made.
        #[arg(long)]
        no_erasures: bool,
        /// Keep the database even where the check finds something wrong.
        #[arg(long)]
        accept_problems: bool,
    },
    /// Change the data secret while the server runs; run again it goes on where it was.
    Rekey,
    /// Print the schema of the API in the GraphQL schema language.
    Schema,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Print the newest root of the audit trail as JSON; keep it outside the database.
    Root,
    /// Verify that the audit trail up to a root that was written down is still the same.
    Verify {
        /// The file with the root, from `audit root` or from the audit page.
        #[arg(value_name = "FILE")]
        root: PathBuf,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Create one. The password is asked for on the terminal.
    Create {
        /// Sign-in name.
        #[arg(long)]
        name: String,
        /// Read the password from the first line of standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match actix_web::rt::System::new().block_on(run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jianghai: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), CommandError> {
    if let Command::Schema = arguments.command {
        println!("{}", command::schema());
        return Ok(());
    }
    let config = Config::read(arguments.config.as_deref(), std::env::vars())?;
    telemetry::start(&config)?;
    match arguments.command {
        Command::Serve => command::serve(config).await,
        Command::Migrate => {
            let applied = command::migrate(&config).await?;
            println!("{applied} migrations applied; the database is up to date");
            Ok(())
        }
        Command::Demo { scale, organizations, if_empty } => {
            match command::demo(&config, Demo { scale, organizations, if_empty }).await? {
                Some(done) => println!("demo: {} organizations and {} people loaded", done.organizations, done.people),
                None => println!("demo: the database is not empty; nothing was loaded"),
            }
            Ok(())
        }
        Command::Admin { command: AdminCommand::Create { name, password_stdin } } => {
            let from = if password_stdin { PasswordFrom::Input } else { PasswordFrom::Terminal };
            command::create_admin(&config, &name, from).await
        }
        Command::Check => {
            let report = command::check(&config).await?;
            print(&report.notes);
            print(&report.wrong);
            if !report.wrong.is_empty() {
                return Err(CommandError::Refused("the database does not hold together; see above".to_owned()));
            }
            println!("the database holds together");
            Ok(())
        }
        Command::Audit { command: AuditCommand::Root } => {
            println!("{}", command::audit_root(&config).await?);
            Ok(())
        }
        Command::Audit { command: AuditCommand::Verify { root } } => {
            println!("{}", command::audit_verify(&config, &root).await?);
            Ok(())
        }
        Command::Backup { to, with_key } => {
            print(&command::backup(&config, to.as_deref(), with_key.as_deref()).await?);
            Ok(())
        }
        Command::Restore { from, key_file, erasures, no_erasures, accept_problems } => {
            let erasures = match erasures {
                Some(file) => Erasures::File(file),
                None if no_erasures => Erasures::None,
                None => Erasures::Configured,
            };
            let command = Restore { from, key_file, erasures, accept_problems };
            print(&command::restore(&config, &command).await?.lines());
            Ok(())
        }
        Command::Rekey => {
            print(&command::rekey(&config, command::NOTICE).await?.lines());
            Ok(())
        }
        Command::Schema => Ok(()),
    }
}

fn print(lines: &[String]) {
    for line in lines {
        println!("{line}");
    }
}
