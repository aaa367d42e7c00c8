//! Floods by somebody who is in, with a changed app: what a phone holds of each, and what the next honest page costs.
//!
//! Cost is counted in envelopes that are opened; the ratio of times is printed and asserted by nothing. `RATEL_FLOOD`
//! says how many envelopes of each flood are sent.

use std::{collections::BTreeSet, time::Instant};

use ratel_protocol::{Day, Head, Ref};

use super::{phone::Phone, world::World};
use crate::{
    envelope::{
        OPENINGS,
        crypto::{BoxKey, random, seeded},
        operation::{
            Body, Content, Keys, Members, Operation,
            keys::{BoxedSecret, Channel, KeyId},
            number,
        },
    },
    group::Proposal,
    identity::DeviceId,
    intent::{AlertKind, Answer},
    storage::{Mailbox, OpenedColumns},
};

const FATMA: usize = 0;
const AHMED: usize = 2;
const BEA: usize = 3;
/// He has the changed app.
const JAN: usize = 4;

fn most() -> usize {
    std::env::var("RATEL_FLOOD").ok().and_then(|text| text.parse().ok()).unwrap_or(1500)
}

/// What a flood did to Fatma's phone.
#[derive(Debug)]
struct Toll {
    sent: usize,
    held: usize,
    left: usize,
    /// Envelopes that the next honest page made it open: before the flood, and after.
    openings: (usize, usize),
    /// Time of that page after the flood, as a multiple of the time before.
    ratio: f64,
}

impl Toll {
    /// Of the flood no more than `most` envelopes are held, and the next honest page opens hardly more than before it.
    fn is_bounded(&self, most: usize) {
        let Self { sent, held, left, openings, ratio } = self;
        println!(
            "{sent} sent: {held} held, {left} left; the next page opens {openings:?} and takes {ratio:.1} times as long"
        );
        assert!((1..=most).contains(&self.held), "{} held", self.held);
        assert!(self.openings.1 <= self.openings.0 + SLACK, "{:?} opened", self.openings);
    }
}

/// What an honest page after a flood may open more, when an act of hers makes every view anew: twice each of what is held
/// of the flood, and one alert more.
const SLACK: usize = 150;

/// Bea says something in the log, acts, posts an alert, and answers the first of her alerts.
fn honest_page(world: &mut World, first: Option<Ref>) -> [(Mailbox, Vec<Vec<u8>>); 2] {
    let helper = world.phones[FATMA].device();
    let bea = &mut world.phones[BEA];
    let prekey = bea.seals_keys(1, Keys::Prekey { kem_key: BoxKey::generate().expect("a key").public() });
    assert!(bea.administers(vec![Members::Helper { device: Some(helper) }]));
    let act = *bea.log().heads().first().expect("a head");
    let alert = bea.alerts(AlertKind::Fire, "brand bij de buren").expect("an alert is never stopped");
    let answer = bea.does(|state| state.write(Content::Answer { answer: Answer::See }, first.or(Some(alert))));
    let said = [alert, answer.expect("an answer")].map(|id| bea.bytes(id));
    [(Mailbox::Log, vec![prekey, bea.bytes(act)]), (Mailbox::Content, said.to_vec())]
}

/// Fatma hears an honest page: how many envelopes she opened and how long it took; all of it must be there.
fn hears_bea(world: &mut World, first: Option<Ref>) -> (usize, f64) {
    let pages = honest_page(world, first);
    let before = (shown(&world.phones[FATMA]), world.phones[FATMA].log().membership().counting.len());
    OPENINGS.set(0);
    let begin = Instant::now();
    for (mailbox, page) in &pages {
        world.phones[FATMA].hears(*mailbox, page);
    }
    world.phones[FATMA].state.draw().expect("a screen");
    let cost = (OPENINGS.get(), begin.elapsed().as_secs_f64());
    let after = (shown(&world.phones[FATMA]), world.phones[FATMA].log().membership().counting.len());
    assert_eq!(after, (before.0 + 1, before.1 + 1), "Bea's alert and her act come through, whatever else came");
    cost
}

