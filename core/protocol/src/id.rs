//! Names of things: all are hashes, none says who or what.

use ring::digest::{Context, SHA256};

/// Defines a name of `$len` bytes that is written and read as lower-case hexadecimal.
#[macro_export]
macro_rules! define_id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The id written as lower-case hexadecimal.
            pub fn to_hex(&self) -> String {
                $crate::hex::encode(&self.0)
            }

            /// Reads lower-case hexadecimal of the exact length.
            pub fn from_hex(text: &str) -> Option<Self> {
                $crate::hex::decode(text).map(Self)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.to_hex())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.to_hex())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_hex())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                Self::from_hex(&text).ok_or_else(|| <D::Error as ::serde::de::Error>::custom("not an id in lower-case hexadecimal"))
            }
        }
    };
}

define_id!(
    /// A mailbox at the relay: `HKDF(G, "mailbox" || name)[..16]`. Two for the life of a group.
    MailboxId, 16
);
define_id!(
    /// An envelope: `SHA-256(mailbox || all bytes)`. The same bytes in another mailbox are another envelope.
    EnvelopeId, 32
);
define_id!(
    /// The first 16 bytes of an [`EnvelopeId`], as operations and digests name envelopes.
    Ref, 16
);
define_id!(
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
