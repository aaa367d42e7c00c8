//! What neighbours say to each other: alerts, what follows them, and who people are.

use ratel_protocol::{Day, Ref};

use super::{keys::BoxedSecret, number};
use crate::{
    envelope::codec::{DecodeError, MAX_TEXT_BYTES, Reader, Writer},
    intent::{AlertKind, Answer},
};

/// Longest first name (bytes of UTF-8).
pub const MAX_NAME_BYTES: usize = 60;
/// Longest house number (bytes of UTF-8).
pub const MAX_NUMBER_BYTES: usize = 12;
/// Longest name of a street (bytes of UTF-8).
pub const MAX_STREET_BYTES: usize = 80;
/// Longest place in words (bytes of UTF-8).
pub const MAX_PLACE_BYTES: usize = 200;
/// Longest language tag (bytes).
pub const MAX_LANG_BYTES: usize = 12;
/// Boxes of a letter, for as many devices at most.
pub const LETTER_BOXES: usize = 16;
/// Longest sealed part of a letter (bytes).
pub const MAX_LETTER_BYTES: usize = 8192;
/// Most envelopes that one Erase names.
pub const MAX_ERASED: usize = 16;
/// Longest proposal (bytes).
pub const MAX_PROPOSAL_BYTES: usize = 2048;

/// An operation of the content mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Opens an alert.
    Alert(Alert),
    /// Opens a person's profile.
    Profile {
        /// Last day of its life.
        until: Day,
        /// First name.
        name: String,
        /// House number, possibly empty.
        number: String,
    },
    /// Opens the street's document.
    Street {
        /// Last day of its life.
        until: Day,
        /// The street's name.
        name: String,
    },
    /// Opens a note in the team or in coordination.
    Note {
        /// Last day of its life.
        until: Day,
        /// What it says.
        text: String,
        /// Its language.
        lang: String,
    },
    /// Why an act of administration was done. Reasons never enter the log.
    Reason {
        /// Last day of its life.
        until: Day,
        /// The act in the log.
        about: Ref,
        /// Why.
        text: String,
    },
    /// An invitation that was given out, so that any coordinator's phone can answer its bearer; or that none may any more.
    Invitation {
        /// Last day of its life.
        until: Day,
        /// Its secret.
        secret: [u8; 16],
        /// Nobody comes in by it any more.
        revoked: bool,
    },
    /// Readable by those for whom a box in it is; nobody sees for whom.
    Letter(Letter),
    /// Takes envelopes away: hidden at once, destroyed after a week.
    Erase {
        /// Which: ascending, 1 to [`MAX_ERASED`].
        refs: Vec<Ref>,
    },
    /// In coordination an act over an official, with the first signature; in the street new coordinators, with one
    /// neighbour's signature.
    Proposal {
        /// Last day of its life.
        until: Day,
        /// The act, its parents and the signature, as a code carries them.
        act: Vec<u8>,
    },
    /// Changes an alert's text.
    Edit {
        /// The new text.
        note: String,
        /// Its language.
        lang: String,
    },
    /// Takes an alert back.
    Withdraw,
    /// Answers an alert.
    Answer {
        /// What the neighbour does.
        answer: Answer,
    },
    /// Opened the alert.
    Seen,
    /// Says whether 112 was called.
    Called112 {
        /// Whether.
        called: bool,
    },
}

/// A letter: always as many boxes, whether used or not, and a sealed part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Last day of its life.
    pub until: Day,
    /// [`LETTER_BOXES`] boxes of one key; what nobody can open is random.
    pub boxes: Vec<BoxedSecret>,
    /// What the key opens; of a length that says nothing.
    pub sealed: Vec<u8>,
}

/// The opening of an alert. It has no field for a person's continuous whereabouts (R10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Last day of its life.
    pub until: Day,
    /// What.
    pub kind: AlertKind,
    /// A drill.
    pub practice: bool,
    /// Where.
    pub place: Place,
    /// What the person wrote; possibly empty.
    pub note: String,
    /// Language of the note.
    pub lang: String,
}

/// Where an alert is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Somewhere in the street.
    Street,
    /// At the author's house.
    Home,
    /// Coordinates in millionths of a degree.
    Position {
        /// Latitude, north positive.
        latitude: i32,
        /// Longitude, east positive.
        longitude: i32,
    },
    /// In words.
    Words(
        /// Up to [`MAX_PLACE_BYTES`].
        String,
    ),
}

