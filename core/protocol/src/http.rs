//! Paths, headers and JSON bodies of the relay.
//!
//! | call | body up | body down |
//! |---|---|---|
//! | `POST /v1/groups` | [`Register`], header [`REGISTRATION`] unless the relay is open | [`Registered`] |
//! | `PUT /v1/mailboxes/{id}/tokens` | [`TokenChange`], admin token of the group | [`Done`] |
//! | `POST /v1/mailboxes/{id}/envelopes` | [`crate::frame::encode_batch`] | [`Posted`], one result an envelope, in order |
//! | `GET /v1/mailboxes/{id}/envelopes?after=N&limit=BYTES` | | [`crate::frame::encode_page`] |
//! | `GET /v1/mailboxes/{id}/digest` | | 32 bytes, see [`crate::digest`] |
//! | `GET /v1/mailboxes/{id}/ids` | | 16 bytes an envelope, ascending |
//! | `GET /v1/live?mailbox=ID:AFTER&mailbox=…` | | server-sent events: `event: mail`, `data:` [`Mail`] |
//!
//! Every call but the registration carries `Authorization: Bearer` and a token in hexadecimal. Every answer of
//! `/v1` carries [`STORE`] and the relay's `Date`; a page also carries [`MORE`]. Errors are [`Problem`].
//!
//! A batch of which nothing was stored because the share of the day was used up is answered 429 as a whole, and 507
//! where the relay is full, both with `Retry-After` in seconds; then no envelope of it was stored. Every other batch
//! is answered 200 with a result for each. 503 with `Retry-After` means: the same again, soon.
//!
//! Digest and ids cover what expires after the relay's today (what expires today still travels). A stream begins
//! with a [`Mail`] for each mailbox that holds something newer than its AFTER, says only the newest cursor of a
//! burst, sends comments in silence, and ends when the token does.

use serde::{Deserialize, Serialize};

use crate::{EnvelopeId, MailboxId, TokenHash};

/// Registers a group.
pub const GROUPS: &str = "/v1/groups";
/// Waits for new envelopes in several mailboxes.
pub const LIVE: &str = "/v1/live";
/// Response header: id of the relay's store, 16 bytes in hexadecimal. When it changes the relay was restored from
/// a backup or replaced, and clients begin again at cursor 0.
pub const STORE: &str = "ratel-store";
/// Response header of a page: `1` when more envelopes lie behind the last cursor, else `0`.
pub const MORE: &str = "ratel-more";
/// Request header: the operator's code that allows one registration.
pub const REGISTRATION: &str = "ratel-registration";
/// Media type of batches, pages, digests and id lists.
pub const BINARY: &str = "application/octet-stream";
/// Largest page a client may ask for (bytes); at least one envelope is sent all the same.
pub const MAX_PAGE_BYTES: usize = 4 << 20;

/// Path of a mailbox's envelopes.
pub fn envelopes(mailbox: MailboxId) -> String {
    format!("/v1/mailboxes/{mailbox}/envelopes")
}

/// Path of a mailbox's tokens.
pub fn tokens(mailbox: MailboxId) -> String {
    format!("/v1/mailboxes/{mailbox}/tokens")
}

/// Path of a mailbox's digest.
pub fn digest(mailbox: MailboxId) -> String {
    format!("/v1/mailboxes/{mailbox}/digest")
}

/// Path of a mailbox's list of ids.
pub fn ids(mailbox: MailboxId) -> String {
    format!("/v1/mailboxes/{mailbox}/ids")
}

/// Registers two mailboxes and the founder's token, which gets the admin mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Membership.
    pub log: MailboxId,
    /// Everything else.
    pub content: MailboxId,
    /// The founder's token.
    pub token: TokenHash,
}

/// Answer to [`Register`]; the same registration sent again gets the same answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// Always true; a taken mailbox id is a [`Problem`] with status 409.
    pub registered: bool,
}

/// Changes who may write. Sent to either mailbox of a group, it holds for both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct TokenChange {
    /// Tokens of members.
    pub add: Vec<TokenHash>,
    /// Tokens of members that administer tokens themselves.
    pub admin: Vec<TokenHash>,
    /// One-use tokens of invitations: they read and write the log mailbox only, where an invitation's bearer leaves
    /// one envelope and fetches the answer.
    pub join: Vec<TokenHash>,
    /// Tokens that end.
    pub remove: Vec<TokenHash>,
}

/// An accepted change without further answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Always true.
    pub done: bool,
}

/// Answer to a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// One result for each envelope of the batch, in its order.
    pub results: Vec<PostedItem>,
}

/// What became of one envelope of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostedItem {
    /// The id as the relay computed it.
    pub id: EnvelopeId,
    /// What became of it.
    pub outcome: Outcome,
    /// Seconds after which to try again, with [`Outcome::Quota`] and [`Outcome::Full`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

/// What became of one envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is on the relay's disk, now or since before.
    Stored,
    /// Its day has passed: nobody needs it any more.
    Expired,
    /// It is no envelope: a wrong size or version.
    Malformed,
    /// This token's share of the day is used up.
    Quota,
    /// The relay's disk is full.
    Full,
}

/// A new envelope, as `/v1/live` announces it; fetch it with the cursor you have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Where it lies.
    pub mailbox: MailboxId,
    /// Its cursor.
    pub cursor: u64,
}

/// Body of every error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A fixed word for programs: `unauthorised`, `forbidden`, `taken`, `too-large`, `quota`, `full`, `busy`,
    /// `bad-request`, `not-found`, `registration`.
    pub code: String,
    /// One English sentence for operators; holds nothing of the request.
    pub message: String,
}
