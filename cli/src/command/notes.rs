//! Notes of the team and of coordination.

use super::{
    Place,
    list::{when, who},
    print_json,
};
use crate::{args, failure::Failure, speech::print_line};

/// `ratel note`.
pub(super) fn note(place: &Place, note: &args::Note) -> Result<(), Failure> {
    place.open()?.note(note.room.channel(), &note.text)?;
    place.speech.say("cli-saved");
    Ok(())
}

/// `ratel notes`.
pub(super) fn notes(place: &Place, asked: &args::Notes) -> Result<(), Failure> {
    let notes = place.open()?.notes(asked.room.channel())?;
    if asked.format.json {
        return print_json(&notes);
    }
    if notes.is_empty() {
        place.speech.say("cli-notes-none");
    }
    for note in &notes {
        print_line(&format!("{}  {}: {}", when(note.time_s), who(&note.author), note.text));
    }
    Ok(())
}
