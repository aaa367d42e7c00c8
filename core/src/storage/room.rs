//! How much somebody wrote, told by the columns: nothing is opened to count it.

use ratel_protocol::Ref;
use rusqlite::{OptionalExtension as _, params};

use super::{LONGEST_LIFE, Mailbox, State, Store, fixed};
use crate::{envelope::operation::number, error::Error, identity::DeviceId};

/// An opened envelope of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The envelope.
    pub id: Ref,
    /// Where it lies.
    pub mailbox: Mailbox,
    /// Kind of its operation.
    pub kind: u64,
    /// The document that it opens or follows.
    pub document: Option<Ref>,
    /// Length of its bytes.
    pub size_bytes: usize,
}

/// An envelope of the log that has no place yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogWaiting {
    /// The envelope.
    pub id: Ref,
    /// Who signed it, as it says.
    pub device: DeviceId,
    /// Kind of its operation.
    pub kind: u64,
    /// Length of its bytes.
    pub size_bytes: usize,
}

impl Store {
    /// What another device wrote and is opened, in each mailbox the newest first: by its own number, then by id. Two
    /// phones that heard the same give the same.
    pub fn written_by(&self, device: DeviceId) -> Result<Vec<Written>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT ref, mailbox, kind, document, length(bytes) FROM envelopes
             WHERE device = ?1 AND state = ?2 AND own = 0 ORDER BY mailbox, seq DESC, ref DESC",
        )?;
        let mut rows = statement.query(params![device.0, State::Opened.number()])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let document: Option<Vec<u8>> = row.get(3)?;
            out.push(Written {
                id: Ref(fixed(&row.get::<_, Vec<u8>>(0)?)?),
                mailbox: if row.get::<_, i64>(1)? == 0 { Mailbox::Log } else { Mailbox::Content },
                kind: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(u64::MAX),
                document: document.map(|document| fixed(&document).map(Ref)).transpose()?,
                size_bytes: usize::try_from(row.get::<_, i64>(4)?).unwrap_or(usize::MAX),
            });
        }
        Ok(out)
    }

    /// Lists of others, of each device the newest first, with their sizes (bytes).
    pub fn lists(&self) -> Result<Vec<(Ref, DeviceId, usize)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT ref, device, length(bytes) FROM envelopes
             WHERE mailbox = 0 AND state = ?1 AND kind = ?2 AND own = 0 ORDER BY device, seq DESC, ref DESC",
        )?;
        let kind = i64::try_from(number::LIST).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![State::Opened.number(), kind])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let size = usize::try_from(row.get::<_, i64>(2)?).unwrap_or(usize::MAX);
            let (id, device) = (fixed(&row.get::<_, Vec<u8>>(0)?)?, fixed(&row.get::<_, Vec<u8>>(1)?)?);
            out.push((Ref(id), DeviceId(device), size));
        }
        Ok(out)
    }

    /// Envelopes of the log that have no place yet, of one device or of all, oldest arrival first.
    pub fn log_waiting(&self, device: Option<DeviceId>) -> Result<Vec<LogWaiting>, Error> {
        const COLUMNS: &str = "SELECT ref, device, kind, length(bytes) FROM envelopes
             WHERE mailbox = 0 AND state = ?1 AND device IS NOT NULL AND kind IS NOT NULL";
        let state = State::Unknown.number();
        let (mut one, mut all);
        let mut rows = if let Some(device) = device {
            one = self.conn.prepare_cached(&format!("{COLUMNS} AND device = ?2 ORDER BY rowid"))?;
            one.query(params![state, device.0])?
        } else {
            all = self.conn.prepare_cached(&format!("{COLUMNS} ORDER BY rowid"))?;
            all.query([state])?
        };
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(LogWaiting {
                id: Ref(fixed(&row.get::<_, Vec<u8>>(0)?)?),
                device: DeviceId(fixed(&row.get::<_, Vec<u8>>(1)?)?),
                kind: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(u64::MAX),
                size_bytes: usize::try_from(row.get::<_, i64>(3)?).unwrap_or(usize::MAX),
            });
        }
        Ok(out)
    }

    /// The author of an envelope, as it says; none while it is sealed.
    pub fn device_of(&self, id: Ref) -> Result<Option<DeviceId>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT device FROM envelopes WHERE ref = ?1")?;
        let device: Option<Option<Vec<u8>>> = statement.query_row([id.0], |row| row.get(0)).optional()?;
        device.flatten().map(|device| fixed(&device).map(DeviceId)).transpose()
    }

    /// An envelope of the log that waited has its place now; what was read of it stays.
    pub fn has_its_place(&self, id: Ref) -> Result<(), Error> {
        let mut statement =
            self.conn.prepare_cached("UPDATE envelopes SET state = ?2 WHERE ref = ?1 AND state = ?3")?;
        statement.execute(params![id.0, State::Opened.number(), State::Unknown.number()])?;
        Ok(())
    }

    /// Envelopes of others that were refused, beyond the first `most` of each mailbox.
    pub fn refused_surplus(&self, most: u32) -> Result<Vec<Ref>, Error> {
        let mut out = Vec::new();
        for mailbox in Mailbox::ALL {
            let mut statement = self.conn.prepare_cached(
                "SELECT ref FROM envelopes WHERE mailbox = ?1 AND state = ?2 AND own = 0 ORDER BY rowid LIMIT -1 OFFSET ?3",
            )?;
            let rows = statement
                .query_map(params![mailbox.number(), State::Refused.number(), most], |row| row.get::<_, Vec<u8>>(0))?;
            for id in rows {
                out.push(Ref(fixed(&id?)?));
            }
        }
        Ok(out)
    }

    /// Drops an envelope that was refused: its id is noted, and it is never taken again.
    pub fn drop_refused(&self, id: Ref) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO done (ref, mailbox, until_day, ends_lived)
             SELECT ref, mailbox, expires, first_lived + ?2 FROM envelopes WHERE ref = ?1 ON CONFLICT (ref) DO NOTHING",
            params![id.0, LONGEST_LIFE],
        )?;
        self.delete_row(id)
    }
}
