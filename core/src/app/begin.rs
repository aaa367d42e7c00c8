//! Beginning and joining a neighbourhood.
//!
//! A founder's phone has the group's secret at once and works alone; drafts wait. Genesis is written when the first
//! neighbour is let in, with both in it. A newcomer asks under an invitation's key; any coordinator's phone that knows
//! the invitation answers with the admission and one box that holds the group's secret and the street's key.

use std::collections::BTreeSet;

use ratel_protocol::{Day, Ref};
use serde::{Deserialize, Serialize};

use super::{
    author::{Draft, KEY_CLASS, LONG_CLASS},
    state::{Group, State},
};
use crate::{
    envelope::{
        Address, ChannelKey, Opened, Reader, Writer,
        crypto::{self, is_small_order, random, seal_box, sha256},
        open,
        operation::{
            Body, Content, Join, Members,
            keys::Channel,
            members::{Genesis, NewDevice, Newcomer, group_id},
        },
    },
    error::Error,
    group::{Invitation, MembersOperation, Opening},
    identity::{DeviceId, DeviceKeys, PersonId, check_name, check_number, check_street},
    link::RelayAddress,
    storage::{Mailbox, State as Stored, StoredEnvelope, TokenKind},
    view::Role,
};

/// Name of the fact that says which Genesis is this group's.
pub(super) const GENESIS: &str = "genesis";

/// What a founder says.
#[derive(Debug, Clone)]
pub struct Founding {
    /// First name.
    pub name: String,
    /// House number.
    pub number: Option<String>,
    /// The street's name.
    pub street: String,
    /// The relay's address.
    pub relay: String,
}

/// Name and street that wait until there is somebody to tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) name: String,
    pub(super) number: Option<String>,
    pub(super) street: Option<String>,
}

impl State {
    /// Begins a neighbourhood on this phone.
    pub(super) fn found(&mut self, new: &Founding) -> Result<(), Error> {
        let relay = RelayAddress::parse(&new.relay).ok_or(Error::RelayAddress)?;
        let pending = Pending {
            name: check_name(&new.name)?,
            number: new.number.as_deref().map(check_number).transpose()?,
            street: Some(check_street(&new.street)?),
        };
        self.ready_device(&pending)?;
        self.store.set_fact("relay", relay.as_text())?;
        let nonce: [u8; 16] = random()?;
        let id = group_id(&self.keys()?.signing.public(), &nonce);
        let secret = crypto::Secret::from(random::<32>()?);
        self.keep_secret("group", secret.as_ref())?;
        self.store.set_fact("group", &id.to_hex())?;
        self.store.set_fact("founder", &ratel_protocol::hex::encode(&nonce))?;
        self.group = Some(Group::new(secret, id)?);
        for channel in Channel::ALL {
            let secret = crypto::Secret::from(random::<32>()?);
            self.keep_channel_key(channel, ChannelKey::new(id, channel.name(), secret), true)?;
        }
        Ok(())
    }

    /// Keys for this phone and a name for its person, while it is in no group; keys that were made before stay.
    pub(super) fn ready_device(&mut self, pending: &Pending) -> Result<(), Error> {
        if self.group.is_some() {
            return Err(Error::AlreadyIn);
        }
        if self.keys.is_none() {
            let keys = DeviceKeys::generate(self.today())?;
            self.keep_secret("device", &keys.to_bytes())?;
            self.keys = Some(keys);
        }
        self.store.set_fact("pending", &serde_json::to_string(pending)?)
    }

    /// Another way to the same relay, on this phone alone.
    pub(super) fn set_relay(&mut self, address: &str) -> Result<(), Error> {
        let relay = RelayAddress::parse(address).ok_or(Error::RelayAddress)?;
        self.store.set_fact("relay", relay.as_text())
    }

    /// Makes an invitation and tells the relay its one-use token.
    pub(super) fn invite(&mut self) -> Result<String, Error> {
        let device = self.keys()?.device();
        let group = self.group()?;
        if !self.is_alone()? && !group.membership().is_coordinator(device) {
            return Err(Error::NotCoordinator);
        }
        let relay = self.store.fact("relay")?.and_then(|text| RelayAddress::parse(&text)).ok_or(Error::RelayAddress)?;
        let invitation = Invitation::new(relay, group.id, group.log_box)?;
        let key_id = invitation.key()?.id;
        let wrapped = self.vault.wrap(&invitation_name(&key_id), invitation.secret())?;
        self.store.add_invitation(&crate::storage::Invitation { key_id, wrapped, used: false }, self.now_ms())?;
        self.store.queue_token(invitation.token()?.hash(), TokenKind::Join)?;
        Ok(invitation.to_code())
    }

