//! What is set aside: authentic, opened, and it does not count, since its author is no member now or the role or the
//! agreements do not allow it.
//!
//! It is a function of the opened envelopes like every other view, and is kept beside them. Its author sees his own
//! alert, marked. Coordinators see one line and decide: what they keep is listed in the log and counts from then on.
//! Nobody else sees it. What follows an alert that was set aside lies with it and is not counted apart.

use std::collections::BTreeSet;

use ratel_protocol::{Day, Ref};
use serde::{Deserialize, Serialize};

use super::{
    App,
    known::Known,
    state::State,
    view_of::{AHEAD_S, AlertView, built, stored_view},
};
use crate::{
    document::{Change, Fields},
    envelope::operation::{Content, Members, keys::Channel},
    error::Error,
    identity::DeviceId,
    intent::AlertKind,
    storage::{NewView, StoredEnvelope, StoredView},
    view::{Alert, CharterView, QuarantineReason, Quarantined, Role},
};

/// Kind of the view of what is set aside: no operation has this number.
const SET_ASIDE: u64 = 1 << 32;
/// Most entries that a list shows.
const MOST: u32 = 500;
/// Least digits of an id.
const MIN_ID_DIGITS: usize = 4;

impl App {
    /// What is set aside and this phone's person may see, newest first.
    pub fn quarantined(&self) -> Result<Vec<Quarantined>, Error> {
        self.state().quarantined()
    }

    /// How many envelopes are set aside on this phone.
    pub fn count_quarantined(&self) -> Result<u32, Error> {
        self.state().count_quarantined()
    }

    /// Keeps what is set aside: it counts from now on, for everybody.
    ///
    /// # Errors
    /// [`Error::NoSuchAlert`] if nothing that is set aside begins with these digits, [`Error::NotCoordinator`] for others
    /// than coordinators and trustees.
    pub fn keep(&self, id: &str) -> Result<(), Error> {
        self.act(|state| state.keep(id))
    }
}

/// One envelope that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SetAside {
    device: DeviceId,
    time_s: i64,
    why: QuarantineReason,
    /// The alert, if this opens one.
    alert: Option<AlertView>,
    /// The document that it follows, if it opens none.
    about: Option<Ref>,
}

impl State {
    /// Notes what of a document is set aside now, and forgets what was before.
    pub(super) fn set_aside(
        &self,
        document: Ref,
        channel: Option<Channel>,
        rows: &[StoredEnvelope],
        changes: &[Change],
    ) -> Result<(), Error> {
        self.forget_aside(document)?;
        let (Some(channel), Some(opening)) = (channel, changes.iter().find(|change| change.id == document)) else {
            return Ok(());
        };
        let followers = changes.iter().filter(|change| opening.counts && change.id != document);
        for change in followers.chain([opening]) {
            let Some(why) = self.why_aside(channel, change)? else { continue };
            let Some(row) = rows.iter().find(|row| row.id.short() == change.id) else { continue };
            let arrived_s = row.received_ms.div_euclid(1000);
            let aside = SetAside {
                device: change.device,
                time_s: Day::unix_s(change.time).min(arrived_s + AHEAD_S),
                why,
                alert: if change.id == document { alert_aside(document, channel, rows, changes)? } else { None },
                about: (change.id != document).then_some(document),
            };
            let until = ratel_protocol::Head::parse(&row.bytes).map_or(Day::default(), |head| head.expires);
            let (view, opened_s) = (serde_json::to_string(&aside)?, aside.time_s);
            self.store.set_view(&NewView { document: change.id, kind: SET_ASIDE, opened_s, until, view })?;
        }
        Ok(())
    }

    /// Nothing of a document is set aside any more.
    pub(super) fn forget_aside(&self, document: Ref) -> Result<(), Error> {
        self.store.clear_views_within(SET_ASIDE, document)
    }

