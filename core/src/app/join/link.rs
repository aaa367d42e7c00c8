//! Joining from afar, by a link or a code on paper.
//!
//! A newcomer asks under the invitation's key. Coordinators share what they gave out in their own channel, so that any
//! coordinator's phone answers: with the admission, and one box that holds the group's secret and the street's key. An
//! invitation lets in one person, as resident, who is marked until a coordinator has met that person; and a coordinator
//! can take it back.

use std::collections::BTreeMap;

use ratel_protocol::Day;

use crate::{
    app::{
        author::{Draft, KEY_CLASS},
        begin::Pending,
        state::{Group, State},
    },
    envelope::{
        Address, Opened,
        crypto::{is_small_order, sha256},
        open,
        operation::{
            Body, Content, Join, Members,
            keys::Channel,
            members::{NewDevice, Newcomer},
            number,
        },
    },
    error::Error,
    group::{Code, Invitation, Opening},
    identity::{DeviceId, check_name, check_number},
    link::RelayAddress,
    storage::{Mailbox, State as Stored, StoredEnvelope, TokenKind},
    view::Role,
};

/// Days in which an invitation can be used.
const INVITATION_LIFE: u16 = 30;
/// Name of the fact that says that another was let in by the invitation that this phone waits on.
const SPENT: &str = "asked-in-vain";

/// An invitation that a coordinator of this group gave out.
pub(in crate::app) struct Given {
    /// What its bearer holds.
    pub(in crate::app) invitation: Invitation,
    until: Day,
    used: bool,
    revoked: bool,
}

impl Given {
    /// Whether somebody may still come in by it.
    pub(in crate::app) fn is_open(&self) -> bool {
        !self.used && !self.revoked
    }
}

impl State {
    /// Makes an invitation and tells the relay its one-use token.
    pub(in crate::app) fn invite(&mut self) -> Result<String, Error> {
        let device = self.keys()?.device();
        let group = self.group()?;
        if !self.is_alone()? && !group.membership().is_coordinator(device) {
            return Err(Error::NotCoordinator);
        }
        let invitation = Invitation::new(self.relay()?, group.id, group.log_box)?;
        let key_id = invitation.key()?.id;
        let wrapped = self.vault.wrap(&invitation_name(&key_id), invitation.secret())?;
        self.store.add_invitation(&crate::storage::Invitation { key_id, wrapped, used: false }, self.now_ms())?;
        self.store.queue_token(invitation.token()?.hash(), TokenKind::Join)?;
        if !self.group()?.membership().is_empty() {
            self.share(&invitation, false)?;
        }
        Ok(invitation.to_code())
    }

    /// Takes an invitation back, whichever coordinator gave it out. Who came in by it stays.
    pub(in crate::app) fn revoke(&mut self, code: &str) -> Result<(), Error> {
        let invitation = Invitation::from_code(code)?;
        let device = self.keys()?.device();
        let group = self.group()?;
        if group.id != invitation.group {
            return Err(Error::CodeElsewhere);
        }
        if !self.is_alone()? && !group.membership().is_coordinator(device) {
            return Err(Error::NotCoordinator);
        }
        let key_id = invitation.key()?.id;
        match self.given()?.get(&key_id) {
            Some(given) if given.used => return Err(Error::CodeUsed),
            Some(given) if given.revoked => return Ok(()),
            _ => {}
        }
        self.store.close_invitation(&key_id)?;
        self.store.queue_token(invitation.token()?.hash(), TokenKind::Remove)?;
        if self.group()?.membership().is_empty() { Ok(()) } else { self.share(&invitation, true) }
    }

    /// Takes back all that is open: somebody else knows the secrets.
    pub(in crate::app) fn revoke_open(&mut self) -> Result<(), Error> {
        let me = self.keys()?.device();
        if !self.group()?.membership().is_coordinator(me) {
            return Ok(());
        }
        for (key_id, given) in self.given()?.into_iter().filter(|(_, given)| given.is_open()) {
            self.store.close_invitation(&key_id)?;
            self.store.queue_token(given.invitation.token()?.hash(), TokenKind::Remove)?;
            self.share(&given.invitation, true)?;
        }
        Ok(())
    }

    /// Tells the other coordinators of an invitation, or that it was taken back. While a wijkagent reads along there,
    /// only the phone that gave it out answers its bearer.
    fn share(&mut self, invitation: &Invitation, revoked: bool) -> Result<(), Error> {
        let members = self.group()?.membership();
        if !revoked && members.devices.values().any(|member| member.role == Role::Wijkagent) {
            return Ok(());
        }
        let until = self.stamp_day().plus(INVITATION_LIFE);
        let content = Content::Invitation { until, secret: *invitation.secret(), revoked };
        match self.write_in(Channel::Coordination, content, None) {
            // A coordinator whose key of coordination is on its way answers by this phone alone.
            Err(Error::NoKeyYet) => Ok(()),
            written => written.map(drop),
        }
    }

