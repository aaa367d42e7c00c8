//! Officials who stopped, and what it takes so that nothing is done in their name afterwards.
//!
//! Leaving is never refused and comes last in replay, so that it can take back nothing that others had seen. For the same
//! reason a phone that left can still sign acts with old parents, and they count. A Remove by two of those who stay, at
//! the point before the leave, ends that. Whoever signs it names as parents what counts without the leave.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::{
    log::{Log, Node},
    membership::heads,
    rights::Act,
    state::State,
};
use crate::{envelope::operation::Members, identity::DeviceId, view::Role};

impl Log {
    /// Devices of coordinators and trustees that left, and that two others have not taken out yet.
    pub fn left_officials(&self) -> BTreeSet<DeviceId> {
        let left = self.whole().slots().filter(|(_, slot)| slot.left_as.is_some_and(Role::is_official));
        left.map(|(device, _)| self.device_id(device)).collect()
    }

    /// Whether the device left, whoever took it out as well.
    pub fn has_left(&self, device: DeviceId) -> bool {
        self.whole().leaves.keys().any(|leaver| self.device_id(*leaver) == device)
    }

    /// Leaves, as far as they are not void, of whom this act takes out and did not have in sight.
    pub fn leaves_before_removal(&self, act: &Ref) -> Vec<Ref> {
        let Some(removal) = self.number_of(act).and_then(|number| self.nodes.get(number)) else { return Vec::new() };
        let Act::Remove { target } = removal.act else { return Vec::new() };
        let Some(leaves) = self.whole().leaves.get(&target) else { return Vec::new() };
        let unseen =
            |node: &&Node| node.taking.is_some_and(|taking| leaves.contains(&taking) && !removal.past.contains(taking));
        self.nodes.iter().filter(unseen).map(|node| node.place.1).collect()
    }

    /// What a removal of devices that left names: the heads of what counts without their leaves and all that followed.
    pub fn heads_without(&self, left: &BTreeSet<DeviceId>) -> Vec<Ref> {
        let leaves = |node: &Node| matches!(node.act, Act::Leave) && left.contains(&self.device_id(node.author));
        let takings: Vec<usize> =
            self.nodes.iter().filter(|node| leaves(node)).filter_map(|node| node.taking).collect();
        let follows = |node: &Node| takings.iter().any(|leave| node.past.contains(*leave));
        let mut counts = vec![false; self.nodes.len()];
        for number in &self.whole().counting {
            if let (Some(mark), Some(node)) = (counts.get_mut(*number), self.nodes.get(*number)) {
                *mark = !leaves(node) && !follows(node);
            }
        }
        heads(self, &counts)
    }

    /// Where this takes out, after the fact, an official who left: the state in which that one still stood.
    pub(super) fn before_leaving(&self, author: DeviceId, body: &Members) -> Option<State> {
        let Members::Remove { target, .. } = body else { return None };
        let whole = self.whole();
        let (leaver, _) = whole
            .slots()
            .filter(|(_, slot)| slot.left_as.is_some_and(Role::is_official))
            .find(|(device, _)| self.device_id(*device) == *target && *target != author)?;
        let mut state = whole.clone();
        if let Some(slot) = state.slot_mut(leaver) {
            slot.role = slot.left_as.take();
        }
        Some(state)
    }
}
