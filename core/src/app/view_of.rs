//! From a document to the view that the store keeps, and from there to what screens read.

use std::panic::catch_unwind;

use ratel_protocol::{Day, Ref};
use serde::{Deserialize, Serialize};

use super::state::{Group, State};
use crate::{
    document::{AlertFields, Change, Document, Fields},
    envelope::operation::{Body, content::Place, keys::Channel, number},
    error::Error,
    identity::DeviceId,
    intent::{AlertKind, Answer},
    storage::{NewView, State as Held, StoredEnvelope},
};

/// How far a time may lie after the envelope's arrival before it is clamped (seconds).
pub(super) const AHEAD_S: i64 = 120;

/// View of an alert. Times are clamped Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AlertView {
    pub(super) device: DeviceId,
    pub(super) kind: AlertKind,
    pub(super) practice: bool,
    pub(super) place: PlaceView,
    pub(super) time_s: i64,
    pub(super) note: String,
    pub(super) note_lang: String,
    pub(super) other_notes: Vec<String>,
    pub(super) withdrawn: bool,
    pub(super) called_112: Option<bool>,
    pub(super) answers: Vec<(DeviceId, Answer, i64)>,
    pub(super) seen: Vec<DeviceId>,
}

/// Where an alert is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PlaceView {
    Street,
    Home,
    Position(i32, i32),
    Words(String),
}

/// View of a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ProfileView {
    pub(super) device: DeviceId,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) time_s: i64,
}

/// View of a note of the team or of coordination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NoteView {
    pub(super) device: DeviceId,
    pub(super) channel: Channel,
    pub(super) text: String,
    pub(super) lang: String,
    pub(super) time_s: i64,
    pub(super) withdrawn: bool,
}

/// View of the street.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StreetView {
    pub(super) name: String,
}

impl State {
    /// Makes the view of a document anew; a document without an opening that counts has none.
    pub(super) fn refresh_document(&mut self, document: Ref) -> Result<(), Error> {
        if self.is_erased(document)? {
            self.forget_aside(document)?;
            return self.store.clear_view(document);
        }
        let rows = self.store.envelopes_of(document)?;
        let opening = rows.iter().find(|row| row.id.short() == document);
        let channel = opening.and_then(|row| self.group.as_ref()?.channel_of(row));
        let changes = changes(self.group()?, document, &rows);
        let view = match (channel, built(document, &changes)) {
            (Some(channel), Some(fields)) => stored_view(document, channel, &fields, &rows)?,
            (Some(_), None) => opening.map(|row| self.view_of_letter(row)).transpose()?.flatten(),
            _ => None,
        };
        match &view {
            Some(view) => self.store.set_view(view)?,
            None => self.store.clear_view(document)?,
        }
        self.set_aside(document, channel, &rows, &changes)
    }
}

/// What the Automerge document of these operations says; `None` if it has no opening that counts.
pub(super) fn built(document: Ref, changes: &[Change]) -> Option<Fields> {
    // A document that cannot be built or read costs itself only: it is not shown, and the others go on.
    let built = catch_unwind(|| Document::build(document, changes).and_then(|built| built.fields()));
    let Ok(Ok(fields)) = built else {
        tracing::error!("a document could not be built and is not shown");
        return None;
    };
    fields
}

/// The opened operations of a document, each with whether it counts.
pub(super) fn changes(group: &Group, document: Ref, rows: &[StoredEnvelope]) -> Vec<Change> {
    let opening = rows.iter().find(|row| row.id.short() == document);
    let Some(channel) = opening.and_then(|row| group.channel_of(row)) else { return Vec::new() };
    let mut changes: Vec<Change> = rows
        .iter()
        // What lies under the key of another channel belongs to no document of this one.
        .filter(|row| row.state == Held::Opened && group.channel_of(row) == Some(channel))
        .filter_map(|row| {
            let operation = group.reopen(row)?.operation;
            let Body::Content(content) = operation.body else { return None };
            Some(Change {
                id: row.id.short(),
                device: operation.device,
                person: group.person(operation.device),
                seq: operation.seq,
                time: operation.time,
                parents: operation.parents,
                content,
                counts: true,
            })
        })
        .collect();
    let Some(opening) = changes.iter().find(|change| change.id == document).map(|change| change.device) else {
        return Vec::new();
    };
    for change in &mut changes {
        change.counts = group.counts(change.id, change.device, channel, &change.content, opening);
    }
    changes
}

