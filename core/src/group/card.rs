//! Two codes with which a newcomer is let in face to face, both phones offline: the newcomer's card, and the answer to it.
//!
//! The card shows the keys of a phone. Whoever photographs it learns nothing and can do nothing with it: the answer is
//! boxed to the phone that made the card, and bound to the card's nonce.

use ratel_protocol::{Day, GroupId, Ref};

use super::code::{CodeKind, write_code};
use crate::{
    envelope::{
        DecodeError, Reader, Writer,
        crypto::{BoxKey, Secret, seal_box},
        operation::{MAX_PARENTS, members::NewDevice},
    },
    error::Error,
    identity::DeviceId,
    link::RelayAddress,
};

/// Longest relay address in a code (bytes).
const MAX_RELAY_BYTES: usize = 200;
/// Longest box of an answer (bytes): keys, eight heads and an address.
const MAX_BOX_BYTES: usize = 600;

/// A newcomer's phone, as it shows itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// Its keys.
    pub device: NewDevice,
    /// Binds the answer to this card.
    pub nonce: [u8; 16],
}

impl Card {
    /// The text.
    pub fn to_code(&self) -> String {
        let mut writer = Writer::new();
        self.device.encode(&mut writer);
        writer.bytes(&self.nonce);
        write_code(CodeKind::Card, &writer.into_bytes())
    }

    pub(super) fn from_content(content: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(content);
        let device = NewDevice::decode(&mut reader).ok()?;
        let card = Self { device, nonce: reader.array().ok()? };
        reader.finish().ok()?;
        Some(card)
    }
}

/// What a newcomer's phone needs to take part.
pub struct Opening {
    /// G.
    pub secret: Secret,
    /// The group.
    pub group: GroupId,
    /// Which beginning is the true one: a second that its founder signs for somebody else splits nobody.
    pub genesis: Ref,
    /// The street's key; none for who does not read the street.
    pub street: Option<Secret>,
    /// Today.
    pub day: Day,
    /// Heads of the log, the admission among them or before them.
    pub heads: Vec<Ref>,
    /// The relay.
    pub relay: RelayAddress,
}

impl Opening {
    fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.bytes(self.secret.as_ref());
        writer.bytes(&self.group.0);
        writer.bytes(&self.genesis.0);
        writer.bool(self.street.is_some());
        writer.bytes(self.street.as_ref().map_or(&[], |street| street.as_slice()));
        writer.u16(self.day.0);
        writer.ascending(&self.heads.iter().map(|head| head.0).collect::<Vec<_>>());
        writer.text(self.relay.as_text());
        writer.into_bytes()
    }

    fn decode(plain: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(plain);
        let opening = Self {
            secret: Secret::from(reader.array::<32>()?),
            group: GroupId(reader.array()?),
            genesis: Ref(reader.array()?),
            street: if reader.bool()? { Some(Secret::from(reader.array::<32>()?)) } else { None },
            day: Day(reader.u16()?),
            heads: reader.ascending(MAX_PARENTS)?.into_iter().map(Ref).collect(),
            relay: RelayAddress::parse(&reader.text(MAX_RELAY_BYTES)?).ok_or(DecodeError("no address of a relay"))?,
        };
        reader.finish()?;
        Ok(opening)
    }

    /// The answer to a card: one box that only the phone of that card opens.
    pub fn to_code(&self, card: &Card) -> Result<String, Error> {
        let sealed = seal_box(&card.device.kem_key, &info(card.device.id(), &card.nonce), &self.encode())?;
        Ok(write_code(CodeKind::Open, &sealed))
    }
}

/// The answer to somebody's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCode(Vec<u8>);

impl OpenCode {
    pub(super) fn from_content(content: &[u8]) -> Option<Self> {
        (content.len() <= MAX_BOX_BYTES).then(|| Self(content.to_vec()))
    }

    /// Opens it with the keys of the card. [`Error::CodeOtherPhone`] if it answers another card.
    pub fn open(&self, keys: &BoxKey, device: DeviceId, nonce: &[u8; 16]) -> Result<Opening, Error> {
        let plain = keys.open_box(&info(device, nonce), &self.0).map_err(|_| Error::CodeOtherPhone)?;
        Opening::decode(&plain).map_err(|_| Error::Invitation)
    }
}

fn info(device: DeviceId, nonce: &[u8; 16]) -> Vec<u8> {
    [b"ratel open 1".as_slice(), &device.0, nonce].concat()
}
