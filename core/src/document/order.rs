//! The one canonical order of a document's operations, whatever the order in which they came.
//!
//! The opening comes first. State operations follow by (depth over held parents, id): depth is 1 on the opening, and
//! one more than the deepest held parent otherwise. Leaves come last by (device id, seq, id), each on the opening and on
//! its device's leaf before it. Nothing is refused: a parent that is not held, or that can be nobody's parent, is as if
//! it were not named.
//!
//! The way through the graph is a worklist, never recursion: a neighbour may write a chain of any length.

use std::collections::BTreeMap;

use ratel_protocol::Ref;

use super::Change;

/// An operation in its place.
#[derive(Debug, Clone)]
pub(super) struct Placed<'a> {
    /// The operation.
    pub(super) change: &'a Change,
    /// Places of those that it follows directly, all smaller than its own. Empty only for the opening.
    pub(super) follows: Vec<usize>,
}

/// Depth of what names itself among its own ancestors. No honest or dishonest author can make that with ids that are
/// hashes; such operations come after all others, so that even then every phone has one order.
const DEPTH_OF_A_CIRCLE: usize = usize::MAX;

/// Orders the operations of the document that `opening` opens. Empty where the opening is not held: what follows it has
/// nothing to stand on. Another opening belongs to a document of its own and is left out; so is a second copy.
pub(super) fn order(opening: Ref, changes: &[Change]) -> Vec<Placed<'_>> {
    let held: BTreeMap<Ref, &Change> = changes.iter().map(|change| (change.id, change)).collect();
    let Some(&first) = held.get(&opening).filter(|change| change.content.is_opening()) else { return Vec::new() };
    let states: Vec<&Change> = held.values().copied().filter(|change| change.content.is_state()).collect();
    let mut leaves: Vec<&Change> = held.values().copied().filter(|change| change.content.is_leaf()).collect();
    leaves.sort_by_key(|leaf| (leaf.device, leaf.seq, leaf.id));

    let mut ranked: Vec<(usize, Ref, &Change)> =
        depths(&states).into_iter().zip(states).map(|(depth, state)| (depth, state.id, state)).collect();
    ranked.sort_by_key(|(depth, id, _)| (*depth, *id));

    let mut out = vec![Placed { change: first, follows: Vec::new() }];
    let mut places = BTreeMap::from([(opening, 0)]);
    for (_, id, change) in ranked {
        let mut follows: Vec<usize> = change.parents.iter().filter_map(|parent| places.get(parent)).copied().collect();
        if follows.is_empty() {
            follows.push(0);
        }
        places.insert(id, out.len());
        out.push(Placed { change, follows });
    }
    let mut last: Option<&Change> = None;
    for change in leaves {
        let mut follows = vec![0];
        if last.is_some_and(|last| last.device == change.device) {
            follows.push(out.len() - 1);
        }
        last = Some(change);
        out.push(Placed { change, follows });
    }
    out
}

/// Depths of `states`, which are sorted by id, in the same order.
fn depths(states: &[&Change]) -> Vec<usize> {
    let place: BTreeMap<Ref, usize> = states.iter().enumerate().map(|(at, state)| (state.id, at)).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); states.len()];
    let mut waits: Vec<usize> = vec![0; states.len()];
    for ((at, state), waits) in states.iter().enumerate().zip(&mut waits) {
        for parent in state.parents.iter().filter_map(|parent| place.get(parent)) {
            if let Some(children) = children.get_mut(*parent) {
                children.push(at);
                *waits += 1;
            }
        }
    }
    let mut depths = vec![DEPTH_OF_A_CIRCLE; states.len()];
    let mut layer: Vec<usize> = waits.iter().enumerate().filter(|(_, waits)| **waits == 0).map(|(at, _)| at).collect();
    let mut depth = 1;
    while !layer.is_empty() {
        let mut next = Vec::new();
        for at in layer {
            if let Some(slot) = depths.get_mut(at) {
                *slot = depth;
            }
            for child in children.get(at).into_iter().flatten() {
                if let Some(waits) = waits.get_mut(*child) {
                    *waits -= 1;
                    if *waits == 0 {
                        next.push(*child);
                    }
                }
            }
        }
        layer = next;
        depth += 1;
    }
    depths
}
