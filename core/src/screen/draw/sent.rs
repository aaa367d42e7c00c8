//! One's own alert: seconds to stop it, then what became of it. Words about delivery are facts.

use super::super::model::{ButtonStyle, Foot, Line, Mode, Node, Step, StepState, Tone};
use super::{
    Page, Scene,
    kinds::{kind_icon, kind_key},
    parts, words,
};
use crate::{
    intent::Intent,
    view::{Alert, AlertState, Delivery, Membership},
};

pub(super) fn draw<'a>(scene: &'a Scene<'a>, alert: &'a Alert) -> Page<'a> {
    match alert.delivery {
        _ if alert.state == AlertState::Withdrawn => withdrawn(scene, alert),
        Delivery::Draft { due_ms: Some(due_ms) } if due_ms > scene.now_ms => counting(scene, alert, due_ms),
        Delivery::Draft { .. } | Delivery::Saved => saved(scene, alert),
        Delivery::Sent | Delivery::Received => sent(scene, alert),
    }
}

/// The seconds before it goes. It is stored already, and says so.
fn counting<'a>(scene: &'a Scene<'a>, alert: &'a Alert, due_ms: i64) -> Page<'a> {
    // Rounded up, so that the last second shows 1 and not 0.
    let seconds_left = u32::try_from((due_ms - scene.now_ms + 999) / 1000).unwrap_or(scene.undo_s);
    let words = words(&scene.settings.lang);
    let title = words.get_with("sent-counting", &[("seconds", seconds_left.into())]);
    let mut page = Page::new(scene, "report-wait", title.clone());
    page.push(Node::Ring { seconds_left, seconds_total: scene.undo_s.max(seconds_left), label: title });
    page.push_practice(alert.practice);
    page.push_what(alert);
    let stop = Intent::Stop { alert: alert.id.clone() };
    page.foot = Some(Foot {
        // In view at once: what is stored is safe, whatever happens in these seconds.
        line: Some(Line { tone: Some(Tone::Waiting), strong: true, ..parts::line("saved", words.get("saved-title")) }),
        button: parts::button(ButtonStyle::Huge, "stop", words.get("sent-stop"), "stop", stop),
        urgent: true,
    });
    page.shows_status = false;
    page
}

/// Stored here and not at the relay yet.
fn saved<'a>(scene: &'a Scene<'a>, alert: &'a Alert) -> Page<'a> {
    let words = words(&scene.settings.lang);
    let mut page = Page::new(scene, "sent", words.get("saved-title"));
    // Only the helper would get it, and there is none any more: nobody may wait for help that does not come.
    let no_helper = alert.to.is_none() && !alert.kind.to_the_group();
    let why = match (scene.neighbourhood.membership, alert.delivery) {
        (Membership::Member, Delivery::Draft { due_ms: None }) if no_helper => "saved-no-helper",
        (Membership::Waiting | Membership::Spent, _) => "saved-waiting",
        (_, Delivery::Draft { due_ms: None }) | (Membership::Alone, _) => "saved-alone",
        _ if scene.connection.online => "saved-now",
        _ => "saved-offline",
    };
    // The card says it already.
    page.shows_status = false;
    page.push_practice(alert.practice);
    page.push_what(alert);
    page.push_own_aside(alert);
    page.push(parts::card("saved", Tone::Waiting, [words.get(why)]));
    if no_helper {
        if !alert.practice {
            page.push(parts::danger_row(words.get("scam-call"), "danger-112", false));
        }
        page.push_safety(alert.kind.about_a_person());
        page.push_withdraw(alert);
        return page;
    }
    page.push_rest(alert);
    page
}

/// A relay has it.
fn sent<'a>(scene: &'a Scene<'a>, alert: &'a Alert) -> Page<'a> {
    let words = words(&scene.settings.lang);
    let mut page = Page::new(scene, "sent", words.get("sent-title"));
    page.push_practice(alert.practice);
    page.push_what(alert);
    page.push_own_aside(alert);
    page.push_rest(alert);
    page
}

