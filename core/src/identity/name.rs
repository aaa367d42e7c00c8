//! What people may be called: any name, but none that draws like a role or breaks a line.

use unicode_normalization::UnicodeNormalization as _;

use crate::{
    envelope::operation::content::{MAX_NAME_BYTES, MAX_NUMBER_BYTES, MAX_STREET_BYTES},
    error::Error,
};

/// A first name: 1 to 60 bytes, at least one letter, else marks, spaces, hyphens, apostrophes and full stops; no role
/// word.
pub fn check_name(name: &str) -> Result<String, Error> {
    let name = tidy(name, MAX_NAME_BYTES)?;
    if !name.chars().all(|c| c.is_alphabetic() || is_mark(c) || matches!(c, ' ' | '-' | '\'' | '\u{2019}' | '.')) {
        return Err(Error::NameNotAllowed);
    }
    if !name.chars().any(char::is_alphabetic) {
        return Err(Error::NameNotAllowed);
    }
    let folded: String = name.to_lowercase().nfkd().filter(char::is_ascii_alphabetic).collect();
    if ROLE_WORDS.iter().any(|word| folded.contains(word)) {
        return Err(Error::NameNotAllowed);
    }
    Ok(name)
}

/// A house number: up to 12 bytes of letters, digits, spaces, hyphens and slashes.
pub fn check_number(number: &str) -> Result<String, Error> {
    let number = tidy(number, MAX_NUMBER_BYTES)?;
    if number.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/')) {
        Ok(number)
    } else {
        Err(Error::NameNotAllowed)
    }
}

/// A street's name: up to 80 bytes without control characters.
pub fn check_street(street: &str) -> Result<String, Error> {
    tidy(street, MAX_STREET_BYTES)
}

/// Words of roles in the languages of the locales; a display name never contains one.
const ROLE_WORDS: [&str; 8] =
    ["wijkagent", "politie", "police", "gemeente", "coordinator", "beheerder", "municipality", "officer"];

fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x064B..=0x0652)
}

fn tidy(text: &str, most: usize) -> Result<String, Error> {
    if text.len() > 4 * most {
        return Err(Error::TextTooLong { bytes: text.len(), most });
    }
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    if text.is_empty() {
        return Err(Error::NameMissing);
    }
    if text.len() > most {
        return Err(Error::TextTooLong { bytes: text.len(), most });
    }
    if text
        .chars()
        .any(|c| c.is_control() || matches!(u32::from(c), 0x200B..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069))
    {
        return Err(Error::NameNotAllowed);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_pass_and_roles_do_not() {
        for name in ["Ria", "Ahmed", "Anne-Marie", "D'Arcy", "Şükrü", "محمد", "J. van Dijk"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["Wijkagent Jan", "wijk agent", "COÖRDINATOR", "Politie", "Jan\u{202E}", "Jan 112", "", "<b>"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert!(check_name(&"a".repeat(10_000)).is_err());
        assert!(check_number("14-2").is_ok() && check_number("<14>").is_err());
    }
}
