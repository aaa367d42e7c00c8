//! Reading: what screens, exports and the command line see.

use std::collections::BTreeMap;

use ratel_protocol::{MailboxId, Ref};

use super::{
    begin::Pending,
    send::{Draft, draft_id},
    state::State,
    view_of::{AlertView, PlaceView, ProfileView, StreetView},
};
use crate::{
    envelope::operation::number,
    error::Error,
    group::Invitation,
    identity::{DeviceId, PersonId},
    intent::PlaceChoice,
    screen::{Route, Scene, Screen, Value, draw, words},
    storage::{Mailbox, StoredDraft},
    view::{Alert, AlertState, Answered, Connection, Delivery, Membership, Neighbourhood, Person, Role},
};

/// Most alerts that a screen or a list shows.
const MOST_ALERTS: u32 = 500;
/// Least digits of an alert's id.
const MIN_ID_DIGITS: usize = 4;
/// Kinds that people count as messages that wait.
const MESSAGES: [u64; 5] = [number::ALERT, number::EDIT, number::WITHDRAW, number::ANSWER, number::CALLED_112];

/// Names by person, as their profiles say.
pub(super) struct Names {
    by_person: BTreeMap<PersonId, (String, Option<String>)>,
    me: Option<PersonId>,
    nameless: String,
}

