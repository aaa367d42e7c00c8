//! What replaying has come to: the devices by number, and the whole values.
//!
//! Devices have small numbers here, in the order in which this log met them; no result depends on that order.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Day, Ref};

use crate::{
    envelope::operation::members::{Charter, NewDevice},
    identity::PersonId,
    view::Role,
};

/// A device that was let in at some time.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Its role; `None` once it is out, and then for ever.
    pub(super) role: Option<Role>,
    pub(super) person: PersonId,
    pub(super) keys: NewDevice,
    pub(super) badge_until: Option<Day>,
    /// The device that let it in; itself for a founder who wrote the beginning.
    pub(super) admitted_by: usize,
    /// The operation that let it in.
    pub(super) admitted_in: usize,
    /// The device that may replace it.
    pub(super) helper: Option<usize>,
    /// How many of its operations count.
    pub(super) counted: usize,
    /// Counted takings of it, by their numbers.
    pub(super) takings: Vec<usize>,
}

/// Whose envelopes a Keep may keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// Everybody's.
    All,
    /// Those of these devices.
    Of(BTreeSet<usize>),
}

/// The members and values after some operations.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    slots: Vec<Option<Slot>>,
    pub(super) charter: Option<Charter>,
    pub(super) charter_in: Option<usize>,
    pub(super) relay: Option<String>,
    pub(super) invitations: BTreeSet<[u8; 16]>,
    pub(super) keeps: BTreeMap<Ref, Scope>,
    /// Operations that count, in the order of replay.
    pub(super) counting: Vec<usize>,
    /// Leaves in this set that are not void, by device.
    pub(super) leaves: BTreeMap<usize, Vec<usize>>,
}

impl State {
    /// The device, in or out; `None` if it was never let in.
    pub(super) fn slot(&self, device: usize) -> Option<&Slot> {
        self.slots.get(device)?.as_ref()
    }

    pub(super) fn slot_mut(&mut self, device: usize) -> Option<&mut Slot> {
        self.slots.get_mut(device)?.as_mut()
    }

    /// Lets a device in.
    pub(super) fn admit(&mut self, device: usize, slot: Slot) {
        if self.slots.len() <= device {
            self.slots.resize(device + 1, None);
        }
        if let Some(place) = self.slots.get_mut(device) {
            *place = Some(slot);
        }
    }

    /// The role of a device that is in.
    pub(super) fn role(&self, device: usize) -> Option<Role> {
        self.slot(device)?.role
    }

    /// Never let in, and so never taken out either.
    pub(super) fn is_new(&self, device: usize) -> bool {
        self.slot(device).is_none()
    }

    /// Coordinators and trustees.
    pub(super) fn is_official(&self, device: usize) -> bool {
        self.role(device) >= Some(Role::Trustee)
    }

    /// Every device that was let in, with its number.
    pub(super) fn slots(&self) -> impl Iterator<Item = (usize, &Slot)> {
        self.slots.iter().enumerate().filter_map(|(device, slot)| Some((device, slot.as_ref()?)))
    }

    /// Different persons among the members that `wanted` accepts.
    pub(super) fn persons(&self, wanted: impl Fn(Role) -> bool) -> BTreeSet<PersonId> {
        self.slots().filter(|(_, slot)| slot.role.is_some_and(&wanted)).map(|(_, slot)| slot.person).collect()
    }

    /// Fewest persons whose signatures make new coordinators: three, and a third of those who stand; half of them where
    /// two trustees stand. A wijkagent is not counted.
    pub(super) fn quorum(&self) -> usize {
        let standing = self.persons(|role| role != Role::Wijkagent).len();
        let trustees = self.persons(|role| role == Role::Trustee).len();
        let share = if trustees >= 2 { standing.div_ceil(2) } else { standing.div_ceil(3) };
        share.max(3)
    }

    /// Takes a device out, for ever.
    pub(super) fn remove(&mut self, device: usize, taking: Option<usize>) {
        if let Some(slot) = self.slot_mut(device) {
            slot.role = None;
            slot.takings.extend(taking);
        }
    }
}
