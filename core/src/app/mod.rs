//! The only door for shells.
//!
//! [`App::open`] opens the store of a device. [`App::handle`] is one act of the person: one local transaction, no
//! network, and the next screen is there when it returns. [`App::run`] is everything that happens by itself: the clock
//! that seals due drafts, and the link.

mod admin;
mod author;
mod begin;
mod charter;
mod desk;
mod first;
mod handle;
mod ingest;
mod join;
mod keys;
mod known;
mod letters;
mod notes;
mod open;
mod people;
mod quarantine;
mod reading;
mod replica;
mod retention;
mod room;
mod runner;
mod send;
mod settle;
#[cfg(test)]
mod simulator;
mod state;
mod surplus;
#[cfg(test)]
mod tests;
mod view_of;

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{Notify, watch};

pub use begin::Founding;
pub use charter::{PartnerFile, PartnerKey};
pub use desk::{Check, Doctor, ExportFormat, Taken};
pub use send::NewAlert;

use crate::{
    envelope::operation::keys::Channel,
    error::Error,
    intent::Intent,
    platform::Platform,
    screen::{Permission, Screen, Settings},
    sync::SyncReport,
    view::{Alert, Connection, Neighbourhood, Note},
};
use state::State;

/// Settings of the app that a shell gives, not the person.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the store; made if it is not there.
    pub data_dir: PathBuf,
    /// Seconds between "Stuur" and sealing, in which "Stop" takes it back (U16: ten).
    pub undo_s: u32,
    /// Longest random wait before "seen" is said (seconds), so that its time does not tell who sits at a window.
    pub seen_delay_max_s: u32,
    /// Language of the first screens, until the person chooses one.
    pub lang: Option<String>,
    /// DER certificate to trust beside the Mozilla roots, for a relay with a certificate of its own.
    pub extra_root: Option<Vec<u8>>,
    /// What the platform asks the person to allow; the first run says why, one at a time.
    pub permissions: Vec<Permission>,
    /// Relay that a neighbourhood begun on this phone uses, until it moves to another.
    pub relay: Option<String>,
}

impl Config {
    /// The usual settings for a folder.
    pub fn new(data_dir: PathBuf) -> Self {
        Self {
            data_dir,
            undo_s: 10,
            seen_delay_max_s: 60,
            lang: None,
            extra_root: None,
            permissions: Vec::new(),
            relay: None,
        }
    }
}

/// The app. Clones share one store.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    state: Mutex<State>,
    screens: watch::Sender<Arc<Screen>>,
    /// Wakes the link: something is to be sent, or a relay is known now.
    outbox: Notify,
    /// Wakes the clock: something falls due earlier than it thinks.
    clock: Notify,
}

impl App {
    /// Opens the store of a device, or makes it.
    ///
    /// # Errors
    /// [`Error::ForeignStore`] for a file that is no store of this release or an older one (nothing is changed in it),
    /// [`Error::WrongKey`] if the platform's wrapping key is another, [`Error::StoreBusy`] if another program has it open.
    pub fn open(config: Config, platform: Arc<dyn Platform>) -> Result<Self, Error> {
        let state = State::open(config, platform)?;
        let screens = watch::channel(Arc::new(state.draw()?)).0;
        let app = Self {
            inner: Arc::new(Inner { state: Mutex::new(state), screens, outbox: Notify::new(), clock: Notify::new() }),
        };
        if let Err(error) = app.end() {
            tracing::error!(%error, "what is over could not be destroyed");
        }
        Ok(app)
    }

    /// Does what the person asked for, in one transaction.
    pub fn handle(&self, intent: Intent) -> Result<(), Error> {
        let erases = matches!(intent, Intent::Erase { .. });
        self.act(|state| state.handle(intent))?;
        // What was erased is gone from the file too when the next screen stands there.
        if erases { self.end() } else { Ok(()) }
    }

    /// The newest screen, and a way to wait for the next. Let go of what is borrowed before you call the app again.
    pub fn screens(&self) -> watch::Receiver<Arc<Screen>> {
        self.inner.screens.subscribe()
    }

    /// Seals drafts that are due, says what was seen, destroys what is over, and draws anew.
    pub fn tick(&self) -> Result<(), Error> {
        let ticked = self.act(State::tick);
        self.end()?;
        ticked
    }

    /// Runs the clock and the link until `shutdown`.
    pub async fn run(&self, shutdown: impl Future<Output = ()>) {
        runner::run(self, shutdown).await;
    }

