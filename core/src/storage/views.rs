//! Views: what screens read of each document, made from its envelopes and thrown away at will.

use ratel_protocol::{Day, Ref};
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Store, fixed};
use crate::error::Error;

/// A view of one document, to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewView {
    /// The document.
    pub document: Ref,
    /// Kind of its opening.
    pub kind: u64,
    /// When it was opened, in Unix seconds and clamped, for the order of lists.
    pub opened_s: i64,
    /// Last day of its life.
    pub until: Day,
    /// The view itself, as JSON.
    pub view: String,
}

/// A kept view with the local facts beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredView {
    /// The document.
    pub document: Ref,
    /// The view itself, as JSON.
    pub view: String,
    /// Its opening waits for a relay.
    pub queued: bool,
    /// The person has opened it.
    pub read: bool,
}

/// Columns of a [`StoredView`]: the facts are looked up by key beside each row, so that a list is one query.
const COLUMNS: &str = "document, view,
     EXISTS (SELECT 1 FROM outbox WHERE outbox.ref = views.document),
     EXISTS (SELECT 1 FROM reads WHERE reads.ref = views.document)";

impl Store {
    /// Keeps a view.
    pub fn set_view(&self, new: &NewView) -> Result<(), Error> {
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO views (document, kind, opened_s, until_day, view) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (document) DO UPDATE SET kind = ?2, opened_s = ?3, until_day = ?4, view = ?5",
        )?;
        statement.execute(params![new.document.0, number(new.kind), new.opened_s, new.until.0, new.view])?;
        Ok(())
    }

    /// Drops a view, of a document that is not shown.
    pub fn clear_view(&self, document: Ref) -> Result<(), Error> {
        self.conn.execute("DELETE FROM views WHERE document = ?1", [document.0])?;
        Ok(())
    }

    /// Drops the views of a kind that stand for single envelopes of a document.
    pub fn clear_views_within(&self, kind: u64, document: Ref) -> Result<(), Error> {
        let mut statement = self.conn.prepare_cached(
            "DELETE FROM views WHERE kind = ?1 AND document IN (SELECT ref FROM envelopes WHERE document = ?2)",
        )?;
        statement.execute(params![number(kind), document.0])?;
        Ok(())
    }

    /// The wrapped key of a letter that this phone could open.
    pub fn letter_key(&self, letter: Ref) -> Result<Option<Vec<u8>>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT wrapped FROM letter_keys WHERE ref = ?1")?;
        Ok(statement.query_row([letter.0], |row| row.get(0)).optional()?)
    }

    /// Keeps the wrapped key of a letter, as long as the letter.
    pub fn set_letter_key(&self, letter: Ref, wrapped: &[u8]) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO letter_keys (ref, wrapped) VALUES (?1, ?2) ON CONFLICT (ref) DO UPDATE SET wrapped = ?2",
            params![letter.0, wrapped],
        )?;
        Ok(())
    }

    /// Drops every view.
    pub fn clear_views(&self) -> Result<(), Error> {
        self.conn.execute("DELETE FROM views", [])?;
        Ok(())
    }

    /// The view of a document of a kind.
    pub fn view(&self, kind: u64, document: Ref) -> Result<Option<StoredView>, Error> {
        let mut statement =
            self.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM views WHERE kind = ?1 AND document = ?2"))?;
        let mut rows = statement.query(params![number(kind), document.0])?;
        rows.next()?.map(read).transpose()
    }

    /// Views of a kind that are alive on `day`, newest first, at most `limit`.
    pub fn views(&self, kind: u64, day: Day, limit: u32) -> Result<Vec<StoredView>, Error> {
        let mut statement = self.conn.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM views WHERE kind = ?1 AND until_day >= ?2 ORDER BY opened_s DESC, document LIMIT ?3"
        ))?;
        let mut rows = statement.query(params![number(kind), day.0, limit])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }
}

fn number(kind: u64) -> i64 {
    i64::try_from(kind).unwrap_or(i64::MAX)
}

fn read(row: &Row<'_>) -> Result<StoredView, Error> {
    let document: Vec<u8> = row.get(0)?;
    Ok(StoredView { document: Ref(fixed(&document)?), view: row.get(1)?, queued: row.get(2)?, read: row.get(3)? })
}
