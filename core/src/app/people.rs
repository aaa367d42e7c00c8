//! What is news among people: acts of administration that nobody looked at on this phone. Every admission is shown to
//! all on the next screen.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::{known::Known, state::State};
use crate::{
    envelope::operation::keys::Channel,
    error::Error,
    screen::Route,
    view::{Change, Member, Police, Role},
};

/// What the screens about people show; only what the person looks at is read.
pub(super) struct People {
    pub(super) members: Vec<Member>,
    pub(super) police: Police,
    pub(super) changes: Vec<Change>,
}

impl State {
    /// What the screen of a route shows of people.
    pub(super) fn people_for(&self, route: &Route, known: &Known) -> Result<People, Error> {
        let members = match route {
            Route::People { .. } | Route::Member { .. } => self.members()?,
            _ => Vec::new(),
        };
        let police = match route {
            Route::People { .. } => self.police()?,
            _ => self.police_now(known),
        };
        let changes = match route {
            Route::Home => self.news(known)?,
            Route::Changes { .. } => self.changes()?,
            _ => Vec::new(),
        };
        Ok(People { members, police, changes })
    }

    /// Who of the police takes part and whether they read the street: rights decide, not badges, so that this is true
    /// also of an officer past the badge's day (R13). Since when is not looked up.
    pub(super) fn police_now(&self, known: &Known) -> Police {
        let devices = self.group.iter().flat_map(|group| &group.membership().devices);
        let officers: Vec<_> = devices.filter(|(_, member)| member.role == Role::Wijkagent).map(|it| *it.0).collect();
        let reads = |device| self.group.as_ref().is_some_and(|it| it.membership().reads(device, Channel::Street));
        let reads_street = officers.iter().any(|device| reads(*device));
        let mut names: Vec<String> = officers.iter().map(|device| self.person_view(known, *device).name).collect();
        names.sort();
        names.dedup();
        Police { officers: names, reads_street, since_s: 0 }
    }

    /// Acts of others that count and that nobody looked at here, newest first. What was there when this phone's person
    /// came is no news.
    fn news(&self, known: &Known) -> Result<Vec<Change>, Error> {
        let (Some(group), Some(device)) = (&self.group, self.device()) else { return Ok(Vec::new()) };
        let Some(me) = group.membership().devices.get(&device) else { return Ok(Vec::new()) };
        let unread: BTreeSet<Ref> = self.store.unread_acts()?.into_iter().collect();
        if unread.is_empty() {
            return Ok(Vec::new());
        }
        let before = group.log.before(&me.admitted_in);
        let mut news = group.log.history();
        news.retain(|id| unread.contains(id) && !before.contains(id));
        self.changes_in(known, &news)
    }

    /// Shows what has changed; from then on it is no news.
    pub(super) fn open_changes(&mut self, page: u32) -> Result<(), Error> {
        for id in self.store.unread_acts()? {
            self.store.mark_act_read(id, self.now_ms())?;
        }
        self.go(Route::Changes { page });
        Ok(())
    }
}
