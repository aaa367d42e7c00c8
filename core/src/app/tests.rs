//! What is behind the door, without a relay: envelopes go from one phone's outbox straight into another's hands.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use tempfile::TempDir;

use super::{Config, Founding, NewAlert, state::State};
use crate::{
    error::Error,
    intent::{AlertKind, PlaceChoice},
    platform::{BootClock, Platform, PlatformError},
    screen::Route,
    storage::Mailbox,
    sync::Replica as _,
    view::Alert,
};

const MONDAY_MS: i64 = 1_790_000_000_000;
const DAY_MS: i64 = 86_400_000;

struct Desk(AtomicI64);

impl Platform for Desk {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn utc_offset_s(&self) -> i32 {
        0
    }

    fn boot(&self) -> BootClock {
        BootClock { boot_id: "desk".to_owned(), elapsed_ms: self.now_ms().unsigned_abs() }
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

struct Phone {
    state: State,
    clock: Arc<Desk>,
    _folder: TempDir,
}

impl Phone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Desk(AtomicI64::new(MONDAY_MS)));
        let state = State::open(Config::new(folder.path().to_owned()), Arc::<Desk>::clone(&clock)).unwrap();
        Self { state, clock, _folder: folder }
    }

    fn does<T>(&mut self, act: impl FnOnce(&mut State) -> Result<T, Error>) -> T {
        self.state.in_transaction(act).unwrap()
    }

    fn sleeps_ten_days(&mut self) {
        self.clock.0.fetch_add(10 * DAY_MS, Ordering::SeqCst);
        self.state.move_day().unwrap();
    }

    /// Takes all that another phone has to tell of a mailbox.
    fn hears(&mut self, other: &Self, mailbox: Mailbox) {
        let queued = other.state.queued(mailbox, 1000).unwrap();
        let bytes: Vec<&[u8]> = queued.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        self.does(|state| state.take_envelopes(mailbox, &bytes));
    }

    fn alerts(&self) -> Vec<Alert> {
        self.state.alerts().unwrap()
    }
}

fn fatma_and_ria() -> (Phone, Phone) {
    let (mut fatma, mut ria) = (Phone::new(), Phone::new());
    let street = Founding {
        name: "Fatma".to_owned(),
        number: None,
        street: "Dahliastraat".to_owned(),
        relay: "https://relay.example".to_owned(),
    };
    let code = fatma.does(|state| state.found(&street).and_then(|()| state.invite()));
    ria.does(|state| state.join(&code, "Ria", None));
    fatma.hears(&ria, Mailbox::Log);
    ria.hears(&fatma, Mailbox::Log);
    ria.hears(&fatma, Mailbox::Content);
    fatma.hears(&ria, Mailbox::Content);
    assert!(fatma.state.is_member() && ria.state.is_member());
    (fatma, ria)
}

fn new_alert(note: &str) -> NewAlert {
    let note = note.to_owned();
    NewAlert { kind: AlertKind::Vehicle, place: PlaceChoice::Here, note, called_112: None, practice: false }
}

/// Invariant 6: nothing holds up an alert, not even one's own that is broken.
#[test]
fn a_draft_that_cannot_be_sealed_waits_and_holds_up_no_other_alert() {
    let (mut ria, _) = fatma_and_ria();
    let draft = |note: String| {
        let draft = super::send::Draft {
            kind: AlertKind::Vehicle,
            place: PlaceChoice::Here,
            position: None,
            note,
            lang: "nl".to_owned(),
            called_112: None,
            practice: false,
        };
        serde_json::to_string(&draft).unwrap()
    };
    ria.does(|state| {
        state.store.add_draft(Some(1), 1, &draft("x".repeat(70_000)))?;
        state.store.add_draft(Some(2), 2, &draft("een grijze bus".to_owned()))
    });
    for _ in 0..2 {
        ria.does(State::tick);
        let is_sealed = |alert: &Alert| super::send::draft_number(&alert.id).is_none();
        let sealed: Vec<String> = ria.alerts().into_iter().filter(is_sealed).map(|alert| alert.note).collect();
        assert_eq!(sealed, ["een grijze bus"]);
        let left = ria.state.store.drafts().unwrap();
        assert_eq!(left.iter().map(|draft| draft.due_ms).collect::<Vec<_>>(), [None], "it is kept");
    }
}

#[test]
fn of_an_act_that_panics_nothing_stays_on_the_disk_or_in_memory() {
    let mut ria = Phone::new();
    let failed: Result<(), Error> = ria.state.in_transaction(|state| {
        state.settings.letters = 310;
        state.go(Route::Settings);
        state.store.set_fact("colour", "green")?;
        panic!("a bug");
    });
    assert!(matches!(failed, Err(Error::Internal(_))));
    assert_eq!((ria.state.settings.letters, ria.state.route.as_slice()), (100, [Route::Home].as_slice()));
    assert_eq!(ria.state.store.fact("colour").unwrap(), None);
    ria.does(|state| {
        state.go(Route::Settings);
        state.store.set_fact("colour", "red")
    });
    assert_eq!(ria.state.store.fact("colour").unwrap().as_deref(), Some("red"));
    assert_eq!(ria.state.route.last(), Some(&Route::Settings));
}