fn shown(phone: &Phone) -> usize {
    phone.state.store.views(number::ALERT, Day(0), u32::MAX).expect("readable").len()
}

fn rows(phone: &Phone) -> usize {
    phone.state.store.count_by_state().expect("readable").iter().map(|count| usize::try_from(*count).unwrap()).sum()
}

/// Fatma's phone before and after a flood that comes in pages. `first`: an alert of Bea's that the flood is about.
fn toll(world: &mut World, mailbox: Mailbox, first: Option<Ref>, flood: &[Vec<u8>]) -> Toll {
    hears_bea(world, first);
    let before = hears_bea(world, first);
    let (held, left) = (rows(&world.phones[FATMA]), world.phones[FATMA].left());
    for page in flood.chunks(250) {
        world.phones[FATMA].hears(mailbox, page);
    }
    let (held_after, left_after) = (rows(&world.phones[FATMA]), world.phones[FATMA].left());
    let after = hears_bea(world, first);
    Toll {
        sent: flood.len(),
        held: held_after - held,
        left: left_after - left,
        openings: (before.0, after.0),
        ratio: after.1 / before.1,
    }
}

impl Phone {
    fn log_key(&self) -> crate::envelope::ChannelKey {
        self.state.group().expect("a group").log_key().clone()
    }

    fn street_key(&self) -> crate::envelope::ChannelKey {
        self.state.group().expect("a group").writing_key(Channel::Street).expect("a key").key.clone()
    }

    fn seals_keys(&self, seq: u64, body: Keys) -> Vec<u8> {
        let operation = self.forged(seq, Vec::new(), None, Body::Keys(body));
        self.seals(Mailbox::Log, &self.log_key(), self.today().plus(100), &operation).bytes
    }

    fn seals_content(&self, seq: u64, document: Option<Ref>, content: Content) -> Vec<u8> {
        let operation = self.forged(seq, Vec::new(), document, Body::Content(content));
        self.seals(Mailbox::Content, &self.street_key(), self.today().plus(35), &operation).bytes
    }

    fn left(&self) -> usize {
        let all = self.state.store.unexpired(Mailbox::Log, Day(0)).expect("readable").len()
            + self.state.store.unexpired(Mailbox::Content, Day(0)).expect("readable").len();
        all - rows(self)
    }
}

fn any_ref() -> Ref {
    Ref(random().expect("randomness"))
}

fn many_refs(count: usize) -> Vec<Ref> {
    let mut refs: Vec<Ref> = (0..count).map(|_| any_ref()).collect();
    refs.sort_unstable();
    refs
}

fn seqs() -> impl Iterator<Item = u64> {
    (1_u64..).take(most())
}

#[test]
fn erases_of_what_is_not_his() {
    let mut world = World::street(40, 5);
    let alert = world.phones[BEA].alerts(AlertKind::Vehicle, "van Bea").expect("sent");
    world.everybody_meets();
    let jan = &world.phones[JAN];
    let erase = |seq| {
        let mut refs = many_refs(8);
        refs.push(alert);
        refs.sort_unstable();
        jan.seals_content(seq, None, Content::Erase { refs })
    };
    let flood: Vec<Vec<u8>> = seqs().map(erase).collect();
    toll(&mut world, Mailbox::Content, Some(alert), &flood).is_bounded(64);
    let view = world.phones[FATMA].state.store.view(number::ALERT, alert).expect("readable");
    assert!(view.is_some(), "what is not his stays");
    world.hours_pass(9 * 24);
    world.phones[FATMA].does(|state| state.move_day().map(|()| state.ended = None)).expect("a day begins");
    OPENINGS.set(0);
    while world.phones[FATMA].does(crate::app::state::State::end_some).expect("a day ends") {}
    assert_eq!(OPENINGS.get(), 0, "who may erase what is told without opening anything");
    assert!(world.phones[FATMA].carries(Mailbox::Content).contains(&alert));
    seeded::begin(None);
}

