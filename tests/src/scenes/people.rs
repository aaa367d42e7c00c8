//! A street of people with roles, and what has changed among them.

use ratel_core::{
    screen::{Mode, Route},
    view::{Badge, Change, ChangeKind, Member, Person, Police, Role},
};

use super::{NOW_MS, Staged, ahmed, fatma, person};

const DAY_S: i64 = 86_400;
/// Five months before now: 21 April.
const BEGAN_S: i64 = NOW_MS / 1000 - 150 * DAY_S;

/// Nobody of the police takes part.
pub fn no_police() -> Police {
    Police { officers: Vec::new(), reads_street: false, since_s: 0 }
}

/// Officers who take part since a week.
pub fn police(officers: &[&str], reads_street: bool) -> Police {
    let officers = officers.iter().map(|name| (*name).to_owned()).collect();
    Police { officers, reads_street, since_s: NOW_MS / 1000 - 7 * DAY_S }
}

/// Jan, the community police officer.
pub fn jan() -> Person {
    Person { number: None, ..person("Jan", "", Role::Wijkagent) }
}

/// A neighbour whom Fatma let in as many days ago.
pub fn member(person: Person, days: i64) -> Member {
    Member {
        id: format!("{:032x}", person.name.bytes().fold(7_u64, |sum, byte| sum * 31 + u64::from(byte))),
        person,
        badge: Badge::Standing,
        vouched_by: Some("Fatma".to_owned()),
        since_s: NOW_MS / 1000 - days * DAY_S,
        met: true,
        devices: 1,
        helps_me: false,
        helped_by_me: false,
    }
}

/// Fatma, Ahmed, Jan and Ria, and neighbours up to 25 in all: Noor came by a link and was not met yet.
pub fn street() -> Vec<Member> {
    let until_s = NOW_MS / 1000 + 90 * DAY_S;
    let mut street = vec![
        Member { vouched_by: None, since_s: BEGAN_S, ..member(fatma(), 0) },
        Member { helps_me: true, ..member(ahmed(), 149) },
        Member { badge: Badge::Until { until_s }, ..member(jan(), 7) },
        member(Person { me: true, ..person("Ria", "14", Role::Resident) }, 40),
        Member { met: false, ..member(person("Noor", "8", Role::Resident), 0) },
        Member { badge: Badge::Expired, ..member(person("Piet", "3", Role::Wijkagent), 400) },
        Member { devices: 2, ..member(person("Şükrü", "22", Role::Trustee), 60) },
    ];
    street.extend(neighbours(18));
    street
}

/// As many other neighbours.
pub fn neighbours(count: i64) -> impl Iterator<Item = Member> {
    const NAMES: [&str; 6] = ["Anneke", "Bilal", "Chantal", "Dirk", "Ewa", "Fleur"];
    (0..count).map(|at| {
        let name = NAMES[usize::try_from(at).unwrap() % NAMES.len()];
        let mut neighbour = member(person(name, &(30 + at).to_string(), Role::Resident), 3 + at);
        neighbour.id = format!("{at:032x}");
        neighbour
    })
}

/// An act of Fatma's, as many minutes ago.
pub fn change(what: ChangeKind, whom: Person, minutes: i64) -> Change {
    Change {
        id: format!("{minutes:032x}"),
        time_s: NOW_MS / 1000 - minutes * 60,
        by: fatma(),
        with: Vec::new(),
        what,
        whom: vec![whom],
        role: None,
        reason: None,
    }
}

/// One of each kind of change, newest first.
pub(super) fn changes() -> Vec<Change> {
    let noor = || person("Noor", "8", Role::Resident);
    let ria = Person { me: true, ..person("Ria", "14", Role::Resident) };
    let role = |role, whom, minutes| Change { role: Some(role), ..change(ChangeKind::Role, whom, minutes) };
    let together = vec![person("Şükrü", "22", Role::Trustee)];
    let nobody = |what, minutes| Change { whom: Vec::new(), ..change(what, noor(), minutes) };
    vec![
        change(ChangeKind::Admitted, noor(), 5),
        role(Role::Patrol, ahmed(), 90),
        Change { with: together.clone(), ..role(Role::Coordinator, ahmed(), 1_500) },
        Change {
            reason: Some("verhuisd".to_owned()),
            ..change(ChangeKind::Removed, person("Kees", "2", Role::Resident), 3_000)
        },
        Change { by: noor(), ..change(ChangeKind::Left, noor(), 5_000) },
        change(ChangeKind::Replaced, ria.clone(), 9_000),
        Change { by: noor(), ..change(ChangeKind::Linked, noor(), 9_100) },
        Change { by: noor(), ..change(ChangeKind::Helper, ria.clone(), 10_000) },
        Change { by: noor(), ..change(ChangeKind::Helper, ahmed(), 10_100) },
        nobody(ChangeKind::Helper, 10_200),
        nobody(ChangeKind::Charter, 20_000),
        nobody(ChangeKind::Relay, 30_000),
        nobody(ChangeKind::Kept, 30_100),
        Change { with: together, ..change(ChangeKind::Recovered, ahmed(), 40_000) },
        role(Role::Resident, noor(), 50_000),
        role(Role::Resident, ria.clone(), 50_100),
        role(Role::Trustee, ria.clone(), 50_200),
        change(ChangeKind::Removed, ria.clone(), 50_300),
        change(ChangeKind::Admitted, ria, 57_600),
        Change { by: fatma(), ..change(ChangeKind::Began, ahmed(), 216_000) },
    ]
}

