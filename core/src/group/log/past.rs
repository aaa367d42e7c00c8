//! What came before an act: a newcomer is told what changes from then on, not the whole history; and a Recover asks how
//! many stood where it was begun.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::Log;
use crate::{identity::DeviceId, view::Role};

impl Log {
    /// Operations that come before one in the history, that one included; none if it is not here.
    pub fn before(&self, id: &Ref) -> BTreeSet<Ref> {
        let mut seen = BTreeSet::new();
        let mut next: Vec<usize> = self.index.get(id).copied().into_iter().collect();
        while let Some(node) = next.pop().and_then(|number| self.nodes.get(number)) {
            if seen.insert(node.place.1) {
                next.extend(&node.parents);
            }
        }
        seen
    }

    /// Who may sign a Recover that follows these, and how many persons have to; none if one of them is not here. A past never
    /// changes.
    pub fn begun_at(&self, parents: &[Ref]) -> Option<Begun> {
        let parents: Option<Vec<usize>> = parents.iter().map(|parent| self.number_of(parent)).collect();
        let then = self.seen_by(&self.past_of(&parents?));
        let voters = then.slots().filter(|(_, slot)| slot.role.is_some_and(|role| role != Role::Wijkagent));
        Some(Begun { quorum: then.quorum(), voters: voters.map(|(device, _)| self.device_id(device)).collect() })
    }
}

/// The street in which a Recover was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// How many persons have to sign.
    pub quorum: usize,
    /// Who may: everybody who took part but the police.
    pub voters: BTreeSet<DeviceId>,
}
