//! Two persons over an official, many for new coordinators: the first signs, the last one writes.
//!
//! The first signer's phone keeps what would go, names its heads as parents and signs. What it signed goes on as a code
//! and, from a coordinator, into coordination, so that another coordinator can sign from afar. The second phone takes it
//! only if it knows everything that the first had seen. It changes nothing but what was signed.

use std::collections::BTreeSet;

use crate::{
    app::{charter::check_grant, state::State},
    envelope::operation::Members,
    error::Error,
    group::{Code, Membership, Proposal, Refusal},
    identity::{DeviceId, PersonId},
    view::Role,
};

/// Most signatures in a code: the picture of more is too fine for the cameras of cheap phones.
pub(super) const MOST_IN_CODE: usize = 8;

impl State {
    /// Signs acts that take more people, and gives the code for the next signer.
    pub(in crate::app) fn propose(&mut self, acts: Vec<Members>, why: &str) -> Result<String, Error> {
        let device = self.keys()?.device();
        self.may_sign(&acts)?;
        let before = self.group()?.membership().clone();
        self.keep_what_would_go(&before, &imagined(&before, &acts))?;
        let group = self.group()?;
        let mut proposal = Proposal { group: group.id, parents: group.log.heads(), acts };
        proposal.sign(device, &self.keys()?.signing);
        if let Some(act) = proposal.acts.first() {
            let name = Proposal::name_of(proposal.group, &proposal.parents, act);
            self.give_reason(name, why)?;
        }
        self.pass_on(&proposal)?;
        Ok(proposal.to_code())
    }

    /// Whether this phone's person may be one of the signers, and there is anything to do.
    pub(super) fn may_sign(&self, acts: &[Members]) -> Result<(), Error> {
        let (device, me) = (self.keys()?.device(), self.my_person()?);
        let group = self.group()?;
        let members = group.membership();
        let role = members.role(device).ok_or(Error::NotAMember)?;
        let left = group.log.left_officials();
        for act in acts {
            let recover = matches!(act, Members::Recover { .. });
            if !recover && !role.is_official() {
                return Err(Error::NotCoordinator);
            }
            if recover && role == Role::Wijkagent {
                return Err(Error::NotAllowed);
            }
            let targets = targets(act);
            let removal = matches!(act, Members::Remove { .. });
            let stands = |target: &DeviceId| members.is_member(*target) || (removal && left.contains(target));
            if !targets.iter().all(stands) {
                return Err(Error::NoSuchMember);
            }
            if !recover && targets.iter().any(|target| members.person(*target) == Some(me)) {
                return Err(Error::NotOneself);
            }
            let has = |target: &DeviceId, wanted: Role| members.role(*target) == Some(wanted);
            let shows = |target: &DeviceId| members.devices.get(target).and_then(|member| member.badge_until);
            let done = match act {
                Members::Role { .. } if self.is_confirmation(act) => false,
                Members::Role { role, badge_until, .. } => {
                    targets.iter().all(|target| has(target, *role) && shows(target) == *badge_until)
                }
                Members::Recover { .. } => targets.iter().all(|target| has(target, Role::Coordinator)),
                _ => false,
            };
            if done {
                return Err(Error::DoneAlready);
            }
            check_grant(members, act)?;
        }
        Ok(())
    }

    /// Signs what somebody else signed. If that is enough, it is done; else the code for the next signer comes back. Who
    /// signed for new coordinators already takes over what a code brings of others.
    ///
    /// # Errors
    /// Those of [`Code::read`]; [`Error::CodeElsewhere`]; [`Error::NotHereYet`] while something is missing that the first
    /// signer had seen; [`Error::SignedAlready`]; [`Error::SignerGone`]; [`Error::CameLater`]; [`Error::NotOneself`];
    /// [`Error::NoSuchMember`] and [`Error::DoneAlready`] where nothing is left to do; [`Error::ChangedMeanwhile`].
    pub(in crate::app) fn cosign(&mut self, code: &str) -> Result<Option<String>, Error> {
        let brought = self.checked(read(code)?)?;
        self.may_sign(&brought.acts)?;
        self.may_take_part(&brought)?;
        let mut proposal = self.with_known(brought.clone())?;
        let (device, signed) = (self.keys()?.device(), self.has_signed(&proposal));
        if signed && !proposal.is_recover() {
            return Err(Error::SignedAlready);
        }
        if self.is_enough(&proposal)? {
            self.complete(proposal)?;
            return Ok(None);
        }
        if !signed {
            proposal.sign(device, &self.keys()?.signing);
            self.pass_on(&proposal)?;
        } else if !self.takes_over(&brought)? && self.has_signed(&brought) {
            return Err(Error::SignedAlready);
        }
        Ok(Some(proposal.part(device, MOST_IN_CODE).to_code()))
    }

