//! The only SQL of the core: one SQLite file a device, opened exclusively.
//!
//! WAL with `synchronous=FULL`: with NORMAL, rows that a person was told are stored were lost at a power cut. Every
//! act of a person is one transaction ([`Store::transact`]).

mod drafts;
mod envelopes;
mod facts;
mod keys;
mod left;
mod outbox;
mod retention;
mod room;
mod views;

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use crate::error::Error;
pub use drafts::StoredDraft;
pub use envelopes::{NewEnvelope, OpenedColumns, State, StoredEnvelope};
pub use keys::{StoredKey, StoredRekey};
pub use outbox::{Invitation, TokenKind};
pub use retention::{ENDLESS, Erasing, LONGEST_LIFE, Term};
pub use room::{LogWaiting, Written};
pub use views::{NewView, StoredView};

/// "RatL": marks the file as ours.
const APPLICATION_ID: i32 = 0x5261_744C;
/// Version of [`SCHEMA`].
const SCHEMA_VERSION: i32 = 4;
const SCHEMA: &str = include_str!("schema.sql");
/// How long to wait for another program that is closing the store.
const BUSY: Duration = Duration::from_secs(2);

/// Where envelopes lie at a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mailbox {
    /// Membership and keys.
    Log,
    /// Everything else.
    Content,
}

impl Mailbox {
    /// Both, the log first.
    pub const ALL: [Self; 2] = [Self::Log, Self::Content];

    /// Name in key derivation.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Content => "content",
        }
    }

    const fn number(self) -> i64 {
        match self {
            Self::Log => 0,
            Self::Content => 1,
        }
    }
}

/// The store of one device.
pub struct Store {
    conn: Connection,
}

impl Store {
    /// Opens or makes `ratel.sqlite` in `folder`. A foreign file is refused and left as it is.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_PRIVATE_CACHE;
        let conn = Connection::open_with_flags(folder.join("ratel.sqlite"), flags)?;
        conn.busy_timeout(BUSY)?;
        let store = Self { conn };
        store.check_ours()?;
        store.conn.execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA trusted_schema = OFF;",
        )?;
        store.migrate()?;
        Ok(store)
    }

    fn pragma(&self, name: &str) -> Result<i32, Error> {
        Ok(self.conn.pragma_query_value(None, name, |row| row.get(0))?)
    }

    fn check_ours(&self) -> Result<(), Error> {
        let id = self.pragma("application_id")?;
        let version = self.pragma("user_version")?;
        let tables: i64 = self.conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let fresh = id == 0 && version == 0 && tables == 0;
        if fresh || (id == APPLICATION_ID && version == SCHEMA_VERSION) { Ok(()) } else { Err(Error::ForeignStore) }
    }

    fn migrate(&self) -> Result<(), Error> {
        // Taking the write lock here shows at once that another program holds the store.
        self.transact(|store| {
            if store.pragma("user_version")? == 0 {
                store.conn.execute_batch(SCHEMA)?;
                store.conn.pragma_update(None, "application_id", APPLICATION_ID)?;
                store.conn.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            }
            Ok(())
        })
    }

    /// Runs `act` in one transaction: all of it is on the disk when this returns `Ok`, nothing of it otherwise.
    pub fn transact<T>(&self, act: impl FnOnce(&Self) -> Result<T, Error>) -> Result<T, Error> {
        self.begin()?;
        self.end(act(self))
    }

    /// Begins a transaction; every path must go on to [`Store::end`].
    pub fn begin(&self) -> Result<(), Error> {
        Ok(self.conn.execute_batch("BEGIN IMMEDIATE")?)
    }

    /// Commits if the result is good, and undoes everything otherwise.
    pub fn end<T>(&self, result: Result<T, Error>) -> Result<T, Error> {
        let result = result.and_then(|value| {
            self.conn.execute_batch("COMMIT")?;
            Ok(value)
        });
        if result.is_err() && !self.conn.is_autocommit() {
            // A failed rollback leaves the transaction to be undone when the file is opened next.
            let _ = self.conn.execute_batch("ROLLBACK");
        }
        result
    }

    /// Begins a part of a transaction that can be undone by itself; every path must go on to [`Store::end_part`].
    pub fn begin_part(&self) -> Result<(), Error> {
        Ok(self.conn.execute_batch("SAVEPOINT part")?)
    }

    /// Undoes the part.
    pub fn undo_part(&self) -> Result<(), Error> {
        Ok(self.conn.execute_batch("ROLLBACK TO part")?)
    }

    /// Ends the part; it stays or falls with its transaction.
    pub fn end_part(&self) -> Result<(), Error> {
        Ok(self.conn.execute_batch("RELEASE part")?)
    }

    /// What `PRAGMA integrity_check` says: `ok`, or the first complaints.
    pub fn integrity(&self) -> Result<String, Error> {
        Ok(self.conn.query_row("PRAGMA integrity_check(5)", [], |row| row.get(0))?)
    }

    /// A copy into another folder, with all keys and facts and without what came in envelopes.
    #[cfg(test)]
    pub(crate) fn copied_without_envelopes(&self, folder: &Path) -> Result<(), Error> {
        let path = folder.join("ratel.sqlite");
        self.conn.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
        Connection::open(path)?.execute_batch("DELETE FROM envelopes; DELETE FROM views; DELETE FROM outbox;")?;
        Ok(())
    }

    /// Size of the database file (bytes).
    pub fn size(&self) -> Result<i64, Error> {
        Ok(i64::from(self.pragma("page_count")?) * i64::from(self.pragma("page_size")?))
    }
}

/// A column of exactly `N` bytes; anything else means that the file was changed by somebody else.
fn fixed<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Error> {
    <[u8; N]>::try_from(bytes).map_err(|_| Error::ForeignStore)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_file_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ratel.sqlite");
        std::fs::write(&path, b"these are somebody's holiday notes, not a database at all").unwrap();
        assert!(matches!(Store::open(folder.path()), Err(Error::ForeignStore)));
        assert!(std::fs::read(&path).unwrap().starts_with(b"these are"));
        std::fs::remove_file(&path).unwrap();
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
        assert!(matches!(Store::open(folder.path()), Err(Error::ForeignStore)));
    }

    #[test]
    fn a_store_is_held_by_one_program_and_a_failed_act_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let failed: Result<(), Error> = store.transact(|store| {
            store.set_fact("colour", "green")?;
            Err(Error::NotYours)
        });
        assert!(failed.is_err());
        assert_eq!(store.fact("colour").unwrap(), None);
        store.transact(|store| store.set_fact("colour", "red")).unwrap();
        assert!(matches!(Store::open(folder.path()), Err(Error::StoreBusy)));
        drop(store);
        assert_eq!(Store::open(folder.path()).unwrap().fact("colour").unwrap().as_deref(), Some("red"));
    }
}
