//! What the app holds open: the store, the keys, the group, and where the person is.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ratel_protocol::{Day, GroupId, MailboxId, Ref};
use serde::{Deserialize, Serialize};

use super::{Config, first::FirstRun, keys::Ring};
use crate::{
    day::DayCount,
    document::may_write,
    envelope::{
        Address, ChannelKey, Opened,
        crypto::{Secret, derive},
        open,
        operation::{Content, keys::Channel},
    },
    error::Error,
    group::{Begun, Inserted, Log, MembersOperation, Membership},
    identity::{DeviceId, DeviceKeys, PersonId, Vault},
    platform::Platform,
    screen::{Report, Route, Settings},
    storage::{Mailbox, Store, StoredEnvelope},
    view::Role,
};

const LOG: &str = "log";

/// Everything behind the door, in one lock.
pub(super) struct State {
    pub(super) store: Store,
    pub(super) vault: Vault,
    pub(super) platform: Arc<dyn Platform>,
    pub(super) config: Config,
    pub(super) keys: Option<DeviceKeys>,
    pub(super) group: Option<Group>,
    pub(super) settings: Settings,
    pub(super) route: Vec<Route>,
    pub(super) report: Option<Report>,
    pub(super) first: FirstRun,
    pub(super) days: DayCount,
    /// The count as it is on the disk.
    pub(super) stored_days: DayCount,
    /// Day and day of its own life on which this phone last destroyed what was over.
    pub(super) ended: Option<(Day, u32)>,
    pub(super) link: LinkFacts,
    /// What waits in the log was looked at since the group was read.
    pub(super) log_read: bool,
    /// Devices of which nothing in the log is too much, with the operation that waits for something of theirs.
    pub(super) spared: BTreeMap<DeviceId, Ref>,
    /// Streets in which choices of new coordinators were begun, by what those follow.
    pub(super) begun: RefCell<BTreeMap<Vec<Ref>, Arc<Begun>>>,
    /// How far through what was erased this phone has come, on this day.
    pub(super) erased_up_to: Option<Ref>,
    /// Devices whom members operations of this transaction may have given or taken reading.
    pub(super) acted: Vec<DeviceId>,
}

/// What the link has learned, for screens.
#[derive(Debug, Clone)]
pub(super) struct LinkFacts {
    /// The last attempt succeeded, or none was made yet.
    pub(super) online: bool,
    /// Unix seconds of the last success.
    pub(super) last_contact_s: Option<i64>,
    /// The relay refused with this status.
    pub(super) refused: Option<u16>,
}

/// The group's keys and its log.
pub(super) struct Group {
    pub(super) secret: Secret,
    pub(super) id: GroupId,
    pub(super) log_box: MailboxId,
    pub(super) content_box: MailboxId,
    log_key: ChannelKey,
    /// Secrets of channels.
    pub(super) ring: Ring,
    pub(super) log: Log,
    /// When the authors of acts in the log said that they were (Unix seconds), not after their arrival.
    said_s: BTreeMap<Ref, i64>,
    /// This phone was let in and has not seen the log yet.
    pub(super) let_in: Option<LetIn>,
}

/// An answer that let this phone in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LetIn {
    /// This phone.
    pub(super) device: DeviceId,
    /// Heads of the log that the answer named; the admission is one of them or lies before them.
    pub(super) heads: Vec<Ref>,
}

impl Group {
    /// Derives mailboxes and the log's key from G.
    pub(super) fn new(secret: Secret, id: GroupId) -> Result<Self, Error> {
        let mailbox = |mailbox: Mailbox| -> Result<MailboxId, Error> {
            let derived = derive(secret.as_ref(), &[], &[b"mailbox", mailbox.name().as_bytes()])?;
            let mut out = [0; 16];
            out.copy_from_slice(derived.split_at(16).0);
            Ok(MailboxId(out))
        };
        let log_secret = derive(secret.as_ref(), &[], &[b"log"])?;
        Ok(Self {
            log_box: mailbox(Mailbox::Log)?,
            content_box: mailbox(Mailbox::Content)?,
            log_key: ChannelKey::new(id, LOG, log_secret),
            ring: Ring::default(),
            log: Log::new(id),
            said_s: BTreeMap::new(),
            let_in: None,
            secret,
            id,
        })
    }