#[test]
fn seen_a_thousand_times() {
    let mut world = World::street(41, 5);
    let alert = world.phones[BEA].alerts(AlertKind::Vehicle, "van Bea").expect("sent");
    world.everybody_meets();
    let flood: Vec<Vec<u8>> =
        seqs().map(|seq| world.phones[JAN].seals_content(seq, Some(alert), Content::Seen)).collect();
    toll(&mut world, Mailbox::Content, Some(alert), &flood).is_bounded(2);
    seeded::begin(None);
}

#[test]
fn lists_that_nobody_keeps() {
    let mut world = World::street(42, 5);
    let flood: Vec<Vec<u8>> =
        seqs().map(|seq| world.phones[JAN].seals_keys(seq, Keys::List { refs: many_refs(20) })).collect();
    toll(&mut world, Mailbox::Log, None, &flood).is_bounded(64);
    seeded::begin(None);
}

#[test]
fn malformed_envelopes_in_the_log() {
    let mut world = World::street(43, 5);
    let jan = &world.phones[JAN];
    // Opens with the log's key, and does not end for ever as an act must.
    let act = |seq| jan.forged(seq, jan.log().heads(), None, Body::Members(Members::Helper { device: None }));
    let flood: Vec<Vec<u8>> =
        seqs().map(|seq| jan.seals(Mailbox::Log, &jan.log_key(), jan.today().plus(90), &act(seq)).bytes).collect();
    toll(&mut world, Mailbox::Log, None, &flood).is_bounded(64);
    seeded::begin(None);
}

/// The room of strangers is full only with `RATEL_FLOOD=10000`; so is that of members in the next.
#[test]
fn acts_of_nobody() {
    let mut world = World::street(44, 5);
    let jan = &world.phones[JAN];
    let stranger = |seq: u64| {
        let act = jan.forged(seq, jan.log().heads(), None, Body::Members(Members::Helper { device: None }));
        let device = DeviceId(random().expect("randomness"));
        jan.seals(Mailbox::Log, &jan.log_key(), Day::NEVER, &Operation { device, ..act }).bytes
    };
    let flood: Vec<Vec<u8>> = seqs().map(stranger).collect();
    toll(&mut world, Mailbox::Log, None, &flood).is_bounded(8192);
    seeded::begin(None);
}

#[test]
fn acts_on_what_never_comes() {
    let mut world = World::street(45, 5);
    let jan = &world.phones[JAN];
    let waiting = |seq| {
        let act = jan.forged(seq, vec![any_ref()], None, Body::Members(Members::Helper { device: None }));
        jan.seals(Mailbox::Log, &jan.log_key(), Day::NEVER, &act).bytes
    };
    let flood: Vec<Vec<u8>> = seqs().map(waiting).collect();
    toll(&mut world, Mailbox::Log, None, &flood).is_bounded(8192);
    seeded::begin(None);
}

#[test]
fn operations_of_a_release_that_nobody_has() {
    let mut world = World::street(46, 5);
    let jan = &world.phones[JAN];
    let later = |seq| {
        let operation = jan.forged(seq, Vec::new(), None, Body::Unknown { kind: 4000, bytes: vec![7; 40] });
        jan.seals(Mailbox::Log, &jan.log_key(), jan.today().plus(100), &operation).bytes
    };
    let flood: Vec<Vec<u8>> = seqs().map(later).collect();
    toll(&mut world, Mailbox::Log, None, &flood).is_bounded(64);
    seeded::begin(None);
}

