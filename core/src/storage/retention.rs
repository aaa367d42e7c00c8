//! What ends: the terms of envelopes, their destruction, and the ids that stay behind.
//!
//! An envelope has a last day and a last day of this phone's own life; whichever passes first ends it. What follows a
//! document goes with its opening. Destroyed means: row, bytes, view, outbox entry and reading mark are overwritten;
//! the id stays among the done until nobody can offer it any more, so that it is never taken again.

use ratel_protocol::{Day, Ref};
use rusqlite::{OptionalExtension as _, params};

use super::{Mailbox, Store, fixed};
use crate::{error::Error, identity::DeviceId};

/// Days of a phone's own life after which anything but a members operation ends: the longest class of `expires`.
pub const LONGEST_LIFE: u32 = 400;
/// The end of what never ends.
pub const ENDLESS: u32 = u32::MAX;
/// Its fact says that pages and log may still hold what was destroyed.
const TO_SCRUB: &str = "to-scrub";

/// An Erase that names an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasing {
    /// The Erase.
    pub erase: Ref,
    /// Its author.
    pub device: DeviceId,
    /// The key under which it lies.
    pub key_id: [u8; 16],
}

/// When something ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Its last day.
    pub until: Day,
    /// The last day of this phone's own life on which it may be held.
    pub ends_lived: u32,
}

impl Term {
    /// Whether it is over on `day`, for a phone that has lived `lived` days.
    pub fn is_over(&self, day: Day, lived: u32) -> bool {
        (self.until != Day::NEVER && self.until < day) || self.ends_lived < lived
    }
}

impl Store {
    /// Envelopes whose term is over, at most `limit`. What follows a held opening goes with it and is not among them.
    pub fn over(&self, day: Day, lived: u32, limit: u32) -> Result<Vec<Ref>, Error> {
        // The indexes find, the rule decides.
        let mut statement = self.conn.prepare_cached(
            "SELECT ref, until_day, ends_lived FROM envelopes WHERE (until_day < ?1 OR ends_lived < ?2)
             AND (document IS NULL OR document = ref OR NOT EXISTS
                 (SELECT 1 FROM envelopes AS opening WHERE opening.ref = envelopes.document AND opening.mailbox = 1))
             LIMIT ?3",
        )?;
        let mut rows = statement.query(params![day.0, lived, limit])?;
        let mut over = Vec::new();
        while let Some(row) = rows.next()? {
            let term = Term { until: Day(row.get(1)?), ends_lived: row.get(2)? };
            if term.is_over(day, lived) {
                over.push(Ref(fixed(&row.get::<_, Vec<u8>>(0)?)?));
            }
        }
        Ok(over)
    }

