//! Who belongs: the membership log and what follows from it.
//!
//! The log is a set of signed acts, each naming the acts that its author had seen. [`Log`] puts them in their place;
//! from the same set every phone computes the same [`Membership`], whatever came first. The rules in short: an act
//! must have been allowed by what its author had seen; then all are replayed, two signatures before one, taking before
//! giving, earlier before later, leaving last. One coordinator admits and removes residents; power over an official
//! takes two people.
//!
//! Who was removed can therefore forge back-dated acts for ever and change nothing, and who is in office hurts nobody
//! but the target named, and a lost phone that its helper alone replaced. What does not count moves nothing either:
//! phones may hold different parts of it (see [`Log::surplus`]). The evaluator knows no clock; codes and proposals,
//! which people carry by hand, lie beside it.

mod bits;
mod card;
mod code;
mod counting;
mod evaluate;
mod invitation;
mod leavers;
mod log;
mod membership;
mod opening;
mod order;
mod proposal;
mod replay;
mod rights;
mod state;
mod taken;
#[cfg(test)]
pub(crate) mod tests;

pub use card::{Card, OpenCode};
pub use code::{Code, CodeKind, MAX_CODE_CHARS, read_code, write_code};
pub use invitation::Invitation;
pub use log::{Agreement, Begun, Inserted, Log, MembersOperation};
pub use membership::{Former, Member, Membership};
pub use opening::Opening;
pub use proposal::Proposal;
pub use rights::Refusal;

/// Members operations that this release understands; a charter may ask for a newer one to administer.
pub const MEMBERS_VERSION: u16 = 1;