    /// Why an operation is set aside. What says nothing to anybody by itself is not, nor what changes another's document.
    fn why_aside(&self, channel: Channel, change: &Change) -> Result<Option<QuarantineReason>, Error> {
        if change.counts || change.content == Content::Seen || change.content.is_paper() {
            return Ok(None);
        }
        let group = self.group()?;
        if group.membership().keep_stands(change.id, change.device, &change.content) {
            return Ok(None);
        }
        Ok(group.membership().why_not(group.role(change.device), channel, &change.content))
    }

    /// What is set aside and this phone's person may see, newest first.
    pub(super) fn quarantined(&self) -> Result<Vec<Quarantined>, Error> {
        self.quarantined_of(&self.known()?)
    }

    /// The same, for a whole screen.
    pub(super) fn quarantined_of(&self, known: &Known) -> Result<Vec<Quarantined>, Error> {
        let mut out = Vec::new();
        for (stored, aside) in self.all_aside()? {
            if self.may_see(known, &aside) {
                out.push(self.quarantined_one(known, &stored, &aside)?);
            }
        }
        Ok(out)
    }

    /// How many envelopes are set aside on this phone, whoever may see them.
    pub(super) fn count_quarantined(&self) -> Result<u32, Error> {
        let all = self.store.views(SET_ASIDE, self.today(), u32::MAX)?.len();
        Ok(u32::try_from(all).unwrap_or(u32::MAX))
    }

    /// One's own alerts that are set aside: one's own list shows them, marked.
    pub(super) fn own_alerts_aside(&self, known: &Known) -> Result<Vec<Alert>, Error> {
        let all = self.all_aside()?.into_iter().filter(|(_, aside)| self.is_mine(known, aside));
        Ok(all.filter_map(|(stored, aside)| self.alert_of_aside(known, &stored, &aside)).collect())
    }

    /// An alert that is set aside, if this phone's person may see it.
    pub(super) fn alert_aside(&self, known: &Known, document: Ref) -> Result<Option<Alert>, Error> {
        let Some(stored) = self.store.view(SET_ASIDE, document)? else { return Ok(None) };
        let aside: SetAside = serde_json::from_str(&stored.view)?;
        if self.may_see(known, &aside) { Ok(self.alert_of_aside(known, &stored, &aside)) } else { Ok(None) }
    }

    /// Keeps what is set aside, by four or more digits of its id: it counts from now on, for everybody.
    pub(super) fn keep(&mut self, id: &str) -> Result<(), Error> {
        let id = id.trim().to_ascii_lowercase();
        let known = self.known()?;
        let fits = |stored: &StoredView| id.len() >= MIN_ID_DIGITS && stored.document.to_hex().starts_with(&id);
        let mut found =
            self.all_aside()?.into_iter().filter(|(stored, aside)| fits(stored) && self.may_see(&known, aside));
        let (stored, aside) = match (found.next(), found.next()) {
            (Some(only), None) => only,
            (Some(_), Some(_)) => return Err(Error::AmbiguousAlert),
            (None, _) => return Err(Error::NoSuchAlert),
        };
        if !self.my_role().is_some_and(Role::is_official) {
            return Err(Error::NotCoordinator);
        }
        let document = aside.about.unwrap_or(stored.document);
        let refs = if aside.about.is_some() { vec![stored.document] } else { self.of_author(document, aside.device)? };
        let list = self.write_list(refs)?;
        self.administer(vec![Members::Keep { lists: vec![list] }])?;
        self.refresh_document(document)
    }

    /// What the author of an opening wrote into its document and does not count, ascending.
    fn of_author(&self, document: Ref, author: DeviceId) -> Result<Vec<Ref>, Error> {
        let rows = self.store.envelopes_of(document)?;
        let changes = super::view_of::changes(self.group()?, document, &rows);
        let own = changes.iter().filter(|change| change.device == author && change.content != Content::Seen);
        let mut refs: Vec<Ref> = own.filter(|change| !change.counts).map(|change| change.id).collect();
        refs.sort_unstable();
        Ok(refs)
    }

