//! A letter from a neighbour who asks for help, and what becomes of one's own: for two people, so there is no street in
//! it, no count of who saw it, and nothing for others to read.

use super::super::model::{ButtonStyle, Node, Step, StepState, Tone};
use super::{
    Page, Scene,
    kinds::{answer_icon, answer_id, answer_key, kind_icon},
    parts, words,
};
use crate::{
    intent::{Answer, Intent},
    view::{Alert, AlertState, Delivery, Person},
};

/// Somebody asks this phone's person: where, when, and the two answers.
pub(super) fn received<'a>(scene: &'a Scene<'a>, alert: &'a Alert, changing: bool) -> Page<'a> {
    let words = words(&scene.settings.lang);
    let mut page = Page::new(scene, "letter", words.get_with("letter-asks", &[("name", (&alert.author.name).into())]));
    page.title.icon = Some(kind_icon(alert.kind).to_owned());
    page.push_practice(alert.practice);
    page.push(parts::strong("info", words.get("letter-what")));
    page.push_facts(alert);
    page.push_note(alert);
    if alert.state == AlertState::Withdrawn {
        page.push_withdrawn(alert);
        return page;
    }
    page.push_letter_answers(alert, changing);
    if !alert.practice {
        page.push(parts::danger_row(words.get("scam-call"), "danger-112", false));
    }
    page
}

/// What the helper says, as the button says it.
fn says(answer: Answer) -> &'static str {
    if answer == Answer::Come { "letter-come" } else { answer_key(answer) }
}

impl Page<'_> {
    fn push_letter_answers(&mut self, alert: &Alert, changing: bool) {
        let words = self.words;
        if let Some(given) = alert.my_answer().filter(|_| !changing) {
            self.push(parts::sub(words.get("detail-answer")));
            let change = Intent::ChangeAnswer { alert: alert.id.clone() };
            let (icon, text) = (answer_icon(given), words.get(says(given)));
            let button = parts::button(ButtonStyle::Choice, icon, text, answer_id(given), change.clone());
            self.push(Node::Button { button: parts::chosen(button) });
            let text = words.get("detail-change");
            let button = parts::button(ButtonStyle::Minor, "undo", text, "change-answer", change);
            self.push(Node::Button { button });
            return;
        }
        self.push(parts::sub(words.get("detail-question")));
        for answer in Answer::TO_LETTER {
            let intent = Intent::Answer { alert: alert.id.clone(), answer };
            let (icon, text) = (answer_icon(answer), words.get(says(answer)));
            let button = parts::button(ButtonStyle::Choice, icon, text, answer_id(answer), intent);
            let given = alert.my_answer() == Some(answer);
            self.push(Node::Button { button: if given { parts::chosen(button) } else { button } });
        }
    }

    /// Under one's own letter: what the helper does, who alone gets it, how far it came, and 112.
    pub(super) fn push_letter_rest(&mut self, alert: &Alert, to: &Person) {
        let words = self.words;
        for answered in &alert.answers {
            let key = if answered.answer == Answer::Come { "letter-answered-come" } else { "answered-call" };
            let text = words.get_with(key, &[("name", (&answered.person.name).into())]);
            self.push(Node::People { faces: vec![parts::initial(&answered.person.name)], text });
        }
        self.push(parts::strong("lock", words.get_with("letter-only", &[("name", (&to.name).into())])));
        if matches!(alert.delivery, Delivery::Sent) {
            let text = words.get("path-sent");
            let step = Step { state: StepState::Done, icon: "check".to_owned(), text, detail: None, badge: None };
            self.push(Node::Path { steps: vec![step] });
        }
        if !alert.practice {
            self.push(parts::danger_row(words.get("scam-call"), "danger-112", false));
        }
        self.push_safety(alert.kind.about_a_person());
        self.push_withdraw(alert);
        self.push_erase(alert);
    }

    /// One's own letter was taken back.
    pub(super) fn push_letter_withdrawn(&mut self, to: &Person) {
        let text = self.words.get_with("letter-withdrawn", &[("name", (&to.name).into())]);
        self.push(parts::card("undo", Tone::Waiting, [text]));
    }
}
