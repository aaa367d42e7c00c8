//! Held envelopes: the truth that everything else is made from.

use std::collections::BTreeSet;

use ratel_protocol::{Day, EnvelopeId, Head, Ref};
use rusqlite::{OptionalExtension as _, Row, params};

use super::{ENDLESS, LONGEST_LIFE, Mailbox, Store, Term, fixed};
use crate::{error::Error, identity::DeviceId};

/// What is known of a held envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The key is missing; opened when it comes.
    Sealed,
    /// Opened, but its author is not known yet.
    Unknown,
    /// Opened, and its author signed it.
    Opened,
    /// Opened with its key, and refused: malformed, or not signed by the author it names.
    Refused,
}

impl State {
    pub(super) const fn number(self) -> i64 {
        match self {
            Self::Sealed => 0,
            Self::Unknown => 1,
            Self::Opened => 2,
            Self::Refused => 3,
        }
    }

    fn from_number(number: i64) -> Result<Self, Error> {
        [Self::Sealed, Self::Unknown, Self::Opened, Self::Refused]
            .into_iter()
            .find(|state| state.number() == number)
            .ok_or(Error::ForeignStore)
    }
}

/// An envelope to hold.
#[derive(Debug)]
pub struct NewEnvelope<'a> {
    /// Its id.
    pub id: EnvelopeId,
    /// Where it lies.
    pub mailbox: Mailbox,
    /// Its clear head.
    pub head: Head,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Made here.
    pub own: bool,
    /// When it came (Unix milliseconds).
    pub received_ms: i64,
    /// Days that this phone had lived when it came.
    pub first_lived: u32,
    /// What is known of it.
    pub state: State,
    /// What was read in it.
    pub opened: Option<OpenedColumns>,
}

impl NewEnvelope<'_> {
    /// When it ends.
    pub fn term(&self) -> Term {
        let until = self.opened.and_then(|opened| opened.until).unwrap_or(self.head.expires);
        let life = self.opened.map_or(LONGEST_LIFE, |opened| opened.life);
        Term { until, ends_lived: self.first_lived.saturating_add(life) }
    }
}

/// What the store keeps of an opened envelope to find it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedColumns {
    /// Kind of the operation.
    pub kind: u64,
    /// Its author.
    pub device: DeviceId,
    /// Its number.
    pub seq: u64,
    /// The document: its own ref for an opening, none in the log.
    pub document: Option<Ref>,
    /// Its last day, if that is sealed in it; else it is the clear one.
    pub until: Option<Day>,
    /// Days of this phone's life that it may be held, or [`ENDLESS`].
    pub life: u32,
}

/// A held envelope.
#[derive(Debug, Clone)]
pub struct StoredEnvelope {
    /// Its id.
    pub id: EnvelopeId,
    /// Where it lies.
    pub mailbox: Mailbox,
    /// When it came (Unix milliseconds).
    pub received_ms: i64,
    /// Made here.
    pub own: bool,
    /// What is known of it.
    pub state: State,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

const COLUMNS: &str = "id, mailbox, received_ms, own, state, bytes";

impl Store {
    /// Holds an envelope; `false` if it was held already.
    pub fn hold(&self, new: &NewEnvelope<'_>) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached(
            "INSERT INTO envelopes (id, ref, mailbox, key_id, expires, received_ms, first_lived, own, state, kind, device, seq,
                 document, until_day, ends_lived, bytes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
             ON CONFLICT DO NOTHING",
        )?;
        let opened = new.opened;
        let changed = statement.execute(params![
            new.id.0,
            new.id.short().0,
            new.mailbox.number(),
            new.head.key_id,
            new.head.expires.0,
            new.received_ms,
            new.first_lived,
            new.own,
            new.state.number(),
            opened.map(|o| i64::try_from(o.kind).unwrap_or(i64::MAX)),
            opened.map(|o| o.device.0),
            opened.map(|o| i64::try_from(o.seq).unwrap_or(i64::MAX)),
            opened.and_then(|o| o.document).map(|document| document.0),
            new.term().until.0,
            new.term().ends_lived,
            new.bytes,
        ])?;
        Ok(changed == 1)
    }

