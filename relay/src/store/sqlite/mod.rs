//! The store on one machine: SQLite with a write-ahead log, one writing thread and a few reading connections.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::future::BoxFuture;
use ratel_protocol::{MailboxId, Ref, TokenHash, http::PostedItem, http::TokenChange};
use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::{Access, Answer, Batch, Page, PageQuery, Registering, Store, StoreError, StoreId};
use crate::{Clock, Limits, Quota, StartError, news::News};

mod access;
mod identity;
mod inspect;
mod known;
mod ledger;
pub(crate) mod open;
mod post;
mod read;
mod register;
mod sweep;
mod tokens;
mod writer;

pub use inspect::{Inspection, KnownEnvelope, inspect};
pub(crate) use writer::free_bytes;

use known::Known;
use writer::WriterHandle;

/// Connections that read at one time.
const READERS: u32 = 4;
/// Bits of a place that are the cursor; the rest is the mailbox's number.
const CURSOR_BITS: u32 = 40;

/// What a store needs to know besides its folder.
#[derive(Clone)]
pub struct Setting {
    /// Bounds.
    pub limits: Limits,
    /// Shares of a token.
    pub quota: Quota,
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Who is told of new envelopes.
    pub news: Arc<News>,
}

/// Envelopes in one SQLite file.
pub struct SqliteStore {
    id: StoreId,
    data: PathBuf,
    setting: Setting,
    known: Arc<Known>,
    writer: WriterHandle,
    readers: Mutex<Vec<Connection>>,
    reading: Semaphore,
    // Released when the store goes, so that the next relay may have the folder.
    lock: Mutex<Option<open::Lock>>,
}

impl SqliteStore {
    /// Opens the store of a data folder, or makes it.
    pub fn open(data: &Path, setting: Setting) -> Result<Self, StartError> {
        let lock = open::lock(data)?;
        let mut connection = open::writer(data)?;
        let identity = identity::open(data, &mut connection, false)?;
        let id = identity.id;
        let known = Arc::new(Known::default());
        let writer = WriterHandle::start(data, connection, identity.commits, setting.clone(), Arc::clone(&known))
            .map_err(|error| StartError::Data(data.to_path_buf(), error))?;
        Ok(Self {
            id,
            data: data.to_path_buf(),
            setting,
            known,
            writer,
            readers: Mutex::default(),
            reading: Semaphore::new(usize::try_from(READERS).unwrap_or(1)),
            lock: Mutex::new(Some(lock)),
        })
    }

    /// Gives the store of a data folder a new id: for an operator who turned a whole disk back. No relay may work in
    /// the folder.
    pub fn declare_restored(data: &Path) -> Result<StoreId, StartError> {
        let _lock = open::lock(data)?;
        let mut connection = open::writer(data)?;
        Ok(identity::open(data, &mut connection, true)?.id)
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let _permit = self.reading.acquire().await.map_err(|_| StoreError::Busy)?;
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let data = self.data.clone();
        let task = tokio::task::spawn_blocking(move || {
            let connection = match idle {
                Some(connection) => connection,
                None => open::reader(&data)?,
            };
            let result = work(&connection);
            result.map(|value| (connection, value))
        });
        // A connection that failed is not used again.
        let (connection, value) = task.await.map_err(|_| StoreError::Busy)?.map_err(|error| failed(&error))?;
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        Ok(value)
    }
}

/// Says in the log what the database said, and to the client only that it may try again.
fn failed(error: &rusqlite::Error) -> StoreError {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) {
        tracing::warn!("the disk is full");
        StoreError::Full
    } else {
        tracing::error!(%error, "the database failed");
        StoreError::Busy
    }
}

impl Store for SqliteStore {
    fn id(&self) -> StoreId {
        self.id
    }

    fn access(&self, token: TokenHash, mailbox: MailboxId) -> Answer<'_, Access> {
        let today = self.setting.clock.today();
        Box::pin(async move {
            let generation = match self.known.get(token, mailbox, today) {
                Ok(right) => return Ok(right),
                Err(generation) => generation,
            };
            let found = self.read(move |db| access::find(db, token, mailbox, today)).await??;
            let right = Access { kind: found.mailbox.kind, mark: found.mark };
            self.known.put(token, mailbox, today, generation, right);
            Ok(right)
        })
    }

    fn register(&self, registering: Registering) -> Answer<'_, ()> {
        Box::pin(self.writer.write(move |session| register::run(session, &registering)))
    }

    fn change_tokens(&self, by: TokenHash, mailbox: MailboxId, change: TokenChange) -> Answer<'_, ()> {
        Box::pin(self.writer.write(move |session| tokens::run(session, by, mailbox, &change)))
    }

    fn post(&self, batch: Batch) -> Answer<'_, Vec<PostedItem>> {
        Box::pin(self.writer.write(move |session| post::run(session, &batch)))
    }

    fn page(&self, query: PageQuery) -> Answer<'_, Page> {
        let today = self.setting.clock.today();
        Box::pin(self.read(move |db| read::page(db, query, today)))
    }

    fn refs(&self, mailbox: MailboxId) -> Answer<'_, Vec<Ref>> {
        let today = self.setting.clock.today();
        Box::pin(self.read(move |db| read::refs(db, mailbox, today)))
    }

    fn newest(&self, mailbox: MailboxId) -> Answer<'_, u64> {
        Box::pin(self.read(move |db| read::newest(db, mailbox)))
    }

    fn sweep(&self) -> Answer<'_, bool> {
        Box::pin(self.writer.write(sweep::run))
    }

    fn check(&self) -> Answer<'_, ()> {
        Box::pin(self.writer.write(|session| Ok(if session.disk_is_full { Err(StoreError::Full) } else { Ok(()) })))
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            // Readers go first: the last connection to close folds the write-ahead log into the database, which one
            // that only reads cannot do. So a stopped relay is one file, safe to copy.
            let all = self.reading.acquire_many(READERS).await;
            self.reading.close();
            drop(all);
            self.readers.lock().unwrap_or_else(PoisonError::into_inner).clear();
            self.writer.close().await;
            drop(self.lock.lock().unwrap_or_else(PoisonError::into_inner).take());
        })
    }
}
