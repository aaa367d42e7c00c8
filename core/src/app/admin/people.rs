//! People as screens and the command line know them: one line a person, all devices together, found by name.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Day, Ref};

use super::silence::Heard;
use crate::{
    app::{
        known::Known,
        state::{Group, State},
    },
    error::Error,
    group,
    identity::{DeviceId, PersonId},
    view::{Badge, Member, Police, Role},
};

/// Least digits of a person's id.
const MIN_ID_DIGITS: usize = 4;

impl State {
    /// Everybody who takes part, by name.
    pub(in crate::app) fn members(&self) -> Result<Vec<Member>, Error> {
        let known = self.known()?;
        let members = self.group.as_ref().map(|group| self.members_of(group, &known, &group.act_times()));
        Ok(members.transpose()?.unwrap_or_default())
    }

    /// The same, with what was read for a whole screen.
    pub(in crate::app) fn members_of(
        &self,
        group: &Group,
        known: &Known,
        times: &BTreeMap<Ref, i64>,
    ) -> Result<Vec<Member>, Error> {
        let members = group.membership();
        let mut persons: BTreeMap<PersonId, Vec<(DeviceId, &group::Member)>> = BTreeMap::new();
        for (device, member) in &members.devices {
            persons.entry(member.person).or_default().push((*device, member));
        }
        let mine = known.me.and_then(|me| persons.get(&me)).map(Vec::as_slice).unwrap_or_default();
        // Only who may take somebody out looks for who has been silent.
        let coordinates = mine.iter().any(|(_, member)| member.role == Role::Coordinator);
        let seen = Seen {
            known,
            heard: coordinates.then(|| self.arrivals()).transpose()?,
            times,
            beginning: group.log.beginning(),
            met: group.log.met(),
            mine: mine.iter().map(|(device, _)| *device).collect(),
            my_helpers: mine.iter().filter_map(|(_, member)| member.helper).collect(),
        };
        let mut members: Vec<Member> =
            persons.into_iter().filter_map(|(id, devices)| self.member(&seen, id, &devices)).collect();
        members.sort_by(|a, b| (&a.person.name, &a.id).cmp(&(&b.person.name, &b.id)));
        Ok(members)
    }

    fn member(&self, seen: &Seen<'_>, id: PersonId, devices: &[(DeviceId, &group::Member)]) -> Option<Member> {
        let since = |member: &group::Member| seen.times.get(&member.admitted_in).copied().unwrap_or(0);
        let (_, first) = devices.iter().min_by_key(|(device, member)| (since(member), *device))?;
        let (device, greatest) = devices.iter().max_by_key(|(device, member)| (member.role, *device))?;
        let founder = Some(first.admitted_in) == seen.beginning;
        let voucher = self.person_view(seen.known, first.admitted_by);
        Some(Member {
            id: id.to_hex(),
            person: self.person_view(seen.known, *device),
            rights: greatest.role,
            silent_since_s: seen
                .heard
                .as_ref()
                .filter(|_| seen.known.me != Some(id))
                .and_then(|heard| heard.silent_since_s(devices.iter().map(|(device, _)| *device), since(first))),
            badge: self.badge(greatest),
            vouched_by: (!founder && voucher.name != seen.known.nameless).then_some(voucher.name),
            since_s: since(first),
            met: devices.iter().any(|(device, _)| seen.met.contains(device)),
            devices: u32::try_from(devices.len()).unwrap_or(u32::MAX),
            helps_me: devices.iter().any(|(device, _)| seen.my_helpers.contains(device)),
            helped_by_me: devices.iter().any(|(_, member)| member.helper.is_some_and(|it| seen.mine.contains(&it))),
        })
    }

    /// What the badge of a device shows today.
    pub(in crate::app) fn badge(&self, member: &group::Member) -> Badge {
        match member.badge_until {
            None => Badge::Standing,
            Some(day) if day < self.today() => Badge::Expired,
            Some(day) => Badge::Until { until_s: day_noon_s(day) },
        }
    }

