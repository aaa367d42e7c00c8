//! What a phone holds of what is of no use to it: sealed without a key, or authentic and not counting.
//!
//! Whoever has a token can send more of it than a phone has room. So of what is sealed 20,000 envelopes or 16 MiB are
//! held, the newest; of what does not count 64 of a device and 1,000 in all, the first that came, and where that is too
//! much those give way who have most; the rest is *left*: its id is noted, its bytes go. It is wanted again when its key
//! comes, when a Keep lists it, or when its author's standing or the agreements have changed.
//!
//! What waits in the log is bounded by whose it is, so that nobody's flood pushes out another's act: members have room
//! for 8,192 acts, who is no member any more for 4,096, and who is not known, and may be anybody, for 8,192 and 64 each.
//! A whole log of 5,000 acts may thus come in any order. Where it is too much, those who wrote most give way, the latest
//! first. It is wanted again when its author is let in, when half of the room is free, and when a member's act waits for
//! it and for nothing else. What was refused says nothing any more: 64 are held of each mailbox to be counted, and of the
//! others the id, for good.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Head, Ref};

use super::state::{Group, State};
use crate::{
    envelope::operation::{Body, Operation},
    error::Error,
    group::Membership,
    identity::DeviceId,
    storage::LogWaiting,
};

/// Most envelopes of one device that are held though they do not count.
const MOST_OF_A_DEVICE: usize = 64;
/// Most envelopes of all devices that are held though they do not count.
const MOST: usize = 1000;
/// Standing of somebody who is no member.
const NO_MEMBER: i64 = -1;
/// Stands where a standing would beside what waited in the log and was too much.
const WAITED: i64 = -2;
/// An act of usual length (bytes): a longer one takes the room of several.
const ACT_BYTES: usize = 384;
/// How many acts of members, of former members and of strangers wait in the log. The first two are fewer than a log keeps
/// in memory.
const WAITING: [usize; 3] = [8192, 4096, MOST_OF_STRANGERS];
const MOST_OF_STRANGERS: usize = 8192;
/// How many acts of one stranger wait: more do not count of a resident.
const WAITING_OF_A_STRANGER: usize = 64;
/// Most refused envelopes that are held of each mailbox.
const MOST_REFUSED: u32 = 64;

/// Who has acts that wait; each crowd has room of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Crowd {
    Members,
    /// No member, with a key that the log knows.
    Former,
    Strangers,
}

fn cost(waiting: &LogWaiting) -> usize {
    waiting.size_bytes.div_ceil(ACT_BYTES)
}

impl State {
    /// Leaves what is too much of what is sealed.
    pub(super) fn leave_sealed_surplus(&mut self) -> Result<(), Error> {
        self.store.sealed_surplus()?.into_iter().try_for_each(|id| self.store.leave(id, NO_MEMBER))
    }

    /// Leaves what is too much of the content that does not count.
    pub(super) fn leave_aside_surplus(&mut self) -> Result<(), Error> {
        let surplus = self.aside_surplus()?;
        surplus.into_iter().try_for_each(|(id, device)| self.store.leave(id, self.standing(device)))
    }

    /// Whether content counts for nothing now.
    pub(super) fn is_aside(&self, id: Ref, head: &Head, operation: &Operation) -> bool {
        let (Body::Content(content), Some(group)) = (&operation.body, &self.group) else { return false };
        let Some(secret) = group.ring.get(&head.key_id) else { return true };
        !group.membership().counts(id, operation.device, secret.channel, content)
    }

    /// Leaves operations of the log that count for nobody and that nothing that counts has behind it.
    pub(super) fn leave_log_surplus(&mut self) -> Result<(), Error> {
        let spared: BTreeSet<DeviceId> = self.spared.keys().copied().collect();
        let Some(group) = &self.group else { return Ok(()) };
        let surplus = group.log.surplus(&spared);
        for id in &surplus {
            let standing = group.log.author_of(id).map_or(NO_MEMBER, |author| self.standing(author));
            self.store.leave(*id, standing)?;
        }
        self.group_mut()?.forget_acts(&surplus.into_iter().collect());
        Ok(())
    }

    /// What was left is wanted again where an operation of a member waits for it and for nothing else: the phone on
    /// which it was written knew it as something that counts, and perhaps it will here. Until that operation has its
    /// place nothing of the same author is left.
    pub(super) fn spare_what_members_wait_for(&mut self) -> Result<(), Error> {
        let Some(group) = &self.group else { return Ok(()) };
        let author = |id: &Ref| self.store.left_author(*id).ok().flatten();
        let lacking = group.log.lacks_only_left(author, |device| group.membership().is_member(device));
        let mut spared = std::mem::take(&mut self.spared);
        spared.retain(|_, waits| group.log.is_waiting(waits));
        for (device, waits) in lacking {
            self.store.want_again_of(device, None)?;
            spared.insert(device, waits);
        }
        self.spared = spared;
        Ok(())
    }

