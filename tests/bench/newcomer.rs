//! What coming into a large neighbourhood costs: bytes over the wire and seconds, over real HTTP from a real relay.
//!
//! `cargo run --release -p ratel-tests --bin bench-newcomer` makes a street of 500 members, 5,000 acts of administration
//! and 400 alerts, lets newcomers in by their cards, and prints what the first pass with the relay takes until everything
//! is stored and drawn. The ratios are to the bare transfer of the same envelopes by the same calls, and to verifying a
//! signature for each, in the same run.

use std::{io::Write as _, time::Instant};

use ratel_core::{
    NewAlert,
    envelope::{
        crypto::{BoxKey, SigningKey, sha256, verify},
        operation::{
            Members,
            members::{NewDevice, Newcomer},
        },
    },
    identity::DeviceId,
    intent::{AlertKind, PlaceChoice},
    storage::Mailbox,
    view::Role,
};
use ratel_protocol::{Ref, Token, frame, http};
use ratel_tests::{Insider, Phone, Proxy, Street, plain_client};

const OPERATIONS: usize = 5000;
const MEMBERS: usize = 500;
const ALERTS: usize = 400;
/// What the relay takes of an administrator, and of a member, in a day; a few are left for the app's own.
const OPERATIONS_A_DAY: usize = 1900;
const ALERTS_A_DAY: usize = 150;
const DAY_S: i64 = 86_400;
/// Newcomers whose first pass is timed.
const NEWCOMERS: [&str; 3] = ["Nadia", "Omar", "Petra"];

fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn median(mut times_s: Vec<f64>) -> f64 {
    times_s.sort_by(f64::total_cmp);
    times_s.get(times_s.len() / 2).copied().unwrap_or_default()
}

/// A member who is in the log only.
struct Neighbour {
    signing: SigningKey,
    device: NewDevice,
}

impl Neighbour {
    fn new(number: usize) -> Self {
        let seed = sha256(&[b"a newcomer's bench", &number.to_be_bytes()]);
        let signing = SigningKey::from_seed(seed.into()).expect("a seed");
        let kem_key = BoxKey::from_bytes(&seed).expect("a key").public();
        let device = NewDevice { signing_key: signing.public(), kem_key, token: Token(seed).hash() };
        Self { signing, device }
    }

    fn id(&self) -> DeviceId {
        self.device.id()
    }
}

/// The log as it grows, act on act.
struct Years<'a> {
    ria: &'a Insider,
    last: Ref,
    sealed: Vec<Vec<u8>>,
}

impl Years<'_> {
    fn act(&mut self, by: Option<&Neighbour>, act: Members) {
        let (device, signing) =
            by.map_or((self.ria.keys.device(), &self.ria.keys.signing), |it| (it.id(), &it.signing));
        let sealed = self.ria.seals_act(device, signing, vec![self.last], act);
        self.last = sealed.id.short();
        self.sealed.push(sealed.bytes);
    }

    /// Neighbours come and go, get a role, choose a helper: a coordinator writes half of it, they the other.
    fn pass(&mut self) {
        let admit = |it: &Neighbour| {
            let newcomer = Newcomer { device: it.device, role: Role::Resident, invitation: None, badge_until: None };
            Members::Admit(newcomer)
        };
        let mut members: Vec<Neighbour> = Vec::new();
        for turn in 0_usize.. {
            if self.sealed.len() >= OPERATIONS {
                return;
            }
            if members.len() < MEMBERS {
                let next = Neighbour::new(turn);
                self.act(None, admit(&next));
                members.push(next);
                continue;
            }
            let (one, other) = ((turn * 7919) % MEMBERS, (turn * 104_729 + 1) % MEMBERS);
            match turn % 9 {
                0 => {
                    let gone = members.swap_remove(one);
                    self.act(None, Members::Remove { target: gone.id(), cosignatures: Vec::new() });
                }
                1..=3 => {
                    let role = if turn.is_multiple_of(2) { Role::Patrol } else { Role::Resident };
                    let target = members[one].id();
                    self.act(None, Members::Role { target, role, badge_until: None, cosignatures: Vec::new() });
                }
                _ => {
                    let helper = Members::Helper { device: Some(members[other].id()) };
                    self.act(Some(&members[one]), helper);
                }
            }
        }
    }
}

