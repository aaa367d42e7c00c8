//! How much room each device has on another's phone: nobody fills it with what the apps never write so often.
//!
//! Of each kind a device has a number of operations here, far above what anybody writes in the time that they live;
//! within an alert a few of each kind; and all together so many bytes, fewer where many are in. The newest stay, by the
//! author's own numbers, so that all phones that heard the same hold the same. What goes is *left*: whoever writes too
//! much loses old words of his own, and nobody else anything. What a Keep lists stays.
//!
//! Acts of membership have their own rule in [`super::surplus`], and what one wrote oneself stays.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::Ref;

use super::{
    keys::{MOST_OF_A_COORDINATOR, MOST_OF_OTHERS},
    state::State,
    surplus::level,
};
use crate::{
    envelope::operation::{Body, Keys, number},
    error::Error,
    identity::DeviceId,
    storage::{Mailbox, Written},
};

/// Most Lists of a device that no counted Keep names.
const MOST_LISTS: usize = 64;
/// Most bytes of all Lists that no counted Keep names; at least one of each device is held all the same.
const LISTS_BYTES: usize = 8 << 20;
/// Most bytes of content of all devices, and of key operations: each may have its part,
const CONTENT_BYTES: usize = 256 << 20;
const KEYS_BYTES: usize = 64 << 20;
/// but no less and no more than this.
const CONTENT_PART: (usize, usize) = (1 << 20, 8 << 20);
const KEYS_PART: (usize, usize) = (128 << 10, 4 << 20);

/// Most operations of a kind: of one device, and of one device within one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Most {
    in_all: usize,
    in_document: usize,
}

/// What a device may have here.
#[derive(Debug, Clone, Copy)]
struct Room {
    coordinator: bool,
    content_bytes: usize,
    keys_bytes: usize,
}

impl Room {
    fn of(coordinator: bool, devices: usize) -> Self {
        let part = |all: usize, (least, most): (usize, usize)| (all / devices.max(1)).clamp(least, most);
        Self { coordinator, content_bytes: part(CONTENT_BYTES, CONTENT_PART), keys_bytes: part(KEYS_BYTES, KEYS_PART) }
    }

    /// Kinds that no rule is for share one number.
    fn most(self, kind: u64) -> Most {
        let (in_all, in_document) = match kind {
            // Seventeen alerts a day, each day of a month.
            number::ALERT | number::EDIT => (512, 32),
            number::WITHDRAW | number::CALLED_112 => (512, 4),
            number::ANSWER => (1024, 8),
            number::SEEN => (1024, 2),
            number::PROFILE | number::STREET => (4, 4),
            // Five notes a day for a year.
            number::NOTE => (2048, usize::MAX),
            number::REASON | number::INVITATION => (512, usize::MAX),
            number::LETTER => (256, usize::MAX),
            // Each is opened and its signature checked whenever the first screen of an official is drawn.
            number::PROPOSAL if !self.coordinator => (4, usize::MAX),
            number::ERASE if self.coordinator => (512, usize::MAX),
            number::REKEY if self.coordinator => (MOST_OF_A_COORDINATOR, usize::MAX),
            number::PREKEY => (4, usize::MAX),
            number::KEY_WANTED => (8, usize::MAX),
            number::KEY_GIVEN => (4096, usize::MAX),
            _ => (MOST_OF_OTHERS, usize::MAX),
        };
        Most { in_all, in_document }
    }

    /// What is too much of what a device wrote, newest first in each mailbox. `stays` says what is not counted.
    fn surplus(self, written: &[Written], stays: impl Fn(&Written) -> bool) -> Vec<&Written> {
        let (mut of_kind, mut in_document) = (BTreeMap::<u64, usize>::new(), BTreeMap::<(Ref, u64), usize>::new());
        let mut bytes = BTreeMap::<Mailbox, usize>::new();
        let mut surplus = Vec::new();
        for one in written.iter().filter(|one| !stays(one)) {
            let most = self.most(one.kind);
            let of_kind = of_kind.entry(bucket(one.kind)).or_default();
            let within = in_document.entry((one.document.unwrap_or(one.id), one.kind)).or_default();
            let bytes = bytes.entry(one.mailbox).or_default();
            let most_bytes = match one.mailbox {
                Mailbox::Content => self.content_bytes,
                // A Rekey of a large neighbourhood is large.
                Mailbox::Log if self.coordinator => usize::MAX,
                Mailbox::Log => self.keys_bytes,
            };
            let size = bytes.saturating_add(one.size_bytes);
            if *of_kind >= most.in_all || *within >= most.in_document || size > most_bytes {
                surplus.push(one);
            } else {
                *of_kind += 1;
                *within += 1;
                *bytes = size;
            }
        }
        surplus
    }
}

/// Kinds of later releases share one.
fn bucket(kind: u64) -> u64 {
    let known = (number::ALERT..=number::PROPOSAL).contains(&kind)
        || (number::EDIT..=number::WITHDRAW).contains(&kind)
        || (number::ANSWER..=number::CALLED_112).contains(&kind)
        || (number::REKEY..=number::LIST).contains(&kind);
    if known { kind } else { u64::MAX }
}

/// Acts of membership and Lists are bounded elsewhere.
fn has_own_rule(kind: u64) -> bool {
    (number::GENESIS..=number::LAST_MEMBERS).contains(&kind) || kind == number::LIST
}

