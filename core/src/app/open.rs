//! Opening the store: from rows to the state in memory.

use std::{
    cell::RefCell,
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{
    Config,
    first::FirstRun,
    join::LET_IN,
    state::{Group, LinkFacts, State, clock_ms},
    view_of::clamped_s,
};
use crate::{
    day::DayCount,
    envelope::operation::{Body, Keys},
    error::Error,
    group::MembersOperation,
    identity::{DeviceKeys, Vault},
    platform::Platform,
    screen::{Mode, Settings, Theme},
    storage::{Mailbox, State as Stored, Store},
};

impl State {
    /// Opens the store of a device.
    pub(super) fn open(config: Config, platform: Arc<dyn Platform>) -> Result<Self, Error> {
        let store = Store::open(&config.data_dir)?;
        let vault = Vault::new(platform.wrapping_key()?);
        let boot = platform.boot();
        let days: DayCount = match store.fact("days")? {
            Some(text) => serde_json::from_str(&text)?,
            None => DayCount::begin(clock_ms(&*platform), &boot),
        };
        let settings = match store.fact("settings")? {
            Some(text) => serde_json::from_str(&text)?,
            None => Settings {
                mode: Mode::Simplified,
                letters: 100,
                lang: config.lang.clone().unwrap_or_else(|| "nl".to_owned()),
                theme: Theme::Light,
                read_aloud: false,
            },
        };
        let link = LinkFacts {
            online: true,
            last_contact_s: store.fact("last-contact")?.and_then(|text| text.parse().ok()),
            refused: None,
        };
        let (route, report) = match store.fact("place")? {
            Some(text) => serde_json::from_str(&text)?,
            None => (vec![crate::screen::Route::Home], None),
        };
        let first = match store.fact("welcome")? {
            Some(text) => serde_json::from_str(&text)?,
            None => FirstRun::default(),
        };
        let mut state = Self {
            store,
            vault,
            platform,
            config,
            keys: None,
            group: None,
            settings,
            route,
            report,
            first,
            stored_days: days.clone(),
            ended: None,
            days,
            link,
            log_read: false,
            spared: BTreeMap::new(),
            begun: RefCell::default(),
            erased_up_to: None,
            acted: Vec::new(),
        };
        state.move_day()?;
        state.store.transact(|store| store.set_fact("days", &serde_json::to_string(&state.days)?))?;
        state.reload()?;
        Ok(state)
    }

    /// Reads keys and group from the store again: at opening, and after an act that was undone.
    pub(super) fn reload(&mut self) -> Result<(), Error> {
        self.keys = match self.store.secret("device")? {
            Some(wrapped) => Some(DeviceKeys::from_bytes(&self.vault.unwrap("device", &wrapped)?)?),
            None => None,
        };
        self.group = None;
        self.log_read = false;
        let (Some(wrapped), Some(id)) = (self.store.secret("group")?, self.store.fact("group")?) else { return Ok(()) };
        let id = ratel_protocol::GroupId::from_hex(&id).ok_or(Error::ForeignStore)?;
        let mut group = Group::new(self.vault.unwrap_32("group", &wrapped)?, id)?;
        group.let_in = self.store.fact(LET_IN)?.map(|text| serde_json::from_str(&text)).transpose()?;
        for key in self.store.channel_keys(&self.vault)? {
            group.ring.hold(key);
        }
        for rekey in self.store.rekeys()? {
            group.ring.note_rekey(rekey);
        }
        let me = self.device().unwrap_or_default();
        for stored in self.store.envelopes_in(Mailbox::Log, Stored::Opened)? {
            let Some(opened) = group.reopen(&stored) else { continue };
            let (id, operation) = (stored.id.short(), opened.operation);
            match &operation.body {
                Body::Members(body) => {
                    let (author, body) = (operation.device, body.clone());
                    let said_s = clamped_s(operation.time, &stored);
                    let parents = operation.parents;
                    group.enter(MembersOperation { id, author, parents, body }, said_s);
                }
                Body::Keys(Keys::List { refs }) => group.log.insert_list(id, refs.clone()),
                Body::Keys(body) => group.ring.note(me, &stored, &operation, body),
                _ => {}
            }
        }
        self.group = Some(group);
        Ok(())
    }

    /// Runs an act in one transaction; when it fails nothing of it stays, in memory either. A bug that panics in it is an
    /// error of that act alone, and the app goes on.
    pub(super) fn in_transaction<T>(&mut self, act: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        let before = (self.settings.clone(), self.route.clone(), self.report.clone(), self.first.clone());
        let days = (self.days.clone(), self.stored_days.clone());
        self.store.begin()?;
        self.acted.clear();
        let whole = |state: &mut Self| {
            let value = act(state)?;
            let touched = std::mem::take(&mut state.acted);
            if !touched.is_empty() {
                state.rekey_after(&touched)?;
            }
            Ok(value)
        };
        let done = catch_unwind(AssertUnwindSafe(|| whole(self))).unwrap_or_else(|_| {
            tracing::error!("an act panicked and was undone");
            Err(Error::Internal("an act panicked"))
        });
        let result = done.and_then(|value| {
            if (&self.route, &self.report) != (&before.1, &before.2) {
                self.store.set_fact("place", &serde_json::to_string(&(&self.route, &self.report))?)?;
            }
            if self.first != before.3 {
                self.store.set_fact("welcome", &serde_json::to_string(&self.first)?)?;
            }
            Ok(value)
        });
        let result = self.store.end(result);
        if result.is_err() {
            (self.settings, self.route, self.report, self.first) = before;
            (self.days, self.stored_days) = days;
            self.ended = None;
            self.reload()?;
        }
        result
    }
}
