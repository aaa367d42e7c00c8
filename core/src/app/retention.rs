//! What ends on this phone: documents at the end of their life, and what somebody had erased.
//!
//! 1. Once for every new day, or new day of this phone's own life, what is over is destroyed, a few documents in each
//!    transaction, so that a tap never waits long.
//! 2. What an Erase names is hidden at once and destroyed when it still counts after a week of this phone's life: an
//!    Erase of a thief thus loses nothing.
//! 3. Then the file is written anew, so that no copy of a destroyed row stays in it.
//!
//! Measured on the real count and the real rule, by a model with phones that are off for weeks, clocks ten years wrong
//! and lying relays and neighbours: see `model`.

#[cfg(test)]
mod model;

use ratel_protocol::{EnvelopeId, Ref};

use super::{
    App,
    author::LONG_CLASS,
    send::{document_of, draft_number},
    state::{Group, State},
    view_of::{ProfileView, StreetView},
};
use crate::{
    envelope::operation::{Body, Content, Operation, members::ALERT_DAYS, number},
    error::Error,
    identity::DeviceId,
    screen::Route,
    storage::{ENDLESS, LONGEST_LIFE, NewEnvelope, OpenedColumns},
};

/// Envelopes and documents destroyed in one transaction.
const AT_ONCE: u32 = 64;
/// A profile and the street's name are said anew when fewer days remain.
const RENEW_BEFORE: u16 = 100;
/// Days of a phone's life after which what an Erase names is destroyed.
const ERASE_AFTER: u32 = 7;

impl State {
    /// What the store keeps of an operation to find it again, and when it ends.
    pub(super) fn columns(&self, operation: &Operation, id: EnvelopeId) -> OpenedColumns {
        let (document, until) = match &operation.body {
            Body::Content(content) if content.is_opening() => (Some(id.short()), content.until()),
            Body::Content(_) => (operation.document, None),
            _ => (None, None),
        };
        let kind = operation.body.kind();
        let life = match &operation.body {
            Body::Members(_) => ENDLESS,
            Body::Content(Content::Alert(_)) => u32::from(self.alert_days().max(ALERT_DAYS)),
            _ => LONGEST_LIFE,
        };
        OpenedColumns { kind, device: operation.device, seq: operation.seq, document, until, life }
    }

    /// Days that an alert lives, by the charter.
    pub(super) fn alert_days(&self) -> u16 {
        let charter = self.group.as_ref().and_then(|group| group.membership().charter.as_ref());
        charter.map_or(ALERT_DAYS, |charter| charter.alert_days)
    }

    /// Whether what comes follows an opening that is done with; then its id is noted and nothing else. Nothing is refused
    /// by the clock: a count that is wrong would lose what the next boot wants.
    pub(super) fn comes_too_late(&self, new: &NewEnvelope<'_>) -> Result<bool, Error> {
        let Some(document) = new.opened.and_then(|opened| opened.document) else { return Ok(false) };
        let late = self.store.is_done(document)?;
        if late {
            self.store.set_done(new.id.short(), new.mailbox, new.head.expires, self.days.lived())?;
        }
        Ok(late)
    }

    /// Says anew who this phone's person is, and of a coordinator what the street is called, before the old papers end.
    pub(super) fn renew_papers(&mut self) -> Result<(), Error> {
        let (today, until) = (self.stamp_day(), self.stamp_day().plus(LONG_CLASS));
        let device = self.keys()?.device();
        let soon = today.plus(RENEW_BEFORE);
        let ends = |document| self.store.until_of(document).map(|until| until.is_none_or(|until| until < soon));
        let (mut name, mut lives) = (None, false);
        for stored in self.store.views(number::PROFILE, self.today(), u32::MAX)? {
            let view: ProfileView = serde_json::from_str(&stored.view)?;
            if view.device == device {
                lives |= !ends(stored.document)?;
                // The newest comes first.
                name.get_or_insert((view.name, view.number));
            }
        }
        let street = match self.store.views(number::STREET, self.today(), 1)?.first() {
            Some(street) if self.group()?.membership().is_coordinator(device) && ends(street.document)? => {
                Some(serde_json::from_str::<StreetView>(&street.view)?.name)
            }
            _ => None,
        };
        if let Some((name, number)) = name.filter(|_| !lives) {
            self.write(Content::Profile { until, name, number }, None)?;
        }
        if let Some(name) = street {
            self.write(Content::Street { until, name }, None)?;
        }
        Ok(())
    }

    /// Whether a day has begun on which something may be over.
    pub(super) fn ending_is_due(&self) -> bool {
        self.ended != Some((self.today(), self.days.lived()))
    }

    /// Destroys a part of what is over; `true` while more may be left. Runs inside a transaction.
    pub(super) fn end_some(&mut self) -> Result<bool, Error> {
        let (day, lived) = (self.today(), self.days.lived());
        let over = self.store.over(day, lived, AT_ONCE)?;
        for id in &over {
            self.destroy(*id)?;
        }
        if !over.is_empty() {
            return Ok(true);
        }
        let before = lived.saturating_sub(ERASE_AFTER);
        let targets = self.store.erased_before(before, self.erased_up_to, AT_ONCE)?;
        self.erased_up_to = targets.last().copied();
        for target in &targets {
            if self.is_erased_before(*target, before)? {
                self.destroy(*target)?;
            }
        }
        if !targets.is_empty() {
            return Ok(true);
        }
        self.store.forget_done(day, lived)?;
        self.ended = Some((day, lived));
        Ok(false)
    }

