//! Alerts as lines of text.

use chrono::{Local, TimeZone};
use ratel_core::{
    intent::{AlertKind, Answer},
    view::{Alert, AlertState, Delivery, Person},
};

use super::{Place, print_json};
use crate::{
    args,
    failure::Failure,
    speech::{Speech, print_line},
};

/// Digits of an id that are printed in a list; any four that fit one alert can be typed.
const SHORT_ID: usize = 8;

/// `ratel alerts`.
pub(super) fn alerts(place: &Place, as_json: bool) -> Result<(), Failure> {
    let alerts = place.open()?.alerts()?;
    if as_json {
        return print_json(&alerts);
    }
    if alerts.is_empty() {
        place.speech.say("cli-alerts-none");
    }
    for alert in &alerts {
        print_line(&line(&place.speech, alert));
    }
    Ok(())
}

/// `ratel show`.
pub(super) fn show(place: &Place, show: &args::Show) -> Result<(), Failure> {
    let alert = place.open()?.alert(&show.alert.id)?;
    if show.format.json {
        return print_json(&alert);
    }
    let speech = &place.speech;
    print_line(&line(speech, &alert));
    print_line(&format!("{}, {}", who(&alert.author), alert.place));
    for note in std::iter::once(&alert.note).chain(&alert.other_notes).filter(|note| !note.is_empty()) {
        print_line(note);
    }
    if !alert.other_notes.is_empty() {
        speech.say("cli-two-versions");
    }
    match alert.called_112 {
        Some(true) => speech.say("called-yes"),
        Some(false) => speech.say("called-no"),
        None => {}
    }
    for answered in &alert.answers {
        speech.say_with(answered_key(answered.answer), &[("name", (&who(&answered.person)).into())]);
    }
    if alert.seen_by > 0 {
        speech.say_with("cli-seen-by", &[("count", alert.seen_by.into())]);
    }
    Ok(())
}

/// One line: id, when, what, how it stands and how far it came.
pub(super) fn line(speech: &Speech, alert: &Alert) -> String {
    let mut parts = vec![short(&alert.id), when(alert.time_s), speech.get(&kind_key(alert.kind))];
    if alert.practice {
        parts.push(speech.get("practice-badge"));
    }
    parts.push(speech.get(match (alert.state, &alert.delivery) {
        (AlertState::Withdrawn, _) => "cli-state-withdrawn",
        (_, Delivery::Draft { .. }) => "cli-state-draft",
        (_, Delivery::Saved) => "cli-state-saved",
        (_, Delivery::Sent) => "cli-state-sent",
        (_, Delivery::Received) => "cli-state-open",
    }));
    parts.join("  ")
}

/// The first digits of an id.
pub(super) fn short(id: &str) -> String {
    if id.starts_with("draft-") { id.to_owned() } else { id.chars().take(SHORT_ID).collect() }
}

/// A moment by the clock on this computer's wall.
pub(super) fn when(time_s: i64) -> String {
    Local.timestamp_opt(time_s, 0).single().map_or_else(String::new, |time| time.format("%Y-%m-%d %H:%M").to_string())
}

pub(super) fn who(person: &Person) -> String {
    person.number.as_ref().map_or_else(|| person.name.clone(), |number| format!("{} ({number})", person.name))
}

fn kind_key(kind: AlertKind) -> String {
    format!("kind-{}", kind.code())
}

const fn answered_key(answer: Answer) -> &'static str {
    match answer {
        Answer::See => "answered-see",
        Answer::Come => "answered-come",
        Answer::Cannot => "answered-cannot",
        Answer::Call => "answered-call",
    }
}
