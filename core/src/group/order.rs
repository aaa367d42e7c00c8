//! Replay: from a set of operations that is closed under parents to a state.
//!
//! 1. Void operations take no part (judged when they entered, in [`super::log`]).
//! 2. Operations with two or more signatures, taking before giving; then taking with one, a coordinator's before a
//!    helper's; each by (depth, id). Each is tried with its ancestors that have no turn yet, in (depth, id) order. If it
//!    does not count, all of that is taken back: it never counts, and its ancestors have their turn where they would have
//!    had it without it.
//! 3. Then the others by (depth, id). Leaving comes last of all.
//!
//! What does not count therefore moves nothing: phones that hold other operations that do not count, and all that count
//! with their ancestors, compute the same. They may drop what floods them.
//!
//! How a replay is wound back and goes on, says [`super::replay`].

use super::{
    log::{Log, Node, Place},
    replay::{Replay, Turn},
    rights::Act,
    state::State,
};

/// Where an operation stands in the sequence: rank, place, number.
pub(super) type Key = (u8, Place, usize);

/// Rank of what goes after the firsts.
const OTHERS: u8 = 4;
/// Rank of leaving.
pub(super) const LEAVES: u8 = 5;

impl Node {
    /// Where it stands; none for a void one.
    pub(super) fn key(&self, number: usize) -> Option<Key> {
        (!self.void).then(|| (self.rank(), self.place, number))
    }

    /// Which go first in replay: two signatures before one, taking before giving. Of takings with one signature those of
    /// a coordinator go before those of a helper: a helper who was removed could otherwise date the Replace of whom he
    /// once helped to before his removal, for ever.
    fn rank(&self) -> u8 {
        match (self.cosigners.is_empty(), self.act.is_taking()) {
            _ if matches!(self.act, Act::Leave) => LEAVES,
            (false, true) => 0,
            (false, false) => 1,
            (true, true) if matches!(self.act, Act::Replace { by_helper: true, .. }) => 3,
            (true, true) => 2,
            (true, false) => OTHERS,
        }
    }
}

impl Log {
    /// The turn of the one that is next in the sequence.
    pub(super) fn take_turn(&self, replay: &mut Replay, (rank, _, number): Key) {
        if rank < OTHERS {
            self.try_with_ancestors(replay, number);
        } else {
            self.count(&mut replay.state, number);
        }
    }

    fn try_with_ancestors(&self, replay: &mut Replay, first: usize) {
        if self.nodes.get(first).is_none_or(|node| is_hopeless(&replay.state, node)) {
            replay.give(self, first, Turn::InVain);
            return;
        }
        let needed = self.without_turn(replay, first);
        let before = replay.state.mark();
        for number in &needed {
            if replay.turn(*number) == Turn::ToCome {
                self.step(&mut replay.state, *number);
            }
        }
        // It is the deepest of them, so its own turn was the last.
        if replay.state.counting.last() == Some(&first) {
            for number in needed {
                replay.give(self, number, Turn::Had);
            }
        } else {
            replay.state.back_to(before);
            replay.give(self, first, Turn::InVain);
        }
    }

    /// One operation of the sequence. Leaves are not of it.
    fn step(&self, state: &mut State, number: usize) {
        if self.nodes.get(number).is_some_and(|node| !node.void && !matches!(node.act, Act::Leave)) {
            self.count(state, number);
        }
    }

    /// An operation and its ancestors that had no turn, by place. What had one has all its ancestors behind it.
    fn without_turn(&self, replay: &mut Replay, first: usize) -> Vec<usize> {
        replay.walk();
        let mut needed = Vec::new();
        let mut stack = vec![first];
        while let Some(number) = stack.pop() {
            if replay.turn(number) != Turn::Had && replay.meets(number) {
                needed.push(number);
                stack.extend(self.nodes.get(number).into_iter().flat_map(|node| &node.parents));
            }
        }
        needed.sort_unstable_by_key(|number| self.nodes.get(*number).map(|node| node.place));
        needed
    }

    /// Marks these and all their ancestors.
    pub(super) fn past_of(&self, parents: &[usize]) -> Vec<bool> {
        let mut inside = vec![false; self.nodes.len()];
        let mut stack = parents.to_vec();
        while let Some(number) = stack.pop() {
            let Some(mark) = inside.get_mut(number).filter(|mark| !**mark) else { continue };
            *mark = true;
            stack.extend(self.nodes.get(number).into_iter().flat_map(|node| &node.parents));
        }
        inside
    }
}

/// A signer or the target is out, for ever: whatever had its turn before, it would not count.
fn is_hopeless(state: &State, node: &Node) -> bool {
    node.cosigners.iter().copied().chain([node.author]).chain(node.act.taken_from()).any(|it| state.is_out(it))
}
