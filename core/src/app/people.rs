//! What the screens about people show, each only what it needs: who takes part, whether the police read along, the
//! agreements, what waits for a signature, and what has changed. Also the presses there that are no act yet: the
//! agreements while they are changed, and the way back after an act.
//!
//! News are acts of others that nobody looked at on this phone: every admission is shown to all on the next screen.

use std::collections::BTreeSet;

use ratel_protocol::Ref;

use super::{known::Known, state::State};
use crate::{
    envelope::operation::keys::Channel,
    error::Error,
    intent::{CharterDraft, CharterEdit},
    screen::{Officials, Route},
    view::{Badge, Change, ChangeKind, CharterView, Member, Police, Proposal, Role},
};

/// What the screens about people show; only what the person looks at is read.
pub(super) struct People {
    pub(super) members: Vec<Member>,
    pub(super) police: Police,
    pub(super) changes: Vec<Change>,
    pub(super) charter: Option<CharterView>,
    pub(super) officials: Officials,
    pub(super) proposals: Vec<Proposal>,
}

impl State {
    /// What the screen of a route shows of people.
    pub(super) fn people_for(&self, route: &Route, known: &Known) -> Result<People, Error> {
        let (members, police) = match (route, &self.group) {
            (
                Route::People { .. }
                | Route::Member { .. }
                | Route::Remove { .. }
                | Route::Roles { .. }
                | Route::BadgeDay { .. }
                | Route::Recover { .. }
                | Route::Lapse { .. }
                | Route::Helpers { .. },
                Some(group),
            ) => {
                let times = group.act_times();
                (self.members_of(group, known, &times)?, self.police_of(group, known, &times))
            }
            _ => (Vec::new(), self.police_now(known)),
        };
        let changes = match route {
            Route::Home => self.news(known)?,
            Route::Changes { .. } => self.changes()?,
            _ => Vec::new(),
        };
        let charter = match route {
            Route::Charter | Route::CharterEdit { .. } | Route::Roles { .. } if self.group.is_some() => {
                Some(self.charter()?)
            }
            _ => None,
        };
        let proposals = match route {
            Route::Sign { code } => self.proposal_of(code).into_iter().collect(),
            // Where somebody coordinates, who asks for another coordinator is in nobody's way on the first screen.
            Route::Home if self.is_official() || self.officials().coordinators == 0 => self.proposals()?,
            Route::Home if self.has_own_proposals()? => {
                let mine = |proposal: &Proposal| proposal.signed_by_me || proposal.what != ChangeKind::Recovered;
                self.proposals()?.into_iter().filter(mine).collect()
            }
            Route::Recover { page: 0, .. } => {
                let recovers = |proposal: &Proposal| proposal.what == ChangeKind::Recovered;
                self.proposals()?.into_iter().filter(recovers).collect()
            }
            Route::Left { person } => {
                let asked = |proposal: &Proposal| proposal.left.as_ref() == Some(person);
                self.proposals()?.into_iter().filter(asked).collect()
            }
            _ => Vec::new(),
        };
        Ok(People { proposals, members, police, changes, charter, officials: self.officials() })
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

    fn is_official(&self) -> bool {
        let role = self.group.as_ref().and_then(|group| group.membership().role(self.device()?));
        role.is_some_and(Role::is_official)
    }

    fn officials(&self) -> Officials {
        let members = || self.group.iter().flat_map(|group| group.membership().devices.values());
        let count = |wanted: &dyn Fn(Role) -> bool| {
            let persons: BTreeSet<_> = members().filter(|it| wanted(it.role)).map(|it| it.person).collect();
            u32::try_from(persons.len()).unwrap_or(u32::MAX)
        };
        Officials {
            coordinators: count(&|role| role == Role::Coordinator),
            trustees: count(&|role| role == Role::Trustee),
            quorum: self.quorum(),
            standing: count(&|role| role != Role::Wijkagent),
        }
    }

    /// After an act on somebody: back to the person, or to the neighbours if the person is gone.
    pub(super) fn leave_act(&mut self) {
        let act = |route: &Route| {
            matches!(
                route,
                Route::Remove { .. }
                    | Route::Roles { .. }
                    | Route::BadgeDay { .. }
                    | Route::Helpers { .. }
                    | Route::Recover { .. }
                    | Route::Left { .. }
                    | Route::Sign { .. }
                    | Route::Relay { .. }
                    | Route::RelayMove { .. }
            )
        };
        let gone = self.route.iter().any(|route| matches!(route, Route::Remove { .. }));
        while self.route.last().is_some_and(|route| act(route) || (gone && matches!(route, Route::Member { .. }))) {
            self.route.pop();
        }
        if self.route.is_empty() {
            self.go_home();
        }
    }

    /// Goes on with a choice of several people: each press takes the place of the one before.
    pub(super) fn choose(&mut self, route: Route) {
        let chooses = |route: &Route| matches!(route, Route::Recover { .. } | Route::Lapse { .. });
        while self.route.last().is_some_and(chooses) {
            self.route.pop();
        }
        self.go(route);
    }

    /// What one's own badge shows.
    pub(super) fn own_badge(&self) -> Badge {
        let member = self.device().zip(self.group.as_ref());
        let member = member.and_then(|(device, group)| group.membership().devices.get(&device));
        member.map_or(Badge::Standing, |member| self.badge(member))
    }

    /// One press on the agreements.
    pub(super) fn edit_charter(&mut self, edit: CharterEdit) -> Result<(), Error> {
        match edit {
            CharterEdit::Begin => {
                let now = self.charter()?;
                let draft = CharterDraft {
                    kinds: now.kinds,
                    officials_only: now.officials_only,
                    quiet: now.quiet.is_some(),
                    police_read: now.police_read,
                };
                self.go(Route::CharterEdit { draft });
                return Ok(());
            }
            CharterEdit::Renew { version } => return self.renew_charter(&version),
            _ => {}
        }
        let was_quiet = self.charter()?.quiet.is_some();
        let Some(Route::CharterEdit { draft }) = self.route.last_mut() else { return Err(Error::Setting) };
        match edit {
            CharterEdit::Kind { kind } => draft.turn(kind),
            CharterEdit::Quiet => draft.quiet = !draft.quiet,
            CharterEdit::Police => draft.police_read = !draft.police_read,
            _ => {
                let change = draft.change(was_quiet);
                self.set_charter(&change)?;
                self.route.pop();
            }
        }
        Ok(())
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
