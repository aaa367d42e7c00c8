//! Moving to another relay: the log says where, every phone follows when it has seen that.
//!
//! Nobody is cut off who was not there when it was said. For thirty days a phone also asks the former relay and brings
//! there what that lacks: the move itself, and whatever somebody wrote who has not heard of it. The phone that moved the
//! group registers it at the new relay and tells that who takes part; the former one learns of no new token.

use ratel_protocol::{
    Day, EnvelopeId, MailboxId, Ref,
    http::{Outcome, Register, TokenChange},
};
use serde::{Deserialize, Serialize};

use crate::{
    app::state::State, envelope::operation::Members, error::Error, link::RelayAddress, screen::Route, storage::Mailbox,
    sync::Replica,
};

/// Days in which the former relay is asked too.
const FORMER_DAYS: u16 = 30;
/// Name of the fact that says to which relay of the log this phone went last.
const FOLLOWED: &str = "relay-followed";
/// Name of the fact that holds the former relay.
const FORMER: &str = "relay-former";
/// Name of the fact that says whether this phone registers the group: without it, the founder's does.
const REGISTRAR: &str = "registrar";

/// The relay that was used before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::app) struct Former {
    address: String,
    /// Last day on which it is asked.
    until: Day,
    /// Cursors of log and content there.
    cursors: [u64; 2],
}

impl State {
    /// Where the relay is now, for the screens that move it.
    pub(in crate::app) fn relay_for(&self, route: &Route) -> Result<Option<String>, Error> {
        match route {
            Route::Relay { .. } | Route::RelayMove { .. } => self.store.fact("relay"),
            _ => Ok(None),
        }
    }

    /// Asks a coordinator for the new address, or shows the one that was typed once more before it counts.
    pub(in crate::app) fn open_relay(&mut self, typed: Option<String>) -> Result<(), Error> {
        let device = self.keys()?.device();
        if !self.group()?.membership().is_coordinator(device) {
            return Err(Error::NotCoordinator);
        }
        let Some(typed) = typed else {
            self.go(Route::Relay { typed: String::new() });
            return Ok(());
        };
        let address = self.other_relay(&typed)?.as_text().to_owned();
        if let Some(Route::Relay { typed: kept }) = self.route.last_mut() {
            *kept = typed;
        }
        self.go(Route::RelayMove { address });
        Ok(())
    }

    /// An address that is one, and another than that of now.
    fn other_relay(&self, address: &str) -> Result<RelayAddress, Error> {
        let relay = RelayAddress::parse(address).ok_or(Error::RelayAddress)?;
        let now = self.store.fact("relay")?;
        let agreed = self.group()?.membership().relay.as_deref();
        let here = now.as_deref() == Some(relay.as_text()) && agreed.is_none_or(|agreed| agreed == relay.as_text());
        if here { Err(Error::DoneAlready) } else { Ok(relay) }
    }

    /// Says that the group moves to another relay.
    pub(in crate::app) fn move_relay(&mut self, address: &str) -> Result<(), Error> {
        let relay = self.other_relay(address)?;
        self.administer(vec![Members::Relay { url: relay.as_text().to_owned() }])?;
        Ok(())
    }

    /// Whether the log names another relay than this phone followed last.
    pub(in crate::app) fn relay_has_moved(&self) -> Result<bool, Error> {
        let agreed = self.group.as_ref().and_then(|group| group.membership().relay.as_deref());
        Ok(agreed.is_some_and(|url| RelayAddress::parse(url).is_some())
            && self.store.fact(FOLLOWED)?.as_deref() != agreed)
    }

    /// Uses the relay that the log names. Between two passes only: each has its own cursors.
    pub(in crate::app) fn follow_relay(&mut self) -> Result<(), Error> {
        if !self.relay_has_moved()? {
            return Ok(());
        }
        let Some(url) = self.group()?.membership().relay.clone() else { return Ok(()) };
        self.store.set_fact(FOLLOWED, &url)?;
        let now = self.store.fact("relay")?;
        if now.as_deref() == Some(url.as_str()) {
            return Ok(());
        }
        if let Some(address) = now {
            let cursors = [self.store.cursor(Mailbox::Log)?, self.store.cursor(Mailbox::Content)?];
            let until = self.today().plus(FORMER_DAYS);
            let former = match self.former_relay()? {
                // Nothing ever came from where this phone went last: the one before is where others are.
                Some((former, _)) if cursors == [0, 0] => Former { until, ..former },
                _ => Former { address, until, cursors },
            };
            self.set_former(&former)?;
        }
        self.store.set_fact("relay", &url)?;
        for mailbox in Mailbox::ALL {
            self.store.set_cursor(mailbox, 0)?;
        }
        let mine = self.moved_here()? == self.device();
        self.store.set_fact(REGISTRAR, if mine { "yes" } else { "no" })?;
        self.store.set_fact("registered", if mine { "no" } else { "yes" })
    }

