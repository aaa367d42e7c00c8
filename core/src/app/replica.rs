//! The phone as a sync pass sees it.

use ratel_protocol::{
    EnvelopeId, MailboxId, Ref, TokenHash,
    http::{Outcome, Register, TokenChange},
};

use super::{admin::mark, state::State};
use crate::{
    error::Error,
    storage::{Mailbox, TokenKind},
    sync::Replica,
};

impl State {
    /// Everything that a relay which has lost it must learn of tokens: who is in and who is out, and whom an invitation
    /// still waits for. Only the token that registered the group may tell it; on other phones this is empty.
    pub(super) fn tokens(&self) -> Result<Vec<(TokenHash, TokenKind)>, Error> {
        let (Some(group), Some(keys)) = (&self.group, &self.keys) else { return Ok(Vec::new()) };
        if !self.is_registrar()? {
            return Ok(Vec::new());
        }
        let mut tokens = Vec::new();
        for given in self.given()?.values().filter(|given| given.is_open()) {
            tokens.push((given.invitation.token()?.hash(), TokenKind::Join));
        }
        let members = group.membership();
        tokens.extend(members.former.values().map(|former| (former.token, TokenKind::Remove)));
        let mine = keys.token.hash();
        let others = members.devices.values().map(|member| member.token).filter(|token| *token != mine);
        tokens.extend(others.map(|token| (token, mark(members, token))));
        Ok(tokens)
    }
}

impl Replica for State {
    fn mailboxes(&self) -> Result<Vec<(Mailbox, MailboxId)>, Error> {
        Ok(Mailbox::ALL.into_iter().filter_map(|mailbox| self.mailbox_id(mailbox).map(|id| (mailbox, id))).collect())
    }

    fn registration(&self) -> Result<Option<Register>, Error> {
        let (Some(group), Some(keys)) = (&self.group, &self.keys) else { return Ok(None) };
        if !self.is_registrar()? || self.store.fact("registered")?.as_deref() == Some("yes") {
            return Ok(None);
        }
        Ok(Some(Register { log: group.log_box, content: group.content_box, token: keys.token.hash() }))
    }

    fn registered(&mut self) -> Result<(), Error> {
        self.store.transact(|store| store.set_fact("registered", "yes"))
    }

    fn token_change(&self) -> Result<Option<(i64, TokenChange)>, Error> {
        let queued = self.store.queued_tokens()?;
        let Some((last, _, _)) = queued.last() else { return Ok(None) };
        let of = |kind: TokenKind| -> Vec<TokenHash> {
            queued.iter().filter(|(_, _, queued)| *queued == kind).map(|(_, hash, _)| *hash).collect()
        };
        let change = TokenChange {
            add: of(TokenKind::Add),
            admin: of(TokenKind::Admin),
            join: of(TokenKind::Join),
            remove: of(TokenKind::Remove),
        };
        Ok(Some((*last, change)))
    }

    fn tokens_known(&mut self, up_to: i64) -> Result<(), Error> {
        self.store.transact(|store| store.tokens_known(up_to))
    }

    fn queued(&self, mailbox: Mailbox, limit: usize) -> Result<Vec<(EnvelopeId, Vec<u8>)>, Error> {
        self.store.queued(mailbox, u32::try_from(limit).unwrap_or(u32::MAX))
    }

    fn acknowledge(&mut self, results: &[(EnvelopeId, Outcome)]) -> Result<(), Error> {
        self.store.transact(|store| {
            for (id, outcome) in results {
                match outcome {
                    Outcome::Stored => store.acknowledged(id.short())?,
                    Outcome::Expired | Outcome::Malformed => store.refused_by_relay(id.short())?,
                    // They stay queued and go when the relay has room again.
                    Outcome::Quota | Outcome::Full => {}
                }
            }
            Ok(())
        })
    }

    fn cursor(&self, mailbox: Mailbox) -> Result<u64, Error> {
        self.store.cursor(mailbox)
    }

    fn receive(&mut self, mailbox: Mailbox, page: &[(u64, Vec<u8>)]) -> Result<u32, Error> {
        let Some((last, _)) = page.last() else { return Ok(0) };
        let envelopes: Vec<&[u8]> = page.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        self.in_transaction(|state| {
            let new = state.take_envelopes(mailbox, &envelopes)?;
            state.store.set_cursor(mailbox, *last)?;
            Ok(new)
        })
    }

    fn held(&self, mailbox: Mailbox) -> Result<Vec<Ref>, Error> {
        self.store.unexpired(mailbox, self.today())
    }

    fn push_again(&mut self, missing: &[Ref]) -> Result<(), Error> {
        self.store.transact(|store| missing.iter().try_for_each(|id| store.queue_again(*id)))
    }

    fn restart(&mut self, mailbox: Mailbox) -> Result<(), Error> {
        self.store.transact(|store| store.set_cursor(mailbox, 0))
    }
}
