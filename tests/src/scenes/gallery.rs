//! The screens that somebody should look at: one of each that matters, for the golden files and the word checks.

use ratel_core::{
    intent::{AlertKind, Answer},
    screen::{CodePurpose, CodeView, FirstStep, Mode, Route},
    view::{Alert, AlertState, Delivery, Membership, Role},
};

use super::{FIRST_STEPS, NOTE, NOW_MS, OTHER_NOTE, Staged, ahmed, answered, fatma, my_answer, own, person, theirs};

const ALERT: &str = "7f3a91c2";

/// Every screen once, in simplified and full use where they differ; Dutch and ordinary letters.
pub fn gallery() -> Vec<Staged> {
    [
        homes(),
        reports(),
        own_alerts(),
        details(),
        full(),
        rest(),
        first_run(),
        meeting(),
        super::people::gallery(),
        super::acts::gallery(),
        super::aside::gallery(),
        super::letters::gallery(),
        super::erase::gallery(),
        super::team::gallery(),
    ]
    .concat()
}

fn homes() -> Vec<Staged> {
    let many = [theirs("b1", AlertKind::Vehicle), theirs(ALERT, AlertKind::BreakIn), theirs("c1", AlertKind::Fire)];
    vec![
        Staged::new("home-quiet", Route::Home),
        Staged::new("home-alert", Route::Home).with([theirs(ALERT, AlertKind::BreakIn)]),
        Staged::new("home-three-alerts", Route::Home).with(many.clone()),
        Staged::new("home-offline", Route::Home).offline(1),
        Staged::new("home-alone", Route::Home).membership(Membership::Alone),
        Staged::new("home-waiting", Route::Home).membership(Membership::Waiting),
        Staged::new("home-outside", Route::Home).membership(Membership::Outside),
        Staged::new("home-removed", Route::Home).membership(Membership::Removed),
        Staged::new("alerts", Route::Alerts).with(many),
    ]
}

fn reports() -> Vec<Staged> {
    let place = |name, kind| Staged::new(name, Route::ReportPlace).reporting(Some(kind), false);
    vec![
        Staged::new("report-what", Route::ReportWhat).reporting(None, false),
        Staged::new("report-what-practice", Route::ReportWhat).reporting(None, true),
        place("report-place-break-in", AlertKind::BreakIn),
        place("report-place-fire", AlertKind::Fire),
        place("report-place-vehicle", AlertKind::Vehicle),
        place("report-card-doorstep", AlertKind::DoorstepScam),
        place("report-place-full", AlertKind::Behaviour).used(Mode::Full),
    ]
}

fn sent(name: &str, alert: Alert) -> Staged {
    Staged::new(name, Route::Sent { alert: alert.id.clone() }).with([alert])
}

fn own_alerts() -> Vec<Staged> {
    let break_in = |delivery| own(ALERT, AlertKind::BreakIn, delivery);
    let going = Alert {
        called_112: Some(true),
        seen_by: 2,
        answers: vec![answered(ahmed(), Answer::Come), answered(fatma(), Answer::See)],
        ..break_in(Delivery::Sent)
    };
    let withdrawn = Alert { state: AlertState::Withdrawn, ..break_in(Delivery::Sent) };
    let due = Delivery::Draft { due_ms: Some(NOW_MS + 7_400) };
    vec![
        sent("sent-counting", break_in(due)).offline(1),
        sent("sent-saved-offline", break_in(Delivery::Saved)).offline(1),
        sent("sent-saved-online", break_in(Delivery::Saved)),
        sent("sent-alone", break_in(Delivery::Draft { due_ms: None })).membership(Membership::Alone),
        sent("sent-fresh", break_in(Delivery::Sent)),
        sent("sent-seen", going.clone()),
        sent("sent-full", going).used(Mode::Full),
        sent("sent-practice", Alert { practice: true, ..break_in(Delivery::Sent) }),
        sent("sent-withdrawn", withdrawn),
    ]
}

fn detail(name: &str, alert: Alert, changing: bool) -> Staged {
    Staged::new(name, Route::Detail { alert: alert.id.clone(), changing }).with([alert])
}

