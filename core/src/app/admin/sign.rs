//! Two persons over an official, many for new coordinators: the first signs, the last one writes.
//!
//! The first signer's phone keeps what would go, names its heads as parents and signs. What it signed goes on as a code
//! and, from a coordinator, into coordination, so that another coordinator can sign from afar. The second phone takes it
//! only if it knows everything that the first had seen. It changes nothing but what was signed.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::leaving::TWO;
use crate::{
    app::{charter::check_grant, known::Known, state::State},
    envelope::operation::{Content, Members, content::MAX_PROPOSAL_BYTES, keys::Channel, number},
    error::Error,
    group::{Code, Membership, Proposal, Refusal},
    identity::{DeviceId, PersonId},
    view::{self, ChangeKind, Person, Role},
};

/// Days in which a proposal can be signed.
const PROPOSAL_DAYS: u16 = 30;
/// Name of the fact that holds what this phone signed and no coordinator's phone carries on.
const OWN: &str = "proposals";
/// Most proposals of its own that a phone remembers.
const MOST_OWN: usize = 16;

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
            if !recover && role < Role::Trustee {
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

    /// Signs what somebody else signed. If that is enough, it is done; else the code for the next signer comes back.
    ///
    /// # Errors
    /// Those of [`Code::read`]; [`Error::CodeElsewhere`]; [`Error::NotHereYet`] while something is missing that the first
    /// signer had seen; [`Error::SignedAlready`]; [`Error::SignerGone`]; [`Error::NotOneself`];
    /// [`Error::NoSuchMember`] and [`Error::DoneAlready`] where nothing is left to do; [`Error::ChangedMeanwhile`].
    pub(in crate::app) fn cosign(&mut self, code: &str) -> Result<Option<String>, Error> {
        let mut proposal = read(code)?;
        self.check_proposal(&proposal)?;
        self.may_sign(&proposal.acts)?;
        let device = self.keys()?.device();
        let log = &self.group()?.log;
        let first = proposal.signers().is_empty();
        match proposal.acts.iter().try_for_each(|act| log.can(device, act)) {
            Ok(()) if !first => {}
            Ok(()) | Err(Refusal::TooFewSigned) => {
                proposal.sign(device, &self.keys()?.signing);
                self.pass_on(&proposal)?;
                return Ok(Some(proposal.to_code()));
            }
            Err(refusal) => return Err(refusal.into()),
        }
        self.complete(proposal)?;
        Ok(None)
    }

    /// Whether a proposal is of this group, on what this phone knows, and signed by others who may.
    fn check_proposal(&self, proposal: &Proposal) -> Result<(), Error> {
        let me = self.my_person()?;
        let group = self.group()?;
        if proposal.group != group.id {
            return Err(Error::CodeElsewhere);
        }
        if !proposal.parents.iter().all(|parent| group.log.contains(parent)) {
            return Err(Error::NotHereYet);
        }
        let persons: BTreeSet<PersonId> =
            proposal.acts.iter().flat_map(targets).map(|target| group.person(target)).collect();
        let recover = matches!(proposal.acts.first(), Some(Members::Recover { .. }));
        if !recover && persons.len() > 1 {
            // Phones propose over one person only: whoever signs is not to look for a second name.
            return Err(Error::Invitation);
        }
        let signers = proposal.signers();
        if signers.is_empty() && !proposal.acts.iter().all(|act| self.is_confirmation(act)) {
            return Err(Error::Invitation);
        }
        if !proposal.is_signed(|device| group.log.signing_key(device)) {
            return Err(Error::Invitation);
        }
        let members = group.membership();
        for signer in signers {
            if members.person(signer) == Some(me) {
                return Err(Error::SignedAlready);
            }
            let stands = members.role(signer).is_some_and(|role| recover || role >= Role::Trustee);
            if !stands {
                return Err(Error::SignerGone);
            }
        }
        Ok(())
    }

    /// The last signature is this phone's: it writes the acts, after a Keep of what only this phone may know of.
    fn complete(&mut self, proposal: Proposal) -> Result<(), Error> {
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

    /// Lets the next signer find it: in coordination if this phone writes there, else on this phone alone.
    pub(super) fn pass_on(&mut self, proposal: &Proposal) -> Result<(), Error> {
        let act = proposal.to_bytes();
        let coordinator = self.group()?.membership().is_coordinator(self.keys()?.device());
        if coordinator && act.len() <= MAX_PROPOSAL_BYTES {
            let until = self.stamp_day().plus(PROPOSAL_DAYS);
            match self.write_in(Channel::Coordination, Content::Proposal { until, act }, None) {
                // A new coordinator's phone may still wait for the key; the code goes from hand to hand meanwhile.
                Err(Error::NoKeyYet) => {}
                passed => return passed.map(drop),
            }
        }
        let mut own = self.own_proposals()?;
        own.push(proposal.to_code());
        let surplus = own.len().saturating_sub(MOST_OWN);
        own.drain(..surplus);
        self.store.set_fact(OWN, &serde_json::to_string(&own)?)
    }

    /// Persons who have to sign to make new coordinators where none is left.
    pub(in crate::app) fn quorum(&self) -> u32 {
        let quorum = self.group.as_ref().map_or(0, |group| group.membership().quorum);
        u32::try_from(quorum).unwrap_or(u32::MAX)
    }

    /// Whether this phone gave out a code to sign.
    pub(in crate::app) fn has_own_proposals(&self) -> Result<bool, Error> {
        Ok(self.store.fact(OWN)?.is_some())
    }

    /// Codes that this phone gave out.
    fn own_proposals(&self) -> Result<Vec<String>, Error> {
        Ok(self.store.fact(OWN)?.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default())
    }

    /// What waits for signatures and can still be done: of several with the same acts, the one that most have signed.
    /// First what asks for the own signature.
    pub(in crate::app) fn proposals(&self) -> Result<Vec<view::Proposal>, Error> {
        if self.group.is_none() {
            return Ok(Vec::new());
        }
        let known = self.known()?;
        let papers = self.papers(number::PROPOSAL)?.into_iter().filter_map(|paper| match paper {
            Content::Proposal { act, .. } => Some(act),
            _ => None,
        });
        let own = self.own_proposals()?.into_iter().filter_map(|code| match Code::read(&code) {
            Ok(Code::Sign(bytes)) => Some(bytes),
            _ => None,
        });
        let mut open: Vec<Proposal> = Vec::new();
        for bytes in own.chain(papers) {
            let Ok(proposal) = Proposal::from_bytes(&bytes) else { continue };
            if !self.is_open(&proposal) {
                continue;
            }
            match open.iter_mut().find(|other| is_same(other, &proposal)) {
                Some(other) if other.signers().len() < proposal.signers().len() => *other = proposal,
                Some(_) => {}
                None => open.push(proposal),
            }
        }
        open.extend(self.unconfirmed(&open)?);
        let mut shown: Vec<_> = open.iter().filter_map(|proposal| self.proposal_view(&known, proposal)).collect();
        shown.extend(self.left_unsigned(&known, &open));
        shown.sort_by_key(|proposal| proposal.signed_by_me);
        Ok(shown)
    }

    /// What a code asks to sign.
    ///
    /// # Errors
    /// Those of [`State::cosign`], but not that it was signed here already.
    pub(in crate::app) fn proposal_of(&self, code: &str) -> Result<view::Proposal, Error> {
        let proposal = read(code)?;
        match self.check_proposal(&proposal) {
            Ok(()) | Err(Error::SignedAlready) => {}
            Err(error) => return Err(error),
        }
        self.may_sign(&proposal.acts)?;
        self.proposal_view(&self.known()?, &proposal).ok_or(Error::Invitation)
    }

    /// Whether anything is left to do, by signers who may.
    pub(super) fn is_open(&self, proposal: &Proposal) -> bool {
        let checked = self.check_proposal(proposal);
        let signed = matches!(checked, Ok(()) | Err(Error::SignedAlready | Error::NotHereYet));
        signed && self.may_sign(&proposal.acts).is_ok()
    }

    fn proposal_view(&self, known: &Known, proposal: &Proposal) -> Option<view::Proposal> {
        let log = &self.group.as_ref()?.log;
        let confirms = proposal.acts.iter().all(|act| self.is_confirmation(act));
        let left = proposal.acts.iter().flat_map(targets).all(|target| log.has_left(target));
        let (what, role) = match proposal.acts.first()? {
            Members::Role { .. } if confirms => (ChangeKind::Kept, None),
            Members::Role { role, .. } => (ChangeKind::Role, Some(*role)),
            Members::Remove { .. } if left => (ChangeKind::Left, None),
            Members::Remove { .. } => (ChangeKind::Removed, None),
            Members::Replace { .. } => (ChangeKind::Replaced, None),
            Members::Recover { .. } => (ChangeKind::Recovered, Some(Role::Coordinator)),
            _ => return None,
        };
        let signed = self.persons_of(known, self.helpers_of(proposal).into_iter().chain(proposal.signers()));
        Some(view::Proposal {
            what,
            whom: self.persons_of(known, proposal.acts.iter().flat_map(targets)),
            role,
            needed: match what {
                ChangeKind::Recovered => self.quorum(),
                _ => TWO,
            },
            left: None,
            signed_by_me: signed.iter().any(|person| person.me),
            signed,
            code: proposal.to_code(),
        })
    }

    /// The persons of devices, each once.
    fn persons_of(&self, known: &Known, devices: impl IntoIterator<Item = DeviceId>) -> Vec<Person> {
        let mut seen: BTreeSet<Option<PersonId>> = BTreeSet::new();
        let group = self.group.as_ref();
        devices
            .into_iter()
            .filter(|device| seen.insert(group.map(|group| group.person(*device))))
            .map(|device| self.person_view(known, device))
            .collect()
    }
}

/// The proposal in a code.
fn read(code: &str) -> Result<Proposal, Error> {
    match Code::read(code)? {
        Code::Sign(bytes) => Proposal::from_bytes(&bytes).map_err(|_| Error::Invitation),
        other => Err(other.unwanted()),
    }
}

fn is_same(one: &Proposal, other: &Proposal) -> bool {
    let names = |proposal: &Proposal| -> Vec<Ref> {
        proposal.acts.iter().map(|act| Proposal::name_of(proposal.group, &proposal.parents, act)).collect()
    };
    names(one) == names(other)
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
