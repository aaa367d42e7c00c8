//! What stays of those who go: Lists of what counts now and would not count afterwards, and the Keep that names them.
//!
//! Without it a removal would take away every alert and answer that the person ever gave. The Lists go out before the
//! log, the Keep lies in the past of the act: who is removed later for signing it cannot take it back.

use std::collections::BTreeSet;

use ratel_protocol::{Day, Ref};

use crate::{
    app::{
        author::{Draft, LONG_CLASS},
        state::State,
    },
    envelope::operation::{Body, Content, Keys, Members, keys::MAX_LISTED, members::MAX_LISTS},
    error::Error,
    group::Membership,
    storage::{Mailbox, State as Held},
};

impl State {
    /// Keeps what would count no more. `seen` is left out: it says nothing that anybody could miss.
    pub(super) fn keep_what_would_go(&mut self, before: &Membership, after: &Membership) -> Result<(), Error> {
        let going = self.going(before, after)?;
        let mut lists = Vec::new();
        for refs in going.chunks(MAX_LISTED) {
            lists.push(self.write_list(refs.to_vec())?);
        }
        lists.sort_unstable();
        for lists in lists.chunks(MAX_LISTS) {
            self.write_members(Members::Keep { lists: lists.to_vec() })?;
        }
        Ok(())
    }

    /// Content that counts `before` and would not count `after`, ascending.
    fn going(&self, before: &Membership, after: &Membership) -> Result<Vec<Ref>, Error> {
        let group = self.group()?;
        let concerned = before.changed(after);
        let everybody = before.charter != after.charter;
        if !everybody && concerned.is_empty() {
            return Ok(Vec::new());
        }
        let rows = if everybody {
            self.store.envelopes_in(Mailbox::Content, Held::Opened)?
        } else {
            self.store.opened_of(&concerned)?
        };
        let mut going = BTreeSet::new();
        for stored in rows {
            let Some(channel) = group.channel_of(&stored) else { continue };
            let Some(opened) = group.reopen(&stored) else { continue };
            let (id, device) = (stored.id.short(), opened.operation.device);
            let Body::Content(content) = opened.operation.body else { continue };
            let counts = |members: &Membership| members.counts(id, device, channel, &content);
            let stays = match content {
                // An invitation of somebody who goes lets nobody in any more.
                Content::Seen | Content::Invitation { revoked: false, .. } => false,
                Content::Erase { .. } => self.erase_stays(id, device)?,
                _ => true,
            };
            if stays && counts(before) && !counts(after) {
                going.insert(id);
            }
        }
        Ok(going.into_iter().collect())
    }

    /// Names envelopes to everybody; by itself it does nothing.
    pub(in crate::app) fn write_list(&mut self, refs: Vec<Ref>) -> Result<Ref, Error> {
        let group = self.group()?;
        let key = group.log_key().clone();
        let expires: Day = self.stamp_day().plus(LONG_CLASS);
        let list = self.seal_and_queue(Draft {
            mailbox: Mailbox::Log,
            address: group.address(Mailbox::Log),
            key: &key,
            expires,
            document: None,
            parents: Vec::new(),
            body: Body::Keys(Keys::List { refs: refs.clone() }),
            state: Held::Opened,
        })?;
        let id = list.id.short();
        self.group_mut()?.log.insert_list(id, refs);
        Ok(id)
    }
}
