//! Whether an operation counts when its turn comes, and what it does.
//!
//! It counts if every signer has the right in the replayed state, its target stands there, no leave of a signer is in
//! its past, and, when it gives somebody something, every counted taking of him is in its past. Whose turn it is, says
//! [`super::order`].

use super::{
    log::{Log, Node},
    order::{Key, LEAVES},
    rights::{self, Act},
    state::{Scope, Slot, State},
};
use crate::{
    envelope::operation::members::{NewDevice, Newcomer},
    view::Role,
};

impl Log {
    /// Remembers that a signer of what follows this has left, if it is a leave.
    pub(super) fn note_if_leave(&self, state: &mut State, (rank, _, number): Key) {
        let Some(node) = self.nodes.get(number).filter(|_| rank == LEAVES) else { return };
        state.leaves.entry(node.author).or_default().extend(node.taking);
    }

    /// One operation, which is not void, at its turn.
    pub(super) fn count(&self, state: &mut State, number: usize) {
        let Some(node) = self.nodes.get(number) else { return };
        if !counts(state, node) {
            return;
        }
        apply(state, node, number);
        state.count(node.author, number);
    }
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
            state.agree(charter.clone(), number);
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
        Act::Leave => state.leave(node.author, node.taking),
        Act::Remove { target } => state.remove(*target, node.taking),
        Act::Replace { target, device, keys, .. } => {
            link(state, *target, *device, *keys, node.author, number);
            state.remove(*target, node.taking);
        }
        Act::Link { device, keys } => link(state, node.author, *device, *keys, node.author, number),
        Act::Helper { device } => {
            if let Some(slot) = state.slot_mut(node.author) {
                slot.helper = *device;
            }
        }
        Act::Charter(charter) => state.agree(charter.clone(), number),
        Act::Relay(url) => state.move_to(url.clone()),
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

/// The first device of a person.
fn admit(state: &mut State, device: usize, newcomer: &Newcomer, by: usize, number: usize) {
    let Newcomer { device: keys, role, invitation, badge_until } = *newcomer;
    if let Some(invitation) = invitation {
        state.use_invitation(invitation);
    }
    let slot = Slot {
        role: Some(role),
        left_as: None,
        person: device,
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

/// Another device of the person of `old`, as resident; of a wijkagent as wijkagent, who would else read the street by a
/// second phone.
fn link(state: &mut State, old: usize, device: usize, keys: NewDevice, by: usize, number: usize) {
    let Some((person, role)) = state.slot(old).map(|slot| (slot.person, linked_role(slot.role))) else { return };
    let newcomer = Newcomer { device: keys, role, invitation: None, badge_until: None };
    admit(state, device, &newcomer, by, number);
    if let Some(slot) = state.slot_mut(device) {
        slot.person = person;
    }
}

/// An official keeps anybody's envelopes; others their own and those of devices that they may replace: of one that is
/// out, only who kept before may have kept, else a thief's helper brings back what the thief writes afterwards.
fn keep(state: &mut State, author: usize, lists: &[ratel_protocol::Ref]) {
    let scope = if state.is_official(author) {
        Scope::All
    } else {
        let helped = state
            .slots()
            .filter(|(_, slot)| slot.helper == Some(author) && slot.role.is_some())
            .map(|(device, _)| device);
        Scope::Of(helped.chain([author]).collect())
    };
    for list in lists {
        let more = match (state.keeps.get(list), &scope) {
            (Some(Scope::All), _) => continue,
            (Some(Scope::Of(known)), Scope::Of(more)) => Scope::Of(known | more),
            _ => scope.clone(),
        };
        state.keep(*list, more);
    }
}

/// The role of another device of somebody with this role.
pub(super) fn linked_role(old: Option<Role>) -> Role {
    if old == Some(Role::Wijkagent) { Role::Wijkagent } else { Role::Resident }
}
