//! The policy for dependencies, read from `deny.toml`.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table, Value};

use crate::tree::top;

/// What may be linked, and from where.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    pub(crate) licences: BTreeSet<String>,
    /// Crates that may carry more.
    pub(crate) exceptions: BTreeMap<String, BTreeSet<String>>,
    pub(crate) banned: BTreeSet<String>,
    /// Crates of which there may be one version only.
    pub(crate) single: BTreeSet<String>,
    pub(crate) registries: BTreeSet<String>,
}

impl Policy {
    pub(crate) fn of_the_project() -> Policy {
        let text = std::fs::read_to_string(top().join("deny.toml")).expect("deny.toml is there");
        Policy::read(&text)
    }

    pub(crate) fn read(text: &str) -> Policy {
        let all: Table = text.parse().expect("deny.toml is TOML");
        let mut policy = Policy { licences: texts(&all["licenses"]["allow"]), ..Policy::default() };
        for exception in tables(&all["licenses"]["exceptions"]) {
            policy.exceptions.insert(name(exception), texts(&exception["allow"]));
        }
        for entry in tables(&all["bans"]["deny"]) {
            if entry.get("deny-multiple-versions") == Some(&Value::Boolean(true)) {
                policy.single.insert(name(entry));
            } else {
                policy.banned.insert(name(entry));
            }
        }
        policy.registries = texts(&all["sources"]["allow-registry"]);
        assert!(
            !policy.licences.is_empty() && !policy.banned.is_empty() && !policy.registries.is_empty(),
            "{policy:?}"
        );
        policy
    }
}

fn tables(value: &Value) -> impl Iterator<Item = &Table> {
    value.as_array().expect("a list").iter().map(|entry| entry.as_table().expect("a table"))
}

fn name(entry: &Table) -> String {
    String::from(entry["crate"].as_str().expect("a name"))
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().expect("a list").iter().map(|text| String::from(text.as_str().expect("a text"))).collect()
}
