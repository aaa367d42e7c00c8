//! Lost phones that a helper alone put a new one in the place of. Who is in office and removes that helper, dated to
//! before he helped, would put the new phone out and the lost one in; no act of two that has the Replace in its past lets
//! that happen, for it is replayed first, with all that lies before it.

use super::{Act, Log};
use crate::identity::DeviceId;

impl Log {
    /// Phones that are in by the signature of a helper alone, and that no act of two has in its past yet; each with the
    /// helper, in the order of the history.
    pub fn replaced_alone(&self) -> Vec<(DeviceId, DeviceId)> {
        let membership = self.membership();
        let mut alone = Vec::new();
        for number in &self.order {
            let Some(node) = self.nodes.get(*number) else { continue };
            let Act::Replace { device, by_helper: true, .. } = node.act else { continue };
            let device = self.device_id(device);
            let is_in = membership.devices.get(&device).is_some_and(|member| member.admitted_in == node.place.1);
            if is_in && node.cosigners.is_empty() {
                alone.push((*number, device, self.device_id(node.author)));
            }
        }
        if alone.is_empty() {
            return Vec::new();
        }
        let of_two = membership.counting.iter().filter_map(|id| self.number_of(id));
        let of_two = of_two.filter(|number| self.nodes.get(*number).is_some_and(|node| !node.cosigners.is_empty()));
        let safe = self.past_of(&of_two.collect::<Vec<_>>());
        alone.retain(|(number, ..)| safe.get(*number) != Some(&true));
        alone.into_iter().map(|(_, device, helper)| (device, helper)).collect()
    }
}
