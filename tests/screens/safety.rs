//! R02, R10, R16: 112 comes first, nobody is sent after anybody, and forms ask for behaviour.

use ratel_core::{
    intent::Intent,
    screen::{Mode, Node, Screen},
    view::{AlertState, Delivery},
};
use ratel_tests::{
    reading::texts,
    scenes::{Staged, gallery},
};

use crate::{choices::buttons, control, holds};

/// The sentences that the rules are about, in both languages.
const SAFETY: [&str; 2] = ["Blijf zelf veilig. Ga niet achter iemand aan.", "Stay safe. Do not go after anyone."];
const BEHAVIOUR: [&str; 2] = [
    "Vertel wat de persoon doet. Niet hoe de persoon eruitziet.",
    "Tell what the person does. Not how the person looks.",
];

fn says(screen: &Screen, sentences: [&str; 2]) -> bool {
    screen.nodes.iter().flat_map(texts).any(|text| sentences.contains(&text.as_str()))
}

/// No screen of an emergency kind exists without 112 in its place, and reading aloud says it first.
fn r02_112_first(staged: &Staged, screen: &Screen) -> Option<String> {
    let about = staged.kind().is_none_or(ratel_core::intent::AlertKind::emergency_first);
    let placed = screen.call.action.intent == Intent::Dial112;
    let first = screen.spoken.first().is_some_and(|said| said.text.contains("112"));
    (about && !(placed && first)).then(|| "112 is not in its place, or not said first".to_owned())
}

/// Before sending: the danger row on the choice of a kind; where life is at stake, the largest row of the next screen.
fn r02_danger_row(staged: &Staged, screen: &Screen) -> Option<String> {
    let kind = staged.kind().map(ratel_core::intent::AlertKind::code);
    let needed = screen.id == "report-what"
        || screen.id == "report-card"
        || (screen.id == "report-place" && kind.is_some_and(|kind| ["fire", "help"].contains(&kind)));
    let needed =
        needed && !(screen.id == "report-place" && staged.report.as_ref().is_some_and(|report| report.practice));
    let first = buttons(screen).first().is_some_and(|button| button.action.intent == Intent::Dial112);
    (needed && !first).then(|| "no row that calls 112 above the choices".to_owned())
}

/// Afterwards: whether somebody called stands above the answers, or is asked of the author.
fn r02_called(staged: &Staged, screen: &Screen) -> Option<String> {
    let alert = staged.alerts.iter().find(|alert| staged.kind() == Some(alert.kind))?;
    let about = ["detail", "sent"].contains(&screen.id.as_str()) && alert.state == AlertState::Open;
    let known = alert.called_112 == Some(true);
    if alert.practice && !known {
        let asks = buttons(screen).iter().any(|button| button.action.intent == Intent::Dial112);
        return (about && asks).then(|| "practice asks to call 112".to_owned());
    }
    if !about || !(alert.kind.emergency_first() || known) {
        return None;
    }
    let at = screen.nodes.iter().position(|node| texts(node).iter().any(|text| text.contains("112")));
    let answers = screen.nodes.iter().position(
        |node| matches!(node, Node::Button { button } if matches!(button.action.intent, Intent::Answer { .. })),
    );
    match (at, answers) {
        (None, _) => Some("does not say whether 112 was called".to_owned()),
        (Some(at), Some(answers)) if at > answers => Some("says it below the answers".to_owned()),
        _ => None,
    }
}

/// Somebody at the door goes to no group: its card calls 112, and asks a chosen helper alone (R27).
fn doorstep_goes_to_no_group(staged: &Staged, screen: &Screen) -> Option<String> {
    let kind = staged.kind()?;
    let sends = buttons(screen).iter().any(|button| button.action.intent == Intent::Send);
    let alone = screen.foot.iter().any(|foot| foot.line.iter().any(|line| says_alone(&line.text)));
    let wrong = match screen.id.as_str() {
        "report-card" => sends != staged.neighbourhood.helper.is_some() || sends != alone,
        id if id.starts_with("report-p") => sends != kind.to_the_group(),
        _ => false,
    };
    wrong.then(|| "sends what it must not, or does not say to whom".to_owned())
}

fn says_alone(text: &str) -> bool {
    text.starts_with("Alleen Ahmed") || text.starts_with("Only Ahmed")
}

fn r10_safety_line(staged: &Staged, screen: &Screen) -> Option<String> {
    let about = staged.kind().is_some_and(ratel_core::intent::AlertKind::about_a_person);
    let shown = ["detail", "sent", "report-card", "edit"].contains(&screen.id.as_str());
    (about && shown && !says(screen, SAFETY)).then(|| "no safety line".to_owned())
}

fn r16_behaviour(staged: &Staged, screen: &Screen) -> Option<String> {
    let about = staged.kind().is_some_and(ratel_core::intent::AlertKind::about_a_person);
    let form = ["report-place", "edit"].contains(&screen.id.as_str());
    (about && form && !says(screen, BEHAVIOUR)).then(|| "does not ask for behaviour".to_owned())
}

/// A practice alert says so wherever it is shown as a whole.
fn practice_is_marked(staged: &Staged, screen: &Screen) -> Option<String> {
    let report = staged.report.as_ref().is_some_and(|report| report.practice) && screen.id.starts_with("report-");
    let alert = staged.kind().is_some() && staged.report.is_none() && staged.alerts.iter().any(|alert| alert.practice);
    let marked = screen.nodes.iter().flat_map(texts).any(|text| text.contains("oefening") || text.contains("practice"));
    ((report || alert) && !marked).then(|| "practice looks real".to_owned())
}

