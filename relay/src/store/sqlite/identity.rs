//! Notices that a backup was put back.
//!
//! Clients keep a cursor per mailbox. A database from a backup has forgotten envelopes behind these cursors, and would
//! give new ones the same places; so a restored store needs a new id, which sends clients back to cursor 0 and to a
//! comparison of digests. A database cannot know by itself that it is old. Two files beside it tell:
//!
//! * `relay.commits` holds the number of committed transactions, written after each commit without an fsync: it
//!   survives a kill, and a power cut loses some of it at most. A database that counts *fewer* is an old one.
//! * `relay.witness` is written once and never touched. The database remembers its bytes, its inode and the time of
//!   its last change, which no copy keeps. A folder that was put back as a whole has a witness of another birth.
//!
//! When in doubt the id is new: clients then compare a digest, and nothing is lost. What cannot be seen from here is a
//! whole disk turned back by a snapshot below the file system; for that there is `ratel-relay restored`, cursors that
//! no start gives twice (see `writer.rs`), and the clients' daily digest.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    path::Path,
};

use rusqlite::{Connection, OptionalExtension as _, params};

use super::{super::StoreId, open};
use crate::{StartError, registration::random};

const COMMITS_FILE: &str = "relay.commits";
const WITNESS_FILE: &str = "relay.witness";

/// Who the store is, and the file that counts with it.
pub(super) struct Identity {
    pub(super) id: StoreId,
    pub(super) commits: Commits,
}

/// The counter beside the database.
pub(super) struct Commits {
    file: File,
    count: u64,
}

impl Commits {
    /// The count after the transaction that is under way.
    pub(super) fn next(&self) -> u64 {
        self.count.saturating_add(1)
    }

    /// Notes that the transaction was committed.
    pub(super) fn advance(&mut self) {
        self.count = self.next();
        if let Err(error) = write_at_start(&self.file, self.count) {
            // Not fatal: a counter that lags behind only weakens the detection of an old backup.
            tracing::warn!(%error, "the commit counter beside the database could not be written");
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Row {
    id: [u8; 16],
    commits: u64,
    witness: Vec<u8>,
    witness_file: String,
}

/// Reads or makes the store's id; `force` makes a new one whatever the files say.
pub(super) fn open(data: &Path, database: &mut Connection, force: bool) -> Result<Identity, StartError> {
    let disk = |error| StartError::Data(data.to_path_buf(), error);
    let failed = |error: rusqlite::Error| StartError::Database(open::path(data), Box::new(error));
    let known = row(database).map_err(failed)?;
    let counted = counter(data).map_err(disk)?;
    let same = match &known {
        Some(row) => {
            !force
                && row.commits >= counted.count
                && witness(data)
                    .map_err(disk)?
                    .is_some_and(|seen| seen == (row.witness.clone(), row.witness_file.clone()))
        }
        None => false,
    };
    let (id, witness, witness_file, commits) = match known {
        Some(row) if same => (row.id, row.witness, row.witness_file, row.commits),
        known => {
            let mut id = [0; 16];
            random(&mut id).map_err(disk)?;
            let (witness, witness_file) = new_witness(data).map_err(disk)?;
            (id, witness, witness_file, known.map_or(0, |row| row.commits))
        }
    };
    if !same {
        database
            .execute(
                "INSERT INTO store (one, id, commits, witness, witness_file) VALUES (1, ?1, ?2, ?3, ?4)
                 ON CONFLICT (one) DO UPDATE SET id = excluded.id, witness = excluded.witness,
                 witness_file = excluded.witness_file",
                params![&id[..], i64::try_from(commits).unwrap_or(i64::MAX), witness, witness_file],
            )
            .map_err(failed)?;
    }
    write_at_start(&counted.file, commits).map_err(disk)?;
    Ok(Identity { id: StoreId(id), commits: Commits { file: counted.file, count: commits } })
}

fn row(database: &Connection) -> rusqlite::Result<Option<Row>> {
    database
        .query_row("SELECT id, commits, witness, witness_file FROM store", [], |row| {
            Ok(Row {
                id: row.get(0)?,
                commits: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
                witness: row.get(2)?,
                witness_file: row.get(3)?,
            })
        })
        .optional()
}

fn counter(data: &Path) -> io::Result<Commits> {
    let mut file = File::options().create(true).truncate(false).read(true).write(true).open(data.join(COMMITS_FILE))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    // Anything but eight bytes is a file that a power cut left half made: it proves nothing.
    let count = bytes.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
    Ok(Commits { file, count })
}

fn witness(data: &Path) -> io::Result<Option<(Vec<u8>, String)>> {
    let path = data.join(WITNESS_FILE);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some((bytes, birth(&fs::metadata(&path)?)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn new_witness(data: &Path) -> io::Result<(Vec<u8>, String)> {
    let path = data.join(WITNESS_FILE);
    let mut bytes = [0; 16];
    random(&mut bytes)?;
    fs::write(&path, bytes)?;
    let file = File::open(&path)?;
    file.sync_all()?;
    Ok((bytes.to_vec(), birth(&file.metadata()?)))
}

/// What a copy of a file does not share with it.
#[cfg(unix)]
fn birth(file: &fs::Metadata) -> String {
    use std::os::unix::fs::MetadataExt as _;
    format!("{}.{}.{}", file.ino(), file.ctime(), file.ctime_nsec())
}

/// What a copy of a file does not share with it.
#[cfg(not(unix))]
fn birth(file: &fs::Metadata) -> String {
    file.created().map(|time| format!("{time:?}")).unwrap_or_default()
}

#[cfg(unix)]
fn write_at_start(file: &File, count: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, &count.to_be_bytes(), 0)
}

#[cfg(not(unix))]
fn write_at_start(mut file: &File, count: u64) -> io::Result<()> {
    use std::io::{Seek as _, Write as _};
    file.seek(io::SeekFrom::Start(0))?;
    file.write_all(&count.to_be_bytes())
}
