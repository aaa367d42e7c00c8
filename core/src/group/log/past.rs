//! What came before an act: a newcomer is told what changes from then on, not the whole history; and a Recover asks how
//! many stood where it was begun.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::Log;

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

    /// How many persons have to sign a Recover that follows these; none if one of them is not here.
    pub fn quorum_at(&self, parents: &[Ref]) -> Option<usize> {
        let parents: Option<Vec<usize>> = parents.iter().map(|parent| self.number_of(parent)).collect();
        Some(self.seen_by(&self.past_of(&parents?)).quorum())
    }
}
