//! Scenes to draw: named people on one street, whatever a phone can hold, without a phone.

mod acts;
mod aside;
mod erase;
mod every;
mod gallery;
mod letters;
mod people;
mod team;

use ratel_core::{
    intent::{AlertKind, Answer, PlaceChoice},
    screen::{CodeView, FirstStep, Mode, Officials, Report, Route, Scene, Screen, Settings, Theme, draw},
    view::{
        Alert, AlertState, Answered, Badge, Change, CharterView, Connection, Delivery, Member, Membership,
        Neighbourhood, Note, Person, Police, Proposal, Quarantined, Role,
    },
};

pub use every::every;
pub use gallery::gallery;
pub use people::{agreed, change, jan, member, neighbours, no_police, police, street};

/// 18 September 2026, 21:04 in the Netherlands; a Friday.
pub const NOW_MS: i64 = 1_789_758_240_000;
/// Summer time in the Netherlands.
pub const OFFSET_S: i32 = 7_200;
/// What Ria wrote; it belongs to a person, so no rule of language binds it.
pub const NOTE: &str = "Iemand duwt tegen de achterdeur.";
/// What Fatma wrote at the same time.
pub const OTHER_NOTE: &str = "Het is de voordeur, en zij roepen heel hard.";
/// Where the people live.
pub const STREET: &str = "Zonnebloemstraat";
/// What Ahmed wrote for the team.
pub const LAMP: &str = "De lamp bij de brug is stuk.";
/// Where the relay is.
pub const RELAY: &str = "https://postbus.example";
/// Where it goes.
pub const NEW_RELAY: &str = "https://brieven.example:8443";
/// Every text in a scene that somebody typed.
pub const TYPED: [&str; 6] = [NOTE, OTHER_NOTE, STREET, LAMP, RELAY, NEW_RELAY];

/// Every step of the first run that has a screen, in order.
pub const FIRST_STEPS: [FirstStep; 16] = [
    FirstStep::Language,
    FirstStep::Letters,
    FirstStep::ReadAloud,
    FirstStep::Name,
    FirstStep::Code,
    FirstStep::NoCode,
    FirstStep::Street,
    FirstStep::Agreements,
    FirstStep::Danger,
    FirstStep::Behaviour,
    FirstStep::Follow,
    FirstStep::Photo,
    FirstStep::Notifications,
    FirstStep::Camera,
    FirstStep::Position,
    FirstStep::Practise,
];

/// A scene that owns what it shows.
#[derive(Debug, Clone)]
pub struct Staged {
    /// What is on stage, in a few words.
    pub name: String,
    /// How the person wants to see.
    pub settings: Settings,
    /// Where the person is.
    pub route: Route,
    /// Who lives there.
    pub neighbourhood: Neighbourhood,
    /// Whether anything waits.
    pub connection: Connection,
    /// Newest first.
    pub alerts: Vec<Alert>,
    /// In the making.
    pub report: Option<Report>,
    /// Shown to another phone.
    pub code: Option<CodeView>,
    /// Who takes part.
    pub members: Vec<Member>,
    /// Whether the police read along.
    pub police: Police,
    /// Acts of administration, newest first.
    pub changes: Vec<Change>,
    /// What waits for a signature.
    pub proposals: Vec<Proposal>,
    /// How many coordinate and co-sign.
    pub officials: Officials,
    /// What Ria's own badge shows.
    pub badge: Badge,
    /// The agreements.
    pub charter: Option<CharterView>,
    /// What was set aside.
    pub quarantined: Vec<Quarantined>,
    /// What the team wrote down.
    pub notes: Vec<Note>,
    /// Where the relay is.
    pub relay: Option<String>,
    /// What may be reported.
    pub offers: Vec<AlertKind>,
    /// Only danger makes a sound now.
    pub quiet: bool,
}

impl Staged {
    /// Ria's phone at rest, in Dutch, with 24 neighbours.
    pub fn new(name: &str, route: Route) -> Self {
        Self {
            name: name.to_owned(),
            settings: Settings {
                mode: Mode::Simplified,
                letters: 100,
                lang: "nl".to_owned(),
                theme: Theme::Light,
                read_aloud: false,
            },
            route,
            neighbourhood: Neighbourhood {
                street: STREET.to_owned(),
                membership: Membership::Member,
                me: Person { me: true, ..person("Ria", "14", Role::Resident) },
                others: 24,
                helper: None,
            },
            connection: Connection {
                online: true,
                last_contact_s: Some(NOW_MS / 1000),
                waiting: 0,
                clock_ahead_s: None,
            },
            alerts: Vec::new(),
            report: None,
            code: None,
            members: Vec::new(),
            police: no_police(),
            changes: Vec::new(),
            proposals: Vec::new(),
            officials: Officials { coordinators: 2, trustees: 2, quorum: 13, standing: 25 },
            badge: Badge::Standing,
            charter: None,
            quarantined: Vec::new(),
            notes: Vec::new(),
            relay: None,
            offers: AlertKind::ALL.to_vec(),
            quiet: false,
        }
    }

