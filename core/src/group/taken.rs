//! Which counted operations took a reader of a channel away, and whether somebody had seen them.
//!
//! A secret made by one who had not seen such an operation may be held by whom it took away: that reader could still
//! ask for it, or had it in a box. So writers choose the secret whose maker had seen most of them.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::Ref;

use super::{
    evaluate::linked_role,
    log::Log,
    membership::{PoliceReads, role_reads},
    rights::Act,
};
use crate::{envelope::operation::keys::Channel, view::Role};

impl Log {
    /// How many counted operations that took a reader of `channel` away are neither among `heads` nor before them. Heads
    /// that are not here cover nothing.
    pub fn unseen_takings(&self, channel: Channel, heads: &[Ref]) -> usize {
        let taken = self.membership().taken.iter().filter(|(_, from)| *from == channel);
        let mut taken = taken.filter_map(|(id, _)| self.number_of(id)).peekable();
        if taken.peek().is_none() {
            return 0;
        }
        let heads: Vec<usize> = heads.iter().filter_map(|head| self.number_of(head)).collect();
        let seen = self.past_of(&heads);
        taken.filter(|number| seen.get(*number) != Some(&true)).count()
    }
}

/// Counted operations with each channel of which they took a reader away. Going up may take as well: who becomes a
/// trustee reads no patrol log any more. Roles are followed by (depth, id), an order that no arrival changes.
pub(super) fn taken(log: &Log) -> BTreeSet<(Ref, Channel)> {
    let mut seats = Seats::default();
    for (_, node) in log.counted() {
        let id = node.place.1;
        match &node.act {
            Act::Begin { founders, .. } => {
                seats.police = node.police.unwrap_or_default();
                seats.roles.extend(founders.iter().map(|(device, founder)| (*device, founder.role)));
            }
            Act::Admit { device, newcomer } => seats.seat(id, *device, Some(newcomer.role)),
            Act::Role { target, role, down, .. } => {
                let now = seats.roles.get(target).copied();
                seats.seat(id, *target, now.map(|now| if *down { now.min(*role) } else { now.max(*role) }));
            }
            Act::Leave => seats.seat(id, node.author, None),
            Act::Remove { target } => seats.seat(id, *target, None),
            Act::Replace { target, device, .. } => {
                seats.seat(id, *device, Some(linked_role(seats.roles.get(target).copied())));
                seats.seat(id, *target, None);
            }
            Act::Link { device, .. } => {
                seats.seat(id, *device, Some(linked_role(seats.roles.get(&node.author).copied())));
            }
            Act::Charter(_) => seats.agree(id, node.police.unwrap_or_default()),
            Act::Recover { targets, .. } => {
                for target in targets {
                    seats.seat(id, *target, Some(Role::Coordinator));
                }
            }
            Act::Helper { .. } | Act::Relay(_) | Act::Keep { .. } | Act::Unknown => {}
        }
    }
    seats.taken
}

/// Who reads what, as replay goes on.
#[derive(Default)]
struct Seats {
    roles: BTreeMap<usize, Role>,
    police: PoliceReads,
    taken: BTreeSet<(Ref, Channel)>,
}

impl Seats {
    fn reads(&self, role: Option<Role>, channel: Channel) -> bool {
        role.is_some_and(|role| role_reads(role, channel, self.police))
    }

    fn seat(&mut self, id: Ref, device: usize, role: Option<Role>) {
        let before = match role {
            Some(role) => self.roles.insert(device, role),
            None => self.roles.remove(&device),
        };
        let lost = Channel::ALL.into_iter().filter(|it| self.reads(before, *it) && !self.reads(role, *it));
        let lost: Vec<_> = lost.map(|channel| (id, channel)).collect();
        self.taken.extend(lost);
    }

    fn agree(&mut self, id: Ref, police: PoliceReads) {
        let before = std::mem::replace(&mut self.police, police);
        if !self.roles.values().any(|role| *role == Role::Wijkagent) {
            return;
        }
        let reads = |channel, police| role_reads(Role::Wijkagent, channel, police);
        let lost = Channel::ALL.into_iter().filter(|it| reads(*it, before) && !reads(*it, police));
        self.taken.extend(lost.map(|channel| (id, channel)));
    }
}