    /// The device that moved the group to where it is.
    fn moved_here(&self) -> Result<Option<crate::identity::DeviceId>, Error> {
        let relay = self.group()?.membership().relay.clone();
        let acts = self.acts()?;
        let moves = acts
            .into_iter()
            .rev()
            .find(|act| matches!(&act.body, Members::Relay { url } if Some(url) == relay.as_ref()));
        Ok(moves.map(|act| act.author))
    }

    /// Whether this phone registers the group at the relay, and tells it everything anew when it has lost it.
    pub(in crate::app) fn is_registrar(&self) -> Result<bool, Error> {
        Ok(match self.store.fact(REGISTRAR)?.as_deref() {
            Some(said) => said == "yes",
            None => self.store.fact("founder")?.is_some(),
        })
    }

    /// The former relay, as long as it is asked.
    pub(in crate::app) fn former_relay(&self) -> Result<Option<(Former, RelayAddress)>, Error> {
        let Some(text) = self.store.fact(FORMER)? else { return Ok(None) };
        let former: Former = serde_json::from_str(&text)?;
        let address = RelayAddress::parse(&former.address).filter(|_| self.today() <= former.until);
        Ok(address.map(|address| (former, address)))
    }

    fn set_former(&self, former: &Former) -> Result<(), Error> {
        self.store.set_fact(FORMER, &serde_json::to_string(former)?)
    }
}

/// The phone as a pass with the former relay sees it: it brings what is missing there, and has cursors of its own.
pub(in crate::app) struct AtFormer<'a> {
    pub(in crate::app) state: &'a mut State,
    pub(in crate::app) former: &'a mut Former,
    /// What the former relay lacks.
    pub(in crate::app) missing: &'a mut Vec<Ref>,
}

impl AtFormer<'_> {
    fn cursor_mut(&mut self, mailbox: Mailbox) -> &mut u64 {
        let [log, content] = &mut self.former.cursors;
        match mailbox {
            Mailbox::Log => log,
            Mailbox::Content => content,
        }
    }

    fn set_cursor(&mut self, mailbox: Mailbox, cursor: u64) -> Result<(), Error> {
        *self.cursor_mut(mailbox) = cursor;
        self.state.store.transact(|_| self.state.set_former(self.former))
    }
}

impl Replica for AtFormer<'_> {
    fn mailboxes(&self) -> Result<Vec<(Mailbox, MailboxId)>, Error> {
        self.state.mailboxes()
    }

    fn registration(&self) -> Result<Option<Register>, Error> {
        Ok(None)
    }

    fn registered(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn token_change(&self) -> Result<Option<(i64, TokenChange)>, Error> {
        Ok(None)
    }

    fn tokens_known(&mut self, _up_to: i64) -> Result<(), Error> {
        Ok(())
    }

    fn queued(&self, mailbox: Mailbox, limit: usize) -> Result<Vec<(EnvelopeId, Vec<u8>)>, Error> {
        let mut queued = Vec::new();
        for id in self.missing.iter() {
            if queued.len() == limit {
                break;
            }
            let stored = self.state.store.envelope(*id)?.filter(|stored| stored.mailbox == mailbox);
            queued.extend(stored.map(|stored| (stored.id, stored.bytes)));
        }
        Ok(queued)
    }

    fn acknowledge(&mut self, results: &[(EnvelopeId, Outcome)]) -> Result<(), Error> {
        // Whatever it said, it is not asked twice in one pass.
        self.missing.retain(|id| !results.iter().any(|(known, _)| known.short() == *id));
        Ok(())
    }

    fn cursor(&self, mailbox: Mailbox) -> Result<u64, Error> {
        let [log, content] = self.former.cursors;
        Ok(if mailbox == Mailbox::Log { log } else { content })
    }

    fn receive(&mut self, mailbox: Mailbox, page: &[(u64, Vec<u8>)]) -> Result<u32, Error> {
        let Some((last, _)) = page.last() else { return Ok(0) };
        let envelopes: Vec<&[u8]> = page.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        // What comes from there goes on to the new relay, where others are.
        let ids: Vec<Ref> = match self.state.mailbox_id(mailbox) {
            Some(id) => envelopes.iter().map(|bytes| EnvelopeId::of(id, bytes).short()).collect(),
            None => Vec::new(),
        };
        let new = self.state.in_transaction(|state| {
            let new = state.take_envelopes(mailbox, &envelopes)?;
            ids.iter().try_for_each(|id| state.store.queue_again(*id))?;
            Ok(new)
        })?;
        self.set_cursor(mailbox, *last)?;
        Ok(new)
    }

    fn held(&self, mailbox: Mailbox) -> Result<Vec<Ref>, Error> {
        self.state.held(mailbox)
    }

    fn push_again(&mut self, missing: &[Ref]) -> Result<(), Error> {
        self.missing.extend(missing);
        Ok(())
    }

    fn restart(&mut self, mailbox: Mailbox) -> Result<(), Error> {
        self.set_cursor(mailbox, 0)
    }
}
