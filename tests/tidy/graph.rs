//! The resolved dependency graph, judged by the policy; and the one edge that must never be.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::policy::Policy;
use crate::spdx;
use crate::tree::{join, top};

/// What `cargo metadata` says.
pub(crate) struct Metadata(Value);

/// Pairs that the design keeps apart: the first must not reach the second.
const APART: [(&str, &str); 7] = [
    ("ratel-relay", "ratel-core"),
    ("ratel-relay", "automerge"),
    ("ratel-protocol", "ratel-core"),
    ("ratel-core", "uniffi"),
    ("ratel-core", "axum"),
    ("ratel-core", "ratel-relay"),
    ("ratel-bindings", "axum"),
];

impl Metadata {
    pub(crate) fn of_the_project() -> Metadata {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let said = Command::new(cargo)
            .args(["metadata", "--locked", "--format-version", "1"])
            .current_dir(top())
            .output()
            .expect("cargo answers");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        Metadata(serde_json::from_slice(&said.stdout).expect("metadata is JSON"))
    }

    fn packages(&self) -> &[Value] {
        self.0["packages"].as_array().expect("packages")
    }

    /// Files that Cargo compiles first, for every target of the workspace.
    pub(crate) fn roots(&self) -> Vec<String> {
        let prefix = format!("{}/", top().display());
        let own = self.packages().iter().filter(|package| package["source"].is_null());
        own.flat_map(|package| package["targets"].as_array().expect("targets"))
            .filter_map(|target| target["src_path"].as_str()?.strip_prefix(&prefix).map(|path| join("", path)))
            .collect()
    }

    /// Names that this one reaches, by every kind of dependency but the tests'.
    fn reached(&self, from: &str) -> BTreeSet<String> {
        let nodes = self.0["resolve"]["nodes"].as_array().expect("nodes");
        let node: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text(&node["id"]), node)).collect();
        let names: BTreeMap<&str, &str> =
            self.packages().iter().map(|package| (text(&package["id"]), text(&package["name"]))).collect();
        let mut waiting: Vec<&str> = names.iter().filter(|(_, name)| **name == from).map(|(id, _)| *id).collect();
        assert!(!waiting.is_empty(), "no package is named {from}");
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                let links = node[id]["deps"].as_array().expect("deps").iter();
                let real = |dep: &&Value| {
                    let kinds = dep["dep_kinds"].as_array().expect("kinds");
                    kinds.iter().any(|kind| kind["kind"] != "dev")
                };
                waiting.extend(links.filter(real).map(|dep| text(&dep["pkg"])));
            }
        }
        seen.into_iter().map(|id| String::from(names[id])).collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// Licences, bans, single versions and sources.
pub(crate) fn judge(metadata: &Metadata, policy: &Policy) -> Vec<String> {
    let mut found = Vec::new();
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for package in metadata.packages() {
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        *versions.entry(name).or_default() += 1;
        let exception = policy.exceptions.get(name);
        let accepts = |id: &str| policy.licences.contains(id) || exception.is_some_and(|more| more.contains(id));
        let licence = package["license"].as_str().unwrap_or("");
        if !spdx::satisfied(licence, &accepts) {
            found.push(format!("{name} {version}: licence {licence:?} is not allowed"));
        }
        if policy.banned.contains(name) {
            found.push(format!("{name} {version} is banned"));
        }
        if let Some(source) = package["source"].as_str() {
            let known = source.strip_prefix("registry+").is_some_and(|registry| policy.registries.contains(registry));
            if !known {
                found.push(format!("{name} {version} comes from {source}"));
            }
        }
    }
    for (name, count) in versions {
        if count > 1 && policy.single.contains(name) {
            found.push(format!("{name}: {count} versions, one is allowed"));
        }
    }
    found
}

/// Dependencies that the design forbids.
pub(crate) fn forbidden_edges(metadata: &Metadata) -> Vec<String> {
    let reaches = |from: &str, to: &str| metadata.reached(from).contains(to);
    let broken = APART.iter().filter(|(from, to)| reaches(from, to));
    broken.map(|(from, to)| format!("{from} reaches {to}")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn planted() -> Metadata {
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        let package = |id: &str, name: &str, licence: Value, source: Value| json!({ "id": id, "name": name, "version": "1.0.0", "license": licence, "source": source, "targets": [] });
        let edge = |to: &str, kind: Value| json!({ "pkg": to, "dep_kinds": [{ "kind": kind }] });
        let own = ["ratel-relay", "ratel-core", "ratel-protocol", "ratel-bindings"];
        let mut packages: Vec<Value> = own.iter().map(|name| package(name, name, json!("MIT"), Value::Null)).collect();
        packages.extend([
            package("a", "openssl-sys", json!("MIT"), json!(registry)),
            package("b", "viral", json!("GPL-3.0"), json!(registry)),
            package("c", "bare", Value::Null, json!(registry)),
            package("d", "elsewhere", json!("MIT"), json!("git+https://example.org/x")),
            package("e", "ring", json!("MIT"), json!(registry)),
            package("f", "ring", json!("MIT"), json!(registry)),
            package("g", "uniffi", json!("MPL-2.0"), json!(registry)),
        ]);
        let nodes: Vec<Value> = packages
            .iter()
            .map(|package| {
                let deps = match text(&package["id"]) {
                    "ratel-relay" => vec![edge("a", Value::Null), edge("g", json!("dev"))],
                    "a" => vec![edge("ratel-core", json!("build"))],
                    "ratel-protocol" => vec![edge("ratel-core", json!("dev"))],
                    _ => vec![],
                };
                json!({ "id": package["id"], "deps": deps })
            })
            .collect();
        Metadata(json!({ "packages": packages, "resolve": { "nodes": nodes } }))
    }

    #[test]
    fn control_bad_licences_bans_sources_and_doubles_are_found() {
        let found = judge(&planted(), &Policy::of_the_project());
        let names: Vec<&str> = found.iter().map(|line| line.split([' ', ':']).next().unwrap_or("")).collect();
        assert_eq!(names, ["openssl-sys", "viral", "bare", "elsewhere", "ring"], "{found:#?}");
    }

    #[test]
    fn control_a_relay_that_reaches_the_core_is_found() {
        assert_eq!(forbidden_edges(&planted()), ["ratel-relay reaches ratel-core"]);
    }
}
