//! Small facts of this device, wrapped secrets and cursors.

use rusqlite::{OptionalExtension as _, params};

use super::{Mailbox, Store};
use crate::error::Error;

impl Store {
    /// A fact.
    pub fn fact(&self, name: &str) -> Result<Option<String>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT value FROM facts WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Sets a fact.
    pub fn set_fact(&self, name: &str, value: &str) -> Result<(), Error> {
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
        )?;
        statement.execute(params![name, value])?;
        Ok(())
    }

    /// A wrapped secret.
    pub fn secret(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT wrapped FROM secrets WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Keeps a wrapped secret.
    pub fn set_secret(&self, name: &str, wrapped: &[u8]) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO secrets (name, wrapped) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET wrapped = ?2",
            params![name, wrapped],
        )?;
        Ok(())
    }

    /// How far a mailbox was pulled from the relay.
    pub fn cursor(&self, mailbox: Mailbox) -> Result<u64, Error> {
        let mut statement = self.conn.prepare_cached("SELECT cursor FROM cursors WHERE mailbox = ?1")?;
        let cursor: Option<i64> = statement.query_row([mailbox.number()], |row| row.get(0)).optional()?;
        Ok(cursor.and_then(|cursor| u64::try_from(cursor).ok()).unwrap_or(0))
    }

    /// Remembers how far a mailbox was pulled.
    pub fn set_cursor(&self, mailbox: Mailbox, cursor: u64) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO cursors (mailbox, cursor) VALUES (?1, ?2) ON CONFLICT (mailbox) DO UPDATE SET cursor = ?2",
            params![mailbox.number(), i64::try_from(cursor).unwrap_or(i64::MAX)],
        )?;
        Ok(())
    }
}
