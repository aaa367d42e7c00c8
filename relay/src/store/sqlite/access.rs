//! May this token work in this mailbox?

use ratel_protocol::{Day, MailboxId, TokenHash};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::super::StoreError;
use crate::quota::{Kind, Mark};

/// A mailbox as the database knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mailbox {
    pub(super) no: i64,
    pub(super) group: i64,
    pub(super) kind: Kind,
    pub(super) bytes: u64,
    pub(super) last_cursor: u64,
}

/// A token that may work in a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) mailbox: Mailbox,
    pub(super) token_no: i64,
    pub(super) mark: Mark,
}

/// Looks a token up. Strangers learn nothing: without a token that some group here has, every answer is the same.
pub(super) fn find(
    db: &Connection,
    token: TokenHash,
    mailbox: MailboxId,
    today: Day,
) -> rusqlite::Result<Result<Found, StoreError>> {
    let mut statement = db.prepare_cached(
        "SELECT m.mailbox_no, m.group_no, m.kind, m.bytes, m.last_cursor, t.token_no, t.mark
         FROM mailboxes m JOIN tokens t ON t.group_no = m.group_no AND t.hash = ?2 AND t.ends >= ?3
         WHERE m.mailbox = ?1",
    )?;
    let found = statement
        .query_row(params![&mailbox.0[..], &token.0[..], today.0], |row| {
            Ok(Found { mailbox: mailbox_of(row)?, token_no: row.get(5)?, mark: mark_of(row.get(6)?) })
        })
        .optional()?;
    match found {
        Some(found) if found.mark == Mark::Join && found.mailbox.kind == Kind::Content => {
            Ok(Err(StoreError::Forbidden))
        }
        Some(found) => Ok(Ok(found)),
        None => Ok(Err(refusal(db, token, mailbox, today)?)),
    }
}

fn refusal(db: &Connection, token: TokenHash, mailbox: MailboxId, today: Day) -> rusqlite::Result<StoreError> {
    let mut known = db.prepare_cached("SELECT 1 FROM tokens WHERE hash = ?1 AND ends >= ?2")?;
    if !known.exists(params![&token.0[..], today.0])? {
        return Ok(StoreError::Unauthorised);
    }
    let mut exists = db.prepare_cached("SELECT 1 FROM mailboxes WHERE mailbox = ?1")?;
    Ok(if exists.exists([&mailbox.0[..]])? { StoreError::Forbidden } else { StoreError::NotFound })
}

/// Finds a mailbox whoever asks.
pub(super) fn mailbox(db: &Connection, mailbox: MailboxId) -> rusqlite::Result<Option<Mailbox>> {
    db.prepare_cached("SELECT mailbox_no, group_no, kind, bytes, last_cursor FROM mailboxes WHERE mailbox = ?1")?
        .query_row([&mailbox.0[..]], mailbox_of)
        .optional()
}

fn mailbox_of(row: &Row<'_>) -> rusqlite::Result<Mailbox> {
    Ok(Mailbox {
        no: row.get(0)?,
        group: row.get(1)?,
        kind: if row.get::<_, i64>(2)? == 0 { Kind::Log } else { Kind::Content },
        bytes: u64::try_from(row.get::<_, i64>(3)?).unwrap_or(0),
        last_cursor: u64::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
    })
}

/// How a mark is written in the database.
pub(super) fn mark_number(mark: Mark) -> i64 {
    match mark {
        Mark::Member => 0,
        Mark::Admin => 1,
        Mark::Join => 2,
    }
}

pub(super) fn mark_of(number: i64) -> Mark {
    match number {
        0 => Mark::Member,
        1 => Mark::Admin,
        _ => Mark::Join,
    }
}
