//! Who may do what: the table of rights, asked of a state.
//!
//! The same questions are put twice: in what the author had seen (may it exist at all?), and in replay (does it count?).

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::state::State;
use crate::{
    envelope::operation::members::{Charter, NewDevice, Newcomer},
    view::Role,
};
use ratel_protocol::Day;

/// Operations that count of a coordinator's device.
pub(super) const COORDINATOR_CAP: usize = 4096;
/// Operations that count of any other device.
pub(super) const RESIDENT_CAP: usize = 64;

/// Why an act is not allowed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The author, or an extra signer, is no member.
    #[error("a signer is no member now")]
    NotMember,
    /// Only a coordinator may do this, or for a Replace the named helper.
    #[error("only a coordinator may do this")]
    NotCoordinator,
    /// Power over an official takes the signatures of two officials, different persons, neither of them the target.
    #[error("two officials have to sign this")]
    TwoSignatures,
    /// Fewer persons signed than it takes to make new coordinators.
    #[error("too few persons signed")]
    TooFewSigned,
    /// The target is no member.
    #[error("the target is no member now")]
    NoTarget,
    /// The device was let in before: who comes back makes a new key.
    #[error("the device was let in before")]
    NotNew,
    /// The invitation let in somebody already.
    #[error("the invitation was used")]
    InvitationUsed,
    /// So many operations of one device do not count.
    #[error("the device wrote too many operations")]
    TooMany,
    /// A taking that the author had not seen stands against it.
    #[error("it gives to somebody from whom something was taken meanwhile")]
    Taken,
    /// The charter asks for a newer release to administer.
    #[error("the charter asks for a newer release")]
    Outdated,
    /// It can have no place in this log.
    #[error("it can have no place in this log")]
    Malformed,
    /// There is another beginning already.
    #[error("the log begins with another operation")]
    SecondBeginning,
    /// A kind that this release does not know.
    #[error("a kind that this release does not know")]
    Unknown,
}

/// A members operation with its devices by number.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Begin {
        founders: Vec<(usize, Newcomer)>,
        charter: Charter,
    },
    Admit {
        device: usize,
        newcomer: Newcomer,
    },
    Role {
        target: usize,
        role: Role,
        badge_until: Option<Day>,
        down: bool,
    },
    Leave,
    Remove {
        target: usize,
    },
    /// `by_helper`: its author was no coordinator in what he had seen.
    Replace {
        target: usize,
        device: usize,
        keys: NewDevice,
        by_helper: bool,
    },
    Link {
        device: usize,
        keys: NewDevice,
    },
    Helper {
        device: Option<usize>,
    },
    Charter(Charter),
    Relay(String),
    Recover {
        targets: Vec<usize>,
        quorum: usize,
    },
    Keep {
        lists: Vec<Ref>,
    },
    Unknown,
}

impl Act {
    /// The agreements that it makes.
    pub(super) fn charter(&self) -> Option<&Charter> {
        match self {
            Self::Begin { charter, .. } | Self::Charter(charter) => Some(charter),
            _ => None,
        }
    }

    /// The invitation by which it lets somebody in.
    pub(super) fn invitation(&self) -> Option<[u8; 16]> {
        match self {
            Self::Admit { newcomer, .. } => newcomer.invitation,
            _ => None,
        }
    }

    /// Whether somebody comes in by this invitation.
    pub(super) fn is_by(&self, invitation: [u8; 16]) -> bool {
        match self {
            Self::Begin { founders, .. } => founders.iter().any(|(_, founder)| founder.invitation == Some(invitation)),
            _ => self.invitation() == Some(invitation),
        }
    }

    /// Takes something from somebody.
    pub(super) fn is_taking(&self) -> bool {
        matches!(self, Self::Leave | Self::Remove { .. } | Self::Replace { .. } | Self::Role { down: true, .. })
    }

    /// Judged in what its author had seen.
    pub(super) fn is_judged(&self) -> bool {
        matches!(
            self,
            Self::Leave | Self::Remove { .. } | Self::Replace { .. } | Self::Role { .. } | Self::Recover { .. }
        )
    }

    /// From whom it takes something; whoever leaves takes from nobody else.
    pub(super) fn taken_from(&self) -> Option<usize> {
        match self {
            Self::Remove { target } | Self::Replace { target, .. } | Self::Role { target, down: true, .. } => {
                Some(*target)
            }
            _ => None,
        }
    }

    /// Members that get something; new devices cannot have lost anything that they could get back.
    fn given_to(&self) -> &[usize] {
        match self {
            Self::Role { target, down: false, .. } => std::slice::from_ref(target),
            Self::Recover { targets, .. } => targets,
            _ => &[],
        }
    }

    /// Whether everybody who gets something lost nothing that the author had not seen.
    pub(super) fn saw_takings(&self, state: &State, in_past: impl Fn(usize) -> bool) -> bool {
        let mut given = self.given_to().iter().filter_map(|device| state.slot(*device));
        given.all(|slot| slot.takings.iter().all(|taking| in_past(*taking)))
    }
}