#[test]
fn questions_and_answers_about_secrets() {
    let mut world = World::street(47, 5);
    let jan = &world.phones[JAN];
    let kem_key = BoxKey::generate().expect("a key").public();
    let boxed = BoxedSecret { encapsulated: [7; 32], ciphertext: [8; 48] };
    let one = |seq: u64| match seq % 3 {
        0 => jan.seals_keys(seq, Keys::Prekey { kem_key }),
        1 => jan.seals_keys(seq, Keys::KeyWanted { key_ids: vec![KeyId(random().unwrap())], kem_key }),
        _ => jan.seals_keys(
            seq,
            Keys::KeyGiven {
                to: DeviceId(random().unwrap()),
                channel: Channel::Street,
                key_id: KeyId(random().unwrap()),
                boxed,
            },
        ),
    };
    let flood: Vec<Vec<u8>> = seqs().map(one).collect();
    let answers = flood.len().div_ceil(3).min(4096);
    toll(&mut world, Mailbox::Log, None, &flood).is_bounded(4 + 8 + answers);
    seeded::begin(None);
}

#[test]
fn profiles_without_end() {
    let mut world = World::street(48, 5);
    let jan = &world.phones[JAN];
    let profile = |seq| {
        let until = jan.today().plus(300);
        jan.seals_content(seq, None, Content::Profile { until, name: "Jan".to_owned(), number: "14".to_owned() })
    };
    let flood: Vec<Vec<u8>> = seqs().map(profile).collect();
    toll(&mut world, Mailbox::Content, None, &flood).is_bounded(4);
    seeded::begin(None);
}

#[test]
fn signatures_for_ever_new_coordinators() {
    let mut world = World::street(50, 5);
    let jan = &world.phones[JAN];
    let until = jan.today().plus(30);
    let (group, heads) = (jan.state.group().expect("a group").id, jan.log().heads());
    let one = |seq: u64| {
        let parents = if seq.is_multiple_of(2) { heads.clone() } else { vec![any_ref()] };
        let mut act = Members::Recover { coordinators: vec![jan.device()], cosignatures: Vec::new() };
        let by = jan.cosigns(&act, &parents);
        act.cosignatures_mut().expect("signed").push(by);
        let act = Proposal { group, parents, acts: vec![act] }.to_bytes();
        jan.seals_content(seq, None, Content::Proposal { until, act })
    };
    let flood: Vec<Vec<u8>> = seqs().map(one).collect();
    toll(&mut world, Mailbox::Content, None, &flood).is_bounded(4);
    seeded::begin(None);
}

#[test]
fn acts_of_who_was_removed() {
    let mut world = World::street(49, 5);
    let heads = world.phones[JAN].log().heads();
    let jan = world.phones[JAN].device();
    assert!(world.phones[FATMA].removes(jan));
    let removed = &world.phones[JAN];
    let act = |seq| {
        let act = removed.forged(seq, heads.clone(), None, Body::Members(Members::Helper { device: None }));
        removed.seals(Mailbox::Log, &removed.log_key(), Day::NEVER, &act).bytes
    };
    let flood: Vec<Vec<u8>> = seqs().map(act).collect();
    toll(&mut world, Mailbox::Log, None, &flood).is_bounded(64);
    seeded::begin(None);
}

/// Bea's phone hears these.
fn bea_hears(world: &mut World, acts: &[Vec<u8>]) {
    world.phones[BEA].hears(Mailbox::Log, acts);
}

fn helper_act(phone: &Phone, device: DeviceId, parents: Vec<Ref>, seq: u64) -> (Ref, Vec<u8>) {
    let act = phone.forged(seq, parents, None, Body::Members(Members::Helper { device: None }));
    let sealed = phone.seals(Mailbox::Log, &phone.log_key(), Day::NEVER, &Operation { device, ..act });
    (sealed.id.short(), sealed.bytes)
}

