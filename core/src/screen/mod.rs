//! Screens as data, drawn from what the phone holds.
//!
//! [`draw`] is a pure function of a [`Scene`]: the route the person took, the neighbourhood, the alerts, the settings
//! and now. Simplified mode is another screen, not a flag in a shell.

mod alarm;
mod clock;
mod code;
mod draw;
mod first;
mod hyphens;
mod model;
mod say;
mod texts;
mod words;

pub use draw::draw;
pub use first::{FirstStep, Permission};
pub use model::*;
pub use words::{LANGUAGES, Value, Words, words};

use crate::{
    intent::{AlertKind, CharterDraft, PlaceChoice},
    view::{Alert, Change, CharterView, Connection, Member, Neighbourhood, Note, Police, Proposal, Quarantined, Role},
};
use serde::{Deserialize, Serialize};

/// Where the person is; stored, so that a killed app opens where it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(tag = "route", rename_all = "kebab-case")]
pub enum Route {
    /// The first screen.
    #[default]
    Home,
    /// "Wat ziet u?"
    ReportWhat,
    /// "Waar is het?", for the draft in [`Scene::report`]; for a kind that goes to no group, its card.
    ReportPlace,
    /// After "Stuur": ten seconds to stop it, then what became of it.
    Sent {
        /// The alert.
        alert: String,
    },
    /// An alert, one's own or another's.
    Detail {
        /// The alert.
        alert: String,
        /// Show the three answers although one was given.
        changing: bool,
    },
    /// Change one's own text (full mode).
    Edit {
        /// The alert.
        alert: String,
    },
    /// "Moet deze melding echt weg?"
    Erase {
        /// The alert.
        alert: String,
    },
    /// It was taken away for ever; nothing of it is kept here.
    Erased {
        /// It was a letter, which one neighbour had.
        letter: bool,
    },
    /// All alerts (simplified mode; the full home shows them itself).
    Alerts,
    /// "Is alles verstuurd?"
    Status,
    /// "Wat staat apart?"
    Aside,
    /// "Wat schreef het team?"
    Team {
        /// Which page, from 0.
        page: u32,
    },
    /// A note for the team in the making (full mode).
    TeamWrite {
        /// What was written so far.
        note: String,
    },
    /// Settings.
    Settings,
    /// "Waar komt de postbus?" (full mode)
    Relay {
        /// The address that was typed before.
        typed: String,
    },
    /// "Klopt dit adres?" (full mode)
    RelayMove {
        /// The address.
        address: String,
    },
    /// Letter size and theme.
    Letters,
    /// Language.
    Language,
    /// This phone's card.
    Card,
    /// The camera looks for a code.
    Scan {
        /// Whose lost phone the next card replaces.
        replaces: Option<String>,
    },
    /// A card was scanned: whom to let in, and as what.
    LetIn {
        /// The card.
        code: String,
        /// Whose lost phone it replaces.
        replaces: Option<String>,
    },
    /// An invitation for a neighbour who is not here.
    Invitation {
        /// Which: its key id in hexadecimal, never its secret.
        id: String,
    },
    /// The answer to a card, for that phone to scan.
    GiveAnswer {
        /// The code.
        code: String,
        /// What it is for.
        purpose: CodePurpose,
    },
    /// "Wie doet mee?"
    People {
        /// Which page of the neighbours, from 0.
        page: u32,
        /// Only those who have this role (full mode).
        role: Option<Role>,
    },
    /// One neighbour.
    Member {
        /// The person's id, as in [`Member::id`].
        person: String,
    },
    /// "Wat is er veranderd?"
    Changes {
        /// Which page, from 0.
        page: u32,
    },
    /// The first run; the app keeps how far it came and shows it in place of home.
    FirstRun {
        /// The step.
        step: FirstStep,
        /// The first name so far, or the word for somebody without one.
        name: String,
        /// The street's name so far, for who begins a neighbourhood.
        street: String,
        /// This phone knows a relay and may begin one.
        may_begin: bool,
    },
    /// Taking somebody out: why, and once that was said, what it means.
    Remove {
        /// The person.
        person: String,
        /// Why.
        why: Option<String>,
    },
    /// Which task somebody gets.
    Roles {
        /// The person.
        person: String,
    },
    /// Until which day a badge shows a role.
    BadgeDay {
        /// The person.
        person: String,
        /// The role.
        role: Role,
    },
    /// An official who stopped.
    Left {
        /// The person.
        person: String,
    },
    /// Who becomes coordinator where none is left.
    Recover {
        /// Which page, from 0.
        page: u32,
        /// Ids of those who are chosen.
        chosen: Vec<String>,
    },
    /// Who has been silent for long.
    Lapse {
        /// Which page, from 0.
        page: u32,
        /// Ids of those who are chosen.
        chosen: Vec<String>,
        /// Asks whether they go.
        sure: bool,
    },
    /// What waits for another signature.
    Sign {
        /// The code of the proposal.
        code: String,
    },
    /// "Wilt u stoppen met deze buurt?"
    Leave,
    /// "Wie is uw helper?"
    Helpers {
        /// Which page, from 0.
        page: u32,
    },
    /// "Wat spraken wij af?"
    Charter,
    /// The agreements while they are changed.
    CharterEdit {
        /// As they would be.
        draft: CharterDraft,
    },
}

