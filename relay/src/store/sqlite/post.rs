//! Stores envelopes.

use ratel_protocol::{
    Day,
    http::{Outcome, PostedItem},
};
use rusqlite::params;

use super::{
    super::{Batch, Item},
    CURSOR_BITS,
    access::{self, Found},
    ledger::signed,
    writer::{Session, Work},
};
use crate::quota::{self, Share};

/// After how long a full relay is worth another try (seconds).
const FULL_RETRY_S: u32 = 3_600;

/// One result for each envelope, in order.
pub(super) fn run(session: &mut Session<'_>, batch: &Batch) -> Work<Vec<PostedItem>> {
    let found = match access::find(session.db, batch.token, batch.mailbox, session.today)? {
        Ok(found) => found,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut results = Vec::with_capacity(batch.items.len());
    for item in &batch.items {
        let outcome = store(session, &found, batch, item)?;
        let retry_after_s = match outcome {
            Outcome::Quota => Some(session.until_tomorrow_s),
            Outcome::Full => Some(FULL_RETRY_S),
            Outcome::Stored | Outcome::Expired | Outcome::Malformed => None,
        };
        results.push(PostedItem { id: item.id, outcome, retry_after_s });
    }
    Ok(Ok(results))
}

fn store(session: &mut Session<'_>, found: &Found, batch: &Batch, item: &Item) -> rusqlite::Result<Outcome> {
    let Some(expires) = item.expires else { return Ok(Outcome::Malformed) };
    let Some(kept) = quota::kept_until(found.mailbox.kind, found.mark, expires, session.today) else {
        return Ok(Outcome::Expired);
    };
    let mut held = session.db.prepare_cached("SELECT 1 FROM envelopes WHERE mailbox_no = ?1 AND id = ?2")?;
    if held.exists(params![found.mailbox.no, &item.id.0[..]])? {
        return Ok(Outcome::Stored);
    }
    let size = u64::try_from(item.bytes.len()).unwrap_or(u64::MAX);
    let shares = quota::shares(found.mailbox.kind, found.mark, expires, session.today);
    if !has_room(session, found, shares, size)? {
        return Ok(Outcome::Quota);
    }
    let (bytes, last) = session.ledger.mailbox(found.mailbox);
    if session.disk_is_full || bytes.saturating_add(size) > session.limits.mailbox_bytes {
        return Ok(Outcome::Full);
    }
    let cursor = last.saturating_add(1).max(session.first_cursor);
    let Some(place) = place(found.mailbox.no, cursor) else { return Ok(Outcome::Full) };
    session
        .db
        .prepare_cached(
            "INSERT INTO envelopes (place, mailbox_no, id, expires, received_s, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![place, found.mailbox.no, &item.id.0[..], kept.0, session.hour_s, &item.bytes[..]])?;
    session.ledger.set_mailbox(found.mailbox, bytes.saturating_add(size), cursor);
    count(session, found, shares, size)?;
    session.mail(batch.mailbox, cursor);
    Ok(Outcome::Stored)
}

fn has_room(session: &mut Session<'_>, found: &Found, shares: &[Share], size: u64) -> rusqlite::Result<bool> {
    for share in shares {
        let used = session.ledger.used(session.db, found.token_no, *share, session.today)?;
        if !session.quota.allows(*share, found.mark, used, size) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn count(session: &mut Session<'_>, found: &Found, shares: &[Share], size: u64) -> rusqlite::Result<()> {
    for share in shares {
        let used = session.ledger.used(session.db, found.token_no, *share, session.today)?;
        session.ledger.set_used(found.token_no, *share, session.today, used.with(size));
    }
    Ok(())
}

/// Where an envelope lies; `None` when numbers run out, which no mailbox reaches.
fn place(mailbox_no: i64, cursor: u64) -> Option<i64> {
    if cursor >> CURSOR_BITS != 0 {
        return None;
    }
    mailbox_no.checked_mul(1_i64 << CURSOR_BITS)?.checked_add(signed(cursor))
}

/// The first cursor of a relay that starts at a stamp.
///
/// Cursors of one start never meet those of an earlier one, even after a disk was turned back: a start jumps to
/// 256 times the seconds since 2024, which no mailbox reaches by counting (256 envelopes a second for ever).
pub(super) fn first_cursor(unix_s: i64) -> u64 {
    u64::from(Day::stamp(unix_s)) << 8
}