#[test]
fn an_act_of_ahmeds_on_top_of_what_was_left_finds_its_place() {
    let mut world = World::street(50, 5);
    let (jan, before) = (world.phones[JAN].device(), world.phones[JAN].log().heads());
    // To Ahmed, who is away, Jan still takes part; on Fatma's phone he is out, and has filled his room.
    assert!(world.phones[FATMA].removes(jan));
    let acts: Vec<_> = (1..=74).map(|seq| helper_act(&world.phones[JAN], jan, before.clone(), seq)).collect();
    let bytes: Vec<Vec<u8>> = acts.iter().map(|(_, bytes)| bytes.clone()).collect();
    world.phones[FATMA].hears(Mailbox::Log, &bytes);
    assert!(acts[64..].iter().all(|(id, _)| !world.phones[FATMA].log().contains(id)), "ten are left");
    world.phones[AHMED].hears(Mailbox::Log, &bytes[64..]);
    let helper = world.phones[BEA].device();
    assert!(world.phones[AHMED].administers(vec![Members::Helper { device: Some(helper) }]));
    let ahmeds = *world.phones[AHMED].past().last().expect("his act");
    world.phones[FATMA].state.store.set_cursor(Mailbox::Log, 77).expect("noted");
    world.gives(AHMED, FATMA, Mailbox::Log, 100);
    assert!(!world.phones[FATMA].log().contains(&ahmeds), "control: it waits for what was left");
    assert_eq!(world.phones[FATMA].state.store.cursor(Mailbox::Log).expect("readable"), 0, "that is asked for again");
    world.gives(AHMED, FATMA, Mailbox::Log, 100);
    assert!(world.phones[FATMA].log().membership().counting.contains(&ahmeds));
    world.everybody_meets();
    assert_eq!(world.difference(), None);
    seeded::begin(None);
}

#[test]
fn acts_in_a_newcomers_name_keep_hers_away_only_until_she_is_let_in() {
    let mut world = World::street(51, 5);
    let clock = std::sync::Arc::clone(&world.clock);
    world.phones.push(Phone::new("Sevgi", &clock));
    world.joins(5, FATMA);
    let sevgi = world.phones[5].device();
    assert!(world.phones[5].administers(vec![Members::Helper { device: None }]));
    let hers = *world.phones[5].log().heads().first().expect("her act");
    let heads = world.phones[JAN].log().heads();
    let forged: Vec<_> = (1..=70).map(|seq| helper_act(&world.phones[JAN], sevgi, heads.clone(), seq).1).collect();
    bea_hears(&mut world, &forged);
    let real = world.phones[5].bytes(hers);
    bea_hears(&mut world, &[real]);
    assert!(world.phones[BEA].held(hers).is_none(), "nobody there knows her key, and 64 came in her name before");
    world.gives(FATMA, BEA, Mailbox::Log, 100);
    world.gives(5, BEA, Mailbox::Log, 100);
    assert!(world.phones[BEA].log().membership().counting.contains(&hers));
    assert_eq!(world.phones[BEA].log().waiting(), 0);
    seeded::begin(None);
}

#[test]
fn a_flood_that_waits_pushes_out_no_act_of_ahmeds() {
    let mut world = World::street(52, 5);
    // Ahmed acts twice; the second, which names the first, comes before it.
    for helper in [BEA, FATMA] {
        let helper = world.phones[helper].device();
        assert!(world.phones[AHMED].administers(vec![Members::Helper { device: Some(helper) }]));
    }
    let second = *world.phones[AHMED].log().heads().first().expect("his act");
    let first = world.phones[AHMED].past().into_iter().rev().nth(1).expect("his first act");
    let jan = &world.phones[JAN];
    let large = |seq| {
        let other = Members::Other { kind: 79, bytes: vec![7; 60_000] };
        let act = jan.forged(seq, vec![any_ref()], None, Body::Members(other));
        jan.seals(Mailbox::Log, &jan.log_key(), Day::NEVER, &act).bytes
    };
    let flood: Vec<Vec<u8>> = (1..=80).map(large).collect();
    for (page, part) in flood.chunks(20).enumerate() {
        bea_hears(&mut world, part);
        if page == 1 {
            let late = world.phones[AHMED].bytes(second);
            bea_hears(&mut world, &[late]);
        }
    }
    let bea = &world.phones[BEA];
    println!("of 80 acts of 64 KiB that wait {} are held", bea.log().waiting() - 1);
    assert!(bea.log().waiting() - 1 < 50 && bea.log().is_waiting(&second));
    let early = world.phones[AHMED].bytes(first);
    bea_hears(&mut world, &[early]);
    assert!(world.phones[BEA].log().membership().counting.contains(&second));
    let times = world.phones[BEA].state.group().expect("a group").act_times();
    assert!(times.contains_key(&second), "and it is told when it was");
    seeded::begin(None);
}

