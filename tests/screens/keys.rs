//! Words of all languages: the same keys, every key that the code names, no message that a reader would not find.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use ratel_core::{Error, screen::LANGUAGES, words};
use ratel_tests::{
    catalogue::{arguments, entries, read, texts},
    reading::{sentences, words as words_of},
};

fn keys(lang: &str) -> BTreeSet<String> {
    entries(lang).into_iter().map(|entry| entry.key).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Rust files under a folder, without those that only test.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let tests = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !tests {
            sources(&path, found);
        } else if !tests && path.extension().is_some_and(|kind| kind == "rs") {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
}

/// Text literals that look like the key of a message: a known first word, then more words with hyphens.
fn named_keys(source: &str, families: &BTreeSet<String>) -> BTreeSet<String> {
    source
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|text| {
            text.contains('-')
                && text.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || "-.".contains(it))
        })
        .filter(|text| text.split('-').next().is_some_and(|family| families.contains(family)))
        .map(str::to_owned)
        .collect()
}

/// Names in the code that begin like a key: ids of controls and screens, pictograms, names of files.
fn is_something_else(text: &str) -> bool {
    let ids = [
        "kind-doorstep",
        "report-wait",
        "report-place",
        "report-card",
        "report-what",
        "place-home",
        "place-here",
        "call-112",
        "called-112",
        "answer-come",
        "change-answer",
        "sign-code",
        "charter-edit",
        "answer-see",
        "answer-cannot",
        "street-data",
        "letters-100",
        "letters-200",
        "letters-310",
        "let-in",
    ];
    ids.contains(&text) || text.ends_with(['-', '.']) || text.contains(".ftl") || text.contains(".rs")
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    let of = |lang: &str| -> BTreeMap<String, BTreeSet<String>> {
        // Half past nine is half ten in Dutch: the hour and the next are one argument for two habits.
        let given = |pattern: &str| arguments(pattern).iter().map(|name| name.replace("next", "hour")).collect();
        entries(lang).into_iter().map(|entry| (entry.key, given(&entry.pattern))).collect()
    };
    let (dutch, english) = (of("nl"), of("en"));
    let missing: Vec<_> = dutch.keys().filter(|key| !english.contains_key(*key)).collect();
    let extra: Vec<_> = english.keys().filter(|key| !dutch.contains_key(*key)).collect();
    assert!(missing.is_empty() && extra.is_empty(), "English lacks {missing:?}, Dutch lacks {extra:?}");
    for (key, given) in &dutch {
        assert_eq!(given, &english[key], "{key} takes other arguments in English");
    }
}

#[test]
fn every_message_is_found_by_the_core_and_none_is_written_twice() {
    for lang in LANGUAGES {
        let mut seen = BTreeSet::new();
        for entry in entries(lang) {
            assert!(seen.insert(entry.key.clone()), "{} is twice in {lang}", entry.key);
            assert!(words(lang).has(&entry.key), "{} of {lang} does not parse", entry.key);
            for text in texts(lang, &entry) {
                assert!(!text.contains(['{', '$']) && !text.is_empty(), "{} of {lang}: {text}", entry.key);
            }
        }
    }
}

#[test]
fn every_key_that_the_code_names_has_words() {
    let known = keys("nl");
    let families: BTreeSet<String> = known.iter().filter_map(|key| key.split('-').next().map(str::to_owned)).collect();
    let mut code = Vec::new();
    for folder in ["core/src", "cli/src"] {
        sources(&root().join(folder), &mut code);
    }
    let missing: BTreeSet<String> = code
        .iter()
        .flat_map(|source| named_keys(source.split("#[cfg(test)]").next().unwrap(), &families))
        .filter(|key| !known.contains(key) && !is_something_else(key))
        .collect();
    assert!(missing.is_empty(), "without words: {missing:?}");
    let control = named_keys("words.get(\"home-nowhere\")", &families);
    assert!(control.iter().any(|key| !known.contains(key)), "the control: a key without words is found");
}

#[test]
fn every_message_is_used() {
    let mut code = Vec::new();
    for folder in ["core/src", "cli/src"] {
        sources(&root().join(folder), &mut code);
    }
    let code = code.concat();
    // The switches on the pavement are named by their values.
    let by_value = ["street-mode-", "street-language-", "street-theme-"];
    let used = |key: &str| code.contains(&format!("\"{key}")) || by_value.iter().any(|start| key.starts_with(start));
    let idle: Vec<String> = keys("nl").into_iter().filter(|key| !key.ends_with(".spoken") && !used(key)).collect();
    assert!(idle.is_empty(), "no code says: {idle:?}");
    assert!(!used("home-nowhere"), "the control: a message that nobody uses");
}

#[test]
fn every_error_says_what_happened_and_what_to_do_now() {
    for lang in LANGUAGES {
        for key in Error::SENTENCE_KEYS {
            assert!(words(lang).has(key), "{key} has no words in {lang}");
            let text = words(lang).get(key);
            assert_eq!(sentences(&text).len(), 2, "{key} of {lang}: what happened, what to do: {text}");
        }
    }
    assert_ne!(sentences("Er ging iets mis.").len(), 2, "the control: a sentence that leaves somebody alone");
}

#[test]
fn u11_no_message_has_a_long_sentence() {
    let long = |text: &str| sentences(text).into_iter().any(|sentence| words_of(sentence).len() > 10);
    for lang in LANGUAGES {
        for entry in entries(lang) {
            for text in texts(lang, &entry) {
                assert!(!long(&text), "{} of {lang}: {text}", entry.key);
            }
        }
    }
    assert!(long("Dit is een zin met veel te veel woorden voor een scherm."), "the control");
}

#[test]
fn a_language_that_is_not_there_reads_as_dutch() {
    assert_eq!(words("tlh").lang(), "nl");
    assert_eq!(words("en-GB").lang(), "en");
    assert_eq!(words("en_US.UTF-8").lang(), "en");
    assert_eq!(words("nl").get("call"), "Bel 112");
    assert_eq!(words("en").spoken("call"), "Is there danger? Call 112.");
}

#[test]
fn control_the_reader_of_locale_files_sees_attributes_and_plurals() {
    let entries =
        read("# remark\na-b = One\n    .spoken = Two\nc-d = { $count ->\n    [one] 1\n   *[other] { $count }\n}\n");
    let keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["a-b", "a-b.spoken", "c-d"]);
    assert_eq!(arguments(&entries[2].pattern), BTreeSet::from(["count".to_owned()]));
}