/// Only new alerts of others sound; danger repeats; practice is one knock with a word.
fn alarms(staged: &Staged, screen: &Screen) -> Option<String> {
    let unseen =
        |alert: &&ratel_core::view::Alert| !alert.author.me && !alert.seen_here && alert.state == AlertState::Open;
    let real = staged.alerts.iter().filter(unseen).any(|alert| alert.kind.danger() && !alert.practice);
    let any = staged.alerts.iter().any(|alert| unseen(&alert));
    let heard = screen.alarm.as_ref();
    (heard.is_some() != any || heard.is_some_and(|alarm| alarm.repeats != real)).then(|| format!("sounds {heard:?}"))
}

#[test]
fn r02_112_is_in_its_place_and_said_first_on_every_screen() {
    holds(r02_112_first);
    holds(r02_danger_row);
    control(r02_112_first, "report-place-fire", |screen| {
        screen.spoken.remove(0);
    });
    control(r02_112_first, "sent-counting", |screen| screen.call.action.intent = Intent::Home);
    control(r02_danger_row, "report-place-fire", |screen| {
        screen.nodes.remove(0);
    });
}

#[test]
fn r02_whether_112_was_called_stands_above_the_answers() {
    holds(r02_called);
    control(r02_called, "detail-new", |screen| {
        screen.nodes.retain(|node| !texts(node).iter().any(|text| text.contains("112")));
    });
    control(r02_called, "detail-called", |screen| screen.nodes.reverse());
    let calls = gallery().into_iter().find(|staged| staged.name == "detail-new").unwrap().screen().nodes;
    control(r02_called, "detail-practice", |screen| screen.nodes = calls);
}

#[test]
fn r27_somebody_at_the_door_goes_to_no_group() {
    holds(doorstep_goes_to_no_group);
    control(doorstep_goes_to_no_group, "report-place-fire", |screen| screen.foot = None);
    control(doorstep_goes_to_no_group, "letter-card", |screen| screen.foot.as_mut().unwrap().line = None);
}

#[test]
fn r10_r16_nobody_is_sent_after_anybody_and_forms_ask_for_behaviour() {
    holds(r10_safety_line);
    holds(r16_behaviour);
    for (rule, name) in [(r10_safety_line as crate::Rule, "detail-called"), (r16_behaviour, "report-place-full")] {
        control(rule, name, |screen| screen.nodes.retain(|node| !matches!(node, Node::Line { .. })));
    }
}

#[test]
fn practice_is_marked_and_only_news_makes_a_sound() {
    holds(practice_is_marked);
    holds(alarms);
    control(practice_is_marked, "detail-practice", |screen| {
        screen.nodes.remove(0);
    });
    control(alarms, "detail-new", |screen| screen.alarm = None);
    control(alarms, "detail-practice", |screen| screen.alarm.as_mut().unwrap().repeats = true);
}

/// Screens that full use draws in a form of its own.
const OWN_FORM: [&str; 13] = [
    "recover",
    "lapse",
    "home",
    "detail",
    "edit",
    "people",
    "changes",
    "charter-edit",
    "settings",
    "team",
    "team-write",
    "relay",
    "relay-move",
];

#[test]
fn full_use_has_its_own_home_and_alert_and_shares_the_rest() {
    for (staged, screen) in crate::EVERY.iter() {
        let own_form = OWN_FORM.contains(&screen.id.as_str());
        let full = staged.settings.mode == Mode::Full && own_form;
        assert_eq!(screen.mode == Mode::Full, full, "{} {}", screen.id, staged.name);
        assert_eq!(screen.chosen_mode, staged.settings.mode);
    }
}

/// R01: what is stored says so at once, while the seconds run too, in the part that stays in view.
fn r01_saved_is_said(staged: &Staged, screen: &Screen) -> Option<String> {
    let saved = |text: &str| text.contains("Bewaard") || text.contains("Saved");
    let at_the_foot = screen.foot.iter().any(|foot| foot.line.iter().any(|line| saved(&line.text)));
    let alert = staged.alerts.iter().find(|alert| staged.kind() == Some(alert.kind))?;
    let here = matches!(alert.delivery, Delivery::Draft { .. } | Delivery::Saved) && alert.state == AlertState::Open;
    match screen.id.as_str() {
        "report-wait" => !at_the_foot,
        "sent" => here && !saved(&screen.title.text),
        _ => false,
    }
    .then(|| "does not say that it is stored".to_owned())
}

/// Nothing says sent before a relay has it.
fn words_about_delivery_are_facts(staged: &Staged, screen: &Screen) -> Option<String> {
    let alert = staged.alerts.iter().find(|alert| staged.kind() == Some(alert.kind))?;
    let about = ["sent", "report-wait"].contains(&screen.id.as_str());
    let says = screen.nodes.iter().flat_map(texts).chain([screen.title.text.clone()]);
    let sent = says.into_iter().any(|text| ["Verstuurd", "Sent"].contains(&text.trim_end_matches('.')));
    (about && sent && !matches!(alert.delivery, Delivery::Sent | Delivery::Received)).then(|| "says sent".to_owned())
}

#[test]
fn r01_stored_is_said_at_once_and_sent_only_when_it_is() {
    holds(r01_saved_is_said);
    holds(words_about_delivery_are_facts);
    control(r01_saved_is_said, "sent-counting", |screen| screen.foot.as_mut().unwrap().line = None);
    for name in ["sent-saved-offline", "sent-counting"] {
        control(words_about_delivery_are_facts, name, |screen| screen.title.text = "Verstuurd.".to_owned());
    }
}
