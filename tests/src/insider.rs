//! A neighbour whose phone is in the hands of somebody who writes what no app writes: valid keys, any operation.

use std::path::PathBuf;

use ratel_core::{
    envelope::{
        Address, ChannelKey, Opened, Sealed,
        crypto::{Secret, SigningKey, derive},
        open,
        operation::{Body, Content, Join, Members, Operation, content::Letter, keys::Channel},
        seal, seal_with_salt,
    },
    group::Invitation,
    identity::{DeviceId, DeviceKeys, Vault},
    storage::{Mailbox, State, Store},
};
use ratel_protocol::{
    Day, GroupId, MailboxId, Ref, Token,
    frame::{self, MAX_BATCH},
    http,
};

use crate::{Phone, Street, plain_client};

/// The keys of a phone, taken out of its store.
pub struct Insider {
    /// The device's keys.
    pub keys: DeviceKeys,
    /// The beginning of the log.
    pub beginning: Ref,
    group: GroupId,
    secret: Secret,
    street: ChannelKey,
    today: Day,
    folder: PathBuf,
    wrapping_key: [u8; 32],
}

impl Insider {
    /// Takes the keys of a phone that is off for good.
    pub fn of(street: &Street, mut phone: Phone) -> Self {
        phone.kill();
        let store = Store::open(phone.folder()).expect("the store opens");
        let vault = Vault::new(phone.wrapping_key().into());
        let wrapped = |name| store.secret(name).expect("readable").expect("there");
        let keys = vault.unwrap("device", &wrapped("device")).expect("its own key");
        let held = store.channel_keys(&vault).expect("readable");
        let street_key = held.into_iter().rfind(|held| held.channel == Channel::Street).expect("a key");
        Self {
            keys: DeviceKeys::from_bytes(&keys).expect("keys"),
            beginning: Ref::from_hex(&store.fact("genesis").expect("readable").expect("begun")).expect("an id"),
            group: GroupId::from_hex(&store.fact("group").expect("readable").expect("there")).expect("an id"),
            secret: vault.unwrap_32("group", &wrapped("group")).expect("its own key"),
            street: street_key.key,
            folder: phone.folder().clone(),
            wrapping_key: phone.wrapping_key(),
            today: Day::from_unix_s(street.clock.now_ms().div_euclid(1000)),
        }
    }

    /// What lies under the seal of every envelope that this phone opened: of the log, and of the channels.
    pub fn in_clear(&self, mailbox: Mailbox) -> Vec<Vec<u8>> {
        let store = Store::open(&self.folder).expect("the store opens");
        let vault = Vault::new(self.wrapping_key.into());
        let log = derive(self.secret.as_ref(), &[], &[b"log"]).expect("derives");
        let mut keys = vec![ChannelKey::new(self.group, "log", log)];
        keys.extend(store.channel_keys(&vault).expect("readable").into_iter().map(|held| held.key));
        let address = Address { group: self.group, mailbox: self.mailbox(mailbox) };
        let held = store.envelopes_in(mailbox, State::Opened).expect("readable");
        let opened = held.iter().filter_map(|held| keys.iter().find_map(|key| open(&held.bytes, key, &address).ok()));
        opened.map(|opened| opened.operation.encode()).collect()
    }

    /// An operation of this device, to be changed at will.
    pub fn operation(&self, document: Option<Ref>, body: Body) -> Operation {
        Operation { device: self.keys.device(), seq: 1000, time: 90_000_000, document, parents: Vec::new(), body }
    }

    /// Signs with this device's key, whoever the operation names, and posts it into the street.
    pub async fn posts(&self, street: &Street, operation: &Operation) {
        let id = self.mailbox(Mailbox::Content);
        let address = Address { group: self.group, mailbox: id };
        let sealed = seal(operation, &self.keys.signing, &self.street, &address, self.today.plus(35)).expect("seals");
        post(street, id, &self.keys.token, &sealed.bytes).await;
    }

    /// The same under a salt of choice.
    pub async fn posts_with(&self, street: &Street, operation: &Operation, salt: [u8; 16]) {
        let id = self.mailbox(Mailbox::Content);
        let address = Address { group: self.group, mailbox: id };
        let expires = self.today.plus(35);
        let sealed = seal_with_salt(operation, &self.keys.signing, &self.street, &address, expires, salt);
        post(street, id, &self.keys.token, &sealed.expect("seals").bytes).await;
    }

