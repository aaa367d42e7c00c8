//! The switches on the pavement under a phone: what the person would do to the phone itself.

use ratel_core::{
    intent::Intent,
    screen::{Mode, Screen, Theme},
};
use serde::Serialize;

use crate::speech::{LANGUAGES, Speech};

/// Letter sizes that the switch goes through (percent).
const LETTERS: [u16; 5] = [100, 130, 150, 200, 310];

/// One switch, as the page draws it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Switch {
    /// Stable id.
    id: &'static str,
    kind: Kind,
    icon: &'static str,
    label: String,
    /// What it stands on.
    value: String,
    /// The same for people; empty for a toggle, whose knob says it.
    shown: String,
    options: Vec<Choice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Toggle,
    Choice,
}

/// A value that a switch can have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Choice {
    value: String,
    shown: String,
}

/// Which switch somebody presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// The phone's internet.
    Internet,
    /// Simplified or full.
    Mode,
    /// Letter size.
    Letters,
    /// Language.
    Language,
    /// Light or dark.
    Theme,
}

impl Which {
    /// Reads an id.
    pub(crate) fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "internet" => Self::Internet,
            "mode" => Self::Mode,
            "letters" => Self::Letters,
            "language" => Self::Language,
            "theme" => Self::Theme,
            _ => return None,
        })
    }

    /// What the core is asked to do; `None` where the value is none, or the switch is not the core's.
    pub(crate) fn intent(self, value: &str) -> Option<Intent> {
        Some(match (self, value) {
            (Self::Mode, "simplified") => Intent::SetMode { mode: Mode::Simplified },
            (Self::Mode, "full") => Intent::SetMode { mode: Mode::Full },
            (Self::Letters, percent) => Intent::SetLetters { percent: percent.parse().ok()? },
            (Self::Language, lang) if LANGUAGES.contains(&lang) => Intent::SetLanguage { lang: lang.to_owned() },
            (Self::Theme, "light") => Intent::SetTheme { theme: Theme::Light },
            (Self::Theme, "dark") => Intent::SetTheme { theme: Theme::Dark },
            _ => return None,
        })
    }
}

impl Switch {
    /// A switch with a knob.
    pub(crate) fn toggle(id: &'static str, icon: &'static str, label: String, on: bool) -> Self {
        Self { id, kind: Kind::Toggle, icon, label, value: on.to_string(), shown: String::new(), options: Vec::new() }
    }

    fn choice(id: &'static str, icon: &'static str, label: String, value: String, options: Vec<Choice>) -> Self {
        let shown = options.iter().find(|option| option.value == value).map_or(&value, |option| &option.shown).clone();
        Self { id, kind: Kind::Choice, icon, label, value, shown, options }
    }
}

/// The switches of a phone that shows `screen`. `internet` is absent where the phone's internet is not ours to cut.
pub(crate) fn of_phone(speech: &Speech, screen: &Screen, internet: Option<bool>) -> Vec<Switch> {
    let word = |key: &str| speech.get(key);
    let option = |value: &str, shown: String| Choice { value: value.to_owned(), shown };
    let mut switches = Vec::new();
    if let Some(on) = internet {
        switches.push(Switch::toggle(
            "internet",
            if on { "internet" } else { "no-internet" },
            word("street-internet"),
            on,
        ));
    }
    let mode = if screen.chosen_mode == Mode::Full { "full" } else { "simplified" };
    let modes = ["simplified", "full"].map(|mode| option(mode, word(&format!("street-mode-{mode}"))));
    switches.push(Switch::choice("mode", "settings", word("street-mode"), mode.into(), modes.into()));
    let sizes = LETTERS.map(|percent| option(&percent.to_string(), percent_words(percent)));
    let mut letters =
        Switch::choice("letters", "letters", word("street-letters"), screen.letters.to_string(), sizes.into());
    letters.shown = percent_words(screen.letters);
    switches.push(letters);
    let languages = LANGUAGES.map(|lang| option(lang, word(&format!("street-language-{lang}"))));
    switches.push(Switch::choice(
        "language",
        "language",
        word("street-language"),
        screen.lang.clone(),
        languages.into(),
    ));
    let (theme, theme_icon) = if screen.theme == Theme::Dark { ("dark", "dark") } else { ("light", "light") };
    let themes = ["light", "dark"].map(|theme| option(theme, word(&format!("street-theme-{theme}"))));
    switches.push(Switch::choice("theme", theme_icon, word("street-theme"), theme.into(), themes.into()));
    switches
}

fn percent_words(percent: u16) -> String {
    format!("{percent}\u{a0}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_switch_is_an_act() {
        for (id, values) in [
            ("mode", ["simplified", "full"].as_slice()),
            ("letters", &["100", "130", "150", "200", "310"]),
            ("language", &LANGUAGES),
            ("theme", &["light", "dark"]),
        ] {
            let which = Which::from_id(id).unwrap();
            for value in values {
                assert!(which.intent(value).is_some(), "{id} {value}");
            }
            assert_eq!(which.intent("nonsense"), None, "{id}");
        }
        assert_eq!(Which::from_id("gravity"), None);
        assert_eq!(Which::Internet.intent("true"), None, "the core is never told about the internet");
    }
}
