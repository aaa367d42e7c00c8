//! Words where they do not belong: sentences in the page, Dutch in code, paths of a machine, promises of later work.

use crate::source::{Language, Source};
use crate::tree::{File, Finding, Tree};

/// Drawing only: what people read comes from the core.
const PAGE: [&str; 1] = ["cli/web"];
/// Words that only sentences have, in Dutch and in English.
const OF_SENTENCES: [&str; 40] = [
    "de", "het", "een", "niet", "geen", "u", "uw", "wij", "er", "naar", "voor", "op", "van", "wat", "nu", "zijn",
    "wordt", "met", "uit", "aan", "the", "a", "an", "is", "are", "not", "no", "your", "you", "we", "there", "to",
    "for", "of", "what", "was", "with", "this", "that", "please",
];
/// Words that are Dutch and nothing else.
const DUTCH: [&str; 22] = [
    "het",
    "een",
    "niet",
    "geen",
    "uw",
    "wij",
    "naar",
    "voor",
    "wordt",
    "bewaard",
    "verstuurd",
    "gezien",
    "melden",
    "buurt",
    "buren",
    "bericht",
    "komt",
    "jouw",
    "ik",
    "zie",
    "kijken",
    "terug",
];
/// Where Dutch may be: locale files, their tests, documents, and names that quote them.
const DUTCH_ROOMS: [&str; 4] = ["core/locales", "tests", "relay/tests", "android/core/src/test"];

/// Text that names a place on somebody's computer, or a plan that is not part of the project.
pub(crate) fn machine_paths(tree: &Tree) -> Vec<Finding> {
    // Written in two halves so that this file does not find itself.
    let marks = [
        concat!("/ho", "me/"),
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/Us", "ers/"),
        concat!("C:", "\\Users"),
        concat!("../sha", "red"),
    ];
    let mut found = Vec::new();
    for file in &tree.files {
        for (at, line) in file.text.lines().enumerate() {
            if marks.iter().any(|mark| line.contains(mark)) {
                found.push(Finding::new(file, at + 1, "names a place outside the project"));
            }
        }
    }
    found
}

/// Comments and documents that say that something is missing here.
pub(crate) fn unfinished(tree: &Tree) -> Vec<Finding> {
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        concat!("not yet imple", "mented"),
        concat!("place", "holder"),
        concat!("Place", "holder"),
    ];
    let mut found = Vec::new();
    for file in &tree.files {
        let texts = match Language::of(file.kind()) {
            Some(language) => Source::of(&file.text, language).comments,
            None if ["md", "toml", "sh", "py"].contains(&file.kind()) => {
                file.text.lines().enumerate().map(|(at, line)| (at + 1, String::from(line))).collect()
            }
            None => continue,
        };
        for (line, _) in texts.iter().filter(|(_, text)| marks.iter().any(|mark| text.contains(mark))) {
            found.push(Finding::new(file, *line, "says that something is missing"));
        }
    }
    found
}

/// Sentences in the page's scripts, style sheets and HTML.
pub(crate) fn in_the_page(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|f| f.is_under(&PAGE)) {
        if let Some(language) = Language::of(file.kind()) {
            let strings = Source::of(&file.text, language).strings;
            for (line, text) in strings.iter().filter(|(_, text)| is_sentence(text)) {
                found.push(Finding::new(file, *line, format!("words in the page: {text:?}")));
            }
        } else if file.kind() == "html" {
            found.extend(html(file));
        }
    }
    found
}

/// Two words or more, one of them a word that only sentences have; or one with a capital and an end.
fn is_sentence(text: &str) -> bool {
    let all = words(text);
    let ends = text.trim_end().ends_with(['.', '!', '?']) && text.starts_with(char::is_uppercase);
    (all.len() >= 2 && all.iter().any(|word| OF_SENTENCES.contains(&word.as_str())) && !is_markup(text))
        || (ends && all.iter().any(|word| word.len() > 1))
}

/// Selectors, class lists and style declarations are no sentences.
fn is_markup(text: &str) -> bool {
    text.contains(['[', '{', '<', '#', '=', '>', ';', '/']) || text.split_whitespace().any(|part| part.starts_with('.'))
}

fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '-'));
    split.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Text nodes and spoken attributes; only the product's own name may stand there.
fn html(file: &File) -> Vec<Finding> {
    let mut found = Vec::new();
    let (mut line, mut rest) = (1, file.text.as_str());
    while let Some(open) = rest.find('<') {
        let (text, tag) = rest.split_at(open);
        let close = if tag.starts_with("<!--") { tag.find("-->") } else { tag.find('>') }.unwrap_or(tag.len() - 1);
        let (tag, after) = tag.split_at(close + 1);
        let spoken = ["aria-label=\"", "alt=\"", "title=\"", "placeholder=\""];
        let said = spoken.iter().filter_map(|name| tag.split(name).nth(1)).any(|value| {
            value.split('"').next().is_some_and(|value| value.chars().any(char::is_alphabetic) && value != "Ratel")
        });
        if (text.chars().any(char::is_alphabetic) && text.trim() != "Ratel") || (said && !tag.starts_with("<!--")) {
            found.push(Finding::new(file, line, "words in the page"));
        }
        line += text.matches('\n').count() + tag.matches('\n').count();
        rest = after;
    }
    found
}

/// Dutch in strings and comments of code.
pub(crate) fn dutch(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    let is_test = |file: &File| file.name() == "tests.rs" || file.path.contains("/tests/");
    for file in tree.files.iter().filter(|f| !f.is_under(&DUTCH_ROOMS) && !is_test(f)) {
        let Some(language) = Language::of(file.kind()) else { continue };
        // People of a test write to each other in their own language.
        let text = file.text.split("#[cfg(test)]").next().unwrap_or("");
        let source = Source::of(text, language);
        for (line, text) in source.strings.iter().chain(&source.comments) {
            let dutch = words(&without_quotes(text)).iter().filter(|word| DUTCH.contains(&word.as_str())).count();
            if dutch >= 2 {
                found.push(Finding::new(file, *line, format!("Dutch belongs to the locale files: {text:?}")));
            }
        }
    }
    found
}

/// A comment may quote what a person reads.
fn without_quotes(text: &str) -> String {
    text.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn control_paths_and_promises_are_found() {
    let tree = Tree::planted(&[
        ("a.md", concat!("fine\nsee /ho", "me/ria/x\n")),
        ("b.rs", concat!("// see ../sha", "red/x.md\nfn a() {}\n")),
        ("c.rs", concat!("fn a() { let x = \"TO", "DO\"; }\n// TO", "DO: later\n")),
        ("d.md", concat!("This is a place", "holder.\n")),
    ]);
    crate::assert_found(&machine_paths(&tree), &[("a.md", 2), ("b.rs", 1)]);
    crate::assert_found(&unfinished(&tree), &[("c.rs", 2), ("d.md", 1)]);
}

#[test]
fn control_words_in_the_page_and_dutch_in_code_are_found() {
    let tree = Tree::planted(&[
        ("cli/web/a.js", "// the words of a comment are fine\nf('card chosen', `.a > .${b} is`);\ng('Wat ziet u');\n"),
        ("cli/web/b.js", "g(`Er is ${n} bericht`); h('Klaar.'); i('a');\n"),
        ("cli/web/c.html", "<title>Ratel</title>\n<p>\nHoi</p><a aria-label=\"Terug\"></a>"),
        ("cli/src/d.rs", "// Het bericht is bewaard.\nfn a() { f(\"no Dutch here\") }"),
        ("core/locales/nl.rs", "// het een niet"),
        ("core/src/e.rs", "fn a() {}\n#[cfg(test)]\nmod tests { const A: &str = \"Het is niet waar\"; }"),
    ]);
    crate::assert_found(
        &in_the_page(&tree),
        &[("cli/web/a.js", 3), ("cli/web/b.js", 1), ("cli/web/b.js", 1), ("cli/web/c.html", 2), ("cli/web/c.html", 3)],
    );
    crate::assert_found(&dutch(&tree), &[("cli/src/d.rs", 1)]);
}