    /// Puts an act in its place in the log, and remembers when it was.
    pub(super) fn enter(&mut self, act: MembersOperation, said_s: i64) -> Inserted {
        let id = act.id;
        let inserted = self.log.insert(act);
        // What waits gets its place together with what it waits for.
        if self.log.contains(&id) || self.log.is_waiting(&id) {
            self.said_s.insert(id, said_s);
        }
        inserted
    }

    /// Forgets acts of which the bytes are no longer held: those that wait, and those that [`Log::surplus`] gave.
    pub(super) fn forget_acts(&mut self, acts: &BTreeSet<Ref>) {
        for id in acts {
            self.log.forget_waiting(*id);
            self.said_s.remove(id);
        }
        if acts.iter().any(|id| self.log.contains(id)) {
            self.log.forget(acts);
        }
    }

    /// When the author of an act in the log said that it was (Unix seconds).
    pub(super) fn said_s(&self, act: &Ref) -> Option<i64> {
        self.said_s.get(act).copied()
    }

    /// When each act that counts was (Unix seconds), credibly: not after its arrival, nor before what it follows.
    pub(super) fn act_times(&self) -> BTreeMap<Ref, i64> {
        self.log.times(|act| self.said_s(act))
    }

    /// Where envelopes of a mailbox belong.
    pub(super) fn address(&self, mailbox: Mailbox) -> Address {
        Address { group: self.id, mailbox: self.mailbox(mailbox) }
    }

    /// The id of a mailbox.
    pub(super) fn mailbox(&self, mailbox: Mailbox) -> MailboxId {
        match mailbox {
            Mailbox::Log => self.log_box,
            Mailbox::Content => self.content_box,
        }
    }

    /// The key of the log.
    pub(super) fn log_key(&self) -> &ChannelKey {
        &self.log_key
    }

    /// The key that an envelope names, if it is held.
    pub(super) fn key(&self, key_id: &[u8; 16]) -> Option<&ChannelKey> {
        if *key_id == self.log_key.id {
            return Some(&self.log_key);
        }
        self.ring.get(key_id).map(|held| &held.key)
    }

    /// Who belongs.
    pub(super) fn membership(&self) -> &Membership {
        self.log.membership()
    }

    /// The role of a device. Until the log has come, who was let in takes itself for a resident.
    pub(super) fn role(&self, device: DeviceId) -> Option<Role> {
        let members = self.membership();
        let waits = |let_in: &LetIn| {
            let_in.device == device
                && !members.was_removed(device)
                && !let_in.heads.iter().all(|head| self.log.contains(head))
        };
        members.role(device).or_else(|| self.let_in.as_ref().filter(|let_in| waits(let_in)).map(|_| Role::Resident))
    }

    /// Whether a device may write this into a channel now.
    pub(super) fn may_write_now(&self, device: DeviceId, channel: Channel, content: &Content) -> bool {
        self.role(device).is_some_and(|role| self.membership().role_may_write(role, channel, content))
    }

    /// Opens a stored envelope again.
    pub(super) fn reopen(&self, stored: &StoredEnvelope) -> Option<Opened> {
        let head = ratel_protocol::Head::parse(&stored.bytes).ok()?;
        open(&stored.bytes, self.key(&head.key_id)?, &self.address(stored.mailbox)).ok()
    }

    /// The person behind a device that is or was a member; an unknown device is a person of its own.
    pub(super) fn person(&self, device: DeviceId) -> PersonId {
        self.log.person(device).unwrap_or_else(|| PersonId::of(device))
    }

