//! Stories of secrets on real phones: who reads what, who is given what, and what is destroyed.

use std::sync::atomic::Ordering;

use super::{phone::Phone, world::World};
use crate::{
    envelope::{
        crypto::seeded,
        operation::{
            Keys, Members,
            keys::{Channel, KeyId, Rekey},
        },
    },
    identity::DeviceId,
    intent::AlertKind,
    storage::Mailbox,
    view::Role,
};

const FATMA: usize = 0;
const RIA: usize = 1;
const AHMED: usize = 2;
const BEA: usize = 3;
const JAN: usize = 4;

impl Phone {
    pub(super) fn writes_with(&self, channel: Channel) -> [u8; 16] {
        self.state.group().expect("a group").writing_key(channel).expect("a secret").key.id
    }

    pub(super) fn holds(&self, key_id: &[u8; 16]) -> bool {
        self.state.group().is_ok_and(|group| group.ring.get(key_id).is_some())
    }

    fn secrets(&self, channel: Channel) -> usize {
        let held = self.state.store.channel_keys(&self.state.vault).expect("readable");
        held.iter().filter(|held| held.channel == channel).count()
    }

    fn notes(&self) -> Vec<String> {
        self.state.alerts().expect("readable").into_iter().map(|alert| alert.note).collect()
    }

    /// Removes somebody.
    pub(super) fn removes(&mut self, target: DeviceId) -> bool {
        self.administers(vec![Members::Remove { target, cosignatures: vec![] }])
    }

    pub(super) fn gives_role(&mut self, target: DeviceId, role: Role) -> bool {
        self.administers(vec![Members::Role { target, role, badge_until: None, cosignatures: vec![] }])
    }
}

impl World {
    /// Fatma and Ria make somebody a coordinator.
    pub(super) fn makes_coordinator(&mut self, who: usize) {
        let target = self.phones[who].device();
        let mut body = Members::Role { target, role: Role::Coordinator, badge_until: None, cosignatures: vec![] };
        let parents = self.phones[FATMA].log().heads();
        let cosignature = self.phones[RIA].cosigns(&body, &parents);
        body.cosignatures_mut().expect("two sign").push(cosignature);
        assert!(self.phones[FATMA].administers(vec![body]));
        self.everybody_meets();
    }

    /// Fatma and Ria remove somebody who is in office.
    pub(super) fn two_remove(&mut self, target: DeviceId) -> bool {
        self.meet(FATMA, RIA);
        let code = self.phones[FATMA].proposes(Members::Remove { target, cosignatures: vec![] });
        self.meet(FATMA, RIA);
        let done = code.is_some_and(|code| self.phones[RIA].cosigned(&code));
        self.meet(FATMA, RIA);
        done && self.phones[FATMA].log().membership().was_removed(target)
    }

