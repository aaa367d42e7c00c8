//! Stopping: always at once, by oneself. Of a coordinator or trustee two of those who stay sign afterwards that the phone
//! is out, so that nothing is done with it in that name any more. Of others no phone does so by itself: its removal
//! would carry forward what the leaver chose to name, be it what a removed neighbour dated back.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::acts::remove;
use crate::{
    app::{known::Known, state::State},
    envelope::operation::Members,
    error::Error,
    group::Proposal,
    identity::{DeviceId, PersonId},
    view::{self, ChangeKind},
};

/// Signatures over an official.
pub(super) const TWO: u32 = 2;

impl State {
    /// Leaves: this phone, and before it what other phones of the person a coordinator may take out. Never refused.
    pub(in crate::app) fn leave(&mut self) -> Result<(), Error> {
        let me = self.keys()?.device();
        let coordinator = self.group()?.membership().is_coordinator(me);
        let mine = self.devices_of(self.my_person()?)?;
        let others = mine.into_iter().filter(|(device, member)| *device != me && !member.role.is_official());
        let mut acts: Vec<Members> = others.filter(|_| coordinator).map(|(device, _)| remove(device)).collect();
        acts.push(remove(me));
        self.administer(acts)?;
        Ok(())
    }

    /// Whether a removal answers a leave: one came here first. Whoever was taken out can date a leave back for ever.
    pub(super) fn answers_a_leave(&self, removal: &Ref) -> Result<bool, Error> {
        let Some(group) = &self.group else { return Ok(false) };
        for leave in group.log.leaves_before_removal(removal) {
            let (left, removed) = (self.store.arrival(leave)?, self.store.arrival(*removal)?);
            if left.zip(removed).is_some_and(|(left, removed)| left < removed) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Signs first that an official who stopped is out; gives the code for the second signer.
    pub(in crate::app) fn sign_left(&mut self, person: &str) -> Result<String, Error> {
        let device = self.keys()?.device();
        let person = PersonId::from_hex(person).ok_or(Error::NoSuchMember)?;
        let group = self.group()?;
        let left = group.log.left_officials();
        let left: BTreeSet<DeviceId> = left.into_iter().filter(|device| group.person(*device) == person).collect();
        if left.is_empty() {
            return Err(Error::NoSuchMember);
        }
        let acts = left.iter().copied().map(remove).collect();
        let mut proposal = Proposal { group: group.id, parents: group.log.heads_without(&left), acts };
        self.may_sign(&proposal.acts)?;
        proposal.sign(device, &self.keys()?.signing);
        self.pass_on(&proposal)?;
        Ok(proposal.to_code())
    }

    /// Officials who stopped and of whom nobody has signed yet that they are out; `open` are the proposals that wait. Where
    /// fewer than two could sign, nobody is asked.
    pub(super) fn left_unsigned(&self, known: &Known, open: &[Proposal]) -> Vec<view::Proposal> {
        let Some(group) = &self.group else { return Vec::new() };
        let members = &group.membership().devices;
        let officials: BTreeSet<PersonId> =
            members.values().filter(|member| member.role.is_official()).map(|member| member.person).collect();
        let mut left = group.log.left_officials();
        for act in open.iter().flat_map(|proposal| &proposal.acts) {
            if let Members::Remove { target, .. } = act {
                left.remove(target);
            }
        }
        if officials.len() < 2 || known.me.is_none_or(|me| !officials.contains(&me)) {
            return Vec::new();
        }
        let mut seen = BTreeSet::new();
        let persons = left.into_iter().filter(|device| seen.insert(group.person(*device)));
        let ask = |device| view::Proposal {
            what: ChangeKind::Left,
            whom: vec![self.person_view(known, device)],
            role: None,
            until_s: None,
            signed: Vec::new(),
            needed: TWO,
            signed_by_me: false,
            left: Some(group.person(device).to_hex()),
            code: String::new(),
        };
        persons.map(ask).collect()
    }
}
