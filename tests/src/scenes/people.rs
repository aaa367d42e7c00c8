//! A street of people with roles, and what has changed among them.

use ratel_core::{
    intent::{AlertKind, CharterDraft},
    screen::{Mode, Officials, Route},
    view::{Badge, Change, ChangeKind, CharterView, Member, PartnerView, Party, Person, Police, Proposal, Role},
};

use super::{NOW_MS, Staged, ahmed, fatma, person};

pub(super) const DAY_S: i64 = 86_400;
/// Five months before now: 21 April.
pub(super) const BEGAN_S: i64 = NOW_MS / 1000 - 150 * DAY_S;

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
        rights: person.role,
        person,
        badge: Badge::Standing,
        vouched_by: Some("Fatma".to_owned()),
        since_s: NOW_MS / 1000 - days * DAY_S,
        met: true,
        devices: 1,
        helps_me: false,
        helped_by_me: false,
        silent_since_s: None,
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
        until_s: None,
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
        Change { until_s: Some(NOW_MS / 1000 + 30 * DAY_S), ..role(Role::Patrol, ahmed(), 90) },
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

/// Agreements that Fatma signed five months ago; nobody else has yet.
pub fn agreed() -> CharterView {
    CharterView {
        group: "9f".repeat(16),
        version: "7e".repeat(16),
        since_s: BEGAN_S,
        by: fatma(),
        kinds: AlertKind::ALL.to_vec(),
        officials_only: Vec::new(),
        quiet: None,
        alert_days: 30,
        police_read: false,
        partners: Vec::new(),
        provisional: true,
        other: None,
    }
}

/// Agreements with everything in them that a screen can show.
pub(super) fn agreed_with_all() -> CharterView {
    let partner = |party, signed| PartnerView { party, signed, fingerprint: "7f3a91c2".to_owned() };
    CharterView {
        kinds: AlertKind::ALL.into_iter().filter(|kind| *kind != AlertKind::Vehicle).collect(),
        officials_only: vec![AlertKind::Behaviour],
        quiet: Some((22 * 60, 7 * 60 + 30)),
        police_read: true,
        partners: vec![partner(Party::Police, true), partner(Party::Municipality, true), partner(Party::Other, false)],
        provisional: false,
        other: Some("5c".repeat(16)),
        ..agreed()
    }
}

impl Staged {
    /// The same under these agreements.
    #[must_use]
    pub fn under(mut self, charter: CharterView) -> Self {
        self.charter = Some(charter);
        self
    }

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
            member.rights = role;
        }
        self
    }
}

fn who(name: &str, page: u32) -> Staged {
    Staged::new(name, Route::People { page, role: None }).among(street())
}

/// What Fatma has changed on the screen and not signed yet.
fn draft() -> CharterDraft {
    let CharterView { kinds, officials_only, .. } = agreed_with_all();
    CharterDraft { kinds, officials_only, quiet: true, police_read: false }
}

/// A coordinator acts on somebody.
pub(super) fn on(name: &str, person: &str, route: impl FnOnce(String) -> Route) -> Staged {
    let id = street().into_iter().find(|member| member.person.name == person).unwrap().id;
    Staged::new(name, route(id)).among(street()).held_by(Role::Coordinator)
}

fn acting(name: &str, route: impl FnOnce(String) -> Route) -> Staged {
    on(name, "Noor", route)
}

