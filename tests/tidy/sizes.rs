//! Files of one idea, functions that fit a page.

use crate::functions::functions;
use crate::source::{Language, Source};
use crate::tree::{File, Finding, Tree};

/// No file of code is longer.
const FILE_LINES: usize = 600;
/// No function is longer.
const FUNCTION_LINES: usize = 70;
/// What counts as code written by hand.
const KINDS: [&str; 9] = ["rs", "js", "mjs", "kt", "kts", "py", "sh", "css", "sql"];

fn lines(file: &File) -> usize {
    file.text.lines().count()
}

/// Files and functions over the limit.
pub(crate) fn long(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.of_kind(&KINDS) {
        if lines(file) > FILE_LINES {
            found.push(Finding::new(file, 0, format!("{} lines, at most {FILE_LINES}", lines(file))));
        }
        let Some(language) = Language::of(file.kind()) else { continue };
        for function in functions(&Source::of(&file.text, language), language) {
            if function.lines > FUNCTION_LINES {
                let what = format!("`{}` has {} lines, at most {FUNCTION_LINES}", function.name, function.lines);
                found.push(Finding::new(file, function.line, what));
            }
        }
    }
    found
}

/// Figures of the whole tree, for people.
pub(crate) fn report(tree: &Tree) -> String {
    let mut sizes: Vec<usize> = tree.of_kind(&KINDS).map(lines).collect();
    sizes.sort_unstable();
    let at =
        |share: usize| sizes.get((sizes.len() * share / 100).min(sizes.len().saturating_sub(1))).copied().unwrap_or(0);
    let (tests, code) = tree.of_kind(&KINDS).fold((0, 0), |(tests, code), file| {
        let all = lines(file);
        let inner = if file.kind() == "rs" { unit_tests(&file.text) } else { 0 };
        if file.is_under(&["tests", "relay/tests", "core/tests", "android/core/src/test"]) {
            (tests + all, code)
        } else {
            (tests + inner, code + all - inner)
        }
    });
    format!(
        "{} files of code: median {} lines, p95 {}, longest {}; {code} lines of code, {tests} of tests ({}.{:02} to one)",
        sizes.len(),
        at(50),
        at(95),
        at(100),
        tests / code.max(1),
        tests * 100 / code.max(1) % 100,
    )
}

/// Lines from the first `#[cfg(test)]` to the end of the file.
fn unit_tests(text: &str) -> usize {
    text.lines().skip_while(|line| !line.starts_with("#[cfg(test)]")).count()
}

#[test]
fn control_a_long_file_and_a_long_function_are_found() {
    let long_file = "//\n".repeat(FILE_LINES + 1);
    let long_function = format!("fn ok() {{}}\nfn a() {{{}}}\n", "\n".repeat(FUNCTION_LINES));
    let just_fits = format!("fn a() {{{}}}\n", "\n".repeat(FUNCTION_LINES - 1));
    let tree = Tree::planted(&[("a.rs", &long_file), ("b.rs", &long_function), ("c.rs", &just_fits)]);
    crate::assert_found(&long(&tree), &[("a.rs", 0), ("b.rs", 2)]);
    assert!(report(&tree).starts_with("3 files of code: median "), "{}", report(&tree));
}
