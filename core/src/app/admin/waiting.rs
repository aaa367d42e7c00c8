//! What waits for signatures: where it lies until the next signer finds it, and how it is shown.
//!
//! A coordinator's phone writes it in coordination. For new coordinators each neighbour's phone writes its own signature in
//! the street, and every phone puts together what it knows: so a large street finishes although a code holds eight. What
//! lies nowhere else, or was scanned, this phone remembers.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

use ratel_protocol::{Ref, hex};

use super::{
    leaving::TWO,
    papers::Paper,
    people::day_noon_s,
    sign::{MOST_IN_CODE, read, targets},
};
use crate::{
    app::{known::Known, state::State},
    envelope::operation::{Content, Members, content::MAX_PROPOSAL_BYTES, keys::Channel, number},
    error::Error,
    group::{Begun, Proposal},
    identity::{DeviceId, PersonId},
    view::{self, ChangeKind, Person, Role},
};

/// Days in which a proposal can be signed.
const PROPOSAL_DAYS: u16 = 30;
/// Name of the fact that holds what this phone signed and scanned.
const OWN: &str = "proposals";
/// Most proposals that a phone remembers.
const MOST_OWN: usize = 16;
/// Most streets that are remembered.
const MOST_BEGUN: usize = 64;
/// Most proposals of new coordinators that a screen shows.
const MOST_RECOVERS: usize = 3;

impl State {
    /// Lets the next signer find what this phone has signed: a coordinator's in coordination, new coordinators in the
    /// street; else on this phone alone.
    pub(super) fn pass_on(&mut self, proposal: &Proposal) -> Result<(), Error> {
        let device = self.keys()?.device();
        let (channel, act) = if proposal.is_recover() {
            self.takes_over(proposal)?;
            (Channel::Street, proposal.part(device, 1).to_bytes())
        } else {
            (Channel::Coordination, proposal.to_bytes())
        };
        let coordinator = self.group()?.membership().is_coordinator(device);
        if (proposal.is_recover() || coordinator) && act.len() <= MAX_PROPOSAL_BYTES {
            let until = self.stamp_day().plus(PROPOSAL_DAYS);
            match self.write_in(channel, Content::Proposal { until, act }, None) {
                // The key may still be on its way; the code goes from hand to hand meanwhile.
                Err(Error::NoKeyYet) => {}
                passed => return passed.map(drop),
            }
        }
        self.takes_over(proposal).map(drop)
    }

    /// Remembers a proposal, with what of the same matter was remembered, and forgets what is over. Whether it brings
    /// anything that this phone did not know.
    pub(super) fn takes_over(&mut self, proposal: &Proposal) -> Result<bool, Error> {
        let known = self.open_proposals()?.into_iter().find(|known| known.is_same(proposal));
        if known.is_some_and(|known| proposal.signers().is_subset(&known.signers())) {
            return Ok(false);
        }
        let mut own = self.own_proposals()?;
        own.retain(|other| self.is_open(other));
        match own.iter_mut().find(|other| other.is_same(proposal)) {
            Some(other) => other.join(proposal),
            None => own.push(proposal.clone()),
        }
        let surplus = own.len().saturating_sub(MOST_OWN);
        let own: Vec<String> = own.iter().skip(surplus).map(|one| hex::encode(&one.to_bytes())).collect();
        self.store.set_fact(OWN, &serde_json::to_string(&own)?)?;
        Ok(true)
    }

    /// Takes over signatures from a code that was scanned, where this phone's person has signed the same.
    pub(in crate::app) fn gather(&mut self, code: &str) -> Result<(), Error> {
        let proposal = self.checked(read(code)?)?;
        let known = self.with_known(proposal.clone())?;
        if proposal.is_recover() && self.has_signed(&known) { self.takes_over(&proposal).map(drop) } else { Ok(()) }
    }

    /// Whether this phone signed or scanned anything that may still wait.
    pub(in crate::app) fn has_own_proposals(&self) -> Result<bool, Error> {
        Ok(self.store.fact(OWN)?.is_some())
    }

