//! Bytes of operations: fixed fields and varints in the order of the schema, strict both ways.
//!
//! One value has one spelling: varints are minimal, text is NFC, nothing may follow the end. So decoding and encoding
//! again gives the same bytes, and a signature covers exactly one meaning.

use std::fmt;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// Longest text (bytes of UTF-8).
pub(crate) const MAX_TEXT_BYTES: usize = 4096;

/// Bytes that are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError(
    /// Which field, for a log.
    pub &'static str,
);

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "malformed: {}", self.0)
    }
}

impl std::error::Error for DecodeError {}

/// Reads from the front of a slice.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Bytes not yet read.
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Refuses bytes left over.
    pub fn finish(self) -> Result<(), DecodeError> {
        if self.rest.is_empty() { Ok(()) } else { Err(DecodeError("bytes left over")) }
    }

    /// `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(DecodeError("too short"))?;
        self.rest = rest;
        Ok(*head)
    }

    /// `length` bytes.
    pub fn bytes(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        let (head, rest) = self.rest.split_at_checked(length).ok_or(DecodeError("too short"))?;
        self.rest = rest;
        Ok(head)
    }

    /// One byte.
    pub fn u8(&mut self) -> Result<u8, DecodeError> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// Big endian.
    pub fn u16(&mut self) -> Result<u16, DecodeError> {
        self.array().map(u16::from_be_bytes)
    }

    /// Big endian.
    pub fn u32(&mut self) -> Result<u32, DecodeError> {
        self.array().map(u32::from_be_bytes)
    }

    /// Big endian, two's complement.
    pub fn i32(&mut self) -> Result<i32, DecodeError> {
        self.array().map(i32::from_be_bytes)
    }

    /// 0 or 1.
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(DecodeError("neither yes nor no")),
        }
    }

    /// Seven bits a byte, least first, minimal.
    pub fn varint(&mut self) -> Result<u64, DecodeError> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8()?;
            let low = u64::from(byte & 0x7F);
            if low << shift >> shift != low || (byte == 0 && shift > 0) {
                return Err(DecodeError("varint not minimal"));
            }
            value |= low << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(DecodeError("varint too long"))
    }

    /// A varint that counts what follows, at most `most`.
    pub fn count(&mut self, most: usize) -> Result<usize, DecodeError> {
        let count = usize::try_from(self.varint()?).map_err(|_| DecodeError("count too large"))?;
        if count > most { Err(DecodeError("count too large")) } else { Ok(count) }
    }

    /// Varint length and NFC text of at most `most` bytes.
    pub fn text(&mut self, most: usize) -> Result<String, DecodeError> {
        let length = self.count(most)?;
        let text = std::str::from_utf8(self.bytes(length)?).map_err(|_| DecodeError("text is not UTF-8"))?;
        if is_nfc(text) { Ok(text.to_owned()) } else { Err(DecodeError("text is not NFC")) }
    }

    /// Ascending ids without duplicates, at most `most`.
    pub fn ascending<const N: usize>(&mut self, most: usize) -> Result<Vec<[u8; N]>, DecodeError> {
        let count = self.count(most)?;
        let mut out: Vec<[u8; N]> = Vec::with_capacity(count.min(64));
        for _ in 0..count {
            let id = self.array()?;
            if out.last().is_some_and(|last| *last >= id) {
                return Err(DecodeError("ids not ascending"));
            }
            out.push(id);
        }
        Ok(out)
    }
}

/// Appends to a buffer.
#[derive(Debug, Clone, Default)]
pub struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// As it is.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// One byte.
    pub fn u8(&mut self, value: u8) {
        self.out.push(value);
    }

    /// Big endian.
    pub fn u16(&mut self, value: u16) {
        self.bytes(&value.to_be_bytes());
    }

    /// Big endian.
    pub fn u32(&mut self, value: u32) {
        self.bytes(&value.to_be_bytes());
    }

    /// Big endian, two's complement.
    pub fn i32(&mut self, value: i32) {
        self.bytes(&value.to_be_bytes());
    }

    /// 0 or 1.
    pub fn bool(&mut self, value: bool) {
        self.u8(u8::from(value));
    }

    /// Seven bits a byte, least first, minimal.
    pub fn varint(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.u8(u8::try_from(value & 0x7F).unwrap_or(0x7F) | 0x80);
            value >>= 7;
        }
        self.u8(u8::try_from(value).unwrap_or(0));
    }

    /// A length or count as a varint.
    pub fn count(&mut self, count: usize) {
        self.varint(u64::try_from(count).unwrap_or(u64::MAX));
    }

    /// Varint length and text, brought to NFC.
    pub fn text(&mut self, text: &str) {
        let text: String = text.nfc().collect();
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    /// Ids, sorted and without duplicates.
    pub fn ascending<const N: usize>(&mut self, ids: &[[u8; N]]) {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        self.count(ids.len());
        for id in &ids {
            self.bytes(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn varints_have_one_spelling() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut writer = Writer::new();
            writer.varint(value);
            let bytes = writer.into_bytes();
            let mut reader = Reader::new(&bytes);
            assert_eq!(reader.varint(), Ok(value));
            assert_eq!(reader.remaining(), 0);
        }
        assert!(Reader::new(&[0x80, 0x00]).varint().is_err(), "a padded zero is another spelling");
        assert!(Reader::new(&[0xFF; 10]).varint().is_err());
        assert!(Reader::new(&[0x80]).varint().is_err());
    }

    #[test]
    fn text_is_nfc_and_ids_ascend() {
        let mut writer = Writer::new();
        writer.text("cafe\u{301}");
        let bytes = writer.into_bytes();
        assert_eq!(Reader::new(&bytes).text(10).as_deref(), Ok("caf\u{e9}"));
        assert!(Reader::new(b"\x06cafe\xcc\x81").text(10).is_err());
        assert!(Reader::new(b"\x02ab").text(1).is_err());
        assert!(Reader::new(&[2, 5, 5]).ascending::<1>(8).is_err());
        assert_eq!(Reader::new(&[2, 4, 5]).ascending::<1>(8), Ok(vec![[4], [5]]));
        assert!(Reader::new(&[9, 1, 2, 3, 4, 5, 6, 7, 8, 9]).ascending::<1>(8).is_err());
    }
}
