//! The day, as a phone counts it for itself.
//!
//! A clock that is set wrong must not destroy a street's alerts. So the phone carries its own count of time: within
//! one boot only the boot clock moves it; after a boot the phone's clock is taken only if it lies close to the count,
//! or if a relay agrees with it. Otherwise the count runs on and the screen doubts the clock.

use ratel_protocol::Day;
use serde::{Deserialize, Serialize};

use crate::platform::BootClock;

const DAY_MS: i64 = 86_400_000;
/// How many days a clock may lie behind the count to be taken after a boot.
const BEHIND_DAYS: i64 = 1;
/// How many days a clock may lie ahead of the count to be taken after a boot: a phone that lay in a drawer.
const AHEAD_DAYS: i64 = 3;

/// The count, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DayCount {
    /// The count, in Unix milliseconds.
    count_ms: i64,
    /// The boot in which it was last moved.
    boot_id: String,
    /// The boot clock when it was last moved.
    elapsed_ms: u64,
    /// Whether the phone's clock was taken in this boot.
    taken: bool,
}

impl DayCount {
    /// The first count: there is nothing but the clock to go by.
    pub(crate) fn begin(now_ms: i64, boot: &BootClock) -> Self {
        Self { count_ms: now_ms, boot_id: boot.boot_id.clone(), elapsed_ms: boot.elapsed_ms, taken: true }
    }

    /// Moves the count on. `witness_ms` is a relay's clock, if one was heard lately.
    #[must_use]
    pub(crate) fn moved(&self, now_ms: i64, boot: &BootClock, witness_ms: Option<i64>) -> Self {
        let same_boot = self.boot_id == boot.boot_id && boot.elapsed_ms >= self.elapsed_ms;
        let passed = if same_boot { i64::try_from(boot.elapsed_ms - self.elapsed_ms).unwrap_or(0) } else { 0 };
        let mut next = Self {
            count_ms: self.count_ms.saturating_add(passed),
            boot_id: boot.boot_id.clone(),
            elapsed_ms: boot.elapsed_ms,
            taken: same_boot && self.taken,
        };
        let ahead = now_ms.saturating_sub(next.count_ms);
        let close = (-BEHIND_DAYS * DAY_MS..=AHEAD_DAYS * DAY_MS).contains(&ahead);
        let agreed = witness_ms.is_some_and(|witness| now_ms.saturating_sub(witness).saturating_abs() <= DAY_MS);
        if !next.taken && (close || agreed) {
            next.count_ms = now_ms;
            next.taken = true;
        }
        next
    }

    /// The day by this count.
    pub(crate) fn day(&self) -> Day {
        Day::from_unix_s(self.count_ms.div_euclid(1000))
    }

    /// How far the phone's clock is ahead of the count, if that is more than a day: then the screen doubts it.
    pub(crate) fn doubt_ms(&self, now_ms: i64) -> Option<i64> {
        let ahead = now_ms.saturating_sub(self.count_ms);
        (ahead.saturating_abs() > DAY_MS).then_some(ahead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boot(id: &str, hours: u64) -> BootClock {
        BootClock { boot_id: id.to_owned(), elapsed_ms: hours * 3_600_000 }
    }

    const MONDAY: i64 = 1_790_000_000_000;
    const HOUR: i64 = 3_600_000;

    #[test]
    fn within_a_boot_a_clock_set_ten_years_ahead_moves_nothing() {
        let count = DayCount::begin(MONDAY, &boot("a", 1));
        let later = count.moved(MONDAY + 3650 * DAY_MS, &boot("a", 25), None);
        assert_eq!(later.day().0, count.day().0 + 1);
        assert!(later.doubt_ms(MONDAY + 3650 * DAY_MS).is_some());
        assert!(later.doubt_ms(MONDAY + 24 * HOUR).is_none());
    }

    #[test]
    fn after_a_boot_a_close_clock_is_taken_and_a_far_one_only_with_a_witness() {
        let count = DayCount::begin(MONDAY, &boot("a", 1));
        assert_eq!(count.moved(MONDAY + 2 * DAY_MS, &boot("b", 0), None).day().0, count.day().0 + 2);
        let far = MONDAY + 30 * DAY_MS;
        assert_eq!(count.moved(far, &boot("b", 0), None).day(), count.day());
        assert_eq!(count.moved(far, &boot("b", 0), Some(MONDAY)).day(), count.day());
        let waited = count.moved(far, &boot("b", 0), None);
        assert_eq!(waited.moved(far, &boot("b", 1), Some(far - HOUR)).day().0, count.day().0 + 30);
        assert_eq!(count.moved(MONDAY - 10 * DAY_MS, &boot("b", 0), None).day(), count.day());
    }
}
