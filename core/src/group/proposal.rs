//! Acts that take more than one signature, on their way from one signer to the next.
//!
//! A signature covers the group, the parents and the act itself: nobody can use it at another point of the history. The
//! last signer writes the acts, with exactly these parents, as their author.

use std::collections::BTreeSet;

use ratel_protocol::{GroupId, Ref};

use super::{CodeKind, write_code};
use crate::{
    envelope::{
        DecodeError, Reader, Writer,
        crypto::{SigningKey, sha256, verify},
        operation::{
            MAX_PARENTS, Members,
            members::{Cosignature, MAX_COSIGNATURES},
        },
    },
    identity::DeviceId,
};

/// Most acts of one proposal: the devices of one person, or of a few.
const MAX_ACTS: usize = 16;
/// Longest act in a proposal (bytes): a Recover with all the signatures that one can have.
const MAX_ACT_BYTES: usize = (MAX_COSIGNATURES + 1) * 80;

/// Acts with the signatures that they have so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The group.
    pub group: GroupId,
    /// What the first signer had seen, ascending.
    pub parents: Vec<Ref>,
    /// The acts: Role, Remove, Replace or Recover.
    pub acts: Vec<Members>,
}

impl Proposal {
    /// Adds a signature to every act.
    pub fn sign(&mut self, device: DeviceId, key: &SigningKey) {
        for act in &mut self.acts {
            let signature = key.sign(&act.cosign_message(self.group, &self.parents));
            if let Some(cosignatures) = act.cosignatures_mut() {
                cosignatures.push(Cosignature { device, signature });
                cosignatures.sort_by_key(|cosignature| cosignature.device);
            }
        }
    }

    /// Who has signed every act.
    pub fn signers(&self) -> BTreeSet<DeviceId> {
        let mut acts = self.acts.iter().map(signers_of);
        let first = acts.next().unwrap_or_default();
        acts.fold(first, |all, of| &all & &of)
    }

    /// Whether every signature is good, by the keys that `key_of` gives.
    pub fn is_signed(&self, key_of: impl Fn(DeviceId) -> Option<[u8; 32]>) -> bool {
        self.acts.iter().all(|act| {
            let message = act.cosign_message(self.group, &self.parents);
            act.cosignatures()
                .iter()
                .all(|by| key_of(by.device).is_some_and(|key| verify(&key, &message, &by.signature)))
        })
    }

    /// Whether it makes new coordinators: many sign that, each where he stands.
    pub fn is_recover(&self) -> bool {
        matches!(self.acts.first(), Some(Members::Recover { .. }))
    }

    /// Whether it is the same matter, whoever has signed.
    pub fn is_same(&self, other: &Self) -> bool {
        self.names() == other.names()
    }

    /// Adds the signatures of another proposal of the same matter.
    pub fn join(&mut self, other: &Self) {
        for (act, other) in self.acts.iter_mut().zip(&other.acts) {
            let Some(cosignatures) = act.cosignatures_mut() else { continue };
            let known: BTreeSet<DeviceId> = cosignatures.iter().map(|by| by.device).collect();
            cosignatures.extend(other.cosignatures().iter().filter(|by| !known.contains(&by.device)));
            cosignatures.sort_by_key(|by| by.device);
        }
    }

    /// Forgets signatures that are not good, by the keys that `key_of` gives, and those of who has no key there.
    pub fn keep_good(&mut self, key_of: impl Fn(DeviceId) -> Option<[u8; 32]>) {
        for act in &mut self.acts {
            let message = act.cosign_message(self.group, &self.parents);
            if let Some(cosignatures) = act.cosignatures_mut() {
                cosignatures.retain(|by| key_of(by.device).is_some_and(|key| verify(&key, &message, &by.signature)));
            }
        }
    }

    /// The same with the signature of this device alone; none if it has not signed.
    pub fn of_one(mut self, device: DeviceId) -> Option<Self> {
        for cosignatures in self.acts.iter_mut().filter_map(Members::cosignatures_mut) {
            cosignatures.retain(|by| by.device == device);
        }
        if self.signers().is_empty() { None } else { Some(self) }
    }

