//! What a partner hands over: a small file that says which party it is, to which terms, with its own signature.
//!
//! The partner needs no phone in the neighbourhood and reads nothing by signing: it needs the street's number, which a
//! coordinator shows, and the text of the terms.

use ratel_protocol::{GroupId, hex};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    envelope::{
        crypto::{Secret, SigningKey, sha256},
        operation::members::{Partner, Party},
    },
    error::Error,
};

/// A partner's signature as a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerFile {
    /// Which kind of party.
    pub party: Party,
    /// Its Ed25519 key in hexadecimal.
    pub key: String,
    /// The text of the terms, or its SHA-256 in hexadecimal.
    pub terms: String,
    /// Its signature in hexadecimal, over [`Partner::message`].
    pub signature: String,
}

/// A partner's signing key.
pub struct PartnerKey(SigningKey);

impl PartnerKey {
    /// A fresh one.
    pub fn generate() -> Result<Self, Error> {
        Ok(Self(SigningKey::generate()?))
    }

    /// Reads what [`PartnerKey::to_text`] wrote.
    ///
    /// # Errors
    /// [`Error::PartnerFile`] for another text.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        let seed = hex::decode::<32>(text.trim()).ok_or(Error::PartnerFile)?;
        Ok(Self(SigningKey::from_seed(Secret::from(seed))?))
    }

    /// The secret in hexadecimal, for a file that only its owner can read.
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0.seed().as_ref()))
    }
}

impl PartnerFile {
    /// Longest file that is read (bytes): the terms are a page or two.
    pub const MAX_BYTES: u64 = 1 << 20;

    /// Signs terms for a neighbourhood, whose number a coordinator shows, as this party.
    ///
    /// # Errors
    /// [`Error::PartnerFile`] if the number is none.
    pub fn sign(party: Party, group: &str, terms: &str, PartnerKey(key): &PartnerKey) -> Result<Self, Error> {
        let group = GroupId::from_hex(group.trim()).ok_or(Error::PartnerFile)?;
        let signature = key.sign(&Partner::message(group, party, &terms_hash(terms)));
        Ok(Self {
            party,
            key: hex::encode(&key.public()),
            terms: hex::encode(&terms_hash(terms)),
            signature: hex::encode(&signature),
        })
    }

    /// Reads a file, of 1 MiB at most.
    ///
    /// # Errors
    /// [`Error::PartnerFile`] for another file.
    pub fn read(file: &[u8]) -> Result<Self, Error> {
        if u64::try_from(file.len()).unwrap_or(u64::MAX) > Self::MAX_BYTES {
            return Err(Error::PartnerFile);
        }
        serde_json::from_slice(file).map_err(|_| Error::PartnerFile)
    }

    /// The partner, if its signature is good for this neighbourhood.
    ///
    /// # Errors
    /// [`Error::PartnerFile`] for what is no key or signature, [`Error::PartnerSignature`] for one of something else.
    pub fn partner(&self, group: GroupId) -> Result<Partner, Error> {
        let (Some(key), Some(signature)) = (hex::decode(&self.key), hex::decode(&self.signature)) else {
            return Err(Error::PartnerFile);
        };
        let partner = Partner { party: self.party, key, terms: terms_hash(&self.terms), signature };
        if partner.is_signed(group) { Ok(partner) } else { Err(Error::PartnerSignature) }
    }
}

/// What is signed of terms: their hash, however the file gives them.
fn terms_hash(terms: &str) -> [u8; 32] {
    hex::decode(terms.trim()).unwrap_or_else(|| sha256(&[terms.as_bytes()]))
}
