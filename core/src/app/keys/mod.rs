//! Keys of channels: made by a coordinator's phone, boxed to every reader, taken by each, asked for by who misses one.
//!
//! 1. [`ring`] is what this phone holds and knows: secrets, who made them for whom, who asked and who answered.
//! 2. [`choice`] picks the secret to write with. An alert never waits for a better one.
//! 3. [`rekey`] makes new ones: when a reader goes, when the chosen one has a fault, and weekly.
//! 4. [`wanted`] asks for what is missing, [`given`] answers who may have it.
//! 5. [`prekey`] renews the key for boxes and destroys what is old.

mod choice;
mod given;
mod prekey;
mod rekey;
mod ring;
mod wanted;

use ratel_protocol::Ref;

use super::{
    author::{Draft, KEY_CLASS},
    state::{Group, State},
};
use crate::{
    envelope::{
        ChannelKey, Opened,
        crypto::Secret,
        operation::{
            Body, Keys,
            keys::{BoxedSecret, Channel, KeyId, Rekey},
        },
    },
    error::Error,
    identity::DeviceId,
    storage::{Mailbox, State as Stored, StoredEnvelope, StoredKey, StoredRekey},
};
pub(super) use ring::Ring;

impl Group {
    /// What a box of a secret is bound to: nobody can pass it on as one of another group, channel, key or reader.
    fn key_info(&self, channel: Channel, key_id: &[u8; 16], device: DeviceId) -> Vec<u8> {
        [self.id.0.as_slice(), channel.name().as_bytes(), key_id, &device.0].concat()
    }
}

impl State {
    /// Keeps a secret. `trusted`: it was made here, or came in the box that let this phone in.
    pub(super) fn keep_channel_key(&mut self, channel: Channel, key: ChannelKey, trusted: bool) -> Result<(), Error> {
        let new = StoredKey { channel, key, trusted, stopped: None };
        self.store.add_channel_key(&self.vault, &new)?;
        self.store.want_under(&new.key.id)?;
        self.group_mut()?.ring.hold(new);
        Ok(())
    }

    /// Whether [`State::tend_keys`] has anything to do.
    pub(super) fn keys_are_due(&self) -> Result<bool, Error> {
        Ok(self.rekey_is_due()? || self.answer_is_due()? || self.tidying_is_due()? || !self.wanted_now()?.is_empty())
    }

    /// What falls due by itself around secrets.
    pub(super) fn tend_keys(&mut self) -> Result<(), Error> {
        self.apart("keys could not be tended", |state| {
            state.rekey_where_due()?;
            state.tidy_keys()?;
            state.ask_for_keys()?;
            state.answer_askers()
        })?;
        Ok(())
    }

    /// Answers who asks for secrets, as soon as it is this phone's turn.
    pub(super) fn answer_askers_now(&mut self) -> Result<(), Error> {
        if self.answer_is_due()? {
            self.apart("who asked for keys could not be answered", Self::answer_askers)?;
        }
        Ok(())
    }

    /// Whatever goes wrong in `act` is undone and holds up nothing else: an alert waits for no key, nor for another alert.
    /// Whether it was done; `failed` says in the log what was not.
    pub(in crate::app) fn apart(
        &mut self,
        failed: &'static str,
        act: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        self.store.begin_part()?;
        let done = act(self);
        if let Err(error) = &done {
            tracing::error!(%error, "{failed}");
            self.store.undo_part()?;
            self.reload()?;
        }
        self.store.end_part()?;
        Ok(done.is_ok())
    }

    /// Signs a key operation, and knows at once what it says.
    fn write_keys(&mut self, body: Keys) -> Result<Ref, Error> {
        let group = self.group()?;
        let (key, address) = (group.log_key().clone(), group.address(Mailbox::Log));
        let sealed = self.seal_and_queue(Draft {
            mailbox: Mailbox::Log,
            address,
            key: &key,
            expires: self.stamp_day().plus(KEY_CLASS),
            document: None,
            parents: Vec::new(),
            body: Body::Keys(body),
            state: Stored::Opened,
        })?;
        let id = sealed.id.short();
        let me = self.keys()?.device();
        let stored = self.store.envelope(id)?.ok_or(Error::Internal("what was sealed is not held"))?;
        let group = self.group_mut()?;
        if let Some(opened) = group.reopen(&stored)
            && let Body::Keys(body) = &opened.operation.body
        {
            group.ring.note(me, &stored, &opened.operation, body);
        }
        Ok(id)
    }

