//! Who belongs: the bodies of members operations, numbers 64 to 79.
//!
//! They lie in the log mailbox for ever, so they are small and hold no name, no house number and no reason. Power over
//! an official takes two people: extra signatures lie inside the operation and are bound to its parents, so that
//! nobody can use them at another point of the history. What an operation may do is judged in `group`.

mod charter;

use ratel_protocol::{Day, GroupId, Ref, TokenHash};

pub use charter::{ALERT_DAYS, Charter, DECISION_DAYS, MAX_PARTNERS, Partner, Party};

use super::{MAX_PARENTS, number};
use crate::{
    envelope::{
        codec::{DecodeError, Reader, Writer},
        crypto::{is_small_order, is_small_order_box},
    },
    identity::DeviceId,
    view::Role,
};

/// Fewest and most founders of a Genesis.
pub const FOUNDERS: std::ops::RangeInclusive<usize> = 2..=8;
/// Most coordinators of a Genesis, and of one Recover.
pub const MAX_NEW_COORDINATORS: usize = 3;
/// Most trustees of a Genesis.
pub const MAX_FOUNDING_TRUSTEES: usize = 5;
/// Most extra signatures of one operation: half of the largest neighbourhood (650 readers), rounded up to what a Recover
/// of linked devices could need.
pub const MAX_COSIGNATURES: usize = 400;
/// Most lists that one Keep names.
pub const MAX_LISTS: usize = 8;
/// Longest address of a relay (bytes).
pub const MAX_URL_BYTES: usize = 200;

/// A members operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Members {
    /// The beginning.
    Genesis(Genesis),
    /// Lets a device in, as patrol volunteer at most.
    Admit(Newcomer),
    /// Gives a member another role or another badge day.
    Role {
        /// Whose.
        target: DeviceId,
        /// The role after it.
        role: Role,
        /// Past this day screens show a neighbour; rights stay.
        badge_until: Option<Day>,
        /// Extra signatures.
        cosignatures: Vec<Cosignature>,
    },
    /// Takes a device out; of oneself it is leaving.
    Remove {
        /// Who goes.
        target: DeviceId,
        /// Extra signatures.
        cosignatures: Vec<Cosignature>,
    },
    /// Puts a new device in the place of a lost one, as resident.
    Replace {
        /// The lost one.
        target: DeviceId,
        /// The new one.
        device: NewDevice,
        /// Extra signatures.
        cosignatures: Vec<Cosignature>,
    },
    /// Lets in another device of the author's person, as resident.
    Link(NewDevice),
    /// Names the device that may replace the author's, or none any more.
    Helper {
        /// The helper.
        device: Option<DeviceId>,
    },
    /// The agreements, as a whole.
    Charter(Charter),
    /// The relay to use from now on.
    Relay {
        /// Its address.
        url: String,
    },
    /// Makes new coordinators by the signatures of many.
    Recover {
        /// Ascending, 1 to [`MAX_NEW_COORDINATORS`].
        coordinators: Vec<DeviceId>,
        /// Extra signatures.
        cosignatures: Vec<Cosignature>,
    },
    /// Says what stays of those who no longer count.
    Keep {
        /// Refs of Lists, ascending, 1 to [`MAX_LISTS`].
        lists: Vec<Ref>,
    },
    /// A kind of a later release: has its place in the history, does nothing here.
    Other {
        /// Its number.
        kind: u64,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// The first members and agreements. Its author is the first founder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genesis {
    /// With the author's signing key it makes the group's id.
    pub nonce: [u8; 16],
    /// The first agreements.
    pub charter: Charter,
    /// [`FOUNDERS`] devices, each the first of its person: 1 to 3 coordinators (the first of all is one), 0 to 5
    /// trustees.
    pub founders: Vec<Newcomer>,
}

/// What a device brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDevice {
    /// Ed25519.
    pub signing_key: [u8; 32],
    /// X25519, for boxed secrets; the first, which a Prekey may follow.
    pub kem_key: [u8; 32],
    /// What the relay may know of its token.
    pub token: TokenHash,
}

