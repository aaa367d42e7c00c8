//! What screens tell of the acts that count, without opening an envelope again.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::Ref;

use super::{Log, Node};
use crate::{group::rights::Act, identity::DeviceId};

impl Log {
    /// When each act that counts was: what `said` tells of it, not before the acts that count and that it follows. Acts
    /// of which `said` tells nothing are left out.
    pub fn times(&self, said: impl Fn(&Ref) -> Option<i64>) -> BTreeMap<Ref, i64> {
        let mut times: Vec<Option<i64>> = vec![None; self.nodes.len()];
        for (number, node) in self.counted() {
            let after = node.parents.iter().filter_map(|parent| times.get(*parent).copied().flatten()).max();
            if let Some(time) = times.get_mut(number) {
                *time = said(&node.place.1).map(|said| after.map_or(said, |after| said.max(after)));
            }
        }
        self.nodes.iter().zip(times).filter_map(|(node, time)| Some((node.place.1, time?))).collect()
    }

    /// Devices of people whom somebody saw: let in face to face, there from the beginning, or given a role since. Who
    /// came by a link or a paper code is met once a coordinator gave a role, be it the same, to somebody seen in person.
    pub fn met(&self) -> BTreeSet<DeviceId> {
        let mut met = BTreeSet::new();
        for (_, node) in self.counted() {
            match &node.act {
                Act::Admit { device, newcomer } if newcomer.invitation.is_none() => met.extend([*device]),
                Act::Role { target: device, .. } | Act::Replace { device, .. } => met.extend([*device]),
                // Who begins together knows each other. So does who came first and by a link: founders hold offices, and a
                // role, which is what takes the mark away, is given to an official by two, whom a street of two lacks.
                Act::Begin { founders, .. } => met.extend(founders.iter().map(|(device, _)| *device)),
                _ => {}
            }
        }
        met.into_iter().map(|device| self.device_id(device)).collect()
    }

    /// Acts that count and gave one of these devices a role, the first role too.
    pub fn roles_given(&self, devices: &BTreeSet<DeviceId>) -> Vec<Ref> {
        let gives = |node: &Node| match node.act {
            Act::Admit { device, .. } | Act::Role { target: device, .. } => devices.contains(&self.device_id(device)),
            _ => false,
        };
        self.counted().filter(|(_, node)| gives(node)).map(|(_, node)| node.place.1).collect()
    }

    /// The act that began the group.
    pub fn beginning(&self) -> Option<Ref> {
        self.order.first().and_then(|number| self.nodes.get(*number)).map(|node| node.place.1)
    }

    /// Which count, by number.
    pub(in crate::group) fn counts(&self) -> Vec<bool> {
        let mut counts = vec![false; self.nodes.len()];
        for number in &self.whole().counting {
            if let Some(mark) = counts.get_mut(*number) {
                *mark = true;
            }
        }
        counts
    }

    /// What counts with its number, by (depth, id): each after what it names.
    pub(in crate::group) fn counted(&self) -> impl Iterator<Item = (usize, &Node)> {
        let counts = self.counts();
        let counts = move |number: &usize| counts.get(*number) == Some(&true);
        self.order.iter().copied().filter(counts).filter_map(|number| Some((number, self.nodes.get(number)?)))
    }
}