fn details() -> Vec<Staged> {
    let plain = theirs(ALERT, AlertKind::BreakIn);
    let known = Alert { note: NOTE.to_owned(), called_112: Some(true), seen_by: 1, ..plain.clone() };
    let coming = Alert {
        answers: vec![
            my_answer(Answer::Come),
            answered(fatma(), Answer::Come),
            answered(person("Noor", "8", Role::Resident), Answer::Come),
        ],
        ..known.clone()
    };
    vec![
        detail("detail-new", plain.clone(), false),
        detail("detail-called", known.clone(), false),
        detail("detail-answered", coming.clone(), false),
        detail("detail-changing", coming, true),
        detail("detail-two-versions", Alert { other_notes: vec![OTHER_NOTE.to_owned()], ..known }, false),
        detail("detail-vehicle", theirs(ALERT, AlertKind::Vehicle), false),
        detail("detail-practice", Alert { practice: true, ..plain.clone() }, false),
        detail("detail-withdrawn", Alert { state: AlertState::Withdrawn, ..plain }, false),
    ]
}

fn full() -> Vec<Staged> {
    let alert = Alert {
        note: NOTE.to_owned(),
        called_112: Some(true),
        seen_by: 2,
        answers: vec![my_answer(Answer::See), answered(fatma(), Answer::Come)],
        ..theirs(ALERT, AlertKind::BreakIn)
    };
    let withdrawn = Alert { state: AlertState::Withdrawn, ..theirs("b1", AlertKind::Fire) };
    let mine = own("c1", AlertKind::Vehicle, Delivery::Saved);
    vec![
        Staged::new("full-home-quiet", Route::Home).used(Mode::Full),
        Staged::new("full-home", Route::Home).used(Mode::Full).with([mine, alert.clone(), withdrawn]).offline(1),
        detail("full-detail", alert, false).used(Mode::Full),
        Staged::new("full-edit", Route::Edit { alert: ALERT.to_owned() })
            .used(Mode::Full)
            .with([Alert { note: NOTE.to_owned(), ..own(ALERT, AlertKind::BreakIn, Delivery::Saved) }]),
    ]
}

fn rest() -> Vec<Staged> {
    let waiting = [own(ALERT, AlertKind::BreakIn, Delivery::Saved), own("b1", AlertKind::Vehicle, Delivery::Saved)];
    let mut wrong_clock = Staged::new("status-wrong-clock", Route::Status);
    wrong_clock.connection.clock_ahead_s = Some(3 * 24 * 60 * 60);
    vec![
        wrong_clock,
        Staged::new("status-sent", Route::Status),
        Staged::new("status-waiting", Route::Status).with(waiting).offline(2),
        Staged::new("settings", Route::Settings),
        Staged::new("letters", Route::Letters),
        Staged::new("language", Route::Language),
    ]
}

/// The first run, one step after the other; the phone is outside until it has met a neighbour.
fn first_run() -> Vec<Staged> {
    let outside = |step| Staged::first_run(step).membership(Membership::Outside);
    let mut all: Vec<Staged> = FIRST_STEPS.into_iter().map(outside).collect();
    all.extend([
        Staged::first_run(FirstStep::Street)
            .membership(Membership::Outside)
            .used(Mode::Full)
            .named("first-street-full"),
        Staged::first_run(FirstStep::Practise).named("first-practise"),
    ]);
    all
}

/// Two phones meet: the card, the scanner, whom to let in, the answer.
fn meeting() -> Vec<Staged> {
    let code = || "RATEL-CARD-04MTR".to_owned();
    let showing =
        |name, route, purpose| Staged { code: Some(CodeView { text: code(), purpose }), ..Staged::new(name, route) };
    let mut lets_in = Staged::new("let-in", Route::LetIn { code: code(), replaces: None });
    lets_in.neighbourhood.me.role = Role::Coordinator;
    let answer = Route::GiveAnswer { code: code(), purpose: CodePurpose::Answer };
    vec![
        showing("card", Route::Card, CodePurpose::Card).membership(Membership::Waiting),
        Staged::new("scan", Route::Scan { replaces: None }).membership(Membership::Waiting),
        Staged::new("scan-full", Route::Scan { replaces: None }).used(Mode::Full),
        lets_in,
        showing("give-answer", answer, CodePurpose::Answer),
    ]
}
