//! What the team wrote down, for those who walk patrols and coordinate, and for nobody else (R23). Writing takes typing,
//! so it belongs to full use (U15); reading does not.

use super::super::model::{Card, Foot, Input, Line, Mark, Mode, Node, TileStyle};
use super::{ButtonStyle, Page, Scene, parts, report::MOST_NOTE_BYTES, words};
use crate::{intent::Intent, view::Note};

/// Notes on a page, in simplified and in full mode. U1: each of one's own can be taken back, and one leads to older ones.
const SIMPLE: usize = 4;
const FULL: usize = 50;

pub(super) fn draw<'a>(scene: &'a Scene<'a>, notes: &'a [Note], page_number: u32) -> Page<'a> {
    let mut page = Page::new(scene, "team", words(&scene.settings.lang).get("team-title"));
    page.mode = scene.settings.mode;
    let words = page.words;
    page.push(Node::Line { line: parts::line("lock", words.get("team-only")) });
    if page.mode == Mode::Full {
        let button =
            parts::button(ButtonStyle::Primary, "edit", words.get("team-write"), "team-write", Intent::OpenTeamWrite);
        page.push(Node::Button { button });
    } else {
        page.push(Node::Line { line: parts::line("edit", words.get("team-full-use")) });
    }
    let most = if page.mode == Mode::Full { FULL } else { SIMPLE };
    let from = most.saturating_mul(usize::try_from(page_number).unwrap_or(usize::MAX));
    for note in notes.iter().skip(from).take(most) {
        let card = page.note_card(note);
        page.push(Node::Card { card });
    }
    if notes.is_empty() {
        page.push(parts::strong("done", words.get("team-none")));
    }
    if notes.len() > from.saturating_add(most) {
        let intent = Intent::OpenTeam { page: page_number.saturating_add(1) };
        page.push_minor("undo", "changes-older", "more", intent);
    }
    page
}

/// A note in the making; who does not type reads.
pub(super) fn write<'a>(scene: &'a Scene<'a>, notes: &'a [Note], note: &str) -> Page<'a> {
    if scene.settings.mode == Mode::Simplified {
        return draw(scene, notes, 0);
    }
    let mut page = Page::new(scene, "team-write", words(&scene.settings.lang).get("team-write-title"));
    page.mode = Mode::Full;
    let words = page.words;
    page.push(Node::Line { line: parts::line("info", words.get("report-behaviour")) });
    let keep = Intent::TeamDraft { note: note.to_owned() };
    let save = words.get("report-note-save");
    page.push(Node::Input {
        input: Input {
            id: "for-team".to_owned(),
            label: words.get("report-note"),
            value: note.to_owned(),
            max_bytes: MOST_NOTE_BYTES,
            submit: parts::button(ButtonStyle::Minor, "saved", save, "save-note", keep),
        },
    });
    let only = parts::line("lock", words.get("team-only"));
    page.foot = Some(Foot {
        line: Some(Line { strong: true, ..only }),
        button: parts::button(ButtonStyle::Primary, "send", words.get("team-send"), "team-send", Intent::TeamSend),
        urgent: false,
    });
    page
}

impl Page<'_> {
    /// The way to the team's notes, where there is one, among other choices.
    pub(super) fn push_team(&mut self) {
        if self.scene.team.is_some() {
            self.push_minor("patrol", "team-open", "team", Intent::OpenTeam { page: 0 });
        }
    }

    /// The same on the first screen.
    pub(super) fn push_team_tile(&mut self) {
        if self.scene.team.is_some() {
            let text = self.words.get("team-open");
            let tile = parts::tile(TileStyle::Row, "patrol", text, "team", Intent::OpenTeam { page: 0 });
            self.push(Node::Tile { tile });
        }
    }

    fn note_card(&self, note: &Note) -> Card {
        let lang = (note.lang != self.words.lang() && !note.lang.is_empty()).then(|| note.lang.clone());
        let text = Line { lang, strong: true, ..parts::marked(Mark::None, note.text.clone()) };
        let moment = self.moment(note.time_s);
        let when = match self.mode {
            Mode::Simplified => parts::marked(Mark::Clock { hour: moment.hour, minute: moment.minute }, moment.words),
            Mode::Full => parts::line("calendar", moment.digits),
        };
        let back = || {
            let text = self.words.get("sent-withdraw");
            let intent = Intent::WithdrawNote { id: note.id.clone() };
            parts::button(ButtonStyle::Minor, "undo", text, &format!("withdraw-{}", note.id), intent)
        };
        let lines = vec![text, self.sender(&note.author), when];
        Card { tone: None, icon: None, centre: false, lines, button: note.author.me.then(back) }
    }
}
