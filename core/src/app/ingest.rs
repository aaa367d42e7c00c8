//! Taking what comes: every envelope is opened, judged and folded by itself, so that a bad one costs at most itself. The
//! log of members finds its order in [`super::settle`].

use std::collections::BTreeSet;

use ratel_protocol::{EnvelopeId, Head, Ref};

use super::state::State;
use crate::{
    envelope::{
        OpenError, Opened, open,
        operation::{Body, Content, Operation},
    },
    error::Error,
    identity::DeviceId,
    storage::{LogWaiting, Mailbox, NewEnvelope, State as Held},
};

/// What came of taking envelopes.
#[derive(Default)]
struct Taken {
    /// Documents that they change.
    touched: BTreeSet<Ref>,
    /// Some have no key here.
    sealed: bool,
    /// Some count for nothing.
    aside: bool,
    /// Whose opened envelopes came.
    authors: BTreeSet<DeviceId>,
    /// What came for the log and was opened.
    acts: Vec<LogWaiting>,
}

impl State {
    /// Takes envelopes of a mailbox in one transaction's span; gives how many were new.
    pub(super) fn take_envelopes(&mut self, mailbox: Mailbox, envelopes: &[&[u8]]) -> Result<u32, Error> {
        let mut taken = Taken::default();
        let mut new = 0;
        for bytes in envelopes {
            if self.take_one(mailbox, bytes, &mut taken)? {
                new += 1;
            }
        }
        if mailbox == Mailbox::Log {
            self.settle_log(std::mem::take(&mut taken.acts))?;
            self.answer_askers_now()?;
        }
        self.make_room(&taken.authors, &mut taken.touched)?;
        for document in taken.touched {
            self.refresh_document(document)?;
        }
        if taken.sealed {
            self.leave_sealed_surplus()?;
        }
        if taken.aside {
            self.leave_aside_surplus()?;
        }
        // Somebody may ask under an invitation of which another coordinator's phone tells only now.
        if mailbox == Mailbox::Content && new > 0 && self.answer_joiners()? {
            self.settle_log(Vec::new())?;
        }
        Ok(new)
    }

    fn take_one(&mut self, mailbox: Mailbox, bytes: &[u8], taken: &mut Taken) -> Result<bool, Error> {
        let Some(mailbox_id) = self.mailbox_id(mailbox) else { return Ok(false) };
        // What has no size or version of an envelope is not even noted.
        let Ok(head) = Head::parse(bytes) else { return Ok(false) };
        let id = EnvelopeId::of(mailbox_id, bytes);
        if self.store.holds(id.short())? || self.store.is_done(id.short())? || self.store.is_left(id.short())? {
            return Ok(false);
        }
        let (state, opened) = match self.try_open(mailbox, &head, bytes) {
            None => (Held::Sealed, None),
            Some(Err(_)) => (Held::Refused, None),
            Some(Ok(opened)) => (self.judge(mailbox, &opened), Some(opened)),
        };
        let columns = opened.as_ref().map(|opened| self.columns(&opened.operation, id));
        let new = NewEnvelope {
            id,
            mailbox,
            head,
            bytes,
            own: opened.as_ref().is_some_and(|opened| self.is_own(opened)),
            received_ms: self.now_ms(),
            first_lived: self.days.lived(),
            state,
            opened: columns,
        };
        if self.comes_too_late(&new)? {
            return Ok(false);
        }
        taken.authors.extend(opened.as_ref().filter(|_| !new.own).map(|opened| opened.operation.device));
        if let (Held::Unknown, Mailbox::Log, Some(it)) = (state, mailbox, columns) {
            let (device, kind) = (it.device, it.kind);
            taken.acts.push(LogWaiting { id: id.short(), device, kind, size_bytes: bytes.len() });
        }
        if let (Held::Opened, Some(opened)) = (state, &opened) {
            self.touch(id.short(), &opened.operation, &mut taken.touched)?;
        }
        taken.sealed |= state == Held::Sealed;
        taken.aside |= opened.is_some_and(|opened| self.is_aside(id.short(), &head, &opened.operation));
        self.store.hold(&new)
    }

