//! Codes that an operator gives to let a group register.
//!
//! A code is a random number, the last day on which it works and whether it may replace the tokens of a group that
//! exists, with an HMAC-SHA256 over these under a key that never leaves the data folder. The relay stores a number
//! only when its code is used, until its last day, so that it works once.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use ratel_protocol::{Day, hex};
use ring::{
    hmac,
    rand::{SecureRandom as _, SystemRandom},
};

/// File in the data folder that holds the key.
const KEY_FILE: &str = "registration.key";
/// The same while it is being made.
const DRAFT_FILE: &str = "registration.key.new";
const KEY_BYTES: usize = 32;
/// Number, day, flag.
const CLEAR_BYTES: usize = 8 + 2 + 1;
/// A truncated HMAC of 128 bits (RFC 2104 section 5 allows half of the hash).
const TAG_BYTES: usize = 16;
const CODE_BYTES: usize = CLEAR_BYTES + TAG_BYTES;

/// What a good code allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Used once.
    pub number: u64,
    /// The last day on which it works.
    pub expires: Day,
    /// Whether a registered mailbox may be taken over: then the founder's token is the only one.
    pub replace: bool,
}

/// Makes and checks codes.
pub struct CodeKey(hmac::Key);

impl CodeKey {
    /// Reads the key of a data folder, or makes it.
    pub fn open(data: &Path) -> io::Result<Self> {
        let path = data.join(KEY_FILE);
        match fs::read(&path) {
            Ok(bytes) if bytes.len() == KEY_BYTES => Ok(Self::new(&bytes)),
            Ok(_) => Err(io::Error::new(io::ErrorKind::InvalidData, format!("{KEY_FILE} does not hold a key"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::create(data, &path),
            Err(error) => Err(error),
        }
    }

    /// Makes the key beside its place and moves it there, so that a kill or a power cut leaves a whole key or none.
    fn create(data: &Path, path: &Path) -> io::Result<Self> {
        let draft = data.join(DRAFT_FILE);
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&draft)?;
        // A relay and the `code` command may both be first: one waits, and finds the other's key.
        file.lock()?;
        if path.exists() {
            return Self::open(data);
        }
        let mut bytes = [0; KEY_BYTES];
        random(&mut bytes)?;
        file.set_len(0)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)?;
        #[cfg(unix)]
        fs::File::open(data)?.sync_all()?;
        Ok(Self::new(&bytes))
    }

    fn new(bytes: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// A new code that works through `expires`.
    pub fn issue(&self, expires: Day, replace: bool) -> io::Result<String> {
        let mut number = [0; 8];
        random(&mut number)?;
        // SQLite counts in signed numbers: keep the highest bit clear.
        let number = u64::from_be_bytes(number) >> 1;
        let mut out = Vec::with_capacity(CODE_BYTES);
        out.extend_from_slice(&number.to_be_bytes());
        out.extend_from_slice(&expires.0.to_be_bytes());
        out.push(u8::from(replace));
        let tag = hmac::sign(&self.0, &out);
        out.extend(tag.as_ref().iter().take(TAG_BYTES));
        Ok(hex::encode(&out))
    }

    /// What a code allows; `None` if it is not one of this relay's or its last day has passed.
    pub fn check(&self, code: &str, today: Day) -> Option<Code> {
        let bytes: [u8; CODE_BYTES] = hex::decode(code.trim())?;
        let (clear, tag) = bytes.split_first_chunk::<CLEAR_BYTES>()?;
        let expected = hmac::sign(&self.0, clear);
        // Compares in constant time: summing all differences tells nothing of where they lie.
        let difference = expected.as_ref().iter().zip(tag).fold(0, |sum, (a, b)| sum | (a ^ b));
        let (number, rest) = clear.split_first_chunk::<8>()?;
        let (day, flag) = rest.split_first_chunk::<2>()?;
        let expires = Day(u16::from_be_bytes(*day));
        let code = Code { number: u64::from_be_bytes(*number), expires, replace: flag == [1] };
        (difference == 0 && expires >= today).then_some(code)
    }
}

/// Fills `out` from the system's generator.
pub(crate) fn random(out: &mut [u8]) -> io::Result<()> {
    SystemRandom::new().fill(out).map_err(|_| io::Error::other("the system has no random numbers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_works_until_its_day_and_only_at_its_relay() {
        let (here, elsewhere) = (CodeKey::new(&[1; KEY_BYTES]), CodeKey::new(&[2; KEY_BYTES]));
        let code = here.issue(Day(10), true).unwrap();
        let checked = here.check(&code, Day(10)).unwrap();
        assert!(checked.replace && checked.expires == Day(10));
        assert_eq!(here.check(&code, Day(11)), None);
        assert_eq!(elsewhere.check(&code, Day(10)), None);
        let mut forged = code.into_bytes();
        for place in 0..forged.len() {
            let before = forged[place];
            forged[place] = if before == b'0' { b'1' } else { b'0' };
            assert_eq!(here.check(std::str::from_utf8(&forged).unwrap(), Day(1)), None, "digit {place}");
            forged[place] = before;
        }
    }

    #[test]
    fn the_key_is_made_once_and_read_again() {
        let dir = tempfile::tempdir().unwrap();
        let code = CodeKey::open(dir.path()).unwrap().issue(Day(3), false).unwrap();
        assert!(CodeKey::open(dir.path()).unwrap().check(&code, Day(3)).is_some());
        fs::write(dir.path().join(KEY_FILE), b"short").unwrap();
        assert!(CodeKey::open(dir.path()).is_err());
    }
}
