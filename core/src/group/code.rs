//! Codes: what goes from one phone to another by eye, by voice or on paper.
//!
//! A code is `RATEL-`, for all but invitations a word for its kind, and digits in groups of five that hold a version,
//! the content and four check bytes. Its letters, digits and hyphens fit the alphanumeric mode of a QR code, and it can
//! be read over the telephone: case, spaces and hyphens do not matter, O is 0, I and L are 1.

use super::{Card, Invitation, OpenCode};
use crate::{envelope::crypto::sha256, error::Error};

/// Digits of Crockford's base 32: no I, L, O or U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The version of all kinds that this release writes and reads.
const VERSION: u8 = 1;
const CHECK_LEN: usize = 4;
/// Longest code looked at (characters): what the largest QR code holds in alphanumeric mode.
pub const MAX_CODE_CHARS: usize = 4296;
const PREFIX: &str = "RATEL";
const GROUP: usize = 5;

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// Asks a newcomer in, from afar: [`Invitation`].
    Invitation,
    /// A newcomer's phone shows its keys: [`Card`].
    Card,
    /// The answer to a card, for that phone alone: [`OpenCode`].
    Open,
    /// A proposal that takes a second signature.
    Sign,
}

impl CodeKind {
    const ALL: [Self; 4] = [Self::Card, Self::Open, Self::Sign, Self::Invitation];

    /// The word after the prefix. An invitation has none: it begins with the digit 0 as long as its version is below 8,
    /// and no word does in its first two letters.
    const fn word(self) -> &'static str {
        match self {
            Self::Invitation => "",
            Self::Card => "CARD",
            Self::Open => "OPEN",
            Self::Sign => "SIGN",
        }
    }

    const fn check_words(self) -> &'static [u8] {
        match self {
            Self::Invitation => b"ratel invitation",
            Self::Card => b"ratel card",
            Self::Open => b"ratel open",
            Self::Sign => b"ratel sign",
        }
    }
}

/// A code that was scanned or typed.
pub enum Code {
    /// An invitation.
    Invitation(Invitation),
    /// A newcomer's card.
    Card(Card),
    /// An answer to a card.
    Open(OpenCode),
    /// What a proposal is made of; `app` reads it.
    Sign(Vec<u8>),
}

impl Code {
    /// Says what a scanned text is.
    ///
    /// # Errors
    /// [`Error::CodeUnknown`] for what is no code of Ratel, [`Error::Invitation`] for a damaged one,
    /// [`Error::CodeVersion`] for one of another release.
    pub fn read(text: &str) -> Result<Self, Error> {
        let (kind, content) = read_code(text)?;
        let damaged = Error::Invitation;
        match kind {
            CodeKind::Invitation => Invitation::from_content(&content).map(Self::Invitation).ok_or(damaged),
            CodeKind::Card => Card::from_content(&content).map(Self::Card).ok_or(damaged),
            CodeKind::Open => OpenCode::from_content(&content).map(Self::Open).ok_or(damaged),
            CodeKind::Sign => Ok(Self::Sign(content)),
        }
    }

    /// What it is for.
    pub fn kind(&self) -> CodeKind {
        match self {
            Self::Invitation(_) => CodeKind::Invitation,
            Self::Card(_) => CodeKind::Card,
            Self::Open(_) => CodeKind::Open,
            Self::Sign(_) => CodeKind::Sign,
        }
    }

    /// The error of a code that is not of the kind that was asked for.
    pub fn unwanted(&self) -> Error {
        Error::CodeKind(self.kind())
    }
}

/// The text of a code.
pub fn write_code(kind: CodeKind, content: &[u8]) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend_from_slice(content);
    let check = sha256(&[kind.check_words(), &bytes]);
    bytes.extend_from_slice(check.split_at(CHECK_LEN).0);
    let digits = encode(&bytes);
    let groups = digits.as_bytes().chunks(GROUP).filter_map(|chunk| std::str::from_utf8(chunk).ok());
    let word = Some(kind.word()).filter(|word| !word.is_empty());
    [PREFIX].into_iter().chain(word).chain(groups).collect::<Vec<_>>().join("-")
}

/// Kind and content of a code. The errors are those of [`Code::read`].
pub fn read_code(text: &str) -> Result<(CodeKind, Vec<u8>), Error> {
    let mut plain = String::new();
    for c in text.chars().filter(|c| *c != '-' && !c.is_whitespace()) {
        // A code is never longer; somebody may have scanned a whole book.
        if plain.len() >= MAX_CODE_CHARS {
            return Err(Error::CodeUnknown);
        }
        plain.push(folded(c));
    }
    let prefix: String = PREFIX.chars().map(folded).collect();
    let rest = plain.strip_prefix(&prefix).ok_or(Error::CodeUnknown)?;
    let (kind, digits) = CodeKind::ALL
        .into_iter()
        .find_map(|kind| {
            let word: String = kind.word().chars().map(folded).collect();
            rest.strip_prefix(&word).map(|digits| (kind, digits))
        })
        .ok_or(Error::CodeUnknown)?;
    let bytes = decode(digits).ok_or(Error::Invitation)?;
    let damaged = || Error::Invitation;
    let (content, check) = bytes.len().checked_sub(CHECK_LEN).map(|at| bytes.split_at(at)).ok_or_else(damaged)?;
    let (version, body) = content.split_first().ok_or_else(damaged)?;
    if sha256(&[kind.check_words(), content]).split_at(CHECK_LEN).0 != check {
        return Err(damaged());
    }
    if *version == VERSION { Ok((kind, body.to_vec())) } else { Err(Error::CodeVersion) }
}

/// One letter for all that are read alike.
fn folded(c: char) -> char {
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
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

/// Bytes of folded digits; `None` for other letters and for bits that no byte needs.
fn decode(digits: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for c in digits.chars() {
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
#[path = "tests/codes.rs"]
mod tests;
