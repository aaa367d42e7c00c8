//! "Verwijder voor altijd": what that does on the phones of others, and the two ways on (U17). Afterwards a screen that
//! keeps nothing of what it was.

use super::super::model::{ButtonStyle, Line, Mode, Node, Tone};
use super::{
    Page, Scene,
    kinds::{kind_icon, kind_key},
    opened, parts,
    people::may_administer,
    words,
};
use crate::{
    intent::Intent,
    view::{Alert, Delivery, Membership},
};

/// Whether this phone's person may take it away: what is one's own, and a coordinator what went to all.
fn may_erase(scene: &Scene<'_>, alert: &Alert) -> bool {
    let sealed = !matches!(alert.delivery, Delivery::Draft { .. });
    let mine = alert.author.me && scene.neighbourhood.membership == Membership::Member;
    sealed && (mine || (may_administer(scene) && alert.to.is_none()))
}

/// What goes, where it goes, and that it does not come back.
pub(super) fn draw<'a>(scene: &'a Scene<'a>, alert: &'a Alert) -> Page<'a> {
    if !may_erase(scene, alert) {
        return opened(scene, alert, false);
    }
    let words = words(&scene.settings.lang);
    let letter = alert.to.as_ref();
    let title = words.get(if letter.is_some() { "erase-letter-title" } else { "erase-title" });
    let mut page = Page::new(scene, "erase", title);
    page.push_practice(alert.practice);
    let mut lines = vec![Line { strong: true, ..parts::line(kind_icon(alert.kind), words.get(kind_key(alert.kind))) }];
    lines.extend(page.note_lines(alert));
    page.push(Node::Facts { lines });
    let mut texts = vec![match letter {
        Some(to) => words.get_with("erase-letter-hidden", &[("name", (&to.name).into())]),
        None => words.get("erase-hidden"),
    }];
    if !alert.author.me {
        texts.push(words.get_with("erase-author", &[("name", (&alert.author.name).into())]));
    }
    texts.extend(["erase-week", "erase-never"].map(|key| words.get(key)));
    page.push(parts::card("info", Tone::Info, texts));
    let (stays, goes) =
        if letter.is_some() { ("erase-letter-keep", "erase-letter-act") } else { ("erase-keep", "erase-act") };
    let stay = parts::button(ButtonStyle::Choice, "saved", words.get(stays), "stays", Intent::Back);
    page.push(Node::Button { button: stay });
    let erase = Intent::Erase { alert: alert.id.clone() };
    let go = parts::button(ButtonStyle::Choice, "erase", words.get(goes), "goes", erase);
    page.push(Node::Button { button: go });
    page
}

/// It is gone here; at others it goes as soon as they hear of it.
pub(super) fn done<'a>(scene: &'a Scene<'a>, letter: bool) -> Page<'a> {
    let words = words(&scene.settings.lang);
    let mut page = Page::new(scene, "erased", words.get("erased-title"));
    let key = match (letter, scene.connection.waiting > 0) {
        (false, false) => "erased-others",
        (false, true) => "erased-others-later",
        (true, false) => "erased-letter",
        (true, true) => "erased-letter-later",
    };
    // The card says that it waits.
    page.shows_status = false;
    page.push(parts::card("erase", Tone::Done, [words.get("erased-here"), words.get(key)]));
    page
}

impl Page<'_> {
    /// The way to take it away: on one's own, and in full use on a neighbour's where a coordinator looks at it.
    pub(super) fn push_erase(&mut self, alert: &Alert) {
        if may_erase(self.scene, alert) && (alert.author.me || self.scene.settings.mode == Mode::Full) {
            self.push_minor("erase", "erase-open", "erase", Intent::OpenErase { alert: alert.id.clone() });
        }
    }
}