    fn all_aside(&self) -> Result<Vec<(StoredView, SetAside)>, Error> {
        let views = self.store.views(SET_ASIDE, self.today(), MOST)?;
        views.into_iter().map(|stored| Ok((stored.clone(), serde_json::from_str(&stored.view)?))).collect()
    }

    /// Ids of what is set aside.
    pub(super) fn ids_aside(&self) -> Result<BTreeSet<Ref>, Error> {
        let views = self.store.views(SET_ASIDE, Day(0), u32::MAX)?;
        Ok(views.into_iter().map(|stored| stored.document).collect())
    }

    fn my_role(&self) -> Option<Role> {
        self.group.as_ref()?.membership().role(self.device()?)
    }

    fn is_mine(&self, known: &Known, aside: &SetAside) -> bool {
        self.device() == Some(aside.device)
            || self.group.as_ref().is_some_and(|group| known.me == Some(group.person(aside.device)))
    }

    /// Its author, and who can decide on it. What the agreements forbid is the coordinators' alone (R03).
    fn may_see(&self, known: &Known, aside: &SetAside) -> bool {
        let least = if aside.why == QuarantineReason::Charter { Role::Coordinator } else { Role::Trustee };
        self.my_role() >= Some(least) || self.is_mine(known, aside)
    }

    fn alert_of_aside(&self, known: &Known, stored: &StoredView, aside: &SetAside) -> Option<Alert> {
        let alert = self.sealed_alert(known, stored, aside.alert.clone()?);
        Some(Alert { set_aside: Some(aside.why), ..alert })
    }

    fn quarantined_one(&self, known: &Known, stored: &StoredView, aside: &SetAside) -> Result<Quarantined, Error> {
        let alert = self.alert_of_aside(known, stored, aside);
        let kind = alert.as_ref().map(|alert| alert.kind);
        let (before, after) = match kind {
            Some(kind) if aside.why == QuarantineReason::Charter => self.versions_about(known, kind)?,
            _ => (None, None),
        };
        Ok(Quarantined {
            id: stored.document.to_hex(),
            author: self.person_view(known, aside.device),
            time_s: aside.time_s,
            kind,
            alert,
            about: aside.about.map(|about| about.to_hex()),
            why: aside.why,
            before,
            after,
        })
    }

    /// The last version of the agreements that let everybody post a kind, and the one in force. An alert names no act of
    /// the log, so which of them its author knew is not to be told.
    fn versions_about(
        &self,
        known: &Known,
        kind: AlertKind,
    ) -> Result<(Option<CharterView>, Option<CharterView>), Error> {
        let agreements = self.group()?.log.agreements();
        let allowed = |charter: &crate::envelope::operation::members::Charter| charter.may_post(Role::Resident, kind);
        let before = agreements.iter().rev().find(|agreement| allowed(agreement.charter));
        let before = before.map(|agreement| self.version(known, *agreement));
        let after = agreements.last().map(|agreement| self.version(known, *agreement));
        Ok((before, after))
    }
}

/// The alert as its author wrote it: built as if what he wrote counted.
fn alert_aside(
    document: Ref,
    channel: Channel,
    rows: &[StoredEnvelope],
    changes: &[Change],
) -> Result<Option<AlertView>, Error> {
    let Some(author) = changes.iter().find(|change| change.id == document).map(|change| change.device) else {
        return Ok(None);
    };
    let as_written: Vec<Change> = changes
        .iter()
        .map(|change| Change { counts: change.counts || change.device == author, ..change.clone() })
        .collect();
    let Some(fields @ Fields::Alert(_)) = built(document, &as_written) else { return Ok(None) };
    let view = stored_view(document, channel, &fields, rows)?;
    Ok(view.map(|view| serde_json::from_str(&view.view)).transpose()?)
}
