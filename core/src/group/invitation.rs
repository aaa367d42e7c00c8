//! An invitation as text: what a newcomer needs to ask to be let in, and nothing that opens the street.
//!
//! It holds a one-use secret, the relay, the group's id and the log mailbox. G itself is not in it.

use ratel_protocol::{GroupId, MailboxId, Token};
use zeroize::Zeroizing;

use crate::{
    envelope::{
        ChannelKey, Reader, Writer,
        crypto::{Secret, derive, random, sha256},
    },
    error::Error,
    link::RelayAddress,
};

/// Digits of Crockford's base 32: no I, L, O or U, so that a code can be read over the telephone.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const VERSION: u8 = 1;
const CHECK_LEN: usize = 4;
/// Longest relay address in an invitation (bytes).
const MAX_RELAY_BYTES: usize = 200;
/// Longest code looked at (characters).
const MAX_CODE_CHARS: usize = 1000;
const PREFIX: &str = "RATEL-";
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

    /// The code: `RATEL-` and groups of five digits.
    pub fn to_code(&self) -> String {
        let mut writer = Writer::new();
        writer.u8(VERSION);
        writer.bytes(self.secret.as_ref());
        writer.bytes(&self.group.0);
        writer.bytes(&self.log.0);
        writer.text(self.relay.as_text());
        let mut bytes = writer.into_bytes();
        let check = sha256(&[b"ratel invitation", &bytes]);
        bytes.extend_from_slice(check.split_at(CHECK_LEN).0);
        let digits = encode(&bytes);
        let groups: Vec<&str> =
            digits.as_bytes().chunks(5).filter_map(|chunk| std::str::from_utf8(chunk).ok()).collect();
        format!("{PREFIX}{}", groups.join("-"))
    }

    /// Reads a code, also with spaces, other case, or O for 0. [`Error::Invitation`] for anything else.
    pub fn from_code(code: &str) -> Result<Self, Error> {
        Self::read(code).ok_or(Error::Invitation)
    }

    fn read(code: &str) -> Option<Self> {
        if code.chars().count() > MAX_CODE_CHARS {
            return None;
        }
        let code = code.trim().to_ascii_uppercase();
        let bytes = decode(code.strip_prefix(PREFIX)?)?;
        let (content, check) = bytes.split_at_checked(bytes.len().checked_sub(CHECK_LEN)?)?;
        if sha256(&[b"ratel invitation", content]).split_at(CHECK_LEN).0 != check {
            return None;
        }
        let mut reader = Reader::new(content);
        if reader.u8().ok()? != VERSION {
            return None;
        }
        let secret = Zeroizing::new(reader.array().ok()?);
        let group = GroupId(reader.array().ok()?);
        let log = MailboxId(reader.array().ok()?);
        let relay = RelayAddress::parse(&reader.text(MAX_RELAY_BYTES).ok()?)?;
        reader.finish().ok()?;
        Some(Self { secret, relay, group, log })
    }
}

fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        buffer = buffer << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(digit(buffer >> bits));
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(digit(buffer << (5 - bits)));
    }
    out
}

fn digit(value: u32) -> char {
    usize::try_from(value & 31).ok().and_then(|at| DIGITS.get(at)).map_or('0', |byte| char::from(*byte))
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for c in text.chars().filter(|c| *c != '-' && !c.is_whitespace()) {
        let c = match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let value = DIGITS.iter().position(|digit| char::from(*digit) == c)?;
        buffer = buffer << 5 | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(buffer >> bits & 0xFF).ok()?);
        }
        buffer &= (1 << bits) - 1;
    }
    (buffer == 0 && bits < 5).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_as_people_type_it_and_a_wrong_digit_is_noticed() {
        let relay = RelayAddress::parse("https://relay.example:8443").unwrap();
        let fatma = Invitation::new(relay, GroupId([1; 16]), MailboxId([2; 16])).unwrap();
        let code = fatma.to_code();
        let typed = format!("  {} ", code.to_lowercase().replace('0', "o"));
        let ria = Invitation::from_code(&typed).unwrap();
        assert_eq!((ria.group, ria.log, ria.secret()), (fatma.group, fatma.log, fatma.secret()));
        assert_eq!(ria.token().unwrap(), fatma.token().unwrap());
        assert_eq!(ria.key().unwrap().id, fatma.key().unwrap().id);
        for at in PREFIX.len()..code.len() {
            let mut wrong: Vec<char> = code.chars().collect();
            if wrong[at] == '-' {
                continue;
            }
            wrong[at] = if wrong[at] == 'Z' { 'Y' } else { 'Z' };
            assert!(Invitation::from_code(&wrong.iter().collect::<String>()).is_err(), "digit {at}");
        }
        for rubbish in ["", "RATEL-", "hello", "RATEL-🦡", &"A".repeat(100_000)] {
            assert!(Invitation::from_code(rubbish).is_err());
        }
    }
}
