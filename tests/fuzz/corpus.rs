//! Inputs that were kept: one a line, as text, or in hex where the file's name says so.

use std::{fs, path::Path};

/// What is kept for a parser.
pub(crate) fn of(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let read = |kind: &str| fs::read_to_string(folder.join(format!("{}.{kind}", name.replace(' ', "-"))));
    let text = read("txt").unwrap_or_default();
    let hex = read("hex").unwrap_or_default();
    let decoded = hex.lines().map(|line| bytes_of(line).expect("a kept input in hex"));
    text.lines().map(|line| line.as_bytes().to_vec()).chain(decoded).collect()
}

fn bytes_of(line: &str) -> Option<Vec<u8>> {
    let pairs = (0..line.len()).step_by(2).map(|at| line.get(at..at + 2));
    pairs.map(|pair| ratel_protocol::hex::decode::<1>(pair?).map(|[byte]| byte)).collect()
}
