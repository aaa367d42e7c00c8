//! Reads mailboxes.

use ratel_protocol::{
    Day, MailboxId, Ref,
    frame::{self, Placed},
};
use rusqlite::{Connection, params};

use super::{
    super::{Page, PageQuery},
    CURSOR_BITS, access,
    ledger::signed,
};

/// Cursor and length before every envelope.
const FRAME_BYTES: usize = 12;

/// Envelopes behind a cursor, as many as fit.
pub(super) fn page(db: &Connection, query: PageQuery, today: Day) -> rusqlite::Result<Page> {
    let Some(mailbox) = access::mailbox(db, query.mailbox)? else { return Ok(Page::default()) };
    let (first, last) = places(mailbox.no);
    let after = first.saturating_add(signed(query.after)).min(last);
    let mut statement = db.prepare_cached(
        "SELECT place, bytes FROM envelopes WHERE place > ?1 AND place <= ?2 AND expires >= ?3 ORDER BY place",
    )?;
    let mut rows = statement.query(params![after, last, today.0])?;
    let mut page = Page::default();
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(1)?.as_blob().unwrap_or_default();
        let grown = page.frames.len().saturating_add(bytes.len()).saturating_add(FRAME_BYTES);
        if !page.frames.is_empty() && grown > query.limit_bytes {
            page.more = true;
            break;
        }
        let cursor = u64::try_from(row.get::<_, i64>(0)?.saturating_sub(first)).unwrap_or(0);
        page.frames.extend_from_slice(&frame::encode_page([Placed { cursor, bytes }]));
    }
    Ok(page)
}

/// Short ids of what expires after today, ascending.
pub(super) fn refs(db: &Connection, mailbox: MailboxId, today: Day) -> rusqlite::Result<Vec<Ref>> {
    let Some(mailbox) = access::mailbox(db, mailbox)? else { return Ok(Vec::new()) };
    let mut statement =
        db.prepare_cached("SELECT id FROM envelopes WHERE mailbox_no = ?1 AND expires > ?2 ORDER BY id")?;
    let rows = statement.query_map(params![mailbox.no, today.0], |row| row.get::<_, [u8; 32]>(0))?;
    rows.map(|id| id.map(|id| ratel_protocol::EnvelopeId(id).short())).collect()
}

/// Cursor of the newest envelope.
pub(super) fn newest(db: &Connection, mailbox: MailboxId) -> rusqlite::Result<u64> {
    let Some(mailbox) = access::mailbox(db, mailbox)? else { return Ok(0) };
    let (first, last) = places(mailbox.no);
    let newest: Option<i64> = db
        .prepare_cached("SELECT max(place) FROM envelopes WHERE place > ?1 AND place <= ?2")?
        .query_row(params![first, last], |row| row.get(0))?;
    Ok(newest.and_then(|place| u64::try_from(place.saturating_sub(first)).ok()).unwrap_or(0))
}

/// The places of a mailbox: before its first, and its last.
fn places(mailbox_no: i64) -> (i64, i64) {
    let size = 1_i64 << CURSOR_BITS;
    let first = mailbox_no.saturating_mul(size);
    (first, first.saturating_add(size).saturating_sub(1))
}
