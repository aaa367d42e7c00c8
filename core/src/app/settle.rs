//! The log of members and keys finds its order: what came is judged as soon as who signed it is known.
//!
//! 1. What was sealed before this phone knew the group is opened.
//! 2. What waits is looked at once, when its author's key is known, and again only when that key comes: whose it is
//!    stands beside it, so a heap of what strangers sent is not opened to be passed over. What lacks an operation that it
//!    names waits in the log's own memory.
//! 3. If it changed who belongs, everything that depends on that is made anew.
//! 4. What is too much is left, or dropped for good: see [`super::surplus`] and [`super::room`].

use std::collections::{BTreeSet, VecDeque};

use ratel_protocol::{Day, Head, Ref};

use super::{
    begin::GENESIS,
    state::{Group, State},
    view_of::clamped_s,
};
use crate::{
    envelope::{
        Opened,
        operation::{Body, Keys, Members, number},
    },
    error::Error,
    group::{Inserted, MembersOperation},
    storage::{LogWaiting, Mailbox, State as Held, StoredEnvelope},
    view::Role,
};

/// What came of looking at what waits.
#[derive(Debug, Clone, Copy, Default)]
struct Settled {
    /// Something got its place or was refused.
    changed: bool,
    /// Acts of membership were looked at.
    acts: bool,
    /// Something new waits.
    waits: bool,
}

impl State {
    /// Lets in what the log can now judge of what is `new`, and what waited for it; then looks again at content.
    pub(super) fn settle_log(&mut self, mut new: Vec<LogWaiting>) -> Result<(), Error> {
        let before = self.group.as_ref().map(|group| group.membership().clone());
        let (lists, role) = self.lists_and_role();
        new.extend(self.unseal_log()?);
        let Settled { changed, acts, waits } = self.settle_new(new)?;
        if acts && waits {
            self.spare_what_members_wait_for()?;
        }
        self.leave_waiting_surplus(changed, waits)?;
        let answered = self.answer_joiners()?;
        let touched = if changed || answered { self.look_again()? } else { BTreeSet::new() };
        if acts || answered {
            self.leave_log_surplus()?;
        }
        self.drop_refused_surplus()?;
        let now = self.group.as_ref().map(Group::membership);
        if now == before.as_ref() && self.lists_and_role() == (lists, role) {
            return touched.into_iter().try_for_each(|document| self.refresh_document(document));
        }
        // Who may say what has changed, of every document.
        if let Some(members) = before {
            self.tell_tokens(&members)?;
            self.want_what_may_count(&members)?;
        }
        self.rebuild_views()?;
        self.leave_aside_surplus()
    }

    /// How many kept Lists are here, and what this phone's person is, which may stand before the log has come.
    fn lists_and_role(&self) -> (usize, Option<Role>) {
        let Some(group) = &self.group else { return (0, None) };
        (group.log.kept_lists(), self.device().and_then(|device| group.role(device)))
    }

    /// Opens what came before G was known.
    fn unseal_log(&mut self) -> Result<Vec<LogWaiting>, Error> {
        let mut new = Vec::new();
        let Some(group) = &self.group else { return Ok(new) };
        self.store.want_under(&group.log_key().id)?;
        for (id, key) in self.store.keys_in(Mailbox::Log, Held::Sealed)? {
            let known = self.group.as_ref().is_some_and(|group| group.key(&key).is_some());
            let Some(stored) = known.then(|| self.store.envelope(id)).transpose()?.flatten() else { continue };
            let Ok(head) = Head::parse(&stored.bytes) else { continue };
            let (state, columns) = match self.try_open(Mailbox::Log, &head, &stored.bytes) {
                None => continue,
                Some(Err(_)) => (Held::Refused, None),
                Some(Ok(opened)) => (Held::Unknown, Some(self.columns(&opened.operation, stored.id))),
            };
            new.extend(columns.map(|it| LogWaiting {
                id,
                device: it.device,
                kind: it.kind,
                size_bytes: stored.bytes.len(),
            }));
            self.store.set_state(id, state, columns)?;
        }
        Ok(new)
    }

    /// Gives their places to those that are new, as far as their authors are known, and to those that waited for them.
    /// The first time after the app has started all that waits is new.
    fn settle_new(&mut self, new: Vec<LogWaiting>) -> Result<Settled, Error> {
        let mut settled = Settled::default();
        let Some(group) = &self.group else { return Ok(settled) };
        let (placed, mut known) = (group.log.len(), group.log.learned_since(0).len());
        let read = std::mem::replace(&mut self.log_read, true);
        let mut ready = VecDeque::from(if read { new } else { self.store.log_waiting(None)? });
        while let Some(waiting) = ready.pop_front() {
            let log = &self.group()?.log;
            if log.is_waiting(&waiting.id) {
                continue;
            }
            let author = waiting.kind == number::GENESIS || log.signing_key(waiting.device).is_some();
            settled.acts |= author && waiting.kind <= number::LAST_MEMBERS;
            let moved = author && self.settle_stored(waiting.id)?;
            settled.changed |= moved;
            settled.waits |= !moved;
            let learned = self.group()?.log.learned_since(known).to_vec();
            known += learned.len();
            for device in learned {
                ready.extend(self.store.log_waiting(Some(device))?);
            }
        }
        // What waited in memory got its place together with what it waited for.
        for id in self.group()?.log.placed_since(placed) {
            self.store.has_its_place(id)?;
        }
        Ok(settled)
    }

    /// Whether an envelope got its place or was refused.
    fn settle_stored(&mut self, id: Ref) -> Result<bool, Error> {
        let stored = self.store.envelope(id)?.filter(|stored| stored.state == Held::Unknown);
        let Some(stored) = stored else { return Ok(true) };
        let Some(opened) = self.group.as_ref().and_then(|group| group.reopen(&stored)) else { return Ok(false) };
        let Some(state) = self.settle_one(&stored, &opened)? else { return Ok(false) };
        self.store.set_state(id, state, Some(self.columns(&opened.operation, stored.id)))?;
        Ok(true)
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
                self.settle_members(members, opened, clamped_s(operation.time, stored))
            }
            // Asking and answering travel under an invitation's key and are taken by their own path.
            Body::Join(_) | Body::Content(_) => Ok(Some(Held::Refused)),
            Body::Keys(_) | Body::Unknown { .. } => {
                let Some(key) = self.group()?.log.signing_key(operation.device) else { return Ok(None) };
                if !opened.signed_by(&key) {
                    return Ok(Some(Held::Refused));
                }
                match &operation.body {
                    Body::Keys(Keys::List { refs }) => {
                        self.group_mut()?.log.insert_list(stored.id.short(), refs.clone());
                    }
                    Body::Keys(body) => self.take_key_operation(stored, opened, body)?,
                    _ => {}
                }
                Ok(Some(Held::Opened))
            }
        }
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
            Members::Genesis(_) if begun.is_some_and(|begun| begun != members.id.to_hex()) => None,
            Members::Genesis(genesis) => {
                let mut own = genesis.founders.iter().map(|founder| founder.device);
                own.find(|device| device.id() == members.author).map(|device| device.signing_key)
            }
            _ => match group.log.signing_key(members.author) {
                None => return Ok(None),
                known => known,
            },
        };
        if !key.is_some_and(|key| opened.signed_by(&key)) {
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
}
