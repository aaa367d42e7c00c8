//! Who belongs now, as everybody else reads it.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Day, GroupId, Ref, TokenHash};

use super::{
    counting::Kept,
    log::{Log, Verify},
    state::{Slot, State},
    taken::taken,
};
use crate::{
    envelope::operation::{
        keys::Channel,
        members::{Charter, Party},
    },
    identity::{DeviceId, PersonId},
    view::Role,
};

/// A device that is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its role.
    pub role: Role,
    /// Its person.
    pub person: PersonId,
    /// Ed25519.
    pub signing_key: [u8; 32],
    /// X25519, unless a Prekey gave a newer one.
    pub kem_key: [u8; 32],
    /// What the relay may know of its token.
    pub token: TokenHash,
    /// Past this day screens show a neighbour; rights stay.
    pub badge_until: Option<Day>,
    /// Who let it in; itself for the author of the beginning.
    pub admitted_by: DeviceId,
    /// The operation that let it in.
    pub admitted_in: Ref,
    /// The device that may replace it.
    pub helper: Option<DeviceId>,
}

/// A device that was in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Former {
    /// Its person.
    pub person: PersonId,
    /// What the relay is to forget.
    pub token: TokenHash,
}

/// The neighbourhood after all operations that are here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Membership {
    /// Devices that are in.
    pub devices: BTreeMap<DeviceId, Member>,
    /// Devices that were in.
    pub former: BTreeMap<DeviceId, Former>,
    /// The agreements; `None` before the beginning has come.
    pub charter: Option<Charter>,
    /// The operation that wrote them.
    pub charter_in: Option<Ref>,
    /// The relay that the group agreed on; `None` while that is the one of the invitation.
    pub relay: Option<String>,
    /// Invitations that let somebody in.
    pub invitations: BTreeSet<[u8; 16]>,
    /// Lists that a counted Keep names: wanted, and never dropped while they live.
    pub kept_lists: BTreeSet<Ref>,
    /// Operations that count.
    pub counting: BTreeSet<Ref>,
    /// What the next operation names, ascending.
    pub heads: Vec<Ref>,
    /// Persons who have to sign so that a Recover counts.
    pub quorum: usize,
    /// What a wijkagent reads by these agreements.
    pub(super) police: PoliceReads,
    pub(super) kept: Kept,
    /// Operations that took a reader away, with the channel.
    pub(super) taken: BTreeSet<(Ref, Channel)>,
}

/// What a wijkagent reads. Nothing flows to a partner that has not signed (R49): without the police's own signature not
/// even coordination, whatever role the log gave. The goodness of a signature is a function of group and charter, so
/// this is a function of the log; no operation is refused for it in replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PoliceReads {
    coordination: bool,
    street: bool,
}

impl PoliceReads {
    pub(super) fn of(charter: &Charter, group: GroupId, verify: Verify) -> Self {
        let mut police = charter.partners.iter().filter(|partner| partner.party == Party::Police);
        let signed = police.any(|partner| partner.is_signed_by(group, verify));
        Self { coordination: signed, street: signed && charter.police_read }
    }
}

/// Most heads that an operation names.
const MAX_HEADS: usize = crate::envelope::operation::MAX_PARENTS;

impl Membership {
    pub(super) fn of(log: &Log, state: &State, lists: &BTreeMap<Ref, Vec<Ref>>) -> Self {
        let id = |number: usize| log.nodes.get(number).map(|node| node.place.1).unwrap_or_default();
        let counts = log.counts();
        let mut out = Self {
            charter: state.charter.as_ref().map(|(charter, _)| charter.clone()),
            charter_in: state.charter.as_ref().map(|(_, number)| id(*number)),
            police: state.charter.as_ref().and_then(|(_, number)| log.nodes.get(*number)?.police).unwrap_or_default(),
            relay: state.relay.clone(),
            invitations: state.invitations.clone(),
            kept_lists: state.keeps.keys().copied().collect(),
            // Both in the order of ids: a set that is made of what is in order is made at once.
            counting: log.ids().filter(|(_, number)| counts.get(*number) == Some(&true)).map(|(id, _)| id).collect(),
            heads: heads(log, &counts),
            quorum: state.quorum(),
            kept: Kept::of(log, &state.keeps, lists),
            taken: taken(log),
            ..Self::default()
        };
        let (mut devices, mut former) = (Vec::new(), Vec::new());
        for (device, number) in log.devices() {
            let Some(slot) = state.slot(number) else { continue };
            let Slot { keys, badge_until, .. } = *slot;
            let person = log.person_of(slot.person);
            let Some(role) = slot.role else {
                former.push((device, Former { person, token: keys.token }));
                continue;
            };
            let member = Member {
                role,
                person,
                signing_key: keys.signing_key,
                kem_key: keys.kem_key,
                token: keys.token,
                badge_until,
                admitted_by: log.device_id(slot.admitted_by),
                admitted_in: id(slot.admitted_in),
                helper: slot.helper.map(|helper| log.device_id(helper)),
            };
            devices.push((device, member));
        }
        (out.devices, out.former) = (devices.into_iter().collect(), former.into_iter().collect());
        out
    }

