//! What a phone asks of a relay that takes no more of one mailbox.

use std::collections::BTreeMap;

use ratel_protocol::{EnvelopeId, MailboxId, Ref};

use super::{Ask, Error, Mailbox, Outcome, Pass, PostedItem, Register, Replica, Reply, TokenChange};

/// Ria's phone, as far as a pass sees it.
struct Ria {
    queued: BTreeMap<Mailbox, Vec<(EnvelopeId, Vec<u8>)>>,
}

impl Ria {
    fn with(log: u8, content: u8) -> Self {
        let envelope = |number: u8| (EnvelopeId([number; 32]), vec![number]);
        let queued = BTreeMap::from([
            (Mailbox::Log, (0..log).map(envelope).collect()),
            (Mailbox::Content, (100..100 + content).map(envelope).collect()),
        ]);
        Self { queued }
    }
}

impl Replica for Ria {
    fn mailboxes(&self) -> Result<Vec<(Mailbox, MailboxId)>, Error> {
        Ok(vec![(Mailbox::Log, MailboxId([1; 16])), (Mailbox::Content, MailboxId([2; 16]))])
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
        Ok(self.queued[&mailbox].iter().take(limit).cloned().collect())
    }
    fn acknowledge(&mut self, results: &[(EnvelopeId, Outcome)]) -> Result<(), Error> {
        for (id, outcome) in results {
            if *outcome == Outcome::Stored {
                self.queued.values_mut().for_each(|queue| queue.retain(|(queued, _)| queued != id));
            }
        }
        Ok(())
    }
    fn cursor(&self, _mailbox: Mailbox) -> Result<u64, Error> {
        Ok(0)
    }
    fn receive(&mut self, _mailbox: Mailbox, _page: &[(u64, Vec<u8>)]) -> Result<u32, Error> {
        Ok(0)
    }
    fn held(&self, _mailbox: Mailbox) -> Result<Vec<Ref>, Error> {
        Ok(Vec::new())
    }
    fn push_again(&mut self, _missing: &[Ref]) -> Result<(), Error> {
        Ok(())
    }
    fn restart(&mut self, _mailbox: Mailbox) -> Result<(), Error> {
        Ok(())
    }
}

/// One pass against a relay that takes nothing more of `full`.
fn pass(ria: &mut Ria, full: Mailbox) -> Pass {
    let mut pass = Pass::new(false);
    while let Some(ask) = pass.next(ria).unwrap() {
        let reply = match &ask {
            Ask::Push { mailbox, envelopes, .. } => {
                let outcome = if *mailbox == full { Outcome::Quota } else { Outcome::Stored };
                let item = |(id, _): &(EnvelopeId, Vec<u8>)| PostedItem { id: *id, outcome, retry_after_s: None };
                Reply::Posted(envelopes.iter().map(item).collect())
            }
            _ => Reply::Page { envelopes: Vec::new(), more: false },
        };
        pass.take(ria, &ask, reply).unwrap();
    }
    pass
}

/// Invariant 6: after a relay lost its log, phones bring it back and soon fill their share of it; alerts go all the same.
#[test]
fn a_full_share_of_the_log_holds_back_no_alert_and_the_pass_ends() {
    let mut ria = Ria::with(40, 2);
    let report = pass(&mut ria, Mailbox::Log).report();
    assert_eq!((ria.queued[&Mailbox::Log].len(), ria.queued[&Mailbox::Content].len()), (40, 0));
    assert_eq!(report.pushed, 2);
    let mut ria = Ria::with(40, 2);
    assert_eq!(pass(&mut ria, Mailbox::Content).report().pushed, 40, "nor the other way round");
    assert_eq!(ria.queued[&Mailbox::Content].len(), 2, "what was not taken is kept");
}
