//! The one thread that writes.
//!
//! Requests wait in a queue. The thread takes all that wait (up to [`AT_ONCE`]), runs them in one transaction,
//! commits it with one fsync and only then answers each. So the cost of an fsync is shared by all who came in during
//! the one before, and an answer never precedes the disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use ratel_protocol::{Day, MailboxId};
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::{Setting, failed, identity::Commits, known::Known, ledger::Ledger, post};
use crate::{Limits, Quota, StoreError};

/// Most requests in one transaction.
const AT_ONCE: usize = 256;
/// Requests that wait; the bytes they hold are bounded before they come here.
const QUEUE: usize = 1_024;
/// Envelopes carry times in seconds; the relay keeps the hour.
const HOUR_S: u32 = 3_600;

/// What a piece of work returns: the outer error is the database's and undoes the transaction, the inner one a refusal.
pub(super) type Work<T> = rusqlite::Result<Result<T, StoreError>>;

/// One transaction as a piece of work sees it.
pub(super) struct Session<'a> {
    pub(super) db: &'a Connection,
    pub(super) ledger: Ledger,
    pub(super) limits: &'a Limits,
    pub(super) quota: &'a Quota,
    pub(super) today: Day,
    pub(super) hour_s: u32,
    pub(super) until_tomorrow_s: u32,
    pub(super) first_cursor: u64,
    pub(super) disk_is_full: bool,
    pub(super) truncate_log: bool,
    // One announcement a mailbox, with the newest cursor.
    mail: BTreeMap<MailboxId, u64>,
    tokens: BTreeSet<MailboxId>,
}

impl Session<'_> {
    /// To be announced when the transaction is on disk.
    pub(super) fn mail(&mut self, mailbox: MailboxId, cursor: u64) {
        self.mail.insert(mailbox, cursor);
    }

    /// To be announced when the transaction is on disk.
    pub(super) fn tokens_changed(&mut self, mailbox: MailboxId) {
        self.tokens.insert(mailbox);
    }
}

/// A request in the queue.
trait Job: Send {
    fn run(&mut self, session: &mut Session<'_>) -> rusqlite::Result<()>;
    /// Answers: with what `run` found, or with the error that undid it.
    fn answer(&mut self, committed: Result<(), StoreError>);
}

struct Request<T, F> {
    work: F,
    found: Option<Result<T, StoreError>>,
    reply: Option<oneshot::Sender<Result<T, StoreError>>>,
}

impl<T: Send, F: FnMut(&mut Session<'_>) -> Work<T> + Send> Job for Request<T, F> {
    fn run(&mut self, session: &mut Session<'_>) -> rusqlite::Result<()> {
        self.found = Some((self.work)(session)?);
        Ok(())
    }

    fn answer(&mut self, committed: Result<(), StoreError>) {
        let found = self.found.take().unwrap_or(Err(StoreError::Busy));
        if let Some(reply) = self.reply.take() {
            // A client that went away does not hear the answer; what it sent is stored all the same.
            let _ = reply.send(committed.and(found));
        }
    }
}

/// The queue's entrance.
pub(super) struct WriterHandle {
    queue: Mutex<Option<mpsc::Sender<Box<dyn Job>>>>,
    ended: tokio::sync::Mutex<Option<oneshot::Receiver<()>>>,
}

impl WriterHandle {
    /// Starts the thread.
    pub(super) fn start(
        data: &Path,
        db: Connection,
        commits: Commits,
        setting: Setting,
        known: Arc<Known>,
    ) -> io::Result<Self> {
        let (queue, mut waiting) = mpsc::channel::<Box<dyn Job>>(QUEUE);
        let (end, ended) = oneshot::channel();
        let first_cursor = post::first_cursor(setting.clock.unix_s());
        let mut writer = Writer { db, data: data.to_path_buf(), commits, setting, known, first_cursor };
        thread::Builder::new().name(String::from("relay-writer")).spawn(move || {
            let mut jobs = Vec::with_capacity(AT_ONCE);
            while waiting.blocking_recv_many(&mut jobs, AT_ONCE) > 0 {
                writer.commit_all(&mut jobs);
                jobs.clear();
            }
            writer.close();
            let _ = end.send(());
        })?;
        Ok(Self { queue: Mutex::new(Some(queue)), ended: tokio::sync::Mutex::new(Some(ended)) })
    }

