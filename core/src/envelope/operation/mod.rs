//! Operations: what an envelope says once it is opened.
//!
//! One table ([`number`]) gives every kind its number; each family has a file with its bodies and their codec. To add
//! a kind of content, add a variant in `content.rs`, its number here, and its effect in `document`.

pub mod content;

use ratel_protocol::Ref;

use super::codec::{DecodeError, Reader, Writer};
use crate::identity::DeviceId;
pub use content::Content;

/// Numbers of the operation kinds on the wire. Never reused; gaps separate the families.
pub mod number {
    /// Opens an alert.
    pub const ALERT: u64 = 1;
    /// Opens a person's profile: name and house number.
    pub const PROFILE: u64 = 2;
    /// Opens the street's own document: its name.
    pub const STREET: u64 = 3;
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
            Self::Unknown { kind, .. } => *kind,
        }
    }

    fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        match self {
            Self::Content(content) => content.encode(&mut writer),
            Self::Unknown { bytes, .. } => writer.bytes(bytes),
        }
        writer.into_bytes()
    }

    fn decode(kind: u64, bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        let body = match kind {
            number::ALERT..=number::CALLED_112 => match Content::decode(kind, &mut reader)? {
                Some(content) => Self::Content(content),
                None => return Ok(Self::Unknown { kind, bytes: bytes.to_vec() }),
            },
            _ => return Ok(Self::Unknown { kind, bytes: bytes.to_vec() }),
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
