//! Asking for secrets that this phone may read and has not: once a day, sixteen at most, and up to three times more where
//! a coordinator's Rekey names one that was not asked for on that day.
//!
//! What such a Rekey names goes first, then what would open most envelopes: anybody can seal under a secret that nobody
//! has. Nobody asks in the first seconds: what came before its key mostly has the key right behind it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

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
/// Name of the fact that says on which day this phone asked last, how often, and for what.
const ASKED: &str = "asked-day";
/// Most questions of a day.
const MOST_QUESTIONS: u8 = 4;

/// What this phone asked for on its last day of asking.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Asked {
    day: u16,
    questions: u8,
    key_ids: BTreeSet<[u8; 16]>,
}

impl State {
    /// Secrets to ask for now, ascending.
    pub(super) fn wanted_now(&self) -> Result<Vec<KeyId>, Error> {
        let (Some(keys), Some(group)) = (&self.keys, &self.group) else { return Ok(Vec::new()) };
        let (me, members) = (keys.device(), group.membership());
        let asked = self.asked_today()?;
        if !members.is_member(me) || asked.questions >= MOST_QUESTIONS {
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
        let mut lying = Vec::new();
        if asked.questions == 0 {
            lying = self.store.missing_keys(from_ms, to_ms)?;
            lying.retain(|(key_id, _)| group.ring.get(key_id).is_none() && !not_mine.contains(key_id));
            lying.sort_by_key(|(_, envelopes)| std::cmp::Reverse(*envelopes));
        }
        let mut wanted = BTreeSet::new();
        for key_id in named.into_iter().map(|(_, id)| id).chain(lying.into_iter().map(|(id, _)| id)) {
            if wanted.len() < MAX_WANTED && !asked.key_ids.contains(&key_id) {
                wanted.insert(KeyId(key_id));
            }
        }
        Ok(wanted.into_iter().collect())
    }

    fn asked_today(&self) -> Result<Asked, Error> {
        let asked: Option<Asked> = self.store.fact(ASKED)?.and_then(|text| serde_json::from_str(&text).ok());
        Ok(asked.filter(|asked| asked.day == self.today().0).unwrap_or_default())
    }

    /// Asks for what is missing.
    pub(super) fn ask_for_keys(&mut self) -> Result<(), Error> {
        let key_ids = self.wanted_now()?;
        if key_ids.is_empty() {
            return Ok(());
        }
        let mut asked = self.asked_today()?;
        (asked.day, asked.questions) = (self.today().0, asked.questions.saturating_add(1));
        asked.key_ids.extend(key_ids.iter().map(|key_id| key_id.0));
        let kem_key = self.keys()?.boxing.public();
        self.write_keys(Keys::KeyWanted { key_ids, kem_key })?;
        self.store.set_fact(ASKED, &serde_json::to_string(&asked)?)
    }
}
