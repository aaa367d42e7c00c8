//! Notes of the team and of coordination: written and read by those who have the key of the channel, and by nobody else.

use super::{handle::check_note, state::State, view_of::NoteView};
use crate::{
    envelope::operation::{Content, keys::Channel, number},
    error::Error,
    view::Note,
};

/// Days that a note lives: a patrol log is kept for a year.
const NOTE_LIFE: u16 = 365;

impl State {
    /// Writes a note into the team or coordination.
    pub(super) fn note(&mut self, channel: Channel, text: &str) -> Result<String, Error> {
        self.may_read_notes(channel)?;
        let text = check_note(text)?;
        if text.is_empty() {
            return Err(Error::ReportIncomplete);
        }
        let (until, lang) = (self.stamp_day().plus(NOTE_LIFE), self.settings.lang.clone());
        Ok(self.write_in(channel, Content::Note { until, text, lang }, None)?.to_hex())
    }

    /// The notes of a channel, newest first.
    pub(super) fn notes(&self, channel: Channel) -> Result<Vec<Note>, Error> {
        self.may_read_notes(channel)?;
        let known = self.known()?;
        let mut notes = Vec::new();
        for stored in self.store.views(number::NOTE, self.today(), u32::MAX)? {
            let view: NoteView = serde_json::from_str(&stored.view)?;
            if view.channel == channel && !view.withdrawn {
                notes.push(Note {
                    id: stored.document.to_hex(),
                    author: self.person_view(&known, view.device),
                    time_s: view.time_s,
                    text: view.text,
                    lang: view.lang,
                });
            }
        }
        Ok(notes)
    }

    /// Notes are not for the street, and a channel's only for those who read it now.
    fn may_read_notes(&self, channel: Channel) -> Result<(), Error> {
        let me = self.keys()?.device();
        if channel != Channel::Street && self.group()?.membership().reads(me, channel) {
            Ok(())
        } else {
            Err(Error::NotAllowed)
        }
    }
}
