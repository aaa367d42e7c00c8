//! Asking for secrets that this phone may read and has not: at most once a day, sixteen at most.
//!
//! What a coordinator's Rekey names goes first, then what would open most envelopes. Nobody asks in the first seconds:
//! what came before its key mostly has the key right behind it.

use std::collections::BTreeSet;

use super::{State, rekey::TURN_MS};
use crate::{
    envelope::operation::{
        Keys,
        keys::{KeyId, MAX_WANTED},
    },
    error::Error,
};

/// How long a missing secret is asked for: alerts live no longer (milliseconds).
pub(super) const ASKED_FOR_MS: i64 = 30 * 86_400_000;
/// Name of the fact that says on which day this phone asked last.
const ASKED: &str = "asked-day";

impl State {
    /// Secrets to ask for now, ascending; none on a day on which this phone asked already.
    pub(super) fn wanted_now(&self) -> Result<Vec<KeyId>, Error> {
        let (Some(keys), Some(group)) = (&self.keys, &self.group) else { return Ok(Vec::new()) };
        let (me, members) = (keys.device(), group.membership());
        if !members.is_member(me) || self.store.fact(ASKED)? == Some(self.today().0.to_string()) {
            return Ok(Vec::new());
        }
        let (from_ms, to_ms) = (self.now_ms() - ASKED_FOR_MS, self.now_ms() - TURN_MS);
        let mut named = Vec::new();
        let mut not_mine = BTreeSet::new();
        for rekey in group.ring.rekeys.values().flatten() {
            if !members.is_coordinator(rekey.author) || group.ring.get(&rekey.key_id).is_some() {
                continue;
            }
            if !members.reads(me, rekey.channel) {
                not_mine.insert(rekey.key_id);
            } else if (from_ms..=to_ms).contains(&rekey.noted_ms) {
                named.push((rekey.generation, rekey.key_id));
            }
        }
        named.sort_unstable_by(|a, b| b.cmp(a));
        let mut lying = self.store.missing_keys(from_ms, to_ms)?;
        lying.retain(|(key_id, _)| group.ring.get(key_id).is_none() && !not_mine.contains(key_id));
        lying.sort_by_key(|(_, envelopes)| std::cmp::Reverse(*envelopes));
        let mut wanted = BTreeSet::new();
        for key_id in named.into_iter().map(|(_, id)| id).chain(lying.into_iter().map(|(id, _)| id)) {
            if wanted.len() < MAX_WANTED {
                wanted.insert(KeyId(key_id));
            }
        }
        Ok(wanted.into_iter().collect())
    }

    /// Asks for what is missing.
    pub(super) fn ask_for_keys(&mut self) -> Result<(), Error> {
        let key_ids = self.wanted_now()?;
        if key_ids.is_empty() {
            return Ok(());
        }
        let kem_key = self.keys()?.boxing.public();
        self.write_keys(Keys::KeyWanted { key_ids, kem_key })?;
        self.store.set_fact(ASKED, &self.today().0.to_string())
    }
}