impl Content {
    /// The number of its kind.
    pub fn kind(&self) -> u64 {
        match self {
            Self::Alert(_) => number::ALERT,
            Self::Profile { .. } => number::PROFILE,
            Self::Street { .. } => number::STREET,
            Self::Note { .. } => number::NOTE,
            Self::Reason { .. } => number::REASON,
            Self::Invitation { .. } => number::INVITATION,
            Self::Letter(_) => number::LETTER,
            Self::Erase { .. } => number::ERASE,
            Self::Proposal { .. } => number::PROPOSAL,
            Self::Edit { .. } => number::EDIT,
            Self::Withdraw => number::WITHDRAW,
            Self::Answer { .. } => number::ANSWER,
            Self::Seen => number::SEEN,
            Self::Called112 { .. } => number::CALLED_112,
        }
    }

    /// The last day of the life of what it opens, if it says one.
    pub fn until(&self) -> Option<Day> {
        match self {
            Self::Alert(Alert { until, .. })
            | Self::Letter(Letter { until, .. })
            | Self::Profile { until, .. }
            | Self::Street { until, .. }
            | Self::Note { until, .. }
            | Self::Reason { until, .. }
            | Self::Invitation { until, .. }
            | Self::Proposal { until, .. } => Some(*until),
            Self::Erase { .. }
            | Self::Edit { .. }
            | Self::Withdraw
            | Self::Answer { .. }
            | Self::Seen
            | Self::Called112 { .. } => None,
        }
    }

    /// Opens a document of its own.
    pub fn is_opening(&self) -> bool {
        matches!(self, Self::Alert(_) | Self::Profile { .. } | Self::Street { .. } | Self::Note { .. })
            || self.is_paper()
    }

    /// Stands for itself: nothing follows it, and no document is made of it.
    pub fn is_paper(&self) -> bool {
        matches!(
            self,
            Self::Reason { .. }
                | Self::Invitation { .. }
                | Self::Letter(_)
                | Self::Erase { .. }
                | Self::Proposal { .. }
        )
    }

    /// Has parents and may be a parent; the others that are no openings are leaves.
    pub fn is_state(&self) -> bool {
        matches!(self, Self::Edit { .. } | Self::Withdraw)
    }

    /// A leaf: never a parent, and of each device only the last of its kind is shown.
    pub fn is_leaf(&self) -> bool {
        !self.is_opening() && !self.is_state()
    }

    pub(super) fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Alert(alert) => alert.encode(writer),
            Self::Profile { until, name, number } => {
                writer.u16(until.0);
                writer.text(name);
                writer.text(number);
            }
            Self::Street { until, name } => {
                writer.u16(until.0);
                writer.text(name);
            }
            Self::Note { until, text, lang } => {
                writer.u16(until.0);
                writer.text(text);
                writer.text(lang);
            }
            Self::Reason { until, about, text } => {
                writer.u16(until.0);
                writer.bytes(&about.0);
                writer.text(text);
            }
            Self::Invitation { until, secret, revoked } => {
                writer.u16(until.0);
                writer.bytes(secret);
                writer.bool(*revoked);
            }
            Self::Letter(letter) => letter.encode(writer),
            Self::Erase { refs } => writer.ascending(&refs.iter().map(|item| item.0).collect::<Vec<_>>()),
            Self::Proposal { until, act } => {
                writer.u16(until.0);
                writer.count(act.len());
                writer.bytes(act);
            }
            Self::Edit { note, lang } => {
                writer.text(note);
                writer.text(lang);
            }
            Self::Withdraw | Self::Seen => {}
            Self::Answer { answer } => writer.u8(answer_number(*answer)),
            Self::Called112 { called } => writer.bool(*called),
        }
    }

    /// `None` for a number in this family's range that this release does not know.
    pub(super) fn decode(kind: u64, reader: &mut Reader<'_>) -> Result<Option<Self>, DecodeError> {
        Ok(Some(match kind {
            number::ALERT => Self::Alert(Alert::decode(reader)?),
            number::PROFILE => Self::Profile {
                until: Day(reader.u16()?),
                name: reader.text(MAX_NAME_BYTES)?,
                number: reader.text(MAX_NUMBER_BYTES)?,
            },
            number::STREET => Self::Street { until: Day(reader.u16()?), name: reader.text(MAX_STREET_BYTES)? },
            number::NOTE => Self::Note {
                until: Day(reader.u16()?),
                text: reader.text(MAX_TEXT_BYTES)?,
                lang: reader.text(MAX_LANG_BYTES)?,
            },
            number::REASON => Self::Reason {
                until: Day(reader.u16()?),
                about: Ref(reader.array()?),
                text: reader.text(MAX_TEXT_BYTES)?,
            },
            number::INVITATION => {
                Self::Invitation { until: Day(reader.u16()?), secret: reader.array()?, revoked: reader.bool()? }
            }
            number::LETTER => Self::Letter(Letter::decode(reader)?),
            number::ERASE => {
                let refs: Vec<Ref> = reader.ascending(MAX_ERASED)?.into_iter().map(Ref).collect();
                if refs.is_empty() {
                    return Err(DecodeError("erases nothing"));
                }
                Self::Erase { refs }
            }
            number::PROPOSAL => {
                let until = Day(reader.u16()?);
                let length = reader.count(MAX_PROPOSAL_BYTES)?;
                Self::Proposal { until, act: reader.bytes(length)?.to_vec() }
            }
            number::EDIT => Self::Edit { note: reader.text(MAX_TEXT_BYTES)?, lang: reader.text(MAX_LANG_BYTES)? },
            number::WITHDRAW => Self::Withdraw,
            number::ANSWER => Self::Answer { answer: answer_from(reader.u8()?)? },
            number::SEEN => Self::Seen,
            number::CALLED_112 => Self::Called112 { called: reader.bool()? },
            _ => return Ok(None),
        }))
    }
}

