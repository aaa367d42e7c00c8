//! What changes with every envelope of a transaction, counted in memory and written once at its end.

use std::collections::BTreeMap;

use ratel_protocol::Day;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::access::Mailbox;
use crate::quota::{Amount, Share};

/// Counts of one transaction.
#[derive(Default)]
pub(super) struct Ledger {
    mailboxes: BTreeMap<i64, (u64, u64)>,
    usage: BTreeMap<(i64, u16, u8), Amount>,
}

impl Ledger {
    /// Bytes and last cursor of a mailbox, as this transaction left them so far.
    pub(super) fn mailbox(&self, mailbox: Mailbox) -> (u64, u64) {
        self.mailboxes.get(&mailbox.no).copied().unwrap_or((mailbox.bytes, mailbox.last_cursor))
    }

    /// Notes bytes and last cursor.
    pub(super) fn set_mailbox(&mut self, mailbox: Mailbox, bytes: u64, last_cursor: u64) {
        self.mailboxes.insert(mailbox.no, (bytes, last_cursor));
    }

    /// What a token used of a share.
    pub(super) fn used(&mut self, db: &Connection, token: i64, share: Share, today: Day) -> rusqlite::Result<Amount> {
        let key = (token, share.counted_on(today).0, share.number());
        if let Some(amount) = self.usage.get(&key) {
            return Ok(*amount);
        }
        let amount = db
            .prepare_cached("SELECT envelopes, bytes FROM usage WHERE token_no = ?1 AND day = ?2 AND share = ?3")?
            .query_row(params![key.0, key.1, key.2], |row| {
                let bytes = u64::try_from(row.get::<_, i64>(1)?).unwrap_or(u64::MAX);
                Ok(Amount { envelopes: row.get(0)?, bytes })
            })
            .optional()?
            .unwrap_or_default();
        Ok(amount)
    }

    /// Notes what a token used of a share.
    pub(super) fn set_used(&mut self, token: i64, share: Share, today: Day, amount: Amount) {
        self.usage.insert((token, share.counted_on(today).0, share.number()), amount);
    }

    /// Writes all of it.
    pub(super) fn flush(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut mailbox =
            db.prepare_cached("UPDATE mailboxes SET bytes = ?2, last_cursor = ?3 WHERE mailbox_no = ?1")?;
        for (no, (bytes, cursor)) in &self.mailboxes {
            mailbox.execute(params![no, signed(*bytes), signed(*cursor)])?;
        }
        let mut usage = db.prepare_cached(
            "INSERT INTO usage (token_no, day, share, envelopes, bytes) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (token_no, day, share) DO UPDATE SET envelopes = excluded.envelopes, bytes = excluded.bytes",
        )?;
        for ((token, day, share), amount) in &self.usage {
            usage.execute(params![token, day, share, amount.envelopes, signed(amount.bytes)])?;
        }
        self.mailboxes.clear();
        self.usage.clear();
        Ok(())
    }
}

/// SQLite counts in signed numbers.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
