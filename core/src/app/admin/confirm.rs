//! A helper put a new phone in the place of a lost one, with nobody beside. Until an act of two has that in its past,
//! whoever is in office can undo it (see [`crate::group::Log::replaced_alone`]). So officials are asked to sign that it is
//! right: the role that the phone has, given once more by two.

use std::collections::BTreeSet;

use super::sign::targets;
use crate::{app::state::State, envelope::operation::Members, error::Error, group::Proposal, identity::DeviceId};

impl State {
    /// What officials are asked to sign and nobody has signed yet; nothing that is among `open`, and nothing that one did
    /// oneself or for oneself.
    pub(super) fn unconfirmed(&self, open: &[Proposal]) -> Result<Vec<Proposal>, Error> {
        let Ok(me) = self.my_person() else { return Ok(Vec::new()) };
        let group = self.group()?;
        let asked: BTreeSet<DeviceId> = open.iter().flat_map(|proposal| &proposal.acts).flat_map(targets).collect();
        let members = group.membership();
        let mut more = Vec::new();
        for (device, helper) in group.log.replaced_alone() {
            let Some(member) = members.devices.get(&device).filter(|member| member.person != me) else { continue };
            if asked.contains(&device) || group.person(helper) == me {
                continue;
            }
            let (role, badge_until) = (member.role, member.badge_until);
            let act = Members::Role { target: device, role, badge_until, cosignatures: Vec::new() };
            let proposal = Proposal { group: group.id, parents: group.log.heads(), acts: vec![act] };
            if self.is_open(&proposal) {
                more.push(proposal);
            }
        }
        Ok(more)
    }

    /// Whether an act only says that the phone is right which a helper alone put in the place of a lost one.
    pub(super) fn is_confirmation(&self, act: &Members) -> bool {
        let (Members::Role { target, role, badge_until, .. }, Some(group)) = (act, &self.group) else { return false };
        let member = group.membership().devices.get(target);
        let same = member.is_some_and(|member| member.role == *role && member.badge_until == *badge_until);
        same && group.log.replaced_alone().iter().any(|(device, _)| device == target)
    }

    /// The helpers, other than oneself, who did what these acts confirm: they said yes already.
    pub(super) fn helpers_of(&self, proposal: &Proposal) -> Vec<DeviceId> {
        let Some(group) = &self.group else { return Vec::new() };
        let mut helpers = group.log.replaced_alone();
        helpers.retain(|(device, _)| {
            proposal.acts.iter().any(|act| self.is_confirmation(act) && targets(act).contains(device))
        });
        let me = self.device().map(|device| group.person(device));
        helpers.into_iter().map(|(_, helper)| helper).filter(|helper| Some(group.person(*helper)) != me).collect()
    }
}
