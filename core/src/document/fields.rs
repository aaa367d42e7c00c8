//! What a document says once a rule was applied to each field.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Day, Ref};

use crate::{
    envelope::operation::content::Place,
    identity::DeviceId,
    intent::{AlertKind, Answer},
};

/// A document of any kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fields {
    /// An alert.
    Alert(AlertFields),
    /// A person's profile.
    Profile(ProfileFields),
    /// The street.
    Street(StreetFields),
    /// A note.
    Note(NoteFields),
}

/// An alert and what followed it. Times are Unix seconds as the authors' clocks said, not yet clamped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertFields {
    /// The opening.
    pub id: Ref,
    /// Whose device opened it.
    pub device: DeviceId,
    /// When.
    pub time_s: i64,
    /// Last day of its life.
    pub until: Day,
    /// What.
    pub kind: AlertKind,
    /// A drill.
    pub practice: bool,
    /// Where.
    pub place: Place,
    /// What was written.
    pub notes: Notes,
    /// Taken back; any yes wins.
    pub withdrawn: bool,
    /// What each device answered last, and when.
    pub answers: BTreeMap<DeviceId, (Answer, i64)>,
    /// Devices that opened it.
    pub seen: BTreeSet<DeviceId>,
    /// Whether 112 was called: any yes wins, else any no, else nobody said.
    pub called_112: Option<bool>,
}

/// The texts of an alert that nobody has overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    /// The one of greatest (depth, id).
    pub shown: Note,
    /// The others ("two versions"), next to be shown first.
    pub others: Vec<Note>,
}

impl Notes {
    /// Other texts than the one shown, each once.
    pub fn other_texts(&self) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for note in &self.others {
            if note.text != self.shown.text && !out.contains(&note.text.as_str()) {
                out.push(&note.text);
            }
        }
        out
    }
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The operation that wrote it.
    pub by: Ref,
    /// The text, possibly empty.
    pub text: String,
    /// Its language.
    pub lang: String,
}

/// A person's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileFields {
    /// The opening.
    pub id: Ref,
    /// Whose device wrote it.
    pub device: DeviceId,
    /// When, in Unix seconds.
    pub time_s: i64,
    /// Last day of its life.
    pub until: Day,
    /// First name.
    pub name: String,
    /// House number, possibly empty.
    pub number: String,
}

/// The street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreetFields {
    /// The opening.
    pub id: Ref,
    /// Whose device wrote it.
    pub device: DeviceId,
    /// When, in Unix seconds.
    pub time_s: i64,
    /// Last day of its life.
    pub until: Day,
    /// Its name.
    pub name: String,
}

/// A note of the team or of coordination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteFields {
    /// The opening.
    pub id: Ref,
    /// Whose device wrote it.
    pub device: DeviceId,
    /// When, in Unix seconds.
    pub time_s: i64,
    /// Last day of its life.
    pub until: Day,
    /// What was written.
    pub notes: Notes,
    /// Taken back; any yes wins.
    pub withdrawn: bool,
}
