//! U11, U20 and the shape of words: short sentences, few numbers, no double negation, nothing shouted.

use ratel_core::screen::{Mode, Screen};
use ratel_tests::{
    reading::{areas, numbers, sentences, words},
    scenes::{STREET, Staged, TYPED},
};

use crate::{control, holds};

/// U11: words in a sentence, sentences and numbers in an area of the screen.
const MOST_WORDS: usize = 10;
const MOST_SENTENCES: usize = 3;
const MOST_NUMBERS: usize = 2;
/// Words that deny, in both languages; two in one sentence are a riddle.
const NEGATIONS: [&str; 14] = [
    "niet", "geen", "nooit", "niemand", "niets", "nergens", "zonder", "not", "no", "never", "nobody", "nothing",
    "cannot", "without",
];
/// English that Dutch screens must not have. Internet, code and chat have become Dutch.
const ENGLISH: [&str; 14] = [
    "the", "and", "you", "report", "send", "sync", "server", "relay", "error", "loading", "cancel", "settings",
    "update", "online",
];

/// Texts of an area that the project wrote itself.
fn written(area: &[String]) -> Vec<&String> {
    area.iter().filter(|text| !TYPED.contains(&text.as_str())).collect()
}

fn u11_short(_: &Staged, screen: &Screen) -> Option<String> {
    for area in areas(screen) {
        for text in written(&area) {
            if let Some(long) = sentences(text).into_iter().find(|sentence| words(sentence).len() > MOST_WORDS) {
                return Some(format!("a long sentence: {long}"));
            }
            if sentences(text).len() > MOST_SENTENCES {
                return Some(format!("many sentences: {text}"));
            }
        }
    }
    None
}

/// Texts of one control or line; a card with its times in full mode is read by people who asked for more.
fn u11_few_numbers(_: &Staged, screen: &Screen) -> Option<String> {
    areas(screen)
        .iter()
        .flat_map(|area| written(area).into_iter().map(|text| (numbers(text), text.clone())).collect::<Vec<_>>())
        .find(|(count, _)| *count > MOST_NUMBERS)
        .map(|(count, text)| format!("{count} numbers: {text}"))
}

fn u11_plain(_: &Staged, screen: &Screen) -> Option<String> {
    for area in areas(screen) {
        for text in written(&area) {
            for sentence in sentences(text) {
                let small: Vec<String> = words(sentence)
                    .iter()
                    .map(|word| word.trim_matches(|letter: char| !letter.is_alphabetic()).to_lowercase())
                    .collect();
                if small.iter().filter(|word| NEGATIONS.contains(&word.as_str())).count() > 1 {
                    return Some(format!("denies twice: {sentence}"));
                }
                let foreign = small.iter().find(|word| ENGLISH.contains(&word.as_str()));
                if let Some(foreign) = foreign.filter(|_| screen.lang == "nl" && screen.id != "language") {
                    return Some(format!("English: {foreign} in {sentence}"));
                }
            }
            if words(text).iter().any(|word| abbreviated(word) || shouted(word)) {
                return Some(format!("an abbreviation or capitals: {text}"));
            }
        }
    }
    None
}

/// A full stop inside a word, as in "m.b.v.".
fn abbreviated(word: &str) -> bool {
    word.trim_end_matches('.').contains('.') && word.chars().any(char::is_alphabetic)
}

fn shouted(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    letters.len() > 2 && letters.iter().all(|letter| letter.is_uppercase())
}

/// Dutch speaks to people as "u".
fn u11_polite(_: &Staged, screen: &Screen) -> Option<String> {
    let familiar = ["je", "jij", "jouw", "jullie"];
    areas(screen)
        .concat()
        .into_iter()
        .find(|text| words(text).iter().any(|word| familiar.contains(&word.to_lowercase().as_str())))
}

