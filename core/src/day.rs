//! The day, as a phone counts it for itself, and how many days it has lived through.
//!
//! A clock that is set wrong must not destroy a street's alerts. So the phone carries its own count of time: within
//! one boot only the boot clock moves it; after a boot the phone's clock is taken only if it lies close to the count,
//! or if a fresh witness agrees with it. Otherwise the count runs on and the screen doubts the clock. No witness moves
//! the count alone: one false header of a relay would otherwise destroy a third of a street's live alerts (measured in
//! `app/retention`). Beside the count runs `lived`, the days that this phone was on, which nobody can set.

use ratel_protocol::Day;
use serde::{Deserialize, Serialize};

use crate::platform::BootClock;

const DAY_MS: i64 = 86_400_000;
/// How many days a clock may lie behind the count to be taken after a boot.
const BEHIND_DAYS: i64 = 1;
/// How many days a clock may lie ahead of the count to be taken after a boot: a phone that lay in a drawer.
const AHEAD_DAYS: i64 = 3;
/// How long a witness is fresh, in time that this phone was on.
const FRESH_MS: i64 = 72 * 3_600_000;
/// The count is stored at least so often, in time that this phone was on: so much of `lived` is lost at a power cut.
const STORE_EVERY_MS: i64 = 3_600_000;

/// The count, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DayCount {
    /// The count, in Unix milliseconds.
    count_ms: i64,
    /// Milliseconds that this phone was on since the count began.
    #[serde(default)]
    lived_ms: i64,
    /// The boot in which it was last moved.
    boot_id: String,
    /// The boot clock when it was last moved.
    elapsed_ms: u64,
    /// Whether the phone's clock was taken in this boot.
    taken: bool,
    /// Who last said what time it is.
    #[serde(default)]
    witness: Option<Witness>,
}

/// A clock that is not this phone's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Witness {
    /// What it said, in Unix milliseconds.
    said_ms: i64,
    /// `lived_ms` when it said so.
    heard_ms: i64,
}

impl DayCount {
    /// The first count: there is nothing but the clock to go by.
    pub(crate) fn begin(now_ms: i64, boot: &BootClock) -> Self {
        Self {
            count_ms: now_ms,
            lived_ms: 0,
            boot_id: boot.boot_id.clone(),
            elapsed_ms: boot.elapsed_ms,
            taken: true,
            witness: None,
        }
    }

    /// The first count in a neighbourhood: the day of whoever let this phone in. If the clock says another day, then it
    /// waits for a witness, as after a boot.
    #[must_use]
    pub(crate) fn joined(&self, day: Day, now_ms: i64) -> Self {
        let noon_ms = Day::unix_s(0).saturating_mul(1000) + i64::from(day.0) * DAY_MS + DAY_MS / 2;
        let close = now_ms.saturating_sub(noon_ms).saturating_abs() <= DAY_MS + DAY_MS / 2;
        Self { count_ms: if close { now_ms } else { noon_ms }, taken: close, ..self.clone() }
    }

    /// Moves the count on.
    #[must_use]
    pub(crate) fn moved(&self, now_ms: i64, boot: &BootClock) -> Self {
        let same_boot = self.boot_id == boot.boot_id && boot.elapsed_ms >= self.elapsed_ms;
        // Of another boot everything has passed since its beginning; how long the phone was off nobody knows.
        let since_ms = if same_boot { self.elapsed_ms } else { 0 };
        let passed_ms = i64::try_from(boot.elapsed_ms - since_ms).unwrap_or(i64::MAX);
        let mut next = Self {
            count_ms: self.count_ms.saturating_add(passed_ms),
            lived_ms: self.lived_ms.saturating_add(passed_ms),
            boot_id: boot.boot_id.clone(),
            elapsed_ms: boot.elapsed_ms,
            taken: same_boot && self.taken,
            witness: self.witness,
        };
        let ahead = now_ms.saturating_sub(next.count_ms);
        let close = (-BEHIND_DAYS * DAY_MS..=AHEAD_DAYS * DAY_MS).contains(&ahead);
        let agreed = next.witness_ms().is_some_and(|said| now_ms.saturating_sub(said).saturating_abs() <= DAY_MS);
        if !next.taken && (close || agreed) {
            next.count_ms = now_ms;
            next.taken = true;
        }
        next
    }

    /// Somebody said what time it is: a relay, or, where there is none, the median of three neighbours or more. The count
    /// is to be moved first.
    #[must_use]
    pub(crate) fn heard(&self, said_ms: i64) -> Self {
        Self { witness: Some(Witness { said_ms, heard_ms: self.lived_ms }), ..self.clone() }
    }

    /// What the witness would say now, while it is fresh (Unix milliseconds).
    pub(crate) fn witness_ms(&self) -> Option<i64> {
        let witness = self.witness?;
        let age_ms = self.lived_ms.saturating_sub(witness.heard_ms);
        (age_ms < FRESH_MS).then(|| witness.said_ms.saturating_add(age_ms))
    }

