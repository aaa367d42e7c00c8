//! One number for what a document says, by which tests and the doctor compare phones.

use ring::digest::{Context, SHA256};

use super::{AlertFields, Fields, Note, Notes};
use crate::envelope::{Writer, operation::content::Place};

const LABEL: &[u8] = b"ratel document state 1";

/// SHA-256 over the fields in the order of their declaration, every part with a length or of fixed size. `None` is a
/// document without an opening that counts.
pub fn state_hash(fields: Option<&Fields>) -> [u8; 32] {
    let mut writer = Writer::new();
    writer.bytes(LABEL);
    match fields {
        None => writer.u8(0),
        Some(Fields::Alert(alert)) => {
            writer.u8(1);
            write_alert(&mut writer, alert);
        }
        Some(Fields::Profile(profile)) => {
            writer.u8(2);
            write_opening(&mut writer, &profile.id.0, &profile.device.0, profile.time_s, profile.until.0);
            write_text(&mut writer, &profile.name);
            write_text(&mut writer, &profile.number);
        }
        Some(Fields::Street(street)) => {
            writer.u8(3);
            write_opening(&mut writer, &street.id.0, &street.device.0, street.time_s, street.until.0);
            write_text(&mut writer, &street.name);
        }
        Some(Fields::Note(note)) => {
            writer.u8(4);
            write_opening(&mut writer, &note.id.0, &note.device.0, note.time_s, note.until.0);
            write_notes(&mut writer, &note.notes);
            writer.bool(note.withdrawn);
        }
    }
    let mut context = Context::new(&SHA256);
    context.update(&writer.into_bytes());
    let mut out = [0; 32];
    out.copy_from_slice(context.finish().as_ref());
    out
}

fn write_opening(writer: &mut Writer, id: &[u8; 16], device: &[u8; 16], time_s: i64, until: u16) {
    writer.bytes(id);
    writer.bytes(device);
    write_int(writer, time_s);
    writer.u16(until);
}

fn write_alert(writer: &mut Writer, alert: &AlertFields) {
    write_opening(writer, &alert.id.0, &alert.device.0, alert.time_s, alert.until.0);
    write_text(writer, alert.kind.code());
    writer.bool(alert.practice);
    match &alert.place {
        Place::Street => writer.u8(0),
        Place::Home => writer.u8(1),
        Place::Position { latitude, longitude } => {
            writer.u8(2);
            writer.i32(*latitude);
            writer.i32(*longitude);
        }
        Place::Words(words) => {
            writer.u8(3);
            write_text(writer, words);
        }
    }
    write_notes(writer, &alert.notes);
    writer.bool(alert.withdrawn);
    writer.count(alert.answers.len());
    for (device, (answer, time_s)) in &alert.answers {
        writer.bytes(&device.0);
        write_text(writer, answer.code());
        write_int(writer, *time_s);
    }
    writer.count(alert.seen.len());
    alert.seen.iter().for_each(|device| writer.bytes(&device.0));
    writer.u8(match alert.called_112 {
        None => 0,
        Some(false) => 1,
        Some(true) => 2,
    });
}

fn write_notes(writer: &mut Writer, notes: &Notes) {
    write_note(writer, &notes.shown);
    writer.count(notes.others.len());
    notes.others.iter().for_each(|note| write_note(writer, note));
}

fn write_note(writer: &mut Writer, note: &Note) {
    writer.bytes(&note.by.0);
    write_text(writer, &note.text);
    write_text(writer, &note.lang);
}

/// As it stands: two spellings of a letter are two states.
fn write_text(writer: &mut Writer, text: &str) {
    writer.count(text.len());
    writer.bytes(text.as_bytes());
}

fn write_int(writer: &mut Writer, number: i64) {
    writer.bytes(&number.to_be_bytes());
}
