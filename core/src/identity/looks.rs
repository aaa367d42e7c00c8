//! What a name looks like to somebody who reads quickly: letters that draw alike fold into one, so that a role spelled
//! with Greek, Cyrillic or doubled letters is still found.
//!
//! The pairs come from the confusables of Unicode Technical Standard 39, as far as the letters of role words go, and from
//! what two letters look like side by side: `rn` as `m`, `vv` as `w`, `I` as `l`.

use unicode_normalization::UnicodeNormalization as _;

/// Alphabets in which neighbours write their names: first and last code point. What is not here is no letter of a name;
/// among the rest are enclosed capitals, small capitals and scripts whose letters draw like ticks.
const ALPHABETS: [(u32, u32); 27] = [
    (0x0041, 0x02AF),
    (0x02BB, 0x02BC),
    (0x0370, 0x058F),
    (0x0590, 0x077F),
    (0x0780, 0x07FF),
    (0x0900, 0x0DFF),
    (0x0E00, 0x0FFF),
    (0x1000, 0x109F),
    (0x10A0, 0x10FF),
    (0x1200, 0x139F),
    (0x1780, 0x17FF),
    (0x1820, 0x18AA),
    (0x1E00, 0x1FFF),
    (0x2D00, 0x2D2D),
    (0x2D30, 0x2D7F),
    (0x2D80, 0x2DDF),
    (0x3041, 0x3096),
    (0x30A1, 0x30FA),
    (0x30FC, 0x30FC),
    (0x3105, 0x312F),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA640, 0xA66E),
    (0xAC00, 0xD7A3),
    (0xFB1D, 0xFDFD),
    (0xFE70, 0xFEFC),
    (0x20000, 0x323AF),
];

/// Marks that stand on, under or between letters of these alphabets and are no letters by themselves.
const MARKS: [(u32, u32); 23] = [
    (0x0300, 0x034E),
    (0x0350, 0x036F),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x093C, 0x093C),
    (0x094D, 0x094D),
    (0x09BC, 0x09BC),
    (0x09CD, 0x09CD),
    (0x0A3C, 0x0A3C),
    (0x0A4D, 0x0A4D),
    (0x0ACD, 0x0ACD),
    (0x0BCD, 0x0BCD),
    (0x0C4D, 0x0C4D),
    (0x0CCD, 0x0CCD),
    (0x0D4D, 0x0D4D),
    (0x0DCA, 0x0DCA),
    (0x0E47, 0x0E4E),
    (0x0EC8, 0x0ECD),
    (0x1037, 0x103A),
    (0x17C6, 0x17D3),
    (0x0F71, 0x0F84),
];

fn among(ranges: &[(u32, u32)], letter: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(letter)))
}

/// A letter of an alphabet in which neighbours write.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() && !is_mark(letter) && among(&ALPHABETS, letter)
}

/// A mark that belongs to a letter.
pub(super) fn is_mark(letter: char) -> bool {
    among(&MARKS, letter)
}

/// Letters that draw like a small Latin one, by that one. Capitals stand where they draw like another than their small
/// form does.
const ALIKE: [(char, &str); 22] = [
    ('a', "αаɑ"),
    ('b', "ВвΒЬьʙƅ"),
    ('c', "сСϲϹɕ"),
    ('d', "ԁԀđɗɖ"),
    ('e', "еЕεΕєҽəɛɘ"),
    ('f', "ƒϝ"),
    ('g', "ցɡɢԍǥɠ"),
    ('h', "һҺհНнΗħʜɦћ"),
    ('i', "іІιΙıɩɪӏӀłɭɫǀɨו"),
    ('j', "јЈϳʝɉյ"),
    ('k', "кКκΚĸƙқ"),
    ('m', "мМμΜɱ"),
    ('n', "ոռηΝпɴɲŋи"),
    ('o', "оОοΟօøɵөסه"),
    ('p', "рРρΡϱƥ"),
    ('r', "гɾɼɽʀɍ"),
    ('s', "ѕЅʂſƽ"),
    ('t', "тТτΤŧƭʈ"),
    ('u', "υսʊʉц"),
    ('v', "νѵʋ"),
    ('w', "ѡԝԜωшщաɯʍ"),
    ('y', "уУγΥүҮʏყɣ"),
];

/// A name as it looks: small Latin letters, each group of letters that draw alike as one.
pub(super) fn skeleton(name: &str) -> Vec<char> {
    name.chars().flat_map(latin).collect()
}

/// Letters that draw like one letter, or like another spelling of a word, when they stand side by side.
const PAIRS: [(&[char], &[char]); 4] =
    [(&['m'], &['r', 'n']), (&['w'], &['v', 'v']), (&['i', 'j'], &['y']), (&['d'], &['c', 'i'])];

/// Whether a word can be read anywhere in a name; both as skeletons.
pub(super) fn shows(name: &[char], word: &[char]) -> bool {
    (0..name.len()).any(|from| name.get(from..).is_some_and(|rest| begins(rest, word)))
}

fn begins(name: &[char], word: &[char]) -> bool {
    let Some((first, rest)) = word.split_first() else { return true };
    let plain = name.split_first().is_some_and(|(letter, others)| letter == first && begins(others, rest));
    plain
        || PAIRS.iter().any(|(one, other)| {
            let left = word.strip_prefix(*one).zip(name.strip_prefix(*other));
            left.is_some_and(|(word, name)| begins(name, word))
        })
}

/// What a character draws like: one letter, several for a ligature, none for a mark or a space.
fn latin(character: char) -> Vec<char> {
    if let Some(letter) = alike(character) {
        return vec![letter];
    }
    let parts = std::iter::once(character).nfkd().filter(|part| !is_mark(*part));
    parts.filter_map(|part| alike(part).or_else(|| alike(part.to_lowercase().next()?))).collect()
}

/// The small Latin letter that a letter is or draws like.
fn alike(letter: char) -> Option<char> {
    match letter {
        // A capital I and a small l are one stroke.
        'l' | 'L' => Some('i'),
        _ if letter.is_ascii() => letter.is_ascii_alphabetic().then_some(letter.to_ascii_lowercase()),
        _ => ALIKE.iter().find(|(_, others)| others.contains(letter)).map(|(latin, _)| *latin),
    }
}
