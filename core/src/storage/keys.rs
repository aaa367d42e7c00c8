//! Secrets of channels, and who made them for whom.

use ratel_protocol::{Day, Ref};
use rusqlite::{Row, params};

use super::{Store, fixed};
use crate::{
    envelope::{ChannelKey, operation::keys::Channel},
    error::Error,
    identity::{DeviceId, Vault},
};

/// A held secret.
pub struct StoredKey {
    /// Of which channel.
    pub channel: Channel,
    /// The secret with its id.
    pub key: ChannelKey,
    /// Made here, or came in the box that let this phone in.
    pub trusted: bool,
    /// Since when this phone writes with another.
    pub stopped: Option<Day>,
}

/// What a Rekey said, without its boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRekey {
    /// Its envelope.
    pub id: Ref,
    /// The secret that it names.
    pub key_id: [u8; 16],
    /// Of which channel.
    pub channel: Channel,
    /// Who signed.
    pub author: DeviceId,
    /// One more than the greatest that its author saw; at most `i64::MAX`.
    pub generation: u64,
    /// Heads of the members log that its author saw.
    pub heads: Vec<Ref>,
    /// For whom there was a box.
    pub recipients: Vec<DeviceId>,
    /// Its box for this phone held the secret, so its author held it.
    pub proven: bool,
    /// When it came (Unix milliseconds).
    pub noted_ms: i64,
}

impl Store {
    /// Keeps a channel's secret, wrapped. Of the same key again `trusted` stays.
    pub fn add_channel_key(&self, vault: &Vault, new: &StoredKey) -> Result<(), Error> {
        let wrapped = vault.wrap(&key_name(&new.key.id), new.key.secret.as_ref())?;
        self.conn.execute(
            "INSERT INTO channel_keys (key_id, channel, trusted, stopped_day, wrapped) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key_id) DO UPDATE SET trusted = max(trusted, excluded.trusted)",
            params![new.key.id, new.channel.name(), new.trusted, new.stopped.map(|day| day.0), wrapped],
        )?;
        Ok(())
    }

    /// Every secret of every channel, ascending by key id.
    pub fn channel_keys(&self, vault: &Vault) -> Result<Vec<StoredKey>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT key_id, channel, trusted, stopped_day, wrapped FROM channel_keys ORDER BY key_id",
        )?;
        let mut rows = statement.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let id: [u8; 16] = fixed(&row.get::<_, Vec<u8>>(0)?)?;
            let secret = vault.unwrap_32(&key_name(&id), &row.get::<_, Vec<u8>>(4)?)?;
            out.push(StoredKey {
                channel: channel(&row.get::<_, String>(1)?)?,
                key: ChannelKey { id, secret },
                trusted: row.get(2)?,
                stopped: row.get::<_, Option<u16>>(3)?.map(Day),
            });
        }
        Ok(out)
    }

    /// Since when this phone writes with another secret; `None` while it writes with this one.
    pub fn set_stopped(&self, key_id: &[u8; 16], stopped: Option<Day>) -> Result<(), Error> {
        let stopped = stopped.map(|day| day.0);
        self.conn.execute("UPDATE channel_keys SET stopped_day = ?2 WHERE key_id = ?1", params![key_id, stopped])?;
        Ok(())
    }

    /// Destroys a secret, unless a held envelope needs it; whether it did.
    pub fn destroy_channel_key(&self, key_id: &[u8; 16]) -> Result<bool, Error> {
        let gone = self.conn.execute(
            "DELETE FROM channel_keys WHERE key_id = ?1 AND NOT EXISTS (SELECT 1 FROM envelopes WHERE key_id = ?1)",
            [key_id],
        )?;
        Ok(gone == 1)
    }

    /// Keeps what a Rekey said.
    pub fn add_rekey(&self, new: &StoredRekey) -> Result<(), Error> {
        let heads: Vec<u8> = new.heads.iter().flat_map(|head| head.0).collect();
        let recipients: Vec<u8> = new.recipients.iter().flat_map(|device| device.0).collect();
        self.conn.execute(
            "INSERT INTO rekeys (ref, key_id, channel, author, generation, heads, recipients, proven, noted_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (ref) DO NOTHING",
            params![
                new.id.0,
                new.key_id,
                new.channel.name(),
                new.author.0,
                i64::try_from(new.generation).unwrap_or(i64::MAX),
                heads,
                recipients,
                new.proven,
                new.noted_ms,
            ],
        )?;
        Ok(())
    }

    /// What every Rekey said, ascending by envelope.
    pub fn rekeys(&self) -> Result<Vec<StoredRekey>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT ref, key_id, channel, author, generation, heads, recipients, proven, noted_ms FROM rekeys
             ORDER BY ref",
        )?;
        let mut rows = statement.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }

    /// Forgets what Rekeys said whose envelope is gone and whose secret is not held.
    pub fn forget_rekeys(&self) -> Result<(), Error> {
        self.conn.execute(
            "DELETE FROM rekeys WHERE ref NOT IN (SELECT ref FROM envelopes)
             AND key_id NOT IN (SELECT key_id FROM channel_keys)",
            [],
        )?;
        Ok(())
    }

    /// Key ids of held content that no key opens, of what came in between these times (Unix milliseconds), each with how
    /// many envelopes it would open.
    pub fn missing_keys(&self, from_ms: i64, to_ms: i64) -> Result<Vec<([u8; 16], u64)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT key_id, count(*) FROM envelopes
             WHERE mailbox = 1 AND state = 0 AND received_ms BETWEEN ?1 AND ?2 GROUP BY key_id ORDER BY key_id",
        )?;
        let rows =
            statement.query_map([from_ms, to_ms], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)))?;
        rows.map(|row| {
            let (id, count) = row?;
            Ok((fixed(&id)?, u64::try_from(count).unwrap_or(0)))
        })
        .collect()
    }

    /// Whether this phone wrote an envelope under a key since a time (Unix milliseconds).
    pub fn wrote_under(&self, key_id: &[u8; 16], since_ms: i64) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM envelopes WHERE own = 1 AND key_id = ?1 AND received_ms >= ?2)",
        )?;
        Ok(statement.query_row(params![key_id, since_ms], |row| row.get(0))?)
    }
}

fn read(row: &Row<'_>) -> Result<StoredRekey, Error> {
    Ok(StoredRekey {
        id: Ref(fixed(&row.get::<_, Vec<u8>>(0)?)?),
        key_id: fixed(&row.get::<_, Vec<u8>>(1)?)?,
        channel: channel(&row.get::<_, String>(2)?)?,
        author: DeviceId(fixed(&row.get::<_, Vec<u8>>(3)?)?),
        generation: u64::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
        heads: ids(&row.get::<_, Vec<u8>>(5)?)?.into_iter().map(Ref).collect(),
        recipients: ids(&row.get::<_, Vec<u8>>(6)?)?.into_iter().map(DeviceId).collect(),
        proven: row.get(7)?,
        noted_ms: row.get(8)?,
    })
}

fn ids(bytes: &[u8]) -> Result<Vec<[u8; 16]>, Error> {
    let (ids, rest) = bytes.as_chunks::<16>();
    if rest.is_empty() { Ok(ids.to_vec()) } else { Err(Error::ForeignStore) }
}

fn channel(name: &str) -> Result<Channel, Error> {
    Channel::ALL.into_iter().find(|known| known.name() == name).ok_or(Error::ForeignStore)
}

fn key_name(id: &[u8; 16]) -> String {
    format!("channel key {}", ratel_protocol::hex::encode(id))
}
