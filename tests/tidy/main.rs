//! The rules of the house that no compiler knows: sizes, rooms, words, dead files, numbers and the dependency graph.
//!
//! Every rule is a function from files to findings. Two tests stand for each: the tree as it is has none, and a
//! planted fault is found, so that no rule can pass by looking at nothing.

mod dead;
mod functions;
mod graph;
mod numbers;
mod policy;
mod rooms;
mod sizes;
mod source;
mod spdx;
mod tree;
mod words;

use tree::{Finding, Tree};

/// Fails with the whole list: path, line, and what is wrong there.
fn assert_clean(findings: &[Finding]) {
    let list: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{} findings:\n{}", list.len(), list.join("\n"));
}

/// Fails unless exactly these paths and lines were found.
fn assert_found(findings: &[Finding], expected: &[(&str, usize)]) {
    let found: Vec<(&str, usize)> = findings.iter().map(|f| (f.path.as_str(), f.line)).collect();
    assert_eq!(found, expected, "{findings:#?}");
}

#[test]
fn files_and_functions_are_short() {
    let tree = Tree::of_the_project();
    println!("{}", sizes::report(&tree));
    assert_clean(&sizes::long(&tree));
}

#[test]
fn tracked_files_name_no_machine_and_nothing_outside_the_project() {
    assert_clean(&words::machine_paths(&Tree::of_the_project()));
}

#[test]
fn nothing_says_that_it_is_unfinished() {
    assert_clean(&words::unfinished(&Tree::of_the_project()));
}

#[test]
fn each_power_stays_in_its_room() {
    assert_clean(&rooms::misplaced(&Tree::of_the_project()));
}

#[test]
fn the_page_holds_no_words_and_dutch_lives_in_locales() {
    let tree = Tree::of_the_project();
    assert_clean(&words::in_the_page(&tree));
    assert_clean(&words::dutch(&tree));
}

#[test]
fn no_file_is_dead() {
    let tree = Tree::of_the_project();
    assert_clean(&dead::modules(&tree, &graph::Metadata::of_the_project().roots()));
    assert_clean(&dead::assets(&tree));
}

#[test]
fn numbers_named_in_tests_and_documents_exist() {
    assert_clean(&numbers::unknown(&Tree::of_the_project()));
}

#[test]
fn licences_bans_and_sources_follow_the_policy() {
    let findings = graph::judge(&graph::Metadata::of_the_project(), &policy::Policy::of_the_project());
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn the_relay_cannot_read_because_it_cannot_link() {
    let findings = graph::forbidden_edges(&graph::Metadata::of_the_project());
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
