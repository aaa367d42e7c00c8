//! From the third tap to a sealed alert: a durable draft with a due time, and what can still be done to it.

use ratel_protocol::Ref;
use serde::{Deserialize, Serialize};

use super::{
    handle::{check_note, check_place},
    state::State,
};
use crate::{
    envelope::{
        letter::MAX_LETTER_TEXT_BYTES,
        operation::{
            Content,
            content::{self, Place},
        },
    },
    error::Error,
    intent::{AlertKind, PlaceChoice},
    screen::{Report, Route},
    storage::StoredDraft,
    view::{Alert, AlertState, Delivery},
};

/// Prefix of a draft's id.
const DRAFT: &str = "draft-";
/// Once so many phones have said that they saw an alert, the others need not.
const SEEN_ENOUGH: usize = 12;
/// Least time between two "seen" of one device (milliseconds).
const SEEN_PAUSE_MS: i64 = 60_000;

/// An alert from a command line.
#[derive(Debug, Clone)]
pub struct NewAlert {
    /// What.
    pub kind: AlertKind,
    /// Where.
    pub place: PlaceChoice,
    /// Text, possibly empty, up to 4 KiB.
    pub note: String,
    /// Whether 112 was called, if that is known.
    pub called_112: Option<bool>,
    /// A drill.
    pub practice: bool,
}

/// A draft as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Draft {
    pub(super) kind: AlertKind,
    pub(super) place: PlaceChoice,
    pub(super) position: Option<(i32, i32)>,
    pub(super) note: String,
    pub(super) lang: String,
    pub(super) called_112: Option<bool>,
    pub(super) practice: bool,
}

/// The id of a draft.
pub(super) fn draft_id(number: i64) -> String {
    format!("{DRAFT}{number}")
}

/// The number in a draft's id.
pub(super) fn draft_number(id: &str) -> Option<i64> {
    id.strip_prefix(DRAFT)?.parse().ok()
}

impl State {
    /// The third tap: the draft is on the disk when this returns.
    pub(super) fn send(&mut self) -> Result<(), Error> {
        let report = self.report.take().ok_or(Error::ReportIncomplete)?;
        let kind = report.kind.ok_or(Error::ReportIncomplete)?;
        let new =
            NewAlert { kind, place: report.place, note: report.note, called_112: None, practice: report.practice };
        let due_ms = self.is_member().then(|| self.now_ms() + i64::from(self.config.undo_s) * 1000);
        let id = self.store_draft(&new, due_ms)?;
        self.go_home();
        self.go(Route::Sent { alert: id });
        Ok(())
    }

    /// From a command line: sealed at once, or a draft while nobody else is in.
    pub(super) fn post_alert(&mut self, new: &NewAlert) -> Result<String, Error> {
        self.keys()?;
        let due_ms = self.is_member().then(|| self.now_ms());
        let id = self.store_draft(new, due_ms)?;
        match due_ms.and(draft_number(&id)) {
            Some(number) => self.seal_draft(number),
            None => Ok(id),
        }
    }

    fn store_draft(&mut self, new: &NewAlert, due_ms: Option<i64>) -> Result<String, Error> {
        if !new.kind.to_the_group() && self.my_helper().is_none() {
            return Err(Error::NoHelper);
        }
        if !self.may_report(new.kind)? {
            return Err(Error::KindForbidden);
        }
        check_place(&new.place)?;
        check_fits(new.kind, &new.note)?;
        let draft = Draft {
            kind: new.kind,
            position: if new.place == PlaceChoice::Here { self.platform.position() } else { None },
            place: new.place.clone(),
            note: check_note(&new.note)?,
            lang: self.settings.lang.clone(),
            called_112: new.called_112,
            practice: new.practice,
        };
        Ok(draft_id(self.store.add_draft(due_ms, self.now_ms(), &serde_json::to_string(&draft)?)?))
    }

    /// A draft with its contents.
    pub(super) fn draft(&self, number: i64) -> Result<(StoredDraft, Draft), Error> {
        let stored = self.store.drafts()?.into_iter().find(|draft| draft.number == number).ok_or(Error::NoSuchAlert)?;
        let draft = serde_json::from_str(&stored.draft)?;
        Ok((stored, draft))
    }