    /// Tells coordinators of what was given out before there was a group.
    pub(in crate::app) fn share_given(&mut self) -> Result<(), Error> {
        let given: Vec<Given> = self.given()?.into_values().filter(Given::is_open).collect();
        given.iter().try_for_each(|given| self.share(&given.invitation, false))
    }

    /// Every invitation of this group that this phone knows of: those that it gave out itself, and those that lie in
    /// coordination, by the key that their bearers seal with.
    pub(in crate::app) fn given(&self) -> Result<BTreeMap<[u8; 16], Given>, Error> {
        let Some(group) = &self.group else { return Ok(BTreeMap::new()) };
        let mut all = BTreeMap::new();
        for own in self.store.invitations()? {
            let secret = self.vault.unwrap(&invitation_name(&own.key_id), &own.wrapped)?;
            let invitation = Invitation::with_secret(&secret, self.relay()?, group.id, group.log_box)?;
            let given = Given { invitation, until: Day::NEVER, used: own.used, revoked: false };
            all.insert(own.key_id, given);
        }
        for stored in self.store.opened_kind(number::INVITATION)? {
            let Some(Opened { operation, .. }) = group.reopen(&stored) else { continue };
            let Body::Content(content @ Content::Invitation { until, secret, revoked }) = &operation.body else {
                continue;
            };
            let device = operation.device;
            if group.channel_of(&stored) != Some(Channel::Coordination)
                || !group.counts(stored.id.short(), device, Channel::Coordination, content, device)
            {
                continue;
            }
            let invitation = Invitation::with_secret(secret, self.relay()?, group.id, group.log_box)?;
            let key_id = invitation.key()?.id;
            let given = all.entry(key_id).or_insert(Given { invitation, until: *until, used: false, revoked: false });
            given.until = given.until.min(*until);
            given.revoked |= revoked;
        }
        let members = group.membership();
        for (key_id, given) in &mut all {
            given.used |= members.invitations.contains(key_id);
            given.revoked |= given.until < self.today();
        }
        Ok(all)
    }

    pub(in crate::app) fn relay(&self) -> Result<RelayAddress, Error> {
        self.store.fact("relay")?.and_then(|text| RelayAddress::parse(&text)).ok_or(Error::RelayAddress)
    }