pub(super) fn stored_view(
    document: Ref,
    channel: Channel,
    fields: &Fields,
    rows: &[StoredEnvelope],
) -> Result<Option<NewView>, Error> {
    let received_s = |id: Ref| rows.iter().find(|row| row.id.short() == id).map(|row| row.received_ms.div_euclid(1000));
    let arrived_s = received_s(document).unwrap_or_default();
    let last_s = rows.iter().map(|row| row.received_ms.div_euclid(1000)).max().unwrap_or_default();
    let (kind, time_s, until, view) = match fields {
        Fields::Alert(alert) => {
            let opened_s = alert.time_s.min(arrived_s + AHEAD_S);
            let view = alert_view(alert, opened_s, last_s + AHEAD_S);
            (number::ALERT, opened_s, alert.until, serde_json::to_string(&view)?)
        }
        Fields::Profile(profile) => {
            let view = ProfileView {
                device: profile.device,
                name: profile.name.clone(),
                number: profile.number.clone(),
                time_s: profile.time_s,
            };
            (number::PROFILE, profile.time_s, profile.until, serde_json::to_string(&view)?)
        }
        Fields::Note(note) => {
            let shown = &note.notes.shown;
            let (text, lang) = (readable(&shown.text), shown.lang.clone());
            let view =
                NoteView { device: note.device, channel, text, lang, time_s: note.time_s, withdrawn: note.withdrawn };
            (number::NOTE, note.time_s, note.until, serde_json::to_string(&view)?)
        }
        Fields::Street(street) => {
            let view = StreetView { name: street.name.clone() };
            (number::STREET, street.time_s, street.until, serde_json::to_string(&view)?)
        }
    };
    Ok(Some(NewView { document, kind, opened_s: time_s, until, view }))
}

/// A text of another phone without what draws nothing or turns the words around it: control characters and marks that
/// override the direction of writing.
pub(super) fn readable(text: &str) -> String {
    let overrides = |c| matches!(u32::from(c), 0x202A..=0x202E | 0x2066..=0x2069);
    text.chars().filter(|c| *c == '\n' || !(c.is_control() || overrides(*c))).collect()
}

/// Where something is.
pub(super) fn place_view(place: &Place) -> PlaceView {
    match place {
        Place::Street => PlaceView::Street,
        Place::Home => PlaceView::Home,
        Place::Position { latitude, longitude } => PlaceView::Position(*latitude, *longitude),
        Place::Words(words) => PlaceView::Words(readable(words)),
    }
}

/// When an envelope says that it was written (Unix seconds), not long after it came.
pub(super) fn clamped_s(time: u32, row: &StoredEnvelope) -> i64 {
    Day::unix_s(time).min(row.received_ms.div_euclid(1000) + AHEAD_S)
}

fn alert_view(alert: &AlertFields, opened_s: i64, latest_s: i64) -> AlertView {
    AlertView {
        device: alert.device,
        kind: alert.kind,
        practice: alert.practice,
        place: place_view(&alert.place),
        time_s: opened_s,
        note: readable(&alert.notes.shown.text),
        note_lang: alert.notes.shown.lang.clone(),
        other_notes: alert.notes.other_texts().into_iter().map(readable).collect(),
        withdrawn: alert.withdrawn,
        called_112: alert.called_112,
        answers: alert
            .answers
            .iter()
            .map(|(device, (answer, time_s))| (*device, *answer, (*time_s).clamp(opened_s, latest_s.max(opened_s))))
            .collect(),
        seen: alert.seen.iter().copied().collect(),
    }
}
