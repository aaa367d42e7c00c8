//! What this phone knows of the people and the street: read once, used for a whole screen.
//!
//! Names come from other phones. One that this phone would not let its own person take is not shown: no display name
//! looks like a role (R12), however it came.

use std::collections::BTreeMap;

use super::{
    state::State,
    view_of::{ProfileView, StreetView},
};
use crate::{
    envelope::operation::number,
    error::Error,
    identity::{DeviceId, PersonId, check_name, check_number, check_street},
    screen::{Value, words},
    view::{Person, Role},
};

/// Names by person, and the street's.
pub(super) struct Known {
    by_person: BTreeMap<PersonId, (String, Option<String>)>,
    /// This phone's person.
    pub(super) me: Option<PersonId>,
    /// This phone began the group and nobody else is in yet.
    pub(super) alone: bool,
    /// The word for somebody whose name is not known.
    pub(super) nameless: String,
    /// The street's name, empty while it is not known.
    pub(super) street: String,
}

impl State {
    /// Reads names and street.
    pub(super) fn known(&self) -> Result<Known, Error> {
        let pending = self.pending()?;
        let streets = self.store.views(number::STREET, self.today(), 1)?;
        let street = match streets.first() {
            Some(view) => check_street(&serde_json::from_str::<StreetView>(&view.view)?.name).unwrap_or_default(),
            None => pending.as_ref().and_then(|pending| pending.street.clone()).unwrap_or_default(),
        };
        let mut profiles: Vec<ProfileView> = Vec::new();
        for stored in self.store.views(number::PROFILE, self.today(), u32::MAX)? {
            profiles.push(serde_json::from_str(&stored.view)?);
        }
        // Of several profiles of one person the newest is shown; equal times fall to the greater device.
        profiles.sort_by_key(|profile| (profile.time_s, profile.device));
        let mut by_person: BTreeMap<PersonId, (String, Option<String>)> = profiles
            .into_iter()
            .filter_map(|profile| {
                let name = check_name(&profile.name).ok()?;
                Some((self.person_of(profile.device), (name, check_number(&profile.number).ok())))
            })
            .collect();
        let me = self.device().map(|device| self.person_of(device));
        if let (Some(me), Some(pending)) = (me, pending) {
            by_person.entry(me).or_insert((pending.name, pending.number));
        }
        let empty = self.group.as_ref().is_some_and(|group| group.membership().is_empty());
        let alone = empty && self.store.fact("founder")?.is_some();
        Ok(Known { by_person, me, alone, nameless: words(&self.settings.lang).get("person-nameless"), street })
    }

    pub(super) fn person_of(&self, device: DeviceId) -> PersonId {
        self.group.as_ref().map_or_else(|| PersonId::of(device), |group| group.person(device))
    }

    /// A device's person as screens show one.
    pub(super) fn person_view(&self, known: &Known, device: DeviceId) -> Person {
        let person = self.person_of(device);
        let (name, number) = known.by_person.get(&person).cloned().unwrap_or_else(|| (known.nameless.clone(), None));
        let me = known.me == Some(person) || self.device() == Some(device);
        let members = self.group.as_ref().map(super::state::Group::membership);
        let role = members.and_then(|members| {
            let member = members.devices.get(&device)?;
            Some(match member.role {
                // The police's own signature stands behind the badge: without it this is a neighbour (R12).
                Role::Wijkagent if !members.police_signed() => Role::Resident,
                // So is who is past the badge's day; on the own phone the tools stay, because the rights do.
                role if me => role,
                role => self.badge(member).shows(role),
            })
        });
        // A founder is a coordinator from the first day, before there is a log to say so.
        let role = role.unwrap_or(if me && known.alone { Role::Coordinator } else { Role::Resident });
        Person { name, number, role, me }
    }

    /// The place of somebody's house, in words.
    pub(super) fn home_words(&self, known: &Known, number: Option<&str>) -> String {
        let street = known.street.as_str();
        match number {
            Some(number) => words(&self.settings.lang)
                .get_with("place-near-number", &[("street", Value::Text(street)), ("number", Value::Text(number))]),
            None => street.to_owned(),
        }
    }
}
