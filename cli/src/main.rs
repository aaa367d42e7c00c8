//! Ratel on a computer: the street (three phones and a relay in one local page), a volunteer's laptop, and the
//! command line.
//!
//! A tour. [`args`] is the grammar, [`speech`] the words and [`failure`] what is said when something is refused.
//! [`computer`] is what a computer supplies to the core, [`phone`] a folder with a core in it, [`command`] what acts
//! on one and ends. [`page`] serves the local page and lets nobody else in; [`serve`] is one phone in it, [`street`]
//! is three with a relay between them.

mod args;
mod command;
mod computer;
mod failure;
mod page;
mod phone;
mod random;
mod serve;
mod signal;
mod speech;
mod street;

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;
use tracing_subscriber::EnvFilter;

use args::{Cli, Command};
use command::Place;
use failure::Failure;
use speech::Speech;

/// Folder of the street, unless told otherwise, in the current one.
const STREET_FOLDER: &str = "street-data";
/// Environment variable with what to log to standard error, such as `ratel_core=debug`; warnings by default.
const LOG: &str = "RATEL_LOG";

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env(LOG).unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let speech = Speech::choose(cli.lang);
    let lang = speech.lang;
    match run(cli, speech).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            speech::complain(&failure.sentence(&Speech::of(lang)));
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli, speech: Speech) -> Result<(), Failure> {
    match cli.command.unwrap_or_else(|| Command::Street(args::Street::default())) {
        Command::Street(options) => {
            street::run(&cli.data.unwrap_or_else(|| PathBuf::from(STREET_FOLDER)), &options, speech).await
        }
        command => {
            let folder = cli.data.map_or_else(phone::own_folder, Ok)?;
            match command {
                Command::Serve(options) => serve::run(&folder, &options, speech).await,
                command => command::run(&Place { folder, speech }, command).await,
            }
        }
    }
}
