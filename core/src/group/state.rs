//! What replaying has come to: the devices by number, and the whole values.
//!
//! What operations did can be taken back, newest first: the order of replay tries an operation with its ancestors, and a
//! replay is wound back to the place of one that comes late.
//! Devices have small numbers here, in the order in which this log met them; no result depends on that order.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Day, Ref};

use crate::{
    envelope::operation::members::{Charter, NewDevice},
    view::Role,
};

/// A device that was let in at some time.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Its role; `None` once it is out, and then for ever.
    pub(super) role: Option<Role>,
    /// The role with which it left, if it left.
    pub(super) left_as: Option<Role>,
    /// The first device of its person: itself, unless Link or Replace let it in.
    pub(super) person: usize,
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
    /// The agreements, with the operation that wrote them.
    pub(super) charter: Option<(Charter, usize)>,
    pub(super) relay: Option<String>,
    pub(super) invitations: BTreeSet<[u8; 16]>,
    pub(super) keeps: BTreeMap<Ref, Scope>,
    /// Operations that count, in the order of replay.
    pub(super) counting: Vec<usize>,
    /// Leaves in this set that are not void, by device.
    pub(super) leaves: BTreeMap<usize, Vec<usize>>,
    /// What stood before each change, newest last.
    changes: Vec<Before>,
}

/// What stood before one change.
#[derive(Debug, Clone)]
enum Before {
    /// One fewer of this device counted.
    Counted(usize),
    /// It was not let in.
    New(usize),
    Standing {
        device: usize,
        role: Option<Role>,
        left_as: Option<Role>,
        badge_until: Option<Day>,
        helper: Option<usize>,
        takings: usize,
    },
    Charter(Option<Box<(Charter, usize)>>),
    Relay(Option<String>),
    Invitation([u8; 16]),
    Keep(Ref, Option<Scope>),
}

impl State {
    /// The device, in or out; `None` if it was never let in.
    pub(super) fn slot(&self, device: usize) -> Option<&Slot> {
        self.slots.get(device)?.as_ref()
    }

    /// A device whose role, badge or helper changes, or from whom something is taken.
    pub(super) fn slot_mut(&mut self, device: usize) -> Option<&mut Slot> {
        let slot = self.slots.get_mut(device)?.as_mut()?;
        let Slot { role, left_as, badge_until, helper, .. } = *slot;
        let takings = slot.takings.len();
        self.changes.push(Before::Standing { device, role, left_as, badge_until, helper, takings });
        Some(slot)
    }

    /// Lets a new device in.
    pub(super) fn admit(&mut self, device: usize, slot: Slot) {
        if self.slots.len() <= device {
            self.slots.resize(device + 1, None);
        }
        if let Some(place) = self.slots.get_mut(device) {
            *place = Some(slot);
            self.changes.push(Before::New(device));
        }
    }

    /// An operation of this device counts.
    pub(super) fn count(&mut self, author: usize, number: usize) {
        self.counting.push(number);
        if let Some(slot) = self.slots.get_mut(author).and_then(Option::as_mut) {
            slot.counted += 1;
        }
        self.changes.push(Before::Counted(author));
    }

    /// Agreements as a whole.
    pub(super) fn agree(&mut self, charter: Charter, number: usize) {
        let before = self.charter.replace((charter, number));
        self.changes.push(Before::Charter(before.map(Box::new)));
    }

    /// Another relay.
    pub(super) fn move_to(&mut self, relay: String) {
        let before = self.relay.replace(relay);
        self.changes.push(Before::Relay(before));
    }

    /// An invitation has let somebody in.
    pub(super) fn use_invitation(&mut self, invitation: [u8; 16]) {
        if self.invitations.insert(invitation) {
            self.changes.push(Before::Invitation(invitation));
        }
    }

    /// Whose envelopes of a List stay.
    pub(super) fn keep(&mut self, list: Ref, scope: Scope) {
        let before = self.keeps.insert(list, scope);
        self.changes.push(Before::Keep(list, before));
    }

    /// Where [`State::back_to`] goes to what stands now.
    pub(super) fn mark(&self) -> usize {
        self.changes.len()
    }

    /// As it stood at a mark.
    pub(super) fn back_to(&mut self, mark: usize) {
        while self.changes.len() > mark {
            let Some(before) = self.changes.pop() else { return };
            self.put_back(before);
        }
    }

    fn put_back(&mut self, before: Before) {
        match before {
            Before::Counted(author) => {
                self.counting.pop();
                if let Some(slot) = self.slots.get_mut(author).and_then(Option::as_mut) {
                    slot.counted -= 1;
                }
            }
            Before::New(device) => {
                if let Some(place) = self.slots.get_mut(device) {
                    *place = None;
                }
            }
            Before::Standing { device, role, left_as, badge_until, helper, takings } => {
                if let Some(slot) = self.slots.get_mut(device).and_then(Option::as_mut) {
                    (slot.role, slot.left_as) = (role, left_as);
                    (slot.badge_until, slot.helper) = (badge_until, helper);
                    slot.takings.truncate(takings);
                }
            }
            Before::Charter(charter) => self.charter = charter.map(|charter| *charter),
            Before::Relay(relay) => self.relay = relay,
            Before::Invitation(invitation) => {
                self.invitations.remove(&invitation);
            }
            Before::Keep(list, None) => {
                self.keeps.remove(&list);
            }
            Before::Keep(list, Some(scope)) => {
                self.keeps.insert(list, scope);
            }
        }
    }

    /// The role of a device that is in.
    pub(super) fn role(&self, device: usize) -> Option<Role> {
        self.slot(device)?.role
    }

    /// Was in and is out, for ever.
    pub(super) fn is_out(&self, device: usize) -> bool {
        self.slot(device).is_some_and(|slot| slot.role.is_none())
    }

    /// Never let in, and so never taken out either.
    pub(super) fn is_new(&self, device: usize) -> bool {
        self.slot(device).is_none()
    }

    /// Coordinators and trustees.
    pub(super) fn is_official(&self, device: usize) -> bool {
        self.role(device).is_some_and(Role::is_official)
    }

    /// Every device that was let in, with its number.
    pub(super) fn slots(&self) -> impl Iterator<Item = (usize, &Slot)> {
        self.slots.iter().enumerate().filter_map(|(device, slot)| Some((device, slot.as_ref()?)))
    }

    /// Different persons among the members that `wanted` accepts.
    pub(super) fn persons(&self, wanted: impl Fn(Role) -> bool) -> BTreeSet<usize> {
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

    /// A device leaves.
    pub(super) fn leave(&mut self, device: usize, taking: Option<usize>) {
        if let Some(slot) = self.slot_mut(device) {
            slot.left_as = slot.role;
        }
        self.remove(device, taking);
    }

    /// Takes a device out, for ever.
    pub(super) fn remove(&mut self, device: usize, taking: Option<usize>) {
        if let Some(slot) = self.slot_mut(device) {
            slot.role = None;
            slot.takings.extend(taking);
        }
    }
}
