//! From an operation's body to an act with devices by number.

use crate::{
    envelope::operation::members::{Members, NewDevice},
    group::rights::Act,
    identity::DeviceId,
};

/// `number` gives a named device its number, `learn` a device whose key the operation brings.
pub(super) fn act_of(
    author: DeviceId,
    body: &Members,
    number: impl Fn(&DeviceId) -> usize,
    learn: impl Fn(&NewDevice) -> usize,
) -> Act {
    let keys = |device: &NewDevice| (learn(device), *device);
    match body {
        Members::Genesis(genesis) => Act::Begin {
            founders: genesis.founders.iter().map(|it| (learn(&it.device), *it)).collect(),
            charter: genesis.charter.clone(),
        },
        Members::Admit(newcomer) => Act::Admit { device: learn(&newcomer.device), newcomer: *newcomer },
        Members::Role { target, role, badge_until, .. } => {
            Act::Role { target: number(target), role: *role, badge_until: *badge_until, down: false }
        }
        Members::Remove { target, .. } if *target == author => Act::Leave,
        Members::Remove { target, .. } => Act::Remove { target: number(target) },
        Members::Replace { target, device, .. } => {
            let (device, keys) = keys(device);
            Act::Replace { target: number(target), device, keys, by_helper: false }
        }
        Members::Link(device) => {
            let (device, keys) = keys(device);
            Act::Link { device, keys }
        }
        Members::Helper { device } => Act::Helper { device: device.as_ref().map(number) },
        Members::Charter(charter) => Act::Charter(charter.clone()),
        Members::Relay { url } => Act::Relay(url.clone()),
        Members::Recover { coordinators, .. } => {
            Act::Recover { targets: coordinators.iter().map(number).collect(), quorum: usize::MAX }
        }
        Members::Keep { lists } => Act::Keep { lists: lists.clone() },
        Members::Other { .. } => Act::Unknown,
    }
}
