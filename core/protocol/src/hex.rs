//! Lower-case hexadecimal, as ids are written in paths and in JSON.

use std::fmt::Write as _;

/// Two digits a byte.
pub fn encode(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Exactly `N` bytes from `2 N` lower-case digits; anything else is `None`, so that an id has one spelling.
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    decode_all(text)?.try_into().ok()
}

/// As many bytes as there are pairs of lower-case digits.
pub fn decode_all(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| if let &[high, low] = pair { Some(digit(high)? << 4 | digit(low)?) } else { None }).collect()
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        assert_eq!(encode(&[0, 0xab]), "00ab");
        assert_eq!(decode::<2>("00ab"), Some([0, 0xab]));
        assert_eq!(decode::<2>("00AB"), None);
        assert_eq!(decode::<2>("00a"), None);
        assert_eq!(decode::<2>("00ag"), None);
        assert_eq!(decode::<1>("00ab"), None);
        assert_eq!(decode_all("00ab0c"), Some(vec![0, 0xab, 0x0c]));
        assert_eq!(decode_all(""), Some(Vec::new()));
        assert_eq!(decode_all("0"), None);
    }
}
