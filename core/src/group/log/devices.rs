//! Devices by number.

use std::collections::BTreeMap;

use crate::{
    envelope::operation::members::NewDevice,
    identity::{DeviceId, PersonId},
};

/// Devices by number, with the keys that any operation here gave them. Keys make the id, so no two can differ.
#[derive(Debug, Clone, Default)]
pub(super) struct Devices {
    pub(super) numbers: BTreeMap<DeviceId, usize>,
    pub(super) known: Vec<Known>,
    /// Whose keys came, one after another.
    pub(super) learned: Vec<DeviceId>,
}

#[derive(Debug, Clone)]
pub(super) struct Known {
    id: DeviceId,
    key: Option<[u8; 32]>,
    /// The person who is named after it: a hash, made once.
    person: PersonId,
}

impl Devices {
    pub(super) fn number(&mut self, device: DeviceId) -> usize {
        let next = self.known.len();
        let number = *self.numbers.entry(device).or_insert(next);
        if number == next {
            self.known.push(Known { id: device, key: None, person: PersonId::of(device) });
        }
        number
    }

    pub(super) fn learn(&mut self, device: &NewDevice) -> usize {
        let number = self.number(device.id());
        if let Some(known) = self.known.get_mut(number).filter(|known| known.key.is_none()) {
            known.key = Some(device.signing_key);
            self.learned.push(known.id);
        }
        number
    }

    pub(super) fn id(&self, number: usize) -> DeviceId {
        self.known.get(number).map(|known| known.id).unwrap_or_default()
    }

    pub(super) fn key(&self, number: usize) -> Option<[u8; 32]> {
        self.known.get(number)?.key
    }

    pub(super) fn person(&self, number: usize) -> PersonId {
        self.known.get(number).map(|known| known.person).unwrap_or_default()
    }
}