fn withdrawn<'a>(scene: &'a Scene<'a>, alert: &'a Alert) -> Page<'a> {
    let words = words(&scene.settings.lang);
    let mut page = Page::new(scene, "sent", words.get("withdrawn-title"));
    page.push_practice(alert.practice);
    page.push_what(alert);
    if let Some(to) = &alert.to {
        page.push_letter_withdrawn(to);
    } else {
        let key = if scene.connection.waiting > 0 { "withdrawn-own-later" } else { "withdrawn-own" };
        page.push(parts::card("undo", Tone::Waiting, [words.get(key)]));
    }
    page.push_safety(alert.kind.about_a_person());
    page.push_erase(alert);
    page
}

impl Page<'_> {
    /// What it is, where, and what the person wrote.
    fn push_what(&mut self, alert: &Alert) {
        self.push(parts::strong(kind_icon(alert.kind), self.words.get(kind_key(alert.kind))));
        let mut lines = Vec::new();
        if !alert.place.is_empty() {
            lines.push(parts::line("place", alert.place.clone()));
        }
        lines.extend(self.note_lines(alert));
        if let Some(versions) = self.versions(alert) {
            self.push(parts::sub(versions));
        }
        if !lines.is_empty() {
            self.push(Node::Facts { lines });
        }
    }

    /// Everything under the first facts: who comes, 112, the path, and what can still be done.
    fn push_rest(&mut self, alert: &Alert) {
        if let Some(to) = &alert.to {
            self.push_letter_rest(alert, to);
            return;
        }
        self.push_people(alert);
        self.push_called_question(alert);
        if matches!(alert.delivery, Delivery::Sent | Delivery::Received) {
            self.push_path(alert);
        }
        self.push_safety(alert.kind.about_a_person());
        self.push_police_line();
        if self.scene.settings.mode == Mode::Full {
            let intent = Intent::OpenEdit { alert: alert.id.clone() };
            let text = self.words.get("sent-edit");
            self.push(Node::Button { button: parts::button(ButtonStyle::Minor, "edit", text, "edit", intent) });
        }
        self.push_withdraw(alert);
        self.push_erase(alert);
    }

    pub(super) fn push_withdraw(&mut self, alert: &Alert) {
        let intent = Intent::Withdraw { alert: alert.id.clone() };
        let text = self.words.get("sent-withdraw");
        self.push(Node::Button { button: parts::button(ButtonStyle::Minor, "undo", text, "withdraw", intent) });
    }

    /// "Is 112 gebeld?" until somebody says yes. Practice must not make anybody call.
    fn push_called_question(&mut self, alert: &Alert) {
        let words = self.words;
        if alert.called_112 == Some(true) {
            self.push(parts::tinted("call", words.get("called-yes"), Tone::Done));
        } else if alert.kind.emergency_first() && !alert.practice {
            self.push(parts::sub(words.get("called-question")));
            self.push_i_called(alert, ButtonStyle::Choice);
            self.push(parts::danger_row(words.get("called-not-yet"), "danger-112", false));
        }
    }

    pub(super) fn push_i_called(&mut self, alert: &Alert, style: ButtonStyle) {
        let intent = Intent::Called112 { alert: alert.id.clone(), called: true };
        let text = self.words.get("called-by-me");
        self.push(Node::Button { button: parts::button(style, "check", text, "called-112", intent) });
    }

    fn push_path(&mut self, alert: &Alert) {
        let step = |state, icon: &str, text| Step { state, icon: icon.to_owned(), text, detail: None, badge: None };
        let seen = self.words.get_with("path-seen", &[("count", alert.seen_by.into())]);
        let (sent_state, seen_state) =
            if alert.seen_by > 0 { (StepState::Done, StepState::Done) } else { (StepState::Done, StepState::Later) };
        let steps = vec![step(sent_state, "check", self.words.get("path-sent")), step(seen_state, "see", seen)];
        self.push(Node::Path { steps });
    }
}