impl State {
    /// The next screen.
    pub(super) fn draw(&self) -> Result<Screen, Error> {
        let (neighbourhood, connection, alerts) = (self.neighbourhood()?, self.connection()?, self.alerts()?);
        Ok(draw(&Scene {
            now_ms: self.now_ms(),
            utc_offset_s: self.platform.utc_offset_s(),
            undo_s: self.config.undo_s,
            has_position: self.platform.position().is_some(),
            settings: &self.settings,
            route: self.route.last().unwrap_or(&Route::Home),
            neighbourhood: &neighbourhood,
            connection: &connection,
            alerts: &alerts,
            report: self.report.as_ref(),
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
        let pending = self.pending()?;
        let membership = match (&self.group, &self.keys) {
            (_, None) => Membership::Outside,
            (None, Some(_)) => Membership::Waiting,
            (Some(_), Some(_)) if self.is_member() => Membership::Member,
            (Some(group), Some(keys)) if group.membership().was_removed(keys.device()) => Membership::Removed,
            // The log has not come yet: a newcomer that was answered takes itself for a resident.
            (Some(_), Some(_)) if self.store.fact("founder")?.is_none() => Membership::Waiting,
            (Some(_), Some(_)) => Membership::Alone,
        };
        let streets = self.store.views(number::STREET, self.today(), 1)?;
        let street = match streets.first() {
            Some(view) => serde_json::from_str::<StreetView>(&view.view)?.name,
            None => pending.as_ref().and_then(|pending| pending.street.clone()).unwrap_or_default(),
        };
        let names = self.names()?;
        let me = match self.device() {
            Some(device) => self.person_view(&names, device),
            None => Person { name: names.nameless.clone(), number: None, role: Role::Resident, me: true },
        };
        let others = match &self.group {
            Some(group) => {
                let mut people: Vec<PersonId> =
                    group.membership().devices().map(|device| group.person(device)).collect();
                people.sort_unstable();
                people.dedup();
                people.retain(|person| Some(*person) != names.me);
                u32::try_from(people.len()).unwrap_or(u32::MAX)
            }
            None => 0,
        };
        Ok(Neighbourhood { street, membership, me, others })
    }

    /// Whether the relay was reached, and what waits.
    pub(super) fn connection(&self) -> Result<Connection, Error> {
        let drafts = u32::try_from(self.store.drafts()?.len()).unwrap_or(u32::MAX);
        Ok(Connection {
            online: self.link.online,
            last_contact_s: self.link.last_contact_s,
            waiting: drafts.saturating_add(self.store.waiting(&MESSAGES)?),
            clock_ahead_s: self.clock_ahead_s(),
        })
    }

    /// How far the phone's clock is ahead of its own count or of the relay, if that is more than a day.
    fn clock_ahead_s(&self) -> Option<i64> {
        let day_ms = 86_400_000;
        let relay = self.link.witness_ahead_ms.map(|ahead| -ahead).filter(|ahead| ahead.abs() > day_ms);
        relay.or_else(|| self.days.doubt_ms(self.now_ms())).map(|ahead_ms| ahead_ms.div_euclid(1000))
    }

    /// Alerts and drafts, newest first.
    pub(super) fn alerts(&self) -> Result<Vec<Alert>, Error> {
        let names = self.names()?;
        let street = self.street_name()?;
        let mut out = Vec::new();
        for stored in self.store.drafts()? {
            let draft: Draft = serde_json::from_str(&stored.draft)?;
            out.push(self.draft_alert(&names, &street, &stored, draft));
        }
        for stored in self.store.views(number::ALERT, self.today(), MOST_ALERTS)? {
            let view: AlertView = serde_json::from_str(&stored.view)?;
            out.push(self.sealed_alert(&names, &street, stored.document, view)?);
        }
        Ok(out)
    }

    /// One alert by its id or by four or more digits with which only its id begins.
    pub(super) fn alert(&self, id: &str) -> Result<Alert, Error> {
        if let Some(document) = Ref::from_hex(id) {
            let view = self.alert_view(document)?.ok_or(Error::NoSuchAlert)?;
            return self.sealed_alert(&self.names()?, &self.street_name()?, document, view);
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

    /// The stored view of an alert.
    pub(super) fn alert_view(&self, document: Ref) -> Result<Option<AlertView>, Error> {
        let stored = self.store.view(document)?.filter(|view| view.kind == number::ALERT);
        Ok(stored.map(|view| serde_json::from_str(&view.view)).transpose()?)
    }

    fn street_name(&self) -> Result<String, Error> {
        Ok(self.neighbourhood()?.street)
    }

    fn names(&self) -> Result<Names, Error> {
        let mut profiles: Vec<ProfileView> = Vec::new();
        for stored in self.store.views(number::PROFILE, self.today(), u32::MAX)? {
            profiles.push(serde_json::from_str(&stored.view)?);
        }
        // Of several profiles of one person the newest is shown; equal times fall to the greater device.
        profiles.sort_by_key(|profile| (profile.time_s, profile.device));
        let person = |device: DeviceId| self.group.as_ref().map_or(PersonId(device.0), |group| group.person(device));
        let mut by_person: BTreeMap<PersonId, (String, Option<String>)> = profiles
            .into_iter()
            .map(|profile| {
                (person(profile.device), (profile.name, Some(profile.number).filter(|number| !number.is_empty())))
            })
            .collect();
        let me = self.device().map(|device| match &self.group {
            Some(group) if group.log.person(device).is_some() => group.person(device),
            _ => PersonId(device.0),
        });
        if let (Some(me), Some(pending)) = (me, self.pending()?) {
            by_person.entry(me).or_insert((pending.name, pending.number));
        }
        Ok(Names { by_person, me, nameless: words(&self.settings.lang).get("person-nameless") })
    }

    fn person_view(&self, names: &Names, device: DeviceId) -> Person {
        let person = self.group.as_ref().map_or(PersonId(device.0), |group| group.person(device));
        let (name, number) = names.by_person.get(&person).cloned().unwrap_or_else(|| (names.nameless.clone(), None));
        let role = match &self.group {
            Some(group) => group.membership().role(device).unwrap_or(Role::Resident),
            None => Role::Resident,
        };
        let founder_alone = self.store.fact("founder").ok().flatten().is_some() && !self.is_member();
        let role = if founder_alone && Some(device) == self.device() { Role::Coordinator } else { role };
        Person { name, number, role, me: names.me == Some(person) || self.device() == Some(device) }
    }

    fn draft_alert(&self, names: &Names, street: &str, stored: &StoredDraft, draft: Draft) -> Alert {
        let device = self.device().unwrap_or_default();
        let author = self.person_view(names, device);
        let place = match &draft.place {
            PlaceChoice::Here => street.to_owned(),
            PlaceChoice::Home => self.home_words(street, author.number.as_deref()),
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
        }
    }

    fn sealed_alert(&self, names: &Names, street: &str, document: Ref, view: AlertView) -> Result<Alert, Error> {
        let author = self.person_view(names, view.device);
        let place = match &view.place {
            PlaceView::Street | PlaceView::Position(..) => street.to_owned(),
            PlaceView::Home => self.home_words(street, author.number.as_deref()),
            PlaceView::Words(words) => words.clone(),
        };
        let delivery = match (author.me, self.store.is_queued(document)?) {
            (true, true) => Delivery::Saved,
            (true, false) => Delivery::Sent,
            (false, _) => Delivery::Received,
        };
        let answers = view.answers.iter().map(|(device, answer, time_s)| Answered {
            person: self.person_view(names, *device),
            answer: *answer,
            time_s: *time_s,
        });
        let mut answers: Vec<Answered> = answers.collect();
        answers.sort_by(|a, b| (a.answer, &a.person.name, a.time_s).cmp(&(b.answer, &b.person.name, b.time_s)));
        let seen_by = view.seen.iter().filter(|device| **device != view.device).count();
        Ok(Alert {
            id: document.to_hex(),
            kind: view.kind,
            practice: view.practice,
            place,
            position: if let PlaceView::Position(latitude, longitude) = view.place {
                Some((latitude, longitude))
            } else {
                None
            },
            time_s: view.time_s,
            note: view.note,
            note_lang: view.note_lang,
            other_notes: view.other_notes,
            called_112: view.called_112,
            state: if view.withdrawn { AlertState::Withdrawn } else { AlertState::Open },
            delivery,
            seen_here: author.me || self.store.is_read(document)?,
            author,
            answers,
            seen_by: u32::try_from(seen_by).unwrap_or(u32::MAX),
        })
    }

    fn home_words(&self, street: &str, number: Option<&str>) -> String {
        match number {
            Some(number) => words(&self.settings.lang)
                .get_with("place-near-number", &[("street", Value::Text(street)), ("number", Value::Text(number))]),
            None => street.to_owned(),
        }
    }

    /// Name and street that wait until there is somebody to tell.
    pub(super) fn pending(&self) -> Result<Option<Pending>, Error> {
        Ok(self.store.fact("pending")?.map(|text| serde_json::from_str(&text)).transpose()?)
    }
}
