//! A street of devices by name, and a writer of its history.

use ratel_protocol::{GroupId, Ref, TokenHash};

use crate::{
    envelope::{
        crypto::sha256,
        operation::members::{Charter, Cosignature, Genesis, Members, NewDevice, Newcomer, Partner, Party, group_id},
    },
    group::{Inserted, Log, MembersOperation, Membership},
    identity::{DeviceId, PersonId},
    view::Role,
};

/// A device by number; the numbers have names in the stories.
pub(crate) type Who = u8;

pub(super) const FATMA: Who = 0;
pub(super) const BEA: Who = 1;
pub(super) const CEES: Who = 2;
pub(super) const DIRK: Who = 3;
pub(super) const EVA: Who = 4;
pub(super) const RIA: Who = 10;
pub(super) const AHMED: Who = 11;
pub(super) const JAN: Who = 12;
/// A device that a thief admits for himself.
pub(super) const PUPPET: Who = 20;

/// The keys of a device. Signatures in these tests are hashes: what is tried is the rules, not the curve.
pub(super) fn keys(who: Who) -> NewDevice {
    let byte = |tag: u8| sha256(&[&[tag], &u16::from(who).to_be_bytes()]);
    NewDevice { signing_key: byte(1), kem_key: byte(2), token: TokenHash(byte(3)) }
}

pub(crate) fn device(who: Who) -> DeviceId {
    keys(who).id()
}

pub(crate) fn person(who: Who) -> PersonId {
    PersonId::of(device(who))
}

pub(super) fn newcomer(who: Who, role: Role) -> Newcomer {
    Newcomer { device: keys(who), role, invitation: None, badge_until: None }
}

/// As [`crate::envelope::crypto::verify`], for signatures by [`sign`].
pub(super) fn verify(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    sign(key, message) == *signature
}

fn sign(key: &[u8; 32], message: &[u8]) -> [u8; 64] {
    let mut out = [0; 64];
    out[..32].copy_from_slice(&sha256(&[key, message]));
    out
}

/// An extra signature.
pub(super) fn cosign(who: Who, message: &[u8]) -> Cosignature {
    Cosignature { device: device(who), signature: sign(&keys(who).signing_key, message) }
}

/// The partner that signed, as [`verify`] has it.
pub(super) fn partner(party: Party, terms: [u8; 32]) -> Partner {
    let key = keys(99).signing_key;
    let signature = cosign(99, &Partner::message(group(), party, &terms)).signature;
    Partner { party, key, terms, signature }
}

pub(super) const NONCE: [u8; 16] = [9; 16];

pub(super) fn group() -> GroupId {
    group_id(&keys(FATMA).signing_key, &NONCE)
}

/// Everything that was ever written, and what one phone that has all of it computes.
#[derive(Clone)]
pub(crate) struct Street {
    pub(crate) written: Vec<MembersOperation>,
    pub(super) log: Log,
    salt: u64,
}

impl Street {
    /// Begins with these, Fatma first.
    pub(super) fn begin(founders: &[(Who, Role)], salt: u64) -> Self {
        let founders = founders.iter().map(|(who, role)| newcomer(*who, *role)).collect();
        Self::of(Genesis { nonce: NONCE, charter: Charter::default(), founders }, salt)
    }

    /// Begins with this, which Fatma writes.
    pub(super) fn of(genesis: Genesis, salt: u64) -> Self {
        let log = Log::with_verifier(group(), verify);
        let mut street = Self { written: Vec::new(), log, salt };
        street.write_after(FATMA, &[], Members::Genesis(genesis), &[]);
        street
    }

    /// Two coordinators, two trustees, and three residents let in one after another.
    pub(super) fn usual(salt: u64) -> Self {
        let founders =
            [(FATMA, Role::Coordinator), (BEA, Role::Coordinator), (CEES, Role::Trustee), (DIRK, Role::Trustee)];
        let mut street = Self::begin(&founders, salt);
        for who in [RIA, AHMED, JAN] {
            street.write(FATMA, admit(who));
        }
        street
    }

    /// Writes on the heads.
    pub(super) fn write(&mut self, by: Who, body: Members) -> Ref {
        self.write_with(by, body, &[])
    }

    /// Writes on the heads with extra signatures.
    pub(super) fn write_with(&mut self, by: Who, body: Members, cosigners: &[Who]) -> Ref {
        let heads = self.log.heads();
        self.write_after(by, &heads, body, cosigners)
    }

    /// Writes on any operations, as a thief does who dates an act back.
    pub(super) fn write_after(&mut self, by: Who, parents: &[Ref], mut body: Members, cosigners: &[Who]) -> Ref {
        let mut parents = parents.to_vec();
        parents.sort_unstable();
        parents.dedup();
        let message = body.cosign_message(group(), &parents);
        if let Some(cosignatures) = body.cosignatures_mut() {
            cosignatures.extend(
                cosigners.iter().map(|who| Cosignature {
                    device: device(*who),
                    signature: sign(&keys(*who).signing_key, &message),
                }),
            );
            cosignatures.sort_by_key(|cosignature| cosignature.device);
            cosignatures.dedup_by_key(|cosignature| cosignature.device);
        }
        let number = self.written.len() as u64;
        let hash = sha256(&[&self.salt.to_be_bytes(), &number.to_be_bytes()]);
        let operation = MembersOperation { id: Ref(hash[..16].try_into().unwrap()), author: device(by), parents, body };
        let id = operation.id;
        self.written.push(operation.clone());
        assert_eq!(self.log.insert(operation), Inserted::Entered);
        id
    }

    pub(super) fn membership(&self) -> &Membership {
        self.log.membership()
    }

    pub(super) fn role(&self, who: Who) -> Option<Role> {
        self.membership().role(device(who))
    }

    pub(super) fn counts(&self, id: Ref) -> bool {
        self.membership().counting.contains(&id)
    }
}

pub(super) fn admit(who: Who) -> Members {
    Members::Admit(newcomer(who, Role::Resident))
}

pub(super) fn remove(who: Who) -> Members {
    Members::Remove { target: device(who), cosignatures: Vec::new() }
}

pub(super) fn role(who: Who, role: Role) -> Members {
    Members::Role { target: device(who), role, badge_until: None, cosignatures: Vec::new() }
}

pub(super) fn replace(who: Who, by: Who) -> Members {
    Members::Replace { target: device(who), device: keys(by), cosignatures: Vec::new() }
}

pub(super) fn recover(whom: &[Who]) -> Members {
    let mut coordinators: Vec<_> = whom.iter().map(|who| device(*who)).collect();
    coordinators.sort_unstable();
    Members::Recover { coordinators, cosignatures: Vec::new() }
}
