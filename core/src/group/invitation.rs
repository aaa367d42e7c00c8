//! An invitation as text: what a newcomer needs to ask to be let in, and nothing that opens the street.
//!
//! It holds a one-use secret, the relay, the group's id and the log mailbox. G itself is not in it.

use ratel_protocol::{GroupId, MailboxId, Token};
use zeroize::Zeroizing;

use super::code::{Code, CodeKind, write_code};
use crate::{
    envelope::{
        ChannelKey, Reader, Writer,
        crypto::{Secret, derive, random},
    },
    error::Error,
    link::RelayAddress,
};

/// Longest relay address in an invitation (bytes).
const MAX_RELAY_BYTES: usize = 200;
/// Channel name of the secret under which its bearer writes.
const CHANNEL: &str = "join";

/// An invitation.
pub struct Invitation {
    secret: Zeroizing<[u8; 16]>,
    /// The relay.
    pub relay: RelayAddress,
    /// The group.
    pub group: GroupId,
    /// Where to ask.
    pub log: MailboxId,
}

impl Invitation {
    /// A fresh one.
    pub fn new(relay: RelayAddress, group: GroupId, log: MailboxId) -> Result<Self, Error> {
        Ok(Self { secret: Zeroizing::new(random()?), relay, group, log })
    }

    /// One whose secret was kept.
    pub fn with_secret(secret: &[u8], relay: RelayAddress, group: GroupId, log: MailboxId) -> Result<Self, Error> {
        let secret = <[u8; 16]>::try_from(secret).map_err(|_| Error::WrongKey)?;
        Ok(Self { secret: Zeroizing::new(secret), relay, group, log })
    }

    /// The secret, to be wrapped and kept by whoever invites.
    pub fn secret(&self) -> &[u8; 16] {
        &self.secret
    }

    /// The one-use token that reads and writes the log mailbox.
    pub fn token(&self) -> Result<Token, Error> {
        Ok(Token(*derive(self.secret.as_ref(), &[], &[b"token"])?))
    }

    /// The key under which its bearer asks and is answered.
    pub fn key(&self) -> Result<ChannelKey, Error> {
        let secret: Secret = derive(self.secret.as_ref(), &[], &[b"join"])?;
        Ok(ChannelKey::new(self.group, CHANNEL, secret))
    }

    /// The code.
    pub fn to_code(&self) -> String {
        let mut writer = Writer::new();
        writer.bytes(self.secret.as_ref());
        writer.bytes(&self.group.0);
        writer.bytes(&self.log.0);
        writer.text(self.relay.as_text());
        write_code(CodeKind::Invitation, &writer.into_bytes())
    }

    /// Reads a code that must be an invitation.
    ///
    /// # Errors
    /// Those of [`Code::read`], and [`Error::CodeKind`] for a code of another kind.
    pub fn from_code(code: &str) -> Result<Self, Error> {
        match Code::read(code)? {
            Code::Invitation(invitation) => Ok(invitation),
            other => Err(other.unwanted()),
        }
    }

    pub(super) fn from_content(content: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(content);
        let secret = Zeroizing::new(reader.array().ok()?);
        let group = GroupId(reader.array().ok()?);
        let log = MailboxId(reader.array().ok()?);
        let relay = RelayAddress::parse(&reader.text(MAX_RELAY_BYTES).ok()?)?;
        reader.finish().ok()?;
        Some(Self { secret, relay, group, log })
    }
}
