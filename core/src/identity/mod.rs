//! Who a device is: its keys, how they lie on disk, and what a person may be called.

mod keys;
mod looks;
mod name;
mod vault;

use ratel_protocol::{TokenHash, define_id};

pub use keys::DeviceKeys;
pub use name::{check_name, check_number, check_street};
pub use vault::Vault;

define_id!(
    /// A device, named after all that it brings. See [`DeviceId::of`].
    DeviceId, 16
);
define_id!(
    /// A person: a set of linked devices, named after the first. See [`PersonId::of`].
    PersonId, 16
);

impl PersonId {
    /// The person of whom this is the first device: the first 16 bytes of `SHA-256("ratel person 1", device id)`.
    ///
    /// Nobody says whose a device is that comes in by itself. Whoever lets one in can therefore not let it in as somebody
    /// who is in already; a second device of a person comes by Link and Replace, which name the first.
    pub fn of(first: DeviceId) -> Self {
        let hash = crate::envelope::crypto::sha256(&[b"ratel person 1", &first.0]);
        let mut id = [0; 16];
        id.copy_from_slice(hash.split_at(16).0);
        Self(id)
    }
}

impl DeviceId {
    /// The id of the device that signs with `signing_key`, to which `kem_key` boxed when it came in: the first 16 bytes of
    /// `SHA-256(suite, signing key, box key, token hash)`.
    ///
    /// Who lets a device in signs what it brings, not the device itself. Were the id made of the signing key alone, a
    /// coordinator could let in somebody's signing key with a box key of his own, dated to before the true admission,
    /// and be boxed what is meant for that phone, letters too.
    pub fn of(signing_key: &[u8; 32], kem_key: &[u8; 32], token: &TokenHash) -> Self {
        let hash = crate::envelope::crypto::sha256(&[&[SUITE], signing_key, kem_key, &token.0]);
        let mut id = [0; 16];
        id.copy_from_slice(hash.split_at(16).0);
        Self(id)
    }
}

/// Suite 0: Ed25519, X25519, ChaCha20-Poly1305, HKDF-SHA256.
const SUITE: u8 = 0;
