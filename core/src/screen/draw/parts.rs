//! Small parts that screens share.

use super::super::{
    clock::{Moment, moment},
    model::{Action, Badge, BadgeKind, Button, ButtonStyle, Card, Line, Mark, Node, TextRole, Tile, TileStyle, Tone},
};
use super::{
    Page,
    kinds::{role_icon, role_key, role_tone},
};
use crate::{
    intent::{Answer, Intent},
    view::{Alert, Answered, Person},
};

pub(super) fn button(style: ButtonStyle, icon: &str, text: String, id: &str, intent: Intent) -> Button {
    Button {
        style,
        icon: icon.to_owned(),
        text,
        lang: None,
        sample: None,
        tone: Tone::Neutral,
        chosen: false,
        action: Action { id: id.to_owned(), intent },
    }
}

/// A choice that is made already: a tick in place of its pictogram.
pub(super) fn chosen(button: Button) -> Button {
    Button { icon: "check".to_owned(), tone: Tone::Done, chosen: true, ..button }
}

pub(super) fn tile(style: TileStyle, icon: &str, text: String, id: &str, intent: Intent) -> Tile {
    Tile {
        style,
        icon: icon.to_owned(),
        text,
        detail: None,
        badges: Vec::new(),
        look: None,
        tone: Tone::Neutral,
        chosen: false,
        action: Action { id: id.to_owned(), intent },
    }
}

pub(super) fn line(icon: &str, text: String) -> Line {
    marked(Mark::Icon { icon: icon.to_owned() }, text)
}

pub(super) fn marked(mark: Mark, text: String) -> Line {
    Line { mark, text, lang: None, badge: None, tone: None, strong: false }
}

/// A tinted line: a fact or a warning that stands out.
pub(super) fn tinted(icon: &str, text: String, tone: Tone) -> Node {
    Node::Line { line: Line { tone: Some(tone), strong: true, ..line(icon, text) } }
}

pub(super) fn strong(icon: &str, text: String) -> Node {
    Node::Line { line: Line { strong: true, ..line(icon, text) } }
}

pub(super) fn sub(text: String) -> Node {
    Node::Text { role: TextRole::Sub, text }
}

/// A framed group with a pictogram.
pub(super) fn card(icon: &str, tone: Tone, texts: impl IntoIterator<Item = String>) -> Node {
    let lines = texts.into_iter().map(|text| marked(Mark::None, text)).collect();
    Node::Card { card: Card { tone: Some(tone), icon: Some(icon.to_owned()), centre: false, lines, button: None } }
}

pub(super) fn state(icon: &str, text: String, tone: Tone) -> Badge {
    Badge { kind: BadgeKind::State, icon: icon.to_owned(), text, tone }
}

/// The row that calls 112, red; `huge` where 112 comes first.
pub(super) fn danger_row(text: String, id: &str, huge: bool) -> Node {
    let style = if huge { ButtonStyle::Huge } else { ButtonStyle::Choice };
    Node::Button { button: Button { tone: Tone::Emergency, ..button(style, "call", text, id, Intent::Dial112) } }
}

impl Page<'_> {
    pub(super) fn moment(&self, time_s: i64) -> Moment {
        moment(self.scene, self.words, time_s)
    }

    pub(super) fn role(&self, person: &Person) -> Badge {
        Badge {
            kind: BadgeKind::Role,
            icon: role_icon(person.role).to_owned(),
            text: self.words.get(role_key(person.role)),
            tone: role_tone(person.role),
        }
    }

    /// "Ria, nummer 14"; for one's own, "Van u".
    pub(super) fn named(&self, person: &Person) -> String {
        match &person.number {
            _ if person.me => self.words.get("from-me"),
            Some(number) => {
                self.words.get_with("person-number", &[("name", (&person.name).into()), ("number", number.into())])
            }
            None => person.name.clone(),
        }
    }

    /// "Van Ria, nummer 14", with face and role.
    pub(super) fn sender(&self, person: &Person) -> Line {
        let name = ("name", (&person.name).into());
        let text = match &person.number {
            Some(number) => self.words.get_with("from-number", &[name, ("number", number.into())]),
            None => self.words.get_with("from-name", &[name]),
        };
        Line { badge: Some(self.role(person)), ..marked(Mark::Face { initial: initial(&person.name) }, text) }
    }

    /// Marks a practice alert.
    pub(super) fn push_practice(&mut self, practice: bool) {
        if practice {
            self.push(tinted("info", self.words.get("practice-line"), Tone::Info));
        }
    }

    /// What the person wrote; all texts where there are several.
    pub(super) fn note_lines(&self, alert: &Alert) -> Vec<Line> {
        let lang =
            (alert.note_lang != self.words.lang() && !alert.note_lang.is_empty()).then(|| alert.note_lang.clone());
        std::iter::once(&alert.note)
            .chain(&alert.other_notes)
            .filter(|note| !note.is_empty())
            .map(|note| Line { lang: lang.clone(), ..line("see", note.clone()) })
            .collect()
    }

    /// "Twee versies", where people wrote at the same time.
    pub(super) fn versions(&self, alert: &Alert) -> Option<String> {
        let others = u32::try_from(alert.other_notes.len()).unwrap_or(u32::MAX);
        (others > 0).then(|| self.words.get_with("detail-versions", &[("count", others.saturating_add(1).into())]))
    }

    /// Who comes and who sees it too: faces for at most five, then a number.
    pub(super) fn push_people(&mut self, alert: &Alert) {
        for (answer, one, many) in
            [(Answer::Come, "answered-come", "answered-come-many"), (Answer::See, "answered-see", "answered-see-many")]
        {
            let people: Vec<&Answered> =
                alert.answers.iter().filter(|it| it.answer == answer && !it.person.me).collect();
            let text = match people.as_slice() {
                [] => continue,
                [one_person] => self.words.get_with(one, &[("name", (&one_person.person.name).into())]),
                _ => self.words.get_with(many, &[("count", u32::try_from(people.len()).unwrap_or(u32::MAX).into())]),
            };
            let faces = people.iter().take(MOST_FACES).map(|it| initial(&it.person.name)).collect();
            self.push(Node::People { faces, text });
        }
    }

    /// The safety line, where an alert is about a person (R10).
    pub(super) fn push_safety(&mut self, alert_about_a_person: bool) {
        if alert_about_a_person {
            self.push(tinted("warning", self.words.get("detail-safe"), Tone::Attention));
        }
    }
}

/// U20: up to five people are shown one by one.
const MOST_FACES: usize = 5;

pub(super) fn initial(name: &str) -> String {
    name.chars().next().map(|first| first.to_uppercase().collect()).unwrap_or_default()
}