    /// A letter that this phone carried, with the salt of its envelope.
    pub fn letter(&self) -> Option<(Letter, [u8; 16])> {
        let store = Store::open(&self.folder).expect("the store opens");
        let address = Address { group: self.group, mailbox: self.mailbox(Mailbox::Content) };
        let rows = store.envelopes_in(Mailbox::Content, State::Opened).expect("readable");
        rows.iter().find_map(|row| match open(&row.bytes, &self.street, &address).ok()? {
            Opened { head, operation: Operation { body: Body::Content(Content::Letter(letter)), .. }, .. } => {
                Some((letter, head.salt))
            }
            _ => None,
        })
    }

    /// Fills the log with envelopes that nobody's key opens, as many as the relay takes in a day; gives how many bytes.
    pub async fn floods_the_log(&self, street: &Street) -> usize {
        let id = self.mailbox(Mailbox::Log);
        let mut taken = 0;
        for number in 0_u16..1000 {
            let mut bytes = vec![0xA5; 4096];
            bytes[0] = 0x10;
            bytes[17..19].copy_from_slice(&number.to_be_bytes());
            bytes[33..35].copy_from_slice(&self.today.plus(100).0.to_be_bytes());
            if !offers(street, id, &self.keys.token, &bytes).await {
                break;
            }
            taken += bytes.len();
        }
        taken
    }

    /// Signs an act of administration on whatever parents it likes. `carrier` brings it to the relay, which may know this
    /// device's token no more.
    pub async fn administers(&self, street: &Street, carrier: &Token, parents: Vec<Ref>, act: Members) {
        let sealed = self.seals_act(self.keys.device(), &self.keys.signing, parents, act);
        post(street, self.mailbox(Mailbox::Log), carrier, &sealed.bytes).await;
    }

    /// An act of administration that any device signs, sealed for the log.
    pub fn seals_act(&self, by: DeviceId, signing: &SigningKey, parents: Vec<Ref>, act: Members) -> Sealed {
        let secret = derive(self.secret.as_ref(), &[], &[b"log"]).expect("derives");
        let key = ChannelKey::new(self.group, "log", secret);
        let operation = Operation { device: by, parents, ..self.operation(None, Body::Members(act)) };
        let address = Address { group: self.group, mailbox: self.mailbox(Mailbox::Log) };
        seal(&operation, signing, &key, &address, Day::NEVER).expect("seals")
    }

    /// Brings sealed acts to the relay, many at once.
    pub async fn posts_acts(&self, street: &Street, sealed: &[Vec<u8>]) {
        for batch in sealed.chunks(MAX_BATCH) {
            let stored = offers_all(street, self.mailbox(Mailbox::Log), &self.keys.token, batch).await;
            assert_eq!(stored, batch.len(), "the relay takes them");
        }
    }

    /// Asks to be let in with keys of its choice.
    pub async fn asks(&self, street: &Street, invitation: &Invitation, body: Body) {
        let mut operation = self.operation(None, body);
        if let Body::Join(Join::Wanted { device }) = &operation.body {
            operation.device = device.id();
        }
        let address = Address { group: self.group, mailbox: invitation.log };
        let key = invitation.key().expect("a key");
        let sealed = seal(&operation, &self.keys.signing, &key, &address, self.today.plus(100)).expect("seals");
        post(street, invitation.log, &invitation.token().expect("a token"), &sealed.bytes).await;
    }

    /// A mailbox of the street.
    pub fn mailbox(&self, mailbox: Mailbox) -> MailboxId {
        let derived = derive(self.secret.as_ref(), &[], &[b"mailbox", mailbox.name().as_bytes()]).expect("derives");
        MailboxId(derived.split_at(16).0.try_into().expect("16 bytes"))
    }
}

async fn post(street: &Street, mailbox: MailboxId, token: &Token, bytes: &[u8]) {
    assert!(offers(street, mailbox, token, bytes).await, "the relay takes what it cannot judge");
}

async fn offers(street: &Street, mailbox: MailboxId, token: &Token, bytes: &[u8]) -> bool {
    offers_all(street, mailbox, token, &[bytes]).await == 1
}

/// How many of a batch the relay has stored.
async fn offers_all(street: &Street, mailbox: MailboxId, token: &Token, batch: &[impl AsRef<[u8]>]) -> usize {
    let url = format!("{}{}", street.relay_url(), http::envelopes(mailbox));
    let body = frame::encode_batch(batch.iter().map(AsRef::as_ref));
    let sent = plain_client().post(url).bearer_auth(token.to_hex()).body(body).send().await.expect("an answer");
    let posted: http::Posted = serde_json::from_slice(&sent.bytes().await.expect("a body")).expect("a result");
    posted.results.iter().filter(|item| item.outcome == http::Outcome::Stored).count()
}
