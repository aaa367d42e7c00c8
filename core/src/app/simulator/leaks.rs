//! Who reads what after he was taken out: the attacks of the model of keys, on real phones (G12).
//!
//! People are removed by coordinators who are often apart, or leave by themselves; a coordinator is removed by two and
//! writes a Rekey of a far generation. Whoever is out keeps all keys for boxes, gets all ciphertext, and asks every phone
//! every day for every secret that is missing. Everybody writes, with what there is.
//!
//! An alert *leaks* when somebody opens it of whom its writer knew that he is out. From a writer whose secret had no fault
//! nothing may leak. Where no coordinator's phone has made a better secret yet, an alert goes all the same: those leaks
//! are counted and printed.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::world::World;
use crate::{
    envelope::{
        crypto::seeded,
        operation::{
            Keys, Members,
            keys::{Channel, KeyId, MAX_WANTED},
        },
    },
    group::tests::dice::histories,
    intent::AlertKind,
    storage::{Mailbox, State as Held},
};

const PEOPLE: usize = 7;
const DAYS: usize = 16;
/// The second coordinator, removed half-way.
const AHMED: usize = 2;

/// An alert, as its writer stood.
struct Written {
    id: Ref,
    /// Phones of which the writer knew that they are out.
    out: Vec<usize>,
    fault: bool,
    /// The secret that the old rule would have taken: the greatest generation by anybody.
    by_generation: [u8; 16],
}

#[derive(Debug, Default)]
struct Leaks {
    written: usize,
    without_fault: usize,
    with_fault: usize,
    by_the_old_rule: usize,
    unread: usize,
}

struct Street {
    world: World,
    written: Vec<Written>,
    apart: bool,
}

impl Street {
    fn new(seed: u64, apart: bool) -> Self {
        let mut world = World::street(seed, PEOPLE);
        world.makes_coordinator(AHMED);
        Self { world, written: Vec::new(), apart }
    }

    fn is_out(&self, who: usize) -> bool {
        let device = self.world.phones[who].device();
        (0..PEOPLE).any(|by| self.world.phones[by].log().membership().was_removed(device))
    }

    fn staying(&self) -> Vec<usize> {
        (0..PEOPLE).filter(|who| !self.is_out(*who)).collect()
    }

    fn day(&mut self, day: usize) {
        let islands: Vec<usize> = (0..PEOPLE).map(|_| self.world.dice.below(if self.apart { 3 } else { 1 })).collect();
        self.people_go(day);
        let staying = self.staying();
        for _ in 0..8 {
            let (one, other) = (self.world.dice.pick(&staying), self.world.dice.pick(&staying));
            if one != other && islands[one] == islands[other] {
                self.world.meet(one, other);
            }
            if self.world.dice.chance(40) {
                self.writes(one);
            }
        }
        self.thieves_ask();
        for _ in 0..3 {
            self.world.seconds_pass(70);
            for who in &staying {
                self.world.phones[*who].ticks();
            }
        }
        self.world.hours_pass(24);
    }

    fn people_go(&mut self, day: usize) {
        let staying = self.staying();
        if day == DAYS / 2 {
            self.ahmed_is_removed_and_forges();
        } else if self.world.dice.chance(25) && staying.len() > 5 {
            let by = if self.is_out(AHMED) { 0 } else { self.world.dice.pick(&[0, AHMED]) };
            let who = self.world.dice.pick(&[3, 4, 5, 6]);
            if staying.contains(&who) {
                let target = self.world.phones[who].device();
                self.world.phones[by].removes(target);
            }
        } else if self.world.dice.chance(10) && staying.len() > 5 && staying.contains(&6) {
            let target = self.world.phones[6].device();
            self.world.phones[6].removes(target);
        }
    }

