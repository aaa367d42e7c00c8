//! Every message of the locale files, with sample arguments in place.

use std::{collections::BTreeSet, fs, path::PathBuf};

use ratel_core::{screen::Value, words};

/// A message or an attribute of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `message` or `message.attribute`.
    pub key: String,
    /// Pattern as written.
    pub pattern: String,
}

/// Samples of every argument that a message can take; numbers come in turns, for the plurals.
const SAMPLES: [(&str, &str); 17] = [
    ("begin", "10 uur 's avonds"),
    ("end", "7 uur 's ochtends"),
    ("kind", "Brand of rook"),
    ("name", "Ria"),
    ("number", "14"),
    ("street", "Zonnebloemstraat"),
    ("when", "vandaag, 9 uur 's avonds"),
    ("day", "vandaag"),
    ("time", "9 uur 's avonds"),
    ("month", "mei"),
    ("part", "'s avonds"),
    ("folder", "street-data"),
    ("address", "127.0.0.1:4112"),
    ("id", "7f3a91c2"),
    ("code", "7f3a"),
    ("words", "14"),
    ("relay", "http://127.0.0.1:4112"),
];
/// Arguments that are numbers.
const COUNTED: [&str; 7] = ["count", "seconds", "hour", "next", "others", "pushed", "pulled"];

/// The files of a language, in order.
pub fn files(lang: &str) -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../core/locales").join(lang);
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "ftl"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Every message and attribute of a language, in the order of the files.
pub fn entries(lang: &str) -> Vec<Entry> {
    files(lang).iter().flat_map(|(_, text)| read(text)).collect()
}

/// Reads the names and patterns of a Fluent file; the text is read again, strictly, by the core.
pub fn read(text: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut message = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let named = line.split_once(" =").map(|(name, pattern)| (name.trim(), pattern.trim()));
        match named {
            Some((name, pattern)) if !line.starts_with([' ', '}', '*', '[']) => {
                name.clone_into(&mut message);
                entries.push(Entry { key: name.to_owned(), pattern: pattern.to_owned() });
            }
            Some((name, pattern)) if name.starts_with('.') => {
                entries.push(Entry { key: format!("{message}{name}"), pattern: pattern.to_owned() });
            }
            _ => {
                if let Some(last) = entries.last_mut() {
                    last.pattern.push('\n');
                    last.pattern.push_str(line);
                }
            }
        }
    }
    entries
}

/// Arguments that a pattern names.
pub fn arguments(pattern: &str) -> BTreeSet<String> {
    pattern
        .split('$')
        .skip(1)
        .map(|rest| rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect())
        .collect()
}

/// The texts that a message can become: one, or one for each plural.
pub fn texts(lang: &str, entry: &Entry) -> Vec<String> {
    let names = arguments(&entry.pattern);
    let counted = names.iter().any(|name| COUNTED.contains(&name.as_str()));
    let counts: &[u32] = if counted { &[0, 1, 2, 3, 9] } else { &[0] };
    let mut texts: Vec<String> = Vec::new();
    for count in counts {
        let given: Vec<(&str, Value<'_>)> = names
            .iter()
            .map(|name| {
                let sample = SAMPLES.iter().find(|(known, _)| known == name).map_or("Ria", |(_, sample)| sample);
                let value = if COUNTED.contains(&name.as_str()) { Value::Count(*count) } else { Value::Text(sample) };
                (name.as_str(), value)
            })
            .collect();
        let text = words(lang).get_with(&entry.key, &given);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}