    /// Asks to be let in.
    pub(super) fn join(&mut self, code: &str, name: &str, number: Option<&str>) -> Result<(), Error> {
        let invitation = Invitation::from_code(code)?;
        let number = number.map(check_number).transpose()?;
        let pending = Pending { name: check_name(name)?, number, street: None };
        self.ready_device(&pending)?;
        self.store.set_fact("relay", invitation.relay.as_text())?;
        self.keep_secret("invitation", invitation.to_code().as_bytes())?;
        let keys = self.keys()?;
        let wanted = Join::Wanted { device: new_device(keys), person: keys.person };
        self.write_join(&invitation, wanted)
    }

    /// Asks or answers under an invitation's key.
    fn write_join(&mut self, invitation: &Invitation, join: Join) -> Result<(), Error> {
        self.seal_and_queue(Draft {
            mailbox: Mailbox::Log,
            address: Address { group: invitation.group, mailbox: invitation.log },
            key: &invitation.key()?,
            expires: self.stamp_day().plus(KEY_CLASS),
            document: None,
            parents: Vec::new(),
            body: Body::Join(join),
            state: Stored::Opened,
        })?;
        Ok(())
    }

    /// Looks for people who ask to be let in, or for the answer to one's own asking; `true` if anything came of it.
    pub(super) fn answer_joiners(&mut self) -> Result<bool, Error> {
        let mut answered = false;
        let given: BTreeSet<[u8; 16]> = self.store.invitations()?.into_iter().map(|given| given.key_id).collect();
        let own = self.invitation()?.map(|own| own.key()).transpose()?.map(|key| key.id);
        for (id, key) in self.store.keys_in(Mailbox::Log, Stored::Sealed)? {
            if own != Some(key) && !given.contains(&key) {
                continue;
            }
            let Some(invitation) = self.invitation_for(&key)? else { continue };
            let Some(stored) = self.store.envelope(id)? else { continue };
            let address = Address { group: invitation.group, mailbox: invitation.log };
            let state = match open(&stored.bytes, &invitation.key()?, &address) {
                Ok(opened) => self.take_join(&invitation, &stored, &opened)?,
                Err(_) => Stored::Refused,
            };
            if state != Stored::Sealed {
                self.store.set_state(stored.id.short(), state, None)?;
                answered = true;
            }
        }
        Ok(answered)
    }

    /// The invitation whose bearer seals with this key: one that this phone gave out, or the one that it holds.
    pub(super) fn invitation_for(&self, key_id: &[u8; 16]) -> Result<Option<Invitation>, Error> {
        // Who came in by an invitation may give out others later.
        if let Some(own) = self.invitation()?
            && own.key()?.id == *key_id
        {
            return Ok(Some(own));
        }
        let Some(group) = &self.group else { return Ok(None) };
        let Some(given) = self.store.invitations()?.into_iter().find(|given| given.key_id == *key_id) else {
            return Ok(None);
        };
        let relay = self.store.fact("relay")?.and_then(|text| RelayAddress::parse(&text)).ok_or(Error::RelayAddress)?;
        let secret = self.vault.unwrap(&invitation_name(key_id), &given.wrapped)?;
        Invitation::with_secret(&secret, relay, group.id, group.log_box).map(Some)
    }

    fn take_join(
        &mut self,
        invitation: &Invitation,
        stored: &StoredEnvelope,
        opened: &Opened,
    ) -> Result<Stored, Error> {
        match &opened.operation.body {
            Body::Join(Join::Wanted { device, person }) if self.group.is_some() => {
                let genuine = device.id() == opened.operation.device
                    && !is_small_order(&device.signing_key)
                    && opened.signed_by(&device.signing_key);
                let mine = self.keys()?.device() == opened.operation.device;
                if !genuine || mine {
                    return Ok(Stored::Refused);
                }
                self.admit(invitation, device, *person)
            }
            Body::Join(Join::Answer { encapsulated, ciphertext }) if self.group.is_none() => {
                self.accept(invitation, &[encapsulated.as_slice(), ciphertext].concat())
            }
            // One's own question, or another's answer.
            _ if stored.own => Ok(Stored::Opened),
            _ => Ok(Stored::Refused),
        }
    }

