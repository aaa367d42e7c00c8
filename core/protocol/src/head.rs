//! The clear head of an envelope: the 35 bytes that a relay can read.

use std::fmt;

use crate::Day;

/// Every envelope has one of these sizes, so that its length says little (bytes).
pub const SIZE_CLASSES: [usize; 10] = [256, 384, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];
/// The largest envelope (bytes).
pub const MAX_ENVELOPE_BYTES: usize = 65_536;
/// Version 1, suite 0: Ed25519, X25519, ChaCha20-Poly1305, HKDF-SHA256.
pub(crate) const VERSION_AND_SUITE: u8 = 0x10;

/// The clear part of an envelope, without the sealed rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Which secret opens it; commits to channel and secret, means nothing to a relay.
    pub key_id: [u8; 16],
    /// Random, makes a key of its own for every envelope.
    pub salt: [u8; 16],
    /// Coarse day after which nobody needs it.
    pub expires: Day,
}

/// Why bytes cannot be an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadError {
    /// Its length is none of [`SIZE_CLASSES`].
    Size,
    /// A version or suite that this release does not know.
    Version,
}

impl fmt::Display for HeadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Size => "an envelope has a size that no envelope can have",
            Self::Version => "an envelope was made by a version that is not known here",
        })
    }
}

impl std::error::Error for HeadError {}

impl Head {
    /// Length of the clear part (bytes).
    pub const LEN: usize = 35;

    /// Reads the head and checks size and version; looks at nothing sealed.
    pub fn parse(bytes: &[u8]) -> Result<Self, HeadError> {
        if !SIZE_CLASSES.contains(&bytes.len()) {
            return Err(HeadError::Size);
        }
        let (&[version], rest) = bytes.split_first_chunk::<1>().ok_or(HeadError::Size)?;
        if version != VERSION_AND_SUITE {
            return Err(HeadError::Version);
        }
        let (key_id, rest) = rest.split_first_chunk::<16>().ok_or(HeadError::Size)?;
        let (salt, rest) = rest.split_first_chunk::<16>().ok_or(HeadError::Size)?;
        let (expires, _) = rest.split_first_chunk::<2>().ok_or(HeadError::Size)?;
        Ok(Self { key_id: *key_id, salt: *salt, expires: Day(u16::from_be_bytes(*expires)) })
    }

    /// The clear bytes.
    pub fn to_bytes(&self) -> [u8; Self::LEN] {
        let mut out = [0; Self::LEN];
        let parts = [&[VERSION_AND_SUITE][..], &self.key_id, &self.salt, &self.expires.0.to_be_bytes()];
        for (slot, byte) in out.iter_mut().zip(parts.into_iter().flatten()) {
            *slot = *byte;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_reads_back_and_other_sizes_and_versions_are_refused() {
        let head = Head { key_id: [1; 16], salt: [2; 16], expires: Day(1000) };
        let mut bytes = head.to_bytes().to_vec();
        assert_eq!(Head::parse(&bytes), Err(HeadError::Size));
        bytes.resize(256, 0);
        assert_eq!(Head::parse(&bytes), Ok(head));
        bytes.push(0);
        assert_eq!(Head::parse(&bytes), Err(HeadError::Size));
        bytes.pop();
        bytes[0] = 0x20;
        assert_eq!(Head::parse(&bytes), Err(HeadError::Version));
    }
}