    /// Notes what became of a held envelope.
    pub fn set_state(&self, id: Ref, state: State, opened: Option<OpenedColumns>) -> Result<(), Error> {
        let mut statement = self.conn.prepare_cached(
            "UPDATE envelopes SET state = ?2, kind = ?3, device = ?4, seq = ?5, document = ?6,
                 until_day = coalesce(?7, expires), ends_lived = min(first_lived + ?8, ?9) WHERE ref = ?1",
        )?;
        statement.execute(params![
            id.0,
            state.number(),
            opened.map(|o| i64::try_from(o.kind).unwrap_or(i64::MAX)),
            opened.map(|o| o.device.0),
            opened.map(|o| i64::try_from(o.seq).unwrap_or(i64::MAX)),
            opened.and_then(|o| o.document).map(|document| document.0),
            opened.and_then(|o| o.until).map(|until| until.0),
            opened.map_or(LONGEST_LIFE, |o| o.life),
            ENDLESS,
        ])?;
        Ok(())
    }

    /// Whether an envelope is held.
    pub fn holds(&self, id: Ref) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached("SELECT 1 FROM envelopes WHERE ref = ?1")?;
        Ok(statement.query_row([id.0], |_| Ok(())).optional()?.is_some())
    }

    /// One envelope.
    pub fn envelope(&self, id: Ref) -> Result<Option<StoredEnvelope>, Error> {
        let found = self.select("ref = ?1", params![id.0])?;
        Ok(found.into_iter().next())
    }

    /// The envelopes of a document, oldest arrival first.
    pub fn envelopes_of(&self, document: Ref) -> Result<Vec<StoredEnvelope>, Error> {
        self.select("document = ?1 ORDER BY rowid", params![document.0])
    }

    /// Envelopes of a mailbox in a state, oldest arrival first.
    pub fn envelopes_in(&self, mailbox: Mailbox, state: State) -> Result<Vec<StoredEnvelope>, Error> {
        self.select("mailbox = ?1 AND state = ?2 ORDER BY rowid", params![mailbox.number(), state.number()])
    }

    /// Opened content of these devices.
    pub fn opened_of(&self, devices: &BTreeSet<DeviceId>) -> Result<Vec<StoredEnvelope>, Error> {
        let mut out = Vec::new();
        for device in devices {
            out.extend(self.select(
                "mailbox = ?1 AND state = ?2 AND device = ?3",
                params![Mailbox::Content.number(), State::Opened.number(), device.0],
            )?);
        }
        Ok(out)
    }

    /// Opened content of a kind, oldest arrival first.
    pub fn opened_kind(&self, kind: u64) -> Result<Vec<StoredEnvelope>, Error> {
        self.select(
            "mailbox = ?1 AND state = ?2 AND kind = ?3 ORDER BY rowid",
            params![Mailbox::Content.number(), State::Opened.number(), i64::try_from(kind).unwrap_or(i64::MAX)],
        )
    }

    /// The place of an envelope in the order of arrival.
    pub fn arrival(&self, id: Ref) -> Result<Option<i64>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT rowid FROM envelopes WHERE ref = ?1")?;
        Ok(statement.query_row([id.0], |row| row.get(0)).optional()?)
    }

    /// When something of each device last arrived here (Unix milliseconds), of what is held and opened.
    pub fn last_arrivals(&self) -> Result<Vec<(DeviceId, i64)>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT device, MAX(received_ms) FROM envelopes WHERE state = ?1 AND device IS NOT NULL \
             GROUP BY device ORDER BY device",
        )?;
        let rows = statement
            .query_map([State::Opened.number()], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)))?;
        rows.map(|row| {
            let (device, ms) = row?;
            Ok((DeviceId(fixed(&device)?), ms))
        })
        .collect()
    }

    /// Documents that these devices wrote in.
    pub fn documents_of(&self, devices: &BTreeSet<DeviceId>) -> Result<BTreeSet<Ref>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT document FROM envelopes WHERE device = ?1 AND document IS NOT NULL ORDER BY document",
        )?;
        let mut out = BTreeSet::new();
        for device in devices {
            for document in statement.query_map([device.0], |row| row.get::<_, Vec<u8>>(0))? {
                out.insert(Ref(fixed(&document?)?));
            }
        }
        Ok(out)
    }

    /// Which envelopes of a mailbox are in a state, with the keys that they name, oldest arrival first: what a stranger
    /// sent in heaps is not read only to be passed over.
    pub fn keys_in(&self, mailbox: Mailbox, state: State) -> Result<Vec<(Ref, [u8; 16])>, Error> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT ref, key_id FROM envelopes WHERE mailbox = ?1 AND state = ?2 ORDER BY rowid")?;
        let rows = statement.query_map(params![mailbox.number(), state.number()], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        rows.map(|row| {
            let (id, key) = row?;
            Ok((Ref(fixed(&id)?), fixed(&key)?))
        })
        .collect()
    }

    fn select(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<StoredEnvelope>, Error> {
        let mut statement = self.conn.prepare_cached(&format!("SELECT {COLUMNS} FROM envelopes WHERE {condition}"))?;
        let mut rows = statement.query(params)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(read(row)?);
        }
        Ok(out)
    }

    /// Every document with an opened or unknown envelope.
    pub fn documents(&self) -> Result<Vec<Ref>, Error> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT DISTINCT document FROM envelopes WHERE document IS NOT NULL ORDER BY document")?;
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| fixed(&row?).map(Ref)).collect()
    }

    /// Refs of a mailbox whose clear day lies after `day`, ascending: held, done with, or left.
    pub fn unexpired(&self, mailbox: Mailbox, day: Day) -> Result<Vec<Ref>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT ref FROM envelopes WHERE mailbox = ?1 AND expires > ?2
             UNION SELECT ref FROM done WHERE mailbox = ?1 AND until_day > ?2
             UNION SELECT ref FROM left_ids WHERE mailbox = ?1 AND until_day > ?2 ORDER BY ref",
        )?;
        let rows = statement.query_map(params![mailbox.number(), day.0], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| fixed(&row?).map(Ref)).collect()
    }

    /// The greatest number that this phone's device used in a mailbox. What others wrote in its name does not count.
    pub fn last_seq(&self, mailbox: Mailbox, device: DeviceId) -> Result<u64, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT coalesce(max(seq), 0) FROM envelopes WHERE device = ?1 AND mailbox = ?2 AND own = 1",
        )?;
        let seq: i64 = statement.query_row(params![device.0, mailbox.number()], |row| row.get(0))?;
        Ok(u64::try_from(seq).unwrap_or(0))
    }

    /// How many envelopes are in each state: sealed, unknown, opened, refused.
    pub fn count_by_state(&self) -> Result<[u64; 4], Error> {
        let mut out = [0; 4];
        let mut statement = self.conn.prepare_cached("SELECT state, count(*) FROM envelopes GROUP BY state")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        for row in rows {
            let (state, count) = row?;
            if let Some(slot) = usize::try_from(state).ok().and_then(|state| out.get_mut(state)) {
                *slot = u64::try_from(count).unwrap_or(0);
            }
        }
        Ok(out)
    }
}

fn read(row: &Row<'_>) -> Result<StoredEnvelope, Error> {
    let id: Vec<u8> = row.get(0)?;
    let mailbox = if row.get::<_, i64>(1)? == 0 { Mailbox::Log } else { Mailbox::Content };
    Ok(StoredEnvelope {
        id: EnvelopeId(fixed(&id)?),
        mailbox,
        received_ms: row.get(2)?,
        own: row.get(3)?,
        state: State::from_number(row.get(4)?)?,
        bytes: row.get(5)?,
    })
}
