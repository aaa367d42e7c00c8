//! Letters: the doorstep card with a helper, Ria's letter to Ahmed, and one that asks Ria.

use ratel_core::{
    intent::{AlertKind, Answer},
    screen::Route,
    view::{Alert, AlertState, Delivery, Person, Role},
};

use super::{NOTE, NOW_MS, Staged, ahmed, answered, my_answer, own, person, theirs};

const LETTER: &str = "5ca1ab1e";

/// A letter of Ria's: she asks Ahmed, who helps her.
fn mine(delivery: Delivery) -> Alert {
    Alert { to: Some(ahmed()), ..own(LETTER, AlertKind::DoorstepScam, delivery) }
}

/// A letter of Ria's that waits: its helper went before it was sealed.
fn without_helper(practice: bool) -> Staged {
    let alert = own(LETTER, AlertKind::DoorstepScam, Delivery::Draft { due_ms: None });
    Staged::new("letter-no-helper", Route::Sent { alert: LETTER.to_owned() }).with([Alert { practice, ..alert }])
}

/// A letter of Ahmed's that asks Ria for help.
fn to_me() -> Alert {
    let me = Person { me: true, ..person("Ria", "14", Role::Resident) };
    Alert { to: Some(me), ..theirs(LETTER, AlertKind::DoorstepScam) }
}

fn helped(name: &str, route: Route) -> Staged {
    let mut staged = Staged::new(name, route);
    staged.neighbourhood.helper = Some(ahmed());
    staged
}

fn sent(name: &str, alert: Alert) -> Staged {
    helped(name, Route::Sent { alert: alert.id.clone() }).with([alert])
}

fn asked(name: &str, alert: Alert, changing: bool) -> Staged {
    Staged::new(name, Route::Detail { alert: alert.id.clone(), changing }).with([alert])
}

/// One of each that somebody should look at.
pub(super) fn gallery() -> Vec<Staged> {
    let comes = Alert { answers: vec![answered(ahmed(), Answer::Come)], ..mine(Delivery::Sent) };
    let calls = Alert { answers: vec![answered(ahmed(), Answer::Call)], ..mine(Delivery::Sent) };
    let promised = Alert { answers: vec![my_answer(Answer::Call)], note: NOTE.to_owned(), ..to_me() };
    vec![
        helped("letter-card", Route::ReportPlace).reporting(Some(AlertKind::DoorstepScam), false),
        sent("letter-counting", mine(Delivery::Draft { due_ms: Some(NOW_MS + 7_400) })).offline(1),
        sent("letter-sent", mine(Delivery::Sent)),
        sent("letter-comes", comes),
        sent("letter-calls", calls),
        sent("letter-own-withdrawn", Alert { state: AlertState::Withdrawn, ..mine(Delivery::Sent) }),
        without_helper(false),
        Staged::new("letter-home", Route::Home).with([to_me()]),
        asked("letter-asked", to_me(), false),
        asked("letter-answered", promised, false),
        asked("letter-withdrawn", Alert { state: AlertState::Withdrawn, ..to_me() }, false),
    ]
}

/// All of them, multiplied.
pub(super) fn every() -> Vec<Staged> {
    let mut all = Vec::new();
    for practice in [false, true] {
        all.push(without_helper(practice));
        all.push(helped("letter card", Route::ReportPlace).reporting(Some(AlertKind::DoorstepScam), practice));
        for state in [AlertState::Open, AlertState::Withdrawn] {
            for answer in [None, Some(Answer::Call), Some(Answer::Come)] {
                for changing in [false, true] {
                    let answers = answer.map(my_answer).into_iter().collect();
                    all.push(asked("letter asked", Alert { state, practice, answers, ..to_me() }, changing));
                }
                for delivery in [Delivery::Saved, Delivery::Sent, Delivery::Draft { due_ms: None }] {
                    let answers = answer.map(|answer| answered(ahmed(), answer)).into_iter().collect();
                    all.push(sent("letter sent", Alert { state, practice, answers, ..mine(delivery) }));
                }
            }
        }
    }
    all
}
