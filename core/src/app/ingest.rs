//! Taking what comes: every envelope is opened, judged and folded by itself, so that a bad one costs at most itself.

use std::collections::BTreeSet;

use ratel_protocol::{Day, EnvelopeId, Head, Ref};

use super::{begin::GENESIS, state::State, view_of::clamped_s};
use crate::{
    envelope::{
        OpenError, Opened, open,
        operation::{Body, Content, Keys, Members, Operation},
    },
    error::Error,
    group::{Inserted, MembersOperation},
    storage::{Mailbox, NewEnvelope, State as Held, StoredEnvelope},
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
            self.settle_log()?;
            self.answer_askers_now()?;
        }
        for document in taken.touched {
            self.refresh_document(document)?;
        }
        self.leave_surplus(taken.sealed, taken.aside)?;
        // Somebody may ask under an invitation of which another coordinator's phone tells only now.
        if mailbox == Mailbox::Content && new > 0 && self.answer_joiners()? {
            self.settle_log()?;
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
    fn try_open(&self, mailbox: Mailbox, head: &Head, bytes: &[u8]) -> Option<Result<Opened, OpenError>> {
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

    /// Lets in what the log can now judge, until nothing moves; then looks again at content.
    pub(super) fn settle_log(&mut self) -> Result<(), Error> {
        let before = self.log_len();
        let members = self.group.as_ref().map(|group| group.membership().clone());
        let mut changed = false;
        self.unseal_log()?;
        loop {
            let waiting = self.within_reach(Mailbox::Log, Held::Unknown)?;
            let mut moved = false;
            for id in waiting {
                let Some(stored) = self.store.envelope(id)? else { continue };
                let Some(opened) = self.group.as_ref().and_then(|group| group.reopen(&stored)) else { continue };
                if let Some(state) = self.settle_one(&stored, &opened)? {
                    self.store.set_state(stored.id.short(), state, Some(self.columns(&opened.operation, stored.id)))?;
                    moved = true;
                }
            }
            changed |= moved;
            if !moved {
                break;
            }
        }
        let answered = self.answer_joiners()?;
        let touched = if changed || answered { self.look_again()? } else { BTreeSet::new() };
        if self.log_len() != before {
            // Who may say what has changed, of every document.
            if let Some(members) = members {
                self.tell_tokens(&members)?;
            }
            self.leave_log_surplus()?;
            self.want_what_may_count()?;
            self.rebuild_views()?;
            return self.leave_surplus(false, true);
        }
        touched.into_iter().try_for_each(|document| self.refresh_document(document))
    }

    /// Operations that have their place in the log, and Lists; with as many as before, the log says the same as before.
    fn log_len(&self) -> usize {
        self.group.as_ref().map_or(0, |group| group.log.len() + group.log.kept_lists())
    }

    /// Envelopes in a state whose key is held. The others are not read: a member may send heaps of them.
    fn within_reach(&self, mailbox: Mailbox, state: Held) -> Result<Vec<Ref>, Error> {
        let Some(group) = &self.group else { return Ok(Vec::new()) };
        let all = self.store.keys_in(mailbox, state)?;
        Ok(all.into_iter().filter(|(_, key)| group.key(key).is_some()).map(|(id, _)| id).collect())
    }

    /// Opens what came before G was known.
    fn unseal_log(&mut self) -> Result<(), Error> {
        if let Some(group) = &self.group {
            self.store.want_under(&group.log_key().id)?;
        }
        for id in self.within_reach(Mailbox::Log, Held::Sealed)? {
            let Some(stored) = self.store.envelope(id)? else { continue };
            let Ok(head) = Head::parse(&stored.bytes) else { continue };
            let (state, columns) = match self.try_open(Mailbox::Log, &head, &stored.bytes) {
                None => continue,
                Some(Err(_)) => (Held::Refused, None),
                Some(Ok(opened)) => (Held::Unknown, Some(self.columns(&opened.operation, stored.id))),
            };
            self.store.set_state(stored.id.short(), state, columns)?;
        }
        Ok(())
    }

    fn settle_members(
        &mut self,
        members: MembersOperation,
        opened: &Opened,
        said_s: i64,
    ) -> Result<Option<Held>, Error> {
        let begun = self.store.fact(GENESIS)?;
        let group = self.group_mut()?;
        let key = match &members.body {
            Members::Genesis(_) if begun.is_some_and(|begun| begun != members.id.to_hex()) => {
                return Ok(Some(Held::Refused));
            }
            Members::Genesis(genesis) => {
                let mut own = genesis.founders.iter().map(|founder| founder.device);
                own.find(|device| device.id() == members.author).map(|device| device.signing_key)
            }
            _ => group.log.signing_key(members.author),
        };
        let Some(key) = key else { return Ok(None) };
        if !opened.signed_by(&key) {
            return Ok(Some(Held::Refused));
        }
        let id = members.id;
        Ok(match group.enter(members, said_s) {
            Inserted::Refused(_) => Some(Held::Refused),
            // What it names has not come: it counts for nothing yet.
            Inserted::Waiting | Inserted::Known if !group.log.contains(&id) => None,
            Inserted::Entered | Inserted::Waiting | Inserted::Known => Some(Held::Opened),
        })
    }

    /// The state that an operation of the log gets, or `None` while it must wait.
    fn settle_one(&mut self, stored: &StoredEnvelope, opened: &Opened) -> Result<Option<Held>, Error> {
        let operation = &opened.operation;
        match &operation.body {
            // The log of members is for ever: what ends would be missing for whoever comes later.
            Body::Members(_) if opened.head.expires != Day::NEVER => Ok(Some(Held::Refused)),
            Body::Members(body) => {
                let members = MembersOperation {
                    id: stored.id.short(),
                    author: operation.device,
                    parents: operation.parents.clone(),
                    body: body.clone(),
                };
                let said_s = clamped_s(operation.time, stored);
                self.settle_members(members, opened, said_s)
            }
            Body::Keys(body) => {
                let Some(key) = self.group()?.log.signing_key(operation.device) else { return Ok(None) };
                if !opened.signed_by(&key) {
                    return Ok(Some(Held::Refused));
                }
                let body = body.clone();
                if let Keys::List { refs } = body {
                    self.group_mut()?.log.insert_list(stored.id.short(), refs);
                    return Ok(Some(Held::Opened));
                }
                self.take_key_operation(stored, opened, &body)?;
                Ok(Some(Held::Opened))
            }
            // Asking and answering travel under an invitation's key and are taken by their own path.
            Body::Join(_) | Body::Content(_) => Ok(Some(Held::Refused)),
            Body::Unknown { .. } => Ok(Some(Held::Opened)),
        }
    }

    /// After the log or the keys have grown: opens what was sealed and knows who was unknown; gives the documents of what
    /// was let in.
    pub(super) fn look_again(&mut self) -> Result<BTreeSet<Ref>, Error> {
        let mut touched = BTreeSet::new();
        for state in [Held::Sealed, Held::Unknown] {
            for id in self.within_reach(Mailbox::Content, state)? {
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
                }
            }
        }
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
