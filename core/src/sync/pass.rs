//! One pass with a relay.

use std::collections::BTreeSet;

use ratel_protocol::{
    EnvelopeId, MailboxId, Ref, digest,
    frame::MAX_BATCH,
    http::{Outcome, PostedItem, Register, TokenChange},
};

use crate::{error::Error, storage::Mailbox};

/// A question to the relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Registers the group.
    Register(Register),
    /// Changes tokens; `up_to` is the position to confirm.
    Tokens {
        /// Either mailbox of the group.
        mailbox: MailboxId,
        /// The change.
        change: TokenChange,
        /// Position of the last change in it.
        up_to: i64,
    },
    /// Pushes envelopes.
    Push {
        /// Which.
        mailbox: Mailbox,
        /// Its id.
        id: MailboxId,
        /// The envelopes, oldest first.
        envelopes: Vec<(EnvelopeId, Vec<u8>)>,
    },
    /// Pulls what lies behind a cursor.
    Pull {
        /// Which.
        mailbox: Mailbox,
        /// Its id.
        id: MailboxId,
        /// The last cursor seen.
        after: u64,
    },
    /// Asks for the digest of a mailbox.
    Digest {
        /// Which.
        mailbox: Mailbox,
        /// Its id.
        id: MailboxId,
    },
    /// Asks for the ids of a mailbox.
    Ids {
        /// Which.
        mailbox: Mailbox,
        /// Its id.
        id: MailboxId,
    },
}

/// What the relay said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Done: registered, or tokens changed.
    Done,
    /// One result for each envelope pushed.
    Posted(Vec<PostedItem>),
    /// A page with its cursors.
    Page {
        /// Cursor and envelope, ascending.
        envelopes: Vec<(u64, Vec<u8>)>,
        /// More lies behind.
        more: bool,
    },
    /// A digest.
    Digest([u8; 32]),
    /// Ids, ascending.
    Ids(Vec<Ref>),
}

/// What a pass did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct SyncReport {
    /// Envelopes that the relay acknowledged.
    pub pushed: u32,
    /// Envelopes that were new here.
    pub pulled: u32,
}

/// What a pass needs of the phone. Every call is one short local transaction.
pub trait Replica {
    /// The mailboxes that the phone may use now, the log first.
    fn mailboxes(&self) -> Result<Vec<(Mailbox, MailboxId)>, Error>;
    /// The registration that the relay does not know yet.
    fn registration(&self) -> Result<Option<Register>, Error>;
    /// The relay knows the registration.
    fn registered(&mut self) -> Result<(), Error>;
    /// Tokens that the relay does not know yet, with the position of the last.
    fn token_change(&self) -> Result<Option<(i64, TokenChange)>, Error>;
    /// The relay knows the tokens up to a position.
    fn tokens_known(&mut self, up_to: i64) -> Result<(), Error>;
    /// Envelopes to push, oldest first.
    fn queued(&self, mailbox: Mailbox, limit: usize) -> Result<Vec<(EnvelopeId, Vec<u8>)>, Error>;
    /// What became of pushed envelopes.
    fn acknowledge(&mut self, results: &[(EnvelopeId, Outcome)]) -> Result<(), Error>;
    /// The last cursor seen.
    fn cursor(&self, mailbox: Mailbox) -> Result<u64, Error>;
    /// Takes a page and remembers its last cursor; gives how many were new.
    fn receive(&mut self, mailbox: Mailbox, page: &[(u64, Vec<u8>)]) -> Result<u32, Error>;
    /// Refs held and not expired, ascending.
    fn held(&self, mailbox: Mailbox) -> Result<Vec<Ref>, Error>;
    /// Queues held envelopes that the relay lacks.
    fn push_again(&mut self, missing: &[Ref]) -> Result<(), Error>;
    /// Begins again at cursor 0, since the relay holds what is missing here.
    fn restart(&mut self, mailbox: Mailbox) -> Result<(), Error>;
}

/// One pass. Feed [`Pass::next`] and [`Pass::take`] in turn until there is nothing to ask.
#[derive(Debug, Default)]
pub struct Pass {
    report: SyncReport,
    /// Mailboxes pulled to their end.
    pulled: BTreeSet<Mailbox>,
    /// Mailboxes to compare by digest.
    to_check: BTreeSet<Mailbox>,
    /// Mailboxes whose digest differed.
    differing: BTreeSet<Mailbox>,
    /// Mailboxes for which the relay takes no more for now (quota, disk). A log that is full holds back no alert.
    full: BTreeSet<Mailbox>,
    /// The relay takes no change of tokens for now.
    without_tokens: bool,
    /// Questions asked so far.
    asked: u32,
}

/// Most questions of one pass: a relay that always has one more page does not hold a phone for ever. At a page of
/// 1 MiB this is more than a phone can store.
const MAX_QUESTIONS: u32 = 20_000;

impl Pass {
    /// A pass; `check` also compares whole sets.
    pub fn new(check: bool) -> Self {
        let to_check = if check { Mailbox::ALL.into_iter().collect() } else { BTreeSet::new() };
        Self { to_check, ..Self::default() }
    }

    /// What was done so far.
    pub fn report(&self) -> SyncReport {
        self.report
    }

