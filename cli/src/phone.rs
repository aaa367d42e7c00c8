//! A phone on this computer: a folder with a core in it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use etcetera::{AppStrategy, AppStrategyArgs};
use ratel_core::{App, Config, Error, platform::PlatformError};

use crate::{
    computer::{Computer, Dialler},
    failure::Failure,
    speech::Speech,
};

/// How long a command waits for the relay when it would be nice, not necessary.
const BRIEF: Duration = Duration::from_secs(3);
/// Passes of one `sync`: an answer to what came in goes out in the next.
const PASSES: usize = 5;
/// Seconds between "Stuur" and sealing.
pub(crate) const UNDO_S: u32 = 10;
/// Longest wait before "seen" goes, so that a relay cannot tell who looked when (seconds).
pub(crate) const SEEN_DELAY_MAX_S: u32 = 60;

/// The folder of this account's own phone.
pub(crate) fn own_folder() -> Result<PathBuf, Failure> {
    let names = AppStrategyArgs {
        top_level_domain: String::from("org"),
        author: String::from("ratel"),
        app_name: String::from("ratel"),
    };
    match etcetera::choose_app_strategy(names) {
        Ok(strategy) => Ok(strategy.data_dir()),
        Err(_) => Err(Failure::said("cli-no-home")),
    }
}

/// Opens the phone in `folder`; makes it if it is not there.
pub(crate) fn open_or_make(folder: &Path, speech: &Speech) -> Result<App, Failure> {
    let config = Config { lang: Some(speech.lang.to_owned()), ..Config::new(folder.to_owned()) };
    open(config, Box::new(|_| Err(PlatformError { reason: String::from("a terminal has no dialler") })))
}

/// Opens the phone in `folder`, which must be there: a mistyped folder gets a sentence and not a new phone.
pub(crate) fn open_existing(folder: &Path, speech: &Speech) -> Result<App, Failure> {
    if folder.is_dir() { open_or_make(folder, speech) } else { Err(Failure::folder("cli-no-phone", folder)) }
}

/// Opens a phone with other settings.
pub(crate) fn open(config: Config, dialler: Dialler) -> Result<App, Failure> {
    crate::computer::make_folder(&config.data_dir)?;
    let computer = Computer::new(&config.data_dir, dialler);
    Ok(App::open(config, Arc::new(computer))?)
}

/// What a whole exchange with the relay moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Exchanged {
    /// Envelopes that the relay took.
    pub(crate) pushed: u32,
    /// Envelopes that came.
    pub(crate) pulled: u32,
}

/// Exchanges with the relay until nothing moves any more.
pub(crate) async fn exchange(app: &App) -> Result<Exchanged, Error> {
    let mut moved = Exchanged::default();
    for _ in 0..PASSES {
        let pass = app.sync_once().await?;
        moved.pushed += pass.pushed;
        moved.pulled += pass.pulled;
        if pass.pushed == 0 && pass.pulled == 0 {
            break;
        }
    }
    Ok(moved)
}

/// Tries to exchange, for a moment only; whether it worked. What did not go waits in the store.
pub(crate) async fn try_exchange(app: &App) -> bool {
    matches!(tokio::time::timeout(BRIEF, exchange(app)).await, Ok(Ok(_)))
}
