//! Acts that people do together, or of others: new coordinators, long silence, a badge's last day, an official who stops.

use ratel_core::{
    screen::{Mode, Officials, Route},
    view::{Badge, ChangeKind, Member, Person, Proposal, Role},
};

use super::{
    NOW_MS, Staged,
    people::{BEGAN_S, DAY_S, about, agreed_with_all, on, proposal, sign},
    person, street,
};

/// Nobody coordinates any more.
fn leaderless(name: &str, route: Route) -> Staged {
    let mut staged = Staged::new(name, route).among(street().into_iter().skip(1).collect());
    staged.officials = Officials { coordinators: 0, trustees: 1, quorum: 8, standing: 24 };
    staged
}

/// Three choices wait.
fn three_asked(name: &str) -> Staged {
    let mut staged = recovered(name, Route::Recover { page: 0, chosen: Vec::new() }, false);
    staged.proposals = staged.proposals.iter().cycle().take(3).cloned().collect();
    staged
}

/// Three are left of whom one is of the police.
fn too_few(name: &str, route: Route) -> Staged {
    let mut staged = leaderless(name, route);
    staged.officials = Officials { coordinators: 0, trustees: 0, quorum: 3, standing: 2 };
    staged
}

fn recovering(name: &str, page: u32, chosen: &[&str]) -> Staged {
    leaderless(name, Route::Recover { page, chosen: ids(chosen) })
}

fn ids(names: &[&str]) -> Vec<String> {
    street().into_iter().filter(|member| names.contains(&member.person.name.as_str())).map(|it| it.id).collect()
}

/// Ria and Noor have signed that Ahmed takes care of the street.
fn recovered(name: &str, route: Route, signed_by_me: bool) -> Staged {
    signed_of(name, route, signed_by_me, 8)
}

fn signed_of(name: &str, route: Route, signed_by_me: bool, needed: u32) -> Staged {
    let me = Person { me: true, ..person("Ria", "14", Role::Resident) };
    let first = if signed_by_me { me } else { person("Piet", "3", Role::Resident) };
    let mut staged = leaderless(name, route);
    staged.proposals = vec![Proposal {
        signed: vec![first, person("Noor", "8", Role::Resident)],
        needed,
        ..proposal(ChangeKind::Recovered, signed_by_me)
    }];
    staged
}

/// Fatma's phone heard nothing of many for long; of Bilal longest.
fn silent(name: &str, page: u32, chosen: &[usize], sure: bool) -> Staged {
    let mut members = street();
    let quiet = (90..).zip(members.iter_mut().filter(|it| it.vouched_by.is_some() && it.person.role == Role::Resident));
    for (days, member) in quiet.filter(|(_, member)| !member.person.me) {
        (member.silent_since_s, member.since_s) = (Some(NOW_MS / 1000 - days * DAY_S), BEGAN_S);
    }
    let mut order: Vec<&Member> = members.iter().filter(|member| member.silent_since_s.is_some()).collect();
    order.sort_by_key(|member| member.silent_since_s);
    let chosen = chosen.iter().filter_map(|at| order.get(*at)).map(|member| member.id.clone()).collect();
    Staged::new(name, Route::Lapse { page, chosen, sure }).among(members).held_by(Role::Coordinator)
}

/// Ahmed, who coordinated, has stopped.
fn stopped(name: &str, route: Route) -> Staged {
    let mut staged = Staged::new(name, route).held_by(Role::Coordinator);
    let left = Some("7f".repeat(16));
    staged.proposals = vec![Proposal {
        signed: Vec::new(),
        role: None,
        left,
        code: String::new(),
        ..proposal(ChangeKind::Left, false)
    }];
    staged
}

/// Fatma asks to make Ahmed a coordinator until a day.
fn with_a_day(name: &str) -> Staged {
    let mut staged = Staged::new(name, sign()).held_by(Role::Coordinator);
    let until_s = Some(NOW_MS / 1000 + 90 * DAY_S);
    staged.proposals = vec![Proposal { until_s, ..proposal(ChangeKind::Role, false) }];
    staged
}

