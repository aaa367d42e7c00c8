//! New secrets: in the transaction of whatever takes a reader away, when the chosen one has a fault, and weekly.
//!
//! A fault is repaired by one coordinator's phone, not by all at once: the i-th in an order that all compute waits
//! i times twenty seconds and looks again. The weekly one comes up to two days later on each phone, by its own hash.

use super::{Group, State};
use crate::{
    envelope::{
        ChannelKey,
        crypto::{Secret, random, seal_box, sha256},
        operation::{
            Keys,
            keys::{BoxedSecret, Channel, KeyId, MAX_READERS, Rekey},
        },
    },
    error::Error,
    identity::DeviceId,
};

/// How long the next device in an order waits for the one before it (milliseconds).
pub(in crate::app) const TURN_MS: i64 = 20_000;
const HOUR_MS: i64 = 3_600_000;
/// A new secret is made when the newest is so old (milliseconds), and up to [`STAGGER_HOURS`] later.
const REKEY_AFTER_MS: i64 = 7 * 24 * HOUR_MS;
const STAGGER_HOURS: i64 = 48;

/// What is to be done about a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    /// Make a new secret.
    Rekey,
    /// Remember since when the chosen secret has a fault.
    Note([u8; 16]),
}

impl Group {
    /// The place of a device among these, in an order that all compute and nobody chooses.
    pub(in crate::app) fn turn_of(seed: &[u8], device: DeviceId, devices: impl Iterator<Item = DeviceId>) -> i64 {
        let place = |device: DeviceId| sha256(&[seed, &device.0]);
        let mine = place(device);
        i64::try_from(devices.filter(|other| place(*other) < mine).count()).unwrap_or(i64::MAX)
    }
}

impl State {
    /// A new secret for each of these channels, boxed to every reader. Only a coordinator's phone makes one; on others,
    /// and where the readers are too many for one Rekey, the secrets stay.
    pub(in crate::app) fn rekey(&mut self, channels: &[Channel]) -> Result<(), Error> {
        for channel in channels {
            if self.may_rekey(*channel) {
                let key = ChannelKey::new(self.group()?.id, channel.name(), Secret::from(random::<32>()?));
                self.box_key(*channel, key)?;
            }
        }
        Ok(())
    }

    /// Boxes a secret to every reader of its channel.
    pub(in crate::app) fn box_key(&mut self, channel: Channel, key: ChannelKey) -> Result<(), Error> {
        let group = self.group()?;
        let mut boxes = Vec::new();
        for (device, first) in group.membership().readers(channel) {
            let kem_key = group.ring.box_key(device, first);
            // A reader with an unusable key for boxes costs nobody else the new secret.
            if let Ok(sealed) = seal_box(&kem_key, &group.key_info(channel, &key.id, device), key.secret.as_ref()) {
                let secret = BoxedSecret::from_sealed(&sealed).ok_or(Error::Internal("a box has another length"))?;
                boxes.push((device, secret));
            }
        }
        let (generation, heads) = (group.next_generation(channel), group.log.heads());
        let rekey = Rekey { channel, key_id: KeyId(key.id), generation, heads, boxes };
        let id = self.write_keys(Keys::Rekey(rekey.clone()))?;
        self.keep_channel_key(channel, key, true)?;
        let author = self.keys()?.device();
        self.note_rekey(id, author, &rekey, true)
    }

    /// After an act of this phone that may have taken readers away or brought new ones, in the same transaction: new
    /// secrets where the chosen one has a fault, or leaves out one of these devices that reads team or coordination now.
    pub(in crate::app) fn rekey_after(&mut self, touched: &[DeviceId]) -> Result<(), Error> {
        for channel in Channel::ALL {
            let group = self.group()?;
            let left_out = |device: &DeviceId| {
                channel != Channel::Street
                    && group.membership().reads(*device, channel)
                    && group.newest(channel).is_some_and(|newest| !newest.recipients.contains(device))
            };
            if group.fault(channel).is_some() || touched.iter().any(left_out) {
                self.rekey(&[channel])?;
            }
        }
        Ok(())
    }