    /// Notes which documents an opened operation changes.
    fn touch(&self, id: Ref, operation: &Operation, touched: &mut BTreeSet<Ref>) -> Result<(), Error> {
        touched.extend(if matches!(&operation.body, Body::Content(content) if content.is_opening()) {
            Some(id)
        } else {
            operation.document
        });
        if let Body::Content(Content::Erase { refs }) = &operation.body {
            self.store.add_erasure(id, refs)?;
            touched.extend(refs);
        }
        Ok(())
    }

    /// Whether this phone itself signed it: what only names this phone may say anything.
    fn is_own(&self, opened: &Opened) -> bool {
        self.keys
            .as_ref()
            .is_some_and(|keys| opened.operation.device == keys.device() && opened.signed_by(&keys.signing.public()))
    }

    /// `None` while the key is missing.
    pub(super) fn try_open(&self, mailbox: Mailbox, head: &Head, bytes: &[u8]) -> Option<Result<Opened, OpenError>> {
        let group = self.group.as_ref()?;
        let key = group.key(&head.key_id)?;
        Some(open(bytes, key, &group.address(mailbox)))
    }

    /// Operations of the log are judged by [`State::settle_log`]; content by its author's signature.
    fn judge(&self, mailbox: Mailbox, opened: &Opened) -> Held {
        if mailbox == Mailbox::Log {
            return Held::Unknown;
        }
        let Some(group) = &self.group else { return Held::Unknown };
        match (&opened.operation.body, group.log.signing_key(opened.operation.device)) {
            // What belongs into the log says nothing here.
            (Body::Members(_) | Body::Keys(_) | Body::Join(_), _) => Held::Refused,
            (_, None) => Held::Unknown,
            (_, Some(key)) if opened.signed_by(&key) => Held::Opened,
            (_, Some(_)) => Held::Refused,
        }
    }

    /// Content in a state whose key is held and, where it was opened, whose author is known. The others are not read: a
    /// member may send heaps of them.
    fn within_reach(&self, state: Held) -> Result<Vec<Ref>, Error> {
        let Some(group) = &self.group else { return Ok(Vec::new()) };
        let all = self.store.keys_in(Mailbox::Content, state)?;
        let mut near = Vec::new();
        for (id, _) in all.into_iter().filter(|(_, key)| group.key(key).is_some()) {
            let author = self.store.device_of(id)?;
            if author.is_none_or(|author| group.log.signing_key(author).is_some()) {
                near.push(id);
            }
        }
        Ok(near)
    }

    /// After the log or the keys have grown: opens what was sealed and knows who was unknown; gives the documents of what
    /// was let in.
    pub(super) fn look_again(&mut self) -> Result<BTreeSet<Ref>, Error> {
        let (mut touched, mut authors) = (BTreeSet::new(), BTreeSet::new());
        for state in [Held::Sealed, Held::Unknown] {
            for id in self.within_reach(state)? {
                let Some(stored) = self.store.envelope(id)? else { continue };
                let Ok(head) = Head::parse(&stored.bytes) else { continue };
                let (state, opened) = match self.try_open(Mailbox::Content, &head, &stored.bytes) {
                    None => continue,
                    Some(Err(_)) => (Held::Refused, None),
                    Some(Ok(opened)) => (self.judge(Mailbox::Content, &opened), Some(opened)),
                };
                let id = stored.id.short();
                let columns = opened.as_ref().map(|opened| self.columns(&opened.operation, stored.id));
                self.store.set_state(id, state, columns)?;
                self.ended = None;
                let document = columns.and_then(|columns| columns.document);
                if document.map(|document| self.store.is_done(document)).transpose()? == Some(true) {
                    self.store.destroy(id)?;
                } else if let (Held::Opened, Some(opened)) = (state, opened) {
                    self.touch(id, &opened.operation, &mut touched)?;
                    authors.insert(opened.operation.device);
                }
            }
        }
        self.make_room(&authors, &mut touched)?;
        Ok(touched)
    }

    /// Throws the views away and makes them anew from the envelopes.
    pub(super) fn rebuild_views(&mut self) -> Result<(), Error> {
        self.store.clear_views()?;
        for document in self.store.documents()? {
            self.refresh_document(document)?;
        }
        Ok(())
    }
}