/// A code that the screen shows to another phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeView {
    /// The text; a shell draws it as a QR code.
    pub text: String,
    /// What it is for.
    pub purpose: CodePurpose,
}

/// What a shown code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodePurpose {
    /// This phone's card.
    Card,
    /// The answer to somebody's card.
    Answer,
    /// The same once more: that phone is in.
    AnswerAgain,
    /// Asks a neighbour in from afar.
    Invitation,
}

/// An alert in the making, before "Stuur".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What, once chosen.
    pub kind: Option<AlertKind>,
    /// Where.
    pub place: PlaceChoice,
    /// Text (full mode).
    pub note: String,
    /// A drill.
    pub practice: bool,
}

/// How the person wants to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Simplified or full.
    pub mode: Mode,
    /// Letter size in percent.
    pub letters: u16,
    /// Language tag.
    pub lang: String,
    /// Light or dark.
    pub theme: Theme,
    /// Every new screen is read aloud by itself.
    #[serde(default)]
    pub read_aloud: bool,
}

/// How many persons bear the neighbourhood; a group with few of them is fragile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Officials {
    /// Persons who coordinate.
    pub coordinators: u32,
    /// Persons who co-sign.
    pub trustees: u32,
    /// Persons who have to sign to make new coordinators where none is left.
    pub quorum: u32,
    /// Persons who could sign that: everybody but the police.
    pub standing: u32,
}

impl Officials {
    /// Whether enough people are left to choose somebody new.
    pub const fn can_recover(&self) -> bool {
        self.standing >= self.quorum
    }
}

/// Everything a screen is a function of.
#[derive(Debug, Clone)]
pub struct Scene<'a> {
    /// Milliseconds since the Unix epoch.
    pub now_ms: i64,
    /// Seconds east of UTC.
    pub utc_offset_s: i32,
    /// Seconds between "Stuur" and sealing.
    pub undo_s: u32,
    /// Whether the phone knows where it is.
    pub has_position: bool,
    /// How the person wants to see.
    pub settings: &'a Settings,
    /// Where the person is.
    pub route: &'a Route,
    /// The neighbourhood.
    pub neighbourhood: &'a Neighbourhood,
    /// Whether the relay was reached and what waits.
    pub connection: &'a Connection,
    /// Alerts and drafts, newest first.
    pub alerts: &'a [Alert],
    /// The alert in the making.
    pub report: Option<&'a Report>,
    /// The code to show.
    pub code: Option<&'a CodeView>,
    /// Everybody who takes part, for the screens that show people.
    pub members: &'a [Member],
    /// Whether the police read along.
    pub police: &'a Police,
    /// Acts of administration, newest first: on the first screen those that were not read here, on their own all.
    pub changes: &'a [Change],
    /// What waits for another signature, for officials.
    pub proposals: &'a [Proposal],
    /// How many persons coordinate and co-sign.
    pub officials: Officials,
    /// What one's own badge shows.
    pub badge: crate::view::Badge,
    /// The agreements, for the screens that show them.
    pub charter: Option<&'a CharterView>,
    /// What was set aside and this phone's person may see, newest first.
    pub quarantined: &'a [Quarantined],
    /// What the team wrote down, newest first, for the screen that shows it; none for who does not read the team.
    pub team: Option<&'a [Note]>,
    /// Where the relay is, for the screens that move it.
    pub relay: Option<&'a str>,
    /// Kinds of alert that the agreements let this phone's person post, in the order of the screen.
    pub offers: &'a [AlertKind],
    /// It was agreed that only danger makes a sound at this hour.
    pub quiet: bool,
}