    /// Lets a newcomer in: with Genesis if it is the first, else with Admit. An invitation lets in one person.
    fn admit(&mut self, invitation: &Invitation, device: &NewDevice, person: PersonId) -> Result<Stored, Error> {
        let key = invitation.key()?;
        let used = self.store.invitations()?.iter().any(|given| given.key_id == key.id && given.used);
        if used || self.group()?.log.signing_key(device.id()).is_some() || self.is_taken(device, person)? {
            return Ok(Stored::Refused);
        }
        let newcomer =
            Newcomer { device: *device, person, role: Role::Resident, invitation: Some(key.id), badge_until: None };
        if self.group()?.membership().is_empty() {
            self.write_genesis(Newcomer { role: Role::Trustee, ..newcomer })?;
        } else {
            let me = self.keys()?.device();
            if !self.group()?.membership().is_coordinator(me) {
                return Ok(Stored::Sealed);
            }
            self.write_members(Members::Admit(newcomer))?;
        }
        self.store.queue_token(device.token, TokenKind::Add)?;
        self.write_answer(invitation, device)?;
        self.store.invitation_used(&key.id)?;
        Ok(Stored::Opened)
    }

    /// Whether somebody here has this person or token. Whoever came in as another's person could take back
    /// that person's alerts; another's token would be given a newcomer's rights at the relay, and end with the
    /// newcomer.
    pub(super) fn is_taken(&self, device: &NewDevice, person: PersonId) -> Result<bool, Error> {
        let (keys, members) = (self.keys()?, self.group()?.membership());
        let here = members.devices.values().map(|member| (member.person, member.token));
        let gone = members.former.values().map(|former| (former.person, former.token));
        let mut known = here.chain(gone).chain([(keys.person, keys.token.hash())]);
        Ok(known.any(|(known, token)| known == person || token == device.token))
    }

    pub(super) fn write_genesis(&mut self, first: Newcomer) -> Result<(), Error> {
        let nonce = self.store.fact("founder")?.ok_or(Error::NotCoordinator)?;
        let nonce = ratel_protocol::hex::decode(&nonce).ok_or(Error::ForeignStore)?;
        let keys = self.keys()?;
        let me = Newcomer {
            device: new_device(keys),
            person: keys.person,
            role: Role::Coordinator,
            invitation: None,
            badge_until: None,
        };
        let founders = vec![me, first];
        let charter = self.charter_now()?;
        let genesis = self.write_members(Members::Genesis(Genesis { nonce, charter, founders }))?;
        self.store.set_fact(GENESIS, &genesis.to_hex())?;
        for channel in Channel::ALL {
            let key = self.group()?.writing_key(channel).ok_or(Error::Internal("no key to box"))?.key.clone();
            self.box_key(channel, key)?;
        }
        self.introduce()
    }

    /// Says who this phone's person is, and of a founder also which street it is; drafts may go now.
    pub(super) fn introduce(&mut self) -> Result<(), Error> {
        let Some(pending) = self.pending()? else { return Ok(()) };
        let until = self.stamp_day().plus(LONG_CLASS);
        if let Some(name) = pending.street {
            self.write(Content::Street { until, name }, None)?;
        }
        self.write(Content::Profile { until, name: pending.name, number: pending.number.unwrap_or_default() }, None)?;
        Ok(())
    }