    /// "Stop": the draft is gone and the choice is kept.
    pub(super) fn stop(&mut self, alert: &str) -> Result<(), Error> {
        let number = draft_number(alert).ok_or(Error::NoSuchAlert)?;
        let (_, draft) = self.draft(number)?;
        self.store.remove_draft(number)?;
        self.report =
            Some(Report { kind: Some(draft.kind), place: draft.place, note: draft.note, practice: draft.practice });
        self.go_home();
        self.go(Route::ReportWhat);
        self.go(Route::ReportPlace);
        Ok(())
    }

    /// "Neem terug": a draft is removed, a sealed alert is withdrawn for all.
    pub(super) fn withdraw(&mut self, alert: &str) -> Result<(), Error> {
        if let Some(number) = draft_number(alert) {
            if !self.store.remove_draft(number)? {
                return Err(Error::NoSuchAlert);
            }
            if matches!(self.route.last(), Some(Route::Sent { .. } | Route::Edit { .. })) {
                self.go_home();
            }
            return Ok(());
        }
        let alert = self.alert(alert)?;
        check_open(&alert, false)?;
        let document = document_of(&alert)?;
        if alert.to.is_some() {
            return self.withdraw_letter(document);
        }
        self.write(Content::Withdraw, Some(document))?;
        Ok(())
    }

    /// Changes one's own text.
    pub(super) fn edit(&mut self, alert: &str, note: &str) -> Result<(), Error> {
        let note = check_note(note)?;
        if let Some(number) = draft_number(alert) {
            let (stored, mut draft) = self.draft(number)?;
            check_fits(draft.kind, &note)?;
            draft.note = note;
            self.store.set_draft(number, stored.due_ms, &serde_json::to_string(&draft)?)?;
        } else {
            let alert = self.alert(alert)?;
            let document = document_to_all(&alert)?;
            let coordinator = self
                .device()
                .is_some_and(|device| self.group().is_ok_and(|group| group.membership().is_coordinator(device)));
            check_open(&alert, coordinator)?;
            if alert.note != note || !alert.other_notes.is_empty() {
                let lang = self.settings.lang.clone();
                self.write(Content::Edit { note, lang }, Some(document))?;
            }
        }
        if matches!(self.route.last(), Some(Route::Edit { .. })) {
            self.route.pop();
        }
        Ok(())
    }

    /// Says whether 112 was called.
    pub(super) fn called_112(&mut self, alert: &str, called: bool) -> Result<(), Error> {
        if let Some(number) = draft_number(alert) {
            let (stored, mut draft) = self.draft(number)?;
            draft.called_112 = Some(called);
            return self.store.set_draft(number, stored.due_ms, &serde_json::to_string(&draft)?);
        }
        let alert = self.alert(alert)?;
        let document = document_to_all(&alert)?;
        self.write(Content::Called112 { called }, Some(document))?;
        Ok(())
    }

    /// Seals a draft; the screens that show it then show the alert.
    pub(super) fn seal_draft(&mut self, number: i64) -> Result<String, Error> {
        let (_, draft) = self.draft(number)?;
        let place = match (draft.place, draft.position) {
            (PlaceChoice::Home, _) => Place::Home,
            (PlaceChoice::Words { words }, _) => Place::Words(words),
            (PlaceChoice::Here, Some((latitude, longitude))) => Place::Position { latitude, longitude },
            (PlaceChoice::Here, None) => Place::Street,
        };
        let document = if draft.kind.to_the_group() {
            let alert = content::Alert {
                until: self.stamp_day().plus(self.alert_days()),
                kind: draft.kind,
                practice: draft.practice,
                place,
                note: draft.note,
                lang: draft.lang,
            };
            let document = self.write(Content::Alert(alert), None)?;
            if let Some(called) = draft.called_112 {
                self.write(Content::Called112 { called }, Some(document))?;
            }
            document
        } else {
            self.ask_helper(draft.practice, place, draft.note, draft.lang)?
        };
        self.store.remove_draft(number)?;
        let (old, new) = (draft_id(number), document.to_hex());
        for route in &mut self.route {
            match route {
                Route::Sent { alert }
                | Route::Detail { alert, .. }
                | Route::Edit { alert }
                | Route::Erase { alert }
                    if *alert == old =>
                {
                    alert.clone_from(&new);
                }
                _ => {}
            }
        }
        Ok(new)
    }

