//! Replay: from a set of operations that is closed under parents to a state.
//!
//! 1. Void operations take no part (judged when they entered, in [`super::log`]).
//! 2. Order: operations with two or more signatures, taking before giving; then taking with one; each by (depth, id)
//!    and preceded by its ancestors that are not placed yet, in (depth, id) order. Then the others by (depth, id).
//!    Leaving comes last of all.
//! 3. An operation counts if every signer has the right in the replayed state, its target stands there, no leave of a
//!    signer is in its past, and, when it gives somebody something, every counted taking of him is in its past.

use super::{
    log::{Log, Node},
    rights::{self, Act},
    state::{Scope, Slot, State},
};
use crate::{
    envelope::operation::members::{NewDevice, Newcomer},
    view::Role,
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
        for number in self.sequence(inside) {
            self.step(&mut state, number);
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

    /// The state that the author of an operation with these parents had seen.
    pub(super) fn seen_by(&self, parents: &[usize]) -> State {
        let mut inside = vec![false; self.nodes.len()];
        self.mark(&mut inside, parents.to_vec(), |_| {});
        let mut state = self.replay(Some(&inside));
        self.replay_leaves(&mut state, Some(&inside));
        state
    }

    /// Remembers that a signer of what follows this has left.
    pub(super) fn note_leave(&self, state: &mut State, leave: usize) {
        let Some(node) = self.nodes.get(leave) else { return };
        state.leaves.entry(node.author).or_default().extend(node.taking);
    }

    /// One operation of the sequence. Leaves are not of it.
    pub(super) fn step(&self, state: &mut State, number: usize) {
        if self.nodes.get(number).is_some_and(|node| !node.void && !matches!(node.act, Act::Leave)) {
            self.count(state, number);
        }
    }

    fn count(&self, state: &mut State, number: usize) {
        let Some(node) = self.nodes.get(number) else { return };
        if !counts(state, node) {
            return;
        }
        apply(state, node, number);
        state.counting.push(number);
        if let Some(slot) = state.slot_mut(node.author) {
            slot.counted += 1;
        }
    }

    fn sequence(&self, inside: Option<&[bool]>) -> Vec<usize> {
        let mut placed = vec![false; self.nodes.len()];
        let mut sequence = Vec::with_capacity(self.nodes.len());
        let mut needed: Vec<usize> = Vec::new();
        for (_, _, first) in &self.firsts {
            if is_inside(inside, *first) {
                self.mark(&mut placed, vec![*first], |number| needed.push(number));
                needed.sort_unstable_by_key(|number| self.nodes.get(*number).map(|node| node.place));
                sequence.append(&mut needed);
            }
        }
        let rest = self.order.iter().filter(|number| is_inside(inside, **number) && !is_marked(&placed, **number));
        sequence.extend(rest);
        sequence
    }

    /// Marks these and their ancestors, and tells of each that was not marked before. What is marked already has all
    /// its ancestors marked.
    fn mark(&self, marked: &mut [bool], mut stack: Vec<usize>, mut told: impl FnMut(usize)) {
        while let Some(number) = stack.pop() {
            let Some(mark) = marked.get_mut(number).filter(|mark| !**mark) else { continue };
            *mark = true;
            told(number);
            stack.extend(self.nodes.get(number).into_iter().flat_map(|node| &node.parents).copied());
        }
    }
}

fn is_inside(inside: Option<&[bool]>, number: usize) -> bool {
    inside.is_none_or(|inside| is_marked(inside, number))
}

fn is_marked(marks: &[bool], number: usize) -> bool {
    marks.get(number).copied().unwrap_or(false)
}

fn counts(state: &State, node: &Node) -> bool {
    if let Act::Begin { .. } = node.act {
        return true;
    }
    let left = |signer: &usize| {
        state.leaves.get(signer).is_some_and(|leaves| leaves.iter().any(|leave| node.past.contains(*leave)))
    };
    rights::signers(state, node.author, &node.cosigners, &node.act).is_ok()
        && rights::targets(state, &node.act).is_ok()
        && rights::below_cap(state, node.author, &node.act).is_ok()
        && node.act.saw_takings(state, |taking| node.past.contains(taking))
        && (state.leaves.is_empty() || !node.cosigners.iter().chain([&node.author]).any(left))
}

fn apply(state: &mut State, node: &Node, number: usize) {
    match &node.act {
        Act::Begin { founders, charter } => {
            for (device, founder) in founders {
                admit(state, *device, founder, node.author, number);
            }
            state.charter = Some(charter.clone());
            state.charter_in = Some(number);
        }
        Act::Admit { device, newcomer } => admit(state, *device, newcomer, node.author, number),
        Act::Role { target, role, badge_until, down } => {
            if let Some(slot) = state.slot_mut(*target) {
                // What takes never gives, what gives never takes, whatever happened beside it.
                slot.role = slot.role.map(|now| if *down { now.min(*role) } else { now.max(*role) });
                slot.badge_until = *badge_until;
                slot.takings.extend(node.taking);
            }
        }
        Act::Leave => state.remove(node.author, node.taking),
        Act::Remove { target } => state.remove(*target, node.taking),
        Act::Replace { target, device, keys } => {
            link(state, *target, *device, *keys, node.author, number);
            state.remove(*target, node.taking);
        }
        Act::Link { device, keys } => link(state, node.author, *device, *keys, node.author, number),
        Act::Helper { device } => {
            if let Some(slot) = state.slot_mut(node.author) {
                slot.helper = *device;
            }
        }
        Act::Charter(charter) => {
            state.charter = Some(charter.clone());
            state.charter_in = Some(number);
        }
        Act::Relay(url) => state.relay = Some(url.clone()),
        Act::Recover { targets, .. } => {
            for target in targets {
                if let Some(slot) = state.slot_mut(*target) {
                    slot.role = Some(Role::Coordinator);
                }
            }
        }
        Act::Keep { lists } => keep(state, node.author, lists),
        Act::Unknown => {}
    }
}

fn admit(state: &mut State, device: usize, newcomer: &Newcomer, by: usize, number: usize) {
    let Newcomer { device: keys, person, role, invitation, badge_until } = *newcomer;
    state.invitations.extend(invitation);
    let slot = Slot {
        role: Some(role),
        person,
        keys,
        badge_until,
        admitted_by: by,
        admitted_in: number,
        helper: None,
        counted: 0,
        takings: Vec::new(),
    };
    state.admit(device, slot);
}

/// Another device of the person of `old`, as resident.
fn link(state: &mut State, old: usize, device: usize, keys: NewDevice, by: usize, number: usize) {
    let Some(person) = state.slot(old).map(|slot| slot.person) else { return };
    let newcomer = Newcomer { device: keys, person, role: Role::Resident, invitation: None, badge_until: None };
    admit(state, device, &newcomer, by, number);
}

/// An official keeps anybody's envelopes; others their own and those of devices that they may replace.
fn keep(state: &mut State, author: usize, lists: &[ratel_protocol::Ref]) {
    let scope = if state.is_official(author) {
        Scope::All
    } else {
        let helped = state.slots().filter(|(_, slot)| slot.helper == Some(author)).map(|(device, _)| device);
        Scope::Of(helped.chain([author]).collect())
    };
    for list in lists {
        match (state.keeps.get_mut(list), &scope) {
            (None, _) => {
                state.keeps.insert(*list, scope.clone());
            }
            (Some(Scope::All), _) => {}
            (Some(all), Scope::All) => *all = Scope::All,
            (Some(Scope::Of(known)), Scope::Of(more)) => known.extend(more),
        }
    }
}
