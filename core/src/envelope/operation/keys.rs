//! Secrets on their way to those who may read, and lists of what stays: numbers 80 to 97.
//!
//! They lie in the log mailbox for at most 100 days (lists 400) and stand in no order: whoever misses a secret asks
//! anew. A box is HPKE (RFC 9180) to one device; what is in it and the info it is bound to is up to `group`.

use ratel_protocol::{Ref, define_id};
use serde::{Deserialize, Serialize};

use super::{MAX_PARENTS, members::NewDevice, number};
use crate::{
    envelope::codec::{DecodeError, Reader, Writer},
    identity::DeviceId,
};

define_id!(
    /// A channel secret: `SHA-256("ratel key", G id, channel name, secret)[..16]`.
    KeyId, 16
);

/// Most readers that one Rekey can hold, and that is the size of a neighbourhood: 96 bytes each fit 64 KiB.
pub const MAX_READERS: usize = 650;
/// Most keys that one [`Keys::KeyWanted`] names.
pub const MAX_WANTED: usize = 16;
/// Most envelopes that one List names.
pub const MAX_LISTED: usize = 2000;
/// Longest answer to a newcomer (bytes of ciphertext).
pub const MAX_ANSWER_BYTES: usize = 4096;
/// A boxed secret of 32 bytes with its tag (bytes).
const BOXED_SECRET: usize = 48;

/// A channel: a key, not a mailbox, so that a relay cannot tell a patrol from an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Everybody who lives there.
    Street,
    /// Patrol volunteers and coordinators.
    Team,
    /// Coordinators, and a wijkagent.
    Coordination,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 3] = [Self::Street, Self::Team, Self::Coordination];

    /// The name that key ids commit to.
    pub fn name(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Team => "team",
            Self::Coordination => "coordination",
        }
    }

    fn number(self) -> u8 {
        match self {
            Self::Street => 1,
            Self::Team => 2,
            Self::Coordination => 3,
        }
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = reader.u8()?;
        Self::ALL.into_iter().find(|channel| channel.number() == number).ok_or(DecodeError("unknown channel"))
    }
}

/// A key operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keys {
    /// A new secret for all readers of a channel.
    Rekey(Rekey),
    /// The author's new key for boxes.
    Prekey {
        /// X25519.
        kem_key: [u8; 32],
    },
    /// Asks for secrets that the author may read and has not.
    KeyWanted {
        /// Which, ascending, 1 to [`MAX_WANTED`].
        key_ids: Vec<KeyId>,
        /// The author's current key for boxes.
        kem_key: [u8; 32],
    },
    /// Answers with one of them.
    KeyGiven {
        /// To whom.
        to: DeviceId,
        /// The channel of the secret.
        channel: Channel,
        /// Which secret; it commits to the channel.
        key_id: KeyId,
        /// The secret.
        boxed: BoxedSecret,
    },
    /// Names envelopes; by itself it does nothing, a Keep makes it count.
    List {
        /// Ascending, 1 to [`MAX_LISTED`].
        refs: Vec<Ref>,
    },
}

/// A new secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rekey {
    /// Of which channel.
    pub channel: Channel,
    /// Which secret.
    pub key_id: KeyId,
    /// One more than the greatest that the author saw of a present coordinator.
    pub generation: u64,
    /// Heads of the members log that the author saw: at most eight, ascending.
    pub heads: Vec<Ref>,
    /// One box a reader, ascending by device, at most [`MAX_READERS`].
    pub boxes: Vec<(DeviceId, BoxedSecret)>,
}

/// A secret of 32 bytes boxed to one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoxedSecret {
    /// HPKE's encapsulated key.
    pub encapsulated: [u8; 32],
    /// The secret and its tag.
    pub ciphertext: [u8; BOXED_SECRET],
}

impl BoxedSecret {
    /// From what [`crate::envelope::crypto::seal_box`] made of a secret of 32 bytes; `None` for another length.
    pub fn from_sealed(sealed: &[u8]) -> Option<Self> {
        let (encapsulated, ciphertext) = sealed.split_first_chunk::<32>()?;
        Some(Self { encapsulated: *encapsulated, ciphertext: ciphertext.try_into().ok()? })
    }

    /// As [`crate::envelope::crypto::BoxKey::open_box`] takes it.
    pub fn to_sealed(&self) -> Vec<u8> {
        [self.encapsulated.as_slice(), &self.ciphertext].concat()
    }

    pub(super) fn encode(&self, writer: &mut Writer) {
        writer.bytes(&self.encapsulated);
        writer.bytes(&self.ciphertext);
    }

    pub(super) fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self { encapsulated: reader.array()?, ciphertext: reader.array()? })
    }
}

/// What a newcomer and a coordinator say to each other under an invitation's secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Join {
    /// Asks to be let in. The signing key in it verifies the envelope.
    Wanted {
        /// The keys. The name follows later, in a profile: names never enter the log.
        device: NewDevice,
    },
    /// What a member needs, boxed to the newcomer.
    Answer {
        /// HPKE's encapsulated key.
        encapsulated: [u8; 32],
        /// At most [`MAX_ANSWER_BYTES`].
        ciphertext: Vec<u8>,
    },
}

