//! What this phone holds and knows of secrets.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Day, EnvelopeId, Ref};

use crate::{
    envelope::{
        crypto::is_small_order_box,
        operation::{Keys, Operation},
    },
    identity::DeviceId,
    storage::{StoredEnvelope, StoredKey, StoredRekey},
};

/// The secrets of channels, and what key operations said of them.
#[derive(Default)]
pub(in crate::app) struct Ring {
    /// Held secrets by key id.
    pub(super) held: BTreeMap<[u8; 16], StoredKey>,
    /// What Rekeys said, by the key id that they name; also of secrets that are not held.
    pub(super) rekeys: BTreeMap<[u8; 16], Vec<StoredRekey>>,
    /// The last thing each device asked for, by (seq, id).
    pub(super) asked: BTreeMap<DeviceId, Asked>,
    /// Who answered whom about which secret, and when that came: the first answer of each.
    given: BTreeMap<(DeviceId, [u8; 16]), BTreeMap<DeviceId, u64>>,
    /// On which days this phone answered whom.
    gave: BTreeMap<DeviceId, Vec<Day>>,
    /// What this phone asked for at any time.
    wanted: BTreeSet<[u8; 16]>,
    /// The newest key for boxes of each device, by (seq, id).
    prekeys: BTreeMap<DeviceId, (u64, Ref, [u8; 32])>,
    /// How many key operations came so far.
    arrivals: u64,
}

/// A `KeyWanted` that stands.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) id: EnvelopeId,
    seq: u64,
    pub(super) key_ids: Vec<[u8; 16]>,
    pub(super) kem_key: [u8; 32],
    /// When it came, among other key operations.
    arrival: u64,
    /// When it came (Unix milliseconds).
    pub(super) noted_ms: i64,
}

impl Ring {
    /// How many Rekeys of a device are known.
    pub(super) fn rekeys_of(&self, author: DeviceId) -> usize {
        self.rekeys.values().flatten().filter(|rekey| rekey.author == author).count()
    }

    /// A held secret.
    pub(in crate::app) fn get(&self, key_id: &[u8; 16]) -> Option<&StoredKey> {
        self.held.get(key_id)
    }

    /// Holds a secret; of one that is held already, trust stays.
    pub(in crate::app) fn hold(&mut self, new: StoredKey) {
        let trusted = new.trusted;
        let held = self.held.entry(new.key.id).or_insert(new);
        held.trusted |= trusted;
    }

    /// Notes what a Rekey said.
    pub(in crate::app) fn note_rekey(&mut self, rekey: StoredRekey) {
        self.rekeys.entry(rekey.key_id).or_default().push(rekey);
    }

    /// Notes what an authentic key operation says of who asks, answers, and has a new key for boxes.
    pub(in crate::app) fn note(&mut self, me: DeviceId, stored: &StoredEnvelope, operation: &Operation, body: &Keys) {
        self.arrivals += 1;
        let (author, seq, id) = (operation.device, operation.seq, stored.id);
        match body {
            Keys::KeyWanted { key_ids, kem_key } => {
                let key_ids: Vec<[u8; 16]> = key_ids.iter().map(|id| id.0).collect();
                if author == me {
                    self.wanted.extend(&key_ids);
                }
                let (arrival, noted_ms) = (self.arrivals, stored.received_ms);
                let asked = Asked { id, seq, key_ids, kem_key: *kem_key, arrival, noted_ms };
                if self.asked.get(&author).is_none_or(|known| (known.seq, known.id) < (seq, id)) {
                    self.asked.insert(author, asked);
                }
            }
            Keys::KeyGiven { to, key_id, .. } => {
                self.given.entry((*to, key_id.0)).or_default().entry(author).or_insert(self.arrivals);
                if author == me {
                    self.gave.entry(*to).or_default().push(Day::from_unix_s(stored.received_ms.div_euclid(1000)));
                }
            }
            // A key to which anybody can open a box is none.
            Keys::Prekey { kem_key } if !is_small_order_box(kem_key) => {
                let new = (seq, id.short(), *kem_key);
                let newest = self.prekeys.entry(author).or_insert(new);
                *newest = new.max(*newest);
            }
            _ => {}
        }
    }

    /// Forgets that a device answered another: its answer is no longer held.
    pub(in crate::app) fn forget_given(&mut self, who: DeviceId, to: DeviceId, key_id: [u8; 16]) {
        let Some(given) = self.given.get_mut(&(to, key_id)) else { return };
        given.remove(&who);
        if given.is_empty() {
            self.given.remove(&(to, key_id));
        }
    }

    /// The key for boxes of a device: its newest, else the one that let it in.
    pub(in crate::app) fn box_key(&self, device: DeviceId, first: [u8; 32]) -> [u8; 32] {
        self.prekeys.get(&device).map_or(first, |(_, _, kem_key)| *kem_key)
    }

    /// Whether this phone asked for a secret.
    pub(super) fn wants(&self, key_id: &[u8; 16]) -> bool {
        self.wanted.contains(key_id)
    }

    /// How often this phone answered a device on a day.
    pub(super) fn answers_on(&self, asker: DeviceId, day: Day) -> usize {
        self.gave.get(&asker).map_or(0, |days| days.iter().filter(|it| **it == day).count())
    }

    /// Whether this device answered this asker about this secret at any time.
    pub(super) fn has_answered(&self, who: DeviceId, asker: DeviceId, key_id: [u8; 16]) -> bool {
        self.given.get(&(asker, key_id)).is_some_and(|given| given.contains_key(&who))
    }

    /// Whether one of those whom `may` accepts answered what a device asked last. Who had answered before it asked anew
    /// did not help then and is not counted now.
    pub(super) fn is_answered(&self, asker: DeviceId, key_id: [u8; 16], may: impl Fn(DeviceId) -> bool) -> bool {
        let (Some(question), Some(given)) = (self.asked.get(&asker), self.given.get(&(asker, key_id))) else {
            return false;
        };
        given.iter().any(|(who, arrival)| *arrival > question.arrival && may(*who))
    }
}
