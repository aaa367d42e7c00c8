//! Where long words may break when letters are large.
//!
//! Browsers and phones lack hyphenation for some languages, and at 310 % a word of ten letters is wider than a small
//! screen. A list of each language says where its long words break; street names break before their ending.

use std::collections::BTreeMap;

/// Words shorter than this (letters) stay whole: they fit a screen of 360 dp at 310 %.
const LONG: usize = 10;
/// Fewest letters before an ending.
const SHORTEST_STEM: usize = 3;
const SOFT_HYPHEN: char = '\u{ad}';

/// Break points of one language.
pub(super) struct Hyphens {
    /// A word in small letters, with the number of letters before each break.
    words: BTreeMap<String, Vec<usize>>,
    endings: Vec<String>,
}

impl Hyphens {
    /// Reads a list: one word a line with `-` at its breaks, an ending with `-` before it, `#` before a remark.
    pub(super) fn read(list: &str) -> Self {
        let mut words = BTreeMap::new();
        let mut endings = Vec::new();
        for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(ending) = line.strip_prefix('-') {
                endings.push(ending.to_owned());
                continue;
            }
            let mut breaks = Vec::new();
            let mut letters = 0;
            for letter in line.chars() {
                if letter == '-' { breaks.push(letters) } else { letters += 1 }
            }
            words.insert(line.replace('-', ""), breaks);
        }
        Self { words, endings }
    }

    /// The text with soft hyphens in its long words. An address stays as it is: a hyphen in it would be read as part of
    /// it.
    pub(super) fn soften(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for piece in text.split_inclusive(char::is_whitespace) {
            if piece.contains("://") { out.push_str(piece) } else { self.soften_piece(&mut out, piece) }
        }
        out
    }

    fn soften_piece(&self, out: &mut String, piece: &str) {
        let mut word = String::new();
        for letter in piece.chars() {
            if letter.is_alphabetic() {
                word.push(letter);
            } else {
                self.push_word(out, &mut word);
                out.push(letter);
            }
        }
        self.push_word(out, &mut word);
    }

    fn push_word(&self, out: &mut String, word: &mut String) {
        let breaks = self.breaks(word);
        for (letters, letter) in word.chars().enumerate() {
            if breaks.contains(&letters) {
                out.push(SOFT_HYPHEN);
            }
            out.push(letter);
        }
        word.clear();
    }

    fn breaks(&self, word: &str) -> Vec<usize> {
        let letters = word.chars().count();
        if letters < LONG {
            return Vec::new();
        }
        let small = word.to_lowercase();
        if let Some(breaks) = self.words.get(&small) {
            return breaks.clone();
        }
        let ending = self.endings.iter().find(|ending| small.ends_with(ending.as_str()));
        let stem = ending.map(|ending| letters.saturating_sub(ending.chars().count()));
        stem.filter(|stem| *stem >= SHORTEST_STEM).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_break_where_the_list_says() {
        let hyphens = Hyphens::read("# remark\nzon-ne-bloem\n-straat\n");
        let shown = hyphens.soften("Zonnebloem, Rozenstraat, kortstraat 5, straat").replace(SOFT_HYPHEN, "~");
        assert_eq!(shown, "Zon~ne~bloem, Rozen~straat, kort~straat 5, straat");
    }

    #[test]
    fn an_address_has_no_hyphen_that_is_not_its_own() {
        let hyphens = Hyphens::read("-straat\n");
        let shown = hyphens.soften("https://rozenstraat.example/ Rozenstraat").replace(SOFT_HYPHEN, "~");
        assert_eq!(shown, "https://rozenstraat.example/ Rozen~straat");
    }

    #[test]
    fn short_words_stay_whole() {
        assert_eq!(Hyphens::read("ver-stuurd\n").soften("Verstuurd."), "Verstuurd.");
    }
}
