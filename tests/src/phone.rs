//! A phone of the street: a whole core with its own store folder, keys and clock.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use ratel_core::{
    App, Config, Error,
    intent::Intent,
    platform::{BootClock, Platform, PlatformError},
    screen::{Node, Screen},
    view::Alert,
};

use crate::{MovableClock, reading};

/// What a test phone supplies to the core.
pub struct TestPlatform {
    clock: MovableClock,
    /// How far this phone's clock is off (milliseconds).
    off_ms: AtomicI64,
    boots: AtomicU64,
    /// The world's clock when this boot began.
    booted_ms: AtomicI64,
    key: [u8; 32],
    dialled: Mutex<Vec<String>>,
}

impl Platform for TestPlatform {
    fn now_ms(&self) -> i64 {
        self.clock.now_ms() + self.off_ms.load(Ordering::SeqCst)
    }

    fn utc_offset_s(&self) -> i32 {
        3600
    }

    fn boot(&self) -> BootClock {
        let boots = self.boots.load(Ordering::SeqCst);
        // The boot clock runs with the world, whatever the phone's own clock says.
        let elapsed_ms = self.clock.now_ms() - self.booted_ms.load(Ordering::SeqCst);
        BootClock { boot_id: format!("boot {boots}"), elapsed_ms: elapsed_ms.unsigned_abs() }
    }

    fn wrapping_key(&self) -> Result<zeroize::Zeroizing<[u8; 32]>, PlatformError> {
        Ok(self.key.into())
    }

    fn position(&self) -> Option<(i32, i32)> {
        None
    }

    fn dial(&self, number: &str) -> Result<(), PlatformError> {
        self.dialled.lock().unwrap().push(number.to_owned());
        Ok(())
    }
}

/// A phone with its person.
pub struct Phone {
    /// The person's name.
    pub name: &'static str,
    folder: PathBuf,
    platform: Arc<TestPlatform>,
    extra_root: Option<Vec<u8>>,
    relay: Option<String>,
    app: Option<App>,
}

impl Phone {
    /// A new phone with an empty store folder.
    pub fn new(name: &'static str, folder: PathBuf, clock: MovableClock) -> Self {
        let mut key = [0; 32];
        for (slot, byte) in key.iter_mut().zip(name.bytes().cycle()) {
            *slot = byte;
        }
        let platform = Arc::new(TestPlatform {
            booted_ms: AtomicI64::new(clock.now_ms()),
            clock,
            off_ms: AtomicI64::new(0),
            boots: AtomicU64::new(1),
            key,
            dialled: Mutex::new(Vec::new()),
        });
        let mut phone = Self { name, folder, platform, extra_root: None, relay: None, app: None };
        phone.start();
        phone
    }

    /// Starts the app on what the folder holds.
    pub fn start(&mut self) {
        let (extra_root, relay) = (self.extra_root.clone(), self.relay.clone());
        let config = Config { seen_delay_max_s: 0, extra_root, relay, ..Config::new(self.folder.clone()) };
        self.app = Some(App::open(config, self.platform.clone()).expect("the store opens"));
    }

    /// Ends the app without a word, as a kill does: nothing is flushed that was not on the disk before.
    pub fn kill(&mut self) {
        self.app = None;
    }

    /// Kills and starts again.
    pub fn restart(&mut self) {
        self.kill();
        self.start();
    }

    /// Trusts a root certificate (DER) beside the usual ones, from a restart on.
    pub fn trusts(&mut self, root: Vec<u8>) {
        self.extra_root = Some(root);
        self.restart();
    }

    /// Knows a relay with which its person may begin a neighbourhood, from a restart on.
    pub fn knows_relay(&mut self, url: String) {
        self.relay = Some(url);
        self.restart();
    }

    /// The app.
    pub fn app(&self) -> &App {
        self.app.as_ref().expect("the phone is on")
    }

    /// The store folder.
    pub fn folder(&self) -> &PathBuf {
        &self.folder
    }

    /// The key that wraps this phone's keys.
    pub fn wrapping_key(&self) -> [u8; 32] {
        self.platform.key
    }

    /// Sets this phone's clock off the world's (seconds).
    pub fn set_clock_off_s(&self, seconds: i64) {
        self.platform.off_ms.store(seconds * 1000, Ordering::SeqCst);
    }

    /// Switches the phone off and on, so that its boot clock begins anew.
    pub fn reboot(&mut self) {
        self.kill();
        self.platform.boots.fetch_add(1, Ordering::SeqCst);
        self.platform.booted_ms.store(self.platform.clock.now_ms(), Ordering::SeqCst);
        self.start();
    }

    /// Numbers that the dialler was opened with.
    pub fn dialled(&self) -> Vec<String> {
        self.platform.dialled.lock().unwrap().clone()
    }

    /// Does what the person asks for.
    pub fn does(&self, intent: Intent) {
        self.app().handle(intent).unwrap_or_else(|error| panic!("{}: {error}", self.name));
    }

    /// Presses the control with this action id on the screen that is shown.
    pub fn presses(&self, action: &str) {
        let screen = self.screen();
        let found = actions(&screen).into_iter().find(|found| found.id == action);
        let Some(found) = found else {
            let ids: Vec<String> = actions(&screen).into_iter().map(|found| found.id).collect();
            panic!("{}: no {action} on {}, only {ids:?}", self.name, screen.id);
        };
        self.does(found.intent);
    }

    /// The screen that is shown.
    pub fn screen(&self) -> Arc<Screen> {
        self.app().screens().borrow().clone()
    }

    /// Everything that can be read on the screen that is shown, a line each.
    pub fn words(&self) -> String {
        reading::areas(&self.screen()).concat().join("\n")
    }

    /// Whether the screen that is shown has a control with this action id.
    pub fn offers(&self, action: &str) -> bool {
        actions(&self.screen()).iter().any(|found| found.id == action)
    }

    /// All alerts, newest first.
    pub fn alerts(&self) -> Vec<Alert> {
        self.app().alerts().expect("alerts are readable")
    }

    /// The only alert.
    pub fn alert(&self) -> Alert {
        let alerts = self.alerts();
        assert_eq!(alerts.len(), 1, "{} sees {alerts:#?}", self.name);
        alerts.into_iter().next().expect("one alert")
    }

    /// One pass with the relay that must succeed.
    pub async fn syncs(&self) {
        self.app().sync_once().await.unwrap_or_else(|error| panic!("{} cannot sync: {error}", self.name));
    }

    /// One pass with the relay, whatever comes of it.
    pub async fn tries_to_sync(&self) -> Result<(), Error> {
        self.app().sync_once().await.map(|_| ())
    }
}

/// Every action on a screen.
fn actions(screen: &Screen) -> Vec<ratel_core::screen::Action> {
    let mut out = vec![screen.call.action.clone()];
    out.extend(screen.bar.start.iter().map(|button| button.action.clone()));
    out.extend(screen.status.iter().map(|status| status.action.clone()));
    out.extend(screen.foot.iter().map(|foot| foot.button.action.clone()));
    for node in &screen.nodes {
        match node {
            Node::Tile { tile } => out.push(tile.action.clone()),
            Node::Pair { first, second } => out.extend([first.action.clone(), second.action.clone()]),
            Node::Button { button } => out.push(button.action.clone()),
            Node::Card { card } => out.extend(card.button.iter().map(|button| button.action.clone())),
            Node::Input { input } => out.push(input.submit.action.clone()),
            Node::Scanner { scanner } => out.push(scanner.take.action.clone()),
            _ => {}
        }
    }
    out
}
