//! Random words that nobody can guess.

use std::fmt::Write;

use ring::rand::{SecureRandom, SystemRandom};

/// `N` random bytes in hexadecimal; `None` if the system gives none.
pub(crate) fn random_hex<const N: usize>() -> Option<String> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).ok()?;
    let mut text = String::with_capacity(2 * N);
    for byte in bytes {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_long_and_never_the_same() {
        let (one, other) = (random_hex::<32>().unwrap(), random_hex::<32>().unwrap());
        assert_eq!(one.len(), 64);
        assert!(one.bytes().all(|digit| digit.is_ascii_hexdigit()));
        assert_ne!(one, other);
    }
}
