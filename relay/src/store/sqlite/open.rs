//! Opens the database: finds out whether the file is ours before anything is written to it.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::StartError;

/// The database, in the data folder.
const DATABASE_FILE: &str = "relay.db";
const LOCK_FILE: &str = "relay.lock";
/// Marks our files among SQLite's (`PRAGMA application_id`): the letters `RtRl`.
const APPLICATION_ID: i32 = 0x5274_526C;
const SCHEMA_VERSION: i32 = 1;
const SCHEMA: &str = include_str!("schema.sql");

/// Every connection: a full fsync at each commit (NORMAL loses acknowledged rows when the power fails, measured), on
/// macOS a real one; deleted rows are overwritten.
const PRAGMAS: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA journal_size_limit = 16777216;
";

/// The database file of a data folder.
pub(crate) fn path(data: &Path) -> PathBuf {
    data.join(DATABASE_FILE)
}

/// A data folder taken.
///
/// It is given back in words, not by closing the file: a program that this process starts at that moment still has the
/// file open until it is itself, and the folder would stay taken as long.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // If it cannot be given back, it ends with the process.
        let _ = self.0.unlock();
    }
}

/// Makes the data folder and takes it for this process alone.
///
/// The lock is the operating system's, so it ends with the process, however that ends.
pub(crate) fn lock(data: &Path) -> Result<Lock, StartError> {
    let failed = |error| StartError::Data(data.to_path_buf(), error);
    make_folder(data).map_err(failed)?;
    let file = File::options().create(true).truncate(false).write(true).open(data.join(LOCK_FILE)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(StartError::InUse(data.to_path_buf())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Makes a folder that only this user may read.
fn make_folder(data: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(data)
}

/// Opens the database for writing; makes it if the file is not there or empty.
pub(crate) fn writer(data: &Path) -> Result<Connection, StartError> {
    let path = path(data);
    let failed = |error| explain(&path, error);
    if let Err(error) = File::options().read(true).write(true).open(&path)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(StartError::Data(path, error));
    }
    let mut connection = Connection::open(&path).map_err(failed)?;
    let application: i32 = connection.pragma_query_value(None, "application_id", |r| r.get(0)).map_err(failed)?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |r| r.get(0)).map_err(failed)?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).map_err(failed)?;
    match (application, version, tables) {
        (0, 0, 0) => create(&mut connection).map_err(failed)?,
        (APPLICATION_ID, SCHEMA_VERSION, _) => {}
        (APPLICATION_ID, newer, _) if newer > SCHEMA_VERSION => return Err(StartError::Newer(path)),
        _ => return Err(StartError::Foreign(path)),
    }
    prepare(&connection).map_err(failed)?;
    Ok(connection)
}

/// Opens the database for reading beside a writer.
pub(crate) fn reader(data: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path(data), flags)?;
    connection.execute_batch("PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;")?;
    Ok(connection)
}

fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    connection
        .execute_batch("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    // One transaction: a database that has our mark has all our tables.
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(PRAGMAS)?;
    connection.set_prepared_statement_cache_capacity(64);
    let _mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    Ok(())
}

fn explain(path: &Path, error: rusqlite::Error) -> StartError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => StartError::NotADatabase(path.to_path_buf()),
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            StartError::Data(path.to_path_buf(), io::Error::new(io::ErrorKind::PermissionDenied, error.to_string()))
        }
        _ => StartError::Database(path.to_path_buf(), Box::new(error)),
    }
}