    /// The next question, or `None` when the pass is over.
    pub fn next(&mut self, replica: &dyn Replica) -> Result<Option<Ask>, Error> {
        self.asked += 1;
        if self.asked > MAX_QUESTIONS {
            return Err(Error::Network);
        }
        if let Some(register) = replica.registration()? {
            return Ok(Some(Ask::Register(register)));
        }
        let mailboxes = replica.mailboxes()?;
        let tokens = if self.without_tokens { None } else { replica.token_change()? };
        if let (Some((up_to, change)), Some((_, id))) = (tokens, mailboxes.first()) {
            return Ok(Some(Ask::Tokens { mailbox: *id, change, up_to }));
        }
        for (mailbox, id) in &mailboxes {
            let envelopes =
                if self.full.contains(mailbox) { Vec::new() } else { replica.queued(*mailbox, MAX_BATCH)? };
            if !envelopes.is_empty() {
                return Ok(Some(Ask::Push { mailbox: *mailbox, id: *id, envelopes }));
            }
        }
        for (mailbox, id) in &mailboxes {
            if !self.pulled.contains(mailbox) {
                return Ok(Some(Ask::Pull { mailbox: *mailbox, id: *id, after: replica.cursor(*mailbox)? }));
            }
        }
        for (mailbox, id) in &mailboxes {
            if self.differing.contains(mailbox) {
                return Ok(Some(Ask::Ids { mailbox: *mailbox, id: *id }));
            }
            if self.to_check.contains(mailbox) {
                return Ok(Some(Ask::Digest { mailbox: *mailbox, id: *id }));
            }
        }
        Ok(None)
    }

    /// The question came back without an answer. `true` if the pass goes on without it: tokens that a relay does not
    /// take must not keep alerts from it.
    pub fn goes_on_without(&mut self, ask: &Ask) -> bool {
        let tokens = matches!(ask, Ask::Tokens { .. });
        self.without_tokens |= tokens;
        tokens
    }

    /// Takes the answer to the last question. [`Error::Network`] when it is no answer to it.
    pub fn take(&mut self, replica: &mut dyn Replica, ask: &Ask, reply: Reply) -> Result<(), Error> {
        match (ask, reply) {
            (Ask::Register(_), Reply::Done) => replica.registered(),
            (Ask::Tokens { up_to, .. }, Reply::Done) => replica.tokens_known(*up_to),
            (Ask::Push { mailbox, envelopes, .. }, Reply::Posted(results)) => {
                self.posted(replica, *mailbox, envelopes, &results)
            }
            (Ask::Pull { mailbox, after, .. }, Reply::Page { envelopes, more }) => {
                self.page(replica, *mailbox, *after, &envelopes, more)
            }
            (Ask::Digest { mailbox, .. }, Reply::Digest(theirs)) => {
                self.to_check.remove(mailbox);
                if digest::of_sorted(&replica.held(*mailbox)?) != theirs {
                    self.differing.insert(*mailbox);
                }
                Ok(())
            }
            (Ask::Ids { mailbox, .. }, Reply::Ids(theirs)) => self.compare(replica, *mailbox, &theirs),
            _ => Err(Error::Network),
        }
    }

    fn posted(
        &mut self,
        replica: &mut dyn Replica,
        mailbox: Mailbox,
        envelopes: &[(EnvelopeId, Vec<u8>)],
        results: &[PostedItem],
    ) -> Result<(), Error> {
        // A relay that answers for other envelopes than were sent has acknowledged nothing.
        let answers_all =
            envelopes.len() == results.len() && envelopes.iter().zip(results).all(|((id, _), result)| *id == result.id);
        if !answers_all {
            return Err(Error::Network);
        }
        let outcomes: Vec<_> = results.iter().map(|result| (result.id, result.outcome)).collect();
        if outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Quota | Outcome::Full)) {
            self.full.insert(mailbox);
        }
        let stored = outcomes.iter().filter(|(_, outcome)| *outcome == Outcome::Stored).count();
        self.report.pushed += u32::try_from(stored).unwrap_or(u32::MAX);
        replica.acknowledge(&outcomes)
    }

    fn page(
        &mut self,
        replica: &mut dyn Replica,
        mailbox: Mailbox,
        after: u64,
        envelopes: &[(u64, Vec<u8>)],
        more: bool,
    ) -> Result<(), Error> {
        if envelopes.first().is_some_and(|(cursor, _)| *cursor <= after) || (envelopes.is_empty() && more) {
            return Err(Error::Network);
        }
        self.report.pulled += replica.receive(mailbox, envelopes)?;
        if !more {
            self.pulled.insert(mailbox);
        }
        Ok(())
    }

    fn compare(&mut self, replica: &mut dyn Replica, mailbox: Mailbox, theirs: &[Ref]) -> Result<(), Error> {
        self.differing.remove(&mailbox);
        let theirs: BTreeSet<Ref> = theirs.iter().copied().collect();
        let ours: BTreeSet<Ref> = replica.held(mailbox)?.into_iter().collect();
        let missing_there: Vec<Ref> = ours.difference(&theirs).copied().collect();
        replica.push_again(&missing_there)?;
        if theirs.difference(&ours).next().is_some() {
            replica.restart(mailbox)?;
            self.pulled.remove(&mailbox);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