/// U20: simplified screens tell time in words.
fn u20_time_in_words(_: &Staged, screen: &Screen) -> Option<String> {
    let digital = |text: &String| {
        text.split_whitespace().any(|word| {
            let mut parts = word.split(':');
            let two = |part: Option<&str>| {
                part.is_some_and(|part| part.len() == 2 && part.bytes().all(|it| it.is_ascii_digit()))
            };
            two(parts.next()) && two(parts.next())
        })
    };
    if screen.mode == Mode::Full {
        return None;
    }
    areas(screen).concat().into_iter().find(digital)
}

/// Nothing of the machinery shows: no key of a message, no argument that was left open, nothing empty.
fn nothing_raw(_: &Staged, screen: &Screen) -> Option<String> {
    areas(screen).concat().into_iter().find(|text| {
        text.is_empty()
            || text.contains(['{', '}', '$', '\u{2068}'])
            || (text.contains('-') && !text.contains(' ') && text.is_ascii())
    })
}

/// U7: at 310 % a word of ten letters and more says where it may break.
fn u7_long_words_break(_: &Staged, screen: &Screen) -> Option<String> {
    if screen.letters <= 100 {
        return None;
    }
    let data = serde_json::to_value(screen).unwrap();
    let mut found = None;
    visit(&data, &mut |text| {
        let unbroken = text
            .split(|letter: char| !letter.is_alphabetic() && letter != '\u{ad}')
            .find(|word| word.split('\u{ad}').any(|piece| piece.chars().count() > 9));
        if let Some(word) = unbroken {
            found = Some(word.to_owned());
        }
    });
    found
}

fn visit(value: &serde_json::Value, see: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
        serde_json::Value::Object(fields) => {
            for (name, inner) in fields {
                match inner {
                    serde_json::Value::String(text) if ["text", "detail", "label"].contains(&name.as_str()) => {
                        see(text);
                    }
                    _ if name == "spoken" => {}
                    _ => visit(inner, see),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn u11_sentences_are_short_and_numbers_few() {
    holds(u11_short);
    holds(u11_few_numbers);
    control(u11_short, "home-quiet", |screen| {
        screen.title.text = "Dit is een zin met veel te veel woorden voor een scherm.".to_owned();
    });
    control(u11_short, "home-quiet", |screen| screen.title.text = "Een. Twee. Drie. Vier.".to_owned());
    control(u11_few_numbers, "home-quiet", |screen| screen.title.text = "1 van 2 van 3".to_owned());
}

#[test]
fn u11_words_are_plain_and_polite() {
    holds(u11_plain);
    holds(u11_polite);
    for wrong in ["Niemand doet niets.", "De server is weg.", "Dit is b.v. niet goed.", "Dit is NIET goed."] {
        control(u11_plain, "home-quiet", |screen| screen.title.text = wrong.to_owned());
    }
    control(u11_polite, "home-quiet", |screen| screen.title.text = "Wat wil jij doen?".to_owned());
}

#[test]
fn u20_simplified_screens_tell_time_in_words() {
    holds(u20_time_in_words);
    control(u20_time_in_words, "status-sent", |screen| screen.title.text = "Om 21:04 bijgewerkt".to_owned());
}

#[test]
fn nothing_of_the_machinery_shows() {
    holds(nothing_raw);
    for wrong in ["home-title", "Van {$name}", ""] {
        control(nothing_raw, "home-quiet", |screen| screen.title.text = wrong.to_owned());
    }
}

#[test]
fn u7_long_words_may_break_when_letters_are_large() {
    holds(u7_long_words_break);
    let large = ratel_tests::scenes::gallery().into_iter().find(|staged| staged.name == "full-home-quiet").unwrap();
    let large = large.letters(310);
    let mut screen = large.screen();
    assert_eq!(u7_long_words_break(&large, &screen), None);
    STREET.clone_into(&mut screen.title.text);
    assert!(u7_long_words_break(&large, &screen).is_some(), "the control: the street's name without breaks");
}