impl Staged {
    /// The same in a street with these people.
    #[must_use]
    pub fn among(mut self, members: Vec<Member>) -> Self {
        self.neighbourhood.others = u32::try_from(members.iter().filter(|member| !member.person.me).count()).unwrap();
        self.members = members;
        self
    }

    /// The same with these officers.
    #[must_use]
    pub fn watched(mut self, police: Police) -> Self {
        self.police = police;
        self
    }

    /// The same with these acts.
    #[must_use]
    pub fn changed(mut self, changes: Vec<Change>) -> Self {
        self.changes = changes;
        self
    }

    /// The same on the phone of somebody with this role.
    #[must_use]
    pub fn held_by(mut self, role: Role) -> Self {
        self.neighbourhood.me.role = role;
        for member in self.members.iter_mut().filter(|member| member.person.me) {
            member.person.role = role;
        }
        self
    }
}

fn who(name: &str, page: u32) -> Staged {
    Staged::new(name, Route::People { page, role: None }).among(street())
}

fn about(name: &str, person: &str) -> Staged {
    let id = street().into_iter().find(|member| member.person.name == person).unwrap().id;
    Staged::new(name, Route::Member { person: id }).among(street()).watched(police(&["Jan"], true))
}

/// One of each screen about people that matters.
pub(super) fn gallery() -> Vec<Staged> {
    let few = || vec![street().swap_remove(0), street().swap_remove(3)];
    let news = |name, changes| Staged::new(name, Route::Home).changed(changes);
    vec![
        who("people-no-police", 0),
        who("people-police", 0).watched(police(&["Jan"], true)),
        who("people-police-apart", 0).watched(police(&["Jan", "Petra"], false)),
        who("people-more", 1),
        who("people-last", 3),
        Staged::new("people-few", Route::People { page: 0, role: None }).among(few()),
        who("people-coordinator", 0).held_by(Role::Coordinator),
        who("people-coordinator-more", 1).held_by(Role::Coordinator),
        who("full-people", 0).used(Mode::Full).watched(police(&["Jan"], true)),
        who("full-people-coordinator", 0).used(Mode::Full).held_by(Role::Coordinator),
        Staged::new("full-people-patrol", Route::People { page: 0, role: Some(Role::Patrol) })
            .among(street())
            .used(Mode::Full),
        about("member-resident", "Noor"),
        about("member-wijkagent", "Jan"),
        about("member-expired", "Piet"),
        about("member-coordinator", "Fatma"),
        about("member-trustee", "Şükrü"),
        Staged::new("changes", Route::Changes { page: 0 }).changed(changes()),
        Staged::new("changes-older", Route::Changes { page: 1 }).changed(changes()),
        Staged::new("changes-none", Route::Changes { page: 0 }),
        Staged::new("full-changes", Route::Changes { page: 0 }).changed(changes()).used(Mode::Full),
        news("home-news", changes().into_iter().take(1).collect()),
        news("home-many-news", changes().into_iter().take(3).collect()),
        news("full-home-news", changes().into_iter().skip(1).take(1).collect()).used(Mode::Full),
    ]
}

/// Every combination that the rules should see.
pub(super) fn every() -> Vec<Staged> {
    let mut all = Vec::new();
    let watches =
        [no_police(), police(&["Jan"], true), police(&["Jan", "Petra", "Ali"], true), police(&["Jan"], false)];
    for watch in watches {
        for role in [Role::Resident, Role::Coordinator] {
            for count in [0, 1, 9, 60] {
                let members: Vec<Member> = street().into_iter().take(4).chain(neighbours(count)).collect();
                for page in 0..3 {
                    let name = format!("{role:?} {count} {page} {:?}", watch.officers);
                    let staged = Staged::new(&name, Route::People { page, role: None }).among(members.clone());
                    all.push(staged.watched(watch.clone()).held_by(role));
                }
            }
            for member in street() {
                let staged = Staged::new(&member.person.name, Route::Member { person: member.id }).among(street());
                all.push(staged.watched(watch.clone()).held_by(role));
            }
        }
    }
    for change in changes() {
        for route in [Route::Home, Route::Changes { page: 0 }] {
            all.push(Staged::new(&format!("{:?}", change.what), route).changed(vec![change.clone()]));
        }
    }
    all
}