    /// Leaves what waits in the log and is too much, if something new `waits`; else, if something found its place, wants
    /// again what was left before where there is room now.
    pub(super) fn leave_waiting_surplus(&mut self, settled: bool, waits: bool) -> Result<(), Error> {
        let left = if settled && !waits { self.left_waiting()? } else { BTreeSet::new() };
        if !waits && left.is_empty() {
            return Ok(());
        }
        let all = self.store.log_waiting(None)?;
        let mut wanted: [BTreeMap<DeviceId, usize>; 3] = [BTreeMap::new(), BTreeMap::new(), BTreeMap::new()];
        for waiting in &all {
            if let Some(wanted) = wanted.get_mut(self.crowd(waiting.device) as usize) {
                *wanted.entry(waiting.device).or_default() += cost(waiting);
            }
        }
        for device in left {
            let crowd = self.crowd(device) as usize;
            let (room, used) = (WAITING.get(crowd), wanted.get(crowd).map(|wanted| wanted.values().sum::<usize>()));
            if used.zip(room).is_some_and(|(used, room)| used * 2 <= *room) {
                self.store.want_again_of(device, Some(WAITED))?;
            }
        }
        let share = |crowd: Crowd| {
            let (wanted, room) = (wanted.get(crowd as usize), WAITING.get(crowd as usize).copied().unwrap_or_default());
            let share = wanted.map_or(0, |wanted| level(wanted.values().copied(), room));
            // A stranger can call himself anything, so strangers give way by the time they came.
            if crowd == Crowd::Strangers { WAITING_OF_A_STRANGER } else { share }
        };
        let shares = [share(Crowd::Members), share(Crowd::Former), share(Crowd::Strangers)];
        let (mut held, mut strangers, mut too_many) = (BTreeMap::<DeviceId, usize>::new(), 0, BTreeSet::new());
        for waiting in all.iter().filter(|waiting| !self.spared.contains_key(&waiting.device)) {
            let crowd = self.crowd(waiting.device);
            let held = held.entry(waiting.device).or_default();
            *held += cost(waiting);
            let full = shares.get(crowd as usize).is_some_and(|share| *held > *share);
            if crowd == Crowd::Strangers && !full {
                strangers += cost(waiting);
            }
            if full || crowd == Crowd::Strangers && strangers > MOST_OF_STRANGERS {
                // A stranger's is wanted when the stranger is let in.
                self.store.leave(waiting.id, if crowd == Crowd::Strangers { NO_MEMBER } else { WAITED })?;
                too_many.insert(waiting.id);
            }
        }
        self.group_mut()?.forget_acts(&too_many);
        Ok(())
    }

    /// Of whom waiting acts were left.
    fn left_waiting(&self) -> Result<BTreeSet<DeviceId>, Error> {
        let left = self.store.left_standings()?;
        Ok(left.into_iter().filter(|(_, standing)| *standing == WAITED).map(|(device, _)| device).collect())
    }

    fn crowd(&self, device: DeviceId) -> Crowd {
        match &self.group {
            Some(group) if group.membership().is_member(device) => Crowd::Members,
            Some(group) if group.log.signing_key(device).is_some() => Crowd::Former,
            _ => Crowd::Strangers,
        }
    }

    /// Drops what was refused, beyond what is held of it to be counted.
    pub(super) fn drop_refused_surplus(&self) -> Result<(), Error> {
        self.store.refused_surplus(MOST_REFUSED)?.into_iter().try_for_each(|id| self.store.drop_refused(id))
    }

    /// After a change of who belongs: wants again what may count now.
    pub(super) fn want_what_may_count(&mut self, before: &Membership) -> Result<(), Error> {
        for (device, standing) in self.store.left_standings()? {
            if standing != WAITED && self.standing(device) != standing {
                self.store.want_again_of(device, Some(standing))?;
            }
        }
        let group = self.group()?;
        let members = group.membership();
        let lists = members.kept_lists.iter().filter(|list| !group.log.has_list(list));
        lists.copied().chain(members.newly_kept(before)).try_for_each(|id| self.store.want_again(id))
    }

    /// Content beyond what is held of what does not count, in the order of arrival: those give way who have most.
    fn aside_surplus(&self) -> Result<Vec<(Ref, DeviceId)>, Error> {
        let set_aside: BTreeSet<Ref> = self.ids_aside()?;
        let mut aside = self.store.content_of_others()?;
        aside.retain(|(id, device)| {
            let stranger = self.standing(*device) == NO_MEMBER && !self.is_kept(*id, *device);
            stranger || set_aside.contains(id)
        });
        let mut wanted: BTreeMap<DeviceId, usize> = BTreeMap::new();
        for (_, device) in &aside {
            let wanted = wanted.entry(*device).or_default();
            *wanted = (*wanted + 1).min(MOST_OF_A_DEVICE);
        }
        let part = level(wanted.values().copied(), MOST).clamp(1, MOST_OF_A_DEVICE);
        let (mut held, mut in_all) = (BTreeMap::<DeviceId, usize>::new(), 0);
        aside.retain(|(_, device)| {
            let held = held.entry(*device).or_default();
            let full = *held >= part || in_all >= MOST;
            if !full {
                *held += 1;
                in_all += 1;
            }
            full
        });
        Ok(aside)
    }

    pub(super) fn is_kept(&self, id: Ref, device: DeviceId) -> bool {
        self.group.as_ref().is_some_and(|group| group.membership().is_kept(id, device))
    }

    /// A number for what somebody may do now, by role and agreements.
    pub(super) fn standing(&self, device: DeviceId) -> i64 {
        let Some(members) = self.group.as_ref().map(Group::membership) else { return NO_MEMBER };
        let agreed = members
            .charter_in
            .map_or(0, |Ref([one, two, three, ..])| i64::from_be_bytes([0, 0, 0, 0, one, two, three, 0]));
        members.role(device).map_or(NO_MEMBER, |role| agreed | role as i64)
    }
}

/// How much each may have so that all together have no more than there is room: who has less gives nothing away, and
/// those who have most have the same.
pub(super) fn level(wanted: impl Iterator<Item = usize>, room: usize) -> usize {
    let mut wanted: Vec<usize> = wanted.collect();
    wanted.sort_unstable();
    let (mut rest, mut left) = (room, wanted.len());
    for one in wanted {
        if one.saturating_mul(left) > rest {
            return rest.checked_div(left).unwrap_or(usize::MAX);
        }
        rest -= one;
        left -= 1;
    }
    usize::MAX
}
