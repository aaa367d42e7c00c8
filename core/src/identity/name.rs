//! What people may be called: any name, but none that draws like a role or breaks a line.

use unicode_normalization::UnicodeNormalization as _;

use super::looks::{is_letter, is_mark, shows, skeleton};
use crate::{
    envelope::operation::content::{MAX_NAME_BYTES, MAX_NUMBER_BYTES, MAX_STREET_BYTES},
    error::Error,
};

/// A first name: 1 to 60 bytes, at least one letter, else marks, spaces, hyphens, apostrophes and full stops; no role
/// word.
pub fn check_name(name: &str) -> Result<String, Error> {
    let name = tidy(name, MAX_NAME_BYTES)?;
    let allowed = |c| is_letter(c) || is_mark(c) || matches!(c, ' ' | '-' | '\'' | '\u{2019}' | '.');
    if !name.chars().all(allowed) || !name.chars().any(is_letter) || is_stacked(&name) || looks_like_a_role(&name) {
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

/// Words of roles in the languages of the locales; a display name never contains one, however its letters are drawn.
const ROLE_WORDS: [&str; 16] = [
    "wijkagent",
    "politie",
    "police",
    "gemeente",
    "coordinator",
    "beheerder",
    "municipality",
    "officer",
    "looptmee",
    "walkspatrols",
    "vertrouwdebuur",
    "trustedneighbour",
    "trustedneighbor",
    "agentvan",
    "handhaver",
    "deputy",
];
/// Titles that are refused as a word of their own: as part of a longer word they are somebody's name.
const TITLES: [&str; 4] = ["agent", "agente", "helper", "trustee"];

/// Whether somebody who reads quickly takes the name for a role (R12).
fn looks_like_a_role(name: &str) -> bool {
    let whole = skeleton(name);
    let titled = |part: &str| TITLES.iter().any(|title| skeleton(part) == skeleton(title));
    ROLE_WORDS.iter().any(|word| shows(&whole, &skeleton(word))) || name.split([' ', '-', '.']).any(titled)
}

/// Most marks on one letter; more draw over what stands beside the name.
const MOST_MARKS: usize = 2;

fn is_stacked(name: &str) -> bool {
    let mut marks = 0;
    name.chars().any(|c| {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        marks > MOST_MARKS
    })
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
mod tests;
