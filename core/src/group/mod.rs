//! stub for compile only
#![allow(missing_docs, reason = "scratch")]
mod invitation;
use crate::{
    envelope::operation::{Content, Members},
    identity::{DeviceId, PersonId},
    view::Role,
};
pub use invitation::Invitation;
use ratel_protocol::{GroupId, Ref, TokenHash};
use std::collections::BTreeMap;
#[derive(Debug, Clone)]
pub struct MembersOperation {
    pub id: Ref,
    pub author: DeviceId,
    pub parents: Vec<Ref>,
    pub body: Members,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    pub signing_key: [u8; 32],
    pub kem_key: [u8; 32],
    pub token: TokenHash,
    pub person: PersonId,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founder {
    pub newcomer: Newcomer,
    pub role: Role,
}
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Charter {}
pub struct Membership {
    m: BTreeMap<DeviceId, (Newcomer, Role)>,
}
pub struct Log {
    m: Membership,
    heads: Vec<Ref>,
}
pub fn group_id(k: &[u8; 32], n: &[u8; 16]) -> GroupId {
    let h = crate::envelope::crypto::sha256(&[b"ratel group", k, n]);
    let mut o = [0; 16];
    o.copy_from_slice(h.split_at(16).0);
    GroupId(o)
}
impl Log {
    pub fn new(_: GroupId) -> Self {
        Self { m: Membership { m: BTreeMap::new() }, heads: vec![] }
    }
    pub fn membership(&self) -> &Membership {
        &self.m
    }
    pub fn heads(&self) -> Vec<Ref> {
        self.heads.clone()
    }
    pub fn signing_key(&self, d: DeviceId) -> Option<[u8; 32]> {
        self.m.m.get(&d).map(|x| x.0.signing_key)
    }
    pub fn person(&self, d: DeviceId) -> Option<PersonId> {
        self.m.m.get(&d).map(|x| x.0.person)
    }
    pub fn insert(&mut self, op: MembersOperation) {
        match op.body {
            Members::Genesis { founders, .. } => {
                for f in founders {
                    self.m.m.insert(DeviceId::of(&f.newcomer.signing_key), (f.newcomer, f.role));
                }
            }
            Members::Admit { newcomer, role, .. } => {
                self.m.m.insert(DeviceId::of(&newcomer.signing_key), (newcomer, role));
            }
        }
        self.heads = vec![op.id];
    }
}
impl Membership {
    pub fn is_member(&self, d: DeviceId) -> bool {
        self.m.contains_key(&d)
    }
    pub fn is_coordinator(&self, d: DeviceId) -> bool {
        self.role(d) == Some(Role::Coordinator)
    }
    pub fn was_removed(&self, _: DeviceId) -> bool {
        false
    }
    pub fn is_empty(&self) -> bool {
        self.m.is_empty()
    }
    pub fn role(&self, d: DeviceId) -> Option<Role> {
        self.m.get(&d).map(|x| x.1)
    }
    pub fn devices(&self) -> impl Iterator<Item = DeviceId> + '_ {
        self.m.keys().copied()
    }
    pub fn readers(&self) -> Vec<(DeviceId, [u8; 32])> {
        self.m.iter().map(|(d, x)| (*d, x.0.kem_key)).collect()
    }
    pub fn counts(&self, _: Ref, d: DeviceId, _: &Content) -> bool {
        self.is_member(d)
    }
}
