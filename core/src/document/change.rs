//! The input: one opened operation of a document, with what the membership log says about it.

use ratel_protocol::Ref;

use crate::{
    envelope::operation::Content,
    identity::{DeviceId, PersonId},
};

/// One operation of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its envelope.
    pub id: Ref,
    /// Who signed.
    pub device: DeviceId,
    /// Whose device that is.
    pub person: PersonId,
    /// Counts the device's operations in the channel from 1; a phone restored from a backup repeats numbers.
    pub seq: u64,
    /// Seconds since 2024-01-01 UTC, as the author's clock said. It orders nothing.
    pub time: u32,
    /// What the author had seen; some may not be here.
    pub parents: Vec<Ref>,
    /// What it says.
    pub content: Content,
    /// Whether it counts: its author is a member whose role allows it, or somebody with the right keeps it. What does
    /// not count writes nothing, and what names it follows its parents instead.
    pub counts: bool,
}
