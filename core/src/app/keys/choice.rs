//! Which secret to write with: among those held, the one that fewest people may read who should not.
//!
//! In turn: who made it is a coordinator now; fewest of those for whom it was made read the channel no more; fewest
//! counted operations that took a reader away were unknown to its maker (whoever that was may have been given it since);
//! fewest of those who read the channel now were left out; the greatest (generation, key id). So a coordinator who boxes
//! a secret of a far generation to one neighbour only does not make that neighbour's alerts unreadable. A secret that is
//! not the best in each of the first three has a fault: a coordinator's phone will make a new one, and meanwhile it is
//! written with all the same.

use std::cmp::Reverse;

use super::Group;
use crate::{
    envelope::operation::keys::Channel,
    storage::{StoredKey, StoredRekey},
};

/// How well a secret is kept from who should not read: the greater, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    maker: Maker,
    gone: Reverse<usize>,
    unseen: Reverse<usize>,
    left_out: Reverse<usize>,
    generation: u64,
    key_id: [u8; 16],
}

/// Who made a secret, least trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Maker {
    /// Somebody who is no coordinator now, or whom nobody named.
    Other,
    /// Whoever let this phone in handed it over; the Rekey has not come yet.
    Host,
    /// A coordinator of now.
    Coordinator,
}

/// Why a channel needs a new secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) struct Fault {
    /// The chosen secret, all zero where none is held.
    pub(super) key_id: [u8; 16],
}

impl Standing {
    fn has_fault(&self) -> bool {
        self.maker != Maker::Coordinator || self.gone.0 > 0 || self.unseen.0 > 0
    }
}

impl Group {
    /// The secret to write with; `None` only while this phone holds none of the channel.
    pub(in crate::app) fn writing_key(&self, channel: Channel) -> Option<&StoredKey> {
        self.chosen(channel).map(|(_, held)| held)
    }

    fn chosen(&self, channel: Channel) -> Option<(Standing, &StoredKey)> {
        let held = self.ring.held.values().filter(|held| held.channel == channel);
        held.map(|held| (self.standing(held), held)).max_by_key(|(standing, _)| *standing)
    }

    /// Why this channel needs a new secret, if it does: not where a new one would have the same fault, since more takings
    /// lie beside each other than the eight heads of a Rekey can name. Where none is held but a coordinator's Rekey named one, it is to
    /// be asked for, not made.
    pub(in crate::app) fn fault(&self, channel: Channel) -> Option<Fault> {
        match self.chosen(channel) {
            Some((standing, held)) => {
                let made = self.made_by(&held.key.id, channel);
                let as_good = standing.maker == Maker::Coordinator && standing.gone.0 == 0;
                let as_late = made.is_some_and(|rekey| rekey.heads == self.log.heads());
                (standing.has_fault() && !(as_good && as_late)).then_some(Fault { key_id: held.key.id })
            }
            None => self.newest(channel).is_none().then_some(Fault { key_id: [0; 16] }),
        }
    }

    fn standing(&self, held: &StoredKey) -> Standing {
        let key_id = held.key.id;
        let Some(rekey) = self.made_by(&key_id, held.channel) else {
            let maker = if held.trusted { Maker::Host } else { Maker::Other };
            let (gone, unseen, left_out) = (Reverse(0), Reverse(0), Reverse(0));
            return Standing { maker, gone, unseen, left_out, generation: 0, key_id };
        };
        let members = self.membership();
        // No Rekey names anybody twice.
        let gone = rekey.recipients.iter().filter(|it| !members.reads(**it, held.channel)).count();
        let readers = members.devices.keys().filter(|it| members.reads(**it, held.channel)).count();
        let reached = rekey.recipients.len().saturating_sub(gone);
        let maker = match (members.is_coordinator(rekey.author), held.trusted) {
            (true, _) => Maker::Coordinator,
            (false, true) if !rekey.proven => Maker::Host,
            (false, _) => Maker::Other,
        };
        Standing {
            maker,
            gone: Reverse(gone),
            unseen: Reverse(self.log.unseen_takings(held.channel, &rekey.heads)),
            left_out: Reverse(readers.saturating_sub(reached)),
            generation: rekey.generation,
            key_id,
        }
    }

    /// The Rekey that made a secret, as far as this phone can tell. Anybody can write one that names any secret: a
    /// coordinator's goes before others', one whose box held the secret before one that may only have heard its name.
    fn made_by(&self, key_id: &[u8; 16], channel: Channel) -> Option<&StoredRekey> {
        let claims = self.ring.rekeys.get(key_id)?.iter().filter(|claim| claim.channel == channel);
        let members = self.membership();
        claims.max_by_key(|claim| (members.is_coordinator(claim.author), claim.proven, Reverse(claim.id)))
    }

    /// The Rekey of the greatest (generation, key id) by a coordinator of now, of a held secret or not.
    pub(super) fn newest(&self, channel: Channel) -> Option<&StoredRekey> {
        let members = self.membership();
        let all = self.ring.rekeys.values().flatten();
        let good = all.filter(|it| it.channel == channel && members.is_coordinator(it.author));
        good.max_by_key(|it| (it.generation, it.key_id, it.id))
    }

    /// The generation of the next secret: who was removed can claim any, and moves it by nothing.
    pub(super) fn next_generation(&self, channel: Channel) -> u64 {
        self.newest(channel).map_or(1, |newest| newest.generation.saturating_add(1))
    }

    /// What the rule before this one would have chosen: the greatest generation, whoever claims it.
    #[cfg(test)]
    pub(in crate::app) fn greatest_generation(&self) -> [u8; 16] {
        let held = self.ring.rekeys.values().flatten().filter(|it| self.ring.get(&it.key_id).is_some());
        let street = held.filter(|it| it.channel == Channel::Street);
        street.max_by_key(|it| (it.generation, it.key_id)).map(|it| it.key_id).unwrap_or_default()
    }
}
