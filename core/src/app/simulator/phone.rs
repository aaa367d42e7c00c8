//! One phone: a real store on a disk in memory, real keys, and a clock that the world moves.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use ratel_protocol::{Day, Ref};
use tempfile::TempDir;

use crate::{
    app::{Config, Founding, NewAlert, state::State},
    envelope::operation::{Members, members::Cosignature},
    error::Error,
    group::Log,
    identity::DeviceId,
    intent::{AlertKind, PlaceChoice},
    platform::{BootClock, Platform, PlatformError},
    storage::Mailbox,
};

/// The world's clock, as every phone reads it (Unix milliseconds).
pub(super) type Clock = Arc<AtomicI64>;

struct Desk(Clock);

impl Platform for Desk {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
    fn utc_offset_s(&self) -> i32 {
        0
    }
    fn boot(&self) -> BootClock {
        BootClock { boot_id: "world".to_owned(), elapsed_ms: self.now_ms().unsigned_abs() }
    }
    fn wrapping_key(&self) -> Result<zeroize::Zeroizing<[u8; 32]>, PlatformError> {
        Ok([7; 32].into())
    }
    fn position(&self) -> Option<(i32, i32)> {
        None
    }
    fn dial(&self, _number: &str) -> Result<(), PlatformError> {
        Ok(())
    }
}

/// A phone.
pub(super) struct Phone {
    pub(super) name: String,
    pub(super) state: State,
    clock: Clock,
    _folder: TempDir,
}

/// A folder in memory where there is one: a history writes thousands of small transactions.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder")
}

impl Phone {
    pub(super) fn new(name: &str, clock: &Clock) -> Self {
        let folder = folder();
        let config = Config { seen_delay_max_s: 0, ..Config::new(folder.path().to_owned()) };
        let state = State::open(config, Arc::new(Desk(Arc::clone(clock)))).expect("a fresh store opens");
        Self { name: name.to_owned(), state, clock: Arc::clone(clock), _folder: folder }
    }

    /// One act in one transaction, as the app does it.
    pub(super) fn does<T>(&mut self, act: impl FnOnce(&mut State) -> Result<T, Error>) -> Result<T, Error> {
        self.state.move_day()?;
        self.state.in_transaction(act)
    }

    pub(super) fn founds(&mut self) {
        let founding = Founding {
            name: self.name.clone(),
            number: None,
            street: "Dahliastraat".to_owned(),
            relay: "https://relay.example".to_owned(),
        };
        self.does(|state| state.found(&founding)).expect("a neighbourhood begins");
    }

    pub(super) fn device(&self) -> DeviceId {
        self.state.device().unwrap_or_default()
    }

    pub(super) fn log(&self) -> &Log {
        &self.state.group().expect("a group").log
    }

    pub(super) fn is_member(&self) -> bool {
        self.state.is_member()
    }

    pub(super) fn today(&self) -> Day {
        self.state.today()
    }

    /// Posts an alert; gives its envelope, or `None` if it waits as a draft.
    pub(super) fn alerts(&mut self, kind: AlertKind, note: &str) -> Option<Ref> {
        let new = NewAlert { kind, place: PlaceChoice::Here, note: note.to_owned(), called_112: None, practice: false };
        self.does(|state| state.post_alert(&new)).ok().and_then(|id| Ref::from_hex(&id))
    }

    /// An act of administration, if the log allows it now.
    pub(super) fn administers(&mut self, acts: Vec<Members>) -> bool {
        self.does(|state| state.administer(acts)).is_ok()
    }

    /// The first signature under an act over an official, as a code for the second.
    pub(super) fn proposes(&mut self, act: Members) -> Option<String> {
        self.does(|state| state.propose(vec![act], "")).ok()
    }

    /// The second signature; `true` if the act is done.
    pub(super) fn cosigned(&mut self, code: &str) -> bool {
        self.does(|state| state.cosign(code)).is_ok_and(|more| more.is_none())
    }

    /// Ids of everything that this phone carries of a mailbox, sealed or not.
    pub(super) fn carries(&self, mailbox: Mailbox) -> Vec<Ref> {
        self.state.store.unexpired(mailbox, Day(0)).expect("a readable store")
    }

    /// An envelope that this phone carries, unless it was left.
    pub(super) fn held(&self, id: Ref) -> Option<Vec<u8>> {
        self.state.store.envelope(id).expect("a readable store").map(|stored| stored.bytes)
    }

    /// An envelope that this phone holds.
    pub(super) fn bytes(&self, id: Ref) -> Vec<u8> {
        self.held(id).expect("it is held")
    }

    pub(super) fn hears(&mut self, mailbox: Mailbox, envelopes: &[Vec<u8>]) {
        let bytes: Vec<&[u8]> = envelopes.iter().map(Vec::as_slice).collect();
        self.does(|state| state.take_envelopes(mailbox, &bytes)).expect("one bad envelope costs itself only");
    }

    pub(super) fn ticks(&mut self) {
        self.does(State::tick).expect("the clock's work is done");
    }

    /// A phone with the same keys that holds no envelope yet.
    pub(super) fn copied(&self) -> Self {
        let folder = folder();
        self.state.store.copied_without_envelopes(folder.path()).expect("the store can be copied");
        let config = Config::new(folder.path().to_owned());
        let state = State::open(config, Arc::new(Desk(Arc::clone(&self.clock)))).expect("the copy opens");
        Self { name: self.name.clone(), state, clock: Arc::clone(&self.clock), _folder: folder }
    }

    /// A second signature of this phone, whether it has the right or not.
    pub(super) fn cosigns(&self, body: &Members, parents: &[Ref]) -> Cosignature {
        let group = self.state.group.as_ref().map(|group| group.id).unwrap_or_default();
        let message = body.cosign_message(group, parents);
        let signature = self.state.keys.as_ref().map_or([0; 64], |keys| keys.signing.sign(&message));
        Cosignature { device: self.device(), signature }
    }
}
