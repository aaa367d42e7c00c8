//! Rules over every screen that the core can make, in Dutch and English, simplified and full; every rule has a
//! control that breaks a good screen and must be found.

mod choices;
mod flow;
mod golden;
mod keys;
mod people;
mod safety;
mod simple;
mod slots;
mod spoken;
mod tokens;

use std::sync::LazyLock;

use ratel_core::screen::Screen;
use ratel_tests::scenes::{Staged, every, gallery};

/// A rule: what is wrong with a screen, if anything.
type Rule = fn(&Staged, &Screen) -> Option<String>;

static EVERY: LazyLock<Vec<(Staged, Screen)>> = LazyLock::new(|| {
    every()
        .into_iter()
        .map(|staged| {
            let screen = staged.screen();
            (staged, screen)
        })
        .collect()
});

/// Holds a rule against every screen.
#[track_caller]
fn holds(rule: Rule) {
    let broken: Vec<String> = EVERY
        .iter()
        .filter_map(|(staged, screen)| {
            rule(staged, screen)
                .map(|why| format!("{} ({:?}, {}): {}: {why}", screen.id, screen.mode, screen.lang, staged.name))
        })
        .collect();
    let first = broken.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
    assert!(broken.is_empty(), "{} of {} screens:\n{first}", broken.len(), EVERY.len());
}

/// The control: a good screen of the gallery, broken, must be found.
#[track_caller]
fn control(rule: Rule, name: &str, spoil: impl FnOnce(&mut Screen)) {
    let staged = gallery().into_iter().find(|staged| staged.name == name).unwrap();
    let mut screen = staged.screen();
    assert_eq!(rule(&staged, &screen), None, "the screen is good before it is broken");
    spoil(&mut screen);
    assert!(rule(&staged, &screen).is_some(), "the broken screen went unnoticed");
}

#[test]
fn there_are_thousands_of_screens_and_every_name_of_a_screen_among_them() {
    assert!(EVERY.len() > 5_000, "{}", EVERY.len());
    for id in [
        "home",
        "alerts",
        "report-what",
        "report-place",
        "report-card",
        "report-wait",
        "sent",
        "detail",
        "edit",
        "status",
        "settings",
        "letters",
        "language",
        "people",
        "member",
        "changes",
        "aside",
        "first-language",
        "first-letters",
        "first-read-aloud",
        "first-name",
        "first-code",
        "first-no-code",
        "first-street",
        "first-agreements",
        "first-danger",
        "first-behaviour",
        "first-follow",
        "first-photo",
        "first-notifications",
        "first-camera",
        "first-position",
        "first-practise",
        "first-ready",
        "remove-why",
        "remove",
        "roles",
        "sign",
        "sign-code",
        "leave",
        "helper",
        "charter",
        "charter-edit",
    ] {
        assert!(EVERY.iter().any(|(_, screen)| screen.id == id), "no screen {id}");
    }
}
