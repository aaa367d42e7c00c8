//! The relay's clock, behind a port so that tests can move days.
//!
//! A relay acts on days only: it sweeps what has expired, counts quotas by day and dates its answers. Nothing in
//! it orders envelopes by time.

use std::time::{SystemTime, UNIX_EPOCH};

use ratel_protocol::Day;

/// Seconds in a day.
const DAY_S: i64 = 86_400;

/// Where the time comes from.
pub trait Clock: Send + Sync + 'static {
    /// Seconds since the Unix epoch.
    fn unix_s(&self) -> i64;

    /// The day of [`Clock::unix_s`].
    fn today(&self) -> Day {
        Day::from_unix_s(self.unix_s())
    }

    /// Seconds until the next day begins, when quotas start anew (1 to 86,400).
    fn until_tomorrow_s(&self) -> u32 {
        u32::try_from(DAY_S - self.unix_s().rem_euclid(DAY_S)).unwrap_or(1)
    }
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the relay's only door to the machine's clock")]
    fn unix_s(&self) -> i64 {
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
            // A machine set before 1970 has no usable clock: everything counts from day 0.
            Err(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(i64);

    impl Clock for Fixed {
        fn unix_s(&self) -> i64 {
            self.0
        }
    }

    #[test]
    fn a_day_ends_at_midnight_utc() {
        let midnight = 1_704_067_200;
        assert_eq!(Fixed(midnight).until_tomorrow_s(), 86_400);
        assert_eq!(Fixed(midnight + 86_399).until_tomorrow_s(), 1);
        assert_eq!(Fixed(midnight).today(), Day(0));
        assert_eq!(Fixed(midnight + 86_400).today(), Day(1));
    }
}
