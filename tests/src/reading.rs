//! What a person reads on a screen, taken from its data, and how much it asks of the reader.

use ratel_core::screen::{Node, Screen};
use serde_json::Value;

/// Fields of a screen's data that a person reads.
const READ: [&str; 3] = ["text", "detail", "label"];
/// Marks the places where a word may break; nobody reads it.
const SOFT_HYPHEN: char = '\u{ad}';

/// Texts of a node in reading order, with soft hyphens taken out.
pub fn texts(node: &Node) -> Vec<String> {
    let mut found = Vec::new();
    collect(&serde_json::to_value(node).unwrap(), &mut found);
    found.into_iter().map(|text| unbroken(&text)).collect()
}

/// Text without soft hyphens.
pub fn unbroken(text: &str) -> String {
    text.replace(SOFT_HYPHEN, "")
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => {
            for (name, inner) in fields {
                match inner {
                    Value::String(text) if READ.contains(&name.as_str()) => found.push(text.clone()),
                    Value::String(_) => {}
                    _ => collect(inner, found),
                }
            }
        }
        _ => {}
    }
}

/// Areas of a screen that are read as one: the title, each node, the foot, the status line.
pub fn areas(screen: &Screen) -> Vec<Vec<String>> {
    let mut areas = vec![vec![unbroken(&screen.title.text)]];
    areas.extend(screen.nodes.iter().map(texts));
    if let Some(foot) = &screen.foot {
        let line = foot.line.iter().map(|line| unbroken(&line.text));
        areas.push(line.chain([unbroken(&foot.button.text)]).collect());
    }
    areas.extend(screen.status.iter().map(|status| vec![unbroken(&status.text)]));
    areas
}

/// Sentences of a text: a colon does not end one, because what follows it belongs to it.
pub fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', '!', '?'])
        .map(str::trim)
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect()
}

/// Words of a sentence.
pub fn words(sentence: &str) -> Vec<&str> {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect()
}

/// Numbers in a text, 112 left out: it is a name.
pub fn numbers(text: &str) -> usize {
    words(text)
        .into_iter()
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| *word != "112" && word.starts_with(|letter: char| letter.is_ascii_digit()))
        .count()
}