    /// Destroys an envelope with what follows it; no screen goes on showing it.
    fn destroy(&mut self, id: Ref) -> Result<(), Error> {
        self.store.destroy(id)?;
        let hex = id.to_hex();
        self.route.retain(|route| match route {
            Route::Sent { alert } | Route::Detail { alert, .. } | Route::Edit { alert } | Route::Erase { alert } => {
                *alert != hex
            }
            _ => true,
        });
        if self.route.is_empty() {
            self.go_home();
        }
        Ok(())
    }

    /// "Verwijder voor altijd": hidden on every phone at once, and destroyed after a week; one's own on this phone now.
    pub(super) fn erase(&mut self, alert: &str) -> Result<(), Error> {
        if draft_number(alert).is_some() {
            return self.withdraw(alert);
        }
        let alert = self.alert(alert)?;
        if !alert.author.me && !self.is_coordinator() {
            return Err(Error::NotYours);
        }
        let document = document_of(&alert)?;
        self.write(Content::Erase { refs: vec![document] }, None)?;
        if alert.author.me {
            self.destroy(document)?;
            self.ended = None;
        }
        Ok(())
    }

    /// Says what erasing means, of an alert that this person may erase.
    pub(super) fn open_erase(&mut self, alert: &str) -> Result<(), Error> {
        let alert = self.alert(alert)?;
        if !alert.author.me && !self.is_coordinator() {
            return Err(Error::NotYours);
        }
        self.go(Route::Erase { alert: alert.id });
        Ok(())
    }

    /// Erases the alert, and says that it is gone.
    pub(super) fn erase_shown(&mut self, alert: &str) -> Result<(), Error> {
        let letter = self.alert(alert)?.to.is_some();
        self.erase(alert)?;
        self.go_home();
        self.go(Route::Erased { letter });
        Ok(())
    }

    fn is_coordinator(&self) -> bool {
        let members = self.group.as_ref().map(Group::membership);
        self.device().is_some_and(|device| members.is_some_and(|members| members.is_coordinator(device)))
    }

    /// Notes what an Erase names, and hides it.
    pub(super) fn note_erase(&mut self, erase: Ref, targets: &[Ref]) -> Result<(), Error> {
        self.store.add_erasure(erase, targets)?;
        targets.iter().try_for_each(|target| self.refresh_document(*target))
    }

    /// Whether an Erase that counts names a document.
    pub(super) fn is_erased(&self, document: Ref) -> Result<bool, Error> {
        self.is_erased_before(document, u32::MAX)
    }

    /// Whether an Erase stays when its author goes: one's own when one leaves, and of others what has counted for a week.
    /// A thief's last acts thus go with the thief.
    pub(super) fn erase_stays(&self, erase: Ref, author: DeviceId) -> Result<bool, Error> {
        let mine = self.device().is_some_and(|device| self.person_of(device) == self.person_of(author));
        let came = self.store.first_lived(erase)?.unwrap_or(u32::MAX);
        Ok(mine || came.saturating_add(ERASE_AFTER) < self.days.lived())
    }

    /// Whether an Erase that counts and came before this phone had lived `before` days names a document. It counts like
    /// other content, if its author is the document's person or a coordinator now. That is told by what stands beside
    /// both: nothing is opened for it, since anybody may send Erases in heaps. Nothing erases what lies in the log: who
    /// belongs would change with it.
    fn is_erased_before(&self, document: Ref, before: u32) -> Result<bool, Error> {
        let Some(group) = &self.group else { return Ok(false) };
        let erasing = self.store.erasures_of(document, before)?;
        let author = if erasing.is_empty() { None } else { self.store.author_of(document)? };
        let Some(author) = author else { return Ok(false) };
        let (members, person) = (group.membership(), group.person(author));
        let content = Content::Erase { refs: Vec::new() };
        Ok(erasing.iter().any(|it| {
            let may = group.person(it.device) == person || members.is_coordinator(it.device);
            let secret = group.ring.get(&it.key_id).filter(|_| may);
            secret.is_some_and(|secret| members.counts(it.erase, it.device, secret.channel, &content))
        }))
    }
}

impl App {
    /// Destroys what is over, part by part; between two parts a tap gets its turn.
    pub(super) fn end(&self) -> Result<(), Error> {
        self.renew();
        loop {
            let mut state = self.state();
            if !state.ending_is_due() {
                return Ok(());
            }
            if !state.in_transaction(State::end_some)? {
                state.store.scrub()?;
                self.show(&state);
            }
        }
    }
    /// Renews papers once a day. What goes wrong here holds up nothing else.
    fn renew(&self) {
        let mut state = self.state();
        if !state.ending_is_due() || !state.is_member() {
            return;
        }
        match state.in_transaction(State::renew_papers) {
            Ok(()) => self.inner.outbox.notify_one(),
            Err(error) => tracing::warn!(%error, "papers could not be renewed"),
        }
    }
}
