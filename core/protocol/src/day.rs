//! Days, the only time a relay acts on.

use serde::{Deserialize, Serialize};

/// Seconds from the Unix epoch to 2024-01-01T00:00:00Z, the start of Ratel's own count.
const EPOCH_UNIX_S: i64 = 1_704_067_200;
const DAY_S: i64 = 86_400;

/// Days since 2024-01-01 UTC. `0xFFFF` stands for "never" and is allowed in the log mailbox only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct Day(pub u16);

impl Day {
    /// An envelope with this day in its head is kept for ever (membership only).
    pub const NEVER: Self = Self(0xFFFF);

    /// The day in which a Unix time lies, clamped to what a `u16` below [`Day::NEVER`] can hold.
    pub fn from_unix_s(unix_s: i64) -> Self {
        let days = (unix_s - EPOCH_UNIX_S).div_euclid(DAY_S).clamp(0, i64::from(u16::MAX) - 1);
        Self(u16::try_from(days).unwrap_or(0))
    }

    /// This day plus `days`, never reaching [`Day::NEVER`] by counting.
    #[must_use]
    pub fn plus(self, days: u16) -> Self {
        if self == Self::NEVER { self } else { Self(self.0.saturating_add(days).min(u16::MAX - 1)) }
    }

    /// Unix time of a stamp made by [`Day::stamp`].
    pub fn unix_s(stamp: u32) -> i64 {
        i64::from(stamp) + EPOCH_UNIX_S
    }

    /// Seconds since 2024-01-01 UTC of a Unix time, as an envelope carries them, clamped to a `u32` (until 2160).
    pub fn stamp(unix_s: i64) -> u32 {
        u32::try_from((unix_s - EPOCH_UNIX_S).clamp(0, i64::from(u32::MAX))).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_2024_and_never_reach_never() {
        assert_eq!(Day::from_unix_s(EPOCH_UNIX_S), Day(0));
        assert_eq!(Day::from_unix_s(EPOCH_UNIX_S + 86_399), Day(0));
        assert_eq!(Day::from_unix_s(EPOCH_UNIX_S + 86_400), Day(1));
        assert_eq!(Day::from_unix_s(-1), Day(0));
        assert_eq!(Day::from_unix_s(i64::MAX), Day(0xFFFE));
        assert_eq!(Day(0xFFF0).plus(400), Day(0xFFFE));
        assert_eq!(Day::NEVER.plus(1), Day::NEVER);
    }
}
