//! The world of a history: phones, who can meet whom, and days that pass.

use std::{
    collections::BTreeSet,
    sync::{Arc, atomic::Ordering},
};

use ratel_protocol::Ref;

use super::{
    judge,
    phone::{Clock, Phone},
};
use crate::{
    envelope::{crypto::seeded, operation::Members},
    group::tests::dice::Dice,
    identity::DeviceId,
    intent::{AlertKind, Answer, Intent},
    storage::Mailbox,
    view::Role,
};

const MONDAY_MS: i64 = 1_790_000_000_000;
const HOUR_MS: i64 = 3_600_000;
const NAMES: [&str; 10] = ["Fatma", "Ria", "Ahmed", "Bea", "Jan", "Nadia", "Piet", "Sevgi", "Toon", "Wil"];

/// A neighbourhood, from a seed.
pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) phones: Vec<Phone>,
    pub(super) clock: Clock,
    /// Phones with the same number can meet.
    islands: Vec<usize>,
}

impl World {
    /// A street of so many people; the first founded it and let the others in. All follows from the seed.
    pub(super) fn street(seed: u64, people: usize) -> Self {
        seeded::begin(Some(seed));
        let clock: Clock = Arc::new(MONDAY_MS.into());
        let phones = NAMES.iter().take(people).map(|name| Phone::new(name, &clock)).collect();
        let mut world = Self { dice: Dice::new(seed), phones, clock, islands: vec![0; people] };
        world.phones[0].founds();
        for newcomer in 1..people {
            world.joins(newcomer, 0);
        }
        world.everybody_meets();
        world
    }

    /// Lets a phone in by a code; the two must meet twice.
    pub(super) fn joins(&mut self, newcomer: usize, host: usize) {
        let Ok(code) = self.phones[host].does(crate::app::state::State::invite) else { return };
        let name = self.phones[newcomer].name.clone();
        if self.phones[newcomer].does(|state| state.join(&code, &name, None)).is_ok() {
            self.meet(newcomer, host);
            self.meet(newcomer, host);
        }
    }

    /// Two phones give each other all that they carry, the log first.
    pub(super) fn meet(&mut self, one: usize, other: usize) {
        for (from, to) in [(one, other), (other, one)] {
            for mailbox in Mailbox::ALL {
                self.gives(from, to, mailbox, 100);
            }
        }
    }

    /// One phone gives another so many percent of what it carries, in any order.
    pub(super) fn gives(&mut self, from: usize, to: usize, mailbox: Mailbox, percent: usize) {
        let held: BTreeSet<Ref> = self.phones[to].carries(mailbox).into_iter().collect();
        let mut new: Vec<Vec<u8>> = Vec::new();
        for id in self.phones[from].carries(mailbox) {
            if !held.contains(&id) && (percent >= 100 || self.dice.chance(percent)) {
                new.extend(self.phones[from].held(id));
            }
        }
        self.dice.shuffle(&mut new);
        if !new.is_empty() {
            self.phones[to].hears(mailbox, &new);
        }
    }

    /// Hours pass for everybody.
    pub(super) fn hours_pass(&mut self, hours: i64) {
        self.clock.fetch_add(hours * HOUR_MS, Ordering::SeqCst);
    }

    /// Everybody meets everybody until nothing is new: what a street is after a good network.
    pub(super) fn everybody_meets(&mut self) {
        // There and back again along a line: after it everybody has everything.
        let last = self.phones.len() - 1;
        for one in (0..last).chain((0..last).rev()).chain(0..last).chain((0..last).rev()) {
            self.meet(one, one + 1);
        }
    }

    /// So many things happen, one after another, at places that cannot always reach each other.
    pub(super) fn live(&mut self, steps: usize, thieves: &[usize]) {
        for step in 0..steps {
            if step % 6 == 0 {
                let islands = 1 + self.dice.below(3);
                self.islands = (0..self.phones.len()).map(|_| self.dice.below(islands)).collect();
                let hours = self.dice.pick(&[1, 5, 30, 200]);
                self.hours_pass(hours);
            }
            let who = self.dice.below(self.phones.len());
            if thieves.contains(&who) {
                self.misbehaves(who);
            } else {
                self.acts(who);
            }
            let (one, other) = (self.dice.below(self.phones.len()), self.dice.below(self.phones.len()));
            if one != other && self.islands[one] == self.islands[other] {
                self.meet_in_part(one, other);
            }
            let who = self.dice.below(self.phones.len());
            self.phones[who].ticks();
        }
    }

    fn meet_in_part(&mut self, one: usize, other: usize) {
        let percent = self.dice.pick(&[30, 70, 100]);
        let mailboxes =
            if self.dice.chance(80) { [Mailbox::Log, Mailbox::Content] } else { [Mailbox::Content, Mailbox::Log] };
        for (from, to) in [(one, other), (other, one)] {
            for mailbox in mailboxes {
                self.gives(from, to, mailbox, percent);
            }
        }
    }

    /// A person does what the app offers.
    fn acts(&mut self, who: usize) {
        let other = self.dice.below(self.phones.len());
        let target = self.phones[other].device();
        match self.dice.below(16) {
            0..=3 => {
                let kind = self.dice.pick(&[AlertKind::Vehicle, AlertKind::Fire, AlertKind::Behaviour]);
                self.phones[who].alerts(kind, "hier");
            }
            4..=6 => self.follows(who),
            7 => {
                let role = self.dice.pick(&[Role::Patrol, Role::Resident, Role::Wijkagent]);
                self.phones[who].administers(vec![role_of(target, role)]);
            }
            8 => {
                self.phones[who].administers(vec![Members::Remove { target, cosignatures: vec![] }]);
            }
            9 => {
                self.phones[who].administers(vec![Members::Helper { device: Some(target) }]);
            }
            10 => self.changes_charter(who),
            11 if self.dice.chance(30) => {
                let me = self.phones[who].device();
                self.phones[who].administers(vec![Members::Remove { target: me, cosignatures: vec![] }]);
            }
            12 | 13 => self.two_sign(who, other),
            14 => {
                let _ = self.phones[who].does(|state| {
                    let alert = state.alerts()?.into_iter().next().ok_or(crate::Error::NoSuchAlert)?;
                    state.handle(Intent::Withdraw { alert: alert.id })
                });
            }
            _ => {}
        }
    }