fn left() -> Route {
    Route::Left { person: "7f".repeat(16) }
}

fn badge_day(name: &str, person: &str, role: Role) -> Staged {
    on(name, person, |person| Route::BadgeDay { person, role }).under(agreed_with_all())
}

fn leaving(name: &str, role: Role, coordinators: u32) -> Staged {
    let mut staged = Staged::new(name, Route::Leave).held_by(role);
    staged.officials.coordinators = coordinators;
    staged
}

/// Acts of administration that somebody does with others, or of others.
pub(super) fn gallery() -> Vec<Staged> {
    let mut past = Staged::new("full-home-badge-past", Route::Home).used(Mode::Full).held_by(Role::Patrol);
    past.badge = Badge::Expired;
    vec![
        leaderless("home-nobody", Route::Home),
        leaderless("people-nobody", Route::People { page: 0, role: None }),
        leaderless("full-home-nobody", Route::Home).used(Mode::Full),
        recovering("recover", 0, &[]),
        recovering("recover-chosen", 0, &["Ahmed"]),
        recovering("recover-many", 0, &["Ahmed", "Noor", "Ria", "Şükrü"]),
        recovering("full-recover", 0, &["Ahmed", "Noor"]).used(Mode::Full),
        recovered("sign-recover", sign(), false),
        recovered("sign-recover-code", sign(), true),
        recovered("home-recover-waits", Route::Home, true),
        signed_of("sign-recover-enough", sign(), true, 2),
        signed_of("home-recover-enough", Route::Home, true, 2),
        recovered("recover-asked", Route::Recover { page: 0, chosen: Vec::new() }, false),
        three_asked("full-recover-asked").used(Mode::Full),
        three_asked("recover-asked-three"),
        too_few("home-too-few", Route::Home),
        too_few("full-home-too-few", Route::Home).used(Mode::Full),
        too_few("people-too-few", Route::People { page: 0, role: None }),
        silent("lapse", 0, &[], false),
        silent("lapse-chosen", 0, &[0, 2], false),
        silent("lapse-sure", 0, &[0, 1, 2, 3, 4, 5, 6], true),
        silent("lapse-sure-one", 0, &[0], true),
        silent("full-lapse", 0, &[1], false).used(Mode::Full),
        Staged::new("lapse-nobody", Route::Lapse { page: 0, chosen: Vec::new(), sure: false })
            .among(street())
            .held_by(Role::Coordinator),
        badge_day("badge-day", "Jan", Role::Wijkagent),
        badge_day("badge-day-official", "Fatma", Role::Coordinator),
        about("member-past", "Piet").held_by(Role::Coordinator),
        past,
        leaving("leave-official", Role::Trustee, 2),
        leaving("leave-last", Role::Coordinator, 1),
        stopped("home-stopped", Route::Home),
        stopped("sign-stopped", left()),
        with_a_day("sign-day"),
    ]
}

/// Every combination that the rules should see.
pub(super) fn every() -> Vec<Staged> {
    let mut all = Vec::new();
    for page in 0..3 {
        for chosen in [&["Ahmed"][..], &["Ahmed", "Noor", "Şükrü"], &["Fatma"]] {
            all.push(recovering("recover", page, chosen));
        }
        for sure in [false, true] {
            for chosen in [&[0][..], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]] {
                all.push(silent("lapse", page, chosen, sure));
            }
        }
    }
    for role in [Role::Resident, Role::Wijkagent, Role::Patrol, Role::Trustee, Role::Coordinator] {
        for member in street() {
            all.push(badge_day("badge-day", &member.person.name, role));
        }
        for coordinators in 0..3 {
            all.push(leaving("leave", role, coordinators));
        }
        let people = Route::People { page: 0, role: None };
        for route in [people.clone(), Route::Home] {
            all.push(leaderless("nobody", route).held_by(role));
        }
        all.push(Staged { route: people, ..silent("silent", 0, &[], false) }.held_by(role));
    }
    all
}