/// Everything in both mailboxes, by the calls that a phone makes and with nothing done to it: envelopes and bytes.
async fn bare(street: &Street, ria: &Insider) -> (usize, usize) {
    let (client, mut envelopes, mut bytes) = (plain_client(), 0, 0);
    for mailbox in [Mailbox::Log, Mailbox::Content] {
        let mut after = 0;
        loop {
            let path = http::envelopes(ria.mailbox(mailbox));
            let url = format!("{}{path}?after={after}&limit={}", street.relay_url(), 1 << 20);
            let page = client.get(url).bearer_auth(ria.keys.token.to_hex()).send().await.expect("an answer");
            let more = page.headers().get(http::MORE).is_some_and(|more| more == "1");
            let body = page.bytes().await.expect("a body");
            let placed = frame::decode_page(&body).expect("a page");
            envelopes += placed.len();
            bytes += body.len();
            after = placed.last().map_or(after, |last| last.cursor);
            if !more {
                break;
            }
        }
    }
    (envelopes, bytes)
}

/// Verifying so many signatures, which no phone that believes nobody can leave out (seconds).
fn verifying_s(count: usize) -> f64 {
    let key = Neighbour::new(0).signing;
    let message = [0x5A; 256];
    let (public, signature) = (key.public(), key.sign(&message));
    let start = Instant::now();
    assert!((0..count).all(|_| verify(&public, &message, &signature)));
    start.elapsed().as_secs_f64()
}

/// A phone that was let in by its card and knows nothing yet.
async fn let_in(street: &Street, fatma: &Phone, name: &'static str) -> Phone {
    let phone = street.phone(name);
    let card = phone.app().card(name, Some("18")).expect("a card");
    let answer = fatma.app().admit(&card, None).expect("a coordinator lets in");
    fatma.syncs().await;
    phone.app().accept(&answer).expect("the answer to its card");
    phone
}

async fn post_alerts(street: &Street, fatma: &Phone) {
    for number in 0..ALERTS {
        if number % ALERTS_A_DAY == 0 {
            street.clock.advance_s(DAY_S);
        }
        let note = format!("bericht {number}");
        let alert =
            NewAlert { kind: AlertKind::Vehicle, place: PlaceChoice::Here, note, called_112: None, practice: false };
        fatma.app().post_alert(&alert).expect("an alert");
        if (number + 1) % ALERTS_A_DAY == 0 || number + 1 == ALERTS {
            fatma.syncs().await;
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let street = Street::new().await;
    let (fatma, ria) = (street.founder("Fatma").await, street.phone("Ria"));
    let card = ria.app().card("Ria", Some("14")).expect("a card");
    ria.app().accept(&fatma.app().admit(&card, Some(Role::Coordinator)).expect("two begin")).expect("her answer");
    fatma.syncs().await;
    ria.syncs().await;
    let ria = Insider::of(&street, ria);

    let mut years = Years { ria: &ria, last: ria.beginning, sealed: Vec::new() };
    years.pass();
    for day in years.sealed.chunks(OPERATIONS_A_DAY) {
        street.clock.advance_s(DAY_S);
        ria.posts_acts(&street, day).await;
    }
    let start = Instant::now();
    fatma.syncs().await;
    say(&format!("a phone that was away for {OPERATIONS} acts: {:.1} s", start.elapsed().as_secs_f64()));
    // Many have left, so the street needs a new secret: a phone notes that, waits its turn, and makes it. What is said
    // after it, a newcomer reads at once.
    for _ in 0..2 {
        street.clock.advance_s(3600);
        fatma.syncs().await;
    }
    post_alerts(&street, &fatma).await;
    assert!(fatma.app().neighbourhood().expect("readable").others as usize >= MEMBERS * 9 / 10);

    let counted = let_in(&street, &fatma, "Kees").await;
    let proxy = Proxy::start(street.relay_address()).await;
    counted.app().set_relay(&proxy.url()).expect("an address");
    counted.syncs().await;
    assert_eq!(counted.alerts().len(), ALERTS, "everything has come");
    let wire = proxy.captured().len();

    let (mut passes, mut floors, mut envelopes, mut bytes) = (Vec::new(), Vec::new(), 0, 0);
    for name in NEWCOMERS {
        let newcomer = let_in(&street, &fatma, name).await;
        let start = Instant::now();
        newcomer.syncs().await;
        passes.push(start.elapsed().as_secs_f64());
        assert_eq!(newcomer.alerts().len(), ALERTS, "everything has come");
        let start = Instant::now();
        (envelopes, bytes) = bare(&street, &ria).await;
        floors.push(start.elapsed().as_secs_f64());
    }
    let (pass, floor, verifying) = (median(passes), median(floors), verifying_s(envelopes));
    say(&format!(
        "first pass of a newcomer, {MEMBERS} members, {OPERATIONS} acts, {ALERTS} alerts: {} kB over the wire, {pass:.1} s; \
         bare transfer of the same {envelopes} envelopes, {} kB: {floor:.3} s, ratio {:.0}; verifying as many signatures: \
         {verifying:.2} s, ratio {:.1}",
        wire >> 10,
        bytes >> 10,
        pass / floor,
        pass / verifying
    ));
}
