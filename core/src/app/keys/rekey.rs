//! New secrets: in the transaction of whatever takes a reader away, when the chosen one has a fault, and weekly.
//!
//! A fault is repaired by one coordinator's phone, not by all at once: the i-th in an order that all compute waits
//! i times twenty seconds and looks again. The weekly one comes up to two days later on each phone, by its own hash.

use std::collections::BTreeMap;

use super::{Group, State};
use crate::{
    app::surplus::level,
    envelope::{
        ChannelKey,
        crypto::{Secret, random, seal_box, sha256},
        operation::{
            Keys,
            keys::{BoxedSecret, Channel, KeyId, MAX_READERS, Rekey},
        },
    },
    error::Error,
    identity::{DeviceId, PersonId},
};

/// How long the next device in an order waits for the one before it (milliseconds).
pub(super) const TURN_MS: i64 = 20_000;
const HOUR_MS: i64 = 3_600_000;
/// A new secret is made when the newest is so old (milliseconds), and up to [`STAGGER_HOURS`] later.
const REKEY_AFTER_MS: i64 = 7 * 24 * HOUR_MS;
const STAGGER_HOURS: i64 = 48;

/// Most phones of a person that get a box of a new secret.
const MOST_PHONES: usize = 8;

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
    pub(super) fn turn_of(seed: &[u8], device: DeviceId, devices: impl Iterator<Item = DeviceId>) -> i64 {
        let place = |device: DeviceId| sha256(&[seed, &device.0]);
        let mine = place(device);
        i64::try_from(devices.filter(|other| place(*other) < mine).count()).unwrap_or(i64::MAX)
    }
}

/// A reader: the person, the device, and its first key for boxes.
type Reader = (PersonId, DeviceId, [u8; 32]);

/// Of these readers as many as a Rekey holds: eight phones of a person at most, and fewer where people have so many that
/// it is too much; the phone that somebody came with goes first. So nobody fills a Rekey with phones of his own, and who
/// should read no more is always kept out.
fn reached(mut readers: Vec<Reader>, most: usize) -> Vec<Reader> {
    readers.sort_by_key(|(person, device, _)| (*person, *person != PersonId::of(*device), *device));
    let mut phones: BTreeMap<PersonId, usize> = BTreeMap::new();
    for (person, ..) in &readers {
        let phones = phones.entry(*person).or_default();
        *phones = (*phones + 1).min(MOST_PHONES);
    }
    let part = level(phones.values().copied(), most).clamp(1, MOST_PHONES);
    let mut held: BTreeMap<PersonId, usize> = BTreeMap::new();
    readers.retain(|(person, ..)| {
        let held = held.entry(*person).or_default();
        *held += 1;
        *held <= part
    });
    readers.truncate(most);
    readers.sort_by_key(|(_, device, _)| *device);
    readers
}

impl State {
    /// A new secret for each of these channels, boxed to its readers. Only a coordinator's phone makes one; on others the
    /// secrets stay.
    pub(in crate::app) fn rekey(&mut self, channels: &[Channel]) -> Result<(), Error> {
        for channel in channels {
            if self.may_rekey() {
                let key = ChannelKey::new(self.group()?.id, channel.name(), Secret::from(random::<32>()?));
                self.box_key(*channel, key)?;
            }
        }
        Ok(())
    }

    /// Boxes a secret to the readers of its channel, as far as one Rekey holds them; the others ask for it.
    pub(in crate::app) fn box_key(&mut self, channel: Channel, key: ChannelKey) -> Result<(), Error> {
        let group = self.group()?;
        let mut boxes = Vec::new();
        let readers = group.membership().readers(channel);
        let readers = readers.into_iter().map(|(device, first)| (group.person(device), device, first)).collect();
        for (_, device, first) in reached(readers, MAX_READERS) {
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

    /// Makes the secrets that are due.
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

    fn may_rekey(&self) -> bool {
        let (Some(keys), Some(group)) = (&self.keys, &self.group) else { return false };
        let members = group.membership();
        members.is_coordinator(keys.device())
    }

    fn need(&self, channel: Channel) -> Result<Option<Need>, Error> {
        if !self.may_rekey() {
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

    fn people(count: u16, phones: u16) -> Vec<Reader> {
        let one = |person: u16, phone: u16| {
            let device = |phone: u16| {
                DeviceId([&person.to_be_bytes()[..], &phone.to_be_bytes(), &[7; 12]].concat().try_into().unwrap())
            };
            (PersonId::of(device(phones - 1)), device(phone), [0; 32])
        };
        (0..count).flat_map(|person| (0..phones).map(move |phone| one(person, phone))).collect()
    }

    #[test]
    fn mallory_with_seven_hundred_phones_fills_no_rekey() {
        let mut street = people(40, 2);
        let mallory = PersonId([0xFF; 16]);
        street
            .extend((0..700_u16).map(|it| {
                (mallory, DeviceId([&it.to_be_bytes()[..], &[9; 14]].concat().try_into().unwrap()), [0; 32])
            }));
        let boxed = reached(street.clone(), MAX_READERS);
        assert_eq!(boxed.len(), 80 + MOST_PHONES);
        assert_eq!(boxed.iter().filter(|(person, ..)| *person == mallory).count(), MOST_PHONES);
        assert!(boxed.is_sorted_by_key(|(_, device, _)| *device));
        let few = reached(people(40, 2), MAX_READERS);
        assert_eq!(few.len(), 80, "the control: whoever has few is never left out");
    }

    #[test]
    fn where_people_have_too_many_the_phone_that_each_came_with_gets_a_box() {
        let boxed = reached(people(500, 3), MAX_READERS);
        assert_eq!(boxed.len(), 500);
        assert!(boxed.iter().all(|(person, device, _)| *person == PersonId::of(*device)));
        assert_eq!(reached(people(700, 1), MAX_READERS).len(), MAX_READERS);
    }

    #[test]
    fn the_weekly_secret_comes_within_two_days_and_not_everywhere_at_once() {
        let waits: Vec<i64> = (0..64_u8).map(|it| stagger_ms(DeviceId([it; 16]), Channel::Street)).collect();
        assert!(waits.iter().all(|wait| (0..=48 * HOUR_MS).contains(wait)));
        assert!(waits.iter().filter(|wait| **wait < 24 * HOUR_MS).count().abs_diff(32) < 16);
        assert_ne!(stagger_ms(DeviceId([1; 16]), Channel::Street), stagger_ms(DeviceId([1; 16]), Channel::Team));
    }
}
