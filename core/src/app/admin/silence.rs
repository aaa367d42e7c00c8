//! Of whom nothing was heard for long (R22): people move on without saying so.
//!
//! A phone that is on says something at least every thirty days: it renews the key that others box to. So a person whose
//! phones were silent for ninety days lost the phone, moved, or stopped. Nobody lapses by a date: a coordinator chooses.
//! What this phone itself missed is no silence of others: counted is up to when it last heard from anybody.

use std::collections::BTreeMap;

use crate::{app::state::State, error::Error, identity::DeviceId};

/// Three keys that were not renewed (seconds).
const SILENT_S: i64 = 90 * 86_400;

/// When this phone last heard from each device.
pub(super) struct Heard {
    by_device: BTreeMap<DeviceId, i64>,
    /// When it last heard from anybody, be it the relay.
    anybody_s: i64,
}

impl Heard {
    /// Since when nothing was heard of these devices of a person who came at `since_s`, if that is long.
    pub(super) fn silent_since_s(&self, devices: impl Iterator<Item = DeviceId>, since_s: i64) -> Option<i64> {
        let heard = devices.filter_map(|device| self.by_device.get(&device).copied());
        let heard_s = heard.chain([since_s]).max()?;
        (self.anybody_s - heard_s >= SILENT_S).then_some(heard_s)
    }
}

impl State {
    /// From the envelopes that are held; what expired was said more than a hundred days ago.
    pub(super) fn arrivals(&self) -> Result<Heard, Error> {
        let by_device: BTreeMap<DeviceId, i64> =
            self.store.last_arrivals()?.into_iter().map(|(device, ms)| (device, ms.div_euclid(1000))).collect();
        let others =
            by_device.iter().filter(|(device, _)| self.device() != Some(**device)).map(|(_, heard_s)| *heard_s);
        let anybody_s = others.chain(self.link.last_contact_s).max().unwrap_or(0);
        Ok(Heard { by_device, anybody_s })
    }
}
