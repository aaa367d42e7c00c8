//! The card of a newcomer's phone, and what a member's phone does with one.

use crate::{
    app::{begin::Pending, state::State},
    envelope::{
        crypto::random,
        operation::{Members, members::Newcomer},
    },
    error::Error,
    group::{Card, Code, OpenCode},
    identity::{check_name, check_number},
    storage::TokenKind,
    view::Role,
};

/// Name of the fact that holds the nonce of this phone's card.
const CARD: &str = "card";

impl State {
    /// This phone's card, for a newcomer.
    pub(in crate::app) fn card(&mut self, name: &str, number: Option<&str>) -> Result<String, Error> {
        let number = number.map(check_number).transpose()?;
        let pending = Pending { name: check_name(name)?, number, street: None };
        self.ready_device(&pending)?;
        if self.store.fact(CARD)?.is_none() {
            self.store.set_fact(CARD, &ratel_protocol::hex::encode(&random::<16>()?))?;
        }
        self.own_card()?.map(|card| card.to_code()).ok_or(Error::Internal("a card was not kept"))
    }

    /// The card that this phone shows, if it was asked for one.
    pub(in crate::app) fn own_card(&self) -> Result<Option<Card>, Error> {
        let (Some(keys), Some(nonce)) = (&self.keys, self.store.fact(CARD)?) else { return Ok(None) };
        let nonce = ratel_protocol::hex::decode(&nonce).ok_or(Error::ForeignStore)?;
        Ok(Some(Card { device: keys.new_device(), nonce }))
    }

    /// Lets in the phone of a card; gives the answer.
    pub(in crate::app) fn admit_card(&mut self, code: &str, role: Option<Role>) -> Result<String, Error> {
        let card = self.new_card(code)?;
        let me = self.keys()?.device();
        let founds = self.is_alone()?;
        if !founds && !self.group()?.membership().is_coordinator(me) {
            return Err(Error::NotCoordinator);
        }
        let role = role.unwrap_or(if founds { Role::Trustee } else { Role::Resident });
        let possible = if founds { role != Role::Wijkagent } else { role <= Role::Patrol };
        if !possible {
            return Err(Error::RoleLater);
        }
        let device = card.device;
        let newcomer = Newcomer { device, role, invitation: None, badge_until: None };
        if founds {
            self.write_genesis(newcomer)?;
            let kind = if role == Role::Coordinator { TokenKind::Admin } else { TokenKind::Add };
            self.store.queue_token(device.token, kind)?;
        } else {
            self.administer(vec![Members::Admit(newcomer)])?;
        }
        self.answer_to(&card)
    }

    /// Lets in a second phone of this person.
    pub(in crate::app) fn link_card(&mut self, code: &str) -> Result<String, Error> {
        let card = self.new_card(code)?;
        self.administer(vec![Members::Link(card.device)])?;
        self.answer_to(&card)
    }

    /// Puts the phone of a card in the place of a person's lost one; gives the answer. Of a coordinator or trustee it
    /// gives the code for the second signer instead; the answer is there once that one has signed.
    pub(in crate::app) fn replace_by_card(&mut self, person: &str, code: &str) -> Result<String, Error> {
        let card = self.new_card(code)?;
        if let Some(second) = self.replace(person, card.device)? {
            return Ok(second);
        }
        self.answer_to(&card)
    }

    /// The answer to a card once more. It is boxed to the key with which that phone came in: a card with another key is
    /// another phone's.
    pub(in crate::app) fn answer_again(&self, code: &str) -> Result<String, Error> {
        let card = read_card(code)?;
        if self.device() == Some(card.device.id()) {
            return Err(Error::CodeOwn);
        }
        let members = self.group()?.membership();
        if !members.is_member(card.device.id()) {
            return Err(if self.is_taken(&card.device)? { Error::CodeUsed } else { Error::NotInYet });
        }
        self.answer_to(&card)
    }

    /// A card of a phone that nobody here knows yet.
    pub(in crate::app) fn new_card(&self, code: &str) -> Result<Card, Error> {
        let card = read_card(code)?;
        let device = card.device.id();
        if self.device() == Some(device) {
            return Err(Error::CodeOwn);
        }
        if self.group()?.log.signing_key(device).is_some() || self.is_taken(&card.device)? {
            return Err(Error::CodeUsed);
        }
        Ok(card)
    }

    /// The answer to a card, for its phone alone.
    pub(in crate::app) fn answer_to(&self, card: &Card) -> Result<String, Error> {
        OpenCode::write(&self.opening_for(card.device.id())?, card)
    }

    /// This phone began the group and nobody else is in.
    pub(in crate::app) fn is_alone(&self) -> Result<bool, Error> {
        Ok(self.store.fact("founder")?.is_some() && self.group()?.membership().is_empty())
    }
}

fn read_card(code: &str) -> Result<Card, Error> {
    match Code::read(code)? {
        Code::Card(card) => Ok(card),
        other => Err(other.unwanted()),
    }
}