    /// The day by this count.
    pub(crate) fn day(&self) -> Day {
        Day::from_unix_s(self.count_ms.div_euclid(1000))
    }

    /// Days that this phone was on.
    pub(crate) fn lived(&self) -> u32 {
        u32::try_from(self.lived_ms / DAY_MS).unwrap_or(u32::MAX)
    }

    /// The day for a stamp: the latest of the count, the clock and the witness. Too late is clamped by whoever reads it;
    /// too early would be born expired.
    pub(crate) fn stamp(&self, now_ms: i64) -> Day {
        let latest_ms = self.count_ms.max(now_ms).max(self.witness_ms().unwrap_or(i64::MIN));
        Day::from_unix_s(latest_ms.div_euclid(1000))
    }

    /// How far the phone's clock is ahead of the witness or of the count, if that is more than a day: then the screen
    /// doubts it.
    pub(crate) fn doubt_ms(&self, now_ms: i64) -> Option<i64> {
        let doubted = |by_ms: i64| {
            let ahead = now_ms.saturating_sub(by_ms);
            (ahead.saturating_abs() > DAY_MS).then_some(ahead)
        };
        self.witness_ms().and_then(doubted).or_else(|| doubted(self.count_ms))
    }

    /// Whether it has changed so much since `stored` that it must be stored again.
    pub(crate) fn differs_from(&self, stored: &Self) -> bool {
        let hour = |count: &Self| count.lived_ms / STORE_EVERY_MS;
        let heard = |count: &Self| count.witness.map(|witness| witness.heard_ms / STORE_EVERY_MS);
        (self.day(), self.taken, hour(self), heard(self)) != (stored.day(), stored.taken, hour(stored), heard(stored))
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
        let later = count.moved(MONDAY + 3650 * DAY_MS, &boot("a", 25));
        assert_eq!((later.day().0, later.lived()), (count.day().0 + 1, 1));
        assert!(later.doubt_ms(MONDAY + 3650 * DAY_MS).is_some());
        assert!(later.doubt_ms(MONDAY + 24 * HOUR).is_none());
        let told = later.heard(MONDAY + 3650 * DAY_MS).moved(MONDAY + 3650 * DAY_MS, &boot("a", 26));
        assert_eq!(told.day(), later.day(), "not even with a witness");
    }

    #[test]
    fn after_a_boot_a_close_clock_is_taken_and_a_far_one_only_with_a_fresh_witness() {
        let count = DayCount::begin(MONDAY, &boot("a", 1));
        assert_eq!(count.moved(MONDAY + 2 * DAY_MS, &boot("b", 0)).day().0, count.day().0 + 2);
        let far = MONDAY + 30 * DAY_MS;
        let waits = count.moved(far, &boot("b", 0));
        assert_eq!(waits.day(), count.day());
        assert_eq!(waits.heard(MONDAY).moved(far, &boot("b", 0)).day(), count.day(), "a witness that does not agree");
        let agreed = waits.heard(far - HOUR);
        assert_eq!(agreed.moved(far, &boot("b", 1)).day().0, count.day().0 + 30);
        assert_eq!(agreed.moved(far + 71 * HOUR, &boot("b", 71)).day().0, count.day().0 + 33);
        assert_eq!(agreed.moved(far + 73 * HOUR, &boot("b", 73)).day().0, count.day().0 + 3, "no longer fresh");
        assert_eq!(count.moved(MONDAY - 10 * DAY_MS, &boot("b", 0)).day(), count.day());
    }

    #[test]
    fn a_witness_alone_moves_nothing_and_a_phone_that_is_off_does_not_live() {
        let count = DayCount::begin(MONDAY, &boot("a", 1)).heard(MONDAY + 3650 * DAY_MS);
        let later = count.moved(MONDAY + 10 * DAY_MS, &boot("b", 5));
        assert_eq!((later.day(), later.lived()), (count.day(), 0));
        assert!(later.stamp(MONDAY).0 >= count.day().0 + 3650, "a stamp is never too early");
        assert_eq!(later.moved(MONDAY + 11 * DAY_MS, &boot("b", 29)).lived(), 1);
    }

    #[test]
    fn a_newcomer_counts_from_the_day_of_whoever_let_him_in() {
        let day = Day::from_unix_s(MONDAY / 1000);
        let right = DayCount::begin(MONDAY, &boot("a", 1)).joined(day, MONDAY);
        assert_eq!(right.count_ms, MONDAY);
        let years = MONDAY + 3650 * DAY_MS;
        let wrong = DayCount::begin(years, &boot("a", 1)).joined(day, years);
        assert_eq!(wrong.day(), day);
        let confirmed = wrong.heard(years).moved(years, &boot("a", 2));
        assert_eq!(confirmed.day(), Day::from_unix_s(years / 1000), "clock and relay agree against the answer");
    }
}
