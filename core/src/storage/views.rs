//! Views: what screens read of each document, made from its envelopes and thrown away at will.

use ratel_protocol::{Day, Ref};
use rusqlite::{OptionalExtension as _, params};

use super::{Store, fixed};
use crate::error::Error;

/// A view of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredView {
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

impl Store {
    /// Keeps a view.
    pub fn set_view(&self, view: &StoredView) -> Result<(), Error> {
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO views (document, kind, opened_s, until_day, view) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (document) DO UPDATE SET kind = ?2, opened_s = ?3, until_day = ?4, view = ?5",
        )?;
        let kind = i64::try_from(view.kind).unwrap_or(i64::MAX);
        statement.execute(params![view.document.0, kind, view.opened_s, view.until.0, view.view])?;
        Ok(())
    }

    /// Drops a view, of a document that is not shown.
    pub fn clear_view(&self, document: Ref) -> Result<(), Error> {
        self.conn.execute("DELETE FROM views WHERE document = ?1", [document.0])?;
        Ok(())
    }

    /// Drops every view.
    pub fn clear_views(&self) -> Result<(), Error> {
        self.conn.execute("DELETE FROM views", [])?;
        Ok(())
    }

    /// A view.
    pub fn view(&self, document: Ref) -> Result<Option<StoredView>, Error> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT document, kind, opened_s, until_day, view FROM views WHERE document = ?1")?;
        statement.query_row([document.0], raw).optional()?.map(finish).transpose()
    }

    /// Views of a kind that are alive on `day`, newest first, at most `limit`.
    pub fn views(&self, kind: u64, day: Day, limit: u32) -> Result<Vec<StoredView>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT document, kind, opened_s, until_day, view FROM views
             WHERE kind = ?1 AND until_day >= ?2 ORDER BY opened_s DESC, document LIMIT ?3",
        )?;
        let rows = statement.query_map(params![i64::try_from(kind).unwrap_or(i64::MAX), day.0, limit], raw)?;
        rows.map(|row| finish(row?)).collect()
    }
}

type Raw = (Vec<u8>, i64, i64, u16, String);

fn raw(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn finish((document, kind, opened_s, until, view): Raw) -> Result<StoredView, Error> {
    Ok(StoredView {
        document: Ref(fixed(&document)?),
        kind: u64::try_from(kind).map_err(|_| Error::ForeignStore)?,
        opened_s,
        until: Day(until),
        view,
    })
}
