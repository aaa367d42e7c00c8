//! Where envelopes lie. [`Store`] is the port; [`SqliteStore`] the implementation for one machine.
//!
//! A store promises three things: what it answered as stored is on the disk (after an fsync), the same bytes are
//! stored once, and a cursor is never given to two envelopes of a mailbox.

use std::fmt;

use futures_util::future::BoxFuture;
use ratel_protocol::{
    Day, EnvelopeId, MailboxId, Ref, TokenHash,
    http::{PostedItem, Register, TokenChange},
};

use crate::{
    quota::{Kind, Mark},
    registration::Code,
};

pub(crate) mod sqlite;

pub use sqlite::{Inspection, KnownEnvelope, SqliteStore, inspect};

/// Identity of a store: changes when a backup was put back, so that clients compare everything anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreId(pub [u8; 16]);

/// What a token may do in a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Which of the two.
    pub kind: Kind,
    /// What the token is.
    pub mark: Mark,
}

/// One envelope of a batch. The id is computed by whoever made it, off the writer's thread.
#[derive(Debug, Clone)]
pub struct Item {
    /// `SHA-256(mailbox || bytes)`.
    pub id: EnvelopeId,
    /// Its clear day; `None` if the bytes are no envelope.
    pub expires: Option<Day>,
    /// The envelope.
    pub bytes: axum::body::Bytes,
}

/// Envelopes for one mailbox.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Who posts.
    pub token: TokenHash,
    /// Where to.
    pub mailbox: MailboxId,
    /// What.
    pub items: Vec<Item>,
}

/// What to read.
#[derive(Debug, Clone, Copy)]
pub struct PageQuery {
    /// From where.
    pub mailbox: MailboxId,
    /// Behind which cursor.
    pub after: u64,
    /// How many bytes of frames; one envelope is returned whatever its size.
    pub limit_bytes: usize,
}

/// Envelopes as they travel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// See [`ratel_protocol::frame::encode_page`].
    pub frames: Vec<u8>,
    /// Whether more lies behind the last cursor.
    pub more: bool,
}

/// A registration and the right to it.
#[derive(Debug, Clone)]
pub struct Registering {
    /// What was asked.
    pub request: Register,
    /// The operator's code, already checked; `None` on an open relay.
    pub code: Option<Code>,
}

/// Why a store did not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// Nobody here has this token.
    Unauthorised,
    /// The token may not do this here.
    Forbidden,
    /// There is no such mailbox.
    NotFound,
    /// A mailbox is registered by others.
    Taken,
    /// The code was used before.
    CodeUsed,
    /// A bound or the disk is reached.
    Full,
    /// The disk or the database failed, or the relay is stopping; trying again may help.
    Busy,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unauthorised => "unknown token",
            Self::Forbidden => "the token may not do this",
            Self::NotFound => "no such mailbox",
            Self::Taken => "the mailbox is registered",
            Self::CodeUsed => "the registration code was used before",
            Self::Full => "a limit or the disk is full",
            Self::Busy => "the store cannot work now",
        })
    }
}

impl std::error::Error for StoreError {}

/// A store's answer.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

/// Where envelopes lie: the port that a database implements.
pub trait Store: Send + Sync + 'static {
    /// Who this store is.
    fn id(&self) -> StoreId;

    /// What a token may do in a mailbox; an error if nothing.
    fn access(&self, token: TokenHash, mailbox: MailboxId) -> Answer<'_, Access>;

    /// Registers a group; the same registration again is no error.
    fn register(&self, registering: Registering) -> Answer<'_, ()>;

    /// Changes the tokens of the group that owns `mailbox`, if `by` is an admin token of it.
    fn change_tokens(&self, by: TokenHash, mailbox: MailboxId, change: TokenChange) -> Answer<'_, ()>;

    /// Stores envelopes: one result each, in order, after an fsync. Rights are judged again, at the moment of writing.
    fn post(&self, batch: Batch) -> Answer<'_, Vec<PostedItem>>;

    /// Unexpired envelopes behind a cursor.
    fn page(&self, query: PageQuery) -> Answer<'_, Page>;

    /// The short ids of what expires after today, ascending: what both sides of a reconciliation compare.
    fn refs(&self, mailbox: MailboxId) -> Answer<'_, Vec<Ref>>;

    /// Cursor of the newest envelope that lies in a mailbox; 0 when it is empty.
    fn newest(&self, mailbox: MailboxId) -> Answer<'_, u64>;

    /// Destroys what has expired, a bounded part at a time; returns whether more is left.
    fn sweep(&self) -> Answer<'_, bool>;

    /// Whether a write would succeed now.
    fn check(&self) -> Answer<'_, ()>;

    /// Finishes what was begun and closes the files.
    fn close(&self) -> BoxFuture<'_, ()>;
}