/// Fatma asks to make Ahmed a coordinator.
pub(super) fn proposal(what: ChangeKind, signed_by_me: bool) -> Proposal {
    let me = Person { me: true, ..person("Ria", "14", Role::Coordinator) };
    Proposal {
        what,
        whom: vec![ahmed()],
        role: Some(Role::Coordinator),
        until_s: None,
        signed: vec![if signed_by_me { me } else { fatma() }],
        needed: 2,
        left: None,
        signed_by_me,
        code: format!("RATEL1S{}", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".repeat(12)),
    }
}

fn signing(name: &str, route: Route, what: ChangeKind, signed_by_me: bool) -> Staged {
    let mut staged = Staged::new(name, route).held_by(Role::Coordinator);
    staged.proposals = vec![proposal(what, signed_by_me)];
    staged
}

pub(super) fn sign() -> Route {
    Route::Sign { code: String::new() }
}

fn fragile(name: &str, coordinators: u32, trustees: u32) -> Staged {
    let mut staged = Staged::new(name, Route::Home).used(Mode::Full).held_by(Role::Coordinator);
    staged.officials = Officials { coordinators, trustees, quorum: 9, standing: 25 };
    staged
}

pub(super) fn about(name: &str, person: &str) -> Staged {
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
        about("member-noor", "Noor").held_by(Role::Coordinator),
        about("member-official", "Fatma").held_by(Role::Trustee),
        acting("remove-why", |person| Route::Remove { person, why: None }),
        acting("full-remove-why", |person| Route::Remove { person, why: None }).used(Mode::Full),
        acting("remove", |person| Route::Remove { person, why: Some("Verhuisd".to_owned()) }),
        on("remove-official", "Fatma", |person| Route::Remove { person, why: Some(String::new()) }),
        acting("roles", |person| Route::Roles { person }).under(agreed()),
        acting("roles-police", |person| Route::Roles { person }).under(agreed_with_all()),
        signing("sign", sign(), ChangeKind::Role, false),
        signing("sign-code", sign(), ChangeKind::Removed, true),
        signing("home-sign", Route::Home, ChangeKind::Role, false),
        signing("full-home-sign-waits", Route::Home, ChangeKind::Replaced, true).used(Mode::Full),
        Staged::new("leave", Route::Leave),
        Staged::new("helper", Route::Helpers { page: 0 }).among(street()),
        Staged::new("helper-none-yet", Route::Helpers { page: 1 }).among(neighbours(9).collect()),
        Staged::new("charter", Route::Charter).under(agreed()),
        Staged::new("charter-all", Route::Charter).under(agreed_with_all()),
        Staged::new("full-charter", Route::Charter)
            .under(agreed_with_all())
            .used(Mode::Full)
            .held_by(Role::Coordinator),
        Staged::new("full-charter-edit", Route::CharterEdit { draft: draft() })
            .under(agreed_with_all())
            .used(Mode::Full)
            .held_by(Role::Coordinator),
        fragile("full-home-one-coordinator", 1, 0),
        fragile("full-home-one-trustee", 2, 1),
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
    for role in [Role::Resident, Role::Trustee, Role::Coordinator] {
        for charter in [agreed(), agreed_with_all()] {
            let name = format!("{role:?} {}", charter.provisional);
            let draft = CharterDraft { kinds: charter.kinds.clone(), ..draft() };
            for route in [Route::Charter, Route::CharterEdit { draft }, Route::Leave] {
                all.push(Staged::new(&name, route).under(charter.clone()).held_by(role));
            }
            for member in street() {
                let person = || member.id.clone();
                for route in [
                    Route::Remove { person: person(), why: None },
                    Route::Remove { person: person(), why: Some(String::new()) },
                    Route::Roles { person: person() },
                ] {
                    all.push(Staged::new(&name, route).among(street()).under(charter.clone()).held_by(role));
                }
            }
        }
        for page in 0..3 {
            all.push(Staged::new("helpers", Route::Helpers { page }).among(street()));
        }
    }
    for what in [ChangeKind::Role, ChangeKind::Removed, ChangeKind::Replaced, ChangeKind::Recovered] {
        for signed_by_me in [false, true] {
            for route in [Route::Home, sign()] {
                let staged = signing(&format!("{what:?} {signed_by_me}"), route, what, signed_by_me);
                all.push(
                    staged.with((0..2).map(|at| super::theirs(&format!("{at}a"), AlertKind::Fire))).changed(changes()),
                );
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
