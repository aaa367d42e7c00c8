//! The relay's program: reads settings, starts a relay, stops it on a signal.

use std::{
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    process::ExitCode,
};

use clap::Parser as _;
use ratel_protocol::Day;
use ratel_relay::{Clock as _, CodeKey, Config, Relay, SqliteStore, StartError, SystemClock};

mod args;
mod settings;

use args::{Args, Command};

/// A relay that could not start, as the arguments are wrong or the machine does not allow it.
const CANNOT_START: u8 = 2;
/// 2026-01-01, before this program was written: a machine that says less has no clock yet. What it took then would be
/// kept too short, and its dates would mislead phones.
const EARLIEST: Day = Day(731);

fn main() -> ExitCode {
    let args = Args::parse();
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "ratel-relay: {error}");
            ExitCode::from(CANNOT_START)
        }
    }
}

fn run(mut args: Args) -> Result<(), StartError> {
    let command = args.command.take();
    let (config, log) = settings::resolve(args)?;
    match command {
        None if SystemClock.today() < EARLIEST => Err(StartError::Config(String::from(
            "this machine's clock is years behind: set it, then start the relay again",
        ))),
        None => serve(&config, &log),
        Some(Command::Code { days, replace }) => code(&config.data, days, replace),
        Some(Command::Restored) => {
            SqliteStore::declare_restored(&config.data)?;
            say("This relay has a new store id: phones will compare everything with it.")
        }
    }
}

fn serve(config: &Config, log: &str) -> Result<(), StartError> {
    let filter = tracing_subscriber::EnvFilter::try_new(log).map_err(|error| {
        StartError::Config(format!("the log filter {log:?} cannot be read ({error}): try \"info\""))
    })?;
    let colours = io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(colours).init();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| StartError::Config(format!("this machine cannot start threads ({error})")))?;
    runtime.block_on(async {
        // Listens for signals before it says that it runs, so that none is missed.
        let stop = stop_signal().map_err(|error| StartError::Config(format!("signals cannot be heard ({error})")))?;
        let running = Relay::start(config.clone()).await?;
        let scheme = if config.tls.is_some() { "https" } else { "http" };
        say(&format!("ratel-relay listens on {scheme}://{}", running.addr()))?;
        if let Some(admin) = running.admin_addr() {
            say(&format!("health, readiness and metrics are on http://{admin}"))?;
        }
        explain(config);
        stop.await;
        tracing::info!("stopping");
        running.stop().await;
        Ok(())
    })
}

/// What an operator may not expect.
fn explain(config: &Config) {
    let loopback = config.listen.ip().is_loopback();
    if config.is_open() && loopback {
        tracing::info!(
            "everybody who reaches this relay may register a group, as it listens on this machine only; \
             behind a proxy start it with --registration codes"
        );
    } else if config.is_open() {
        tracing::warn!("everybody may register a group (--open)");
    } else {
        tracing::info!("a group registers with a code: ratel-relay code --data DIR");
    }
    if config.tls.is_none() && !loopback {
        tracing::warn!("this is plain HTTP, which phones refuse: put TLS in front, or give --tls-cert and --tls-key");
    }
}

fn code(data: &Path, days: u16, replace: bool) -> Result<(), StartError> {
    let failed = |error| StartError::Data(data.to_path_buf(), error);
    if !data.is_dir() {
        let missing = io::Error::new(io::ErrorKind::NotFound, "there is no relay in it yet");
        return Err(failed(missing));
    }
    let last: Day = SystemClock.today().plus(days);
    let code = CodeKey::open(data).and_then(|key| key.issue(last, replace)).map_err(failed)?;
    say(&code)
}

/// Writes a line to standard output.
fn say(line: &str) -> Result<(), StartError> {
    writeln!(io::stdout(), "{line}").map_err(|error| StartError::Config(format!("standard output is closed ({error})")))
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