/// A device with its place: the first of its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newcomer {
    /// Its keys.
    pub device: NewDevice,
    /// Its role.
    pub role: Role,
    /// The invitation that it answers; an Admit whose author had seen another by it is void.
    pub invitation: Option<[u8; 16]>,
    /// Past this day screens show a neighbour; rights stay.
    pub badge_until: Option<Day>,
}

/// An extra signature, over [`Members::cosign_message`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cosignature {
    /// Who.
    pub device: DeviceId,
    /// Ed25519.
    pub signature: [u8; 64],
}

impl Members {
    /// The number of its kind.
    pub fn kind(&self) -> u64 {
        match self {
            Self::Genesis(_) => number::GENESIS,
            Self::Admit(_) => number::ADMIT,
            Self::Role { .. } => number::ROLE,
            Self::Remove { .. } => number::REMOVE,
            Self::Replace { .. } => number::REPLACE,
            Self::Link(_) => number::LINK,
            Self::Helper { .. } => number::HELPER,
            Self::Charter(_) => number::CHARTER,
            Self::Relay { .. } => number::RELAY,
            Self::Recover { .. } => number::RECOVER,
            Self::Keep { .. } => number::KEEP,
            Self::Other { kind, .. } => *kind,
        }
    }

    /// The extra signatures; none for kinds that take none.
    pub fn cosignatures(&self) -> &[Cosignature] {
        match self {
            Self::Role { cosignatures, .. }
            | Self::Remove { cosignatures, .. }
            | Self::Replace { cosignatures, .. }
            | Self::Recover { cosignatures, .. } => cosignatures,
            _ => &[],
        }
    }

    /// Where to add extra signatures; `None` for kinds that take none.
    pub fn cosignatures_mut(&mut self) -> Option<&mut Vec<Cosignature>> {
        match self {
            Self::Role { cosignatures, .. }
            | Self::Remove { cosignatures, .. }
            | Self::Replace { cosignatures, .. }
            | Self::Recover { cosignatures, .. } => Some(cosignatures),
            _ => None,
        }
    }

