//! A replay that can be wound back and go on: one more operation costs what comes after it in the sequence, not all.
//!
//! What stands before an operation in the sequence never depends on it: ancestors are here before what names them. So
//! when one enters, the replay goes back to its place, and from there on when somebody asks. A year of acts by one
//! signature is replayed again only by the first act of two after it, once.
//!
//! The same answers what an author had seen who had not seen all: back to before the first that he lacked, on with those
//! he had, and back again. Where that is longer than his whole past, the past is replayed by itself.

use std::{
    collections::BTreeSet,
    sync::{Mutex, OnceLock, PoisonError},
};

use super::{
    log::Log,
    order::{Key, LEAVES},
    state::State,
};

/// Where an operation stands in a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    ToCome,
    Had,
    /// It was tried, did not count, and will not.
    InVain,
}

/// How far a replay has come, and how it came there.
#[derive(Debug, Clone, Default)]
pub(super) struct Replay {
    pub(super) state: State,
    /// What has no turn yet: all of it stands after what was done.
    to_come: BTreeSet<Key>,
    /// What had its turn in the sequence, in this order, with what it found.
    done: Vec<(Key, Mark)>,
    turns: Vec<Turn>,
    /// Turns that were given, with those before.
    given: Vec<(usize, Turn)>,
    /// The last walk that met each operation.
    met: Vec<usize>,
    walks: usize,
}

/// Lengths to which a replay is wound back.
#[derive(Debug, Clone, Copy)]
struct Mark {
    changes: usize,
    given: usize,
}

impl Replay {
    /// The beginning of a replay of all operations, or of those marked `inside`.
    fn of(log: &Log, inside: Option<&[bool]>) -> Self {
        let mut replay = Self::default();
        replay.make_room(log);
        let numbers = (0..log.nodes.len()).filter(|number| inside.is_none_or(|it| it.get(*number) == Some(&true)));
        let keys = numbers.filter_map(|number| log.nodes.get(number)?.key(number));
        replay.to_come = keys.inspect(|key| log.note_if_leave(&mut replay.state, *key)).collect();
        replay
    }

    /// One more operation: back to its place.
    fn enter(&mut self, log: &Log, number: usize) {
        self.make_room(log);
        let Some(key) = log.nodes.get(number).and_then(|node| node.key(number)) else { return };
        log.note_if_leave(&mut self.state, key);
        self.back_to(log, key);
        self.to_come.insert(key);
    }

    fn make_room(&mut self, log: &Log) {
        self.turns.resize(log.nodes.len(), Turn::ToCome);
        self.met.resize(log.nodes.len(), 0);
    }

    /// To the end of the sequence, or to where all before this place had their turns.
    fn run(&mut self, log: &Log, to: Option<Key>) {
        let is_due = |next: &&Key| to.is_none_or(|to| **next < to);
        while let Some(key) = self.to_come.first().filter(is_due).copied() {
            self.to_come.remove(&key);
            self.done.push((key, Mark { changes: self.state.mark(), given: self.given.len() }));
            log.take_turn(self, key);
        }
    }

    /// Takes back the turns of what does not stand before this place.
    fn back_to(&mut self, log: &Log, place: Key) {
        let first = self.done.partition_point(|(key, _)| *key < place);
        let Some((_, mark)) = self.done.get(first).copied() else { return };
        self.state.back_to(mark.changes);
        for (number, before) in self.given.drain(mark.given..).rev() {
            if let Some(turn) = self.turns.get_mut(number) {
                *turn = before;
            }
            if before == Turn::ToCome {
                self.to_come.extend(log.nodes.get(number).and_then(|node| node.key(number)));
            }
        }
        self.to_come.extend(self.done.drain(first..).map(|(key, _)| key));
    }

    /// How much [`Replay::back_to`] would take back and leave to come.
    fn after(&self, place: Key) -> usize {
        let first = self.done.partition_point(|(key, _)| *key < place);
        let changes = self.done.get(first).map_or(0, |(_, mark)| self.state.mark().saturating_sub(mark.changes));
        changes + self.to_come.len()
    }

