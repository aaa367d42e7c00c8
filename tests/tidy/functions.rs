//! Where functions begin and end.

use crate::source::{Language, Source};

/// A function and the lines it covers, its signature included and the functions declared inside of it left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) lines: usize,
}

/// Where a function lies in the code.
struct Found {
    name: String,
    start: usize,
    open: usize,
    close: usize,
    /// By a keyword, not as a value at the place where it is used.
    declared: bool,
}

/// Words that take a block after parentheses and are no function.
const CONTROL: [&str; 7] = ["if", "for", "while", "switch", "catch", "with", "when"];

/// All functions with a body, inner ones too.
pub(crate) fn functions(source: &Source, language: Language) -> Vec<Function> {
    let code: Vec<char> = source.code.chars().collect();
    let found = match language {
        Language::Rust => keyword(&code, "fn"),
        Language::Kotlin => keyword(&code, "fun"),
        Language::Script => blocks(&code),
        Language::Css => Vec::new(),
    };
    let newlines = |part: &[char]| part.iter().filter(|c| **c == '\n').count();
    let whole = |one: &Found| 1 + newlines(&code[one.start..one.close]);
    let inside = |one: &Found, other: &Found| other.declared && one.open < other.start && other.close < one.close;
    let is_inner = |outer: &Found, inner: &Found| {
        // Only the outermost inner ones, or a function in a function in a function would count twice.
        inside(outer, inner) && !found.iter().any(|between| inside(outer, between) && inside(between, inner))
    };
    let lines = |one: &Found| whole(one) - found.iter().filter(|other| is_inner(one, other)).map(whole).sum::<usize>();
    let line = |one: &Found| 1 + newlines(&code[..one.start]);
    found.iter().map(|one| Function { name: one.name.clone(), line: line(one), lines: lines(one) }).collect()
}

fn keyword(code: &[char], word: &str) -> Vec<Found> {
    let word: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    for start in 0..code.len() {
        let free_before = start == 0 || !is_word(code[start - 1]);
        if !(free_before && code[start..].starts_with(&word) && code.get(start + word.len()) == Some(&' ')) {
            continue;
        }
        let name: String =
            code[start + word.len()..].iter().skip_while(|c| **c == ' ').take_while(|c| is_word(**c)).collect();
        if let (false, Some(open)) = (name.is_empty(), body(code, start)) {
            found.push(Found { name, start, open, close: closing(code, open), declared: true });
        }
    }
    found
}

/// The brace that opens the body: the first outside of parentheses and brackets; none if `;` comes first.
fn body(code: &[char], start: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, c) in code.iter().enumerate().skip(start) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(at),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// In a script every block after `)` or `=>` is a function, unless a control word stands before its parentheses.
/// A suite of tests (`describe`) only groups functions and is none.
fn blocks(code: &[char]) -> Vec<Found> {
    let mut found = Vec::new();
    for open in (0..code.len()).filter(|at| code[*at] == '{') {
        let Some(before) = back_over_spaces(code, open) else { continue };
        let arrow = code[before] == '>' && before > 0 && code[before - 1] == '=';
        let end =
            if arrow { before.checked_sub(2).and_then(|at| back_over_spaces(code, at + 1)) } else { Some(before) };
        let Some(end) = end else { continue };
        if !arrow && code[end] != ')' {
            continue;
        }
        let start = if code[end] == ')' { opening(code, end) } else { word_start(code, end) };
        let name = word_before(code, start);
        let line_start = code[..start].iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        let head: String = code[line_start..start].iter().collect();
        if CONTROL.contains(&name.as_str()) || head.contains("describe") {
            continue;
        }
        let declared = head.contains("function ");
        let name = if ["", "async"].contains(&name.as_str()) { String::from(head.trim()) } else { name };
        found.push(Found { name, start, open, close: closing(code, open), declared });
    }
    found
}

/// The brace that ends what `open` begins.
fn closing(code: &[char], open: usize) -> usize {
    let mut depth = 0_i32;
    let close = (open..code.len()).find(|at| {
        depth += i32::from(code[*at] == '{') - i32::from(code[*at] == '}');
        depth == 0
    });
    close.unwrap_or(code.len())
}

fn back_over_spaces(code: &[char], at: usize) -> Option<usize> {
    code[..at].iter().rposition(|c| !c.is_whitespace())
}

fn opening(code: &[char], close: usize) -> usize {
    let mut depth = 0_i32;
    (0..=close)
        .rev()
        .find(|at| {
            depth += i32::from(code[*at] == ')') - i32::from(code[*at] == '(');
            depth == 0
        })
        .unwrap_or(0)
}

fn word_start(code: &[char], end: usize) -> usize {
    code[..=end].iter().rposition(|c| !is_word(*c)).map_or(0, |at| at + 1)
}

fn word_before(code: &[char], at: usize) -> String {
    match back_over_spaces(code, at) {
        Some(end) if is_word(code[end]) => code[word_start(code, end)..=end].iter().collect(),
        _ => String::new(),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[test]
fn functions_are_counted_from_their_signature_to_their_brace() {
    let names = |text: &str, language| -> Vec<(String, usize, usize)> {
        functions(&Source::of(text, language), language).into_iter().map(|f| (f.name, f.line, f.lines)).collect()
    };
    let rust = "trait T { fn none(&self); }\nfn a(x: [u8; 2])\n-> u8 {\n  fn inner() {}\n  0\n}\n";
    assert_eq!(names(rust, Language::Rust), [(String::from("a"), 2, 4), (String::from("inner"), 4, 1)]);
    let script =
        "export function a(b) {\n if (b) {\n }\n}\nconst c = async (d) => {\n};\ndescribe('x', () => {\n\n});\n";
    assert_eq!(names(script, Language::Script), [(String::from("a"), 1, 4), (String::from("const c = async"), 5, 2)]);
}
