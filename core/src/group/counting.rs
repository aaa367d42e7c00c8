//! Which content counts: its author is a member now whose role allows it, or a counted Keep lists it.
//!
//! No answer, no `seen` and no reference makes anything count: an automatic `seen` would otherwise bring back what a
//! thief dated to an earlier day.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::Ref;

use super::{Membership, log::Log, state::Scope};
use crate::{
    envelope::operation::{Content, keys::Channel},
    identity::DeviceId,
    view::{QuarantineReason, Role},
};

/// Envelopes that counted Keeps list, as far as the Lists have come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Kept {
    /// Whoever wrote them.
    all: BTreeSet<Ref>,
    /// Only if one of these devices wrote them.
    of: BTreeMap<Ref, BTreeSet<DeviceId>>,
}

impl Kept {
    pub(super) fn of(log: &Log, keeps: &BTreeMap<Ref, Scope>, lists: &BTreeMap<Ref, Vec<Ref>>) -> Self {
        let mut kept = Self::default();
        for (list, scope) in keeps {
            let refs = lists.get(list).map(Vec::as_slice).unwrap_or_default();
            match scope {
                Scope::All => kept.all.extend(refs),
                Scope::Of(devices) => {
                    let devices: BTreeSet<_> = devices.iter().map(|device| log.device_id(*device)).collect();
                    for item in refs {
                        kept.of.entry(*item).or_default().extend(&devices);
                    }
                }
            }
        }
        kept
    }

    fn keeps(&self, envelope: &Ref, author: DeviceId) -> bool {
        self.all.contains(envelope) || self.of.get(envelope).is_some_and(|devices| devices.contains(&author))
    }
}

impl Membership {
    /// Whether an authentic envelope of the content mailbox counts. Who may change whose document is judged elsewhere.
    pub fn counts(&self, envelope: Ref, author: DeviceId, channel: Channel, content: &Content) -> bool {
        self.may_write_now(author, channel, content) || self.keep_stands(envelope, author, content)
    }

    /// Whether the author is a member now, the role allows it in this channel and the charter allows its kind.
    pub fn may_write_now(&self, author: DeviceId, channel: Channel, content: &Content) -> bool {
        self.role(author).is_some_and(|role| self.role_may_write(role, channel, content))
    }

    /// Whether somebody of this role may write this now.
    pub fn role_may_write(&self, role: Role, channel: Channel, content: &Content) -> bool {
        role_allows(role, channel, content) && self.charter_allows(role, content)
    }

    /// Why what somebody of this role wrote does not count by itself; none of who is no member, and none if it counts.
    pub fn why_not(&self, role: Option<Role>, channel: Channel, content: &Content) -> Option<QuarantineReason> {
        match role {
            None => Some(QuarantineReason::NotMember),
            Some(role) if !role_allows(role, channel, content) => Some(QuarantineReason::Role),
            Some(role) if !self.charter_allows(role, content) => Some(QuarantineReason::Charter),
            Some(_) => None,
        }
    }

    fn charter_allows(&self, role: Role, content: &Content) -> bool {
        match (content, &self.charter) {
            (Content::Alert(alert), Some(charter)) => charter.may_post(role, alert.kind),
            _ => true,
        }
    }

    /// Whether a counted Keep lists the envelope for this author, and the Keep stands for it. An official's Keep is a
    /// decision and stands for whatever it lists. What a person kept of his own, or a helper of hers, stands for what
    /// would be lost by going: it does not bring in what the agreements forbid, or anybody could keep his own forbidden
    /// alert (R03).
    pub fn keep_stands(&self, envelope: Ref, author: DeviceId, content: &Content) -> bool {
        let allowed = match (content, &self.charter) {
            (Content::Alert(alert), Some(charter)) => charter.allows(alert.kind),
            _ => true,
        };
        let gone = self.role(author).is_none() && allowed;
        self.kept.all.contains(&envelope) || gone && self.is_kept(envelope, author)
    }

    /// Envelopes that counted Keeps list now and did not list before.
    pub fn newly_kept(&self, before: &Self) -> Vec<Ref> {
        let of = self.kept.of.iter().filter(|(id, devices)| before.kept.of.get(id) != Some(*devices)).map(|(id, _)| id);
        self.kept.all.difference(&before.kept.all).chain(of).copied().collect()
    }

    /// Whether a counted Keep lists the envelope for this author.
    pub fn is_kept(&self, envelope: Ref, author: DeviceId) -> bool {
        self.kept.keeps(&envelope, author)
    }
}

fn role_allows(role: Role, channel: Channel, content: &Content) -> bool {
    match channel {
        Channel::Street => may_write_in_street(role, content),
        Channel::Team => matches!(role, Role::Patrol | Role::Coordinator) && is_talk(content),
        Channel::Coordination => match content {
            // A trustee signs too, but reads no coordination: her phone hands a proposal over as a code.
            Content::Reason { .. } | Content::Invitation { .. } | Content::Proposal { .. } => role == Role::Coordinator,
            _ => matches!(role, Role::Wijkagent | Role::Coordinator) && is_talk(content),
        },
    }
}

fn may_write_in_street(role: Role, content: &Content) -> bool {
    match content {
        // In the street neighbours sign for new coordinators, in which the police have no voice.
        Content::Alert(_)
        | Content::Edit { .. }
        | Content::Withdraw
        | Content::Answer { .. }
        | Content::Proposal { .. } => role != Role::Wijkagent,
        Content::Called112 { .. }
        | Content::Profile { .. }
        | Content::Seen
        | Content::Letter(_)
        | Content::Erase { .. } => true,
        Content::Street { .. } => role == Role::Coordinator,
        Content::Note { .. } | Content::Reason { .. } | Content::Invitation { .. } => false,
    }
}

/// Notes, and what changes or ends them.
fn is_talk(content: &Content) -> bool {
    matches!(content, Content::Note { .. } | Content::Edit { .. } | Content::Withdraw | Content::Erase { .. })
}