impl Keys {
    /// The number of its kind.
    pub fn kind(&self) -> u64 {
        match self {
            Self::Rekey(_) => number::REKEY,
            Self::Prekey { .. } => number::PREKEY,
            Self::KeyWanted { .. } => number::KEY_WANTED,
            Self::KeyGiven { .. } => number::KEY_GIVEN,
            Self::List { .. } => number::LIST,
        }
    }

    pub(super) fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Rekey(rekey) => rekey.encode(writer),
            Self::Prekey { kem_key } => writer.bytes(kem_key),
            Self::KeyWanted { key_ids, kem_key } => {
                writer.ascending(&key_ids.iter().map(|id| id.0).collect::<Vec<_>>());
                writer.bytes(kem_key);
            }
            Self::KeyGiven { to, channel, key_id, boxed } => {
                writer.bytes(&to.0);
                writer.u8(channel.number());
                writer.bytes(&key_id.0);
                boxed.encode(writer);
            }
            Self::List { refs } => writer.ascending(&refs.iter().map(|item| item.0).collect::<Vec<_>>()),
        }
    }

    /// `None` for a number in this family's range that this release does not know.
    pub(super) fn decode(kind: u64, reader: &mut Reader<'_>) -> Result<Option<Self>, DecodeError> {
        Ok(Some(match kind {
            number::REKEY => Self::Rekey(Rekey::decode(reader)?),
            number::PREKEY => Self::Prekey { kem_key: reader.array()? },
            number::KEY_WANTED => Self::KeyWanted {
                key_ids: some(reader.ascending(MAX_WANTED)?)?.into_iter().map(KeyId).collect(),
                kem_key: reader.array()?,
            },
            number::KEY_GIVEN => Self::KeyGiven {
                to: DeviceId(reader.array()?),
                channel: Channel::decode(reader)?,
                key_id: KeyId(reader.array()?),
                boxed: BoxedSecret::decode(reader)?,
            },
            number::LIST => Self::List { refs: some(reader.ascending(MAX_LISTED)?)?.into_iter().map(Ref).collect() },
            _ => return Ok(None),
        }))
    }
}

impl Rekey {
    fn encode(&self, writer: &mut Writer) {
        writer.u8(self.channel.number());
        writer.bytes(&self.key_id.0);
        writer.varint(self.generation);
        writer.ascending(&self.heads.iter().map(|head| head.0).collect::<Vec<_>>());
        let mut boxes = self.boxes.clone();
        boxes.sort_by_key(|(device, _)| *device);
        boxes.dedup_by_key(|(device, _)| *device);
        writer.count(boxes.len());
        for (device, boxed) in &boxes {
            writer.bytes(&device.0);
            boxed.encode(writer);
        }
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let channel = Channel::decode(reader)?;
        let key_id = KeyId(reader.array()?);
        let generation = reader.varint()?;
        let heads = reader.ascending(MAX_PARENTS)?.into_iter().map(Ref).collect();
        let count = reader.count(MAX_READERS)?;
        let mut boxes: Vec<(DeviceId, BoxedSecret)> = Vec::with_capacity(count.min(64));
        for _ in 0..count {
            let device = DeviceId(reader.array()?);
            if boxes.last().is_some_and(|(last, _)| *last >= device) {
                return Err(DecodeError("boxes not ascending"));
            }
            boxes.push((device, BoxedSecret::decode(reader)?));
        }
        Ok(Self { channel, key_id, generation, heads, boxes })
    }
}

impl Join {
    /// The number of its kind.
    pub fn kind(&self) -> u64 {
        match self {
            Self::Wanted { .. } => number::JOIN_WANTED,
            Self::Answer { .. } => number::JOIN_ANSWER,
        }
    }

    pub(super) fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Wanted { device } => device.encode(writer),
            Self::Answer { encapsulated, ciphertext } => {
                writer.bytes(encapsulated);
                writer.count(ciphertext.len());
                writer.bytes(ciphertext);
            }
        }
    }

    /// `None` for a number in this family's range that this release does not know.
    pub(super) fn decode(kind: u64, reader: &mut Reader<'_>) -> Result<Option<Self>, DecodeError> {
        Ok(Some(match kind {
            number::JOIN_WANTED => Self::Wanted { device: NewDevice::decode(reader)? },
            number::JOIN_ANSWER => {
                let encapsulated = reader.array()?;
                let length = reader.count(MAX_ANSWER_BYTES)?;
                Self::Answer { encapsulated, ciphertext: reader.bytes(length)?.to_vec() }
            }
            _ => return Ok(None),
        }))
    }
}

fn some(ids: Vec<[u8; 16]>) -> Result<Vec<[u8; 16]>, DecodeError> {
    if ids.is_empty() { Err(DecodeError("names nothing")) } else { Ok(ids) }
}
