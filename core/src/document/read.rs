//! From the values that stand side by side to what people see: one rule a field.

use std::collections::BTreeMap;

use ratel_protocol::{Day, Ref};

use super::{
    AlertFields, DocumentError, Family, Fields, Note, NoteFields, Notes, ProfileFields, StreetFields,
    schema::{Slot, Value, field, place_code},
};
use crate::{
    envelope::operation::content::Place,
    identity::DeviceId,
    intent::{AlertKind, Answer},
};

/// A value with the operation that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) by: Ref,
    pub(super) value: Value,
}

/// Where values come from: the Automerge document or the fold.
pub(super) trait Values {
    /// All values of a slot that nothing overwrote, in the canonical order of what wrote them.
    fn all(&self, slot: &Slot) -> Result<Vec<Written>, DocumentError>;

    /// The devices that have an entry in a map, ascending.
    fn devices(&self, map: &'static str) -> Result<Vec<DeviceId>, DocumentError>;
}

/// Reads a document of a kind.
pub(super) fn fields(values: &impl Values, family: Family) -> Result<Fields, DocumentError> {
    Ok(match family {
        Family::Alert => Fields::Alert(alert(values)?),
        Family::Profile => {
            let Opening { id, device, time_s, until } = opening(values)?;
            let (name, number) = (text(values, field::NAME)?, text(values, field::NUMBER)?);
            Fields::Profile(ProfileFields { id, device, time_s, until, name, number })
        }
        Family::Street => {
            let Opening { id, device, time_s, until } = opening(values)?;
            Fields::Street(StreetFields { id, device, time_s, until, name: text(values, field::NAME)? })
        }
        Family::Note => {
            let Opening { id, device, time_s, until } = opening(values)?;
            let withdrawn = bools(values, field::WITHDRAWN)?.contains(&true);
            Fields::Note(NoteFields { id, device, time_s, until, notes: notes(values)?, withdrawn })
        }
    })
}

fn alert(values: &impl Values) -> Result<AlertFields, DocumentError> {
    let Opening { id, device, time_s, until } = opening(values)?;
    let kind = AlertKind::from_code(&text(values, field::KIND)?).ok_or(DocumentError::Field(field::KIND))?;
    let mut answers = BTreeMap::new();
    for (device, answer) in entries(values, field::ANSWERS)? {
        let answer = Fieldset(&answer);
        let code = Answer::from_code(answer.text(field::ANSWER)?).ok_or(DocumentError::Field(field::ANSWER))?;
        answers.insert(device, (code, answer.int(field::TIME)?));
    }
    let called: Vec<Value> = entries(values, field::CALLED_112)?.into_iter().map(|(_, value)| value).collect();
    Ok(AlertFields {
        id,
        device,
        time_s,
        until,
        kind,
        practice: bools(values, field::PRACTICE)?.contains(&true),
        place: place(&Fieldset(&one(values, field::PLACE)?))?,
        notes: notes(values)?,
        withdrawn: bools(values, field::WITHDRAWN)?.contains(&true),
        answers,
        seen: entries(values, field::SEEN)?.into_iter().map(|(device, _)| device).collect(),
        called_112: if called.is_empty() { None } else { Some(called.contains(&Value::Bool(true))) },
    })
}

struct Opening {
    id: Ref,
    device: DeviceId,
    time_s: i64,
    until: Day,
}

fn opening(values: &impl Values) -> Result<Opening, DocumentError> {
    let until = int(values, field::UNTIL)?;
    Ok(Opening {
        id: Ref::from_hex(&text(values, field::ID)?).ok_or(DocumentError::Field(field::ID))?,
        device: DeviceId::from_hex(&text(values, field::DEVICE)?).ok_or(DocumentError::Field(field::DEVICE))?,
        time_s: int(values, field::TIME)?,
        until: Day(u16::try_from(until).map_err(|_| DocumentError::Field(field::UNTIL))?),
    })
}

/// The text of greatest (depth, id) is shown; what else stands is kept beside it.
fn notes(values: &impl Values) -> Result<Notes, DocumentError> {
    let mut notes: Vec<Note> = Vec::new();
    for Written { by, value } in values.all(&Slot::Field(field::NOTE))? {
        let note = Fieldset(&value);
        notes.push(Note { by, text: note.text(field::TEXT)?.to_owned(), lang: note.text(field::LANG)?.to_owned() });
    }
    let shown = notes.pop().ok_or(DocumentError::Field(field::NOTE))?;
    notes.reverse();
    Ok(Notes { shown, others: notes })
}

fn place(place: &Fieldset<'_>) -> Result<Place, DocumentError> {
    let degrees = |name| i32::try_from(place.int(name)?).map_err(|_| DocumentError::Field(field::PLACE));
    match place.text(field::PLACE)? {
        place_code::STREET => Ok(Place::Street),
        place_code::HOME => Ok(Place::Home),
        place_code::POSITION => {
            Ok(Place::Position { latitude: degrees(field::LATITUDE)?, longitude: degrees(field::LONGITUDE)? })
        }
        place_code::WORDS => Ok(Place::Words(place.text(field::WORDS)?.to_owned())),
        _ => Err(DocumentError::Field(field::PLACE)),
    }
}

/// The last of the values of a field.
fn one(values: &impl Values, name: &'static str) -> Result<Value, DocumentError> {
    values.all(&Slot::Field(name))?.pop().map(|written| written.value).ok_or(DocumentError::Field(name))
}

fn text(values: &impl Values, name: &'static str) -> Result<String, DocumentError> {
    match one(values, name)? {
        Value::Text(text) => Ok(text),
        _ => Err(DocumentError::Field(name)),
    }
}

fn int(values: &impl Values, name: &'static str) -> Result<i64, DocumentError> {
    match one(values, name)? {
        Value::Int(number) => Ok(number),
        _ => Err(DocumentError::Field(name)),
    }
}

/// All values of a field of yes or no.
fn bools(values: &impl Values, name: &'static str) -> Result<Vec<bool>, DocumentError> {
    let yes = |written: Written| match written.value {
        Value::Bool(yes) => Ok(yes),
        _ => Err(DocumentError::Field(name)),
    };
    values.all(&Slot::Field(name))?.into_iter().map(yes).collect()
}

/// The last value of each device's entry.
fn entries(values: &impl Values, map: &'static str) -> Result<Vec<(DeviceId, Value)>, DocumentError> {
    let mut out = Vec::new();
    for device in values.devices(map)? {
        if let Some(written) = values.all(&Slot::Entry(map, device))?.pop() {
            out.push((device, written.value));
        }
    }
    Ok(out)
}

/// A value that is a map of fields.
struct Fieldset<'a>(&'a Value);

impl<'a> Fieldset<'a> {
    fn get(&self, name: &'static str) -> Result<&'a Value, DocumentError> {
        let Value::Map(entries) = self.0 else { return Err(DocumentError::Field(name)) };
        entries.iter().find(|(key, _)| key == name).map(|(_, value)| value).ok_or(DocumentError::Field(name))
    }

    fn text(&self, name: &'static str) -> Result<&'a str, DocumentError> {
        if let Value::Text(text) = self.get(name)? { Ok(text) } else { Err(DocumentError::Field(name)) }
    }

    fn int(&self, name: &'static str) -> Result<i64, DocumentError> {
        if let Value::Int(number) = self.get(name)? { Ok(*number) } else { Err(DocumentError::Field(name)) }
    }
}
