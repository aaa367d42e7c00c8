//! The files that the project consists of: tracked ones, and new ones that nobody ignored.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One text file.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Path from the top of the project, with `/`.
    pub(crate) path: String,
    /// Its text; empty for a file that is no UTF-8.
    pub(crate) text: String,
}

impl File {
    /// The part of the name after the last dot.
    pub(crate) fn kind(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, kind)| kind)
    }

    /// The name without its folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or("")
    }

    /// Whether it lies under one of these folders (or is one of these files).
    pub(crate) fn is_under(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path
                .strip_prefix(place)
                .is_some_and(|rest| rest.is_empty() || place.ends_with('/') || rest.starts_with('/'))
        })
    }
}

/// All files, in the order of their paths.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
}

impl Tree {
    /// What git would commit from the folder of this workspace.
    pub(crate) fn of_the_project() -> Tree {
        let top = top();
        let listed = Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
            .current_dir(&top)
            .output()
            .expect("git lists the files");
        assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
        let mut paths: Vec<String> =
            String::from_utf8_lossy(&listed.stdout).split('\0').filter(|p| !p.is_empty()).map(String::from).collect();
        paths.sort();
        paths.dedup();
        let files: Vec<File> = paths
            .into_iter()
            .filter_map(|path| {
                let bytes = std::fs::read(top.join(&path)).ok()?;
                Some(File { path, text: String::from_utf8(bytes).unwrap_or_default() })
            })
            .collect();
        assert!(files.iter().any(|f| f.path == "core/src/lib.rs"), "looked at the wrong folder: {}", top.display());
        Tree { files }
    }

    /// A made-up project, for the controls.
    pub(crate) fn planted(files: &[(&str, &str)]) -> Tree {
        Tree {
            files: files
                .iter()
                .map(|(path, text)| File { path: String::from(*path), text: String::from(*text) })
                .collect(),
        }
    }

    /// Files of these kinds.
    pub(crate) fn of_kind<'a>(&'a self, kinds: &'a [&'a str]) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(|f| kinds.contains(&f.kind()))
    }
}

/// The top folder of the workspace.
pub(crate) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace has a folder").to_path_buf()
}

/// A path from a folder, without its dots.
pub(crate) fn join(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// One broken rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) path: String,
    /// Counted from 1; 0 means the whole file.
    pub(crate) line: usize,
    pub(crate) what: String,
}

impl Finding {
    pub(crate) fn new(file: &File, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: file.path.clone(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}
