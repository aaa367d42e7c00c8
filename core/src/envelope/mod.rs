//! What travels: one signed, sealed thing that never changes.
//!
//! | part | field | bytes |
//! |---|---|---|
//! | clear | version and suite, key id, salt, expires | 1 + 16 + 16 + 2 |
//! | sealed | kind (varint), flags, device id, seq (varint), time | 1-2 + 1 + 16 + 1-3 + 4 |
//! | | document (if flagged), parents (count + 16 each), body (varint length + bytes) | 0/16, 1 + 16 n, 1-2 + n |
//! | | Ed25519 signature, zero padding to the smallest size class | 64 + padding |
//! | | Poly1305 tag | 16 |
//!
//! [`seal`] and [`open`] are the two directions, [`operation`] the contents, [`crypto`] the primitives.

mod codec;
pub mod crypto;
pub mod letter;
mod open;
pub mod operation;
mod seal;
#[cfg(test)]
mod tests;

pub use codec::{DecodeError, Reader, Writer};
#[cfg(test)]
pub(crate) use open::OPENINGS;
pub use open::{OpenError, Opened, open};
pub use seal::{Address, ChannelKey, SealError, Sealed, seal, seal_with_salt, unpadded_len};
