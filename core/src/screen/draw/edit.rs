//! Change one's own text (full mode).

use super::super::model::{ButtonStyle, Input, Mode, Node};
use super::{
    Page, Scene,
    kinds::{kind_icon, kind_key},
    parts,
    report::MOST_NOTE_BYTES,
    words,
};
use crate::{intent::Intent, view::Alert};

pub(super) fn draw<'a>(scene: &'a Scene<'a>, alert: &'a Alert) -> Page<'a> {
    let mut page = Page::new(scene, "edit", words(&scene.settings.lang).get("edit-title"));
    let words = page.words;
    page.mode = Mode::Full;
    page.push_practice(alert.practice);
    page.push(parts::strong(kind_icon(alert.kind), words.get(kind_key(alert.kind))));
    if alert.kind.about_a_person() {
        page.push(Node::Line { line: parts::line("info", words.get("report-behaviour")) });
    }
    if let Some(versions) = page.versions(alert) {
        page.push(parts::sub(versions));
        let lines = page.note_lines(alert);
        page.push(Node::Facts { lines });
    }
    let intent = Intent::Edit { alert: alert.id.clone(), note: alert.note.clone() };
    let save = words.get("report-note-save");
    page.push(Node::Input {
        input: Input {
            id: "note".to_owned(),
            label: words.get("report-note"),
            value: alert.note.clone(),
            max_bytes: MOST_NOTE_BYTES,
            submit: parts::button(ButtonStyle::Primary, "check", save, "save-note", intent),
        },
    });
    page.push_safety(alert.kind.about_a_person());
    page
}
