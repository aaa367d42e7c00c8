//! Files that nothing reaches.

use std::collections::BTreeSet;

use crate::source::{Language, Source};
use crate::tree::{File, Finding, Tree, join};

/// Rust files that no crate's root leads to by `mod` lines, and that no `run` beside them names. `roots` are the files that Cargo compiles first.
pub(crate) fn modules(tree: &Tree, roots: &[String]) -> Vec<Finding> {
    let mut alive = BTreeSet::new();
    let mut waiting: Vec<(String, bool)> = roots.iter().map(|root| (root.clone(), true)).collect();
    while let Some((path, is_root)) = waiting.pop() {
        let Some(file) = tree.files.iter().find(|f| f.path == path) else { continue };
        if alive.insert(path) {
            waiting.extend(children(tree, file, is_root).into_iter().map(|child| (child, false)));
        }
    }
    let run_names = |file: &File| {
        let run = join(file.path.rsplit_once('/').map_or("", |(folder, _)| folder), "run");
        tree.files.iter().any(|other| other.path == run && other.text.contains(file.name()))
    };
    let dead = tree.of_kind(&["rs"]).filter(|file| !alive.contains(&file.path) && !run_names(file));
    dead.map(|file| Finding::new(file, 0, "no `mod` line leads here")).collect()
}

fn children(tree: &Tree, file: &File, is_root: bool) -> Vec<String> {
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    let stem = name.trim_end_matches(".rs");
    let own = if is_root || stem == "mod" { String::from(folder) } else { format!("{folder}/{stem}") };
    let source = Source::of(&file.text, Language::Rust);
    let mut found = Vec::new();
    let mut explicit = None;
    for (at, line) in source.code.lines().enumerate() {
        if line.trim_start().starts_with("#[path") {
            explicit = source.strings.iter().find(|(line, _)| *line == at + 1).map(|(_, text)| join(folder, text));
        }
        let Some(name) = module_name(line) else { continue };
        let candidates = [explicit.take(), Some(format!("{own}/{name}.rs")), Some(format!("{own}/{name}/mod.rs"))];
        found.extend(candidates.into_iter().flatten().find(|path| tree.files.iter().any(|f| f.path == *path)));
    }
    found
}

/// `mod a;` with any visibility.
fn module_name(line: &str) -> Option<&str> {
    let line = line.trim().strip_suffix(';')?;
    let (before, name) = line.rsplit_once("mod ")?;
    (before.is_empty() || before.trim_end().ends_with(')') || before.trim_end().ends_with("pub")).then_some(name.trim())
}

/// Scripts, style sheets, pictures and fonts that no living file names.
pub(crate) fn assets(tree: &Tree) -> Vec<Finding> {
    let kinds = ["js", "mjs", "css", "svg", "woff2", "ogg", "wav", "mp3", "ftl", "py", "sh"];
    let is_root = |file: &File| {
        ["rs", "html", "json", "toml", "xml"].contains(&file.kind())
            || file.name().ends_with(".test.mjs")
            || file.name() == "run"
    };
    let mut alive: Vec<&File> = tree.files.iter().filter(|f| is_root(f)).collect();
    let mut rest: Vec<&File> = tree.of_kind(&kinds).filter(|f| !is_root(f)).collect();
    let mut at = 0;
    while let Some(file) = alive.get(at).copied() {
        let (named, unnamed) = rest.into_iter().partition(|other| names(file, other));
        alive.extend::<Vec<&File>>(named);
        rest = unnamed;
        at += 1;
    }
    rest.into_iter().map(|file| Finding::new(file, 0, "no living file names it")).collect()
}

/// By its whole name, or, where a program puts the ending to a name, by its quoted stem.
fn names(file: &File, other: &File) -> bool {
    let stem = other.name().rsplit_once('.').map_or(other.name(), |(stem, _)| stem);
    file.text.contains(other.name())
        || (other.kind() == "py" && file.text.contains(&format!("import {stem}")))
        || ["\"", "'", "`"].iter().any(|quote| file.text.contains(&format!("{quote}{stem}{quote}")))
}

#[test]
fn control_dead_modules_and_assets_are_found() {
    let tree = Tree::planted(&[
        (
            "a/src/lib.rs",
            "pub mod one;\nmod two;\n// mod four;\n#[path = \"../../x/other.rs\"]\npub(crate) mod five;\n",
        ),
        ("a/src/four.rs", ""),
        ("a/src/one.rs", "mod three;"),
        ("a/src/one/three.rs", "const ICON: &str = \"lamp\";"),
        ("a/src/two/mod.rs", "mod six;"),
        ("a/src/two/six.rs", ""),
        ("m/only.rs", ""),
        ("m/other.rs", ""),
        ("m/run", "cp m/only.rs copy/src/lib.rs"),
        ("w/index.html", "<script src=\"main.js\">"),
        ("w/dead.js", "import './deader.js'"),
        ("w/deader.js", ""),
        ("w/lamp.svg", ""),
        ("w/main.js", "import { x } from './part.js'"),
        ("w/part.js", ""),
        ("x/other.rs", ""),
    ]);
    crate::assert_found(&modules(&tree, &[String::from("a/src/lib.rs")]), &[("a/src/four.rs", 0), ("m/other.rs", 0)]);
    crate::assert_found(&assets(&tree), &[("w/dead.js", 0), ("w/deader.js", 0)]);
}
