//! Reading: what screens, exports and the command line see.

use std::collections::BTreeSet;

use ratel_protocol::{MailboxId, Ref};

use super::{
    begin::Pending,
    known::Known,
    send::{Draft, draft_id},
    state::State,
    view_of::{AlertView, PlaceView},
};
use crate::{
    envelope::operation::number,
    error::Error,
    group::Invitation,
    identity::PersonId,
    intent::PlaceChoice,
    screen::{Route, Scene, Screen, draw},
    storage::{Mailbox, StoredDraft, StoredView},
    view::{Alert, AlertState, Answered, Connection, Delivery, Membership, Neighbourhood, Person, Role},
};

/// Most alerts that a screen or a list shows.
const MOST_ALERTS: u32 = 500;
/// Least digits of an alert's id.
const MIN_ID_DIGITS: usize = 4;
/// Kinds that people count as messages that wait.
const MESSAGES: [u64; 8] = [
    number::ALERT,
    number::NOTE,
    number::EDIT,
    number::WITHDRAW,
    number::ANSWER,
    number::CALLED_112,
    number::LETTER,
    number::ERASE,
];

impl State {
    /// The next screen.
    pub(super) fn draw(&self) -> Result<Screen, Error> {
        let known = self.known()?;
        let (neighbourhood, connection) = (self.neighbourhood_of(&known), self.connection()?);
        let (alerts, code) = (self.alerts_of(&known)?, self.code_view()?);
        let route = self.shown_route();
        let people = self.people_for(&route, &known)?;
        let team = self.team_for(&route)?;
        let relay = self.relay_for(&route)?;
        let quarantined = match route {
            Route::Home | Route::Aside | Route::Sent { .. } | Route::Detail { .. } => self.quarantined_of(&known)?,
            _ => Vec::new(),
        };
        let offers = if route == Route::ReportWhat { self.offers()? } else { Vec::new() };
        Ok(draw(&Scene {
            now_ms: self.now_ms(),
            utc_offset_s: self.platform.utc_offset_s(),
            undo_s: self.config.undo_s,
            has_position: self.platform.position().is_some(),
            settings: &self.settings,
            route: &route,
            neighbourhood: &neighbourhood,
            connection: &connection,
            alerts: &alerts,
            report: self.report.as_ref(),
            code: code.as_ref(),
            members: &people.members,
            police: &people.police,
            changes: &people.changes,
            proposals: &people.proposals,
            officials: people.officials,
            badge: self.own_badge(),
            charter: people.charter.as_ref(),
            quarantined: &quarantined,
            team: team.as_deref(),
            relay: relay.as_deref(),
            offers: &offers,
            quiet: self.is_quiet_now(),
        }))
    }

    /// The id of a mailbox that this phone may use now: an invitation's bearer knows the log's only.
    pub(super) fn mailbox_id(&self, mailbox: Mailbox) -> Option<MailboxId> {
        if let Some(group) = &self.group {
            return Some(group.mailbox(mailbox));
        }
        let invitation = self.invitation().ok().flatten()?;
        (mailbox == Mailbox::Log).then_some(invitation.log)
    }

    /// The invitation that this phone waits on.
    pub(super) fn invitation(&self) -> Result<Option<Invitation>, Error> {
        let Some(wrapped) = self.store.secret("invitation")? else { return Ok(None) };
        let code = self.vault.unwrap("invitation", &wrapped)?;
        Invitation::from_code(&String::from_utf8_lossy(&code)).map(Some)
    }

    /// The neighbourhood.
    pub(super) fn neighbourhood(&self) -> Result<Neighbourhood, Error> {
        Ok(self.neighbourhood_of(&self.known()?))
    }

    fn neighbourhood_of(&self, known: &Known) -> Neighbourhood {
        let membership = match (self.device(), &self.group) {
            (None, _) => Membership::Outside,
            (Some(device), Some(group)) if group.role(device).is_some() => Membership::Member,
            (Some(device), Some(group)) if group.membership().was_removed(device) => Membership::Removed,
            (Some(_), Some(_)) if known.alone => Membership::Alone,
            (Some(_), None) if self.code_lets_nobody_in() => Membership::Spent,
            // Nobody has answered yet, or the log has not come.
            (Some(_), _) => Membership::Waiting,
        };
        let me = match self.device() {
            Some(device) => self.person_view(known, device),
            None => Person { name: known.nameless.clone(), number: None, role: Role::Resident, me: true },
        };
        let members = self.group.iter().flat_map(|group| group.membership().devices.values());
        let others: BTreeSet<PersonId> =
            members.map(|member| member.person).filter(|person| Some(*person) != known.me).collect();
        let others = u32::try_from(others.len()).unwrap_or(u32::MAX);
        let helper = self.helper_view(known);
        Neighbourhood { street: known.street.clone(), membership, me, others, helper }
    }

    /// Whether the relay was reached, and what waits.
    pub(super) fn connection(&self) -> Result<Connection, Error> {
        let drafts = u32::try_from(self.store.drafts()?.len()).unwrap_or(u32::MAX);
        Ok(Connection {
            online: self.link.online,
            last_contact_s: self.link.last_contact_s,
            waiting: drafts.saturating_add(self.store.waiting(&MESSAGES)?),
            clock_ahead_s: self.days.doubt_ms(self.now_ms()).map(|ahead_ms| ahead_ms.div_euclid(1000)),
        })
    }

    /// Alerts and drafts, newest first.
    pub(super) fn alerts(&self) -> Result<Vec<Alert>, Error> {
        self.alerts_of(&self.known()?)
    }

