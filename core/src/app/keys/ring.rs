//! What this phone holds and knows of secrets.

use std::collections::BTreeMap;

use crate::storage::{StoredKey, StoredRekey};

/// The secrets of channels, and what key operations said of them.
#[derive(Default)]
pub(in crate::app) struct Ring {
    /// Held secrets by key id.
    pub(super) held: BTreeMap<[u8; 16], StoredKey>,
    /// What Rekeys said, by the key id that they name; also of secrets that are not held.
    pub(super) rekeys: BTreeMap<[u8; 16], Vec<StoredRekey>>,
}

impl Ring {
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
}