    /// The last day of a held envelope.
    pub fn until_of(&self, id: Ref) -> Result<Option<Day>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT until_day FROM envelopes WHERE ref = ?1")?;
        Ok(statement.query_row([id.0], |row| row.get(0)).optional()?.map(Day))
    }

    /// Days that this phone had lived when a held envelope came.
    pub fn first_lived(&self, id: Ref) -> Result<Option<u32>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT first_lived FROM envelopes WHERE ref = ?1")?;
        Ok(statement.query_row([id.0], |row| row.get(0)).optional()?)
    }

    /// Destroys an envelope and what follows it; gives how many went.
    pub fn destroy(&self, id: Ref) -> Result<usize, Error> {
        let refs: Vec<Vec<u8>> = self
            .conn
            .prepare_cached("SELECT ref FROM envelopes WHERE ref = ?1 OR document = ?1")?
            .query_map([id.0], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for gone in &refs {
            self.conn.execute(
                "INSERT INTO done (ref, mailbox, until_day, ends_lived)
                 SELECT ref, mailbox, expires, first_lived + ?2 FROM envelopes WHERE ref = ?1
                 ON CONFLICT (ref) DO NOTHING",
                params![gone, LONGEST_LIFE],
            )?;
            self.delete_row(Ref(fixed(gone)?))?;
        }
        if !refs.is_empty() {
            self.set_fact(TO_SCRUB, "yes")?;
        }
        Ok(refs.len())
    }

    /// Deletes an envelope and what lies beside it, without a word about it.
    pub(super) fn delete_row(&self, id: Ref) -> Result<(), Error> {
        for sql in [
            "DELETE FROM envelopes WHERE ref = ?1",
            "DELETE FROM views WHERE document = ?1",
            "DELETE FROM outbox WHERE ref = ?1",
            "DELETE FROM reads WHERE ref = ?1",
            "DELETE FROM erasures WHERE erase = ?1",
            "DELETE FROM letter_keys WHERE ref = ?1",
        ] {
            self.conn.prepare_cached(sql)?.execute([id.0])?;
        }
        Ok(())
    }

    /// Notes an id whose bytes came after its end.
    pub fn set_done(&self, id: Ref, mailbox: Mailbox, expires: Day, lived: u32) -> Result<(), Error> {
        self.conn.execute(
            "INSERT INTO done (ref, mailbox, until_day, ends_lived) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (ref) DO NOTHING",
            params![id.0, mailbox.number(), expires.0, lived.saturating_add(LONGEST_LIFE)],
        )?;
        Ok(())
    }

    /// Whether an id was destroyed, or came after its end.
    pub fn is_done(&self, id: Ref) -> Result<bool, Error> {
        let mut statement = self.conn.prepare_cached("SELECT 1 FROM done WHERE ref = ?1")?;
        Ok(statement.query_row([id.0], |_| Ok(())).optional()?.is_some())
    }

    /// Forgets ids that nobody can offer any more.
    pub fn forget_done(&self, day: Day, lived: u32) -> Result<(), Error> {
        for sql in [
            "DELETE FROM done WHERE until_day < ?1 OR ends_lived < ?2",
            "DELETE FROM left_ids WHERE until_day < ?1 OR ends_lived < ?2",
        ] {
            self.conn.execute(sql, params![day.0, lived])?;
        }
        Ok(())
    }

    /// Notes what an Erase names.
    pub fn add_erasure(&self, erase: Ref, targets: &[Ref]) -> Result<(), Error> {
        let mut statement =
            self.conn.prepare_cached("INSERT INTO erasures (target, erase) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
        targets.iter().try_for_each(|target| statement.execute(params![target.0, erase.0]).map(|_| ()))?;
        Ok(())
    }

    /// Opened Erases that name an envelope and came before this phone had lived `before` days.
    pub fn erasures_of(&self, target: Ref, before: u32) -> Result<Vec<Erasing>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT erase, device, key_id FROM erasures JOIN envelopes ON ref = erase
             WHERE target = ?1 AND first_lived < ?2 AND mailbox = 1 AND state = 2 AND device IS NOT NULL ORDER BY erase",
        )?;
        let mut rows = statement.query(params![target.0, before])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let device = DeviceId(fixed(&row.get::<_, Vec<u8>>(1)?)?);
            let key_id = fixed(&row.get::<_, Vec<u8>>(2)?)?;
            out.push(Erasing { erase: Ref(fixed(&row.get::<_, Vec<u8>>(0)?)?), device, key_id });
        }
        Ok(out)
    }

    /// What an Erase names, as far as it was noted.
    pub fn targets_of(&self, erase: Ref) -> Result<Vec<Ref>, Error> {
        let mut statement = self.conn.prepare_cached("SELECT target FROM erasures WHERE erase = ?1 ORDER BY target")?;
        let rows = statement.query_map([erase.0], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| fixed(&row?).map(Ref)).collect()
    }

    /// The author of opened content.
    pub fn author_of(&self, id: Ref) -> Result<Option<DeviceId>, Error> {
        let mut statement =
            self.conn.prepare_cached("SELECT device FROM envelopes WHERE ref = ?1 AND mailbox = 1 AND state = 2")?;
        let device: Option<Option<Vec<u8>>> = statement.query_row([id.0], |row| row.get(0)).optional()?;
        device.flatten().map(|device| fixed(&device).map(DeviceId)).transpose()
    }

    /// Held content that an Erase names which came before this phone had lived `before` days: at most `limit`, ascending,
    /// after `after`.
    pub fn erased_before(&self, before: u32, after: Option<Ref>, limit: u32) -> Result<Vec<Ref>, Error> {
        let mut statement = self.conn.prepare_cached(
            "SELECT DISTINCT target FROM erasures JOIN envelopes AS erasing ON erasing.ref = erase
             JOIN envelopes AS held ON held.ref = target
             WHERE target > ?2 AND erasing.first_lived < ?1 AND held.mailbox = 1 AND erasing.mailbox = 1
             ORDER BY target LIMIT ?3",
        )?;
        let after = after.map(|after| after.0.to_vec()).unwrap_or_default();
        let rows = statement.query_map(params![before, after, limit], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| fixed(&row?).map(Ref)).collect()
    }

    /// Takes what was destroyed out of the file and its write-ahead log; not within a transaction. `secure_delete`
    /// overwrites rows where they lie, but not copies that stayed behind when a page was split or joined: only writing
    /// the file anew leaves none. At most once a day, and only after something was destroyed.
    pub fn scrub(&self) -> Result<(), Error> {
        if self.fact(TO_SCRUB)?.is_none() {
            return Ok(());
        }
        self.conn.execute("DELETE FROM facts WHERE name = ?1", [TO_SCRUB])?;
        self.conn.execute_batch("VACUUM")?;
        self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use ratel_protocol::{EnvelopeId, Head};

    use super::super::{NewEnvelope, NewView, OpenedColumns, State};
    use super::*;

    /// An envelope with its number in clear in it, and in its view.
    fn hold(store: &Store, number: u16, until: u16, size: usize) -> Ref {
        let word = format!("<{number:05}>").into_bytes();
        let bytes: Vec<u8> = word.iter().copied().cycle().take(size).collect();
        let id = EnvelopeId(crate::envelope::crypto::sha256(&[&number.to_be_bytes()]));
        let opened = OpenedColumns {
            kind: 1,
            device: DeviceId([1; 16]),
            seq: 1,
            document: Some(id.short()),
            until: Some(Day(until)),
            life: 30,
        };
        let head = Head { key_id: [1; 16], salt: [2; 16], expires: Day(until + 5) };
        let new = NewEnvelope {
            id,
            mailbox: Mailbox::Content,
            head,
            bytes: &bytes,
            own: false,
            received_ms: 0,
            first_lived: 0,
            state: State::Opened,
            opened: Some(opened),
        };
        assert!(store.hold(&new).unwrap());
        let view = String::from_utf8(bytes.repeat(2)).unwrap();
        store.set_view(&NewView { document: id.short(), kind: 1, opened_s: 0, until: Day(until), view }).unwrap();
        id.short()
    }

    /// Numbers that stand anywhere in the files of a store.
    fn traces(folder: &Path) -> BTreeSet<u16> {
        let mut found = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let bytes = std::fs::read(entry.path()).unwrap();
            for at in (0..bytes.len().saturating_sub(6)).filter(|at| bytes[*at] == b'<' && bytes[at + 6] == b'>') {
                found
                    .extend(std::str::from_utf8(&bytes[at + 1..at + 6]).ok().and_then(|text| text.parse::<u16>().ok()));
            }
        }
        found
    }

    #[test]
    fn of_what_was_destroyed_no_trace_stays_in_the_file_or_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut seed = 7_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(seed >> 33).unwrap() % below
        };
        let (mut live, mut number) = (Vec::new(), 0);
        for _ in 0..40 {
            store.begin().unwrap();
            for _ in 0..60 {
                live.push((number, hold(&store, number, 10, [256, 384, 512][next(3)])));
                number += 1;
            }
            for _ in 0..50 {
                let (_, id) = live.swap_remove(next(live.len()));
                assert_eq!(store.destroy(id).unwrap(), 1);
            }
            store.end(Ok(())).unwrap();
        }
        let alive: BTreeSet<u16> = live.iter().map(|(number, _)| *number).collect();
        store.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        let before = traces(folder.path());
        assert!(
            before.is_superset(&alive) && before.len() > alive.len(),
            "the control: overwriting rows is not enough"
        );
        store.scrub().unwrap();
        assert_eq!(traces(folder.path()), alive);
        assert_eq!(store.integrity().unwrap(), "ok");
    }

    #[test]
    fn the_indexes_find_what_the_rule_ends() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut terms = Vec::new();
        store.begin().unwrap();
        for until in (0..60).chain([Day::NEVER.0 - 5]) {
            let id = hold(&store, until, until, 256);
            terms.push((id, Term { until: Day(until), ends_lived: 30 }));
        }
        store.end(Ok(())).unwrap();
        for (day, lived) in [(0, 0), (1, 0), (30, 30), (31, 29), (59, 0), (59, 30), (0, 31), (65_000, 0)] {
            let mut over = store.over(Day(day), lived, 1000).unwrap();
            let mut ruled: Vec<Ref> =
                terms.iter().filter(|(_, term)| term.is_over(Day(day), lived)).map(|(id, _)| *id).collect();
            over.sort_unstable();
            ruled.sort_unstable();
            assert_eq!(over, ruled, "day {day}, lived {lived}");
        }
    }
}