    /// Takes what an authentic key operation says.
    pub(super) fn take_key_operation(
        &mut self,
        stored: &StoredEnvelope,
        opened: &Opened,
        body: &Keys,
    ) -> Result<(), Error> {
        let me = self.keys()?.device();
        self.group_mut()?.ring.note(me, stored, &opened.operation, body);
        match body {
            Keys::Rekey(rekey) => self.take_rekey(stored.id.short(), opened.operation.device, rekey),
            Keys::KeyGiven { to, channel, key_id, boxed } if *to == me && self.group()?.ring.wants(&key_id.0) => {
                match self.unbox(*channel, *key_id, boxed) {
                    Some(key) => self.keep_channel_key(*channel, key, false),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Takes the box that is for this phone, if any, and notes who made the secret for whom.
    fn take_rekey(&mut self, id: Ref, author: DeviceId, rekey: &Rekey) -> Result<(), Error> {
        let device = self.keys()?.device();
        let group = self.group()?;
        let most = if group.membership().is_coordinator(author) { MOST_OF_A_COORDINATOR } else { MOST_OF_OTHERS };
        if group.ring.rekeys_of(author) >= most {
            return Ok(());
        }
        let mine = rekey.boxes.iter().find(|(reader, _)| *reader == device);
        let key = mine.and_then(|(_, boxed)| self.unbox(rekey.channel, rekey.key_id, boxed));
        let proven = key.is_some();
        if let Some(key) = key {
            // Everybody reads with any secret; which to write with is chosen by who made it.
            self.keep_channel_key(rekey.channel, key, false)?;
        }
        self.note_rekey(id, author, rekey, proven)
    }

    fn note_rekey(&mut self, id: Ref, author: DeviceId, rekey: &Rekey, proven: bool) -> Result<(), Error> {
        let record = StoredRekey {
            id,
            key_id: rekey.key_id.0,
            channel: rekey.channel,
            author,
            generation: rekey.generation.min(MAX_GENERATION),
            heads: rekey.heads.clone(),
            recipients: rekey.boxes.iter().map(|(reader, _)| *reader).collect(),
            proven,
            noted_ms: self.now_ms(),
        };
        self.store.add_rekey(&record)?;
        self.group_mut()?.ring.note_rekey(record);
        Ok(())
    }

    /// The secret in a box for this phone; `None` if the box does not open or holds another secret than it says.
    fn unbox(&self, channel: Channel, key_id: KeyId, boxed: &BoxedSecret) -> Option<ChannelKey> {
        let (keys, group) = (self.keys.as_ref()?, self.group.as_ref()?);
        let info = group.key_info(channel, &key_id.0, keys.device());
        let plain = keys.open_box(&info, &boxed.to_sealed())?;
        let secret = <[u8; 32]>::try_from(plain.as_slice()).ok()?;
        let key = ChannelKey::new(group.id, channel.name(), Secret::from(secret));
        (key.id == key_id.0).then_some(key)
    }
}

/// Rekeys of one device that is no coordinator's which a phone takes: who was one may have written some; anybody can write
/// thousands, and each is looked at whenever a secret is chosen.
pub(in crate::app) const MOST_OF_OTHERS: usize = 64;
/// Rekeys of a coordinator that a phone takes. Three a week and three for each of fifty who go make less in the hundred
/// days that a Rekey is held. What lies under one that was not taken is asked for like any missing secret.
pub(in crate::app) const MOST_OF_A_COORDINATOR: usize = 512;

/// Greatest generation that a store keeps; what claims more counts as this.
const MAX_GENERATION: u64 = i64::MAX as u64;
