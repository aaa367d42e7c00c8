//! Another's alert in full mode: how it stands, the facts, the answers, and what happened, with times in digits.

use super::super::model::{Card, Mode, Node, Step, StepState};
use super::{
    Page, Scene, home_full,
    kinds::{answer_icon, answered_by_me_key, answered_key, kind_icon, kind_key},
    parts, words,
};
use crate::view::{Alert, AlertState};

pub(super) fn draw<'a>(scene: &'a Scene<'a>, alert: &'a Alert) -> Page<'a> {
    let mut page = Page::new(scene, "detail", words(&scene.settings.lang).get(kind_key(alert.kind)));
    page.mode = Mode::Full;
    page.title.icon = Some(kind_icon(alert.kind).to_owned());
    page.push(Node::Badges { badges: home_full::badges(&page, alert) });
    page.push_practice(alert.practice);
    page.push_full_facts(alert);
    page.push_note(alert);
    if alert.state == AlertState::Withdrawn {
        page.push_withdrawn(alert);
    } else {
        // A badge says that somebody called; who comes stands in what happened.
        if alert.called_112 != Some(true) {
            page.push_called(alert);
        }
        page.push_question(alert);
    }
    page.push_safety(alert.kind.about_a_person());
    if alert.state == AlertState::Open {
        page.push_say_called(alert);
    }
    page.push_police_line();
    page.push_happened(alert);
    page.push_erase(alert);
    page
}

impl Page<'_> {
    fn push_full_facts(&mut self, alert: &Alert) {
        let mut lines = Vec::new();
        if !alert.place.is_empty() {
            lines.push(parts::line("place", alert.place.clone()));
        }
        lines.push(parts::line("calendar", self.moment(alert.time_s).digits));
        lines.push(self.sender(&alert.author));
        self.push(Node::Card { card: Card { tone: None, icon: None, centre: false, lines, button: None } });
    }

    /// What happened, in order of time; the last thing is bold.
    fn push_happened(&mut self, alert: &Alert) {
        self.push(parts::sub(self.words.get("detail-happened")));
        let mut steps = vec![self.step(
            "send",
            self.words.get_with("path-sent-by", &[("name", (&alert.author.name).into())]),
            Some(alert.time_s),
        )];
        if alert.seen_by > 0 {
            let seen = self.words.get_with("path-seen", &[("count", alert.seen_by.into())]);
            steps.push(self.step("see", seen, None));
        }
        let mut answers: Vec<_> = alert.answers.iter().collect();
        answers.sort_by_key(|answered| answered.time_s);
        for answered in answers {
            let text = if answered.person.me {
                self.words.get(answered_by_me_key(answered.answer))
            } else {
                self.words.get_with(answered_key(answered.answer), &[("name", (&answered.person.name).into())])
            };
            let step = self.step(answer_icon(answered.answer), text, Some(answered.time_s));
            steps.push(Step { badge: Some(self.role(&answered.person)), ..step });
        }
        if let Some(last) = steps.last_mut() {
            last.state = StepState::Now;
        }
        self.push(Node::Path { steps });
    }

    fn step(&self, icon: &str, text: String, time_s: Option<i64>) -> Step {
        let detail = time_s.map(|time_s| self.moment(time_s).time);
        Step { state: StepState::Done, icon: icon.to_owned(), text, detail, badge: None }
    }
}
