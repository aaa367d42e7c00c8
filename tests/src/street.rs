//! A street with a relay, and the way people come into it.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use ratel_core::{Founding, view::Membership};
use ratel_relay::{Config, Relay, RunningRelay};
use tempfile::TempDir;

use crate::{MovableClock, Phone, RelayClock};

/// Prints a heading, so that a failing story says where it was.
pub fn section(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "  == {text}");
}

/// A relay and the folders of its phones.
pub struct Street {
    /// The world's clock.
    pub clock: MovableClock,
    relay_off_s: Arc<AtomicI64>,
    dir: TempDir,
    relay: Option<RunningRelay>,
    address: SocketAddr,
}

impl Street {
    /// Starts a relay on loopback.
    pub async fn new() -> Self {
        let clock = MovableClock::default();
        let dir = tempfile::tempdir().expect("a folder");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut street = Self { clock, relay_off_s: Arc::default(), dir, relay: None, address };
        street.plug_in().await;
        street
    }

    /// Starts the relay, on the same port as before.
    pub async fn plug_in(&mut self) {
        let mut config = Config::new(self.dir.path().join("relay"), self.address);
        config.clock = Arc::new(RelayClock { world: self.clock.clone(), off_s: self.relay_off_s.clone() });
        config.limits.disk_floor_bytes = 0;
        let relay = Relay::start(config).await.expect("the relay starts");
        self.address = relay.addr();
        self.relay = Some(relay);
    }

    /// Sets the relay's clock off the world's (seconds).
    pub fn set_relay_off_s(&self, seconds: i64) {
        self.relay_off_s.store(seconds, Ordering::SeqCst);
    }

    /// Stops the relay.
    pub async fn unplug(&mut self) {
        if let Some(relay) = self.relay.take() {
            relay.stop().await;
        }
    }

    /// The relay's address.
    pub fn relay_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the relay listens.
    pub fn relay_address(&self) -> SocketAddr {
        self.address
    }

    /// The relay's data folder.
    pub fn relay_folder(&self) -> std::path::PathBuf {
        self.dir.path().join("relay")
    }

    /// A phone that is in no neighbourhood yet.
    pub fn phone(&self, name: &'static str) -> Phone {
        Phone::new(name, self.dir.path().join(name), self.clock.clone())
    }

    /// A phone whose person begins a neighbourhood.
    pub async fn founder(&self, name: &'static str) -> Phone {
        let phone = self.phone(name);
        phone
            .app()
            .found(&Founding {
                name: name.to_owned(),
                number: Some("12".to_owned()),
                street: "Zonnebloemstraat".to_owned(),
                relay: self.relay_url(),
            })
            .expect("a neighbourhood begins");
        phone.syncs().await;
        phone
    }

    /// A phone whose person is let in by `host`.
    pub async fn neighbour(&self, host: &Phone, name: &'static str, number: &str) -> Phone {
        let code = host.app().invite().expect("an invitation");
        host.syncs().await;
        let phone = self.phone(name);
        phone.app().join(&code, name, Some(number)).expect("the code is readable");
        phone.syncs().await;
        host.syncs().await;
        phone.syncs().await;
        host.syncs().await;
        assert_eq!(phone.app().neighbourhood().expect("readable").membership, Membership::Member, "{name} is in");
        phone
    }

    /// Fatma, Ria and Ahmed, all in.
    pub async fn of_three() -> (Self, Phone, Phone, Phone) {
        let street = Self::new().await;
        let fatma = street.founder("Fatma").await;
        let ria = street.neighbour(&fatma, "Ria", "14").await;
        let ahmed = street.neighbour(&fatma, "Ahmed", "16").await;
        ria.syncs().await;
        (street, fatma, ria, ahmed)
    }
}