    /// Runs a piece of work in the next transaction; returns when it is on disk.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Session<'_>) -> Work<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(StoreError::Busy)?;
        let (reply, answer) = oneshot::channel();
        let request = Request { work, found: None, reply: Some(reply) };
        queue.send(Box::new(request)).await.map_err(|_| StoreError::Busy)?;
        drop(queue);
        answer.await.map_err(|_| StoreError::Busy)?
    }

    /// Lets the thread finish what waits, and end.
    pub(super) async fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        if let Some(ended) = self.ended.lock().await.take() {
            let _ = ended.await;
        }
    }
}

struct Writer {
    db: Connection,
    data: PathBuf,
    commits: Commits,
    setting: Setting,
    known: Arc<Known>,
    first_cursor: u64,
}

impl Writer {
    fn commit_all(&mut self, jobs: &mut [Box<dyn Job>]) {
        match self.commit(jobs) {
            Ok(()) => answer_all(jobs, Ok(())),
            // One request that the database refuses must not cost the others theirs: each alone now.
            Err(_) if jobs.len() > 1 => {
                for job in jobs {
                    let job = std::slice::from_mut(job);
                    let committed = self.commit(job).map_err(|error| failed(&error));
                    answer_all(job, committed);
                }
            }
            Err(error) => answer_all(jobs, Err(failed(&error))),
        }
    }

    fn commit(&mut self, jobs: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
        let clock = &self.setting.clock;
        let disk_is_full = free_bytes(&self.data).is_some_and(|free| free < self.setting.limits.disk_floor_bytes);
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut session = Session {
            db: &transaction,
            ledger: Ledger::default(),
            limits: &self.setting.limits,
            quota: &self.setting.quota,
            today: clock.today(),
            hour_s: Day::stamp(clock.unix_s()) / HOUR_S * HOUR_S,
            until_tomorrow_s: clock.until_tomorrow_s(),
            first_cursor: self.first_cursor,
            disk_is_full,
            truncate_log: false,
            mail: BTreeMap::new(),
            tokens: BTreeSet::new(),
        };
        for job in jobs.iter_mut() {
            job.run(&mut session)?;
        }
        session.ledger.flush(&transaction)?;
        let Session { mail, tokens, truncate_log, .. } = session;
        let count = i64::try_from(self.commits.next()).unwrap_or(i64::MAX);
        transaction.prepare_cached("UPDATE store SET commits = ?1")?.execute([count])?;
        transaction.commit()?;
        self.commits.advance();
        for (mailbox, cursor) in mail {
            self.setting.news.mail(mailbox, cursor);
        }
        if !tokens.is_empty() {
            self.known.forget();
        }
        for mailbox in tokens {
            self.setting.news.tokens(mailbox);
        }
        if truncate_log {
            self.tidy();
        }
        Ok(())
    }

    /// Gives free pages back and overwrites the log. Not part of any answer: a failure is tried again tomorrow.
    fn tidy(&self) {
        // The pragma frees one page for each row that is read from it.
        let freed = self.db.prepare("PRAGMA incremental_vacuum").and_then(|mut pragma| {
            let mut rows = pragma.query([])?;
            while rows.next()?.is_some() {}
            Ok(())
        });
        if let Err(error) = freed.and_then(|()| self.db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")) {
            tracing::warn!(%error, "the database could not be tidied after a sweep");
        }
    }

    fn close(self) {
        if let Err((_, error)) = self.db.close() {
            tracing::warn!(%error, "the database did not close");
        }
    }
}

fn answer_all(jobs: &mut [Box<dyn Job>], committed: Result<(), StoreError>) {
    for job in jobs {
        job.answer(committed);
    }
}

/// Free bytes of the disk; `None` where the system does not tell.
#[cfg(unix)]
pub(crate) fn free_bytes(path: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(path).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Free bytes of the disk; `None` where the system does not tell.
#[cfg(not(unix))]
pub(crate) fn free_bytes(_path: &Path) -> Option<u64> {
    None
}