    /// Nobody is in: the beginning was not written or has not come.
    pub fn is_empty(&self) -> bool {
        self.devices.is_empty()
    }

    /// Whether the device is in.
    pub fn is_member(&self, device: DeviceId) -> bool {
        self.devices.contains_key(&device)
    }

    /// Whether the device was in and is no more.
    pub fn was_removed(&self, device: DeviceId) -> bool {
        self.former.contains_key(&device)
    }

    /// The role of a device that is in.
    pub fn role(&self, device: DeviceId) -> Option<Role> {
        self.devices.get(&device).map(|member| member.role)
    }

    /// Whether the device is a coordinator's.
    pub fn is_coordinator(&self, device: DeviceId) -> bool {
        self.role(device) == Some(Role::Coordinator)
    }

    /// The person of a device that is or was in.
    pub fn person(&self, device: DeviceId) -> Option<PersonId> {
        let member = self.devices.get(&device).map(|member| member.person);
        member.or_else(|| self.former.get(&device).map(|former| former.person))
    }

    /// Whether a device reads a channel.
    pub fn reads(&self, device: DeviceId, channel: Channel) -> bool {
        self.role(device).is_some_and(|role| role_reads(role, channel, self.police))
    }

    /// Whether the police have signed what they may read: only then does anything flow to a wijkagent.
    pub fn police_signed(&self) -> bool {
        self.police.coordination
    }

    /// The readers of a channel with the box keys that let them in, ascending.
    pub fn readers(&self, channel: Channel) -> Vec<(DeviceId, [u8; 32])> {
        let readers = self.devices.iter().filter(|(device, _)| self.reads(**device, channel));
        readers.map(|(device, member)| (*device, member.kem_key)).collect()
    }

    /// Devices whose role is another in `after`, or that are in only one of the two.
    pub fn changed(&self, after: &Self) -> BTreeSet<DeviceId> {
        let devices = self.devices.keys().chain(after.devices.keys());
        devices.copied().filter(|device| self.role(*device) != after.role(*device)).collect()
    }

    /// Different persons who are in.
    pub fn persons(&self) -> usize {
        self.devices.values().map(|member| member.person).collect::<BTreeSet<_>>().len()
    }
}

/// Whether a role reads a channel, by what the agreements give to a wijkagent.
pub(super) fn role_reads(role: Role, channel: Channel, police: PoliceReads) -> bool {
    match (channel, role) {
        (Channel::Street, Role::Wijkagent) => police.street,
        (Channel::Street, _) | (Channel::Team | Channel::Coordination, Role::Coordinator) => true,
        (Channel::Team, role) => role == Role::Patrol,
        (Channel::Coordination, role) => role == Role::Wijkagent && police.coordination,
    }
}

/// Operations that count and have none that counts after them; of more than eight the greatest by (depth, id).
pub(super) fn heads(log: &Log, counts: &[bool]) -> Vec<Ref> {
    let mut covered = vec![false; log.nodes.len()];
    let mut heads = Vec::new();
    for number in log.order.iter().rev() {
        let (Some(node), Some(counts), Some(below)) =
            (log.nodes.get(*number), counts.get(*number), covered.get(*number).copied())
        else {
            continue;
        };
        if *counts && !below && heads.len() < MAX_HEADS {
            heads.push(node.place.1);
        }
        if *counts || below {
            for parent in &node.parents {
                if let Some(mark) = covered.get_mut(*parent) {
                    *mark = true;
                }
            }
        }
    }
    heads.sort_unstable();
    heads
}