    fn own_proposals(&self) -> Result<Vec<Proposal>, Error> {
        let own: Vec<String> =
            self.store.fact(OWN)?.map(|text| serde_json::from_str(&text)).transpose()?.unwrap_or_default();
        Ok(own.iter().filter_map(|text| Proposal::from_bytes(&hex::decode_all(text)?).ok()).collect())
    }

    /// What lies in coordination and in the street.
    fn shared_proposals(&self) -> Result<Vec<Proposal>, Error> {
        let Some(group) = &self.group else { return Ok(Vec::new()) };
        let mut heard: BTreeSet<PersonId> = BTreeSet::new();
        let mut papers = self.papers(number::PROPOSAL)?;
        papers.reverse();
        let mut shared = Vec::new();
        for Paper { device, channel, content } in papers {
            let Content::Proposal { act, .. } = content else { continue };
            let Ok(proposal) = Proposal::from_bytes(&act) else { continue };
            match channel {
                Channel::Coordination if !proposal.is_recover() => shared.push(proposal),
                // Nobody speaks for others there, and of each the last word counts.
                Channel::Street if proposal.is_recover() && self.begun(&proposal.parents).is_some() => {
                    shared.extend(proposal.of_one(device).filter(|_| heard.insert(group.person(device))));
                }
                _ => {}
            }
        }
        shared.reverse();
        Ok(shared)
    }

    /// The street in which a choice of new coordinators was begun.
    pub(super) fn begun(&self, parents: &[Ref]) -> Option<Arc<Begun>> {
        if let Some(known) = self.begun.borrow().get(parents) {
            return Some(Arc::clone(known));
        }
        let begun = Arc::new(self.group.as_ref()?.log.begun_at(parents)?);
        let mut all = self.begun.borrow_mut();
        if all.len() >= MOST_BEGUN {
            all.clear();
        }
        all.insert(parents.to_vec(), Arc::clone(&begun));
        Some(begun)
    }

    /// What waits for signatures and can still be done: of several of the same matter, for new coordinators all signatures
    /// together, else the one that most have signed.
    fn open_proposals(&self) -> Result<Vec<Proposal>, Error> {
        let mut open: BTreeMap<Vec<Ref>, Proposal> = BTreeMap::new();
        for proposal in self.own_proposals()?.into_iter().chain(self.shared_proposals()?) {
            let Some(proposal) = self.if_open(proposal) else { continue };
            match open.entry(proposal.names()) {
                Entry::Vacant(place) => drop(place.insert(proposal)),
                Entry::Occupied(mut other) if proposal.is_recover() => other.get_mut().join(&proposal),
                Entry::Occupied(mut other) if other.get().signers().len() < proposal.signers().len() => {
                    other.insert(proposal);
                }
                Entry::Occupied(_) => {}
            }
        }
        let mut open: Vec<Proposal> = open.into_values().collect();
        for proposal in &mut open {
            self.keep_one_each(proposal);
        }
        Ok(open)
    }

    /// Of a choice of new coordinators one signature a person: nobody with many phones stands before others.
    pub(super) fn keep_one_each(&self, proposal: &mut Proposal) {
        let Some(group) = self.group.as_ref().filter(|_| proposal.is_recover()) else { return };
        let mut persons = BTreeSet::new();
        for device in proposal.signers() {
            if !persons.insert(group.person(device)) {
                proposal.forget(device);
            }
        }
    }

    /// With the signatures for new coordinators that this phone knows beside.
    pub(super) fn with_known(&self, mut proposal: Proposal) -> Result<Proposal, Error> {
        if proposal.is_recover() {
            let known = self.open_proposals()?.into_iter().find(|known| known.is_same(&proposal));
            if let Some(known) = known {
                proposal.join(&known);
                self.keep_one_each(&mut proposal);
            }
        }
        Ok(proposal)
    }

