//! One house of the street: a phone with its own store, keys and internet.

use std::{future::Future, sync::Arc};

use ratel_core::{
    App, Config,
    intent::Intent,
    view::{Membership, Neighbourhood},
};

use super::{Forwarder, folder::Folder, neighbours::Neighbour};
use crate::{
    args::Serve,
    failure::Failure,
    page::{Dialler, Phone},
    phone,
    speech::Speech,
};

/// Longest wait of the street before "seen" goes (seconds): a visitor looks for a minute, so it may not wait one.
const SEEN_DELAY_MAX_S: u32 = 4;

/// A house.
pub(super) struct House {
    pub(super) neighbour: Neighbour,
    pub(super) app: App,
    pub(super) internet: Arc<Forwarder>,
    dialler: Dialler,
}

impl House {
    /// Opens the phone and its internet. `port` is the one of last time; if somebody took it, the phone gets a new
    /// one and is told so.
    pub(super) async fn open(
        neighbour: Neighbour,
        folder: &Folder,
        (port, relay): (u16, u16),
        (options, speech): (&Serve, &Speech),
    ) -> Result<Self, Failure> {
        let internet = match Forwarder::open(port, relay).await {
            Ok(internet) => internet,
            Err(_) => Forwarder::open(0, relay).await?,
        };
        let dialler = Dialler::new();
        let config = Config {
            undo_s: options.undo_s,
            seen_delay_max_s: options.seen_delay_s.unwrap_or(SEEN_DELAY_MAX_S),
            lang: Some(speech.lang.to_owned()),
            relay: Some(address(&internet)),
            ..Config::new(folder.part(neighbour.id))
        };
        let app = phone::open(config, dialler.port())?;
        let house = Self { neighbour, app, internet, dialler };
        if house.membership()? == Membership::Outside {
            house.app.handle(Intent::SetMode { mode: neighbour.mode })?;
        } else {
            house.know_the_way()?;
        }
        Ok(house)
    }

    /// The relay's address as this phone knows it: its own internet.
    pub(super) fn address(&self) -> String {
        address(&self.internet)
    }

    /// Tells the phone where its internet is now.
    pub(super) fn know_the_way(&self) -> Result<(), Failure> {
        Ok(self.app.set_relay(&self.address())?)
    }

    /// Who joins by a code learns the way that the neighbour's phone goes; this one has an internet of its own, which
    /// its switch must be able to cut. Ready once the phone knows it.
    pub(super) fn way(&self) -> impl Future<Output = ()> + Send + use<> {
        let (app, address) = (self.app.clone(), self.address());
        let mut screens = app.screens();
        async move {
            loop {
                let member = app.neighbourhood().is_ok_and(|it| it.membership == Membership::Member);
                if member || screens.changed().await.is_err() {
                    break;
                }
            }
            let _ = app.set_relay(&address);
        }
    }

    /// How far it is with the neighbourhood.
    pub(super) fn membership(&self) -> Result<Membership, Failure> {
        let Neighbourhood { membership, .. } = self.app.neighbourhood()?;
        Ok(membership)
    }

    /// As the page shows it.
    pub(super) fn phone(&self, speech: &Arc<Speech>) -> Phone {
        Phone {
            id: self.neighbour.id,
            name: if self.is_new() { speech.get("street-newcomer") } else { self.neighbour.name.to_owned() },
            plate: self.neighbour.number.to_owned(),
            about: speech.get(self.neighbour.about),
            app: self.app.clone(),
            dialler: self.dialler.clone(),
            waits_inside: self.is_new() && self.membership().is_ok_and(|it| it == Membership::Outside),
            internet: Some(Arc::clone(&self.internet)),
            speech: Arc::clone(speech),
        }
    }

    fn is_new(&self) -> bool {
        self.neighbour.name.is_empty()
    }
}

fn address(internet: &Forwarder) -> String {
    format!("http://127.0.0.1:{}", internet.port())
}