    /// Asks for the state after those marked `inside` alone. `lacking` is the first in the sequence that is not among them.
    fn seen_by<T>(&mut self, log: &Log, inside: &[bool], lacking: Key, ask: impl FnOnce(&State) -> T) -> T {
        self.back_to(log, lacking);
        self.run(log, Some(lacking));
        let to_come = std::mem::take(&mut self.to_come);
        self.to_come = to_come.iter().copied().filter(|(_, _, number)| inside.get(*number) == Some(&true)).collect();
        self.run(log, None);
        let answer = ask(&self.state);
        self.back_to(log, lacking);
        self.to_come = to_come;
        answer
    }

    pub(super) fn turn(&self, number: usize) -> Turn {
        self.turns.get(number).copied().unwrap_or(Turn::Had)
    }

    /// Gives a turn. What had it behind one that counts does not wait for its own; leaving is last always.
    pub(super) fn give(&mut self, log: &Log, number: usize, turn: Turn) {
        let Some(place) = self.turns.get_mut(number) else { return };
        self.given.push((number, std::mem::replace(place, turn)));
        if let Some(key) = log.nodes.get(number).and_then(|node| node.key(number)).filter(|key| key.0 != LEAVES) {
            self.to_come.remove(&key);
        }
    }

    /// Begins a walk, which has met nothing yet.
    pub(super) fn walk(&mut self) {
        self.walks += 1;
    }

    /// Whether this walk meets it for the first time.
    pub(super) fn meets(&mut self, number: usize) -> bool {
        let walk = self.walks;
        self.met.get_mut(number).is_some_and(|met| std::mem::replace(met, walk) != walk)
    }
}

/// The replay of all operations: run when somebody asks, wound back when one enters.
#[derive(Debug, Default)]
pub(super) struct Whole {
    /// At its end.
    run: OnceLock<Replay>,
    /// Somewhere else; none if it has not begun.
    wound_back: Mutex<Option<Replay>>,
}

impl Clone for Whole {
    fn clone(&self) -> Self {
        let wound_back = self.wound_back.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self { run: self.run.clone(), wound_back: Mutex::new(wound_back) }
    }
}

impl Whole {
    fn at_its_end(&self, log: &Log) -> &Replay {
        self.run.get_or_init(|| {
            let begun = self.wound_back.lock().unwrap_or_else(PoisonError::into_inner).take();
            let mut replay = begun.unwrap_or_else(|| Replay::of(log, None));
            replay.run(log, None);
            replay
        })
    }

    fn take(&mut self) -> Option<Replay> {
        let wound_back = self.wound_back.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        self.run.take().or(wound_back)
    }

    fn put(&mut self, replay: Option<Replay>) {
        *self = Self { run: OnceLock::new(), wound_back: Mutex::new(replay) };
    }
}

impl Log {
    /// Everything replayed.
    pub(super) fn whole(&self) -> &State {
        &self.whole.at_its_end(self).state
    }

    /// The state after the marked operations alone.
    pub(super) fn seen_by(&self, inside: &[bool]) -> State {
        let mut replay = Replay::of(self, Some(inside));
        replay.run(self, None);
        replay.state
    }

    /// The replay goes on with the operation that entered last.
    pub(super) fn replay_with_last(&mut self) {
        let Some(number) = self.nodes.len().checked_sub(1) else { return };
        let replay = self.whole.take().map(|mut replay| {
            replay.enter(self, number);
            replay
        });
        self.whole.put(replay);
    }

    /// Asks what the author of an operation with these parents had seen. Who saw all that counts here saw the same as
    /// this phone: what does not count moves nothing.
    pub(super) fn in_sight_of<T>(&mut self, parents: &[usize], ask: impl FnOnce(&State) -> T) -> T {
        if self.tips.iter().all(|tip| parents.contains(tip)) {
            return ask(self.whole());
        }
        let inside = self.past_of(parents);
        let saw = |number: &usize| inside.get(*number) == Some(&true);
        if self.whole.run.get().is_some_and(|whole| whole.state.counting.iter().all(saw)) {
            return ask(self.whole());
        }
        let lacking = (0..self.nodes.len()).filter(|number| !saw(number));
        let lacking = lacking.filter_map(|number| self.nodes.get(number)?.key(number)).min();
        let seen = inside.iter().filter(|saw| **saw).count();
        let mut replay = self.whole.take();
        let answer = match (&mut replay, lacking) {
            (Some(replay), Some(lacking)) if replay.after(lacking) < seen => {
                replay.seen_by(self, &inside, lacking, ask)
            }
            _ => ask(&self.seen_by(&inside)),
        };
        self.whole.put(replay);
        answer
    }
}
