//! Making an alert: what do you see, and where is it?

use super::super::model::{Button, ButtonStyle, Foot, Input, Line, Mode, Node, Tile, TileStyle, Tone};
use super::{
    Page, Scene,
    kinds::{calls_first, kind_icon, kind_key, sees_key},
    parts, words,
};
use crate::{
    intent::{AlertKind, Intent, PlaceChoice},
    screen::Report,
};

/// Most bytes of a note.
pub(super) const MOST_NOTE_BYTES: u32 = 4096;

/// "Wat ziet u?": danger first, then the kinds.
pub(super) fn what<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "report-what", words(&scene.settings.lang).get("report-what"));
    let words = page.words;
    page.push(parts::danger_row(words.get("report-danger"), "danger-112", false));
    page.push_practice(scene.report.is_some_and(|report| report.practice));
    for kind in scene.offers.iter().copied() {
        let id = format!("kind-{}", kind.code());
        let intent = Intent::ChooseKind { kind };
        let tile = parts::tile(TileStyle::Row, kind_icon(kind), words.get(kind_key(kind)), &id, intent);
        page.push(Node::Tile { tile });
    }
    page
}

/// "Waar is het?", with "Stuur" in the foot; for a kind that goes to no group, its card.
pub(super) fn place<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    match scene.report.and_then(|report| report.kind.map(|kind| (report, kind))) {
        None => what(scene),
        Some((report, kind)) if kind.to_the_group() => send(scene, report, kind),
        Some((report, kind)) => card(scene, report, kind),
    }
}

fn send<'a>(scene: &'a Scene<'a>, report: &'a Report, kind: AlertKind) -> Page<'a> {
    let mut page = Page::new(scene, "report-place", words(&scene.settings.lang).get("report-where"));
    let words = page.words;
    if calls_first(kind) && !report.practice {
        page.push(parts::danger_row(words.get("report-call-first"), "danger-112", true));
    }
    page.push_practice(report.practice);
    page.push(parts::strong(kind_icon(kind), words.get(sees_key(kind))));
    if kind.about_a_person() {
        page.push(Node::Line { line: parts::line("info", words.get("report-behaviour")) });
    }
    let first = place_tile("place", words.get("report-here"), "place-here", PlaceChoice::Here, report);
    let second = place_tile("place-home", words.get("report-home"), "place-home", PlaceChoice::Home, report);
    page.push(Node::Pair { first, second });
    if scene.settings.mode == Mode::Full {
        page.push(Node::Input { input: note_input(&page, report) });
    }
    let count = scene.neighbourhood.others;
    let gets = parts::line("people", words.get_with("report-gets", &[("count", count.into())]));
    page.foot = Some(Foot {
        line: Some(Line { strong: true, ..gets }),
        button: parts::button(ButtonStyle::Primary, "send", words.get("report-send"), "send", Intent::Send),
        urgent: false,
    });
    page
}

fn place_tile(icon: &str, text: String, id: &str, place: PlaceChoice, report: &Report) -> Tile {
    let chosen = report.place == place;
    let icon = if chosen { "check" } else { icon };
    let tone = if chosen { Tone::Done } else { Tone::Neutral };
    Tile { tone, chosen, ..parts::tile(TileStyle::Stack, icon, text, id, Intent::ChoosePlace { place }) }
}

fn note_input(page: &Page<'_>, report: &Report) -> Input {
    let intent = Intent::Note { note: report.note.clone() };
    Input {
        id: "note".to_owned(),
        label: page.words.get("report-note"),
        value: report.note.clone(),
        max_bytes: MOST_NOTE_BYTES,
        submit: parts::button(ButtonStyle::Minor, "saved", page.words.get("report-note-save"), "save-note", intent),
    }
}

/// Somebody at the door goes to no group: what to do, 112, and the chosen helper.
fn card<'a>(scene: &'a Scene<'a>, report: &'a Report, kind: AlertKind) -> Page<'a> {
    let mut page = Page::new(scene, "report-card", words(&scene.settings.lang).get(kind_key(kind)));
    let words = page.words;
    page.title.icon = Some(kind_icon(kind).to_owned());
    page.push_practice(report.practice);
    page.push(parts::strong("lock", words.get("scam-door")));
    page.push(Node::Line { line: parts::line("police", words.get("scam-police")) });
    let call: Button = Button {
        tone: Tone::Emergency,
        ..parts::button(ButtonStyle::Huge, "call", words.get("scam-call"), "danger-112", Intent::Dial112)
    };
    page.push(Node::Button { button: call });
    page.push_safety(kind.about_a_person());
    if let Some(helper) = &scene.neighbourhood.helper {
        let name = [("name", (&helper.name).into())];
        let only = parts::line("lock", words.get_with("letter-only", &name));
        let ask = words.get_with("letter-ask", &name);
        page.foot = Some(Foot {
            line: Some(Line { strong: true, ..only }),
            button: parts::button(ButtonStyle::Primary, "helper", ask, "send", Intent::Send),
            urgent: false,
        });
    }
    page
}