    /// Whether a new secret is to be made now, or something remembered for it.
    pub(super) fn rekey_is_due(&self) -> Result<bool, Error> {
        for channel in Channel::ALL {
            if self.need(channel)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Makes the secrets that are due. A neighbourhood too large for one Rekey keeps its secret.
    pub(super) fn rekey_where_due(&mut self) -> Result<(), Error> {
        for channel in Channel::ALL {
            if let Some(Need::Note(key_id)) = self.need(channel)? {
                let since = format!("{} {}", ratel_protocol::hex::encode(&key_id), self.now_ms());
                self.store.set_fact(&fault_name(channel), &since)?;
            }
            if self.need(channel)? == Some(Need::Rekey) {
                self.rekey(&[channel])?;
            }
        }
        Ok(())
    }

    fn may_rekey(&self, channel: Channel) -> bool {
        let (Some(keys), Some(group)) = (&self.keys, &self.group) else { return false };
        let members = group.membership();
        members.is_coordinator(keys.device()) && members.readers(channel).len() <= MAX_READERS
    }

    fn need(&self, channel: Channel) -> Result<Option<Need>, Error> {
        if !self.may_rekey(channel) {
            return Ok(None);
        }
        let (group, device, now_ms) = (self.group()?, self.keys()?.device(), self.now_ms());
        if let Some(fault) = group.fault(channel) {
            let since_ms = self.fault_since_ms(channel, &fault.key_id)?;
            let members = group.membership();
            let coordinators = members.devices.keys().copied().filter(|it| members.is_coordinator(*it));
            let wait_ms = TURN_MS.saturating_mul(Group::turn_of(&fault.key_id, device, coordinators));
            return Ok(match since_ms {
                None => Some(Need::Note(fault.key_id)),
                Some(since_ms) if (0..wait_ms).contains(&(now_ms - since_ms)) => None,
                Some(_) => Some(Need::Rekey),
            });
        }
        let newest_ms = group.newest(channel).map(|newest| newest.noted_ms);
        let rest_ms = REKEY_AFTER_MS + stagger_ms(device, channel);
        let old = newest_ms.is_some_and(|noted_ms| !(0..rest_ms).contains(&(now_ms - noted_ms)));
        Ok(old.then_some(Need::Rekey))
    }

    /// Since when this phone knows of a fault of the chosen secret.
    fn fault_since_ms(&self, channel: Channel, key_id: &[u8; 16]) -> Result<Option<i64>, Error> {
        let Some(noted) = self.store.fact(&fault_name(channel))? else { return Ok(None) };
        let Some((noted_id, since_ms)) = noted.split_once(' ') else { return Ok(None) };
        Ok(if noted_id == ratel_protocol::hex::encode(key_id) { since_ms.parse().ok() } else { None })
    }
}

fn fault_name(channel: Channel) -> String {
    format!("fault {}", channel.name())
}

/// So that not all coordinators' phones make the weekly secret in the same hour.
fn stagger_ms(device: DeviceId, channel: Channel) -> i64 {
    let [first, second, ..] = sha256(&[b"ratel weekly", &device.0, channel.name().as_bytes()]);
    i64::from(u16::from_be_bytes([first, second])) * STAGGER_HOURS * HOUR_MS / i64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weekly_secret_comes_within_two_days_and_not_everywhere_at_once() {
        let waits: Vec<i64> = (0..64_u8).map(|it| stagger_ms(DeviceId([it; 16]), Channel::Street)).collect();
        assert!(waits.iter().all(|wait| (0..=48 * HOUR_MS).contains(wait)));
        assert!(waits.iter().filter(|wait| **wait < 24 * HOUR_MS).count().abs_diff(32) < 16);
        assert_ne!(stagger_ms(DeviceId([1; 16]), Channel::Street), stagger_ms(DeviceId([1; 16]), Channel::Team));
    }
}