    /// What an extra signature covers: group, parents (count and refs, ascending), number of the kind, and the body
    /// without its extra signatures.
    pub fn cosign_message(&self, group: GroupId, parents: &[Ref]) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.bytes(b"ratel cosign 1");
        writer.bytes(&group.0);
        writer.ascending(&parents.iter().map(|parent| parent.0).collect::<Vec<_>>());
        writer.varint(self.kind());
        self.encode_alone(&mut writer);
        writer.into_bytes()
    }

    pub(crate) fn encode(&self, writer: &mut Writer) {
        self.encode_alone(writer);
        if self.takes_cosignatures() {
            let mut cosignatures = self.cosignatures().to_vec();
            cosignatures.sort_by_key(|cosignature| cosignature.device);
            cosignatures.dedup_by_key(|cosignature| cosignature.device);
            writer.count(cosignatures.len());
            for cosignature in &cosignatures {
                writer.bytes(&cosignature.device.0);
                writer.bytes(&cosignature.signature);
            }
        }
    }

    fn takes_cosignatures(&self) -> bool {
        matches!(self, Self::Role { .. } | Self::Remove { .. } | Self::Replace { .. } | Self::Recover { .. })
    }

    fn encode_alone(&self, writer: &mut Writer) {
        match self {
            Self::Genesis(genesis) => {
                writer.bytes(&genesis.nonce);
                genesis.charter.encode(writer);
                writer.count(genesis.founders.len());
                genesis.founders.iter().for_each(|founder| founder.encode(writer));
            }
            Self::Admit(newcomer) => newcomer.encode(writer),
            Self::Role { target, role, badge_until, .. } => {
                writer.bytes(&target.0);
                writer.u8(role_number(*role));
                write_day(*badge_until, writer);
            }
            Self::Remove { target, .. } => writer.bytes(&target.0),
            Self::Replace { target, device, .. } => {
                writer.bytes(&target.0);
                device.encode(writer);
            }
            Self::Link(device) => device.encode(writer),
            Self::Helper { device } => {
                writer.bool(device.is_some());
                writer.bytes(device.as_ref().map_or(&[], |device| &device.0));
            }
            Self::Charter(charter) => charter.encode(writer),
            Self::Relay { url } => writer.text(url),
            Self::Recover { coordinators, .. } => {
                writer.ascending(&coordinators.iter().map(|device| device.0).collect::<Vec<_>>());
            }
            Self::Keep { lists } => writer.ascending(&lists.iter().map(|list| list.0).collect::<Vec<_>>()),
            Self::Other { bytes, .. } => writer.bytes(bytes),
        }
    }

    /// Every number of the family has a meaning: what this release does not know is [`Members::Other`].
    pub(crate) fn decode(kind: u64, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(match kind {
            number::GENESIS => Self::Genesis(Genesis::decode(reader)?),
            number::ADMIT => {
                let newcomer = Newcomer::decode(reader)?;
                if newcomer.role > Role::Patrol {
                    return Err(DecodeError("nobody is admitted as an official"));
                }
                Self::Admit(newcomer)
            }
            number::ROLE => Self::Role {
                target: DeviceId(reader.array()?),
                role: role_from(reader.u8()?)?,
                badge_until: read_day(reader)?,
                cosignatures: read_cosignatures(reader)?,
            },
            number::REMOVE => {
                Self::Remove { target: DeviceId(reader.array()?), cosignatures: read_cosignatures(reader)? }
            }
            number::REPLACE => Self::Replace {
                target: DeviceId(reader.array()?),
                device: NewDevice::decode(reader)?,
                cosignatures: read_cosignatures(reader)?,
            },
            number::LINK => Self::Link(NewDevice::decode(reader)?),
            number::HELPER => {
                Self::Helper { device: if reader.bool()? { Some(DeviceId(reader.array()?)) } else { None } }
            }
            number::CHARTER => Self::Charter(Charter::decode(reader)?),
            number::RELAY => Self::Relay { url: reader.text(MAX_URL_BYTES)? },
            number::RECOVER => Self::Recover {
                coordinators: read_some(reader, MAX_NEW_COORDINATORS)?.into_iter().map(DeviceId).collect(),
                cosignatures: read_cosignatures(reader)?,
            },
            number::KEEP => Self::Keep { lists: read_some(reader, MAX_LISTS)?.into_iter().map(Ref).collect() },
            _ => Self::Other { kind, bytes: reader.bytes(reader.remaining())?.to_vec() },
        })
    }

    /// Why it can have no place in the history at all, whoever wrote it.
    pub fn check_parents(&self, parents: &[Ref]) -> Result<(), DecodeError> {
        match (self, parents.len()) {
            (Self::Genesis(_), 0) => Ok(()),
            (Self::Genesis(_), _) => Err(DecodeError("a beginning has nothing before it")),
            (_, 1..=MAX_PARENTS) => Ok(()),
            _ => Err(DecodeError("a members operation follows others")),
        }
    }
}

impl Genesis {
    /// The group's id, given the signing key of the author.
    pub fn group(&self, signing_key: &[u8; 32]) -> GroupId {
        group_id(signing_key, &self.nonce)
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let nonce = reader.array()?;
        let charter = Charter::decode(reader)?;
        let count = reader.count(*FOUNDERS.end())?;
        let founders = (0..count).map(|_| Newcomer::decode(reader)).collect::<Result<Vec<_>, _>>()?;
        let genesis = Self { nonce, charter, founders };
        genesis.check()?;
        Ok(genesis)
    }

    /// The rules of a beginning. There is no rule for a lone official: one who could once sign alone could take the
    /// group back for ever by dating acts to that time.
    pub fn check(&self) -> Result<(), DecodeError> {
        let having = |role| self.founders.iter().filter(|founder| founder.role == role).count();
        let mut devices: Vec<_> = self.founders.iter().map(|founder| founder.device.id()).collect();
        devices.sort_unstable();
        devices.dedup();
        if !FOUNDERS.contains(&self.founders.len()) {
            return Err(DecodeError("a beginning takes two persons"));
        }
        if devices.len() != self.founders.len() {
            return Err(DecodeError("a founder twice"));
        }
        if self.founders.first().is_none_or(|first| first.role != Role::Coordinator) {
            return Err(DecodeError("the first founder is no coordinator"));
        }
        if having(Role::Coordinator) > MAX_NEW_COORDINATORS || having(Role::Trustee) > MAX_FOUNDING_TRUSTEES {
            return Err(DecodeError("too many officials"));
        }
        Ok(())
    }
}

