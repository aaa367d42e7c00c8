//! What others wrote down about the primitives, and what the envelope does with bytes that are almost right.
//!
//! The RFCs' own vectors, Wycheproof's, crafted signatures on which implementations disagree (G17), and every golden
//! envelope cut and flipped (G7).

mod envelopes;
mod hpke_boxes;
mod rfc;
mod torsion;
mod wycheproof_sets;

/// Bytes of a text of hexadecimal digits; white space is skipped.
fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| u8::try_from(c.to_digit(16).expect("a hexadecimal digit")).expect("below 16"))
        .collect();
    assert!(digits.len().is_multiple_of(2), "half a byte is left over");
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// The same, of a known length.
fn array<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().expect("the length that the vector promises")
}