    /// Answers or changes an alert.
    fn follows(&mut self, who: usize) {
        let (at, answer) = (self.dice.below(4), self.dice.pick(&Answer::ALL));
        let edits = self.dice.chance(30);
        let _ = self.phones[who].does(|state| {
            let alerts = state.alerts()?;
            let alert = alerts.get(at).or(alerts.first()).ok_or(crate::Error::NoSuchAlert)?.clone();
            if edits && alert.author.me {
                state.handle(Intent::Edit { alert: alert.id, note: format!("versie {at}") })
            } else if alert.author.me {
                state.handle(Intent::Called112 { alert: alert.id, called: at == 0 })
            } else {
                state.handle(Intent::Answer { alert: alert.id, answer })
            }
        });
    }

    fn changes_charter(&mut self, who: usize) {
        let Some(mut charter) =
            self.phones[who].state.group.as_ref().and_then(|group| group.membership().charter.clone())
        else {
            return;
        };
        charter.police_read = !charter.police_read;
        if self.dice.chance(50) {
            charter.alert_kinds ^= 1 << (1 + self.dice.below(6));
        }
        self.phones[who].administers(vec![Members::Charter(charter)]);
    }

    /// An act over anybody with the signature of a second phone: at one table, so that both know the same.
    fn two_sign(&mut self, who: usize, with: usize) {
        if who == with || self.phones[who].state.group.is_none() {
            return;
        }
        self.meet(who, with);
        let target = self.dice.below(self.phones.len());
        let target = self.phones[target].device();
        let body = match self.dice.below(3) {
            0 => Members::Remove { target, cosignatures: vec![] },
            1 => role_of(target, self.dice.pick(&[Role::Trustee, Role::Coordinator])),
            _ => role_of(target, Role::Resident),
        };
        if let Some(code) = self.phones[who].proposes(body) {
            self.meet(who, with);
            self.phones[with].cosigned(&code);
        }
    }

    /// A thief writes what no app writes.
    fn misbehaves(&mut self, who: usize) {
        if self.phones[who].state.group.is_none() {
            return;
        }
        let members = self.phones[who].members();
        let past = self.phones[who].past();
        if members.is_empty() || past.is_empty() {
            return;
        }
        let target = self.dice.pick(&members);
        let mut parents = vec![self.dice.pick(&past)];
        if self.dice.chance(40) {
            parents.push(self.dice.pick(&past));
        }
        parents.sort_unstable();
        parents.dedup();
        let seq = 1 + self.dice.below(3) as u64;
        match self.dice.below(7) {
            0 => {
                self.phones[who].forges_alert(seq);
            }
            1 => {
                self.phones[who].backdates(parents, Members::Remove { target, cosignatures: vec![] });
            }
            2 => {
                let role = self.dice.pick(&[Role::Coordinator, Role::Resident, Role::Patrol]);
                let mut body = role_of(target, role);
                let mate = self.dice.below(self.phones.len());
                let cosignature = self.phones[mate].cosigns(&body, &parents);
                if self.dice.chance(50) {
                    body.cosignatures_mut().expect("an act that two sign").push(cosignature);
                }
                self.phones[who].backdates(parents, body);
            }
            3 => {
                self.phones[who].backdates(parents, Members::Helper { device: Some(target) });
            }
            4 => {
                let charter = crate::envelope::operation::members::Charter { police_read: true, ..Default::default() };
                self.phones[who].backdates(parents, Members::Charter(charter));
            }
            5 => {
                let lists = vec![Ref(*b"nobody wrote it!")];
                self.phones[who].backdates(parents, Members::Keep { lists });
            }
            _ => self.forges_rekey(who),
        }
    }

    fn forges_rekey(&mut self, who: usize) {
        use crate::envelope::operation::keys::{Channel, KeyId, Keys, Rekey};
        let generation = 1 + self.dice.below(900) as u64;
        let heads = self.phones[who].log().heads();
        let rekey = Rekey { channel: Channel::Street, key_id: KeyId([9; 16]), generation, heads, boxes: Vec::new() };
        self.phones[who].forges_keys(Keys::Rekey(rekey));
    }

    /// The members among the phones.
    pub(super) fn members(&self) -> Vec<usize> {
        (0..self.phones.len()).filter(|who| self.phones[*who].is_member()).collect()
    }

    /// Compares all phones that hold a group; gives the first difference.
    pub(super) fn difference(&self) -> Option<String> {
        let holders: Vec<&Phone> = self.phones.iter().filter(|phone| phone.state.group.is_some()).collect();
        let verdicts: Vec<_> = holders.iter().map(|phone| judge::verdict(phone)).collect();
        let (first, rest) = verdicts.split_first()?;
        let index = rest.iter().position(|verdict| first.differs(verdict).is_some())?;
        let why = first.differs(&rest[index])?;
        Some(format!("{} and {} differ in {why}", holders[0].name, holders[index + 1].name))
    }
}

fn role_of(target: DeviceId, role: Role) -> Members {
    Members::Role { target, role, badge_until: None, cosignatures: vec![] }
}