    /// Forgets one signature.
    pub fn forget(&mut self, device: DeviceId) {
        for cosignatures in self.acts.iter_mut().filter_map(Members::cosignatures_mut) {
            cosignatures.retain(|by| by.device != device);
        }
    }

    /// The same with so many signatures at most: that of `device`, and of the others some that nobody chooses, on each
    /// phone other ones.
    #[must_use]
    pub fn part(&self, device: DeviceId, most: usize) -> Self {
        let mut part = self.clone();
        for cosignatures in part.acts.iter_mut().filter_map(Members::cosignatures_mut) {
            cosignatures.sort_by_cached_key(|by| (by.device != device, sha256(&[&device.0, &by.device.0])));
            cosignatures.truncate(most);
            cosignatures.sort_by_key(|by| by.device);
        }
        part
    }

    /// What its acts are named by, whoever signs.
    pub fn names(&self) -> Vec<Ref> {
        self.acts.iter().map(|act| Self::name_of(self.group, &self.parents, act)).collect()
    }

    /// What its reasons and its signed acts name it by, whoever signs last.
    pub fn name_of(group: GroupId, parents: &[Ref], act: &Members) -> Ref {
        let mut name = [0; 16];
        name.copy_from_slice(sha256(&[&act.cosign_message(group, parents)]).split_at(16).0);
        Ref(name)
    }

    /// The code for the next signer.
    pub fn to_code(&self) -> String {
        write_code(CodeKind::Sign, &self.to_bytes())
    }

    /// As a code or a paper carries it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.bytes(&self.group.0);
        writer.ascending(&self.parents.iter().map(|parent| parent.0).collect::<Vec<_>>());
        writer.count(self.acts.len());
        for act in &self.acts {
            let mut body = Writer::new();
            act.encode(&mut body);
            let body = body.into_bytes();
            writer.varint(act.kind());
            writer.count(body.len());
            writer.bytes(&body);
        }
        writer.into_bytes()
    }

    /// Reads it back; an error for anything else, for acts that one signature is enough for, and for several matters. Of a role the first
    /// signature may be missing: see [`super::Log::replaced_alone`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut reader = Reader::new(bytes);
        let group = GroupId(reader.array()?);
        let parents: Vec<Ref> = reader.ascending(MAX_PARENTS)?.into_iter().map(Ref).collect();
        let count = reader.count(MAX_ACTS)?;
        let mut acts = Vec::new();
        for _ in 0..count {
            let kind = reader.varint()?;
            let length = reader.count(MAX_ACT_BYTES)?;
            let mut body = Reader::new(reader.bytes(length)?);
            let mut act = Members::decode(kind, &mut body)?;
            body.finish()?;
            let unsigned = act.cosignatures().is_empty() && !matches!(act, Members::Role { .. });
            if act.cosignatures_mut().is_none() || unsigned {
                return Err(DecodeError("no proposal of a signed act"));
            }
            act.check_parents(&parents)?;
            acts.push(act);
        }
        reader.finish()?;
        if is_one_matter(&acts) {
            Ok(Self { group, parents, acts })
        } else {
            Err(DecodeError("no proposal of one matter"))
        }
    }
}

/// Whether the first act tells all: each signature can be used alone, so none may hide behind what a screen shows. Acts
/// give the same role until the same day, or they take out, of which the first may put a new phone in the place of one.
fn is_one_matter(acts: &[Members]) -> bool {
    let Some((first, more)) = acts.split_first() else { return false };
    more.iter().all(|act| match (first, act) {
        (Members::Role { role, badge_until, .. }, Members::Role { role: other, badge_until: day, .. }) => {
            role == other && badge_until == day
        }
        (Members::Remove { .. } | Members::Replace { .. }, Members::Remove { .. }) => true,
        _ => false,
    })
}

