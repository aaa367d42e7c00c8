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
    let folded: String = name.to_lowercase().nfkd().map(latin).filter(char::is_ascii_alphabetic).collect();
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

/// The small Latin letter that a Greek or Cyrillic one draws like: a role spelled with them still looks like a role.
/// Taken from the confusables of Unicode Technical Standard 39, as far as the letters of [`ROLE_WORDS`] go.
const fn latin(letter: char) -> char {
    match letter {
        '\u{3b1}' | '\u{430}' => 'a',
        '\u{3f2}' | '\u{441}' => 'c',
        '\u{501}' => 'd',
        '\u{435}' | '\u{3b5}' => 'e',
        '\u{581}' | '\u{261}' => 'g',
        '\u{4bb}' => 'h',
        '\u{3b9}' | '\u{456}' | '\u{131}' | '\u{4cf}' => 'i',
        '\u{3f3}' | '\u{458}' => 'j',
        '\u{3ba}' | '\u{43a}' => 'k',
        '\u{3bc}' | '\u{43c}' => 'm',
        '\u{3b7}' | '\u{578}' => 'n',
        '\u{3bf}' | '\u{43e}' | '\u{585}' => 'o',
        '\u{3c1}' | '\u{440}' => 'p',
        '\u{433}' => 'r',
        '\u{455}' => 's',
        '\u{3c4}' | '\u{442}' => 't',
        '\u{3c5}' | '\u{57d}' => 'u',
        '\u{51d}' => 'w',
        '\u{443}' | '\u{3b3}' => 'y',
        other => other,
    }
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
        for name in [
            "Ria",
            "Ahmed",
            "Anne-Marie",
            "D'Arcy",
            "Şükrü",
            "محمد",
            "J. van Dijk",
            "\u{41f}\u{43e}\u{43b}\u{438}\u{43d}\u{430}",
        ] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in [
            "Wijkagent Jan",
            "wijk agent",
            "COÖRDINATOR",
            "Politie",
            "Wijk\u{430}gent",
            "P\u{3bf}l\u{456}tie",
            "Jan\u{202E}",
            "Jan 112",
            "",
            "<b>",
        ] {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert!(check_name(&"a".repeat(10_000)).is_err());
        assert!(check_number("14-2").is_ok() && check_number("<14>").is_err());
    }
}