    /// Two take Ahmed out; he makes a secret of a far generation for everybody.
    fn ahmed_is_removed_and_forges(&mut self) {
        self.world.meet(0, 1);
        let target = self.world.phones[AHMED].device();
        let code = self.world.phones[0].proposes(Members::Remove { target, cosignatures: vec![] });
        self.world.meet(0, 1);
        assert!(code.is_some_and(|code| self.world.phones[1].cosigned(&code)), "two remove him");
        self.world.meet(0, 1);
        let readers: Vec<_> = self.world.phones[AHMED].members();
        let heads = self.world.phones[AHMED].log().heads();
        let (key_id, boxes) = self.world.phones[AHMED].boxes(&readers);
        let rekey = crate::envelope::operation::keys::Rekey {
            channel: Channel::Street,
            key_id: KeyId(key_id),
            generation: 900,
            heads,
            boxes,
        };
        self.world.phones[AHMED].forges_keys(Keys::Rekey(rekey));
        for who in self.staying() {
            self.world.gives(AHMED, who, Mailbox::Log, 100);
        }
    }

    fn writes(&mut self, who: usize) {
        let group = self.world.phones[who].state.group().expect("a group");
        let (fault, by_generation) = (group.fault(Channel::Street).is_some(), group.greatest_generation());
        let out: Vec<usize> =
            (0..PEOPLE).filter(|it| group.membership().was_removed(self.world.phones[*it].device())).collect();
        if let Some(id) = self.world.phones[who].alerts(AlertKind::Vehicle, "bus") {
            self.written.push(Written { id, out, fault, by_generation });
        }
    }

    /// Everybody who is out gets everything, asks every phone, and hears what each answers.
    fn thieves_ask(&mut self) {
        let thieves: Vec<usize> = (0..PEOPLE).filter(|who| self.is_out(*who)).collect();
        for thief in thieves {
            for who in self.staying() {
                for mailbox in Mailbox::ALL {
                    self.world.gives(who, thief, mailbox, 100);
                }
            }
            let lying = self.world.phones[thief].state.store.keys_in(Mailbox::Content, Held::Sealed).expect("readable");
            let mut key_ids: Vec<KeyId> = lying.into_iter().map(|(_, key)| KeyId(key)).collect();
            key_ids.sort_unstable();
            key_ids.dedup();
            key_ids.truncate(MAX_WANTED);
            if key_ids.is_empty() {
                continue;
            }
            let kem_key = self.world.phones[thief].state.keys().expect("keys").boxing.public();
            self.world.phones[thief].forges_keys(Keys::KeyWanted { key_ids, kem_key });
            for who in self.staying() {
                self.world.gives(thief, who, Mailbox::Log, 100);
            }
        }
    }

    fn ends(mut self) -> Leaks {
        let staying = self.staying();
        for _ in 0..3 {
            for pair in staying.windows(2).chain(staying.windows(2).rev().collect::<Vec<_>>()) {
                self.world.meet(pair[0], pair[1]);
            }
            self.thieves_ask();
            self.world.hours_pass(25);
            for _ in 0..4 {
                self.world.seconds_pass(70);
                for who in &staying {
                    self.world.phones[*who].ticks();
                }
            }
        }
        self.thieves_ask();
        let opened: Vec<BTreeSet<Ref>> = self.world.phones.iter().map(super::judge::opened).collect();
        let mut leaks = Leaks { written: self.written.len(), ..Leaks::default() };
        for alert in &self.written {
            if alert.out.iter().any(|thief| opened[*thief].contains(&alert.id)) {
                *if alert.fault { &mut leaks.with_fault } else { &mut leaks.without_fault } += 1;
            }
            let thief_holds = |thief: &usize| self.world.phones[*thief].holds(&alert.by_generation);
            leaks.by_the_old_rule += usize::from(alert.out.iter().any(thief_holds));
            leaks.unread += staying.iter().filter(|who| !opened[**who].contains(&alert.id)).count();
        }
        leaks
    }
}

#[test]
fn who_is_out_opens_nothing_of_a_writer_whose_secret_has_no_fault() {
    for apart in [false, true] {
        let mut sum = Leaks::default();
        for seed in 0..histories(2) {
            let mut street = Street::new(seed, apart);
            (1..=DAYS).for_each(|day| street.day(day));
            let one = street.ends();
            assert_eq!(one.without_fault, 0, "seed {seed}, apart {apart}: {one:?}");
            sum.written += one.written;
            sum.with_fault += one.with_fault;
            sum.by_the_old_rule += one.by_the_old_rule;
            sum.unread += one.unread;
        }
        println!("apart {apart}: {sum:?}");
        assert!(sum.by_the_old_rule > 0, "control: who chooses by generation alone writes for the removed one");
    }
    seeded::begin(None);
}
