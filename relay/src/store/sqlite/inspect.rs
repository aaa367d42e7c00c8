//! Reads a relay's database from outside: everything that it knows.

use std::path::Path;

use ratel_protocol::{Day, EnvelopeId, MailboxId};
use rusqlite::{Connection, params};

use super::open;
use crate::StartError;

/// All that a relay knows, counted, and its newest envelopes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Inspection {
    /// Mailboxes: two for a group.
    pub mailboxes: u64,
    /// Tokens, by hash.
    pub tokens: u64,
    /// Envelopes.
    pub envelopes: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The newest first.
    pub newest: Vec<KnownEnvelope>,
}

/// All that a relay knows of an envelope, besides its sealed bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownEnvelope {
    /// Its id: a hash.
    pub id: EnvelopeId,
    /// Where it lies: a hash.
    pub mailbox: MailboxId,
    /// Its padded size (bytes).
    pub size: u32,
    /// When it came, rounded down to the hour (Unix seconds).
    pub received_unix_s: i64,
    /// Until when it is kept: a coarse day.
    pub expires: Day,
}

/// Reads what the relay in `data` knows, with its `limit` newest envelopes. Works beside a running relay.
pub fn inspect(data: &Path, limit: u32) -> Result<Inspection, StartError> {
    let failed = |error: rusqlite::Error| StartError::Database(open::path(data), Box::new(error));
    let db = open::reader(data).map_err(failed)?;
    read(&db, limit).map_err(failed)
}

fn read(db: &Connection, limit: u32) -> rusqlite::Result<Inspection> {
    let count =
        |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|count| u64::try_from(count).unwrap_or(0));
    let mut newest = db.prepare(
        "SELECT e.id, m.mailbox, length(e.bytes), e.received_s, e.expires
         FROM envelopes e JOIN mailboxes m ON m.mailbox_no = e.mailbox_no
         ORDER BY e.received_s DESC, e.place & 1099511627775 DESC, e.place LIMIT ?1",
    )?;
    let newest = newest.query_map(params![limit], |row| {
        Ok(KnownEnvelope {
            id: EnvelopeId(row.get(0)?),
            mailbox: MailboxId(row.get(1)?),
            size: row.get(2)?,
            received_unix_s: Day::unix_s(row.get(3)?),
            expires: Day(row.get(4)?),
        })
    })?;
    Ok(Inspection {
        mailboxes: count("SELECT count(*) FROM mailboxes")?,
        tokens: count("SELECT count(*) FROM tokens")?,
        envelopes: count("SELECT count(*) FROM envelopes")?,
        bytes: count("SELECT coalesce(sum(bytes), 0) FROM mailboxes")?,
        newest: newest.collect::<rusqlite::Result<_>>()?,
    })
}
