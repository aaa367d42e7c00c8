//! Which power lives in which room: SQL, sockets, the clock, UniFFI and Automerge's readers.

use crate::source::{Language, Source};
use crate::tree::{File, Finding, Tree};

/// A power, how one recognises it in code, and where it may be.
struct Power {
    name: &'static str,
    /// Any of these in the code.
    code: &'static [&'static str],
    /// Where the rule looks.
    inside: &'static [&'static str],
    /// Rooms that have the power.
    rooms: &'static [&'static str],
}

const POWERS: [Power; 7] = [
    Power {
        name: "SQLite",
        code: &["rusqlite"],
        inside: &["core", "relay", "cli", "bindings"],
        rooms: &["core/src/storage", "core/src/error.rs", "relay/src/store", "relay/src/error.rs", "relay/tests"],
    },
    Power {
        name: "sockets in the core",
        code: &["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "reqwest", "tokio::net"],
        inside: &["core", "bindings"],
        rooms: &["core/src/link"],
    },
    Power {
        name: "sockets in the command line",
        code: &["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "tokio::net", "reqwest"],
        inside: &["cli/src"],
        rooms: &["cli/src/page/mod.rs", "cli/src/street/forwarder.rs"],
    },
    Power {
        name: "the wall clock",
        code: &["SystemTime::now", "Utc::now", "Local::now"],
        inside: &["core", "relay", "cli", "bindings"],
        rooms: &["cli/src/computer.rs", "relay/src/clock.rs", "relay/tests"],
    },
    Power { name: "UniFFI", code: &["uniffi"], inside: &["core", "relay", "cli", "tests"], rooms: &[] },
    Power { name: "an HTTP server in the core", code: &["axum", "hyper::"], inside: &["core", "bindings"], rooms: &[] },
    Power {
        name: "Automerge reading bytes",
        code: &[
            "apply_changes",
            "Change::from_bytes",
            "load_incremental",
            "Automerge::load",
            "AutoCommit::load",
            "receive_sync_message",
        ],
        inside: &["core", "relay", "cli", "bindings"],
        rooms: &[],
    },
];

/// How a statement begins, for SQL that hides in a string.
const STATEMENTS: [&str; 8] =
    ["SELECT ", "INSERT INTO ", "INSERT OR ", "DELETE FROM ", "CREATE TABLE ", "CREATE INDEX ", "PRAGMA ", "VACUUM"];

/// Rooms that may hold SQL.
const SQL_ROOMS: [&str; 4] = ["core/src/storage", "relay/src/store", "relay/tests", "tests"];

/// Everything that is where it may not be.
pub(crate) fn misplaced(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.of_kind(&["rs"]) {
        let source = Source::of(&file.text, Language::Rust);
        for power in &POWERS {
            if file.is_under(power.inside) && !file.is_under(power.rooms) {
                found.extend(uses(file, &source, power));
            }
        }
        found.extend(sql(file, &source));
    }
    for file in tree.of_kind(&["sql"]).filter(|f| !f.is_under(&SQL_ROOMS)) {
        found.push(Finding::new(file, 0, "SQL belongs to storage"));
    }
    for file in tree.files.iter().filter(|f| f.is_under(&["core", "relay"]) && f.name() == "Cargo.toml") {
        if file.text.contains("uniffi") {
            found.push(Finding::new(file, 0, "UniFFI belongs to bindings"));
        }
    }
    found
}

fn uses(file: &File, source: &Source, power: &Power) -> Vec<Finding> {
    let has = |line: &str| power.code.iter().any(|word| line.contains(word));
    let lines = source.code.lines().enumerate().filter(|(_, line)| has(line));
    lines.map(|(at, _)| Finding::new(file, at + 1, format!("{} has its own room", power.name))).collect()
}

fn sql(file: &File, source: &Source) -> Vec<Finding> {
    if file.is_under(&SQL_ROOMS) {
        return Vec::new();
    }
    let is_sql = |text: &str| {
        let text = text.trim_start();
        STATEMENTS.iter().any(|statement| text.starts_with(statement))
            || (text.starts_with("UPDATE ") && text.contains(" SET "))
    };
    let strings = source.strings.iter().filter(|(_, text)| is_sql(text));
    strings.map(|(line, _)| Finding::new(file, *line, "SQL belongs to storage")).collect()
}

#[test]
fn control_every_power_outside_its_room_is_found() {
    let tree = Tree::planted(&[
        ("cli/src/a.rs", "// rusqlite in a comment\nfn a() { b(\"SELECT 1\"); }\nuse rusqlite::Connection;"),
        ("cli/src/street/forwarder.rs", "use tokio::net::TcpStream;"),
        ("core/Cargo.toml", "uniffi = \"1\""),
        ("core/src/group/a.rs", "use uniffi::x;\nlet a = SystemTime::now();\nAutomerge::load(&bytes);\n"),
        ("core/src/storage/a.rs", "use rusqlite::Connection; fn a() { \"SELECT 1\" }"),
        ("core/src/sync/a.rs", "use std::net::TcpStream;\nuse axum::Router;"),
        ("relay/schema.sql", "SELECT 1"),
    ]);
    let mut found = misplaced(&tree);
    found.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    crate::assert_found(
        &found,
        &[
            ("cli/src/a.rs", 2),
            ("cli/src/a.rs", 3),
            ("core/Cargo.toml", 0),
            ("core/src/group/a.rs", 1),
            ("core/src/group/a.rs", 2),
            ("core/src/group/a.rs", 3),
            ("core/src/sync/a.rs", 1),
            ("core/src/sync/a.rs", 2),
            ("relay/schema.sql", 0),
        ],
    );
}
