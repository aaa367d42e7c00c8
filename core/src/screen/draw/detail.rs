//! Another's alert in simplified mode: what, where, when, from whom; then the question.

use super::super::model::{Mark, Node, Tone};
use super::{
    ButtonStyle, Page, Scene,
    kinds::{answer_icon, answer_id, answer_key, kind_icon, kind_key},
    parts, words,
};
use crate::{
    intent::{Answer, Intent},
    view::{Alert, AlertState},
};

pub(super) fn draw<'a>(scene: &'a Scene<'a>, alert: &'a Alert, changing: bool) -> Page<'a> {
    let mut page = Page::new(scene, "detail", words(&scene.settings.lang).get(kind_key(alert.kind)));
    page.title.icon = Some(kind_icon(alert.kind).to_owned());
    page.push_practice(alert.practice);
    page.push_facts(alert);
    page.push_note(alert);
    if alert.state == AlertState::Withdrawn {
        page.push_withdrawn(alert);
        page.push_safety(alert.kind.about_a_person());
        return page;
    }
    page.push_called(alert);
    page.push_people(alert);
    page.push_answers(alert, changing);
    page.push_safety(alert.kind.about_a_person());
    page.push_say_called(alert);
    page.push_police_line();
    page
}

impl Page<'_> {
    /// Where, when in words, and from whom.
    pub(super) fn push_facts(&mut self, alert: &Alert) {
        let moment = self.moment(alert.time_s);
        let clock = Mark::Clock { hour: moment.hour, minute: moment.minute };
        let mut lines = Vec::new();
        if !alert.place.is_empty() {
            lines.push(parts::line("place", alert.place.clone()));
        }
        lines.push(parts::marked(clock, moment.words));
        lines.push(self.sender(&alert.author));
        self.push(Node::Facts { lines });
    }

    /// What the author wrote; both texts where two people wrote at once.
    pub(super) fn push_note(&mut self, alert: &Alert) {
        let lines = self.note_lines(alert);
        if let Some(versions) = self.versions(alert) {
            self.push(parts::sub(versions));
        }
        if !lines.is_empty() {
            self.push(Node::Facts { lines });
        }
    }

    pub(super) fn push_withdrawn(&mut self, alert: &Alert) {
        let text = self.words.get_with("withdrawn-line", &[("name", (&alert.author.name).into())]);
        self.push(parts::tinted("undo", text, Tone::Waiting));
    }

    /// Whether somebody called 112; where nobody did, a way to do so. Practice must not make anybody call.
    pub(super) fn push_called(&mut self, alert: &Alert) {
        let words = self.words;
        if alert.called_112 == Some(true) {
            self.push(parts::tinted("call", words.get("called-yes"), Tone::Done));
        } else if alert.kind.emergency_first() && !alert.practice {
            self.push(parts::tinted("call", words.get("called-no"), Tone::Attention));
            self.push(parts::danger_row(words.get("call"), "danger-112", false));
        }
    }

    /// A way to say that one called, below the answers: the question comes first.
    pub(super) fn push_say_called(&mut self, alert: &Alert) {
        if alert.called_112 != Some(true) && alert.kind.emergency_first() && !alert.practice {
            self.push_i_called(alert, ButtonStyle::Minor);
        }
    }

    fn push_answers(&mut self, alert: &Alert, changing: bool) {
        match alert.my_answer() {
            Some(answer) if !changing => self.push_answer(alert, answer),
            _ => self.push_question(alert),
        }
    }

    /// The three answers, the one given with a tick.
    pub(super) fn push_question(&mut self, alert: &Alert) {
        self.push(parts::sub(self.words.get("detail-question")));
        for answer in Answer::ALL {
            let intent = Intent::Answer { alert: alert.id.clone(), answer };
            let text = self.words.get(answer_key(answer));
            let button = parts::button(ButtonStyle::Choice, answer_icon(answer), text, answer_id(answer), intent);
            let button = if alert.my_answer() == Some(answer) { parts::chosen(button) } else { button };
            self.push(Node::Button { button });
        }
    }

    /// The answer given, and a way to change it.
    fn push_answer(&mut self, alert: &Alert, answer: Answer) {
        self.push(parts::sub(self.words.get("detail-answer")));
        let change = Intent::ChangeAnswer { alert: alert.id.clone() };
        let text = self.words.get(answer_key(answer));
        let given = parts::button(ButtonStyle::Choice, answer_icon(answer), text, answer_id(answer), change.clone());
        self.push(Node::Button { button: parts::chosen(given) });
        let text = self.words.get("detail-change");
        let button = parts::button(ButtonStyle::Minor, "undo", text, "change-answer", change);
        self.push(Node::Button { button });
    }
}
