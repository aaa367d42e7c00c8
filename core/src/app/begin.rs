//! Beginning a neighbourhood, and what each phone does once when it gets in: make its keys, and say who its person is.
//!
//! A founder's phone has the group's secret at once and works alone; drafts wait. Genesis is written when the first
//! neighbour is let in, with both in it. How a neighbour comes in is told in `join`; every act of the log is signed here.

use ratel_protocol::{Day, Ref};
use serde::{Deserialize, Serialize};

use super::{
    author::{Draft, LONG_CLASS},
    state::{Group, State},
};
use crate::{
    envelope::{
        ChannelKey,
        crypto::{self, random},
        operation::{
            Body, Content, Members,
            keys::Channel,
            members::{Genesis, NewDevice, Newcomer, group_id},
        },
    },
    error::Error,
    group::{Member, MembersOperation},
    identity::{DeviceId, DeviceKeys, check_name, check_number, check_street},
    link::RelayAddress,
    storage::{Mailbox, State as Stored},
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
        self.forget_asking()?;
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

    /// Whether somebody here has this token, or signs with this key. Another's token would be given a newcomer's rights at
    /// the relay, and end with the newcomer; another's signing key beside a box key of one's own is nobody's phone.
    pub(super) fn is_taken(&self, device: &NewDevice) -> Result<bool, Error> {
        let (keys, members) = (self.keys()?, self.group()?.membership());
        let here = members.devices.values().map(|member| member.token);
        let gone = members.former.values().map(|former| former.token);
        let signs = |member: &Member| member.signing_key == device.signing_key;
        let token = here.chain(gone).chain([keys.token.hash()]).any(|token| token == device.token);
        Ok(token || keys.signing.public() == device.signing_key || members.devices.values().any(signs))
    }

    pub(super) fn write_genesis(&mut self, first: Newcomer) -> Result<(), Error> {
        let nonce = self.store.fact("founder")?.ok_or(Error::NotCoordinator)?;
        let nonce = ratel_protocol::hex::decode(&nonce).ok_or(Error::ForeignStore)?;
        let keys = self.keys()?;
        let me = Newcomer { device: keys.new_device(), role: Role::Coordinator, invitation: None, badge_until: None };
        let founders = vec![me, first];
        let charter = self.charter_now()?;
        let genesis = self.write_members(Members::Genesis(Genesis { nonce, charter, founders }))?;
        self.store.set_fact(GENESIS, &genesis.to_hex())?;
        for channel in Channel::ALL {
            let key = self.group()?.writing_key(channel).ok_or(Error::Internal("no key to box"))?.key.clone();
            self.box_key(channel, key)?;
        }
        self.share_given()?;
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
        let said_s = Day::unix_s(Day::stamp(self.now_ms().div_euclid(1000)));
        self.group_mut()?.enter(MembersOperation { id, author, parents, body }, said_s);
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
