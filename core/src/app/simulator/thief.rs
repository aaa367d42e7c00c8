//! A phone in the hands of somebody who writes what no app writes: real keys of a real member, any operation, any
//! parents, any day.

use ratel_protocol::{Day, EnvelopeId, Head, Ref};

use super::phone::Phone;
use crate::{
    envelope::{
        ChannelKey, Sealed,
        crypto::{random, seal_box},
        operation::{
            Body, Content, Keys, Members, Operation,
            content::{Alert, Place},
            keys::{BoxedSecret, Channel, KeyId},
        },
        seal,
    },
    identity::DeviceId,
    intent::AlertKind,
    storage::{Mailbox, NewEnvelope, OpenedColumns, State as Held, StoredEnvelope},
};

impl Phone {
    /// Signs anything with this phone's key and carries it from now on.
    fn forges(&mut self, mailbox: Mailbox, key: &ChannelKey, expires: Day, operation: &Operation) -> Ref {
        let sealed = self.seals(mailbox, key, expires, operation);
        self.hears(mailbox, &[sealed.bytes]);
        sealed.id.short()
    }

    /// Signs anything with this phone's key, to be handed to others.
    pub(super) fn seals(&self, mailbox: Mailbox, key: &ChannelKey, expires: Day, operation: &Operation) -> Sealed {
        let address = self.state.group().expect("a group").address(mailbox);
        let signing = &self.state.keys().expect("keys").signing;
        seal(operation, signing, key, &address, expires).expect("it can be sealed")
    }

    pub(super) fn forged(&self, seq: u64, parents: Vec<Ref>, document: Option<Ref>, body: Body) -> Operation {
        let time = Day::stamp(self.state.now_ms().div_euclid(1000));
        Operation { device: self.device(), seq, time, document, parents, body }
    }

    /// A members operation on any parents, also long ago.
    pub(super) fn backdates(&mut self, parents: Vec<Ref>, body: Members) -> Ref {
        let key = self.state.group().expect("a group").log_key().clone();
        let operation = self.forged(1, parents, None, Body::Members(body));
        self.forges(Mailbox::Log, &key, Day::NEVER, &operation)
    }

    /// A key operation.
    pub(super) fn forges_keys(&mut self, body: Keys) -> Ref {
        let key = self.state.group().expect("a group").log_key().clone();
        let seq = self.state.store.last_seq(Mailbox::Log, self.device()).expect("readable") + 1;
        let expires = self.today().plus(100);
        let operation = self.forged(seq, Vec::new(), None, Body::Keys(body));
        self.forges(Mailbox::Log, &key, expires, &operation)
    }

    /// A secret that this phone makes up, and boxes of it for these devices.
    pub(super) fn boxes(&self, readers: &[DeviceId]) -> ([u8; 16], Vec<(DeviceId, BoxedSecret)>) {
        let group = self.state.group().expect("a group");
        let secret: [u8; 32] = random().expect("randomness");
        let key = ChannelKey::new(group.id, Channel::Street.name(), secret.into());
        let boxed = |device: &DeviceId| {
            let first = group.membership().devices.get(device)?.kem_key;
            let info = [group.id.0.as_slice(), Channel::Street.name().as_bytes(), &key.id, &device.0].concat();
            let sealed = seal_box(&group.ring.box_key(*device, first), &info, &secret).ok()?;
            Some((*device, BoxedSecret::from_sealed(&sealed)?))
        };
        (key.id, readers.iter().filter_map(boxed).collect())
    }

    /// Asks for secrets, member or not; gives the envelope.
    pub(super) fn asks_for(&mut self, key_ids: Vec<KeyId>, kem_key: [u8; 32]) -> Vec<u8> {
        let id = self.forges_keys(Keys::KeyWanted { key_ids, kem_key });
        self.state.store.envelope(id).expect("readable").expect("it is held").bytes
    }

    /// Puts a row into this phone's store as if it had been opened; gives its id. What its bytes are is of no matter.
    pub(super) fn lays_down(&self, mailbox: Mailbox, head: Head, columns: OpenedColumns, bytes: &[u8]) -> Ref {
        let id = EnvelopeId(random().expect("randomness"));
        let (state, opened) = (Held::Opened, Some(columns));
        let stored =
            NewEnvelope { id, mailbox, head, bytes, own: false, received_ms: 0, first_lived: 0, state, opened };
        assert!(self.state.store.hold(&stored).expect("it is held"));
        id.short()
    }

    /// The envelopes of a kind that this phone carries in the log.
    pub(super) fn carries_kind(&self, kind: u64) -> Vec<Vec<u8>> {
        let group = self.state.group().expect("a group");
        let rows = self.state.store.envelopes_in(Mailbox::Log, crate::storage::State::Opened).expect("readable");
        let is = |row: &StoredEnvelope| group.reopen(row).is_some_and(|opened| opened.operation.body.kind() == kind);
        rows.into_iter().filter(is).map(|row| row.bytes).collect()
    }

    pub(super) fn is_a_member(&self, device: DeviceId) -> bool {
        self.log().membership().is_member(device)
    }

    /// An alert under a key that this phone holds.
    pub(super) fn forges_alert(&mut self, seq: u64) -> Option<Ref> {
        let until = self.today().plus(30);
        let key = self.state.group().ok()?.writing_key(Channel::Street)?.key.clone();
        let alert = Alert {
            until,
            kind: AlertKind::Vehicle,
            practice: false,
            place: Place::Street,
            note: "van de dief".to_owned(),
            lang: "nl".to_owned(),
        };
        let operation = self.forged(seq, Vec::new(), None, Body::Content(Content::Alert(alert)));
        Some(self.forges(Mailbox::Content, &key, self.today().plus(35), &operation))
    }

    /// The operations that a device could name as parents, oldest first.
    pub(super) fn past(&self) -> Vec<Ref> {
        let rows = self.state.store.envelopes_in(Mailbox::Log, crate::storage::State::Opened).expect("readable");
        rows.iter().map(|row| row.id.short()).filter(|id| self.log().contains(id)).collect()
    }

    /// Devices that this phone's log knows as members, ascending.
    pub(super) fn members(&self) -> Vec<DeviceId> {
        self.log().membership().devices.keys().copied().collect()
    }
}
