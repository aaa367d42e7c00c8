//! What a phone holds of what is of no use to it: sealed without a key, or authentic and not counting.
//!
//! Whoever has a token can send more of it than a phone has room. So of what is sealed 20,000 envelopes or 16 MiB are
//! held, the newest; of what does not count 64 of a device and 1,000 in all, the first that came; the rest is *left*:
//! its id is noted, its bytes go. It is wanted again when its key comes, when a Keep lists it, or when its author's
//! standing has changed.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Head, Ref};

use super::state::State;
use crate::{
    envelope::operation::{Body, Operation},
    error::Error,
    identity::DeviceId,
};

/// Most envelopes of one device that are held though they do not count.
const MOST_OF_A_DEVICE: usize = 64;
/// Most envelopes of all devices that are held though they do not count.
const MOST: usize = 1000;
/// Standing of somebody who is no member.
const NO_MEMBER: i64 = -1;

impl State {
    /// Leaves what is too much: `sealed` or content that does not count has come.
    pub(super) fn leave_surplus(&mut self, sealed: bool, aside: bool) -> Result<(), Error> {
        if sealed {
            for id in self.store.sealed_surplus()? {
                self.store.leave(id, NO_MEMBER)?;
            }
        }
        if aside {
            for (id, device) in self.aside_surplus()? {
                self.store.leave(id, self.standing(device))?;
            }
        }
        Ok(())
    }

    /// Whether content counts for nothing now.
    pub(super) fn is_aside(&self, id: Ref, head: &Head, operation: &Operation) -> bool {
        let (Body::Content(content), Some(group)) = (&operation.body, &self.group) else { return false };
        let Some(secret) = group.ring.get(&head.key_id) else { return true };
        !group.membership().counts(id, operation.device, secret.channel, content)
    }

    /// Leaves operations of the log that count for nobody and that nothing that counts has behind it.
    pub(super) fn leave_log_surplus(&mut self) -> Result<(), Error> {
        let Some(group) = &self.group else { return Ok(()) };
        for id in group.log.surplus() {
            let author = self.store.envelope(id)?.and_then(|stored| group.reopen(&stored));
            let standing = author.map_or(NO_MEMBER, |opened| self.standing(opened.operation.device));
            self.store.leave(id, standing)?;
        }
        Ok(())
    }

    /// After a change of the log: wants again what may count now.
    pub(super) fn want_what_may_count(&mut self) -> Result<(), Error> {
        for left in self.store.left_of_authors()? {
            if self.is_kept(left.id, left.device) || self.standing(left.device) != left.standing {
                self.store.want_again(left.id)?;
            }
        }
        Ok(())
    }

    /// Content beyond what is held of what does not count, in the order of arrival.
    fn aside_surplus(&self) -> Result<Vec<(Ref, DeviceId)>, Error> {
        let set_aside: BTreeSet<Ref> = self.ids_aside()?;
        let (mut of_device, mut in_all) = (BTreeMap::<DeviceId, usize>::new(), 0);
        let mut surplus = Vec::new();
        for (id, device) in self.store.content_of_others()? {
            let stranger = self.standing(device) == NO_MEMBER && !self.is_kept(id, device);
            if !stranger && !set_aside.contains(&id) {
                continue;
            }
            let held = of_device.entry(device).or_default();
            if *held >= MOST_OF_A_DEVICE || in_all >= MOST {
                surplus.push((id, device));
            } else {
                *held += 1;
                in_all += 1;
            }
        }
        Ok(surplus)
    }

    fn is_kept(&self, id: Ref, device: DeviceId) -> bool {
        self.group.as_ref().is_some_and(|group| group.membership().is_kept(id, device))
    }

    /// A number for what somebody may do now.
    fn standing(&self, device: DeviceId) -> i64 {
        let role = self.group.as_ref().and_then(|group| group.membership().role(device));
        role.map_or(NO_MEMBER, |role| role as i64)
    }
}
