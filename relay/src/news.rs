//! Tells waiting streams that a mailbox has changed.
//!
//! Each mailbox that somebody waits for has one `watch` value: the newest cursor and a count of token changes. A
//! burst collapses into its last cursor, so a slow reader costs no queue: it is told the newest place and pulls
//! from its own.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use ratel_protocol::MailboxId;
use tokio::sync::watch;

/// What is new in a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Latest {
    /// Cursor of the newest envelope since somebody waits; 0 before.
    pub cursor: u64,
    /// Grows when tokens of the group change: who waits must ask again whether it still may.
    pub tokens: u64,
}

/// The mailboxes that somebody waits for.
#[derive(Debug, Default)]
pub struct News {
    mailboxes: Mutex<BTreeMap<MailboxId, watch::Sender<Latest>>>,
}

impl News {
    /// Waits for one mailbox.
    pub fn subscribe(&self, mailbox: MailboxId) -> watch::Receiver<Latest> {
        self.lock().entry(mailbox).or_default().subscribe()
    }

    /// Announces an envelope that is on disk.
    pub fn mail(&self, mailbox: MailboxId, cursor: u64) {
        self.change(mailbox, |latest| latest.cursor = latest.cursor.max(cursor));
    }

    /// Announces that tokens changed.
    pub fn tokens(&self, mailbox: MailboxId) {
        self.change(mailbox, |latest| latest.tokens = latest.tokens.wrapping_add(1));
    }

    fn change(&self, mailbox: MailboxId, change: impl FnOnce(&mut Latest)) {
        let mut mailboxes = self.lock();
        let Some(sender) = mailboxes.get(&mailbox) else { return };
        if sender.receiver_count() == 0 {
            mailboxes.remove(&mailbox);
        } else {
            sender.send_modify(change);
        }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<MailboxId, watch::Sender<Latest>>> {
        // A poisoned lock is impossible in practice (nothing panics under it) and the map is valid at every step.
        self.mailboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_collapses_and_nobody_waiting_costs_nothing() {
        let news = News::default();
        let box_a = MailboxId([1; 16]);
        news.mail(box_a, 5);
        assert!(news.lock().is_empty());
        let waiting = news.subscribe(box_a);
        news.mail(box_a, 6);
        news.mail(box_a, 9);
        news.mail(box_a, 7);
        assert_eq!(*waiting.borrow(), Latest { cursor: 9, tokens: 0 });
        drop(waiting);
        news.mail(box_a, 10);
        assert!(news.lock().is_empty());
    }
}
