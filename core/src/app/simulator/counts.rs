//! What counts of somebody who goes: the attacks of the model of content, on real phones.
//!
//! Xander posts, answers and takes back; then he goes: a coordinator removes him, two do, he leaves, or his named helper
//! replaces his phone, while phones are apart. After that whoever has his phone writes alerts with an early date and slips
//! them to anybody, and a friend opens and answers each. In the end everybody meets.
//! * No forged alert may count on any phone.
//! * Nothing that the phone knew which did it may be gone (`seen` left out).
//! * Everybody agrees.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::{phone::Phone, world::World};
use crate::{
    envelope::{
        crypto::seeded,
        operation::{Body, Content, Members, members::NewDevice},
    },
    group::tests::dice::histories,
    identity::{DeviceId, DeviceKeys},
    intent::{AlertKind, Answer, Intent},
    storage::{Mailbox, State as Held},
    view::Role,
};

/// Who is who in these streets.
const FATMA: usize = 0;
const BEA: usize = 1;
const XANDER: usize = 2;
const HELPER: usize = 3;
const FRIEND: usize = 4;
const PEOPLE: usize = 6;

/// How Xander goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Coordinator,
    Two,
    Himself,
    Helper,
    /// The coordinator who removed him is removed afterwards, by two.
    RemoverRemoved,
    /// As no app does it: a removal without a Keep.
    WithoutKeep,
}

/// What one street came to.
#[derive(Debug, Default)]
struct Tally {
    forged: usize,
    forged_count: usize,
    /// Forged ones that would count if an answer or `seen` of a member made things count.
    forged_by_reference: usize,
    known: usize,
    known_gone: usize,
    late_set_aside: usize,
    differ: usize,
}

/// Opened envelopes of one device that count here, or do not, without `seen`.
fn of(phone: &Phone, counting: bool, device: DeviceId) -> BTreeSet<Ref> {
    let group = phone.state.group().expect("a group");
    let rows = phone.state.store.envelopes_in(Mailbox::Content, Held::Opened).expect("readable");
    let wanted = rows.iter().filter_map(|row| {
        let (opened, channel) = (group.reopen(row)?, group.channel_of(row)?);
        let Body::Content(content) = &opened.operation.body else { return None };
        let mine = opened.operation.device == device && *content != Content::Seen;
        let counts = group.membership().counts(row.id.short(), device, channel, content);
        (mine && counts == counting).then(|| row.id.short())
    });
    wanted.collect()
}

/// Documents in which somebody else said anything: what the old rule let count.
fn referred_to(phone: &Phone, except: DeviceId) -> BTreeSet<Ref> {
    let group = phone.state.group().expect("a group");
    let rows = phone.state.store.envelopes_in(Mailbox::Content, Held::Opened).expect("readable");
    let operations = rows.iter().filter_map(|row| group.reopen(row)).map(|opened| opened.operation);
    operations.filter(|said| said.device != except).filter_map(|said| said.document).collect()
}

fn street(seed: u64) -> World {
    let mut world = World::street(seed, PEOPLE);
    let founders = world.phones[FATMA].log().membership().devices.clone();
    let trustee = founders.iter().find(|(_, member)| member.role == Role::Trustee).map(|(device, _)| *device);
    assert_eq!(trustee, Some(world.phones[BEA].device()), "the first who joins is a trustee");
    let helper = world.phones[HELPER].device();
    assert!(world.phones[XANDER].administers(vec![Members::Helper { device: Some(helper) }]));
    world.everybody_meets();
    world
}

/// Xander's day: he posts, answers others, takes one back. Others live too, often apart.
fn day(world: &mut World) {
    for step in 0..16 {
        if world.dice.chance(40) {
            world.phones[XANDER].alerts(AlertKind::Vehicle, "van Xander");
        }
        let other = world.dice.pick(&[FATMA, BEA, HELPER, FRIEND]);
        if world.dice.chance(30) {
            world.phones[other].alerts(AlertKind::Fire, "van een ander");
        }
        let _ = world.phones[XANDER].does(|state| {
            let alerts = state.alerts()?;
            let Some(alert) = alerts.get(step % 3).cloned() else { return Ok(()) };
            match alert.author.me {
                true if step % 5 == 0 => state.handle(Intent::Withdraw { alert: alert.id }),
                true => Ok(()),
                false => state.handle(Intent::Answer { alert: alert.id, answer: Answer::Come }),
            }
        });
        let (one, other) = (world.dice.below(PEOPLE), world.dice.below(PEOPLE));
        if one != other {
            world.meet(one, other);
        }
    }
}

/// He goes; gives the phones at whose tap it happened.
fn goes(world: &mut World, way: Way) -> Vec<usize> {
    let target = world.phones[XANDER].device();
    let remove = Members::Remove { target, cosignatures: vec![] };
    match way {
        Way::Coordinator | Way::RemoverRemoved => {
            assert!(world.phones[FATMA].administers(vec![remove]));
            vec![FATMA]
        }
        Way::Two => {
            world.meet(FATMA, BEA);
            let code = world.phones[BEA].proposes(remove).expect("a first signature");
            world.meet(FATMA, BEA);
            assert!(world.phones[FATMA].cosigned(&code));
            vec![FATMA, BEA]
        }
        Way::Himself => {
            assert!(world.phones[XANDER].administers(vec![remove]));
            vec![XANDER]
        }
        Way::Helper => {
            let keys = DeviceKeys::generate(world.phones[HELPER].today()).expect("keys");
            let device = NewDevice {
                signing_key: keys.signing.public(),
                kem_key: keys.boxing.public(),
                token: keys.token.hash(),
            };
            assert!(world.phones[HELPER].administers(vec![Members::Replace { target, device, cosignatures: vec![] }]));
            vec![HELPER]
        }
        Way::WithoutKeep => {
            let done = world.phones[FATMA].does(|state| state.write_members(remove));
            assert!(done.is_ok());
            vec![FATMA]
        }
    }
}