impl Letter {
    fn encode(&self, writer: &mut Writer) {
        writer.u16(self.until.0);
        for boxed in &self.boxes {
            boxed.encode(writer);
        }
        writer.count(self.sealed.len());
        writer.bytes(&self.sealed);
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let until = Day(reader.u16()?);
        let boxes = (0..LETTER_BOXES).map(|_| BoxedSecret::decode(reader)).collect::<Result<_, _>>()?;
        let length = reader.count(MAX_LETTER_BYTES)?;
        Ok(Self { until, boxes, sealed: reader.bytes(length)?.to_vec() })
    }
}

impl Place {
    pub(in crate::envelope) fn encode(&self, writer: &mut Writer) {
        match self {
            Place::Street => writer.u8(0),
            Place::Home => writer.u8(1),
            Place::Position { latitude, longitude } => {
                writer.u8(2);
                writer.i32(*latitude);
                writer.i32(*longitude);
            }
            Place::Words(words) => {
                writer.u8(3);
                writer.text(words);
            }
        }
    }

    pub(in crate::envelope) fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match reader.u8()? {
            0 => Place::Street,
            1 => Place::Home,
            2 => {
                let (latitude, longitude) = (reader.i32()?, reader.i32()?);
                if latitude.unsigned_abs() > 90_000_000 || longitude.unsigned_abs() > 180_000_000 {
                    return Err(DecodeError("no place on earth"));
                }
                Place::Position { latitude, longitude }
            }
            3 => Place::Words(reader.text(MAX_PLACE_BYTES)?),
            _ => return Err(DecodeError("unknown kind of place")),
        })
    }
}

impl Alert {
    fn encode(&self, writer: &mut Writer) {
        writer.u16(self.until.0);
        writer.u8(kind_number(self.kind));
        writer.bool(self.practice);
        self.place.encode(writer);
        writer.text(&self.note);
        writer.text(&self.lang);
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let until = Day(reader.u16()?);
        let kind = kind_from(reader.u8()?)?;
        let practice = reader.bool()?;
        let place = Place::decode(reader)?;
        Ok(Self {
            until,
            kind,
            practice,
            place,
            note: reader.text(MAX_TEXT_BYTES)?,
            lang: reader.text(MAX_LANG_BYTES)?,
        })
    }
}

pub(super) fn kind_number(kind: AlertKind) -> u8 {
    match kind {
        AlertKind::BreakIn => 1,
        AlertKind::Fire => 2,
        AlertKind::Help => 3,
        AlertKind::Behaviour => 4,
        AlertKind::DoorstepScam => 5,
        AlertKind::Vehicle => 6,
    }
}

fn kind_from(number: u8) -> Result<AlertKind, DecodeError> {
    AlertKind::ALL.into_iter().find(|kind| kind_number(*kind) == number).ok_or(DecodeError("unknown kind of alert"))
}

fn answer_number(answer: Answer) -> u8 {
    match answer {
        Answer::See => 1,
        Answer::Come => 2,
        Answer::Cannot => 3,
        Answer::Call => 4,
    }
}

fn answer_from(number: u8) -> Result<Answer, DecodeError> {
    Answer::ALL.into_iter().find(|answer| answer_number(*answer) == number).ok_or(DecodeError("unknown answer"))
}

#[cfg(test)]
mod tests;
