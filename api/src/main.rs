//! The command `jianghai`.
use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use jianghai::{
    command::{self, CommandError},
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
    /// Print the schema of the API in the GraphQL schema language.
    Schema,
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
        Command::Schema => Ok(()),
    }
}
