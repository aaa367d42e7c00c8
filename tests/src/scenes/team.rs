//! What the team writes down, on the phones of those who read it and of those who do not; and a street that moves to
//! another relay.

use ratel_core::{
    intent::AlertKind,
    screen::{Mode, Route},
    view::{Note, Person, Role},
};

use super::{LAMP, NEW_RELAY, NOW_MS, RELAY, Staged, ahmed, fatma, theirs};

const MODES: [Mode; 2] = [Mode::Simplified, Mode::Full];
const ROLES: [Role; 5] = [Role::Resident, Role::Wijkagent, Role::Patrol, Role::Trustee, Role::Coordinator];

fn note(author: Person, hours: i64) -> Note {
    Note {
        id: format!("{hours:032x}"),
        author,
        time_s: NOW_MS / 1000 - hours * 3_600,
        text: LAMP.to_owned(),
        lang: "nl".to_owned(),
    }
}

/// So many notes, newest first, of Ahmed, Fatma and the phone's own person in turns.
fn notes(count: i64) -> Vec<Note> {
    let me = || Person { me: true, ..super::person("Ria", "14", Role::Patrol) };
    (0..count).map(|at| note([ahmed(), me(), fatma()][usize::try_from(at % 3).unwrap()].clone(), at)).collect()
}

fn team(name: &str, route: Route, role: Role, count: i64) -> Staged {
    Staged { notes: notes(count), ..Staged::new(name, route).held_by(role) }
}

fn moving(name: &str, route: Route) -> Staged {
    let staged = Staged::new(name, route).used(Mode::Full).held_by(Role::Coordinator);
    Staged { relay: Some(RELAY.to_owned()), ..staged }
}

fn typed(typed: &str) -> Route {
    Route::Relay { typed: typed.to_owned() }
}

fn confirm() -> Route {
    Route::RelayMove { address: NEW_RELAY.to_owned() }
}

/// One of each that somebody should look at.
pub(super) fn gallery() -> Vec<Staged> {
    let write = |note: &str| Route::TeamWrite { note: note.to_owned() };
    vec![
        team("home-patrol", Route::Home, Role::Patrol, 0),
        team("full-home-patrol", Route::Home, Role::Patrol, 0).used(Mode::Full),
        team("team", Route::Team { page: 0 }, Role::Patrol, 6),
        team("team-older", Route::Team { page: 1 }, Role::Patrol, 6),
        team("team-none", Route::Team { page: 0 }, Role::Coordinator, 0),
        team("full-team", Route::Team { page: 0 }, Role::Patrol, 3).used(Mode::Full),
        team("full-team-write", write(""), Role::Patrol, 3).used(Mode::Full),
        team("full-team-written", write(LAMP), Role::Patrol, 3).used(Mode::Full),
        moving("full-settings-coordinator", Route::Settings),
        moving("full-relay", typed("")),
        moving("full-relay-typed", typed(NEW_RELAY)),
        moving("full-relay-move", confirm()),
    ]
}

/// Every role, use and number; on phones too whose person may not.
pub(super) fn every() -> Vec<Staged> {
    let mut all = Vec::new();
    for role in ROLES {
        for mode in MODES {
            for count in [0, 1, 4, 60] {
                for page in [0, 1] {
                    all.push(team(&format!("team {role:?} {count}"), Route::Team { page }, role, count).used(mode));
                }
            }
            for route in [Route::Home, Route::Settings, typed(""), typed(NEW_RELAY), confirm()] {
                all.push(
                    Staged { settings: Staged::new("", Route::Home).used(mode).settings, ..moving("rooms", route) }
                        .held_by(role),
                );
            }
            for note in ["", LAMP] {
                all.push(team("write", Route::TeamWrite { note: note.to_owned() }, role, 1).used(mode));
            }
        }
    }
    let news = team("news", Route::Team { page: 0 }, Role::Patrol, 9);
    all.push(news.with([theirs("1a2b", AlertKind::Fire)]));
    all
}
