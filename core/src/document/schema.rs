//! What each operation writes: one table for all kinds of document.
//!
//! A document is a map of fields. Some fields are written by state operations; several values may stand side by side.
//! Others are maps with one entry for each device, written by that device's leaves alone. To add a kind of operation,
//! add its arm to [`writes`] and, where the field is new, its place in [`Family::maps`] and in `read.rs`.
//!
//! Values are maps, text, whole numbers and yes or no; ids are hexadecimal; days count from 2024-01-01; times are Unix
//! seconds. A count is the size of a map.

use ratel_protocol::Day;

use super::Change;
use crate::{
    envelope::operation::{Content, content::Alert, content::Place},
    identity::DeviceId,
};

/// A kind of document, given by its opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// An alert and what follows it.
    Alert,
    /// A person's name and house number.
    Profile,
    /// The street's name.
    Street,
    /// A note of the team or of coordination.
    Note,
}

/// Names of the fields, as they stand in the document and in its JSON.
pub(super) mod field {
    pub(in crate::document) const DOCUMENT: &str = "document";
    pub(in crate::document) const ID: &str = "id";
    pub(in crate::document) const DEVICE: &str = "device";
    pub(in crate::document) const TIME: &str = "time";
    pub(in crate::document) const UNTIL: &str = "until";
    pub(in crate::document) const KIND: &str = "kind";
    pub(in crate::document) const PRACTICE: &str = "practice";
    pub(in crate::document) const PLACE: &str = "place";
    pub(in crate::document) const LATITUDE: &str = "latitude";
    pub(in crate::document) const LONGITUDE: &str = "longitude";
    pub(in crate::document) const WORDS: &str = "words";
    pub(in crate::document) const NOTE: &str = "note";
    pub(in crate::document) const TEXT: &str = "text";
    pub(in crate::document) const LANG: &str = "lang";
    pub(in crate::document) const WITHDRAWN: &str = "withdrawn";
    pub(in crate::document) const ANSWERS: &str = "answers";
    pub(in crate::document) const ANSWER: &str = "answer";
    pub(in crate::document) const SEEN: &str = "seen";
    pub(in crate::document) const CALLED_112: &str = "called_112";
    pub(in crate::document) const NAME: &str = "name";
    pub(in crate::document) const NUMBER: &str = "number";
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// A field of the document.
    Field(&'static str),
    /// A device's entry of a map.
    Entry(&'static str, DeviceId),
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Text, also ids and codes.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// Fields that are written and replaced together.
    Map(Vec<(String, Value)>),
}

impl Value {
    fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Self {
        Self::Map(entries.map(|(key, value)| (key.to_owned(), value)).into())
    }
}

/// One value that an operation writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Write {
    pub(super) slot: Slot,
    pub(super) value: Value,
}

impl Family {
    /// The kind of document that `content` opens.
    pub fn opened_by(content: &Content) -> Option<Self> {
        match content {
            Content::Alert(_) => Some(Self::Alert),
            Content::Profile { .. } => Some(Self::Profile),
            Content::Street { .. } => Some(Self::Street),
            Content::Note { .. } => Some(Self::Note),
            Content::Reason { .. }
            | Content::Invitation { .. }
            | Content::Letter(_)
            | Content::Erase { .. }
            | Content::Proposal { .. }
            | Content::Edit { .. }
            | Content::Withdraw
            | Content::Answer { .. }
            | Content::Seen
            | Content::Called112 { .. } => None,
        }
    }