    /// The channel under whose key an envelope lies; none for the log's key or one that is not held.
    pub(super) fn channel_of(&self, stored: &StoredEnvelope) -> Option<Channel> {
        let head = ratel_protocol::Head::parse(&stored.bytes).ok()?;
        self.ring.get(&head.key_id).map(|held| held.channel)
    }

    /// Whether content counts: its author may write it now, in this channel, into what `opening` opened.
    pub(super) fn counts(
        &self,
        id: Ref,
        device: DeviceId,
        channel: Channel,
        content: &Content,
        opening: DeviceId,
    ) -> bool {
        let coordinator = self.membership().is_coordinator(device);
        (self.may_write_now(device, channel, content) || self.membership().keep_stands(id, device, content))
            && may_write(content, self.person(device), self.person(opening), coordinator)
    }
}

/// What a clock may say, from 1970 to the end of the year 9999, so that no sum with it overflows.
const CLOCK_MS: std::ops::RangeInclusive<i64> = 0..=253_402_300_799_999;

/// The phone's clock, within [`CLOCK_MS`].
pub(super) fn clock_ms(platform: &dyn Platform) -> i64 {
    platform.now_ms().clamp(*CLOCK_MS.start(), *CLOCK_MS.end())
}

impl State {
    /// Milliseconds since the Unix epoch, by the phone's clock, within [`CLOCK_MS`].
    pub(super) fn now_ms(&self) -> i64 {
        clock_ms(&*self.platform)
    }

    /// Today, by the phone's own count.
    pub(super) fn today(&self) -> Day {
        self.days.day()
    }

    /// The day for a stamp.
    pub(super) fn stamp_day(&self) -> Day {
        self.days.stamp(self.now_ms())
    }

    /// Moves the count of days on, and stores it when it is worth a write.
    pub(super) fn move_day(&mut self) -> Result<(), Error> {
        let moved = self.days.moved(self.now_ms(), &self.platform.boot());
        self.set_days(moved)
    }

    /// Another clock was heard.
    pub(super) fn hear_time(&mut self, said_ms: i64) -> Result<(), Error> {
        self.move_day()?;
        let heard = self.days.heard(said_ms).moved(self.now_ms(), &self.platform.boot());
        self.set_days(heard)
    }

    /// This phone was let in by somebody who counts this day.
    pub(super) fn count_from(&mut self, day: Day) -> Result<(), Error> {
        let joined = self.days.joined(day, self.now_ms()).moved(self.now_ms(), &self.platform.boot());
        self.set_days(joined)
    }

    fn set_days(&mut self, days: DayCount) -> Result<(), Error> {
        if days.differs_from(&self.stored_days) {
            self.store.set_fact("days", &serde_json::to_string(&days)?)?;
            self.stored_days = days.clone();
        }
        self.days = days;
        Ok(())
    }

    /// The keys of this device, once it began or asked to join.
    pub(super) fn keys(&self) -> Result<&DeviceKeys, Error> {
        self.keys.as_ref().ok_or(Error::NoNeighbourhood)
    }

    /// The group, once this phone is in one.
    pub(super) fn group(&self) -> Result<&Group, Error> {
        self.group.as_ref().ok_or(Error::NoNeighbourhood)
    }

    /// The group, to change.
    pub(super) fn group_mut(&mut self) -> Result<&mut Group, Error> {
        self.group.as_mut().ok_or(Error::NoNeighbourhood)
    }

    /// This device's id, if it has one.
    pub(super) fn device(&self) -> Option<DeviceId> {
        self.keys.as_ref().map(DeviceKeys::device)
    }

    /// Whether this device is in: the log says so, or an answer while the log has not come.
    pub(super) fn is_member(&self) -> bool {
        self.device().zip(self.group.as_ref()).is_some_and(|(device, group)| group.role(device).is_some())
    }

    /// Wraps a secret and stores it.
    pub(super) fn keep_secret(&self, name: &str, secret: &[u8]) -> Result<(), Error> {
        self.store.set_secret(name, &self.vault.wrap(name, secret)?)
    }
}