/// A List as it lies in the store: what is in it is of no matter here.
fn holds_list(phone: &Phone, device: DeviceId, seq: u64) {
    let columns = OpenedColumns { kind: number::LIST, device, seq, document: None, until: None, life: 400 };
    let head = Head { key_id: phone.log_key().id, salt: [0; 16], expires: phone.today().plus(400) };
    phone.lays_down(Mailbox::Log, head, columns, &vec![7; 32_768]);
}

#[test]
fn five_hundred_devices_with_lists_leave_room_for_the_one_that_a_keep_names() {
    let mut world = World::street(54, 5);
    let alert = world.phones[AHMED].alerts(AlertKind::Vehicle, "van Ahmed").expect("sent");
    world.everybody_meets();
    let devices: BTreeSet<DeviceId> = (0..500).map(|_| DeviceId(random().expect("randomness"))).collect();
    let begin = rows(&world.phones[FATMA]);
    for round in 1..=4 {
        world.phones[FATMA].state.store.begin().expect("a page begins");
        for device in &devices {
            holds_list(&world.phones[FATMA], *device, round);
        }
        let done = world.phones[FATMA].state.make_room(&devices, &mut BTreeSet::new());
        world.phones[FATMA].state.store.end(done).expect("a page ends");
    }
    let held = rows(&world.phones[FATMA]) - begin;
    println!("500 devices sent 2,000 Lists of 32 KiB: {held} are held, {} MiB", held * 32 / 1024);
    assert_eq!(held, 500, "the newest of each");
    assert_eq!(world.phones[FATMA].left(), 1500);
    // Ahmed leaves, and what he said stays: his List and the Keep that names it come through.
    let ahmed = world.phones[AHMED].device();
    assert!(world.phones[AHMED].removes(ahmed));
    world.gives(AHMED, FATMA, Mailbox::Log, 100);
    assert!(!world.phones[FATMA].is_a_member(ahmed));
    assert!(world.phones[FATMA].state.store.view(number::ALERT, alert).expect("readable").is_some());
    seeded::begin(None);
}

#[test]
fn control_of_what_an_honest_neighbour_writes_nothing_is_left() {
    let mut world = World::street(53, 5);
    let alerts: Vec<Ref> = (0..12).filter_map(|_| world.phones[BEA].alerts(AlertKind::Vehicle, "hier")).collect();
    world.everybody_meets();
    let jan = &world.phones[JAN];
    let mut said: Vec<Vec<u8>> = Vec::new();
    for (seq, alert) in (1_u64..).zip(&alerts) {
        said.push(jan.seals_content(seq * 4, Some(*alert), Content::Seen));
        said.push(jan.seals_content(seq * 4 + 1, Some(*alert), Content::Answer { answer: Answer::Come }));
        said.push(jan.seals_content(seq * 4 + 2, None, Content::Erase { refs: vec![any_ref()] }));
    }
    let lists: Vec<Vec<u8>> = (1..=12).map(|seq| jan.seals_keys(seq, Keys::List { refs: many_refs(2000) })).collect();
    let before = rows(&world.phones[FATMA]);
    world.phones[FATMA].hears(Mailbox::Content, &said);
    world.phones[FATMA].hears(Mailbox::Log, &lists);
    assert_eq!((rows(&world.phones[FATMA]) - before, world.phones[FATMA].left()), (said.len() + lists.len(), 0));
    seeded::begin(None);
}
