//! What floods a phone: operations that do not count and that nothing that counts has behind it.
//!
//! Who was removed can forge for ever what does not count. No order of replay depends on it (see [`crate::group`]), so
//! each phone holds only so much of it, and another part than its neighbour does.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use ratel_protocol::Ref;

use super::{Log, Node, Whole};
use crate::identity::DeviceId;

/// Most operations of one device that are held though they do not count.
const MOST_OF_A_DEVICE: usize = 64;
/// Most operations of all devices that are held though they do not count.
const MOST: usize = 1000;

impl Log {
    /// Operations to drop now, the latest first: of what does not count, and is behind nothing that counts, more than 64
    /// came of one device or 1,000 in all before it, or it names what is dropped. What is left is closed under parents
    /// and has the same [`Log::membership`]. Empty nearly always.
    ///
    /// Who drops them notes their ids as *left* and wants them again when they come to count: a counted act may take away
    /// the taking that stood against them. Their order of arrival is the order of [`Log::insert`]. Of `spared` devices
    /// nothing is too many: a member's operation waits for some of it.
    pub fn surplus(&self, spared: &BTreeSet<DeviceId>) -> Vec<Ref> {
        let needed = self.past_of(&self.whole().counting);
        let mut held: BTreeMap<usize, usize> = BTreeMap::new();
        let mut in_all = 0;
        let mut dropped = vec![false; self.nodes.len()];
        let mut out = Vec::new();
        for (number, (node, needed)) in self.nodes.iter().zip(needed).enumerate() {
            if needed {
                continue;
            }
            let of_device = held.entry(node.author).or_default();
            let names_dropped = node.parents.iter().any(|parent| dropped.get(*parent) == Some(&true));
            let full = *of_device >= MOST_OF_A_DEVICE || in_all >= MOST;
            if names_dropped || full && !spared.contains(&self.devices.id(node.author)) {
                if let Some(mark) = dropped.get_mut(number) {
                    *mark = true;
                }
                out.push(node.place.1);
            } else {
                *of_device += 1;
                in_all += 1;
            }
        }
        out.reverse();
        out
    }

    /// Forgets what [`Log::surplus`] gave, so that it costs no more memory and no more time. Who belongs stays the same.
    pub fn forget(&mut self, surplus: &BTreeSet<Ref>) {
        let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
        let mut nodes: Vec<Node> = Vec::with_capacity(self.nodes.len());
        for (number, node) in std::mem::take(&mut self.nodes).into_iter().enumerate() {
            if !surplus.contains(&node.place.1) {
                moved.insert(number, nodes.len());
                nodes.push(node);
            }
        }
        for node in &mut nodes {
            node.parents = node.parents.iter().filter_map(|parent| moved.get(parent)).copied().collect();
        }
        self.index = nodes.iter().enumerate().map(|(number, node)| (node.place.1, number)).collect();
        self.order = self.order.iter().filter_map(|number| moved.get(number)).copied().collect();
        let named: BTreeSet<usize> = nodes.iter().flat_map(|node| node.parents.iter().copied()).collect();
        self.tips = (0..nodes.len()).filter(|number| !named.contains(number)).collect();
        self.nodes = nodes;
        self.whole = Whole::default();
        self.membership = OnceLock::new();
    }
}
