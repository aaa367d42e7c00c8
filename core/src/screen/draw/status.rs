//! "Is alles verstuurd?": yes, or what waits, with a way to take it back.

use super::super::model::{ButtonStyle, Card, Line, Mark, Node, Tone};
use super::{
    Page, Scene,
    kinds::{kind_icon, kind_key},
    parts, words,
};
use crate::{
    intent::Intent,
    view::{Alert, AlertState, Delivery},
};

/// U1: a screen offers at most six choices.
const MOST: usize = 6;
const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

pub(super) fn draw<'a>(scene: &'a Scene<'a>) -> Page<'a> {
    let mut page = Page::new(scene, "status", words(&scene.settings.lang).get("status-title"));
    page.shows_status = false;
    page.push_answer_to_title();
    for alert in scene.alerts.iter().filter(|alert| waits(alert)).take(MOST) {
        let card = waiting_card(&page, alert);
        page.push(Node::Card { card });
    }
    page.push_last_contact();
    page.push_clock();
    page
}

fn waits(alert: &Alert) -> bool {
    let here = matches!(alert.delivery, Delivery::Draft { .. } | Delivery::Saved);
    alert.author.me && alert.state == AlertState::Open && here
}

fn waiting_card(page: &Page<'_>, alert: &Alert) -> Card {
    let counting = matches!(alert.delivery, Delivery::Draft { due_ms: Some(due) } if due > page.scene.now_ms);
    let intent =
        if counting { Intent::Stop { alert: alert.id.clone() } } else { Intent::Withdraw { alert: alert.id.clone() } };
    let text = page.words.get("sent-withdraw");
    let id = format!("withdraw-{}", alert.id);
    let what = parts::marked(Mark::None, page.words.get(kind_key(alert.kind)));
    let mut lines = vec![Line { strong: true, ..what }];
    if alert.practice {
        lines.push(parts::line("info", page.words.get("practice-line")));
    }
    Card {
        tone: None,
        icon: Some(kind_icon(alert.kind).to_owned()),
        centre: false,
        lines,
        button: Some(parts::button(ButtonStyle::Minor, "undo", text, &id, intent)),
    }
}

impl Page<'_> {
    fn push_answer_to_title(&mut self) {
        let words = self.words;
        let waiting = self.scene.connection.waiting;
        let count = [("count", waiting.into())];
        let (icon, tone, texts) = if waiting == 0 {
            ("done", Tone::Done, vec![words.get("status-yes")])
        } else {
            let texts = vec![words.get_with("status-wait", &count), words.get_with("status-wait-how", &count)];
            ("waiting", Tone::Waiting, texts)
        };
        let mut lines: Vec<Line> = texts.into_iter().map(|text| parts::marked(Mark::None, text)).collect();
        if let Some(first) = lines.first_mut() {
            first.strong = true;
        }
        let card = Card { tone: Some(tone), icon: Some(icon.to_owned()), centre: true, lines, button: None };
        self.push(Node::Card { card });
    }

    /// A clock that is off by more than a day makes every time on the screens wrong.
    fn push_clock(&mut self) {
        let Some(ahead_s) = self.scene.connection.clock_ahead_s else { return };
        let days = u32::try_from(ahead_s.unsigned_abs() / SECONDS_OF_A_DAY).unwrap_or(u32::MAX).max(1);
        let key = if ahead_s > 0 { "status-clock-ahead" } else { "status-clock-behind" };
        let text = self.words.get_with(key, &[("count", days.into())]);
        self.push(parts::tinted("warning", text, Tone::Attention));
    }

    /// When the relay was last reached, and that it is not reached now.
    fn push_last_contact(&mut self) {
        let words = self.words;
        if !self.scene.connection.online {
            self.push(Node::Line { line: parts::line("no-internet", words.get("status-no-connection")) });
        }
        let line = match self.scene.connection.last_contact_s {
            None => parts::line("info", words.get("status-never")),
            Some(last) => {
                let moment = self.moment(last);
                let text = words.get_with("status-last", &[("when", (&moment.words).into())]);
                parts::marked(Mark::Clock { hour: moment.hour, minute: moment.minute }, text)
            }
        };
        self.push(Node::Line { line });
    }
}
