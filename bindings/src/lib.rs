//! The door of the core as Kotlin and Swift see it.
//!
//! Nothing is decided here. The types of `ratel_core` are restated, so that the compiler refuses a restatement that
//! has fallen behind; the calls go on in one line each. A shell opens one [`Ratel`], hands it what the person does,
//! draws what `next_screen` gives, and keeps `run` running while it may use the network.

mod error;
mod intent;
mod platform;
mod screen;
mod start;
mod view;

use std::{future::pending, sync::Arc};

use ratel_core::{
    App, Config, Founding,
    intent::Intent,
    screen::Screen,
    sync::SyncReport,
    view::{Alert, Connection, Neighbourhood},
};
use tokio::sync::{Mutex, watch};

pub use error::RatelError;
use platform::Phone;
pub use platform::{PhoneError, Platform};

uniffi::setup_scaffolding!();

/// The core of one phone.
#[derive(uniffi::Object)]
pub struct Ratel {
    app: App,
    /// What `next_screen` has handed out.
    screens: Mutex<watch::Receiver<Arc<Screen>>>,
    /// Held by the one `run` that works.
    running: Mutex<()>,
}

#[uniffi::export(async_runtime = "tokio")]
impl Ratel {
    /// Opens the store of this phone, or makes it. Fails with a sentence for the person if the file is not ours, if
    /// another program has it open, or if the platform refuses its key or its clocks.
    #[uniffi::constructor]
    pub fn open(config: Config, platform: Arc<dyn Platform>) -> Result<Self, RatelError> {
        let lang = start::first_language(&config);
        let phone = Phone::new(platform).map_err(|error| RatelError::new(&error.into(), &lang))?;
        let app = App::open(config, Arc::new(phone)).map_err(|error| RatelError::new(&error, &lang))?;
        let mut screens = app.screens();
        screens.mark_changed();
        Ok(Self { app, screens: Mutex::new(screens), running: Mutex::new(()) })
    }

    /// Does what the person asked for: one local transaction, no network. The next screen is there when it returns.
    pub fn handle(&self, intent: Intent) -> Result<(), RatelError> {
        self.app.handle(intent).map_err(|error| self.said(&error))
    }

    /// The newest screen.
    pub fn screen(&self) -> Screen {
        Screen::clone(&self.app.screens().borrow())
    }

    /// Waits for a screen that was not handed out yet, the first one at once. Of a burst only the newest comes. Two
    /// who ask share the screens between them.
    pub async fn next_screen(&self) -> Option<Screen> {
        let mut screens = self.screens.lock().await;
        screens.changed().await.ok()?;
        Some(Screen::clone(&screens.borrow_and_update()))
    }

    /// Runs the clock and the link to the relay until it is cancelled. A second call waits for the first to end.
    pub async fn run(&self) {
        let _only = self.running.lock().await;
        self.app.run(pending()).await;
    }

    /// One pass with the relay, for a background job that may not stay.
    pub async fn sync_once(&self) -> Result<SyncReport, RatelError> {
        self.app.sync_once().await.map_err(|error| self.said(&error))
    }

    /// Begins a neighbourhood.
    pub fn found(&self, founding: &Founding) -> Result<(), RatelError> {
        self.app.found(founding).map_err(|error| self.said(&error))
    }

    /// Makes an invitation's code; it works once the relay has heard of it.
    pub fn invite(&self) -> Result<String, RatelError> {
        self.app.invite().map_err(|error| self.said(&error))
    }

    /// Asks to be let in; the phone waits until one that is in has answered.
    #[expect(clippy::needless_pass_by_value, reason = "an optional text crosses by value only")]
    pub fn join(&self, code: &str, name: &str, number: Option<String>) -> Result<(), RatelError> {
        self.app.join(code, name, number.as_deref()).map_err(|error| self.said(&error))
    }

    /// The neighbourhood as this phone sees it.
    pub fn neighbourhood(&self) -> Result<Neighbourhood, RatelError> {
        self.app.neighbourhood().map_err(|error| self.said(&error))
    }

    /// Whether the relay was reached, and what waits.
    pub fn connection(&self) -> Result<Connection, RatelError> {
        self.app.connection().map_err(|error| self.said(&error))
    }

    /// Alerts and drafts, newest first.
    pub fn alerts(&self) -> Result<Vec<Alert>, RatelError> {
        self.app.alerts().map_err(|error| self.said(&error))
    }
}

impl Ratel {
    /// An error in the person's language.
    fn said(&self, error: &ratel_core::Error) -> RatelError {
        let lang = self.app.settings().map_or_else(|_| start::LANGUAGE.to_owned(), |settings| settings.lang);
        RatelError::new(error, &lang)
    }
}
