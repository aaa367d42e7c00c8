//! Taking an alert away for ever: Ria her own, a letter, and Fatma one of Ahmed's.

use ratel_core::{
    intent::AlertKind,
    screen::{Mode, Route},
    view::{Alert, Delivery, Role},
};

use super::{NOTE, Staged, ahmed, own, theirs};

const ALERT: &str = "7f3a91c2";

fn erasing(name: &str, alert: Alert) -> Staged {
    Staged::new(name, Route::Erase { alert: alert.id.clone() }).with([alert])
}

fn mine(kind: AlertKind, delivery: Delivery) -> Alert {
    Alert { note: NOTE.to_owned(), ..own(ALERT, kind, delivery) }
}

fn letter() -> Alert {
    Alert { to: Some(ahmed()), ..own(ALERT, AlertKind::DoorstepScam, Delivery::Sent) }
}

fn seen() -> Alert {
    Alert { seen_here: true, note: NOTE.to_owned(), ..theirs(ALERT, AlertKind::Vehicle) }
}

/// One of each that somebody should look at.
pub(super) fn gallery() -> Vec<Staged> {
    let done = |name, letter| Staged::new(name, Route::Erased { letter });
    vec![
        erasing("erase", mine(AlertKind::BreakIn, Delivery::Sent)),
        erasing("erase-letter", letter()),
        erasing("full-erase-coordinator", seen()).used(Mode::Full).held_by(Role::Coordinator),
        Staged::new("full-detail-coordinator", Route::Detail { alert: ALERT.to_owned(), changing: false })
            .with([seen()])
            .used(Mode::Full)
            .held_by(Role::Coordinator),
        done("erased", false),
        done("erased-later", false).offline(1),
        done("erased-letter", true),
    ]
}

/// All of them, multiplied; on phones too whose person may not.
pub(super) fn every() -> Vec<Staged> {
    let mut all = Vec::new();
    for role in [Role::Resident, Role::Trustee, Role::Coordinator] {
        for practice in [false, true] {
            for kind in AlertKind::ALL.into_iter().filter(|kind| kind.to_the_group()) {
                for delivery in [Delivery::Saved, Delivery::Sent, Delivery::Draft { due_ms: None }] {
                    all.push(erasing("own", Alert { practice, ..mine(kind, delivery) }).held_by(role));
                }
                all.push(erasing("theirs", Alert { practice, ..theirs(ALERT, kind) }).held_by(role));
            }
            all.push(erasing("letter", Alert { practice, ..letter() }).held_by(role));
        }
    }
    for letter in [false, true] {
        for waiting in [0, 1, 7] {
            all.push(Staged::new("erased", Route::Erased { letter }).offline(waiting));
        }
    }
    all
}
