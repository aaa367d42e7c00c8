//! The first run, played with a script's clock: a tap takes 3 s, a scan 5 s, a spoken word 0.5 s (R29, R36).
//!
//! Each person hears every screen to its end before pressing, and nobody types. People act side by side; a scan takes
//! both phones.

use ratel_core::{
    intent::{AlertKind, Intent},
    screen::{Mode, Node},
    view::{Delivery, Membership, Role},
};
use ratel_tests::{Phone, Street, reading::words, section};

/// Half seconds.
const TAP: u32 = 6;
const SCAN: u32 = 10;
const WORD: u32 = 1;
const MINUTE: u32 = 120;

/// A person at a phone, with the time that went by.
struct Hands<'a> {
    phone: &'a Phone,
    time: u32,
}

impl<'a> Hands<'a> {
    fn on(phone: &'a Phone) -> Self {
        Self { phone, time: 0 }
    }

    fn at(&self) -> String {
        self.phone.screen().id.clone()
    }

    /// Presses a control.
    fn presses(&mut self, action: &str) {
        self.time += TAP;
        self.phone.presses(action);
    }

    /// Hears the whole screen, and presses.
    fn hears_and_presses(&mut self, screen: &str, action: &str) {
        assert_eq!(self.at(), screen);
        self.hears();
        self.presses(action);
    }

    /// "Is er gevaar? Bel 112." is heard once, not before every screen anew.
    fn hears(&mut self) {
        let said: usize = self.phone.screen().spoken.iter().skip(1).map(|said| words(&said.text).len()).sum();
        self.time += u32::try_from(said).unwrap() * WORD;
    }

    /// Holds the camera before another's screen.
    fn scans(&mut self, other: &mut Hands<'_>) {
        assert_eq!(self.at(), "scan");
        self.time = self.time.max(other.time) + SCAN;
        other.time = self.time;
        let screen = other.phone.screen();
        let code = screen.nodes.iter().find_map(|node| match node {
            Node::Code { code } => Some(code.content.clone()),
            _ => None,
        });
        self.phone.does(Intent::Scanned { code: code.expect("a code is shown") });
    }

    /// From the first screen to the question of the code.
    fn begins(&mut self) {
        self.hears_and_presses("first-language", "next");
        self.hears_and_presses("first-letters", "next");
        self.hears_and_presses("first-read-aloud", "aloud-off");
        self.hears_and_presses("first-name", "next");
    }

    fn agrees(&mut self) {
        for agreement in ["first-danger", "first-behaviour", "first-follow", "first-photo"] {
            self.hears_and_presses(agreement, "agree");
        }
    }
}

/// Two scans: the newcomer's card, the coordinator's answer.
fn meets(newcomer: &mut Hands<'_>, coordinator: &mut Hands<'_>, role: &str) {
    newcomer.hears_and_presses("first-code", "show-card");
    newcomer.hears();
    assert_eq!(newcomer.at(), "card");
    coordinator.scans(newcomer);
    coordinator.hears_and_presses("let-in", role);
    newcomer.presses("open-scan");
    newcomer.scans(coordinator);
    assert_eq!(coordinator.at(), "give-answer");
    coordinator.presses("home");
}

#[tokio::test]
async fn r29_from_the_box_to_the_first_alert_in_three_minutes_without_internet_or_typing() {
    for mode in [Mode::Simplified, Mode::Full] {
        section(&format!("Noor's phone is new ({mode:?}); nobody has internet"));
        let mut street = Street::new().await;
        let fatma = street.founder("Fatma").await;
        street.unplug().await;
        let mut phone = street.phone("Noor");
        phone.does(Intent::SetMode { mode });
        Hands::on(&phone).presses("next");
        phone.restart();
        assert_eq!(phone.screen().id, "first-letters", "a killed app resumes at its step");
        phone.presses("back");

        let (mut noor, mut fatma) = (Hands::on(&phone), Hands::on(&fatma));
        noor.begins();
        fatma.presses("open-scan");
        meets(&mut noor, &mut fatma, "let-in-resident");
        noor.agrees();
        noor.hears_and_presses("first-practise", "practise");
        noor.presses("kind-break-in");
        noor.presses("send");
        println!("   {mode:?}: {} s", noor.time / 2);
        assert!(noor.time <= 3 * MINUTE, "{} s", noor.time / 2);

        let alert = phone.alert();
        assert!(alert.practice && alert.kind == AlertKind::BreakIn, "{alert:?}");
        assert!(matches!(alert.delivery, Delivery::Draft { due_ms: Some(_) }), "kept here, and goes by itself");
        let me = phone.app().neighbourhood().unwrap();
        assert_eq!((me.membership, me.me.name.as_str()), (Membership::Member, "Buur"), "nothing had to be filled in");
        section("the ten seconds pass; the first run is over for good");
        street.clock.advance_s(11);
        phone.app().tick().unwrap();
        assert_eq!(phone.alert().delivery, Delivery::Saved);
        phone.does(Intent::Home);
        phone.restart();
        assert_eq!(phone.screen().id, "home");
    }
}

#[tokio::test]
async fn r36_eight_phones_in_a_room_begin_a_neighbourhood_in_fifteen_minutes_by_codes_alone() {
    section("Fatma begins: provisional, nobody waits for the municipality, and there is no internet");
    let mut street = Street::new().await;
    let relay = street.relay_url();
    street.unplug().await;
    let mut phone = street.phone("Fatma");
    phone.knows_relay(relay);
    let mut fatma = Hands::on(&phone);
    fatma.begins();
    fatma.hears_and_presses("first-code", "no-code");
    fatma.hears_and_presses("first-no-code", "begin");
    fatma.hears_and_presses("first-street", "begin");
    fatma.hears_and_presses("first-agreements", "agree-evening-quiet");
    fatma.agrees();
    fatma.hears_and_presses("first-practise", "later");
    assert!(phone.app().charter().unwrap().provisional);

    let others = ["Ahmed", "Ria", "Noor", "Jan", "Els", "Mo", "Anna"].map(|name| street.phone(name));
    let mut slowest = 0;
    for (at, other) in others.iter().enumerate() {
        let mut newcomer = Hands::on(other);
        newcomer.begins();
        let role = match at {
            0 => "let-in-trustee",
            1 => "let-in-patrol",
            _ => "let-in-resident",
        };
        if fatma.at() == "home" {
            let alone = phone.app().neighbourhood().unwrap().others == 0;
            if alone { fatma.presses("open-scan") } else { opens_scanner(&mut fatma) }
        }
        meets(&mut newcomer, &mut fatma, role);
        newcomer.agrees();
        assert_eq!(newcomer.at(), "first-practise");
        slowest = slowest.max(newcomer.time);
    }
    let all = slowest.max(fatma.time);
    println!("   eight phones: {} s", all / 2);
    assert!(all <= 15 * MINUTE, "{} s", all / 2);
    section("everybody is in, each with the role that was given");
    let neighbourhood = phone.app().neighbourhood().unwrap();
    assert_eq!((neighbourhood.others, neighbourhood.me.role), (7, Role::Coordinator));
    for other in &others {
        assert_eq!(other.app().neighbourhood().unwrap().membership, Membership::Member, "{}", other.name);
    }
}

/// "Mijn buurt", "Nieuwe buur".
fn opens_scanner(hands: &mut Hands<'_>) {
    hands.presses("people");
    hands.presses("new");
}