    fn alerts_of(&self, known: &Known) -> Result<Vec<Alert>, Error> {
        let mut out = Vec::new();
        for stored in self.store.drafts()? {
            let draft: Draft = serde_json::from_str(&stored.draft)?;
            out.push(self.draft_alert(known, &stored, draft));
        }
        for stored in self.store.views(number::ALERT, self.today(), MOST_ALERTS)? {
            let view: AlertView = serde_json::from_str(&stored.view)?;
            out.push(self.sealed_alert(known, &stored, view));
        }
        let aside = self.own_alerts_aside(known)?;
        let letters = self.letters(known)?;
        if !aside.is_empty() || !letters.is_empty() {
            out.extend(aside);
            out.extend(letters);
            out.sort_by_key(|alert| (matches!(alert.delivery, Delivery::Draft { .. }), alert.time_s));
            out.reverse();
        }
        Ok(out)
    }

    /// One alert by its id or by four or more digits with which only its id begins.
    pub(super) fn alert(&self, id: &str) -> Result<Alert, Error> {
        if let Some(document) = Ref::from_hex(id) {
            let known = self.known()?;
            if let Some((stored, view)) = self.alert_view(document)? {
                return Ok(self.sealed_alert(&known, &stored, view));
            }
            if let Some(aside) = self.alert_aside(&known, document)? {
                return Ok(aside);
            }
            let id = document.to_hex();
            return self.letters(&known)?.into_iter().find(|letter| letter.id == id).ok_or(Error::NoSuchAlert);
        }
        let id = id.trim().to_ascii_lowercase();
        let alerts = self.alerts()?;
        if let Some(exact) = alerts.iter().find(|alert| alert.id == id) {
            return Ok(exact.clone());
        }
        let mut found = alerts.into_iter().filter(|alert| id.len() >= MIN_ID_DIGITS && alert.id.starts_with(&id));
        match (found.next(), found.next()) {
            (Some(alert), None) => Ok(alert),
            (Some(_), Some(_)) => Err(Error::AmbiguousAlert),
            (None, _) => Err(Error::NoSuchAlert),
        }
    }

    /// The stored view of an alert, and what it says.
    pub(super) fn alert_view(&self, document: Ref) -> Result<Option<(StoredView, AlertView)>, Error> {
        let Some(stored) = self.store.view(number::ALERT, document)? else { return Ok(None) };
        let view = serde_json::from_str(&stored.view)?;
        Ok(Some((stored, view)))
    }

    /// A place in words, and its coordinates.
    pub(super) fn place_words(
        &self,
        known: &Known,
        author: &Person,
        place: &PlaceView,
    ) -> (String, Option<(i32, i32)>) {
        match place {
            PlaceView::Street => (known.street.clone(), None),
            PlaceView::Position(latitude, longitude) => (known.street.clone(), Some((*latitude, *longitude))),
            PlaceView::Home => (self.home_words(known, author.number.as_deref()), None),
            PlaceView::Words(words) => (words.clone(), None),
        }
    }

    fn draft_alert(&self, known: &Known, stored: &StoredDraft, draft: Draft) -> Alert {
        let device = self.device().unwrap_or_default();
        let author = self.person_view(known, device);
        let place = match &draft.place {
            PlaceChoice::Here => known.street.clone(),
            PlaceChoice::Home => self.home_words(known, author.number.as_deref()),
            PlaceChoice::Words { words } => words.clone(),
        };
        Alert {
            id: draft_id(stored.number),
            kind: draft.kind,
            practice: draft.practice,
            place,
            position: draft.position,
            time_s: stored.made_ms.div_euclid(1000),
            note: draft.note,
            note_lang: draft.lang,
            other_notes: Vec::new(),
            called_112: draft.called_112,
            state: AlertState::Open,
            delivery: Delivery::Draft { due_ms: stored.due_ms },
            author,
            answers: Vec::new(),
            seen_by: 0,
            seen_here: true,
            set_aside: None,
            to: if draft.kind.to_the_group() { None } else { self.helper_view(known) },
        }
    }

    pub(super) fn sealed_alert(&self, known: &Known, stored: &StoredView, view: AlertView) -> Alert {
        let author = self.person_view(known, view.device);
        let (place, position) = self.place_words(known, &author, &view.place);
        let delivery = match (author.me, stored.queued) {
            (true, true) => Delivery::Saved,
            (true, false) => Delivery::Sent,
            (false, _) => Delivery::Received,
        };
        let answers = view.answers.iter().map(|(device, answer, time_s)| Answered {
            person: self.person_view(known, *device),
            answer: *answer,
            time_s: *time_s,
        });
        let mut answers: Vec<Answered> = answers.collect();
        answers.sort_by(|a, b| (a.answer, &a.person.name, a.time_s).cmp(&(b.answer, &b.person.name, b.time_s)));
        let seen_by = view.seen.iter().filter(|device| **device != view.device).count();
        Alert {
            id: stored.document.to_hex(),
            kind: view.kind,
            practice: view.practice,
            place,
            position,
            time_s: view.time_s,
            note: view.note,
            note_lang: view.note_lang,
            other_notes: view.other_notes,
            called_112: view.called_112,
            state: if view.withdrawn { AlertState::Withdrawn } else { AlertState::Open },
            delivery,
            seen_here: author.me || stored.read,
            author,
            answers,
            seen_by: u32::try_from(seen_by).unwrap_or(u32::MAX),
            set_aside: None,
            to: None,
        }
    }

    /// Name and street that wait until there is somebody to tell.
    pub(super) fn pending(&self) -> Result<Option<Pending>, Error> {
        Ok(self.store.fact("pending")?.map(|text| serde_json::from_str(&text)).transpose()?)
    }
}
