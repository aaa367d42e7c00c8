//! Every screen that the core can make: routes, uses, languages, kinds, and states, multiplied.

use ratel_core::{
    intent::{AlertKind, Answer},
    screen::{CodePurpose, CodeView, LANGUAGES, Mode, Route, Theme},
    view::{Alert, AlertState, Answered, Delivery, Membership, Role},
};

use super::{
    FIRST_STEPS, NOTE, NOW_MS, OTHER_NOTE, Staged, ahmed, answered, fatma, gallery, my_answer, own, person, theirs,
};

const MODES: [Mode; 2] = [Mode::Simplified, Mode::Full];
const CALLED: [Option<bool>; 3] = [None, Some(false), Some(true)];
const STATES: [AlertState; 2] = [AlertState::Open, AlertState::Withdrawn];
const MEMBERSHIPS: [Membership; 6] = [
    Membership::Outside,
    Membership::Alone,
    Membership::Waiting,
    Membership::Spent,
    Membership::Member,
    Membership::Removed,
];
const DELIVERIES: [Delivery; 6] = [
    Delivery::Draft { due_ms: Some(NOW_MS + 9_999) },
    Delivery::Draft { due_ms: Some(NOW_MS + 1) },
    Delivery::Draft { due_ms: Some(NOW_MS - 1) },
    Delivery::Draft { due_ms: None },
    Delivery::Saved,
    Delivery::Sent,
];

/// All of them; some thousands.
pub fn every() -> Vec<Staged> {
    let drawn = [
        homes(),
        reports(),
        own_alerts(),
        details(),
        rest(),
        joining(),
        first_runs(),
        super::people::every(),
        super::acts::every(),
        super::aside::every(),
        super::letters::every(),
        super::erase::every(),
        super::team::every(),
        gallery(),
    ]
    .concat();
    let mut all = Vec::new();
    for staged in drawn {
        for mode in MODES {
            for lang in LANGUAGES {
                all.push(staged.clone().used(mode).in_language(lang));
            }
        }
    }
    all.extend(gallery());
    all.extend(gallery().into_iter().map(|staged| staged.letters(310)));
    all
}

fn named(parts: &[&dyn std::fmt::Debug]) -> String {
    parts.iter().map(|part| format!("{part:?}")).collect::<Vec<_>>().join(" ")
}

fn homes() -> Vec<Staged> {
    let mut all = Vec::new();
    for membership in MEMBERSHIPS {
        for waiting in [0, 1, 2, 21] {
            for route in [Route::Home, Route::Alerts] {
                for kind in AlertKind::ALL {
                    for count in [0, 1, 2, 9] {
                        let alerts = (0..count).map(|at| sort(at, theirs(&format!("{at}a"), kind)));
                        let staged = Staged::new(&named(&[&membership, &waiting, &kind, &count]), route.clone());
                        let staged = staged.membership(membership).with(alerts);
                        all.push(if waiting > 0 { staged.offline(waiting) } else { staged });
                    }
                }
            }
        }
    }
    all
}

/// Alerts of all sorts: new, seen, practice, withdrawn, one's own.
fn sort(at: u32, alert: Alert) -> Alert {
    match at % 5 {
        0 => alert,
        1 => Alert { seen_here: true, called_112: Some(true), ..alert },
        2 => Alert { practice: true, ..alert },
        3 => Alert { state: AlertState::Withdrawn, ..alert },
        _ => Alert { delivery: Delivery::Saved, ..own(&alert.id, alert.kind, Delivery::Saved) },
    }
}

fn reports() -> Vec<Staged> {
    let mut all = Vec::new();
    for practice in [false, true] {
        for waiting in [0, 1] {
            for membership in [Membership::Alone, Membership::Waiting, Membership::Member] {
                let kinds = AlertKind::ALL.map(Some).into_iter().chain([None]);
                for kind in kinds {
                    for route in [Route::ReportWhat, Route::ReportPlace] {
                        let staged = Staged::new(&named(&[&practice, &waiting, &membership, &kind]), route);
                        let staged = staged.membership(membership).reporting(kind, practice);
                        all.push(if waiting > 0 { staged.offline(waiting) } else { staged });
                    }
                }
            }
        }
    }
    all
}

fn crowds() -> Vec<Vec<Answered>> {
    let crowd = |count: u32, answer| {
        (0..count).map(move |at| answered(person(&format!("Buur{at}"), "9", Role::Resident), answer)).collect()
    };
    vec![
        Vec::new(),
        vec![answered(ahmed(), Answer::Come), answered(fatma(), Answer::Cannot)],
        vec![answered(ahmed(), Answer::See), my_answer(Answer::Cannot)],
        vec![my_answer(Answer::Come)],
        vec![my_answer(Answer::See)],
        crowd(7, Answer::Come),
        crowd(3, Answer::See),
    ]
}

