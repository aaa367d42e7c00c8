//! What screens, exports and the command line read: the neighbourhood as this phone sees it.
//!
//! Everything here is a function of the opened envelopes and of local facts. It holds no key and no bytes from the
//! wire. Times are seconds since the Unix epoch.

use serde::{Deserialize, Serialize};

use crate::intent::{AlertKind, Answer};

/// A person as screens show one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// First name, or the word for "neighbour" when there is none.
    pub name: String,
    /// House number, if the person gave one.
    pub number: Option<String>,
    /// The role that the log gives now.
    pub role: Role,
    /// Whether it is this phone's own person.
    pub me: bool,
}

/// A role, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A neighbour.
    Resident,
    /// The community police officer.
    Wijkagent,
    /// Walks patrols.
    Patrol,
    /// Co-signs.
    Trustee,
    /// Admits, removes, decides.
    Coordinator,
}

/// How an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertState {
    /// Open.
    Open,
    /// Taken back by its author.
    Withdrawn,
}

/// How far an alert of one's own has come. Words shown are facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "delivery", rename_all = "kebab-case")]
pub enum Delivery {
    /// Stored here as a draft; sealed and queued at the due time.
    Draft {
        /// Unix time in milliseconds at which it goes, or `None` while nobody else is in the neighbourhood.
        due_ms: Option<i64>,
    },
    /// Sealed and queued; no relay has acknowledged it.
    Saved,
    /// A relay has acknowledged it.
    Sent,
    /// Somebody else's: it came to us.
    Received,
}

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The reference in hexadecimal, or `draft-N` before it is sealed.
    pub id: String,
    /// What.
    pub kind: AlertKind,
    /// A drill.
    pub practice: bool,
    /// Where, in words: the street, "near number 12", or what the person wrote.
    pub place: String,
    /// Where, as coordinates in millionths of a degree (latitude, longitude).
    pub position: Option<(i32, i32)>,
    /// When, in Unix seconds, clamped to what is credible.
    pub time_s: i64,
    /// What the person wrote; the one shown where there are several.
    pub note: String,
    /// BCP 47 tag of the note.
    pub note_lang: String,
    /// Other texts written at the same time ("twee versies"), not shown first.
    pub other_notes: Vec<String>,
    /// Whether somebody called 112; `None` when nobody said.
    pub called_112: Option<bool>,
    /// Open or withdrawn.
    pub state: AlertState,
    /// How far it has come.
    pub delivery: Delivery,
    /// Who made it.
    pub author: Person,
    /// Who answered what, in the order of the answers' names.
    pub answers: Vec<Answered>,
    /// How many other phones opened it.
    pub seen_by: u32,
    /// Whether this phone's person opened it.
    pub seen_here: bool,
}

impl Alert {
    /// The answer of this phone's own person.
    pub fn my_answer(&self) -> Option<Answer> {
        self.answers.iter().find(|answered| answered.person.me).map(|answered| answered.answer)
    }
}

/// An answer with who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Who.
    pub person: Person,
    /// What.
    pub answer: Answer,
    /// When, in Unix seconds, clamped.
    pub time_s: i64,
}

/// Whether the relay was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// The last attempt succeeded.
    pub online: bool,
    /// Unix seconds of the last success.
    pub last_contact_s: Option<i64>,
    /// Envelopes and drafts that wait to be acknowledged, as people count them: messages.
    pub waiting: u32,
    /// How many seconds the phone's clock is ahead (negative: behind), if that is more than a day: the screen says so.
    pub clock_ahead_s: Option<i64>,
}

/// How far this phone is with its neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Membership {
    /// Neither began nor asked to join a neighbourhood.
    Outside,
    /// Began a neighbourhood; nobody else is in yet, drafts wait.
    Alone,
    /// Asked to be let in; a coordinator has not answered yet.
    Waiting,
    /// In.
    Member,
    /// Was in.
    Removed,
}

/// The neighbourhood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbourhood {
    /// The street's name, empty while it has not come yet.
    pub street: String,
    /// How far we are with it.
    pub membership: Membership,
    /// Own person.
    pub me: Person,
    /// People other than oneself.
    pub others: u32,
}
