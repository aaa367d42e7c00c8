//! One phone in the page: its core, what is written on its door, and what streams from it.

use std::{io, sync::Arc};

use axum::http::StatusCode;
use ratel_core::{App, Error, ErrorKind, intent::Intent, screen::Screen};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{
    answer::Refusal,
    dialler::Dialler,
    stream::Lines,
    switches::{Switch, Which, of_phone},
};
use crate::{speech::Speech, street::Forwarder};

/// A phone.
pub(crate) struct Phone {
    /// Its id in addresses: `ria`.
    pub(crate) id: &'static str,
    /// Whose it is.
    pub(crate) name: String,
    /// The house number.
    pub(crate) plate: String,
    /// A word about the person.
    pub(crate) about: String,
    /// The core.
    pub(crate) app: App,
    /// Says when the dialler would open.
    pub(crate) dialler: Dialler,
    /// Its internet, where it is ours to cut.
    pub(crate) internet: Option<Arc<Forwarder>>,
    /// Its house stays closed until somebody asks for it.
    pub(crate) waits_inside: bool,
    /// The words of the page around it.
    pub(crate) speech: Arc<Speech>,
}

/// A phone as `/api/street` lists it.
#[derive(Debug, Serialize)]
pub(crate) struct Listed {
    id: &'static str,
    name: String,
    plate: String,
    about: String,
    waits_inside: bool,
    switches: Vec<Switch>,
}

impl Phone {
    /// How the page lists it.
    pub(crate) fn listed(&self) -> Listed {
        let screen = self.app.screens().borrow().clone();
        Listed {
            id: self.id,
            name: self.name.clone(),
            plate: self.plate.clone(),
            about: self.about.clone(),
            waits_inside: self.waits_inside,
            switches: self.switches(&screen),
        }
    }

    fn switches(&self, screen: &Screen) -> Vec<Switch> {
        of_phone(&self.speech, screen, self.internet.as_ref().map(|internet| *internet.on().borrow()))
    }

    /// Hands an act to the core; a refusal is in the phone's language.
    pub(crate) async fn handle(self: Arc<Self>, intent: Intent) -> Result<(), Refusal> {
        let phone = Arc::clone(&self);
        // One transaction with an fsync: not on the threads that carry the streams.
        match tokio::task::spawn_blocking(move || phone.app.handle(intent)).await {
            Ok(done) => done.map_err(|error| self.refusal(&error)),
            Err(_) => Err(self.refusal(&Error::Internal("a thread ended"))),
        }
    }

    /// Throws a switch.
    pub(crate) async fn throw(self: Arc<Self>, switch: Which, value: &str) -> Result<(), Refusal> {
        if switch == Which::Internet {
            let internet = self.internet.as_ref().ok_or_else(Refusal::not_found)?;
            let on = value.parse().map_err(|_| self.refusal(&Error::Setting))?;
            return internet.switch(on).await.map_err(|error: io::Error| self.refusal(&Error::Folder(error)));
        }
        let intent = switch.intent(value).ok_or_else(|| self.refusal(&Error::Setting))?;
        self.handle(intent).await
    }

    /// A sentence in the phone's language.
    pub(crate) fn refusal(&self, error: &Error) -> Refusal {
        let status = match error.kind() {
            ErrorKind::Input => StatusCode::BAD_REQUEST,
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::State => StatusCode::CONFLICT,
            ErrorKind::Storage => StatusCode::INSUFFICIENT_STORAGE,
            ErrorKind::Platform | ErrorKind::Network | ErrorKind::Other => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let lang = self.app.screens().borrow().lang.clone();
        Refusal::new(status, error.sentence(&lang))
    }

    /// Streams screens, switches that moved, and word that the dialler would open; the newest screen first.
    pub(crate) async fn stream(self: Arc<Self>, lines: Lines) {
        let mut screens = self.app.screens();
        let mut dialled = self.dialler.presses();
        let mut internet = self.internet.as_ref().map(|internet| internet.on());
        let mut shown = None;
        loop {
            let screen = screens.borrow_and_update().clone();
            let switches = self.switches(&screen);
            let mut news = vec![json!({ "event": "screen", "phone": self.id, "screen": &*screen })];
            if shown.as_ref() != Some(&switches) {
                news.push(json!({ "event": "switches", "phone": self.id, "switches": &switches }));
                shown = Some(switches);
            }
            if !lines.send(&news).await {
                return;
            }
            tokio::select! {
                changed = screens.changed() => if changed.is_err() { return },
                () = moved(&mut internet) => {}
                Ok(()) = dialled.recv() => if !lines.send(&[self.would_dial()]).await { return },
                () = lines.ended() => return,
            }
        }
    }

    fn would_dial(&self) -> Value {
        let lang = self.app.screens().borrow().lang.clone();
        let words = ratel_core::words(&lang);
        json!({
            "event": "dial",
            "phone": self.id,
            "title": words.get("street-dial-title"),
            "text": words.get("street-dial-text"),
            "close": words.get("street-dial-close"),
        })
    }
}

/// Ready when the internet is switched; never for a phone whose internet is not ours.
async fn moved(internet: &mut Option<watch::Receiver<bool>>) {
    if let Some(on) = internet
        && on.changed().await.is_ok()
    {
        return;
    }
    std::future::pending::<()>().await;
}