/// Whether every signer has the right.
pub(super) fn signers(state: &State, author: usize, cosigners: &[usize], act: &Act) -> Result<(), Refusal> {
    let role = state.role(author).ok_or(Refusal::NotMember)?;
    let coordinator = if role == Role::Coordinator { Ok(()) } else { Err(Refusal::NotCoordinator) };
    match act {
        Act::Begin { .. } | Act::Unknown => Err(Refusal::Unknown),
        Act::Leave | Act::Link { .. } | Act::Helper { .. } | Act::Keep { .. } => Ok(()),
        Act::Admit { .. } | Act::Charter(_) | Act::Relay(_) => coordinator,
        Act::Remove { target } => over(state, author, cosigners, *target, coordinator),
        Act::Role { target, role, .. } => {
            let right = if role.is_official() { Err(Refusal::TwoSignatures) } else { coordinator };
            over(state, author, cosigners, *target, right)
        }
        // By one right and not by another later: a coordinator who loses the office stands first in replay as one.
        Act::Replace { target, by_helper, .. } => {
            let helper = *by_helper && state.slot(*target).is_some_and(|slot| slot.helper == Some(author));
            over(state, author, cosigners, *target, if helper { Ok(()) } else { coordinator })
        }
        Act::Recover { quorum, .. } => recover(state, author, cosigners, *quorum),
    }
}

/// Power over one device: `alone` says what the author may do to a resident. Where the target is an official, or shall
/// be one, it takes two officials, whichever of them writes.
fn over(
    state: &State,
    author: usize,
    cosigners: &[usize],
    target: usize,
    alone: Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut persons = BTreeSet::from([state.slot(author).map(|slot| slot.person)]);
    for cosigner in cosigners {
        let person = state.slot(*cosigner).map(|slot| slot.person);
        if !state.is_official(*cosigner) || *cosigner == target || !persons.insert(person) {
            return Err(Refusal::TwoSignatures);
        }
    }
    let two = !cosigners.is_empty() && state.is_official(author) && author != target;
    // Of two officials either may write what one coordinator may do.
    let coordinator = cosigners.iter().any(|cosigner| state.role(*cosigner) == Some(Role::Coordinator));
    match alone {
        Err(Refusal::TwoSignatures) if two => Ok(()),
        Err(Refusal::NotCoordinator) if two && coordinator => Ok(()),
        _ if state.is_official(target) => {
            if two {
                Ok(())
            } else {
                Err(Refusal::TwoSignatures)
            }
        }
        other => other,
    }
}

fn recover(state: &State, author: usize, cosigners: &[usize], quorum: usize) -> Result<(), Refusal> {
    let mut persons = BTreeSet::new();
    for signer in cosigners.iter().chain([&author]) {
        let slot = state.slot(*signer).ok_or(Refusal::NotMember)?;
        match slot.role {
            None => return Err(Refusal::NotMember),
            Some(Role::Wijkagent) => return Err(Refusal::TooFewSigned),
            Some(_) => persons.insert(slot.person),
        };
    }
    if persons.len() >= quorum { Ok(()) } else { Err(Refusal::TooFewSigned) }
}

/// Whether those whom it names are as they must be: a target stands, a new device is new.
pub(super) fn targets(state: &State, act: &Act) -> Result<(), Refusal> {
    let stands = |device: usize| if state.role(device).is_some() { Ok(()) } else { Err(Refusal::NoTarget) };
    let new = |device: usize| if state.is_new(device) { Ok(()) } else { Err(Refusal::NotNew) };
    match act {
        Act::Admit { device, .. } | Act::Link { device, .. } => new(*device),
        Act::Role { target, .. } | Act::Remove { target } => stands(*target),
        Act::Replace { target, device, .. } => stands(*target).and_then(|()| new(*device)),
        Act::Helper { device } => device.map_or(Ok(()), stands),
        Act::Recover { targets, .. } => targets.iter().try_for_each(|target| stands(*target)),
        Act::Begin { .. } | Act::Leave | Act::Charter(_) | Act::Relay(_) | Act::Keep { .. } | Act::Unknown => Ok(()),
    }
}

/// Whether the invitation by which somebody comes in has let in nobody yet.
pub(super) fn unused(state: &State, act: &Act) -> Result<(), Refusal> {
    let used = act.invitation().is_some_and(|invitation| state.invitations.contains(&invitation));
    if used { Err(Refusal::InvitationUsed) } else { Ok(()) }
}

/// Whether one more of the author's operations may count. Leaving is never refused.
pub(super) fn below_cap(state: &State, author: usize, act: &Act) -> Result<(), Refusal> {
    let Some(slot) = state.slot(author) else { return Err(Refusal::NotMember) };
    let cap = if slot.role == Some(Role::Coordinator) { COORDINATOR_CAP } else { RESIDENT_CAP };
    if slot.counted < cap || matches!(act, Act::Leave) { Ok(()) } else { Err(Refusal::TooMany) }
}