    /// One box to the newcomer: G, which beginning is the true one, the street's key, the day, and the heads of the log.
    /// A founder who signs a second beginning for somebody else splits nobody who came in by such a box.
    fn write_answer(&mut self, invitation: &Invitation, device: &NewDevice) -> Result<(), Error> {
        let genesis = self.store.fact(GENESIS)?.and_then(|text| Ref::from_hex(&text)).ok_or(Error::NotCoordinator)?;
        let group = self.group()?;
        let street = group.writing_key(Channel::Street).ok_or(Error::Internal("no key to write with"))?;
        let mut writer = Writer::new();
        writer.bytes(group.secret.as_ref());
        writer.bytes(&genesis.0);
        writer.bytes(street.key.secret.as_ref());
        writer.u16(self.stamp_day().0);
        writer.ascending(&group.log.heads().iter().map(|head| head.0).collect::<Vec<_>>());
        let sealed = seal_box(&device.kem_key, &answer_info(invitation, device.id()), &writer.into_bytes())?;
        let (encapsulated, ciphertext) =
            sealed.split_first_chunk::<32>().ok_or(Error::Internal("a box is too short"))?;
        let answer = Join::Answer { encapsulated: *encapsulated, ciphertext: ciphertext.to_vec() };
        self.write_join(invitation, answer)
    }

    /// Takes the answer: from now on this phone holds the group's secret.
    fn accept(&mut self, invitation: &Invitation, sealed: &[u8]) -> Result<Stored, Error> {
        let keys = self.keys()?;
        let Ok(plain) = keys.boxing.open_box(&answer_info(invitation, keys.device()), sealed) else {
            return Ok(Stored::Refused);
        };
        let mut reader = Reader::new(&plain);
        let mut read = || -> Result<_, crate::envelope::DecodeError> {
            let secret = crypto::Secret::from(reader.array::<32>()?);
            let (genesis, street) = (Ref(reader.array()?), crypto::Secret::from(reader.array::<32>()?));
            let (day, heads) = (Day(reader.u16()?), reader.ascending::<16>(8)?);
            Ok((secret, genesis, street, day, heads.into_iter().map(Ref).collect::<Vec<_>>()))
        };
        let Ok((secret, genesis, street, day, heads)) = read() else { return Ok(Stored::Refused) };
        let (group, relay) = (invitation.group, invitation.relay.clone());
        if Group::new(secret.clone(), group)?.log_box != invitation.log || reader.remaining() != 0 {
            return Ok(Stored::Refused);
        }
        self.take_opening(Opening { secret, group, genesis, street: Some(street), day, heads, relay })?;
        Ok(Stored::Opened)
    }

    /// Signs a members operation on all heads, and lets it count at once.
    pub(super) fn write_members(&mut self, body: Members) -> Result<Ref, Error> {
        let heads = self.group()?.log.heads();
        self.write_members_after(body, heads)
    }

    /// Signs a members operation on these, which extra signatures in it are bound to.
    pub(super) fn write_members_after(&mut self, body: Members, parents: Vec<Ref>) -> Result<Ref, Error> {
        let group = self.group()?;
        let key = group.log_key().clone();
        let sealed = self.seal_and_queue(Draft {
            mailbox: Mailbox::Log,
            address: group.address(Mailbox::Log),
            key: &key,
            expires: Day::NEVER,
            document: None,
            parents: parents.clone(),
            body: Body::Members(body.clone()),
            state: Stored::Opened,
        })?;
        let author = self.keys()?.device();
        let id = sealed.id.short();
        self.acted.extend(touched_by(author, &body));
        self.group_mut()?.log.insert(MembersOperation { id, author, parents, body });
        Ok(id)
    }
}

/// Devices that may read more or less after an act.
fn touched_by(author: DeviceId, body: &Members) -> Vec<DeviceId> {
    match body {
        Members::Role { target, .. } | Members::Remove { target, .. } | Members::Replace { target, .. } => {
            vec![*target]
        }
        Members::Admit(newcomer) if newcomer.role != Role::Resident => vec![newcomer.device.id()],
        Members::Recover { coordinators, .. } => coordinators.clone(),
        Members::Charter(_) => vec![author],
        _ => Vec::new(),
    }
}

pub(super) fn new_device(keys: &DeviceKeys) -> NewDevice {
    NewDevice { signing_key: keys.signing.public(), kem_key: keys.boxing.public(), token: keys.token.hash() }
}

fn invitation_name(key_id: &[u8; 16]) -> String {
    format!("invitation {}", ratel_protocol::hex::encode(key_id))
}

fn answer_info(invitation: &Invitation, device: DeviceId) -> Vec<u8> {
    [b"ratel join".as_slice(), &invitation.group.0, &device.0, &sha256(&[invitation.secret()])].concat()
}