fn signers_of(act: &Members) -> BTreeSet<DeviceId> {
    act.cosignatures().iter().map(|by| by.device).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratel_protocol::{Day, TokenHash};

    use crate::{
        envelope::operation::members::NewDevice,
        group::{Code, Code::Sign},
        view::Role,
    };

    fn removal(target: u8) -> Members {
        Members::Remove { target: DeviceId([target; 16]), cosignatures: Vec::new() }
    }

    #[test]
    fn a_proposal_travels_as_a_code_with_its_signatures_and_a_changed_one_is_not_signed() {
        let (fatma, jan) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
        let key_of = |device: DeviceId| match device.0[0] {
            1 => Some(fatma.public()),
            2 => Some(jan.public()),
            _ => None,
        };
        let mut proposal =
            Proposal { group: GroupId([7; 16]), parents: vec![Ref([3; 16])], acts: vec![removal(9), removal(8)] };
        proposal.sign(DeviceId([2; 16]), &jan);
        proposal.sign(DeviceId([1; 16]), &fatma);
        let Ok(Sign(bytes)) = Code::read(&proposal.to_code()) else { panic!("it is a code to sign") };
        let read = Proposal::from_bytes(&bytes).unwrap();
        assert_eq!(read, proposal);
        assert!(read.is_signed(key_of));
        assert_eq!(read.signers().len(), 2);
        let mut half = read.clone();
        half.acts[1] = removal(8);
        assert_eq!(half.signers().len(), 0, "who signed one act of two has not signed");

        let name = |parent: u8, target: u8| Proposal::name_of(GroupId([7; 16]), &[Ref([parent; 16])], &removal(target));
        assert_eq!(name(3, 9), Proposal::name_of(read.group, &read.parents, &read.acts[0]), "whoever has signed");
        assert!(name(3, 9) != name(3, 8) && name(3, 9) != name(4, 9));

        let elsewhere = Proposal { parents: vec![Ref([4; 16])], ..read.clone() };
        assert!(!elsewhere.is_signed(key_of), "a signature holds at one point of the history only");
        let Members::Remove { cosignatures, .. } = read.acts[0].clone() else { panic!("a removal") };
        let other = Members::Remove { target: DeviceId([7; 16]), cosignatures };
        assert!(!Proposal { acts: vec![other], ..read }.is_signed(key_of), "and for one person only");
    }

    #[test]
    fn no_act_hides_behind_the_one_that_the_second_signer_is_shown() {
        let [jan, mallory, ria, ria_tablet] = [1, 2, 3, 4].map(|device| DeviceId([device; 16]));
        let role = |target, role, badge_until| Members::Role { target, role, badge_until, cosignatures: Vec::new() };
        let recover = |target| Members::Recover { coordinators: vec![target], cosignatures: Vec::new() };
        let signing_key = SigningKey::generate().unwrap().public();
        let new = NewDevice { signing_key, kem_key: [5; 32], token: TokenHash([6; 32]) };
        let replace = |target| Members::Replace { target, device: new, cosignatures: Vec::new() };
        let remove = |target| Members::Remove { target, cosignatures: Vec::new() };
        let reads = |acts| {
            let mut proposal = Proposal { group: GroupId([7; 16]), parents: vec![Ref([3; 16])], acts };
            proposal.sign(mallory, &SigningKey::generate().unwrap());
            Proposal::from_bytes(&proposal.to_bytes()).is_ok()
        };
        let (trustee, coordinator) = (Role::Trustee, Role::Coordinator);

        assert!(!reads(vec![role(ria, trustee, None), role(ria, coordinator, None)]), "more than Ria's new phone");
        assert!(!reads(vec![role(jan, trustee, None), role(mallory, coordinator, None)]), "Mallory behind Jan");
        assert!(!reads(vec![role(ria, trustee, None), role(ria, trustee, Some(Day(9)))]), "two days of one badge");
        assert!(!reads(vec![remove(jan), role(mallory, coordinator, None)]), "two kinds");
        assert!(!reads(vec![remove(jan), replace(ria)]), "the new phone is not what is shown");
        assert!(!reads(vec![recover(jan), recover(mallory)]), "new coordinators stand alone");

        assert!(reads(vec![role(ria, trustee, None), role(ria_tablet, trustee, None)]), "both phones of Ria");
        assert!(reads(vec![remove(ria), remove(ria_tablet)]), "both go");
        assert!(reads(vec![replace(ria), remove(ria_tablet)]), "one new for both");
        assert!(reads(vec![recover(jan)]), "Jan alone");
    }

    /// Neighbours sign, each on the own phone, that the first of these coordinates.
    fn choice(signers: &[(u8, &SigningKey)]) -> Proposal {
        let recover = Members::Recover { coordinators: vec![DeviceId([9; 16])], cosignatures: Vec::new() };
        let mut proposal = Proposal { group: GroupId([7; 16]), parents: vec![Ref([3; 16])], acts: vec![recover] };
        for (device, key) in signers {
            proposal.sign(DeviceId([*device; 16]), key);
        }
        proposal
    }

    fn who(proposal: &Proposal) -> Vec<u8> {
        proposal.signers().iter().map(|device| device.0[0]).collect()
    }

    #[test]
    fn phones_put_signatures_together_each_once_and_forget_those_that_are_not_good() {
        let (anna, bram) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
        let (mut here, there) = (choice(&[(1, &anna)]), choice(&[(1, &anna), (2, &bram)]));
        assert!(here.is_recover() && !Proposal { acts: vec![removal(9)], ..here.clone() }.is_recover());
        assert!(here.is_same(&there), "the same matter, whoever has signed");
        let elsewhere = Proposal { parents: vec![Ref([4; 16])], ..here.clone() };
        assert!(!here.is_same(&elsewhere) && here.names() != elsewhere.names());
        assert_eq!(here.names(), [Proposal::name_of(here.group, &here.parents, &here.acts[0])]);
        here.join(&there);
        assert_eq!(here, there);
        here.join(&there);
        assert_eq!(here.acts[0].cosignatures().len(), 2, "nobody twice");

        // Cees' name stands under it with Bram's key, and Dirk's, whom nobody knows.
        let mut spoiled = choice(&[(1, &anna), (3, &bram), (4, &bram)]);
        let key_of = |device: DeviceId| match device.0[0] {
            1 | 3 => Some(anna.public()),
            _ => None,
        };
        spoiled.keep_good(key_of);
        assert_eq!(who(&spoiled), [1]);
        assert_eq!(who(&there.clone().of_one(DeviceId([2; 16])).unwrap()), [2]);
        assert_eq!(there.clone().of_one(DeviceId([5; 16])), None);
        let mut without = there;
        without.forget(DeviceId([1; 16]));
        assert_eq!(who(&without), [2]);
    }

    #[test]
    fn a_part_holds_so_many_always_the_own_name_and_on_each_phone_others() {
        let keys: Vec<SigningKey> = (0..20).map(|_| SigningKey::generate().unwrap()).collect();
        let all = choice(&keys.iter().zip(0..).map(|(key, device)| (device, key)).collect::<Vec<_>>());
        let parts: BTreeSet<Vec<u8>> = (0..20).map(|device| who(&all.part(DeviceId([device; 16]), 8))).collect();
        for (device, part) in (0..20).map(|device| (device, all.part(DeviceId([device; 16]), 8))) {
            assert_eq!(part.signers().len(), 8);
            assert!(part.signers().contains(&DeviceId([device; 16])));
            assert!(part.acts[0].cosignatures().is_sorted_by_key(|by| by.device));
        }
        assert!(parts.len() > 15, "{}", parts.len());
        assert_eq!(all.part(DeviceId([3; 16]), 30), all);
        // What a Recover can have at most is read back.
        let cosignatures = (0..400_u16).map(|number| {
            let mut device = DeviceId([0; 16]);
            device.0[..2].copy_from_slice(&number.to_be_bytes());
            Cosignature { device, signature: [7; 64] }
        });
        let mut most = choice(&[]);
        most.acts[0].cosignatures_mut().unwrap().extend(cosignatures);
        assert_eq!(Proposal::from_bytes(&most.to_bytes()), Ok(most));
    }

    #[test]
    fn what_takes_no_second_signature_is_no_proposal() {
        let helper = Members::Helper { device: None };
        for acts in [Vec::new(), vec![helper], vec![removal(1)]] {
            let proposal = Proposal { group: GroupId([7; 16]), parents: vec![Ref([3; 16])], acts };
            assert!(Proposal::from_bytes(&proposal.to_bytes()).is_err());
        }
        assert!(Proposal::from_bytes(b"rubbish").is_err());
    }
}