    /// Whether the police read along, from the log and the agreements.
    pub(in crate::app) fn police(&self) -> Result<Police, Error> {
        let known = self.known()?;
        let police = self.group.as_ref().map(|group| self.police_of(group, &known, &group.act_times()));
        Ok(police.unwrap_or_else(|| self.police_now(&known)))
    }

    /// The same, with what was read for a whole screen: since when, too.
    pub(in crate::app) fn police_of(&self, group: &Group, known: &Known, times: &BTreeMap<Ref, i64>) -> Police {
        let members = group.membership();
        let officers = members.devices.iter().filter(|(_, member)| member.role == Role::Wijkagent);
        let officers: BTreeSet<DeviceId> = officers.map(|(device, _)| *device).collect();
        let mut police = self.police_now(known);
        if !officers.is_empty() {
            let acts = group.log.roles_given(&officers).into_iter().chain(members.charter_in);
            police.since_s = acts.filter_map(|act| times.get(&act).copied()).max().unwrap_or(0);
        }
        police
    }

    /// The person whom these words mean: the whole name, the name with the house number, a beginning of only one name,
    /// or four or more digits with which only that person's id begins.
    pub(super) fn find_person(&self, words: &str) -> Result<PersonId, Error> {
        let words = words.trim().to_lowercase();
        if words.is_empty() {
            return Err(Error::NoSuchMember);
        }
        let members = self.members()?;
        let name = |member: &Member| member.person.name.to_lowercase();
        let numbered = |member: &Member| {
            format!("{} {}", name(member), member.person.number.as_deref().unwrap_or_default().to_lowercase())
        };
        let by_id = |member: &Member| words.len() >= MIN_ID_DIGITS && member.id.starts_with(&words);
        let ways: [&dyn Fn(&Member) -> bool; 4] = [
            &|member| member.id == words,
            &|member| name(member) == words || numbered(member) == words,
            &|member| name(member).starts_with(&words),
            &by_id,
        ];
        for fits in ways {
            let mut found = members.iter().filter(|member| fits(member));
            match (found.next(), found.next()) {
                (None, _) => {}
                (Some(member), None) => return PersonId::from_hex(&member.id).ok_or(Error::NoSuchMember),
                (Some(_), Some(_)) => return Err(Error::AmbiguousMember),
            }
        }
        Err(Error::NoSuchMember)
    }

    /// The devices of a person that are in, the first admitted first.
    pub(super) fn devices_of(&self, person: PersonId) -> Result<Vec<(DeviceId, group::Member)>, Error> {
        let devices = &self.group()?.membership().devices;
        let mut found: Vec<_> = devices
            .iter()
            .filter(|(_, member)| member.person == person)
            .map(|(device, member)| (*device, member.clone()))
            .collect();
        let order = self.group()?.log.history();
        found.sort_by_key(|(device, member)| (order.iter().position(|id| *id == member.admitted_in), *device));
        if found.is_empty() { Err(Error::NoSuchMember) } else { Ok(found) }
    }

    /// This phone's person, if the phone is in.
    pub(super) fn my_person(&self) -> Result<PersonId, Error> {
        let device = self.keys()?.device();
        let member = self.group()?.membership().devices.get(&device).ok_or(Error::NotAMember)?;
        Ok(member.person)
    }
}

/// What is read once for all members.
struct Seen<'a> {
    known: &'a Known,
    /// On a coordinator's phone: of whom something was heard, and when.
    heard: Option<Heard>,
    times: &'a BTreeMap<Ref, i64>,
    beginning: Option<Ref>,
    met: BTreeSet<DeviceId>,
    /// Devices of this phone's person.
    mine: BTreeSet<DeviceId>,
    my_helpers: BTreeSet<DeviceId>,
}

/// Noon of a day in UTC (Unix seconds).
pub(super) fn day_noon_s(day: Day) -> i64 {
    Day::unix_s(u32::from(day.0).saturating_mul(86_400)) + 43_200
}
