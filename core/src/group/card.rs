//! Two codes with which a newcomer is let in face to face, both phones offline: the newcomer's card, and the answer to it.
//!
//! The card shows the keys of a phone. Whoever photographs it learns nothing and can do nothing with it: the answer is
//! boxed to the phone that made the card, and bound to the card's nonce.

use super::{
    Opening,
    code::{CodeKind, write_code},
};
use crate::{
    envelope::{Reader, Writer, crypto::BoxKey, operation::members::NewDevice},
    error::Error,
    identity::DeviceId,
};

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

/// The answer to somebody's card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCode(Vec<u8>);

impl OpenCode {
    /// The text of an answer that only the phone of this card opens.
    pub fn write(opening: &Opening, card: &Card) -> Result<String, Error> {
        let sealed = opening.seal(&card.device.kem_key, &asked(card.device.id(), &card.nonce))?;
        Ok(write_code(CodeKind::Open, &sealed))
    }

    pub(super) fn from_content(content: &[u8]) -> Option<Self> {
        (content.len() <= MAX_BOX_BYTES).then(|| Self(content.to_vec()))
    }

    /// Opens it with the keys of the card. [`Error::CodeOtherPhone`] if it answers another card.
    pub fn open(&self, keys: &BoxKey, device: DeviceId, nonce: &[u8; 16]) -> Result<Opening, Error> {
        Opening::unseal(keys, &asked(device, nonce), &self.0)
            .ok_or(Error::CodeOtherPhone)?
            .map_err(|_| Error::Invitation)
    }
}

fn asked(device: DeviceId, nonce: &[u8; 16]) -> Vec<u8> {
    [b"ratel open 1".as_slice(), &device.0, nonce].concat()
}
