//! Settings: letters, language, use, light or dark, and a practice alert.

use super::super::model::{Button, ButtonStyle, Card, Mark, Node, Theme, TileStyle};
use super::super::words::LANGUAGES;
use super::{Mode, Page, Scene, parts, words};
use crate::{intent::Intent, view::Membership};

/// Letter sizes that the screen offers, in percent.
const SIZES: [(u16, &str, &str); 3] = [
    (100, "letters-normal", "letters-100"),
    (200, "letters-large", "letters-200"),
    (310, "letters-huge", "letters-310"),
];

pub(super) fn overview<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "settings", words(&scene.settings.lang).get("settings-title"));
    page.mode = scene.settings.mode;
    page.push_row("letters", "settings-letters", "letters", Intent::OpenLetters);
    page.push_row("language", "settings-language", "language", Intent::OpenLanguage);
    let (icon, key, theme) = other_theme(scene);
    page.push_row(icon, key, "theme", Intent::SetTheme { theme });
    let (key, mode) = match scene.settings.mode {
        Mode::Simplified => ("settings-full", Mode::Full),
        Mode::Full => ("settings-simplified", Mode::Simplified),
    };
    page.push_row("settings", key, "mode", Intent::SetMode { mode });
    if scene.neighbourhood.membership == Membership::Member {
        page.push_row("helper", "settings-helper", "helper", Intent::OpenHelpers { page: 0 });
    }
    if super::relay::may_move(scene) {
        page.push_row("mailbox", "settings-relay", "relay", Intent::OpenRelay { note: None });
    }
    if super::home::may_report(scene) {
        page.push_row("report", "settings-practise", "practise", Intent::Practise);
    }
    page
}

fn other_theme(scene: &Scene<'_>) -> (&'static str, &'static str, Theme) {
    match scene.settings.theme {
        Theme::Light => ("dark", "settings-dark", Theme::Dark),
        Theme::Dark => ("light", "settings-light", Theme::Light),
    }
}

pub(super) fn letters<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "letters", words(&scene.settings.lang).get("letters-title"));
    page.push_sizes();
    let words = page.words;
    let aloud = scene.settings.read_aloud;
    let key = if aloud { "settings-read-aloud-off" } else { "settings-read-aloud" };
    let intent = Intent::SetReadAloud { on: !aloud };
    let button = parts::button(ButtonStyle::Minor, "speak", words.get(key), "read-aloud", intent);
    page.push(Node::Button { button });
    let (icon, key, theme) = other_theme(scene);
    let button = parts::button(ButtonStyle::Minor, icon, words.get(key), "theme", Intent::SetTheme { theme });
    page.push(Node::Button { button });
    page
}

/// A size against the screen's own, in percent, so that each choice shows itself.
fn sample_size(percent: u16, letters: u16) -> u16 {
    let size = u32::from(percent) * 100 / u32::from(letters.max(1));
    u16::try_from(size).unwrap_or(u16::MAX)
}

pub(super) fn language<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "language", words(&scene.settings.lang).get("language-title"));
    page.push_languages();
    page
}

impl Page<'_> {
    /// A sample in the size of now, and the sizes to choose from, each in its own size.
    pub(super) fn push_sizes(&mut self) {
        let (words, letters) = (self.words, self.scene.settings.letters);
        let sample = parts::marked(Mark::None, words.get("letters-sample"));
        let card = Card { tone: None, icon: None, centre: false, lines: vec![sample], button: None };
        self.push(Node::Card { card });
        for (percent, key, id) in SIZES {
            let intent = Intent::SetLetters { percent };
            let button = parts::button(ButtonStyle::Choice, "letters", words.get(key), id, intent);
            let button = Button { sample: Some(sample_size(percent, letters)), ..button };
            let button = if letters == percent { parts::chosen(button) } else { button };
            self.push(Node::Button { button });
        }
    }

    /// Each language names itself, so that somebody who reads no other finds it.
    pub(super) fn push_languages(&mut self) {
        for lang in LANGUAGES {
            let name = words(lang).get(if lang == "en" { "language-en" } else { "language-nl" });
            let id = format!("language-{lang}");
            let intent = Intent::SetLanguage { lang: lang.to_owned() };
            let button = parts::button(ButtonStyle::Choice, "language", name, &id, intent);
            let is_own = self.words.lang() == lang;
            let button = Button { lang: (!is_own).then(|| lang.to_owned()), ..button };
            let button = if is_own { parts::chosen(button) } else { button };
            self.push(Node::Button { button });
        }
    }

    fn push_row(&mut self, icon: &str, key: &str, id: &str, intent: Intent) {
        let tile = parts::tile(TileStyle::Row, icon, self.words.get(key), id, intent);
        self.push(Node::Tile { tile });
    }
}
