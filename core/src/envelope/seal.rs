//! Sealing: an operation becomes an envelope.

use ratel_protocol::{Day, EnvelopeId, GroupId, Head, MailboxId, SIZE_CLASSES};

use super::{
    crypto::{self, Refused, SIGNATURE_LEN, Secret, SigningKey, TAG_LEN},
    operation::Operation,
};

/// A secret of a channel with the id that commits to it.
#[derive(Clone)]
pub struct ChannelKey {
    /// `SHA-256("ratel key", G id, channel name, secret)[..16]`.
    pub id: [u8; 16],
    /// 32 random or derived bytes.
    pub secret: Secret,
}

impl ChannelKey {
    /// Names a secret by group and channel.
    pub fn new(group: GroupId, channel: &str, secret: Secret) -> Self {
        let hash = crypto::sha256(&[b"ratel key", &group.0, channel.as_bytes(), secret.as_ref()]);
        let mut id = [0; 16];
        id.copy_from_slice(hash.split_at(16).0);
        Self { id, secret }
    }

    /// The key of one envelope: every envelope has its own.
    pub(super) fn for_envelope(&self, salt: &[u8; 16]) -> Result<Secret, Refused> {
        crypto::derive(self.secret.as_ref(), salt, &[b"ratel env 1"])
    }
}

/// Where an envelope belongs: this never travels in it, it is authenticated with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// The group.
    pub group: GroupId,
    /// The mailbox.
    pub mailbox: MailboxId,
}

impl Address {
    pub(super) fn aad(&self, head: &[u8]) -> Vec<u8> {
        [b"ratel aad 1".as_slice(), &self.group.0, &self.mailbox.0, head].concat()
    }
}

/// What is signed: the tag, the address, the head and everything sealed before the signature.
pub(super) fn signed_message(aad: &[u8], operation: &[u8]) -> Vec<u8> {
    [b"ratel sig 1".as_slice(), aad, operation].concat()
}

/// Why an operation cannot be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// It does not fit the largest envelope.
    #[error("the operation does not fit an envelope")]
    TooLarge,
    /// The system has no randomness, or a key is unusable.
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// A sealed envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Its id in its mailbox.
    pub id: EnvelopeId,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Signs and seals `operation`, padded to the smallest size class that fits.
pub fn seal(
    operation: &Operation,
    signer: &SigningKey,
    key: &ChannelKey,
    address: &Address,
    expires: Day,
) -> Result<Sealed, SealError> {
    seal_with_salt(operation, signer, key, address, expires, crypto::random()?)
}

/// The same under a salt that was chosen before: what is bound to it lies inside. A salt is used once.
pub fn seal_with_salt(
    operation: &Operation,
    signer: &SigningKey,
    key: &ChannelKey,
    address: &Address,
    expires: Day,
    salt: [u8; 16],
) -> Result<Sealed, SealError> {
    let head = Head { key_id: key.id, salt, expires };
    let head_bytes = head.to_bytes();
    let aad = address.aad(&head_bytes);
    let mut plain = operation.encode();
    let signature = signer.sign(&signed_message(&aad, &plain));
    plain.extend_from_slice(&signature);
    let size = size_class(Head::LEN + plain.len() + TAG_LEN).ok_or(SealError::TooLarge)?;
    plain.resize(size - Head::LEN - TAG_LEN, 0);
    crypto::encrypt_once(&*key.for_envelope(&head.salt)?, &aad, &mut plain)?;
    let bytes = [head_bytes.as_slice(), &plain].concat();
    Ok(Sealed { id: EnvelopeId::of(address.mailbox, &bytes), bytes })
}

/// The smallest size class that holds `length` bytes.
pub(super) fn size_class(length: usize) -> Option<usize> {
    SIZE_CLASSES.into_iter().find(|size| *size >= length)
}

/// Bytes of a signed operation without padding, for budgets.
pub fn unpadded_len(operation: &Operation) -> usize {
    Head::LEN + operation.encode().len() + SIGNATURE_LEN + TAG_LEN
}
