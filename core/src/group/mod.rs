//! stub for compile only
#![allow(missing_docs, reason = "scratch")]
mod invitation;
use crate::{
    envelope::operation::{Content, Members, members::Newcomer},
    identity::{DeviceId, PersonId},
    view::Role,
};
pub use invitation::Invitation;
use ratel_protocol::{GroupId, Ref};
use std::collections::BTreeMap;
#[derive(Debug, Clone)]
pub struct MembersOperation {
    pub id: Ref,
    pub author: DeviceId,
    pub parents: Vec<Ref>,
    pub body: Members,
}
pub struct Membership {
    m: BTreeMap<DeviceId, Newcomer>,
}
pub struct Log {
    m: Membership,
    heads: Vec<Ref>,
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
        self.m.m.get(&d).map(|x| x.device.signing_key)
    }
    pub fn person(&self, d: DeviceId) -> Option<PersonId> {
        self.m.m.get(&d).map(|x| x.person)
    }
    pub fn insert(&mut self, op: MembersOperation) {
        match op.body {
            Members::Genesis(genesis) => {
                for f in genesis.founders {
                    self.m.m.insert(f.device.id(), f);
                }
            }
            Members::Admit(newcomer) => {
                self.m.m.insert(newcomer.device.id(), newcomer);
            }
            _ => {}
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
        self.m.get(&d).map(|x| x.role)
    }
    pub fn devices(&self) -> impl Iterator<Item = DeviceId> + '_ {
        self.m.keys().copied()
    }
    pub fn readers(&self) -> Vec<(DeviceId, [u8; 32])> {
        self.m.iter().map(|(d, x)| (*d, x.device.kem_key)).collect()
    }
    pub fn counts(&self, _: Ref, d: DeviceId, _: &Content) -> bool {
        self.is_member(d)
    }
}