    /// A step of the first run, named as its screen.
    pub fn first_run(step: FirstStep) -> Self {
        let route =
            Route::FirstRun { step, name: "Buur".to_owned(), street: "Lindestraat".to_owned(), may_begin: true };
        let staged = Self::new("first run", route).membership(Membership::Outside);
        let name = staged.screen().id;
        Self { name, ..staged }.membership(Membership::Member)
    }

    /// The same under another name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// The same in another language.
    #[must_use]
    pub fn in_language(mut self, lang: &str) -> Self {
        lang.clone_into(&mut self.settings.lang);
        self
    }

    /// The same for another use.
    #[must_use]
    pub fn used(mut self, mode: Mode) -> Self {
        self.settings.mode = mode;
        self
    }

    /// The same with other letters.
    #[must_use]
    pub fn letters(mut self, percent: u16) -> Self {
        self.settings.letters = percent;
        self
    }

    /// The same with these alerts.
    #[must_use]
    pub fn with(mut self, alerts: impl IntoIterator<Item = Alert>) -> Self {
        self.alerts.extend(alerts);
        self
    }

    /// The same with a report in the making.
    #[must_use]
    pub fn reporting(mut self, kind: Option<AlertKind>, practice: bool) -> Self {
        self.report = Some(Report { kind, place: PlaceChoice::Here, note: String::new(), practice });
        self
    }

    /// The same while `waiting` messages wait and the relay is out of reach.
    #[must_use]
    pub fn offline(mut self, waiting: u32) -> Self {
        self.connection =
            Connection { online: false, last_contact_s: Some(NOW_MS / 1000 - 3_600), waiting, clock_ahead_s: None };
        self
    }

    /// The same, as far with the neighbourhood as this.
    #[must_use]
    pub fn membership(mut self, membership: Membership) -> Self {
        self.neighbourhood.membership = membership;
        self.neighbourhood.others = if membership == Membership::Member { 24 } else { 0 };
        self
    }

    /// What the phone shows.
    pub fn screen(&self) -> Screen {
        draw(&Scene {
            now_ms: NOW_MS,
            utc_offset_s: OFFSET_S,
            undo_s: 10,
            has_position: false,
            settings: &self.settings,
            route: &self.route,
            neighbourhood: &self.neighbourhood,
            connection: &self.connection,
            alerts: &self.alerts,
            report: self.report.as_ref(),
            code: self.code.as_ref(),
            members: &self.members,
            police: &self.police,
            changes: &self.changes,
            proposals: &self.proposals,
            officials: self.officials,
            badge: self.badge,
            charter: self.charter.as_ref(),
            quarantined: &self.quarantined,
            team: self.reads_team().then_some(&self.notes[..]),
            relay: self.relay.as_deref(),
            offers: &self.offers,
            quiet: self.quiet,
        })
    }

    /// Whether this phone's person reads what the team writes (R23).
    pub fn reads_team(&self) -> bool {
        let me = &self.neighbourhood;
        me.membership == Membership::Member && [Role::Patrol, Role::Coordinator].contains(&me.me.role)
    }

    /// What kind the screen is about, when it is about one alert.
    pub fn kind(&self) -> Option<AlertKind> {
        match &self.route {
            Route::ReportPlace => self.report.as_ref().and_then(|report| report.kind),
            Route::Sent { alert } | Route::Detail { alert, .. } | Route::Edit { alert } | Route::Erase { alert } => {
                self.alerts.iter().find(|known| known.id == *alert).map(|known| known.kind)
            }
            _ => None,
        }
    }
}

/// A neighbour.
pub fn person(name: &str, number: &str, role: Role) -> Person {
    Person { name: name.to_owned(), number: Some(number.to_owned()), role, me: false }
}

/// Ahmed, who walks patrols.
pub fn ahmed() -> Person {
    person("Ahmed", "16", Role::Patrol)
}

/// Fatma, who coordinates.
pub fn fatma() -> Person {
    person("Fatma", "12", Role::Coordinator)
}

/// An alert of Ahmed's that reached this phone a minute ago.
pub fn theirs(id: &str, kind: AlertKind) -> Alert {
    Alert {
        id: id.to_owned(),
        kind,
        practice: false,
        place: STREET.to_owned(),
        position: None,
        time_s: NOW_MS / 1000 - 60,
        note: String::new(),
        note_lang: "nl".to_owned(),
        other_notes: Vec::new(),
        called_112: None,
        state: AlertState::Open,
        delivery: Delivery::Received,
        author: ahmed(),
        answers: Vec::new(),
        seen_by: 0,
        seen_here: false,
        set_aside: None,
        to: None,
    }
}

/// An alert of Ria's own.
pub fn own(id: &str, kind: AlertKind, delivery: Delivery) -> Alert {
    let me = Person { me: true, ..person("Ria", "14", Role::Resident) };
    Alert { author: me, delivery, seen_here: true, ..theirs(id, kind) }
}

/// Somebody's answer, a minute ago.
pub fn answered(person: Person, answer: Answer) -> Answered {
    Answered { person, answer, time_s: NOW_MS / 1000 - 30 }
}

/// Ria's answer.
pub fn my_answer(answer: Answer) -> Answered {
    answered(Person { me: true, ..person("Ria", "14", Role::Resident) }, answer)
}
