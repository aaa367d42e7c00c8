//! What a shell reads beside screens, restated. `ratel_core::view` says what each field means.

use ratel_core::{
    intent::{AlertKind, Answer},
    view::{
        Alert, AlertState, Answered, Connection, Delivery, Membership, Neighbourhood, Person, QuarantineReason, Role,
    },
};

use crate::platform::Position;

#[uniffi::remote(Record)]
pub struct Person {
    pub name: String,
    pub number: Option<String>,
    pub role: Role,
    pub me: bool,
}

#[uniffi::remote(Enum)]
pub enum Role {
    Resident,
    Wijkagent,
    Patrol,
    Trustee,
    Coordinator,
}

#[uniffi::remote(Enum)]
pub enum AlertState {
    Open,
    Withdrawn,
}

#[uniffi::remote(Enum)]
pub enum Delivery {
    Draft { due_ms: Option<i64> },
    Saved,
    Sent,
    Received,
}

#[uniffi::remote(Record)]
pub struct Alert {
    pub id: String,
    pub kind: AlertKind,
    pub practice: bool,
    pub place: String,
    pub position: Option<Position>,
    pub time_s: i64,
    pub note: String,
    pub note_lang: String,
    pub other_notes: Vec<String>,
    pub called_112: Option<bool>,
    pub state: AlertState,
    pub delivery: Delivery,
    pub author: Person,
    pub answers: Vec<Answered>,
    pub seen_by: u32,
    pub seen_here: bool,
    pub set_aside: Option<QuarantineReason>,
    pub to: Option<Person>,
}

#[uniffi::remote(Enum)]
pub enum QuarantineReason {
    NotMember,
    Role,
    Charter,
}

#[uniffi::remote(Record)]
pub struct Answered {
    pub person: Person,
    pub answer: Answer,
    pub time_s: i64,
}

#[uniffi::remote(Record)]
pub struct Connection {
    pub online: bool,
    pub last_contact_s: Option<i64>,
    pub waiting: u32,
    pub clock_ahead_s: Option<i64>,
}

#[uniffi::remote(Enum)]
pub enum Membership {
    Outside,
    Alone,
    Waiting,
    Spent,
    Member,
    Removed,
}

#[uniffi::remote(Record)]
pub struct Neighbourhood {
    pub street: String,
    pub membership: Membership,
    pub me: Person,
    pub others: u32,
    pub helper: Option<Person>,
}
