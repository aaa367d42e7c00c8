//! Opening: an envelope becomes an operation, or is refused with a reason.
//!
//! Nothing here trusts a byte: the codec is strict, sizes and padding must be the only possible ones, and encoding the
//! result again must give the same plaintext. Who may say what is judged elsewhere, from the membership log.

use ratel_protocol::Head;

use super::{
    codec::Reader,
    crypto::{self, SIGNATURE_LEN, TAG_LEN},
    operation::Operation,
    seal::{Address, ChannelKey, signed_message, size_class},
};

/// Why bytes are no envelope of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Not an envelope at all.
    #[error("not an envelope: {0}")]
    Head(#[from] ratel_protocol::HeadError),
    /// The key does not open it, or it was changed on the way.
    #[error("the key does not open the envelope")]
    Sealed,
    /// Opened, but its contents are not canonical.
    #[error("the envelope holds malformed bytes: {0}")]
    Malformed(&'static str),
}

/// A decrypted and decoded envelope whose signature is still to be checked, since its author may not be known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The clear head.
    pub head: Head,
    /// The operation.
    pub operation: Operation,
    /// What was signed.
    message: Vec<u8>,
    signature: [u8; SIGNATURE_LEN],
}

impl Opened {
    /// Whether `key` signed it.
    pub fn signed_by(&self, key: &[u8; 32]) -> bool {
        crypto::verify(key, &self.message, &self.signature)
    }
}

#[cfg(test)]
thread_local! {
    /// How often this thread opened an envelope: what a flood costs is counted, not timed.
    pub(crate) static OPENINGS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Decrypts and decodes. The caller picks `key` by the head's key id.
pub fn open(bytes: &[u8], key: &ChannelKey, address: &Address) -> Result<Opened, OpenError> {
    #[cfg(test)]
    OPENINGS.set(OPENINGS.get() + 1);
    let head = Head::parse(bytes)?;
    let (head_bytes, sealed) = bytes.split_at_checked(Head::LEN).ok_or(OpenError::Malformed("too short"))?;
    let aad = address.aad(head_bytes);
    let envelope_key = key.for_envelope(&head.salt).map_err(|_| OpenError::Sealed)?;
    let mut plain = sealed.to_vec();
    let length = crypto::decrypt_once(&envelope_key, &aad, &mut plain).map_err(|_| OpenError::Sealed)?;
    plain.truncate(length);
    let mut reader = Reader::new(&plain);
    let operation = Operation::decode(&mut reader).map_err(|error| OpenError::Malformed(error.0))?;
    let signed_len = plain.len() - reader.remaining();
    let signature: [u8; SIGNATURE_LEN] = reader.array().map_err(|error| OpenError::Malformed(error.0))?;
    let padding = reader.bytes(reader.remaining()).map_err(|error| OpenError::Malformed(error.0))?;
    if padding.iter().any(|byte| *byte != 0) {
        return Err(OpenError::Malformed("padding is not zero"));
    }
    if size_class(Head::LEN + signed_len + SIGNATURE_LEN + TAG_LEN) != Some(bytes.len()) {
        return Err(OpenError::Malformed("padded to the wrong size"));
    }
    let encoded = operation.encode();
    if plain.get(..signed_len) != Some(encoded.as_slice()) {
        return Err(OpenError::Malformed("not canonical"));
    }
    Ok(Opened { head, operation, message: signed_message(&aad, &encoded), signature })
}
