//! How much a token may post in a day.
//!
//! A relay cannot see what an envelope is. It tells shares apart by what lies in the clear: the mailbox and the
//! distance from its own today to the envelope's `expires`. Content has two classes, 35 and 400 days; the log has
//! what never expires (membership) and the rest (keys, 100 or 400 days). A share that is not used is not lent to
//! another.

use ratel_protocol::Day;

/// The longest that anything but membership is kept (days).
pub(crate) const LONGEST_DAYS: u16 = 400;
/// A content envelope that expires at most this many days from today belongs to the short class of 35 days. The
/// three days more are for phones whose clock runs ahead (protocol: a phone's day may be 3 ahead of its own count).
const SHORT_DAYS: u16 = 35 + 3;

/// Which of a group's two mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Membership.
    Log,
    /// Everything else.
    Content,
}

/// What a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Reads and writes both mailboxes.
    Member,
    /// Also changes tokens.
    Admin,
    /// Reads and writes the log only, and leaves a few envelopes in all its life.
    Join,
}

/// The shares that are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Share {
    /// All of the content mailbox.
    Content,
    /// The part of content that asks for 400 days.
    ContentLong,
    /// Log envelopes that never expire.
    LogForever,
    /// Other log envelopes.
    LogOther,
    /// All that an invitation's token may leave, for its whole life.
    Join,
}

impl Share {
    /// The number under which a store counts it.
    pub fn number(self) -> u8 {
        match self {
            Self::Content => 0,
            Self::ContentLong => 1,
            Self::LogForever => 2,
            Self::LogOther => 3,
            Self::Join => 4,
        }
    }

    /// The day under which a store counts it: an invitation's share has no day, so it is counted under "never".
    pub fn counted_on(self, today: Day) -> Day {
        if self == Self::Join { Day::NEVER } else { today }
    }
}

/// Envelopes and bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// Envelopes.
    pub envelopes: u32,
    /// Bytes.
    pub bytes: u64,
}

impl Amount {
    /// With one more envelope.
    #[must_use]
    pub fn with(self, bytes: u64) -> Self {
        Self { envelopes: self.envelopes.saturating_add(1), bytes: self.bytes.saturating_add(bytes) }
    }

    fn within(self, limit: Self) -> bool {
        self.envelopes <= limit.envelopes && self.bytes <= limit.bytes
    }
}

/// The limits of a token a day (protocol, section "Relay").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The content mailbox: 200 envelopes and 1 MiB.
    pub content: Amount,
    /// Of these, of class 400: 60 envelopes.
    pub content_long: Amount,
    /// Never-expiring log envelopes of a member: 16.
    pub log_forever: Amount,
    /// Never-expiring log envelopes of an admin: 2,000.
    pub log_forever_admin: Amount,
    /// Other log envelopes: 1,000 and 4 MiB.
    pub log_other: Amount,
    /// An invitation's token in its whole life: 4 envelopes and 16 KiB. One is needed; the others allow a phone that
    /// lost its first draft to write anew.
    pub join: Amount,
}

impl Default for Quota {
    fn default() -> Self {
        let envelopes = |envelopes| Amount { envelopes, bytes: u64::MAX };
        Self {
            content: Amount { envelopes: 200, bytes: 1 << 20 },
            content_long: envelopes(60),
            log_forever: envelopes(16),
            log_forever_admin: envelopes(2_000),
            log_other: Amount { envelopes: 1_000, bytes: 4 << 20 },
            join: Amount { envelopes: 4, bytes: 16 << 10 },
        }
    }
}

impl Quota {
    /// The limit of one share.
    pub fn limit(&self, share: Share, mark: Mark) -> Amount {
        match share {
            Share::Content => self.content,
            Share::ContentLong => self.content_long,
            Share::LogForever if mark == Mark::Admin => self.log_forever_admin,
            Share::LogForever => self.log_forever,
            Share::LogOther => self.log_other,
            Share::Join => self.join,
        }
    }

