//! Requirements, rules and proofs are named by numbers; a number that names nothing misleads.

use crate::source::{Language, Source};
use crate::tree::{Finding, Tree};

/// Letter, digits it is written with, and the last one there is.
const SERIES: [(char, usize, u32); 3] = [('R', 2, 62), ('G', 0, 18), ('U', 0, 27)];

/// Numbers in comments, strings and documents that do not exist.
pub(crate) fn unknown(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    // The rules' own controls plant numbers that do not exist.
    for file in tree.of_kind(&["rs", "mjs", "kt", "md"]).filter(|f| !f.is_under(&["tests/tidy"])) {
        let mut texts: Vec<(usize, String)> = Vec::new();
        if let Some(language) = Language::of(file.kind()) {
            let source = Source::of(&file.text, language);
            texts.extend(source.comments);
            texts.extend(source.strings);
        } else {
            texts.extend(file.text.lines().enumerate().map(|(at, line)| (at + 1, String::from(line))));
        }
        for (line, text) in texts {
            for number in numbers(&text).into_iter().filter(|number| !exists(number)) {
                found.push(Finding::new(file, line, format!("there is no {number}")));
            }
        }
    }
    found
}

/// Words of one letter of a series and one or two digits.
fn numbers(text: &str) -> Vec<&str> {
    let split = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '+' && c != '-');
    let looks = |word: &&str| {
        let mut chars = word.chars();
        let letter = chars.next().is_some_and(|c| SERIES.iter().any(|series| series.0 == c));
        let digits = chars.as_str();
        letter && (1..=2).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit())
    };
    split.flat_map(|word| word.split('-')).filter(looks).collect()
}

fn exists(number: &str) -> bool {
    let digits = number.get(1..).unwrap_or("");
    SERIES.iter().any(|(letter, width, last)| {
        number.starts_with(*letter)
            && (*width == 0 || digits.len() == *width)
            && digits.parse::<u32>().is_ok_and(|n| (1..=*last).contains(&n))
    })
}

#[test]
fn control_a_number_that_names_nothing_is_found() {
    let tree = Tree::planted(&[
        ("a.rs", "// R04 holds, U1-U4 too\nfn f() { print(\"G19 R4\"); let R99 = 1; }\n"),
        ("b.md", "U27 G17 R62\nR63\nU+0041, U28\n"),
    ]);
    crate::assert_found(&unknown(&tree), &[("a.rs", 2), ("a.rs", 2), ("b.md", 2), ("b.md", 3)]);
}
