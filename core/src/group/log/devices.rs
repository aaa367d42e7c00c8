//! Devices by number.

use std::collections::BTreeMap;

use crate::{envelope::operation::members::NewDevice, identity::DeviceId};

/// Devices by number, with the keys that any operation here gave them. Keys make the id, so no two can differ.
#[derive(Debug, Clone, Default)]
pub(super) struct Devices {
    pub(super) numbers: BTreeMap<DeviceId, usize>,
    pub(super) known: Vec<(DeviceId, Option<[u8; 32]>)>,
}

impl Devices {
    pub(super) fn number(&mut self, device: DeviceId) -> usize {
        let next = self.known.len();
        let number = *self.numbers.entry(device).or_insert(next);
        if number == next {
            self.known.push((device, None));
        }
        number
    }

    pub(super) fn learn(&mut self, device: &NewDevice) -> usize {
        let number = self.number(device.id());
        if let Some((_, known)) = self.known.get_mut(number) {
            *known = Some(device.signing_key);
        }
        number
    }

    pub(super) fn id(&self, number: usize) -> DeviceId {
        self.known.get(number).map(|(device, _)| *device).unwrap_or_default()
    }

    pub(super) fn key(&self, number: usize) -> Option<[u8; 32]> {
        self.known.get(number)?.1
    }
}