    pub(super) fn seconds_pass(&mut self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    fn days_pass(&mut self, days: i64) {
        self.hours_pass(24 * days);
    }
}

fn street(people: usize) -> World {
    World::street(7, people)
}

#[test]
fn bea_is_removed_and_opens_nothing_that_is_written_later_with_all_she_ever_had() {
    // G12
    let mut world = street(4);
    let before = world.phones[AHMED].writes_with(Channel::Street);
    assert!(world.phones[BEA].holds(&before));
    let bea = world.phones[BEA].device();
    assert!(world.phones[FATMA].removes(bea));
    let after = world.phones[FATMA].writes_with(Channel::Street);
    assert_ne!(after, before, "the secret is made with the Remove");
    world.everybody_meets();
    assert_eq!(world.phones[AHMED].writes_with(Channel::Street), after);
    world.phones[AHMED].alerts(AlertKind::Vehicle, "grijze bus").expect("sent");
    world.everybody_meets();
    world.seconds_pass(90_000);
    for who in 0..4 {
        world.phones[who].ticks();
    }
    world.everybody_meets();
    assert!(!world.phones[BEA].holds(&after), "not in a box, and nobody answers her");
    assert_eq!(world.phones[BEA].notes(), Vec::<String>::new());
    assert_eq!(world.phones[RIA].notes(), ["grijze bus"]);
    seeded::begin(None);
}

#[test]
fn a_removed_coordinators_rekey_of_a_far_generation_moves_nobody() {
    let mut world = street(5);
    world.makes_coordinator(AHMED);
    let (ahmed, bea) = (world.phones[AHMED].device(), world.phones[BEA].device());
    let heads = world.phones[AHMED].log().heads();
    assert!(world.two_remove(ahmed));
    let boxes = world.phones[AHMED].boxes(&[bea]);
    let forged = Rekey { channel: Channel::Street, key_id: KeyId(boxes.0), generation: 900, heads, boxes: boxes.1 };
    world.phones[AHMED].forges_keys(Keys::Rekey(forged));
    world.everybody_meets();
    assert!(world.phones[BEA].holds(&boxes.0), "who has a box of it reads with it");
    for who in [FATMA, RIA, BEA, JAN] {
        assert_eq!(world.phones[who].writes_with(Channel::Street), world.phones[FATMA].writes_with(Channel::Street));
        assert_ne!(world.phones[who].writes_with(Channel::Street), boxes.0);
    }
    // Nor does it move the generation: the next weekly secret is chosen all the same.
    world.days_pass(10);
    world.phones[FATMA].ticks();
    world.everybody_meets();
    assert_eq!(world.phones[BEA].writes_with(Channel::Street), world.phones[FATMA].writes_with(Channel::Street));
    assert_ne!(world.phones[BEA].writes_with(Channel::Street), boxes.0);
    seeded::begin(None);
}

#[test]
fn a_coordinators_secret_for_bea_alone_makes_nobody_deaf_to_her() {
    let mut world = street(5);
    world.makes_coordinator(AHMED);
    let (bea, honest) = (world.phones[BEA].device(), world.phones[BEA].writes_with(Channel::Street));
    let (heads, rekey) = (world.phones[AHMED].log().heads(), |key_id, generation, heads, boxes| {
        Keys::Rekey(Rekey { channel: Channel::Street, key_id: KeyId(key_id), generation, heads, boxes })
    });
    let (alone, boxes) = world.phones[AHMED].boxes(&[bea]);
    world.phones[AHMED].forges_keys(rekey(alone, 900, heads.clone(), boxes));
    world.meet(AHMED, BEA);
    assert!(world.phones[BEA].holds(&alone));
    assert_eq!(world.phones[BEA].writes_with(Channel::Street), honest, "it leaves out everybody else");

    // With boxes for all, of which only Bea's opens, it is chosen. The others ask.
    let all: Vec<DeviceId> = world.phones.iter().map(Phone::device).collect();
    let (bad, mut boxes) = world.phones[AHMED].boxes(&all);
    for (device, boxed) in &mut boxes {
        if *device != bea {
            boxed.ciphertext[0] ^= 1;
        }
    }
    world.phones[AHMED].forges_keys(rekey(bad, 901, heads, boxes));
    world.everybody_meets();
    assert_eq!(world.phones[BEA].writes_with(Channel::Street), bad);
    world.phones[BEA].alerts(AlertKind::Fire, "rook bij Bea").expect("sent");
    world.everybody_meets();
    assert_eq!(world.phones[JAN].notes(), Vec::<String>::new(), "not yet");
    for _ in 0..3 {
        world.seconds_pass(120);
        for who in 0..5 {
            world.phones[who].ticks();
        }
        world.everybody_meets();
    }
    for who in [FATMA, RIA, JAN] {
        assert_eq!(world.phones[who].notes(), ["rook bij Bea"], "{}", world.phones[who].name);
    }
    seeded::begin(None);
}

#[test]
fn jan_asks_again_on_the_same_day_for_what_a_coordinator_names_and_not_for_what_anybody_seals() {
    let mut world = street(5);
    let asks = |phone: &Phone| phone.carries_kind(crate::envelope::operation::number::KEY_WANTED).len();
    let all: Vec<DeviceId> = world.phones.iter().map(Phone::device).collect();
    for generation in 1..=6 {
        let heads = world.phones[FATMA].log().heads();
        let (key_id, mut boxes) = world.phones[FATMA].boxes(&all);
        for (_, boxed) in &mut boxes {
            boxed.ciphertext[0] ^= 1;
        }
        let rekey = Rekey { channel: Channel::Street, key_id: KeyId(key_id), generation, heads, boxes };
        world.phones[FATMA].forges_keys(Keys::Rekey(rekey));
        world.meet(FATMA, JAN);
        world.seconds_pass(60);
        world.phones[JAN].ticks();
        world.phones[JAN].ticks();
    }
    assert_eq!(asks(&world.phones[JAN]), 4, "once for each, four times a day");
    world.days_pass(1);
    world.phones[JAN].ticks();
    assert_eq!(asks(&world.phones[JAN]), 5, "and the next day for all that is missing");
    seeded::begin(None);
}

#[test]
fn when_nadia_leaves_one_coordinators_phone_makes_the_new_secret_and_alerts_do_not_wait() {
    let mut world = street(5);
    world.makes_coordinator(AHMED);
    let jan = world.phones[JAN].device();
    let old = world.phones[BEA].writes_with(Channel::Street);
    assert!(world.phones[JAN].removes(jan), "leaving is never refused");
    world.everybody_meets();
    assert_eq!(world.phones[BEA].writes_with(Channel::Street), old, "no alert waits for a better secret");
    assert!(world.phones[BEA].alerts(AlertKind::Fire, "rook").is_some());
    for who in [FATMA, AHMED] {
        world.phones[who].ticks();
    }
    world.everybody_meets();
    let new = world.phones[BEA].writes_with(Channel::Street);
    assert_ne!(new, old, "the first in the order waits for nobody");
    world.seconds_pass(25);
    for who in [FATMA, AHMED] {
        world.phones[who].ticks();
    }
    world.everybody_meets();
    assert_eq!(world.phones[BEA].writes_with(Channel::Street), new, "the second sees that it is done");
    seeded::begin(None);
}

#[test]
fn jan_comes_later_and_gets_the_secrets_of_the_last_month() {
    let mut world = street(4);
    world.phones[AHMED].alerts(AlertKind::Vehicle, "eerste").expect("sent");
    world.everybody_meets();
    world.days_pass(10);
    world.phones[FATMA].ticks();
    world.everybody_meets();
    world.phones[AHMED].alerts(AlertKind::Vehicle, "tweede").expect("sent");
    world.everybody_meets();
    let clock = std::sync::Arc::clone(&world.clock);
    world.phones.push(Phone::new("Jan", &clock));
    world.joins(JAN, FATMA);
    world.everybody_meets();
    assert_eq!(world.phones[JAN].notes(), ["tweede"], "the street's secret of today came with the answer");
    world.seconds_pass(30);
    world.phones[JAN].ticks();
    world.meet(JAN, RIA);
    assert_eq!(world.phones[JAN].notes(), ["tweede"], "Ria lets a coordinator go first");
    world.meet(JAN, FATMA);
    assert_eq!(world.phones[JAN].notes(), ["tweede", "eerste"], "Fatma answers at once");
    world.everybody_meets();
    world.seconds_pass(600);
    let answers =
        world.phones[RIA].state.store.unexpired(Mailbox::Log, ratel_protocol::Day(0)).expect("readable").len();
    for who in [RIA, AHMED, BEA] {
        world.phones[who].ticks();
    }
    let still = world.phones[RIA].state.store.unexpired(Mailbox::Log, ratel_protocol::Day(0)).expect("readable").len();
    assert_eq!(answers, still, "who sees an answer is silent");
    seeded::begin(None);
}

#[test]
fn nobody_gives_a_secret_to_one_whose_remove_he_has_not_seen_but_its_maker_had() {
    let mut world = street(5);
    let bea = world.phones[BEA].device();
    assert!(world.phones[FATMA].removes(bea));
    let new = world.phones[FATMA].writes_with(Channel::Street);
    // Jan is told of the new secret, its Rekey and Bea's question, and nothing of the Remove.
    let rekey = world.phones[FATMA].carries_kind(crate::envelope::operation::number::REKEY);
    world.phones[JAN].hears(Mailbox::Log, &rekey);
    assert!(world.phones[JAN].holds(&new) && world.phones[JAN].is_a_member(bea));
    let kem_key = world.phones[BEA].state.keys().expect("keys").boxing.public();
    world.phones[BEA].forges_keys(Keys::KeyWanted { key_ids: vec![KeyId(new)], kem_key });
    let question = world.phones[BEA].carries_kind(crate::envelope::operation::number::KEY_WANTED);
    world.phones[JAN].hears(Mailbox::Log, &question);
    world.seconds_pass(3600);
    world.phones[JAN].ticks();
    world.meet(JAN, BEA);
    assert!(!world.phones[BEA].holds(&new));
    // Bea names the secret herself, with nothing before it: that proves nothing.
    let forged = Rekey { channel: Channel::Street, key_id: KeyId(new), generation: 1, heads: vec![], boxes: vec![] };
    world.phones[BEA].forges_keys(Keys::Rekey(forged));
    world.meet(JAN, BEA);
    world.seconds_pass(3600);
    world.phones[JAN].ticks();
    world.meet(JAN, BEA);
    assert!(!world.phones[BEA].holds(&new));
    // A control: a member who asks for the same gets it, once Jan knows what its maker knew.
    world.everybody_meets();
    assert!(world.phones[AHMED].holds(&new));
    seeded::begin(None);
}

#[test]
fn ahmed_patrols_reads_the_teams_secret_and_loses_it_when_he_is_a_resident_again() {
    // R23
    let mut world = street(4);
    let ahmed = world.phones[AHMED].device();
    assert!(world.phones[FATMA].gives_role(ahmed, Role::Patrol));
    world.everybody_meets();
    let team = world.phones[FATMA].writes_with(Channel::Team);
    assert_eq!(world.phones[AHMED].writes_with(Channel::Team), team, "the secret came with the role");
    assert!(!world.phones[RIA].holds(&team));
    assert!(world.phones[FATMA].gives_role(ahmed, Role::Resident));
    world.everybody_meets();
    let later = world.phones[FATMA].writes_with(Channel::Team);
    assert!(later != team && !world.phones[AHMED].holds(&later));
    seeded::begin(None);
}

#[test]
fn old_keys_for_boxes_and_old_secrets_are_destroyed_in_time() {
    let mut world = street(3);
    let first = world.phones[AHMED].state.keys().expect("keys").boxing.public();
    let old = world.phones[AHMED].writes_with(Channel::Street);
    let mut held = Vec::new();
    for _ in 0..13 {
        world.days_pass(10);
        for who in 0..3 {
            world.phones[who].ticks();
        }
        world.everybody_meets();
        for who in 0..3 {
            world.phones[who].ticks();
        }
        assert_eq!(world.phones[AHMED].writes_with(Channel::Street), world.phones[FATMA].writes_with(Channel::Street));
        held.push(world.phones[AHMED].secrets(Channel::Street));
    }
    assert_ne!(world.phones[AHMED].state.keys().expect("keys").boxing.public(), first);
    assert!(held.iter().all(|held| *held <= 8), "weekly secrets do not heap up: {held:?}");
    assert!(world.phones[AHMED].holds(&old), "his neighbours' profiles lie under the first one");
    let bytes = world.phones[AHMED].state.keys().expect("keys").to_bytes();
    let again = crate::identity::DeviceKeys::from_bytes(&bytes).expect("readable");
    assert_eq!(again.boxing.public(), world.phones[AHMED].state.keys().expect("keys").boxing.public());
    seeded::begin(None);
}

#[test]
fn an_old_key_for_boxes_opens_for_two_weeks_and_no_longer() {
    let mut world = street(2);
    let ria = world.phones[RIA].state.keys().expect("keys").boxing.public();
    let boxed = crate::envelope::crypto::seal_box(&ria, b"info", &[7; 32]).expect("sealed");
    let opens = |world: &World| world.phones[RIA].state.keys().expect("keys").open_box(b"info", &boxed).is_some();
    world.days_pass(31);
    world.phones[RIA].ticks();
    assert_ne!(world.phones[RIA].state.keys().expect("keys").boxing.public(), ria);
    assert!(opens(&world));
    world.days_pass(13);
    world.phones[RIA].ticks();
    assert!(opens(&world), "boxes on their way still come");
    world.days_pass(1);
    world.phones[RIA].ticks();
    assert!(!opens(&world));
    world.phones[RIA].state.reload().expect("readable");
    assert!(!opens(&world), "nor after a restart");
    seeded::begin(None);
}