#[test]
fn an_alert_that_came_before_its_key_is_shown_when_the_key_comes() {
    let (mut fatma, mut ria) = fatma_and_ria();
    fatma.does(|state| state.post_alert(&new_alert("onder de oude sleutel")));
    ria.hears(&fatma, Mailbox::Content);
    fatma.sleeps_ten_days();
    ria.sleeps_ten_days();
    fatma.does(State::tick);
    fatma.does(|state| state.post_alert(&new_alert("onder de nieuwe sleutel")));

    ria.hears(&fatma, Mailbox::Content);
    assert_eq!(ria.alerts().len(), 1, "the key is still missing");
    ria.hears(&fatma, Mailbox::Log);
    let notes: Vec<String> = ria.alerts().into_iter().map(|alert| alert.note).collect();
    assert_eq!(notes, ["onder de nieuwe sleutel", "onder de oude sleutel"]);
}

/// Sealed bytes that no key here opens.
fn rubbish(number: u32, size: usize) -> Vec<u8> {
    let mut bytes = vec![0xA5; size];
    bytes[0] = 0x10;
    bytes[17..21].copy_from_slice(&number.to_be_bytes());
    bytes[33..35].copy_from_slice(&2000_u16.to_be_bytes());
    bytes
}

#[test]
fn a_flood_of_what_nobody_can_open_takes_no_more_than_its_room_and_no_alert_for_good() {
    let (mut fatma, mut ria) = fatma_and_ria();
    fatma.sleeps_ten_days();
    ria.sleeps_ten_days();
    fatma.does(State::tick);
    fatma.does(|state| state.post_alert(&new_alert("onder de nieuwe sleutel")));
    ria.hears(&fatma, Mailbox::Content);
    let sealed = |phone: &Phone| phone.state.store.count_by_state().unwrap()[0];
    assert!(sealed(&ria) > 0 && ria.alerts().is_empty(), "the key is still missing");
    let waiting = sealed(&ria);

    for (size, count, most) in [(256, 20_100, 20_000), (65_536, 300, 256)] {
        let flood: Vec<Vec<u8>> = (0..count).map(|number| rubbish(number, size)).collect();
        let bytes: Vec<&[u8]> = flood.iter().map(Vec::as_slice).collect();
        ria.does(|state| state.take_envelopes(Mailbox::Content, &bytes));
        assert!(sealed(&ria) <= most, "{} of {size} bytes", sealed(&ria));
        let again = ria.does(|state| state.take_envelopes(Mailbox::Content, &bytes[..50]));
        assert_eq!(again, 0, "what was left is not taken again");
    }
    let known = ria.state.held(Mailbox::Content).unwrap().len();
    assert!(known >= 20_400, "ids of what was left are still known: {known}");
    ria.does(|state| state.store.set_cursor(Mailbox::Content, 77));

    ria.hears(&fatma, Mailbox::Log);
    assert_eq!(ria.state.cursor(Mailbox::Content).unwrap(), 0, "with the key it is asked for again ({waiting})");
    ria.hears(&fatma, Mailbox::Content);
    assert_eq!(ria.alerts().len(), 1);
}

#[test]
fn of_what_a_removed_neighbour_goes_on_writing_each_phone_holds_sixty_four() {
    let (mut fatma, mut ria) = fatma_and_ria();
    let mut jan = Phone::new();
    let code = fatma.does(State::invite);
    jan.does(|state| state.join(&code, "Jan", None));
    fatma.hears(&jan, Mailbox::Log);
    for (one, other) in [(&mut jan, &fatma), (&mut ria, &fatma)] {
        one.hears(other, Mailbox::Log);
        one.hears(other, Mailbox::Content);
    }
    fatma.hears(&jan, Mailbox::Content);
    jan.does(|state| state.post_alert(&new_alert("toen hij nog meedeed")));
    fatma.hears(&jan, Mailbox::Content);
    fatma.does(|state| state.remove_person("Jan", "verhuisd"));
    for number in 0..100 {
        jan.does(|state| state.post_alert(&new_alert(&format!("nummer {number}"))));
    }
    let of_jan = |phone: &Phone| {
        let device = jan.state.keys().unwrap().device();
        let all = phone.state.store.content_of_others().unwrap();
        all.iter().filter(|(_, author)| *author == device).count()
    };
    fatma.hears(&jan, Mailbox::Content);
    assert_eq!((of_jan(&fatma), fatma.alerts().len()), (66, 1), "64 beside his name and the alert that was kept");
    // Ria's phone learns only later that he is out.
    ria.hears(&jan, Mailbox::Content);
    assert_eq!(of_jan(&ria), 102, "the control: for her he still takes part");
    ria.hears(&fatma, Mailbox::Log);
    assert_eq!((of_jan(&ria), ria.alerts().len()), (66, 1));
}