    /// What falls due by itself: drafts are sealed, readings are said.
    pub(super) fn tick(&mut self) -> Result<(), Error> {
        let now_ms = self.now_ms();
        if !self.is_member() {
            return Ok(());
        }
        for draft in self.store.drafts()?.into_iter().rev() {
            match draft.due_ms {
                // Not due yet; a clock that was set back must not hold it longer than the undo time.
                Some(due) if due > now_ms && due - now_ms <= i64::from(self.config.undo_s) * 1000 => {}
                _ if self.lacks_helper(&draft)? => self.store.set_draft(draft.number, None, &draft.draft)?,
                _ => self.seal_or_keep(&draft)?,
            }
        }
        self.say_seen(now_ms)?;
        self.tend_keys()
    }

    /// A draft that cannot be sealed waits: the key is on its way, or something is wrong with it alone. Either way what else
    /// falls due goes on, another alert and asking for the key too.
    fn seal_or_keep(&mut self, draft: &StoredDraft) -> Result<(), Error> {
        let mut waits = false;
        let done = self.apart("a draft could not be sealed", |state| match state.seal_draft(draft.number) {
            Err(Error::NoKeyYet) => {
                waits = true;
                Ok(())
            }
            sealed => sealed.map(drop),
        })?;
        if waits || !done { self.store.set_draft(draft.number, None, &draft.draft) } else { Ok(()) }
    }

    /// Whether a draft that waited for others may go now.
    pub(super) fn a_draft_may_go(&self) -> Result<bool, Error> {
        for draft in self.store.drafts()?.iter().filter(|draft| draft.due_ms.is_none()) {
            if !self.lacks_helper(draft)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A letter whose helper went away within the seconds before it was sealed waits, and holds up no other.
    fn lacks_helper(&self, stored: &StoredDraft) -> Result<bool, Error> {
        let draft: Draft = serde_json::from_str(&stored.draft)?;
        Ok(!draft.kind.to_the_group() && self.my_helper().is_none())
    }

    fn say_seen(&mut self, now_ms: i64) -> Result<(), Error> {
        for document in self.store.reads_due(now_ms)? {
            let last_ms: i64 = self.store.fact("last-seen-said")?.and_then(|text| text.parse().ok()).unwrap_or(0);
            let pause_ms = SEEN_PAUSE_MS.min(i64::from(self.config.seen_delay_max_s) * 1000);
            if (0..pause_ms).contains(&(now_ms - last_ms)) {
                return Ok(());
            }
            self.store.read_sent(document)?;
            let enough =
                self.alert_view(document)?.is_none_or(|(_, view)| view.seen.len() >= SEEN_ENOUGH || view.withdrawn);
            if !enough {
                // What may not be said, because somebody brought an alert where none belongs, holds up nothing.
                self.apart("a reading could not be said", |state| {
                    state.write(Content::Seen, Some(document)).map(drop)
                })?;
                self.store.set_fact("last-seen-said", &now_ms.to_string())?;
            }
        }
        Ok(())
    }

    /// The person opened somebody else's alert: the sound ends here, and after a random wait the others learn of it.
    pub(super) fn note_read(&mut self, alert: &Alert) -> Result<(), Error> {
        let document = document_of(alert)?;
        let now_ms = self.now_ms();
        let longest_ms = u64::from(self.config.seen_delay_max_s) * 1000;
        let wait_ms = u64::from_le_bytes(crate::envelope::crypto::random()?) % (longest_ms + 1);
        self.store.mark_read(document, now_ms, now_ms + i64::try_from(wait_ms).unwrap_or(0))
    }
}

/// An open alert of this person, or one that the person may change as an official.
fn check_open(alert: &Alert, official: bool) -> Result<(), Error> {
    if !alert.author.me && !official {
        return Err(Error::NotYours);
    }
    if alert.state == AlertState::Withdrawn { Err(Error::Withdrawn) } else { Ok(()) }
}

/// A letter holds less than an alert.
fn check_fits(kind: AlertKind, note: &str) -> Result<(), Error> {
    if kind.to_the_group() || note.len() <= MAX_LETTER_TEXT_BYTES {
        Ok(())
    } else {
        Err(Error::TextTooLong { bytes: note.len(), most: MAX_LETTER_TEXT_BYTES })
    }
}

/// The document of a sealed alert to all: what follows a letter is not for all to read.
fn document_to_all(alert: &Alert) -> Result<Ref, Error> {
    if alert.to.is_some() { Err(Error::NotAllowed) } else { document_of(alert) }
}

/// The document of a sealed alert.
pub(super) fn document_of(alert: &Alert) -> Result<Ref, Error> {
    match alert.delivery {
        Delivery::Draft { .. } => Err(Error::NoSuchAlert),
        _ => Ref::from_hex(&alert.id).ok_or(Error::NoSuchAlert),
    }
}
