//! Keys of channels: made by a coordinator's phone, boxed to every reader, taken by each.

use ratel_protocol::Ref;

use super::{
    author::{Draft, KEY_CLASS},
    begin::UNCONFIRMED,
    state::{Group, State},
};
use crate::{
    envelope::{
        ChannelKey,
        crypto::{Secret, random, seal_box},
        operation::{
            Body, Keys,
            keys::{BoxedSecret, Channel, KeyId, MAX_READERS, Rekey},
        },
    },
    error::Error,
    identity::DeviceId,
    storage::{Mailbox, State as Stored},
};

/// A new key is made when the newest is so old (milliseconds).
const REKEY_AFTER_MS: i64 = 7 * 86_400_000;

impl Group {
    /// The newest key of a channel, with its generation.
    pub(super) fn newest(&self, channel: Channel) -> Option<(u64, &ChannelKey)> {
        self.channel_keys
            .values()
            .filter(|held| held.channel == channel)
            .max_by_key(|held| (held.generation, held.key.id))
            .map(|held| (held.generation, &held.key))
    }

    fn key_info(&self, channel: Channel, key_id: &[u8; 16], device: DeviceId) -> Vec<u8> {
        [self.id.0.as_slice(), channel.name().as_bytes(), key_id, &device.0].concat()
    }
}

impl State {
    /// Boxes the newest key of a channel to every reader; the first time it is the founder's own.
    pub(super) fn write_rekey(&mut self, channel: Channel) -> Result<(), Error> {
        let group = self.group()?;
        let (generation, key) = group.newest(channel).ok_or(Error::Internal("no key to box"))?;
        let key = key.clone();
        let mut boxes = Vec::new();
        for (device, kem_key) in group.membership().readers(channel) {
            let sealed = seal_box(&kem_key, &group.key_info(channel, &key.id, device), key.secret.as_ref())?;
            boxes.push((device, BoxedSecret::from_sealed(&sealed).ok_or(Error::Internal("a box has another length"))?));
        }
        let heads: Vec<Ref> = group.log.heads();
        let (log_key, address) = (group.log_key().clone(), group.address(Mailbox::Log));
        let body = Keys::Rekey(Rekey { channel, key_id: KeyId(key.id), generation, heads, boxes });
        self.seal_and_queue(Draft {
            mailbox: Mailbox::Log,
            address,
            key: &log_key,
            expires: self.stamp_day().plus(KEY_CLASS),
            document: None,
            parents: Vec::new(),
            body: Body::Keys(body),
            state: Stored::Opened,
        })?;
        self.store.set_fact("rekeyed", &self.now_ms().to_string())
    }

    /// A new key for each of these channels: some reader is gone, or has come. Only a coordinator's phone makes them; on
    /// others, and where the readers are too many for one Rekey, the keys stay.
    pub(super) fn rekey(&mut self, channels: &[Channel]) -> Result<(), Error> {
        let device = self.keys()?.device();
        for channel in channels {
            let group = self.group()?;
            let members = group.membership();
            if !members.is_coordinator(device) || members.readers(*channel).len() > MAX_READERS {
                continue;
            }
            let generation = group.newest(*channel).map_or(1, |(generation, _)| generation.saturating_add(1));
            let key = ChannelKey::new(group.id, channel.name(), Secret::from(random::<32>()?));
            self.keep_channel_key(*channel, generation, key)?;
            self.write_rekey(*channel)?;
        }
        Ok(())
    }

    /// A new key when the newest is old; only a coordinator's phone makes one.
    pub(super) fn rekey_if_due(&mut self) -> Result<(), Error> {
        if !self.rekey_is_due()? {
            return Ok(());
        }
        self.rekey(&Channel::ALL)
    }

    /// Whether this phone is a coordinator's and its newest key is old. A neighbourhood too large for one Rekey keeps its
    /// key: an alert never waits for a better one.
    pub(super) fn rekey_is_due(&self) -> Result<bool, Error> {
        let (Some(keys), Some(group)) = (&self.keys, &self.group) else { return Ok(false) };
        let coordinates = group.membership().is_coordinator(keys.device());
        if !coordinates || group.membership().readers(Channel::Street).len() > MAX_READERS {
            return Ok(false);
        }
        let newest_ms: i64 = self.store.fact("rekeyed")?.and_then(|text| text.parse().ok()).unwrap_or(0);
        Ok(!(0..REKEY_AFTER_MS).contains(&(self.now_ms() - newest_ms)))
    }

    /// Takes the box that is for this device, if any; a coordinator's signature also confirms a key that is held.
    pub(super) fn take_key_operation(&mut self, author: DeviceId, body: &Keys) -> Result<(), Error> {
        let Keys::Rekey(rekey) = body else { return Ok(()) };
        let keys = self.keys()?;
        let device = keys.device();
        let group = self.group()?;
        // Everybody reads with any key; one that no coordinator signed is chosen last to write with.
        let confirmed = group.membership().is_coordinator(author);
        let generation = if confirmed { rekey.generation } else { UNCONFIRMED };
        if let Some(held) = group.channel_keys.get(&rekey.key_id.0).filter(|held| held.channel == rekey.channel) {
            let key = held.key.clone();
            return self.keep_channel_key(rekey.channel, generation, key);
        }
        let Some((_, mine)) = rekey.boxes.iter().find(|(reader, _)| *reader == device) else { return Ok(()) };
        let info = group.key_info(rekey.channel, &rekey.key_id.0, device);
        let Ok(plain) = keys.boxing.open_box(&info, &mine.to_sealed()) else { return Ok(()) };
        let Ok(secret) = <[u8; 32]>::try_from(plain.as_slice()) else { return Ok(()) };
        let key = ChannelKey::new(group.id, rekey.channel.name(), Secret::from(secret));
        if key.id == rekey.key_id.0 { self.keep_channel_key(rekey.channel, generation, key) } else { Ok(()) }
    }
}
