//! What screens, exports and the command line read: the neighbourhood as this phone sees it.
//!
//! Everything here is a function of the opened envelopes and of local facts. It holds no key and no bytes from the
//! wire. Times are seconds since the Unix epoch.

use serde::{Deserialize, Serialize};

pub use crate::envelope::operation::members::Party;
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

impl Role {
    /// Over whom it takes two, and who may be one of them.
    pub const fn is_official(self) -> bool {
        matches!(self, Self::Trustee | Self::Coordinator)
    }
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
    /// Why it does not count, if it was set aside: only its author and those who decide on it see it then.
    pub set_aside: Option<QuarantineReason>,
    /// The one neighbour whom it was written to, in a letter; `None` for all.
    pub to: Option<Person>,
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

/// A note of the team or of coordination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The reference in hexadecimal.
    pub id: String,
    /// Who wrote it.
    pub author: Person,
    /// When, in Unix seconds, clamped to what is credible.
    pub time_s: i64,
    /// What it says.
    pub text: String,
    /// Its language (BCP 47 tag).
    pub lang: String,
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
    /// Asked with a code that lets nobody in: another came first, it was taken back, or no relay knows it yet.
    Spent,
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
    /// The neighbour who helps, if one was chosen.
    pub helper: Option<Person>,
}

/// A member of the neighbourhood: one person with all devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The person's id in hexadecimal.
    pub id: String,
    /// Name, number and the greatest role of the person's devices, as a badge shows it; on the own phone as the log has it.
    pub person: Person,
    /// The role that the log gives, whatever a badge shows: what somebody may do.
    pub rights: Role,
    /// Whether screens show the role: a badge that is past its day shows a neighbour.
    pub badge: Badge,
    /// First name of whoever let the person in; none of a founder, or of one whose name is not known.
    pub vouched_by: Option<String>,
    /// When that was (Unix seconds, clamped).
    pub since_s: i64,
    /// Whether a coordinator met the person; who came by a link is marked until then.
    pub met: bool,
    /// How many devices.
    pub devices: u32,
    /// Whether this phone's person chose this one as helper.
    pub helps_me: bool,
    /// Whether this one chose this phone's person as helper.
    pub helped_by_me: bool,
    /// When this phone last heard from one of the person's phones (Unix seconds), if that is so long ago that the person
    /// may lapse.
    pub silent_since_s: Option<i64>,
}

impl Member {
    /// The role that screens show.
    pub const fn shown_role(&self) -> Role {
        self.badge.shows(self.person.role)
    }
}

/// What a badge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "badge", rename_all = "kebab-case")]
pub enum Badge {
    /// The role stands until it is taken.
    Standing,
    /// The role is shown up to and with a day.
    Until {
        /// Noon of that day in UTC (Unix seconds): the same date in every time zone of Europe.
        until_s: i64,
    },
    /// The day is past: shown as an ordinary neighbour.
    Expired,
}

impl Badge {
    /// What is shown of somebody who has this role: past the badge's day, an ordinary neighbour (R12). The one place for
    /// that rule.
    pub const fn shows(self, role: Role) -> Role {
        match self {
            Self::Standing | Self::Until { .. } => role,
            Self::Expired => Role::Resident,
        }
    }
}

/// Whether the police read along, computed from the log and the charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Police {
    /// Names of those who take part; empty if none does.
    pub officers: Vec<String>,
    /// Whether they read the street's alerts.
    pub reads_street: bool,
    /// Since when that is so (Unix seconds): the newest of the acts that made it so; 0 while nobody takes part.
    pub since_s: i64,
}

/// An act of administration, for "wat is er veranderd".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The act's reference in hexadecimal.
    pub id: String,
    /// When, as its author's clock said (Unix seconds, clamped).
    pub time_s: i64,
    /// Who did it.
    pub by: Person,
    /// Who signed with.
    pub with: Vec<Person>,
    /// What.
    pub what: ChangeKind,
    /// With whom, if with somebody.
    pub whom: Vec<Person>,
    /// The role that was given, if one was.
    pub role: Option<Role>,
    /// The last day of its badge, if it has one, as in [`Badge::Until`].
    pub until_s: Option<i64>,
    /// Why; only on phones that read coordination.
    pub reason: Option<String>,
}