impl State {
    /// Leaves what is too much of what these devices wrote, and notes which documents it changes.
    pub(super) fn make_room(&mut self, devices: &BTreeSet<DeviceId>, touched: &mut BTreeSet<Ref>) -> Result<(), Error> {
        let Some(group) = &self.group else { return Ok(()) };
        let members = group.membership();
        let all = members.devices.len() + members.former.len();
        let rooms: Vec<(DeviceId, Room)> =
            devices.iter().map(|device| (*device, Room::of(members.is_coordinator(*device), all))).collect();
        let mut lists = false;
        for (device, room) in rooms {
            let written = self.store.written_by(device)?;
            lists |= written.iter().any(|one| one.kind == number::LIST);
            let stays = |one: &Written| {
                has_own_rule(one.kind) || one.mailbox == Mailbox::Content && self.is_kept(one.id, device)
            };
            for one in room.surplus(&written, stays) {
                self.leave_written(device, one, touched)?;
            }
        }
        if lists { self.leave_lists() } else { Ok(()) }
    }

    fn leave_written(&mut self, device: DeviceId, one: &Written, touched: &mut BTreeSet<Ref>) -> Result<(), Error> {
        touched.extend(one.document);
        if one.kind == number::ERASE {
            touched.extend(self.store.targets_of(one.id)?);
        }
        if one.kind == number::KEY_GIVEN {
            let opened = self.store.envelope(one.id)?.and_then(|stored| self.group.as_ref()?.reopen(&stored));
            if let Some(Body::Keys(Keys::KeyGiven { to, key_id, .. })) = opened.map(|opened| opened.operation.body) {
                self.group_mut()?.ring.forget_given(device, to, key_id.0);
            }
        }
        self.store.leave(one.id, self.standing(device))
    }

    /// Leaves Lists that no counted Keep names, beyond the newest of each device.
    fn leave_lists(&mut self) -> Result<(), Error> {
        let Some(group) = &self.group else { return Ok(()) };
        let kept = &group.membership().kept_lists;
        let lists: Vec<_> = self.store.lists()?.into_iter().filter(|(list, ..)| !kept.contains(list)).collect();
        let mut sizes: BTreeMap<DeviceId, usize> = BTreeMap::new();
        for (_, device, size) in &lists {
            *sizes.entry(*device).or_default() += size;
        }
        let part = level(sizes.values().copied(), LISTS_BYTES);
        let mut held: BTreeMap<DeviceId, (usize, usize)> = BTreeMap::new();
        for (list, device, size) in lists {
            let (count, bytes) = held.entry(device).or_default();
            *count += 1;
            *bytes += size;
            if *count > 1 && (*count > MOST_LISTS || *bytes > part) {
                self.store.leave(list, self.standing(device))?;
                self.group_mut()?.log.forget_list(&list);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use ratel_protocol::Ref;

    use super::*;

    fn written(number: u8, kind: u64, document: u8) -> Written {
        let (id, document) = (Ref([number; 16]), Some(Ref([document; 16])));
        Written { id, mailbox: Mailbox::Content, kind, document, size_bytes: 256 }
    }

    #[test]
    fn the_newest_stay_whatever_came_first() {
        let room = Room::of(false, 10);
        let all: Vec<Written> = (0..20).map(|number| written(number, number::SEEN, number % 4)).collect();
        let mut held: Vec<Written> = Vec::new();
        // Each order of arrival, one after another, ends with the same: two of each document.
        for start in 0..20 {
            held.clear();
            for step in 0..20 {
                held.push(all[(start + step * 7) % 20].clone());
                held.sort_by_key(|one| std::cmp::Reverse(one.id));
                let gone: Vec<Ref> = room.surplus(&held, |_| false).iter().map(|one| one.id).collect();
                held.retain(|one| !gone.contains(&one.id));
            }
            let ids: Vec<u8> = held.iter().map(|one| one.id.0[0]).collect();
            assert_eq!(ids, [19, 18, 17, 16, 15, 14, 13, 12]);
        }
        assert!(room.surplus(&held, |_| false).is_empty());
        assert_eq!(room.surplus(&all, |_| true).len(), 0, "what is kept is not counted");
    }

    #[test]
    fn many_devices_have_less_room_each_and_none_has_less_than_a_busy_neighbour_needs() {
        let bytes = |devices| Room::of(false, devices).content_bytes;
        assert_eq!((bytes(1), bytes(32), bytes(64), bytes(1000)), (8 << 20, 8 << 20, 4 << 20, 1 << 20));
        let large = |number| Written { size_bytes: 65_536, ..written(number, number::ALERT, number) };
        let all: Vec<Written> = (0..40).rev().map(large).collect();
        assert_eq!(Room::of(false, 1000).surplus(&all, |_| false).len(), 40 - 16);
    }

    #[test]
    fn who_has_little_gives_nothing_away() {
        assert_eq!(level([3, 5, 400, 900].into_iter(), 1000), 592);
        assert_eq!(level([3, 5].into_iter(), 1000), usize::MAX);
        assert_eq!(level(std::iter::repeat_n(20_000, 500), 8 << 20), 16_777);
        assert_eq!(level(std::iter::empty(), 0), usize::MAX);
    }
}