/// Whoever has Xander's phone: alerts with an early number, slipped to anybody; a friend opens and answers each.
fn afterwards(world: &mut World, forged: &mut BTreeSet<Ref>) {
    for _ in 0..8 {
        if world.dice.chance(60) {
            let seq = 1 + u64::try_from(world.dice.below(4)).unwrap();
            forged.extend(world.phones[XANDER].forges_alert(seq));
            let to = world.dice.pick(&[FATMA, BEA, HELPER, FRIEND, 5]);
            world.gives(XANDER, to, Mailbox::Content, 100);
            world.gives(to, FRIEND, Mailbox::Content, 100);
        }
        for id in forged.clone() {
            let _ = world.phones[FRIEND].does(|state| state.write(Content::Seen, Some(id)));
            let _ = world.phones[FRIEND].does(|state| state.write(Content::Answer { answer: Answer::Come }, Some(id)));
        }
        let (one, other) = (world.dice.pick(&[FATMA, BEA, 5]), world.dice.pick(&[HELPER, FRIEND, 5]));
        if one != other {
            world.meet(one, other);
        }
        world.hours_pass(5);
    }
}

/// Fatma, who removed him, is removed herself by two.
fn remover_goes(world: &mut World) {
    let target = world.phones[FATMA].device();
    let role = |target, role| Members::Role { target, role, badge_until: None, cosignatures: vec![] };
    // Two others must hold office first: Ahmed becomes coordinator and the helper trustee, by Fatma and Bea.
    for (who, office) in [(5, Role::Coordinator), (HELPER, Role::Trustee)] {
        world.meet(FATMA, BEA);
        let act = role(world.phones[who].device(), office);
        let code = world.phones[FATMA].proposes(act).expect("a first signature");
        world.meet(FATMA, BEA);
        assert!(world.phones[BEA].cosigned(&code), "{office:?}");
    }
    for one in [BEA, 5, HELPER, BEA] {
        world.meet(one, FATMA);
        world.meet(one, 5);
    }
    let code = world.phones[5].proposes(Members::Remove { target, cosignatures: vec![] }).expect("a first signature");
    world.meet(5, BEA);
    assert!(world.phones[BEA].cosigned(&code));
}

fn tally(seed: u64, way: Way) -> Tally {
    let mut world = street(seed);
    day(&mut world);
    let who = world.phones[XANDER].device();
    let written = of(&world.phones[XANDER], true, who);
    let before: Vec<BTreeSet<Ref>> = (0..PEOPLE).map(|phone| of(&world.phones[phone], true, who)).collect();
    let tapped = goes(&mut world, way);
    let known: BTreeSet<Ref> = tapped.iter().flat_map(|phone| before[*phone].clone()).collect();
    let mut forged = BTreeSet::new();
    if way != Way::Himself {
        afterwards(&mut world, &mut forged);
    }
    if way == Way::RemoverRemoved {
        remover_goes(&mut world);
    }
    world.everybody_meets();
    let mut out = Tally { forged: forged.len(), known: known.len(), ..Tally::default() };
    out.differ = usize::from(world.difference().is_some());
    let (counts, aside) = (of(&world.phones[BEA], true, who), of(&world.phones[BEA], false, who));
    out.forged_count = forged.intersection(&counts).count();
    out.forged_by_reference = forged.intersection(&referred_to(&world.phones[BEA], who)).count();
    out.known_gone = known.difference(&counts).count();
    out.late_set_aside = written.difference(&known).filter(|id| aside.contains(id)).count();
    out
}

fn tallies(way: Way) -> Tally {
    let mut sum = Tally::default();
    for seed in 0..histories(2) {
        let one = tally(seed, way);
        sum.forged += one.forged;
        sum.forged_count += one.forged_count;
        sum.forged_by_reference += one.forged_by_reference;
        sum.known += one.known;
        sum.known_gone += one.known_gone;
        sum.late_set_aside += one.late_set_aside;
        sum.differ += one.differ;
    }
    seeded::begin(None);
    println!("{way:?}: {sum:?}");
    sum
}

#[test]
fn whatever_way_he_goes_nothing_forged_counts_and_nothing_known_is_gone() {
    for way in [Way::Coordinator, Way::Two, Way::Himself, Way::Helper, Way::RemoverRemoved] {
        let sum = tallies(way);
        assert!(sum.known > 0, "{way:?} has something to lose");
        assert_eq!((sum.forged_count, sum.known_gone, sum.differ), (0, 0, 0), "{way:?}");
        if way != Way::Himself {
            assert!(sum.forged_by_reference > 0, "control: if an answer made things count, forged ones would");
        }
    }
}

#[test]
fn control_without_a_keep_what_was_known_is_gone() {
    assert!(tallies(Way::WithoutKeep).known_gone > 0);
}