    /// What a screen shows of what waits: new coordinators after everything else, of those the three that most have signed
    /// for; and each time first what asks for the own signature.
    pub(in crate::app) fn proposals(&self) -> Result<Vec<view::Proposal>, Error> {
        if self.group.is_none() {
            return Ok(Vec::new());
        }
        let known = self.known()?;
        let mut open = self.open_proposals()?;
        open.extend(self.unconfirmed(&open)?);
        let left = self.left_unsigned(&known, &open);
        let (mut recovers, others): (Vec<_>, Vec<_>) = open.into_iter().partition(Proposal::is_recover);
        recovers.sort_by_key(|proposal| (!self.has_signed(proposal), Reverse(proposal.signers().len())));
        let mine = recovers.iter().filter(|proposal| self.has_signed(proposal)).count();
        recovers.truncate(mine + MOST_RECOVERS);
        let all = others.iter().chain(&recovers);
        let mut shown: Vec<_> = left;
        shown.extend(all.filter_map(|proposal| self.proposal_view(&known, proposal)));
        shown.sort_by_key(|proposal| (proposal.what == ChangeKind::Recovered, proposal.signed_by_me));
        Ok(shown)
    }

    /// What a code asks to sign.
    ///
    /// # Errors
    /// Those of [`State::cosign`], but not that it was signed here already.
    pub(in crate::app) fn proposal_of(&self, code: &str) -> Result<view::Proposal, Error> {
        let proposal = self.checked(read(code)?)?;
        self.may_sign(&proposal.acts)?;
        self.may_take_part(&proposal)?;
        let proposal = self.with_known(proposal)?;
        self.proposal_view(&self.known()?, &proposal).ok_or(Error::Invitation)
    }

    /// Whether anything is left to do, by signers who may.
    pub(super) fn is_open(&self, proposal: &Proposal) -> bool {
        self.if_open(proposal.clone()).is_some()
    }

    fn if_open(&self, proposal: Proposal) -> Option<Proposal> {
        let checked = match self.checked(proposal.clone()) {
            // What a coordinator's phone says is shown before it can be signed.
            Err(Error::NotHereYet) if !proposal.is_recover() => proposal,
            checked => checked.ok()?,
        };
        let mine = self.may_sign(&checked.acts).is_ok() && self.may_take_part(&checked).is_ok();
        mine.then_some(checked)
    }

    fn proposal_view(&self, known: &Known, proposal: &Proposal) -> Option<view::Proposal> {
        let log = &self.group.as_ref()?.log;
        let confirms = proposal.acts.iter().all(|act| self.is_confirmation(act));
        let left = proposal.acts.iter().flat_map(targets).all(|target| log.has_left(target));
        let (what, role, badge_until) = match proposal.acts.first()? {
            Members::Role { .. } if confirms => (ChangeKind::Kept, None, None),
            Members::Role { role, badge_until, .. } => (ChangeKind::Role, Some(*role), *badge_until),
            Members::Remove { .. } if left => (ChangeKind::Left, None, None),
            Members::Remove { .. } => (ChangeKind::Removed, None, None),
            Members::Replace { .. } => (ChangeKind::Replaced, None, None),
            Members::Recover { .. } => (ChangeKind::Recovered, Some(Role::Coordinator), None),
            _ => return None,
        };
        let needed = match what {
            ChangeKind::Recovered => u32::try_from(self.begun(&proposal.parents)?.quorum).unwrap_or(u32::MAX),
            _ => TWO,
        };
        let signed = self.persons_of(known, self.helpers_of(proposal).into_iter().chain(proposal.signers()));
        Some(view::Proposal {
            what,
            whom: self.persons_of(known, proposal.acts.iter().flat_map(targets)),
            role,
            until_s: badge_until.map(day_noon_s),
            needed,
            left: None,
            signed_by_me: signed.iter().any(|person| person.me),
            signed,
            code: match self.device() {
                Some(device) if proposal.is_recover() => proposal.part(device, MOST_IN_CODE).to_code(),
                _ => proposal.to_code(),
            },
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