/// `SHA-256("ratel group", Genesis signing key, Genesis nonce)[..16]`.
pub fn group_id(signing_key: &[u8; 32], nonce: &[u8; 16]) -> GroupId {
    let hash = crate::envelope::crypto::sha256(&[b"ratel group", signing_key, nonce]);
    let mut id = [0; 16];
    id.copy_from_slice(hash.split_at(16).0);
    GroupId(id)
}

impl NewDevice {
    /// Its id.
    pub fn id(&self) -> DeviceId {
        DeviceId::of(&self.signing_key, &self.kem_key, &self.token)
    }

    pub(crate) fn encode(&self, writer: &mut Writer) {
        writer.bytes(&self.signing_key);
        writer.bytes(&self.kem_key);
        writer.bytes(&self.token.0);
    }

    /// Refuses keys of small order: such a signing key accepts signatures for anything, such a box opens for anybody.
    pub(crate) fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let device = Self { signing_key: reader.array()?, kem_key: reader.array()?, token: TokenHash(reader.array()?) };
        if is_small_order(&device.signing_key) || is_small_order_box(&device.kem_key) {
            return Err(DecodeError("device key of small order"));
        }
        Ok(device)
    }
}

impl Newcomer {
    fn encode(&self, writer: &mut Writer) {
        self.device.encode(writer);
        writer.u8(role_number(self.role));
        writer.bool(self.invitation.is_some());
        writer.bytes(self.invitation.as_ref().map_or(&[], |invitation| invitation));
        write_day(self.badge_until, writer);
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            device: NewDevice::decode(reader)?,
            role: role_from(reader.u8()?)?,
            invitation: if reader.bool()? { Some(reader.array()?) } else { None },
            badge_until: read_day(reader)?,
        })
    }
}

fn read_cosignatures(reader: &mut Reader<'_>) -> Result<Vec<Cosignature>, DecodeError> {
    let count = reader.count(MAX_COSIGNATURES)?;
    let mut out: Vec<Cosignature> = Vec::with_capacity(count.min(8));
    for _ in 0..count {
        let next = Cosignature { device: DeviceId(reader.array()?), signature: reader.array()? };
        if out.last().is_some_and(|last| last.device >= next.device) {
            return Err(DecodeError("extra signatures not ascending"));
        }
        out.push(next);
    }
    Ok(out)
}

fn read_some(reader: &mut Reader<'_>, most: usize) -> Result<Vec<[u8; 16]>, DecodeError> {
    let ids = reader.ascending(most)?;
    if ids.is_empty() { Err(DecodeError("names nothing")) } else { Ok(ids) }
}

fn write_day(day: Option<Day>, writer: &mut Writer) {
    writer.bool(day.is_some());
    if let Some(day) = day {
        writer.u16(day.0);
    }
}

fn read_day(reader: &mut Reader<'_>) -> Result<Option<Day>, DecodeError> {
    if reader.bool()? { reader.u16().map(Day).map(Some) } else { Ok(None) }
}

const ROLES: [Role; 5] = [Role::Resident, Role::Wijkagent, Role::Patrol, Role::Trustee, Role::Coordinator];

fn role_number(role: Role) -> u8 {
    match role {
        Role::Resident => 1,
        Role::Wijkagent => 2,
        Role::Patrol => 3,
        Role::Trustee => 4,
        Role::Coordinator => 5,
    }
}

fn role_from(number: u8) -> Result<Role, DecodeError> {
    ROLES.into_iter().find(|role| role_number(*role) == number).ok_or(DecodeError("unknown role"))
}