    /// One pass with the relay.
    pub async fn sync_once(&self) -> Result<SyncReport, Error> {
        runner::sync_once(self).await
    }

    /// Begins a neighbourhood.
    pub fn found(&self, new: &Founding) -> Result<(), Error> {
        self.act(|state| state.found(new))
    }

    /// Makes an invitation; the relay must learn of it before it can be used.
    pub fn invite(&self) -> Result<String, Error> {
        self.act(State::invite)
    }

    /// Asks to be let in.
    pub fn join(&self, code: &str, name: &str, number: Option<&str>) -> Result<(), Error> {
        self.act(|state| state.join(code, name, number))
    }

    /// Replaces the relay's address on this phone alone, when the way to the same relay has changed.
    pub fn set_relay(&self, address: &str) -> Result<(), Error> {
        self.act(|state| state.set_relay(address))
    }

    /// Makes an alert and seals it at once; gives its id.
    pub fn post_alert(&self, new: &NewAlert) -> Result<String, Error> {
        self.act(|state| state.post_alert(new))
    }

    /// Takes an alert away for ever: hidden at once on every phone, its bytes destroyed on one's own phone now and on
    /// the others after a week. [`Error::NotYours`] unless it is this person's or this person coordinates.
    pub fn erase(&self, id: &str) -> Result<(), Error> {
        self.act(|state| state.erase(id))?;
        self.end()
    }

    /// Writes a note into the team or coordination; gives its id. [`Error::NotAllowed`] for who does not read there.
    pub fn note(&self, channel: Channel, text: &str) -> Result<String, Error> {
        self.act(|state| state.note(channel, text))
    }

    /// The notes of the team or of coordination, newest first. [`Error::NotAllowed`] for who does not read there.
    pub fn notes(&self, channel: Channel) -> Result<Vec<Note>, Error> {
        self.state().notes(channel)
    }

    /// The neighbourhood as this phone sees it.
    pub fn neighbourhood(&self) -> Result<Neighbourhood, Error> {
        self.state().neighbourhood()
    }

    /// Whether the relay was reached, and what waits.
    pub fn connection(&self) -> Result<Connection, Error> {
        self.state().connection()
    }

    /// Alerts and drafts, newest first.
    pub fn alerts(&self) -> Result<Vec<Alert>, Error> {
        self.state().alerts()
    }

    /// One alert by its id, or by four or more digits with which only its id begins.
    pub fn alert(&self, id: &str) -> Result<Alert, Error> {
        self.state().alert(id)
    }

    /// How the person wants to see.
    pub fn settings(&self) -> Result<Settings, Error> {
        Ok(self.state().settings.clone())
    }

    /// An alert as JSON or as an Automerge document.
    pub fn export(&self, id: &str, format: ExportFormat) -> Result<Vec<u8>, Error> {
        self.state().export(id, format)
    }

    /// Takes an envelope that was exported elsewhere, as from an authenticated member.
    ///
    /// # Errors
    /// [`Error::Envelope`] for anything that a phone of this neighbourhood does not take; then nothing has changed.
    pub fn take_file(&self, file: &[u8]) -> Result<Taken, Error> {
        self.act(|state| state.take_file(file))
    }

    /// Looks the store over.
    pub fn doctor(&self) -> Result<Doctor, Error> {
        self.state().doctor()
    }

    /// Throws the views away and makes them anew from the envelopes.
    pub fn rebuild(&self) -> Result<(), Error> {
        self.act(State::rebuild_views)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere has left no half-done act: every act is a transaction and the memory is read again when one fails.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One act: a transaction, then the next screen.
    fn act<T>(&self, act: impl FnOnce(&mut State) -> Result<T, Error>) -> Result<T, Error> {
        let mut state = self.state();
        state.move_day()?;
        let result = state.in_transaction(act);
        self.show(&state);
        drop(state);
        self.inner.outbox.notify_one();
        self.inner.clock.notify_one();
        result
    }

    /// Draws the state and shows it, while it is held: so no older screen comes after a newer one. A screen that cannot
    /// be drawn leaves the last one standing.
    fn show(&self, state: &State) {
        let drawn = catch_unwind(AssertUnwindSafe(|| state.draw()));
        let screen = match drawn.unwrap_or(Err(Error::Internal("drawing panicked"))) {
            Ok(screen) => screen,
            Err(error) => {
                tracing::error!(%error, "a screen could not be drawn");
                return;
            }
        };
        self.inner.screens.send_if_modified(|shown| {
            let changed = **shown != screen;
            if changed {
                *shown = Arc::new(screen);
            }
            changed
        });
    }
}
