//! Ids of envelopes whose bytes came and were not kept, since there are too many of their sort.
//!
//! They are offered to nobody and taken from nobody, until their key comes or they may count: then they are forgotten
//! here, and whoever has them gives them again.

use ratel_protocol::Ref;
use rusqlite::{OptionalExtension as _, params};

use super::{LONGEST_LIFE, Mailbox, Store, fixed};
use crate::{error::Error, identity::DeviceId};

/// Most envelopes that are held sealed.
const MOST_SEALED: usize = 20_000;
/// Most bytes that are held sealed.
const MOST_SEALED_BYTES: usize = 16 << 20;

impl Store {
    /// Drops a held envelope and notes its id. `standing` stands for what its author may do now.
    pub fn leave(&self, id: Ref, standing: i64) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO left_ids (ref, mailbox, key_id, device, standing, until_day, ends_lived)
             SELECT ref, mailbox, key_id, device, ?2, expires, first_lived + ?3 FROM envelopes WHERE ref = ?1
             ON CONFLICT (ref) DO NOTHING",
            params![id.0, standing, LONGEST_LIFE],
        )?;
        self.delete_row(id)
    }

    /// Whether an id was left.
    pub fn is_left(&self, id: Ref) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached("SELECT 1 FROM left_ids WHERE ref = ?1")?;
        Ok(statement.query_row([id.0], |_| Ok(())).optional()?.is_some())
    }

    /// Sealed envelopes beyond what is held of them, the oldest. What somebody seals who asks to be let in is not among
    /// them.
    pub fn sealed_surplus(&self) -> Result<Vec<Ref>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT ref, length(bytes) FROM envelopes WHERE mailbox IN (0, 1) AND state = 0 AND own = 0
             AND key_id NOT IN (SELECT key_id FROM invitations) ORDER BY rowid DESC",
        )?;
        let mut rows = statement.query([])?;
        let (mut count, mut size, mut surplus) = (0_usize, 0_usize, Vec::new());
        while let Some(row) = rows.next()? {
            count += 1;
            size = size.saturating_add(usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0));
            if count > MOST_SEALED || size > MOST_SEALED_BYTES {
                surplus.push(Ref(fixed(&row.get::<_, Vec<u8>>(0)?)?));
            }
        }
        Ok(surplus)
    }

    /// Opened content of others with its authors, in the order of arrival.
    pub fn content_of_others(&self) -> Result<Vec<(Ref, DeviceId)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT ref, device FROM envelopes WHERE mailbox = 1 AND state IN (1, 2) AND own = 0 AND device IS NOT NULL
             ORDER BY rowid",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        rows.map(|row| {
            let (id, device) = row?;
            Ok((Ref(fixed(&id)?), DeviceId(fixed(&device)?)))
        })
        .collect()
    }

    /// Whose envelopes were left, with what their standing was then.
    pub fn left_standings(&self) -> Result<Vec<(DeviceId, i64)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT device, standing FROM left_ids WHERE device IS NOT NULL ORDER BY device, standing",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)))?;
        rows.map(|row| {
            let (device, standing) = row?;
            Ok((DeviceId(fixed(&device)?), standing))
        })
        .collect()
    }

    /// The author of an id that was left, if that was read.
    pub fn left_author(&self, id: Ref) -> Result<Option<DeviceId>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT device FROM left_ids WHERE ref = ?1")?;
        let device: Option<Option<Vec<u8>>> = statement.query_row([id.0], |row| row.get(0)).optional()?;
        device.flatten().map(|device| fixed(&device).map(DeviceId)).transpose()
    }

    /// Wants again all that was left of a device while its standing was this one, or whatever it was.
    pub fn want_again_of(&self, device: DeviceId, standing: Option<i64>) -> Result<(), Error> {
        let wanted = self.conn.execute(
            "DELETE FROM left_ids WHERE device = ?1 AND standing = coalesce(?2, standing)",
            params![device.0, standing],
        )?;
        if wanted > 0 { self.ask_anew() } else { Ok(()) }
    }

    /// Wants an id again if it was left: both mailboxes are asked for from their beginning.
    pub fn want_again(&self, id: Ref) -> Result<(), Error> {
        let wanted = self.conn.execute("DELETE FROM left_ids WHERE ref = ?1", [id.0])?;
        if wanted > 0 { self.ask_anew() } else { Ok(()) }
    }

    /// Wants again what lies under a key that has come.
    pub fn want_under(&self, key_id: &[u8; 16]) -> Result<(), Error> {
        let wanted = self.conn.execute("DELETE FROM left_ids WHERE device IS NULL AND key_id = ?1", [key_id])?;
        if wanted > 0 { self.ask_anew() } else { Ok(()) }
    }

    fn ask_anew(&self) -> Result<(), Error> {
        Mailbox::ALL.into_iter().try_for_each(|mailbox| self.set_cursor(mailbox, 0))
    }
}
