//! A new key for boxes each month, and what is destroyed in time: old keys for boxes, and secrets nobody needs.
//!
//! Who steals a phone opens with its keys what was boxed to it. So an old key for boxes goes fourteen days after the
//! new one, and a secret 45 days after this phone stopped writing with it, once no held envelope needs it.

use std::collections::BTreeSet;

use ratel_protocol::Day;

use super::State;
use crate::{
    envelope::operation::{Keys, keys::Channel},
    error::Error,
};

/// Days after which a device makes a new key for boxes.
const PREKEY_DAYS: u16 = 30;
/// Days that the old one still opens boxes.
const OLD_BOXES_DAYS: u16 = 14;
/// Days that a secret is kept after this phone stopped writing with it.
pub(super) const SECRET_DAYS: u16 = 45;
/// Name of the fact that says on which day this was done last.
const TIDIED: &str = "keys-tidied";

impl State {
    /// Whether this day's tidying is still to be done.
    pub(super) fn tidying_is_due(&self) -> Result<bool, Error> {
        Ok(self.is_member() && self.store.fact(TIDIED)? != Some(self.today().0.to_string()))
    }

    /// Once a day: a new key for boxes if it is time, and away with what is old.
    pub(super) fn tidy_keys(&mut self) -> Result<(), Error> {
        if !self.tidying_is_due()? {
            return Ok(());
        }
        let today = self.today();
        self.renew_boxing(today)?;
        self.destroy_secrets(today)?;
        self.store.set_fact(TIDIED, &today.0.to_string())
    }

    fn renew_boxing(&mut self, today: Day) -> Result<(), Error> {
        let keys = self.keys.as_mut().ok_or(Error::NoNeighbourhood)?;
        let forgot = keys.forget_boxing(today);
        let new = keys.boxing_since.plus(PREKEY_DAYS) <= today;
        if new {
            keys.renew_boxing(today, today.plus(OLD_BOXES_DAYS))?;
        }
        if new || forgot {
            let bytes = keys.to_bytes();
            self.keep_secret("device", &bytes)?;
        }
        if new {
            let kem_key = self.keys()?.boxing.public();
            self.write_keys(Keys::Prekey { kem_key })?;
        }
        Ok(())
    }

    fn destroy_secrets(&mut self, today: Day) -> Result<(), Error> {
        let group = self.group()?;
        let chosen: BTreeSet<[u8; 16]> =
            Channel::ALL.into_iter().filter_map(|channel| Some(group.writing_key(channel)?.key.id)).collect();
        let held: Vec<([u8; 16], Option<Day>)> =
            group.ring.held.values().map(|held| (held.key.id, held.stopped)).collect();
        for (key_id, stopped) in held {
            let now = match stopped {
                _ if chosen.contains(&key_id) => None,
                None => Some(today),
                // A count of days that was set back begins anew.
                Some(day) => Some(day.min(today)),
            };
            if now != stopped {
                self.store.set_stopped(&key_id, now)?;
            }
            let due = now.is_some_and(|day| day.plus(SECRET_DAYS) <= today);
            let gone = due && self.store.destroy_channel_key(&key_id)?;
            let ring = &mut self.group_mut()?.ring;
            if gone {
                ring.held.remove(&key_id);
            } else if let Some(held) = ring.held.get_mut(&key_id) {
                held.stopped = now;
            }
        }
        self.store.forget_rekeys()
    }
}
