//! Replay: from a set of operations that is closed under parents to a state.
//!
//! 1. Void operations take no part (judged when they entered, in [`super::log`]).
//! 2. Operations with two or more signatures, taking before giving; then taking with one, a coordinator's before a
//!    helper's; each by (depth, id). Each is tried with its ancestors that have no turn yet, in (depth, id) order. If it does not count, all of that is taken
//!    back: it never counts, and its ancestors have their turn where they would have had it without it.
//! 3. Then the others by (depth, id). Leaving comes last of all.
//!
//! What does not count therefore moves nothing: phones that hold other operations that do not count, and all that count
//! with their ancestors, compute the same. They may drop what floods them.

use super::{
    log::{Log, Node},
    rights::Act,
    state::State,
};

impl Log {
    /// Everything before the leaves, of all operations or of those marked `inside`.
    pub(super) fn replay(&self, inside: Option<&[bool]>) -> State {
        let mut state = State::default();
        for (_, leave) in &self.leaves {
            if is_inside(inside, *leave) {
                self.note_leave(&mut state, *leave);
            }
        }
        let mut turns = Turns::new(self.nodes.len());
        for (_, _, first) in &self.firsts {
            if is_inside(inside, *first) {
                self.try_with_ancestors(&mut state, &mut turns, *first);
            }
        }
        for number in &self.order {
            if is_inside(inside, *number) && turns.of(*number) == Turn::ToCome {
                self.step(&mut state, *number);
            }
        }
        state
    }

    /// The leaves, last of all.
    pub(super) fn replay_leaves(&self, state: &mut State, inside: Option<&[bool]>) {
        for (_, leave) in &self.leaves {
            if is_inside(inside, *leave) {
                self.count(state, *leave);
            }
        }
    }

    /// The state after the marked operations alone.
    pub(super) fn seen_by(&self, inside: &[bool]) -> State {
        let mut state = self.replay(Some(inside));
        self.replay_leaves(&mut state, Some(inside));
        state
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

    /// One operation of the sequence. Leaves are not of it.
    pub(super) fn step(&self, state: &mut State, number: usize) {
        if self.nodes.get(number).is_some_and(|node| !node.void && !matches!(node.act, Act::Leave)) {
            self.count(state, number);
        }
    }

    fn try_with_ancestors(&self, state: &mut State, turns: &mut Turns, first: usize) {
        if turns.of(first) != Turn::ToCome {
            return;
        }
        if self.nodes.get(first).is_none_or(|node| is_hopeless(state, node)) {
            turns.give(first, Turn::InVain);
            return;
        }
        let needed = self.without_turn(turns, first);
        state.try_out();
        for number in &needed {
            if turns.of(*number) == Turn::ToCome {
                self.step(state, *number);
            }
        }
        // It is the deepest of them, so its own turn was the last.
        if state.counting.last() == Some(&first) {
            state.accept();
            for number in needed {
                turns.give(number, Turn::Had);
            }
        } else {
            state.take_back();
            turns.give(first, Turn::InVain);
        }
    }

    /// An operation and its ancestors that had no turn, by place. What had one has all its ancestors behind it.
    fn without_turn(&self, turns: &mut Turns, first: usize) -> Vec<usize> {
        turns.walks += 1;
        let mut needed = Vec::new();
        let mut stack = vec![first];
        while let Some(number) = stack.pop() {
            if turns.of(number) != Turn::Had && turns.meets(number) {
                needed.push(number);
                stack.extend(self.nodes.get(number).into_iter().flat_map(|node| &node.parents));
            }
        }
        needed.sort_unstable_by_key(|number| self.nodes.get(*number).map(|node| node.place));
        needed
    }
}

/// A signer or the target is out, for ever: whatever had its turn before, it would not count.
fn is_hopeless(state: &State, node: &Node) -> bool {
    node.cosigners
        .iter()
        .copied()
        .chain([node.author])
        .chain(node.act.taken_from(node.author))
        .any(|it| state.is_out(it))
}

/// Where an operation stands in a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    ToCome,
    Had,
    /// It was tried, did not count, and will not.
    InVain,
}

/// The turns of all operations.
struct Turns {
    given: Vec<Turn>,
    /// The last walk that met each.
    met: Vec<usize>,
    walks: usize,
}

impl Turns {
    fn new(length: usize) -> Self {
        Self { given: vec![Turn::ToCome; length], met: vec![0; length], walks: 0 }
    }

    fn of(&self, number: usize) -> Turn {
        self.given.get(number).copied().unwrap_or(Turn::Had)
    }

    fn give(&mut self, number: usize, turn: Turn) {
        if let Some(place) = self.given.get_mut(number) {
            *place = turn;
        }
    }

    /// Whether this walk meets it for the first time.
    fn meets(&mut self, number: usize) -> bool {
        let walk = self.walks;
        self.met.get_mut(number).is_some_and(|met| std::mem::replace(met, walk) != walk)
    }
}

fn is_inside(inside: Option<&[bool]>, number: usize) -> bool {
    inside.is_none_or(|inside| inside.get(number).copied().unwrap_or(false))
}