    /// Asks to be let in.
    pub(in crate::app) fn join(&mut self, code: &str, name: &str, number: Option<&str>) -> Result<(), Error> {
        let invitation = match Code::read(code)? {
            Code::Invitation(invitation) => invitation,
            Code::Open(_) => return self.accept_answer(code),
            other => return Err(other.unwanted()),
        };
        let number = number.map(check_number).transpose()?;
        let pending = Pending { name: check_name(name)?, number, street: None };
        self.ready_device(&pending)?;
        self.store.set_fact("relay", invitation.relay.as_text())?;
        self.keep_secret("invitation", invitation.to_code().as_bytes())?;
        self.store.set_fact(SPENT, "")?;
        self.forget_asking()?;
        let keys = self.keys()?;
        let wanted = Join::Wanted { device: keys.new_device() };
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
    pub(in crate::app) fn answer_joiners(&mut self) -> Result<bool, Error> {
        let own = self.invitation()?;
        let own_key = own.as_ref().map(Invitation::key).transpose()?.map(|key| key.id);
        let asked = self.store.keys_in(Mailbox::Log, Stored::Sealed)?;
        if asked.is_empty() {
            return Ok(false);
        }
        let given = self.given()?;
        let mut answered = false;
        for (id, key) in asked {
            // Who came in by an invitation may give out others later.
            let own = own.as_ref().filter(|_| own_key == Some(key));
            let open_for = given.get(&key).filter(|given| !given.revoked).map(|given| &given.invitation);
            let Some(invitation) = own.or(open_for) else { continue };
            let Some(stored) = self.store.envelope(id)? else { continue };
            let address = Address { group: invitation.group, mailbox: invitation.log };
            let state = match open(&stored.bytes, &invitation.key()?, &address) {
                Ok(opened) => self.take_join(invitation, &stored, &opened)?,
                Err(_) => Stored::Refused,
            };
            if state != Stored::Sealed {
                self.store.set_state(stored.id.short(), state, None)?;
                answered = true;
            }
        }
        Ok(answered)
    }

    fn take_join(
        &mut self,
        invitation: &Invitation,
        stored: &StoredEnvelope,
        opened: &Opened,
    ) -> Result<Stored, Error> {
        match &opened.operation.body {
            Body::Join(Join::Wanted { device }) if self.group.is_some() => {
                let genuine = device.id() == opened.operation.device
                    && !is_small_order(&device.signing_key)
                    && opened.signed_by(&device.signing_key);
                let mine = self.keys()?.device() == opened.operation.device;
                if !genuine || mine {
                    return Ok(Stored::Refused);
                }
                self.admit(invitation, device)
            }
            // The answer that lets this phone in, or another's.
            Body::Join(Join::Answer { encapsulated, ciphertext }) if self.group.is_none() => {
                let taken = self.accept(invitation, &[encapsulated.as_slice(), ciphertext].concat())?;
                if taken == Stored::Refused {
                    self.store.set_fact(SPENT, "yes")?;
                }
                Ok(taken)
            }
            // One's own question.
            _ if stored.own => Ok(Stored::Opened),
            _ => Ok(Stored::Refused),
        }
    }

    /// Lets a newcomer in: with Genesis if it is the first, else with Admit. An invitation lets in one person.
    fn admit(&mut self, invitation: &Invitation, device: &NewDevice) -> Result<Stored, Error> {
        let key = invitation.key()?;
        let used = self.given()?.get(&key.id).is_none_or(|given| given.used);
        if used || self.group()?.log.signing_key(device.id()).is_some() || self.is_taken(device)? {
            return Ok(Stored::Refused);
        }
        let newcomer = Newcomer { device: *device, role: Role::Resident, invitation: Some(key.id), badge_until: None };
        if self.group()?.membership().is_empty() {
            self.write_genesis(Newcomer { role: Role::Trustee, ..newcomer })?;
            self.store.queue_token(device.token, TokenKind::Add)?;
        } else {
            let admission = Members::Admit(newcomer);
            let (me, group) = (self.keys()?.device(), self.group()?);
            let may = group.membership().is_coordinator(me) && group.log.can(me, &admission).is_ok();
            // Without a key of the street there is nothing to hand over yet: the question waits for it.
            if !may || group.writing_key(Channel::Street).is_none() {
                return Ok(Stored::Sealed);
            }
            self.administer(vec![admission])?;
        }
        self.store.close_invitation(&key.id)?;
        self.write_answer(invitation, device)?;
        Ok(Stored::Opened)
    }

    /// Another was let in by the invitation that this phone waits on.
    pub(in crate::app) fn is_spent(&self) -> Result<bool, Error> {
        Ok(self.group.is_none() && self.store.fact(SPENT)?.is_some_and(|spent| !spent.is_empty()))
    }

    /// The code with which this phone asked lets nobody in, as far as it was told.
    pub(in crate::app) fn code_lets_nobody_in(&self) -> bool {
        let refused = matches!(self.link.refused, Some(401 | 403)) && self.waits_on_invitation().unwrap_or(false);
        refused || self.is_spent().unwrap_or(false)
    }

    /// Nothing that was asked under an earlier invitation goes to another group's mailbox.
    pub(in crate::app) fn forget_asking(&mut self) -> Result<(), Error> {
        for (id, _) in self.store.queued(Mailbox::Log, u32::MAX)? {
            self.store.acknowledged(id.short())?;
        }
        self.link.refused = None;
        self.store.set_cursor(Mailbox::Log, 0)
    }

    /// This phone has asked to be let in and holds nothing else yet.
    pub(in crate::app) fn waits_on_invitation(&self) -> Result<bool, Error> {
        Ok(self.group.is_none() && self.store.secret("invitation")?.is_some())
    }

    /// Answers under the invitation's key with one box that only the newcomer's phone opens.
    fn write_answer(&mut self, invitation: &Invitation, device: &NewDevice) -> Result<(), Error> {
        let opening = self.opening_for(device.id())?;
        let sealed = opening.seal(&device.kem_key, &asked(invitation, device.id()))?;
        let (encapsulated, ciphertext) =
            sealed.split_first_chunk::<32>().ok_or(Error::Internal("a box is too short"))?;
        let answer = Join::Answer { encapsulated: *encapsulated, ciphertext: ciphertext.to_vec() };
        self.write_join(invitation, answer)
    }

    /// Takes the answer: from now on this phone holds the group's secret. The relay stays the one that the invitation
    /// names: this phone has just reached it.
    fn accept(&mut self, invitation: &Invitation, sealed: &[u8]) -> Result<Stored, Error> {
        let keys = self.keys()?;
        let opening = Opening::unseal(&keys.boxing, &asked(invitation, keys.device()), sealed);
        let Some(Ok(opening)) = opening.filter(|opening| opening.as_ref().is_ok_and(|it| it.street.is_some())) else {
            return Ok(Stored::Refused);
        };
        let log = Group::new(opening.secret.clone(), opening.group)?.log_box;
        if (opening.group, log) != (invitation.group, invitation.log) {
            return Ok(Stored::Refused);
        }
        self.take_opening(opening)?;
        Ok(Stored::Opened)
    }
}

fn invitation_name(key_id: &[u8; 16]) -> String {
    format!("invitation {}", ratel_protocol::hex::encode(key_id))
}

fn asked(invitation: &Invitation, device: DeviceId) -> Vec<u8> {
    [b"ratel join".as_slice(), &invitation.group.0, &device.0, &sha256(&[invitation.secret()])].concat()
}
