//! Operations: what an envelope says once it is opened.
//!
//! One table ([`number`]) gives every kind its number; each family has a file with its bodies and their codec. To add
//! a kind of content, add a variant in `content.rs`, its number here, and its effect in `document`.

pub mod content;
pub mod keys;
pub mod members;
#[cfg(test)]
mod tests;

use ratel_protocol::Ref;

use super::codec::{DecodeError, Reader, Writer};
use crate::identity::DeviceId;
pub use content::Content;
pub use keys::{Join, Keys};
pub use members::Members;

/// Numbers of the operation kinds on the wire. Never reused; gaps separate the families.
pub mod number {
    /// Opens an alert.
    pub const ALERT: u64 = 1;
    /// Opens a person's profile: name and house number.
    pub const PROFILE: u64 = 2;
    /// Opens the street's own document: its name.
    pub const STREET: u64 = 3;
    /// Opens a note of a channel other than the street.
    pub const NOTE: u64 = 4;
    /// Says why, or describes an act that waits for a second signature; coordination only.
    pub const REASON: u64 = 5;
    /// Tells the other coordinators' phones of an invitation.
    pub const INVITATION: u64 = 6;
    /// For one or a few named neighbours.
    pub const LETTER: u64 = 7;
    /// Takes envelopes away for good.
    pub const ERASE: u64 = 8;
    /// An act that waits for a second signature.
    pub const PROPOSAL: u64 = 9;
    /// Changes an alert's text (state).
    pub const EDIT: u64 = 16;
    /// Takes an alert back (state).
    pub const WITHDRAW: u64 = 17;
    /// Answers an alert (leaf).
    pub const ANSWER: u64 = 32;
    /// Opened the alert (leaf).
    pub const SEEN: u64 = 33;
    /// 112 was called, or not (leaf).
    pub const CALLED_112: u64 = 34;
    /// The beginning of a group. Members operations have the numbers up to [`LAST_MEMBERS`].
    pub const GENESIS: u64 = 64;
    /// Lets a device in.
    pub const ADMIT: u64 = 65;
    /// Gives a role or a badge day.
    pub const ROLE: u64 = 66;
    /// Takes a device out.
    pub const REMOVE: u64 = 67;
    /// A new device for a lost one.
    pub const REPLACE: u64 = 68;
    /// Another device of the same person.
    pub const LINK: u64 = 69;
    /// Who may replace the author's device.
    pub const HELPER: u64 = 70;
    /// The agreements.
    pub const CHARTER: u64 = 71;
    /// The relay to use.
    pub const RELAY: u64 = 72;
    /// New coordinators by many signatures.
    pub const RECOVER: u64 = 73;
    /// What stays of those who no longer count.
    pub const KEEP: u64 = 74;
    /// Kept free for members operations of later releases, so that they find their place in the history.
    pub const LAST_MEMBERS: u64 = 79;
    /// A new secret of a channel.
    pub const REKEY: u64 = 80;
    /// A new key for boxes.
    pub const PREKEY: u64 = 81;
    /// Asks for secrets.
    pub const KEY_WANTED: u64 = 82;
    /// Answers with a secret.
    pub const KEY_GIVEN: u64 = 83;
    /// Names envelopes for a Keep.
    pub const LIST: u64 = 84;
    /// A newcomer asks to be let in.
    pub const JOIN_WANTED: u64 = 96;
    /// What a newcomer needs.
    pub const JOIN_ANSWER: u64 = 97;
}

/// Everything under the seal but signature and padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Who signed.
    pub device: DeviceId,
    /// Counts the device's operations in this channel from 1.
    pub seq: u64,
    /// Seconds since 2024-01-01 UTC, as the author's clock said.
    pub time: u32,
    /// The opening that this belongs to; absent in an opening and in log operations.
    pub document: Option<Ref>,
    /// What the author had seen: at most [`MAX_PARENTS`], ascending.
    pub parents: Vec<Ref>,
    /// What it says.
    pub body: Body,
}

/// Most parents of one operation.
pub const MAX_PARENTS: usize = 8;
const HAS_DOCUMENT: u8 = 1;

/// The body by family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Alerts, answers, profiles.
    Content(Content),
    /// Who belongs, for ever.
    Members(Members),
    /// Secrets on their way.
    Keys(Keys),
    /// A newcomer and a coordinator.
    Join(Join),
    /// A kind that this release does not know: kept, offered, applied as nothing.
    Unknown {
        /// Its number.
        kind: u64,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

impl Body {
    /// The number of its kind.
    pub fn kind(&self) -> u64 {
        match self {
            Self::Content(content) => content.kind(),
            Self::Members(members) => members.kind(),
            Self::Keys(keys) => keys.kind(),
            Self::Join(join) => join.kind(),
            Self::Unknown { kind, .. } => *kind,
        }
    }

    fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        match self {
            Self::Content(content) => content.encode(&mut writer),
            Self::Members(members) => members.encode(&mut writer),
            Self::Keys(keys) => keys.encode(&mut writer),
            Self::Join(join) => join.encode(&mut writer),
            Self::Unknown { bytes, .. } => writer.bytes(bytes),
        }
        writer.into_bytes()
    }

    fn decode(kind: u64, bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        let known = match kind {
            number::ALERT..=number::CALLED_112 => Content::decode(kind, &mut reader)?.map(Self::Content),
            number::GENESIS..=number::LAST_MEMBERS => Some(Self::Members(Members::decode(kind, &mut reader)?)),
            number::REKEY..=number::LIST => Keys::decode(kind, &mut reader)?.map(Self::Keys),
            number::JOIN_WANTED..=number::JOIN_ANSWER => Join::decode(kind, &mut reader)?.map(Self::Join),
            _ => None,
        };
        let Some(body) = known else {
            return Ok(Self::Unknown { kind, bytes: bytes.to_vec() });
        };
        reader.finish()?;
        Ok(body)
    }
}

impl Operation {
    /// The sealed bytes before the signature.
    pub fn encode(&self) -> Vec<u8> {
        let body = self.body.encode();
        let mut writer = Writer::new();
        writer.varint(self.body.kind());
        writer.u8(if self.document.is_some() { HAS_DOCUMENT } else { 0 });
        writer.bytes(&self.device.0);
        writer.varint(self.seq);
        writer.u32(self.time);
        if let Some(document) = self.document {
            writer.bytes(&document.0);
        }
        writer.ascending(&self.parents.iter().map(|parent| parent.0).collect::<Vec<_>>());
        writer.count(body.len());
        writer.bytes(&body);
        writer.into_bytes()
    }

    /// Reads an operation from the front of `reader`; what follows is signature and padding.
    pub fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let kind = reader.varint()?;
        let flags = reader.u8()?;
        if flags & !HAS_DOCUMENT != 0 {
            return Err(DecodeError("unknown flags"));
        }
        let device = DeviceId(reader.array()?);
        let seq = reader.varint()?;
        if seq == 0 {
            return Err(DecodeError("seq starts at 1"));
        }
        let time = reader.u32()?;
        let document = if flags & HAS_DOCUMENT == 0 { None } else { Some(Ref(reader.array()?)) };
        let parents = reader.ascending::<16>(MAX_PARENTS)?.into_iter().map(Ref).collect();
        let length = reader.count(ratel_protocol::MAX_ENVELOPE_BYTES)?;
        let body = Body::decode(kind, reader.bytes(length)?)?;
        Ok(Self { device, seq, time, document, parents, body })
    }
}
