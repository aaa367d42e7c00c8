//! Names of things: all are hashes, none says who or what.

use std::fmt;

use ring::digest::{Context, SHA256};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::hex;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The id written as lower-case hexadecimal.
            pub fn to_hex(&self) -> String {
                hex::encode(&self.0)
            }

            /// Reads lower-case hexadecimal of the exact length.
            pub fn from_hex(text: &str) -> Option<Self> {
                hex::decode(text).map(Self)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.to_hex())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.to_hex())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_hex())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::from_hex(&text).ok_or_else(|| D::Error::custom("not an id in lower-case hexadecimal"))
            }
        }
    };
}

id!(
    /// A mailbox at the relay: `HKDF(G, "mailbox" || name)[..16]`. Two for the life of a group.
    MailboxId, 16
);
id!(
    /// An envelope: `SHA-256(mailbox || all bytes)`. The same bytes in another mailbox are another envelope.
    EnvelopeId, 32
);
id!(
    /// The first 16 bytes of an [`EnvelopeId`], as operations and digests name envelopes.
    Ref, 16
);
id!(
    /// A group: `SHA-256("ratel group", Genesis signing key, Genesis nonce)[..16]`. Never sent to a relay.
    GroupId, 16
);

impl EnvelopeId {
    /// Names `bytes` as they lie in `mailbox`.
    pub fn of(mailbox: MailboxId, bytes: &[u8]) -> Self {
        let mut context = Context::new(&SHA256);
        context.update(&mailbox.0);
        context.update(bytes);
        let mut out = [0; 32];
        out.copy_from_slice(context.finish().as_ref());
        Self(out)
    }

    /// The short form.
    pub fn short(&self) -> Ref {
        let mut out = [0; 16];
        for (slot, byte) in out.iter_mut().zip(self.0) {
            *slot = byte;
        }
        Ref(out)
    }
}
