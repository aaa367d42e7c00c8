//! What neighbours see together: an alert, a profile or the street, computed from the operations that a phone holds.
//!
//! A document is a function of a set of operations, never of their order of arrival or of a clock:
//! 1. [`order`] puts the set into the one canonical order; a missing parent is as if it were not there;
//! 2. [`schema`] says what each operation writes, field by field, in one table for all kinds of document;
//! 3. [`build`] makes the Automerge document from nothing in that order, one change for each operation that counts;
//! 4. [`read`] takes the values out by `get_all` and applies a rule to each field where several stand side by side.
//!
//! [`Fold`] computes the same values with a plain pass over the order. It is the oracle in tests, and a quick way where
//! no document has to be kept.
//!
//! Automerge sees only values that this code made from checked operations. Bytes of another person never reach its
//! parsers: they panic on 18 bytes and ask for gigabytes on a few more (`tests/fixtures/hostile`).

mod build;
mod change;
mod error;
mod fields;
mod fold;
mod hash;
mod json;
mod order;
mod read;
mod rights;
mod schema;

pub use build::Document;
pub use change::Change;
pub use error::DocumentError;
pub use fields::{AlertFields, Fields, Note, NoteFields, Notes, ProfileFields, StreetFields};
pub use fold::Fold;
pub use hash::state_hash;
pub use rights::may_write;
pub use schema::Family;

#[cfg(test)]
mod tests;