    /// Its name in exports.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Profile => "profile",
            Self::Street => "street",
            Self::Note => "note",
        }
    }

    /// The fields that are maps with an entry for each device. The opening makes them.
    pub(super) const fn maps(self) -> &'static [&'static str] {
        match self {
            Self::Alert => &[field::ANSWERS, field::SEEN, field::CALLED_112],
            Self::Profile | Self::Street | Self::Note => &[],
        }
    }

    /// What `change` writes into a document of this kind, in the order of the schema. Nothing, where it does not
    /// count or has no meaning for this kind of document: then it is stepped over.
    pub(super) fn writes(self, change: &Change) -> Vec<Write> {
        if !change.counts {
            return Vec::new();
        }
        match (self, &change.content) {
            (Self::Alert, Content::Alert(alert)) => open_alert(change, alert),
            (Self::Alert | Self::Note, Content::Edit { note, lang }) => vec![write_note(note, lang)],
            (Self::Alert | Self::Note, Content::Withdraw) => vec![write(field::WITHDRAWN, Value::Bool(true))],
            (Self::Alert, Content::Answer { answer }) => {
                let answer = Value::map([
                    (field::ANSWER, Value::Text(answer.code().to_owned())),
                    (field::TIME, Value::Int(Day::unix_s(change.time))),
                ]);
                vec![entry(field::ANSWERS, change, answer)]
            }
            (Self::Alert, Content::Seen) => vec![entry(field::SEEN, change, Value::Bool(true))],
            (Self::Alert, Content::Called112 { called }) => {
                vec![entry(field::CALLED_112, change, Value::Bool(*called))]
            }
            (Self::Profile, Content::Profile { until, name, number }) => {
                let mut out = open(self, change, *until);
                out.push(write(field::NAME, Value::Text(name.clone())));
                out.push(write(field::NUMBER, Value::Text(number.clone())));
                out
            }
            (Self::Street, Content::Street { until, name }) => {
                let mut out = open(self, change, *until);
                out.push(write(field::NAME, Value::Text(name.clone())));
                out
            }
            (Self::Note, Content::Note { until, text, lang }) => {
                let mut out = open(self, change, *until);
                out.push(write_note(text, lang));
                out.push(write(field::WITHDRAWN, Value::Bool(false)));
                out
            }
            _ => Vec::new(),
        }
    }
}

/// What every opening writes.
fn open(family: Family, change: &Change, until: Day) -> Vec<Write> {
    vec![
        write(field::DOCUMENT, Value::Text(family.code().to_owned())),
        write(field::ID, Value::Text(change.id.to_hex())),
        write(field::DEVICE, Value::Text(change.device.to_hex())),
        write(field::TIME, Value::Int(Day::unix_s(change.time))),
        write(field::UNTIL, Value::Int(i64::from(until.0))),
    ]
}

fn open_alert(change: &Change, alert: &Alert) -> Vec<Write> {
    let mut out = open(Family::Alert, change, alert.until);
    out.push(write(field::KIND, Value::Text(alert.kind.code().to_owned())));
    out.push(write(field::PRACTICE, Value::Bool(alert.practice)));
    out.push(write(field::PLACE, place(&alert.place)));
    out.push(write_note(&alert.note, &alert.lang));
    out.push(write(field::WITHDRAWN, Value::Bool(false)));
    out
}

/// Text and language of a note are one value, so that of two notes at once each stays whole. Who wrote it, and when,
/// is known by the operation that wrote it.
fn write_note(text: &str, lang: &str) -> Write {
    let note = [(field::TEXT, Value::Text(text.to_owned())), (field::LANG, Value::Text(lang.to_owned()))];
    write(field::NOTE, Value::map(note))
}

/// Codes of the places in the document.
pub(super) mod place_code {
    pub(in crate::document) const STREET: &str = "street";
    pub(in crate::document) const HOME: &str = "home";
    pub(in crate::document) const POSITION: &str = "position";
    pub(in crate::document) const WORDS: &str = "words";
}

fn place(place: &Place) -> Value {
    let code = |code: &str| (field::PLACE, Value::Text(code.to_owned()));
    match place {
        Place::Street => Value::map([code(place_code::STREET)]),
        Place::Home => Value::map([code(place_code::HOME)]),
        Place::Position { latitude, longitude } => Value::map([
            code(place_code::POSITION),
            (field::LATITUDE, Value::Int(i64::from(*latitude))),
            (field::LONGITUDE, Value::Int(i64::from(*longitude))),
        ]),
        Place::Words(words) => Value::map([code(place_code::WORDS), (field::WORDS, Value::Text(words.clone()))]),
    }
}

fn write(field: &'static str, value: Value) -> Write {
    Write { slot: Slot::Field(field), value }
}

fn entry(map: &'static str, change: &Change, value: Value) -> Write {
    Write { slot: Slot::Entry(map, change.device), value }
}