    /// Whether this phone's signature, given or still to give, is the last that it takes.
    fn is_enough(&self, proposal: &Proposal) -> Result<bool, Error> {
        let (device, group) = (self.keys()?.device(), self.group()?);
        match proposal.acts.iter().try_for_each(|act| group.log.can(device, act)) {
            Ok(()) | Err(Refusal::TooFewSigned) if proposal.is_recover() => {
                let signers = proposal.signers().into_iter().chain([device]);
                let persons: BTreeSet<PersonId> = signers.map(|signer| group.person(signer)).collect();
                Ok(self.begun(&proposal.parents).is_some_and(|begun| persons.len() >= begun.quorum))
            }
            Ok(()) => Ok(!proposal.signers().is_empty()),
            Err(Refusal::TooFewSigned) => Ok(false),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// A proposal of this group, on what this phone knows, with the signatures of those who may sign. Of new coordinators
    /// others are left away, since one of them would spoil all; a proposal of something else is refused.
    pub(super) fn checked(&self, mut proposal: Proposal) -> Result<Proposal, Error> {
        let group = self.group()?;
        if proposal.group != group.id {
            return Err(Error::CodeElsewhere);
        }
        if !proposal.parents.iter().all(|parent| group.log.contains(parent)) {
            return Err(Error::NotHereYet);
        }
        let persons: BTreeSet<PersonId> =
            proposal.acts.iter().flat_map(targets).map(|target| group.person(target)).collect();
        let recover = proposal.is_recover();
        if !recover && persons.len() > 1 {
            // Phones propose over one person only: whoever signs is not to look for a second name.
            return Err(Error::Invitation);
        }
        if proposal.signers().is_empty() && !proposal.acts.iter().all(|act| self.is_confirmation(act)) {
            return Err(Error::Invitation);
        }
        let members = group.membership();
        if recover {
            // Whoever signs has to stand where it was begun, and still.
            let begun = self.begun(&proposal.parents).ok_or(Error::NotHereYet)?;
            let votes = |device: &DeviceId| {
                begun.voters.contains(device) && members.role(*device).is_some_and(|role| role != Role::Wijkagent)
            };
            let asked = proposal.signers();
            proposal.keep_good(|device| group.log.signing_key(device).filter(|_| votes(&device)));
            self.keep_one_each(&mut proposal);
            return match proposal.signers().is_empty() {
                false => Ok(proposal),
                true if asked.iter().any(votes) => Err(Error::Invitation),
                true => Err(Error::SignerGone),
            };
        }
        if !proposal.is_signed(|device| group.log.signing_key(device)) {
            return Err(Error::Invitation);
        }
        let stands = |signer: DeviceId| members.role(signer).is_some_and(Role::is_official);
        if proposal.signers().into_iter().all(stands) { Ok(proposal) } else { Err(Error::SignerGone) }
    }

    /// Whether this phone was there when a choice of new coordinators was begun.
    pub(super) fn may_take_part(&self, proposal: &Proposal) -> Result<(), Error> {
        let device = self.keys()?.device();
        let came_later =
            proposal.is_recover() && self.begun(&proposal.parents).is_some_and(|begun| !begun.voters.contains(&device));
        if came_later { Err(Error::CameLater) } else { Ok(()) }
    }

    /// Whether this phone's person is among the signers.
    pub(super) fn has_signed(&self, proposal: &Proposal) -> bool {
        let (Ok(me), Some(group)) = (self.my_person(), &self.group) else { return false };
        proposal.signers().into_iter().any(|signer| group.membership().person(signer) == Some(me))
    }

    /// The last signature is this phone's: it writes the acts, after a Keep of what only this phone may know of.
    fn complete(&mut self, mut proposal: Proposal) -> Result<(), Error> {
        proposal.forget(self.keys()?.device());
        let before = self.group()?.membership().clone();
        self.keep_what_would_go(&before, &imagined(&before, &proposal.acts))?;
        let mut done = Vec::new();
        for act in proposal.acts {
            done.push(self.write_members_after(act, proposal.parents.clone())?);
        }
        let counting = &self.group()?.membership().counting;
        if !done.iter().all(|act| counting.contains(act)) {
            return Err(Error::ChangedMeanwhile);
        }
        self.look_again()?;
        self.follow(&before)
    }

    /// Persons who have to sign to make new coordinators where none is left.
    pub(in crate::app) fn quorum(&self) -> u32 {
        let quorum = self.group.as_ref().map_or(0, |group| group.membership().quorum);
        u32::try_from(quorum).unwrap_or(u32::MAX)
    }
}

/// The proposal in a code.
pub(super) fn read(code: &str) -> Result<Proposal, Error> {
    match Code::read(code)? {
        Code::Sign(bytes) => Proposal::from_bytes(&bytes).map_err(|_| Error::Invitation),
        other => Err(other.unwanted()),
    }
}

/// Whom an act is about.
pub(super) fn targets(act: &Members) -> Vec<DeviceId> {
    match act {
        Members::Role { target, .. } | Members::Remove { target, .. } | Members::Replace { target, .. } => {
            vec![*target]
        }
        Members::Recover { coordinators, .. } => coordinators.clone(),
        _ => Vec::new(),
    }
}

/// The membership as these acts will leave it, as far as a Keep asks.
fn imagined(before: &Membership, acts: &[Members]) -> Membership {
    let mut after = before.clone();
    for act in acts {
        match act {
            Members::Remove { target, .. } | Members::Replace { target, .. } => {
                after.devices.remove(target);
            }
            Members::Role { target, role, .. } => {
                if let Some(member) = after.devices.get_mut(target) {
                    member.role = *role;
                }
            }
            _ => {}
        }
    }
    after
}
