//! Notes of the team and of coordination: written and read by those who have the key of the channel, and by nobody else.

use ratel_protocol::Ref;

use super::{handle::check_note, state::State, view_of::NoteView};
use crate::{
    envelope::operation::{Content, keys::Channel, number},
    error::Error,
    screen::Route,
    view::Note,
};

/// Days that a note lives: a patrol log is kept for a year.
const NOTE_LIFE: u16 = 365;

/// Name of the fact that holds what was written for the team and not sent.
const DRAFT: &str = "draft-team";

impl State {
    /// Writes a note into the team or coordination.
    pub(super) fn note(&mut self, channel: Channel, text: &str) -> Result<String, Error> {
        self.may_read_notes(channel)?;
        let text = check_note(text)?;
        if text.is_empty() {
            return Err(Error::NoteMissing);
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

    /// What the screen of a route shows of the team; none for who does not read the team.
    pub(super) fn team_for(&self, route: &Route) -> Result<Option<Vec<Note>>, Error> {
        if self.may_read_notes(Channel::Team).is_err() {
            return Ok(None);
        }
        match route {
            Route::Team { .. } | Route::TeamWrite { .. } => self.notes(Channel::Team).map(Some),
            _ => Ok(Some(Vec::new())),
        }
    }

    /// Shows what the team wrote down.
    pub(super) fn open_team(&mut self, page: u32) -> Result<(), Error> {
        self.may_read_notes(Channel::Team)?;
        self.go(Route::Team { page });
        Ok(())
    }

    /// Begins a note for the team, or goes on with what was written and not sent.
    pub(super) fn open_team_write(&mut self) -> Result<(), Error> {
        self.may_read_notes(Channel::Team)?;
        let note = self.store.fact(DRAFT)?.unwrap_or_default();
        self.go(Route::TeamWrite { note });
        Ok(())
    }

    /// Keeps what was written so far, through a way back and a kill.
    pub(super) fn keep_team_draft(&mut self, text: &str) -> Result<(), Error> {
        let text = check_note(text)?;
        let Some(Route::TeamWrite { note }) = self.route.last_mut() else { return Err(Error::Setting) };
        note.clone_from(&text);
        self.store.set_fact(DRAFT, &text)
    }

    /// Sends what stands on the screen.
    pub(super) fn send_to_team(&mut self) -> Result<(), Error> {
        let Some(Route::TeamWrite { note }) = self.route.last().cloned() else { return Err(Error::Setting) };
        self.note(Channel::Team, &note)?;
        self.store.set_fact(DRAFT, "")?;
        self.route.pop();
        if !matches!(self.route.last(), Some(Route::Team { page: 0 })) {
            self.go(Route::Team { page: 0 });
        }
        Ok(())
    }

    /// Takes back a note of one's own; nobody reads it any more.
    pub(super) fn withdraw_note(&mut self, id: &str) -> Result<(), Error> {
        let note = Ref::from_hex(id).ok_or(Error::NoSuchNote)?;
        let stored = self.store.view(number::NOTE, note)?.ok_or(Error::NoSuchNote)?;
        let view: NoteView = serde_json::from_str(&stored.view)?;
        if self.device().map(|me| self.person_of(me)) != Some(self.person_of(view.device)) {
            return Err(Error::NotYours);
        }
        self.write(Content::Withdraw, Some(note))?;
        Ok(())
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