    /// Whether `used` and one more envelope of `bytes` stay within a share.
    pub fn allows(&self, share: Share, mark: Mark, used: Amount, bytes: u64) -> bool {
        used.with(bytes).within(self.limit(share, mark))
    }
}

/// The shares on which an envelope counts: all of them must have room.
pub(crate) fn shares(kind: Kind, mark: Mark, expires: Day, today: Day) -> &'static [Share] {
    match (mark, kind) {
        (Mark::Join, _) => &[Share::Join],
        (_, Kind::Content) if expires <= today.plus(SHORT_DAYS) => &[Share::Content],
        (_, Kind::Content) => &[Share::Content, Share::ContentLong],
        (_, Kind::Log) if expires == Day::NEVER => &[Share::LogForever],
        (_, Kind::Log) => &[Share::LogOther],
    }
}

/// The day until which the relay keeps an envelope; `None` when that day has passed.
///
/// Nothing is kept longer than [`LONGEST_DAYS`], whatever it asks for, except what never expires in the log. An
/// invitation's bearer is no member: nothing of it is kept for ever.
pub(crate) fn kept_until(kind: Kind, mark: Mark, expires: Day, today: Day) -> Option<Day> {
    if expires < today {
        None
    } else if expires == Day::NEVER && kind == Kind::Log && mark != Mark::Join {
        Some(Day::NEVER)
    } else {
        Some(expires.min(today.plus(LONGEST_DAYS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day(1000);

    #[test]
    fn only_the_log_keeps_for_ever_and_nothing_else_beyond_400_days() {
        let kept = |kind, mark, expires| kept_until(kind, mark, expires, TODAY);
        assert_eq!(kept(Kind::Log, Mark::Member, Day::NEVER), Some(Day::NEVER));
        assert_eq!(kept(Kind::Log, Mark::Join, Day::NEVER), Some(Day(1400)));
        assert_eq!(kept(Kind::Content, Mark::Member, Day::NEVER), Some(Day(1400)));
        assert_eq!(kept(Kind::Content, Mark::Member, Day(1401)), Some(Day(1400)));
        assert_eq!(kept(Kind::Log, Mark::Admin, Day(0xFFFE)), Some(Day(1400)));
        assert_eq!(kept(Kind::Content, Mark::Member, Day(1035)), Some(Day(1035)));
        assert_eq!(kept(Kind::Content, Mark::Member, TODAY), Some(TODAY));
        assert_eq!(kept(Kind::Content, Mark::Member, Day(999)), None);
    }

    #[test]
    fn shares_are_told_apart_by_mailbox_and_distance() {
        let of = |kind, mark, expires| shares(kind, mark, expires, TODAY);
        assert_eq!(of(Kind::Content, Mark::Member, Day(1035)), [Share::Content]);
        assert_eq!(of(Kind::Content, Mark::Member, Day(1038)), [Share::Content]);
        assert_eq!(of(Kind::Content, Mark::Member, Day(1039)), [Share::Content, Share::ContentLong]);
        assert_eq!(of(Kind::Content, Mark::Admin, Day::NEVER), [Share::Content, Share::ContentLong]);
        assert_eq!(of(Kind::Log, Mark::Member, Day::NEVER), [Share::LogForever]);
        assert_eq!(of(Kind::Log, Mark::Member, Day(1100)), [Share::LogOther]);
        assert_eq!(of(Kind::Log, Mark::Join, Day::NEVER), [Share::Join]);
    }

    #[test]
    fn a_share_ends_at_its_count_and_at_its_bytes() {
        let quota = Quota::default();
        let used = |envelopes, bytes| Amount { envelopes, bytes };
        assert!(quota.allows(Share::Content, Mark::Member, used(199, 0), 256));
        assert!(!quota.allows(Share::Content, Mark::Member, used(200, 0), 256));
        assert!(!quota.allows(Share::Content, Mark::Member, used(1, 1 << 20), 256));
        assert!(!quota.allows(Share::LogForever, Mark::Member, used(16, 0), 256));
        assert!(quota.allows(Share::LogForever, Mark::Admin, used(1_999, 0), 256));
    }
}
