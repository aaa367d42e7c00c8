//! Stopping: always at once, by oneself. Afterwards those who stay sign that the phone is out, so that nothing is done with
//! it in that name any more: of a coordinator or trustee two who are asked, of others a coordinator's phone by itself.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::{acts::remove, stand_in};
use crate::{
    app::{
        keys::TURN_MS,
        known::Known,
        state::{Group, State},
    },
    envelope::operation::Members,
    error::Error,
    group::{COORDINATOR_CAP, Inserted, MembersOperation, Proposal},
    identity::{DeviceId, PersonId},
    view::{self, ChangeKind},
};

const DAY_MS: i64 = 86_400_000;

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

    /// Whether this coordinator's phone is to say that somebody who stopped is out.
    pub(in crate::app) fn leavers_are_due(&self) -> Result<bool, Error> {
        Ok(!self.leavers_due()?.is_empty())
    }

    /// Takes out who stopped. The i-th coordinator's phone, in an order that all compute, waits a day and i times twenty
    /// seconds and looks again: a thief may have stopped for somebody whose helper replaces the phone meanwhile, and that
    /// stands before a leave, but not before a removal.
    pub(in crate::app) fn take_out_leavers(&mut self) -> Result<(), Error> {
        for (leaver, leave) in self.leavers_due()? {
            let before = self.group()?.membership().clone();
            match self.removal_that_counts(leaver, &leave)? {
                Some(parents) => {
                    self.write_members_after(remove(leaver), parents)?;
                    self.look_again()?;
                    self.follow(&before)?;
                }
                None => drop(self.left_alone.insert(leave)),
            }
        }
        Ok(())
    }

    /// The leave that a removal answers: it came here first. Whoever was taken out can date a leave back for ever.
    pub(in crate::app) fn leave_before(&self, removal: &Ref) -> Result<Option<Ref>, Error> {
        let Some(group) = &self.group else { return Ok(None) };
        let leaves = group.log.leaves_before_removal(removal);
        let Some(removed) = self.store.arrival(*removal)?.filter(|_| !leaves.is_empty()) else { return Ok(None) };
        let mut first = None;
        for leave in leaves {
            let arrival = self.store.arrival(leave)?.filter(|arrival| *arrival < removed);
            first = first.into_iter().chain(arrival.map(|arrival| (arrival, leave))).min();
        }
        Ok(first.map(|(_, leave)| leave))
    }

    /// What a removal of a device that left names, if it will count: who coordinates only since then has no say about it.
    fn removal_that_counts(&self, leaver: DeviceId, leave: &Ref) -> Result<Option<Vec<Ref>>, Error> {
        let (author, mut log) = (self.keys()?.device(), self.group()?.log.clone());
        let Some(parents) = log.parents_to_take_out(leave, author) else { return Ok(None) };
        let id = stand_in(0);
        let entered = log.insert(MembersOperation { id, author, parents: parents.clone(), body: remove(leaver) });
        let counts = entered == Inserted::Entered && log.membership().counting.contains(&id);
        Ok(counts.then_some(parents))
    }

    fn leavers_due(&self) -> Result<Vec<(DeviceId, Ref)>, Error> {
        let (Some(me), Some(group)) = (self.device(), &self.group) else { return Ok(Vec::new()) };
        let members = group.membership();
        // Nobody's leaving uses up what a coordinator may do.
        if !members.is_coordinator(me) || group.log.acts_of(me) > COORDINATOR_CAP / 2 {
            return Ok(Vec::new());
        }
        let mut due = Vec::new();
        for (leaver, leave) in group.log.left_residents() {
            let Some(stored) = self.store.envelope(leave)?.filter(|_| !self.left_alone.contains(&leave)) else {
                continue;
            };
            let coordinators = members.devices.keys().copied().filter(|it| members.is_coordinator(*it));
            let turn_ms = TURN_MS.saturating_mul(Group::turn_of(&leave.0, me, coordinators));
            let wait_ms = turn_ms.saturating_add(DAY_MS);
            if !(0..wait_ms).contains(&(self.now_ms() - stored.received_ms)) {
                due.push((leaver, leave));
            }
        }
        Ok(due)
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
