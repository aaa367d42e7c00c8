//! The answer that lets this phone in, however it came: scanned, or from the relay under an invitation's key.

use ratel_protocol::Ref;

use crate::{
    app::{
        begin::GENESIS,
        state::{Group, LetIn, State},
    },
    envelope::{ChannelKey, operation::keys::Channel},
    error::Error,
    group::{Code, Opening},
    identity::DeviceId,
};

/// Name of the fact that says by which answer this phone was let in.
pub(in crate::app) const LET_IN: &str = "let-in";

impl State {
    /// What goes to a phone that was let in: G, which beginning is the true one, the key of the street for who reads it,
    /// the day, the heads of the log and the relay.
    pub(in crate::app) fn opening_for(&self, device: DeviceId) -> Result<Opening, Error> {
        let group = self.group()?;
        let genesis = self.store.fact(GENESIS)?.and_then(|text| Ref::from_hex(&text));
        let reads = group.membership().reads(device, Channel::Street);
        let street = group.writing_key(Channel::Street).filter(|_| reads).map(|held| held.key.secret.clone());
        Ok(Opening {
            secret: group.secret.clone(),
            group: group.id,
            genesis: genesis.ok_or(Error::NotCoordinator)?,
            street,
            day: self.stamp_day(),
            heads: group.log.heads(),
            relay: self.relay()?,
        })
    }

    /// Takes the answer to this phone's card.
    pub(in crate::app) fn accept_answer(&mut self, code: &str) -> Result<(), Error> {
        let answer = match Code::read(code)? {
            Code::Open(answer) => answer,
            other => return Err(other.unwanted()),
        };
        let (Some(card), Some(keys)) = (self.own_card()?, &self.keys) else { return Err(Error::CodeOtherPhone) };
        let opening = answer.open(&keys.boxing, keys.device(), &card.nonce)?;
        if self.group.is_some() {
            return Err(Error::AlreadyIn);
        }
        self.forget_asking()?;
        self.store.set_fact("relay", opening.relay.as_text())?;
        self.take_opening(opening)
    }

    /// From now on this phone takes part. Until the log has come it takes itself for a resident.
    pub(in crate::app) fn take_opening(&mut self, opening: Opening) -> Result<(), Error> {
        let Opening { secret, group: id, genesis, street, day, heads, .. } = opening;
        self.keep_secret("group", secret.as_ref())?;
        self.store.set_fact("group", &id.to_hex())?;
        self.store.set_fact(GENESIS, &genesis.to_hex())?;
        let let_in = LetIn { device: self.keys()?.device(), heads };
        self.store.set_fact(LET_IN, &serde_json::to_string(&let_in)?)?;
        let mut group = Group::new(secret, id)?;
        group.let_in = Some(let_in);
        self.group = Some(group);
        self.count_from(day)?;
        if let Some(street) = street {
            // Whoever let this phone in made the box: any key that a coordinator signed goes before.
            let key = ChannelKey::new(id, Channel::Street.name(), street);
            self.keep_channel_key(Channel::Street, key, true)?;
            self.introduce()?;
        }
        self.settle_log(Vec::new())
    }
}
