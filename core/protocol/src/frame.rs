//! How several envelopes travel in one HTTP body.
//!
//! Upwards a batch is `length (u32, big endian) || envelope`, repeated. Downwards every envelope is preceded by
//! its cursor: `cursor (u64) || length (u32) || envelope`. Decoders are strict: a length that is no envelope's,
//! or bytes left over, refuse the whole body.

use std::fmt;

use crate::MAX_ENVELOPE_BYTES;

/// Most envelopes in one upward batch.
pub const MAX_BATCH: usize = 64;
/// Largest upward body (bytes): a full batch of the largest envelopes.
pub const MAX_BATCH_BYTES: usize = MAX_BATCH * (MAX_ENVELOPE_BYTES + 4);

/// A body that is no batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameError;

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body is not a batch of envelopes")
    }
}

impl std::error::Error for FrameError {}

/// An envelope with its place in the mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed<'a> {
    /// Grows with every envelope a mailbox receives; pass the last one seen as `after`.
    pub cursor: u64,
    /// The envelope.
    pub bytes: &'a [u8],
}

/// Joins envelopes to an upward body.
pub fn encode_batch<'a>(envelopes: impl IntoIterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    for bytes in envelopes {
        out.extend_from_slice(&length(bytes));
        out.extend_from_slice(bytes);
    }
    out
}

/// Splits an upward body; at most [`MAX_BATCH`] envelopes, at least one.
pub fn decode_batch(mut body: &[u8]) -> Result<Vec<&[u8]>, FrameError> {
    let mut out = Vec::new();
    while !body.is_empty() {
        let bytes = take(&mut body)?;
        out.push(bytes);
        if out.len() > MAX_BATCH {
            return Err(FrameError);
        }
    }
    if out.is_empty() { Err(FrameError) } else { Ok(out) }
}

/// Joins placed envelopes to a downward body.
pub fn encode_page<'a>(envelopes: impl IntoIterator<Item = Placed<'a>>) -> Vec<u8> {
    let mut out = Vec::new();
    for placed in envelopes {
        out.extend_from_slice(&placed.cursor.to_be_bytes());
        out.extend_from_slice(&length(placed.bytes));
        out.extend_from_slice(placed.bytes);
    }
    out
}

/// Splits a downward body; cursors must ascend.
pub fn decode_page(mut body: &[u8]) -> Result<Vec<Placed<'_>>, FrameError> {
    let mut out: Vec<Placed<'_>> = Vec::new();
    while !body.is_empty() {
        let (cursor, rest) = body.split_first_chunk::<8>().ok_or(FrameError)?;
        body = rest;
        let placed = Placed { cursor: u64::from_be_bytes(*cursor), bytes: take(&mut body)? };
        if out.last().is_some_and(|last| last.cursor >= placed.cursor) {
            return Err(FrameError);
        }
        out.push(placed);
    }
    Ok(out)
}

fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes()
}

fn take<'a>(body: &mut &'a [u8]) -> Result<&'a [u8], FrameError> {
    let (length, rest) = body.split_first_chunk::<4>().ok_or(FrameError)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| FrameError)?;
    if length == 0 || length > MAX_ENVELOPE_BYTES {
        return Err(FrameError);
    }
    let (bytes, rest) = rest.split_at_checked(length).ok_or(FrameError)?;
    *body = rest;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_and_pages_read_back_and_rubbish_is_refused() {
        let body = encode_batch([&[1u8; 256][..], &[2; 384]]);
        assert_eq!(decode_batch(&body), Ok(vec![&[1u8; 256][..], &[2; 384]]));
        assert_eq!(decode_batch(&body[..body.len() - 1]), Err(FrameError));
        assert_eq!(decode_batch(&[]), Err(FrameError));
        assert_eq!(decode_batch(&[0xFF; 12]), Err(FrameError));
        let page = encode_page([Placed { cursor: 3, bytes: &[1] }, Placed { cursor: 9, bytes: &[2] }]);
        assert_eq!(decode_page(&page).map(|p| p.len()), Ok(2));
        let unordered = encode_page([Placed { cursor: 9, bytes: &[1] }, Placed { cursor: 9, bytes: &[2] }]);
        assert_eq!(decode_page(&unordered), Err(FrameError));
    }
}
