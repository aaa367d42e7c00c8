//! Drafts with a due time, and what the person has read.

use ratel_protocol::Ref;
use rusqlite::params;

use super::{Mailbox, State, Store, fixed};
use crate::{envelope::operation::number, error::Error};

/// A draft: stored at the third tap, sealed when due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDraft {
    /// Its number.
    pub number: i64,
    /// When it goes (Unix milliseconds); `None` until there is anybody to send it to.
    pub due_ms: Option<i64>,
    /// When it was made (Unix milliseconds).
    pub made_ms: i64,
    /// The draft itself, as JSON.
    pub draft: String,
}

impl Store {
    /// Stores a draft and gives its number.
    pub fn add_draft(&self, due_ms: Option<i64>, made_ms: i64, draft: &str) -> Result<i64, Error> {
        self.conn.execute(
            "INSERT INTO drafts (due_ms, made_ms, draft) VALUES (?1, ?2, ?3)",
            params![due_ms, made_ms, draft],
        )?;
        Ok(self.conn.last_insert_rowid())
    }

    /// Changes a draft.
    pub fn set_draft(&self, number: i64, due_ms: Option<i64>, draft: &str) -> Result<(), Error> {
        self.conn.execute("UPDATE drafts SET due_ms = ?2, draft = ?3 WHERE id = ?1", params![number, due_ms, draft])?;
        Ok(())
    }

    /// Removes a draft; `false` if there is none.
    pub fn remove_draft(&self, number: i64) -> Result<bool, Error> {
        Ok(self.conn.execute("DELETE FROM drafts WHERE id = ?1", [number])? == 1)
    }

    /// Drafts, newest first.
    pub fn drafts(&self) -> Result<Vec<StoredDraft>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT id, due_ms, made_ms, draft FROM drafts ORDER BY made_ms DESC, id DESC")?;
        let rows = statement.query_map([], |row| {
            Ok(StoredDraft { number: row.get(0)?, due_ms: row.get(1)?, made_ms: row.get(2)?, draft: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes that the person opened an alert, and when to say so; the first time only.
    pub fn mark_read(&self, alert: Ref, read_ms: i64, send_ms: i64) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO reads (ref, read_ms, send_ms) VALUES (?1, ?2, ?3) ON CONFLICT (ref) DO NOTHING",
            params![alert.0, read_ms, send_ms],
        )?;
        Ok(())
    }

    /// Alerts whose reading is to be said by `now_ms`.
    pub fn reads_due(&self, now_ms: i64) -> Result<Vec<Ref>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT ref FROM reads WHERE send_ms <= ?1 ORDER BY ref")?;
        let rows = statement.query_map([now_ms], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| fixed(&row?).map(Ref)).collect()
    }

    /// The reading of an alert was said, or need not be.
    pub fn read_sent(&self, alert: Ref) -> Result<(), Error> {
        self.conn.execute("UPDATE reads SET send_ms = NULL WHERE ref = ?1", [alert.0])?;
        Ok(())
    }

    /// Acts of others in the log that nobody looked at on this phone.
    pub fn unread_acts(&self) -> Result<Vec<Ref>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT envelopes.ref FROM envelopes LEFT JOIN reads ON reads.ref = envelopes.ref
             WHERE envelopes.mailbox = ?1 AND envelopes.state = ?2 AND envelopes.own = 0
               AND envelopes.kind BETWEEN ?3 AND ?4 AND reads.ref IS NULL",
        )?;
        let (first, last) = (number::GENESIS, number::LAST_MEMBERS);
        let kinds = (i64::try_from(first).unwrap_or(i64::MAX), i64::try_from(last).unwrap_or(i64::MAX));
        let given = params![Mailbox::Log.number(), State::Opened.number(), kinds.0, kinds.1];
        let rows = statement.query_map(given, |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| fixed(&row?).map(Ref)).collect()
    }

    /// Notes that the person looked at an act of the log. Nobody is told.
    pub fn mark_act_read(&self, act: Ref, read_ms: i64) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO reads (ref, read_ms, send_ms) VALUES (?1, ?2, NULL) ON CONFLICT (ref) DO NOTHING",
            params![act.0, read_ms],
        )?;
        Ok(())
    }

    /// The earliest thing that falls due: a draft or a reading (Unix milliseconds).
    pub fn next_due(&self) -> Result<Option<i64>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT min(due) FROM (SELECT min(due_ms) AS due FROM drafts UNION ALL SELECT min(send_ms) FROM reads)",
        )?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}
