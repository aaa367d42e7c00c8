//! What a relay may know, and nothing more.
//!
//! A relay keeps sealed envelopes in mailboxes until a coarse day. It sees [`Id`]s, sizes, the clear
//! head of an envelope ([`Head`]) and write tokens by their hash ([`TokenHash`]). This crate is all that
//! `ratel-relay` may depend on: it holds no key, no operation and no word that a person wrote, so a relay
//! cannot read because it cannot link the code that could.
//!
//! [`frame`] is how batches travel, [`http`] names the paths and the JSON answers, [`digest`] is how two
//! sides learn cheaply that they hold the same set.

mod day;
pub mod digest;
pub mod frame;
mod head;
pub mod hex;
pub mod http;
mod id;
mod token;

pub use day::Day;
pub use head::{Head, HeadError, MAX_ENVELOPE_BYTES, SIZE_CLASSES};
pub use id::{EnvelopeId, GroupId, MailboxId, Ref};
pub use token::{Token, TokenHash};
