//! Small facts of this device, wrapped secrets, keys of channels and cursors.

use rusqlite::{OptionalExtension as _, params};

use super::{Mailbox, Store, fixed};
use crate::{envelope::ChannelKey, error::Error, identity::Vault};

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

    /// Keeps a channel's secret. Of the same key again the greater generation stays.
    pub fn add_channel_key(
        &self,
        vault: &Vault,
        channel: &str,
        generation: u64,
        key: &ChannelKey,
        now_ms: i64,
    ) -> Result<(), Error> {
        let wrapped = vault.wrap(&key_name(&key.id), key.secret.as_ref())?;
        self.conn.execute(
            "INSERT INTO channel_keys (key_id, channel, generation, wrapped, added_ms) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key_id) DO UPDATE SET generation = max(generation, excluded.generation)",
            params![key.id, channel, i64::try_from(generation).unwrap_or(i64::MAX), wrapped, now_ms],
        )?;
        Ok(())
    }

    /// Every secret of every channel: (channel, generation, key), ascending by generation and key id.
    pub fn channel_keys(&self, vault: &Vault) -> Result<Vec<(String, u64, ChannelKey)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT key_id, channel, generation, wrapped FROM channel_keys ORDER BY generation, key_id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, Vec<u8>>(3)?))
        })?;
        let mut out = Vec::new();
        for row in rows {
            let (id, channel, generation, wrapped) = row?;
            let id: [u8; 16] = fixed(&id)?;
            let secret = vault.unwrap_32(&key_name(&id), &wrapped)?;
            out.push((channel, u64::try_from(generation).unwrap_or(0), ChannelKey { id, secret }));
        }
        Ok(out)
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

fn key_name(id: &[u8; 16]) -> String {
    format!("channel key {}", ratel_protocol::hex::encode(id))
}