/// What an act of administration did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// The neighbourhood began.
    Began,
    /// Somebody was let in.
    Admitted,
    /// Somebody got a role, or lost one.
    Role,
    /// Somebody was removed.
    Removed,
    /// Somebody left.
    Left,
    /// A lost phone was replaced.
    Replaced,
    /// Somebody has a second phone.
    Linked,
    /// Somebody chose a helper, or none any more.
    Helper,
    /// The agreements changed.
    Charter,
    /// The letter box of the neighbourhood moved.
    Relay,
    /// Neighbours made new coordinators.
    Recovered,
    /// Messages of somebody who is out were kept.
    Kept,
}

/// An act that waits for more signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// What it will do; `Kept`: a phone that a helper alone put in the place of a lost one stays.
    pub what: ChangeKind,
    /// With whom.
    pub whom: Vec<Person>,
    /// The role that it gives, if it gives one.
    pub role: Option<Role>,
    /// The last day of its badge, if it has one, as in [`Badge::Until`].
    pub until_s: Option<i64>,
    /// Who has signed.
    pub signed: Vec<Person>,
    /// How many persons have to sign.
    pub needed: u32,
    /// Whether this phone's person is among them; else signing is one tap here.
    pub signed_by_me: bool,
    /// The id of an official who stopped, while nobody has signed that the phone is out.
    pub left: Option<String>,
    /// What the next signer's phone scans.
    pub code: String,
}

impl Proposal {
    /// The message that says what it will do; its arguments are `name`, `role` and `count`.
    pub fn sentence_key(&self) -> &'static str {
        match self.what {
            ChangeKind::Left => "change-left",
            ChangeKind::Recovered if self.whom.iter().all(|person| person.me) => "sign-recovered-you",
            ChangeKind::Recovered => "sign-recovered",
            ChangeKind::Removed => "sign-removed",
            ChangeKind::Replaced => "sign-replaced",
            ChangeKind::Kept => "sign-kept",
            _ => "sign-role",
        }
    }
}

/// The agreements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharterView {
    /// The neighbourhood's number in hexadecimal, for a partner who signs.
    pub group: String,
    /// The act that made them so, in hexadecimal; empty while a founder is alone.
    pub version: String,
    /// When (Unix seconds, clamped).
    pub since_s: i64,
    /// By whom.
    pub by: Person,
    /// Kinds of alert that count.
    pub kinds: Vec<AlertKind>,
    /// Of these, kinds that only patrol volunteers and officials may post.
    pub officials_only: Vec<AlertKind>,
    /// Quiet hours in minutes after midnight, from and to; none if equal.
    pub quiet: Option<(u16, u16)>,
    /// Days that an alert lives.
    pub alert_days: u16,
    /// Whether a wijkagent may read the street.
    pub police_read: bool,
    /// Partners, and whether each has signed.
    pub partners: Vec<PartnerView>,
    /// No municipality has signed yet ("voorlopig").
    pub provisional: bool,
    /// Another coordinator changed them at the same time: this one can be signed anew.
    pub other: Option<String>,
}

/// A partner in the agreements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerView {
    /// Which kind of party.
    pub party: Party,
    /// Whether its signature is good. Nothing flows to one whose is not.
    pub signed: bool,
    /// First digits of its key, to compare.
    pub fingerprint: String,
}

/// What was set aside: authentic, and it does not count. Shown to its author and to those who can keep it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// The envelope in hexadecimal.
    pub id: String,
    /// Who wrote it.
    pub author: Person,
    /// When, clamped (Unix seconds).
    pub time_s: i64,
    /// Its kind, if it is an alert.
    pub kind: Option<AlertKind>,
    /// The alert itself, if it is one.
    pub alert: Option<Alert>,
    /// The alert that it follows, in hexadecimal, if it follows one.
    pub about: Option<String>,
    /// Why it does not count.
    pub why: QuarantineReason,
    /// Where the agreements do not allow its kind: the last version that did, if there was one.
    pub before: Option<CharterView>,
    /// The version that is in force, where the agreements do not allow its kind.
    pub after: Option<CharterView>,
}

/// Why an envelope does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuarantineReason {
    /// Its author is no member now.
    NotMember,
    /// Its author's role does not allow it.
    Role,
    /// The agreements do not allow its kind.
    Charter,
}
