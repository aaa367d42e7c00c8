//! Who a device is: its keys, how they lie on disk, and what a person may be called.

mod keys;
mod looks;
mod name;
mod vault;

use ratel_protocol::define_id;

pub use keys::DeviceKeys;
pub use name::{check_name, check_number, check_street};
pub use vault::Vault;

define_id!(
    /// A device: the first 16 bytes of `SHA-256(suite, signing key)`.
    DeviceId, 16
);
define_id!(
    /// A person: a set of linked devices. Random, made with the first device.
    PersonId, 16
);

impl DeviceId {
    /// The id of the device that signs with `signing_key`.
    pub fn of(signing_key: &[u8; 32]) -> Self {
        let hash = crate::envelope::crypto::sha256(&[&[SUITE], signing_key]);
        let mut id = [0; 16];
        id.copy_from_slice(hash.split_at(16).0);
        Self(id)
    }
}

/// Suite 0: Ed25519, X25519, ChaCha20-Poly1305, HKDF-SHA256.
const SUITE: u8 = 0;
