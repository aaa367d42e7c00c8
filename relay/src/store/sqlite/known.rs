//! Rights that were looked up a moment ago, so that a busy token costs no query for each of its requests.
//!
//! Only rights are remembered, never refusals. Everything is forgotten when any token changes, before that change is
//! answered; a look-up that began before and ends after it is not remembered, as its generation has passed.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use ratel_protocol::{Day, MailboxId, TokenHash};

use super::super::Access;

/// Rights in memory (about 100 bytes each); one more and all are forgotten.
const MOST: usize = 8_192;

/// Remembered rights.
#[derive(Debug, Default)]
pub(super) struct Known {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    generation: u64,
    day: Day,
    rights: BTreeMap<(TokenHash, MailboxId), Access>,
}

impl Known {
    /// A right, if it was looked up today.
    pub(super) fn get(&self, token: TokenHash, mailbox: MailboxId, today: Day) -> Result<Access, Generation> {
        let state = self.lock();
        let right = state.rights.get(&(token, mailbox)).filter(|_| state.day == today);
        right.copied().ok_or(Generation(state.generation))
    }

    /// Remembers a right that was looked up since `generation`.
    pub(super) fn put(&self, token: TokenHash, mailbox: MailboxId, today: Day, generation: Generation, right: Access) {
        let mut state = self.lock();
        if state.generation == generation.0 {
            if state.day != today || state.rights.len() >= MOST {
                state.rights.clear();
                state.day = today;
            }
            state.rights.insert((token, mailbox), right);
        }
    }

    /// Forgets all: tokens have changed.
    pub(super) fn forget(&self) {
        let mut state = self.lock();
        state.generation = state.generation.wrapping_add(1);
        state.rights.clear();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a look-up began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Generation(u64);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quota::{Kind, Mark};

    const RIA: TokenHash = TokenHash([1; 32]);
    const STREET: MailboxId = MailboxId([2; 16]);
    const MEMBER: Access = Access { kind: Kind::Log, mark: Mark::Member };

    #[test]
    fn a_right_lives_until_a_token_changes_or_the_day_ends() {
        let known = Known::default();
        let begun = known.get(RIA, STREET, Day(5)).unwrap_err();
        known.put(RIA, STREET, Day(5), begun, MEMBER);
        assert_eq!(known.get(RIA, STREET, Day(5)), Ok(MEMBER));
        assert!(known.get(RIA, STREET, Day(6)).is_err());
        known.forget();
        assert!(known.get(RIA, STREET, Day(5)).is_err());
        known.put(RIA, STREET, Day(5), begun, MEMBER);
        assert!(known.get(RIA, STREET, Day(5)).is_err(), "what was looked up before the change is not remembered");
    }
}