fn own_alerts() -> Vec<Staged> {
    let mut all = Vec::new();
    for kind in AlertKind::ALL.into_iter().filter(|kind| kind.to_the_group()) {
        for delivery in DELIVERIES {
            for called_112 in CALLED {
                for state in STATES {
                    for (answers, practice) in crowds().into_iter().zip([false, true].into_iter().cycle()) {
                        let seen_by = u32::try_from(answers.len()).unwrap();
                        let base = own("1a2b", kind, delivery);
                        let alert = Alert { called_112, state, answers, practice, seen_by, ..base };
                        let staged = Staged::new(
                            &named(&[&kind, &delivery, &called_112, &state, &practice]),
                            Route::Sent { alert: "1a2b".to_owned() },
                        );
                        let alone = matches!(delivery, Delivery::Draft { due_ms: None });
                        let staged = if alone { staged.membership(Membership::Alone) } else { staged };
                        let waits = delivery != Delivery::Sent;
                        let staged = staged.with([alert]);
                        all.push(if waits { staged.offline(1) } else { staged });
                    }
                }
            }
        }
    }
    all
}

fn details() -> Vec<Staged> {
    let notes = [(String::new(), vec![]), (NOTE.to_owned(), vec![]), (NOTE.to_owned(), vec![OTHER_NOTE.to_owned()])];
    let mut all = Vec::new();
    for kind in AlertKind::ALL.into_iter().filter(|kind| kind.to_the_group()) {
        for called_112 in CALLED {
            for state in STATES {
                for (answers, practice) in crowds().into_iter().zip([false, true].into_iter().cycle()) {
                    for (note, other_notes) in notes.clone() {
                        for changing in [false, true] {
                            let base = theirs("1a2b", kind);
                            let (answers, note, other_notes) = (answers.clone(), note.clone(), other_notes.clone());
                            let alert = Alert { called_112, state, answers, practice, note, other_notes, ..base };
                            let name = named(&[&kind, &called_112, &state, &practice, &changing]);
                            all.push(
                                Staged::new(&name, Route::Detail { alert: "1a2b".to_owned(), changing }).with([alert]),
                            );
                        }
                    }
                }
            }
        }
    }
    all
}

fn joining() -> Vec<Staged> {
    let code = || "RATEL-CARD-04MTR".to_owned();
    let shown = |purpose| Some(CodeView { text: code(), purpose });
    let given = |purpose| Route::GiveAnswer { code: code(), purpose };
    let routes = [
        (Route::Card, shown(CodePurpose::Card)),
        (Route::Card, None),
        (Route::Scan { replaces: None }, None),
        (Route::LetIn { code: code(), replaces: None }, None),
        (Route::LetIn { code: code(), replaces: Some("Ria".to_owned()) }, None),
        (given(CodePurpose::Answer), shown(CodePurpose::Answer)),
        (given(CodePurpose::AnswerAgain), shown(CodePurpose::AnswerAgain)),
        (Route::Invitation { id: "00".to_owned() }, shown(CodePurpose::Invitation)),
        (Route::Invitation { id: "00".to_owned() }, None),
    ];
    let mut all = Vec::new();
    for (route, code) in routes {
        for role in [Role::Resident, Role::Coordinator] {
            for others in [0, 24] {
                let mut staged = Staged::new(&named(&[&role, &others]), route.clone());
                staged.neighbourhood.me.role = role;
                staged.neighbourhood.others = others;
                staged.code.clone_from(&code);
                all.push(staged);
            }
        }
    }
    all
}

fn first_runs() -> Vec<Staged> {
    let mut all = Vec::new();
    for membership in MEMBERSHIPS {
        for step in FIRST_STEPS {
            for letters in [100, 310] {
                let alerts = (0..u32::from(letters == 310)).map(|at| sort(at, theirs("1a2b", AlertKind::Fire)));
                all.push(Staged::first_run(step).membership(membership).letters(letters).with(alerts));
            }
        }
    }
    all
}

fn rest() -> Vec<Staged> {
    let mut all = Vec::new();
    for route in [Route::Status, Route::Settings, Route::Letters, Route::Language] {
        for letters in [100, 200, 310] {
            for theme in [Theme::Light, Theme::Dark] {
                for waiting in [0, 1, 7] {
                    let mut staged = Staged::new(&named(&[&letters, &theme, &waiting]), route.clone()).letters(letters);
                    staged.settings.theme = theme;
                    let alerts = (0..waiting).map(|at| own(&format!("{at}c"), AlertKind::Fire, Delivery::Saved));
                    all.push(if waiting > 0 { staged.with(alerts).offline(waiting) } else { staged });
                }
            }
        }
    }
    all
}
