//! People as screens and the command line know them: one line a person, all devices together, found by name.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::Day;

use super::history::Act;
use crate::{
    app::{known::Known, state::State},
    envelope::operation::Members,
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
        let Some(group) = &self.group else { return Ok(Vec::new()) };
        let (known, acts) = (self.known()?, self.acts()?);
        let mut persons: BTreeMap<PersonId, Vec<(DeviceId, &group::Member)>> = BTreeMap::new();
        for (device, member) in &group.membership().devices {
            persons.entry(member.person).or_default().push((*device, member));
        }
        let mut members: Vec<Member> =
            persons.into_iter().filter_map(|(id, devices)| self.member(&known, &acts, id, &devices)).collect();
        members.sort_by(|a, b| (&a.person.name, &a.id).cmp(&(&b.person.name, &b.id)));
        Ok(members)
    }

    fn member(
        &self,
        known: &Known,
        acts: &[Act],
        id: PersonId,
        devices: &[(DeviceId, &group::Member)],
    ) -> Option<Member> {
        let act_of = |member: &group::Member| acts.iter().find(|act| act.id == member.admitted_in);
        let since = |member: &group::Member| act_of(member).map_or(0, |act| act.time_s);
        let (_, first) = devices.iter().min_by_key(|(device, member)| (since(member), *device))?;
        let (device, greatest) = devices.iter().max_by_key(|(device, member)| (member.role, *device))?;
        let own: BTreeSet<DeviceId> = self
            .group
            .iter()
            .flat_map(|group| &group.membership().devices)
            .filter(|(_, member)| known.me == Some(member.person))
            .map(|(device, _)| *device)
            .collect();
        let theirs: BTreeSet<DeviceId> = devices.iter().map(|(device, _)| *device).collect();
        let names = |helpers: &BTreeSet<DeviceId>, of: &BTreeSet<DeviceId>| {
            let members = self.group.iter().flat_map(|group| &group.membership().devices);
            let mut chosen = members.filter(|(device, _)| of.contains(device)).filter_map(|(_, member)| member.helper);
            chosen.any(|helper| helpers.contains(&helper))
        };
        let founder = act_of(first).is_some_and(|act| matches!(act.body, Members::Genesis(_)));
        let voucher = self.person_view(known, first.admitted_by);
        Some(Member {
            id: id.to_hex(),
            person: self.person_view(known, *device),
            badge: self.badge(greatest),
            vouched_by: (!founder && voucher.name != known.nameless).then_some(voucher.name),
            since_s: since(first),
            met: is_met(acts, &theirs),
            devices: u32::try_from(devices.len()).unwrap_or(u32::MAX),
            helps_me: names(&theirs, &own),
            helped_by_me: names(&own, &theirs),
        })
    }

    fn badge(&self, member: &group::Member) -> Badge {
        match member.badge_until {
            None => Badge::Standing,
            Some(day) if day < self.today() => Badge::Expired,
            Some(day) => Badge::Until { until_s: day_end_s(day) },
        }
    }

    /// Whether the police read along, from the log and the agreements.
    pub(in crate::app) fn police(&self) -> Result<Police, Error> {
        let Some(group) = &self.group else {
            return Ok(Police { officers: Vec::new(), reads_street: false, since_s: 0 });
        };
        let (known, acts) = (self.known()?, self.acts()?);
        let members = group.membership();
        let officers: BTreeSet<DeviceId> = members
            .devices
            .iter()
            .filter(|(_, member)| member.role == Role::Wijkagent)
            .map(|(device, _)| *device)
            .collect();
        let since_s = acts
            .iter()
            .filter(|act| {
                Some(act.id) == members.charter_in
                    || match &act.body {
                        Members::Admit(newcomer) => officers.contains(&newcomer.device.id()),
                        Members::Role { target, .. } => officers.contains(target),
                        _ => false,
                    }
            })
            .map(|act| act.time_s)
            .max()
            .filter(|_| !officers.is_empty());
        Ok(Police { since_s: since_s.unwrap_or(0), ..self.police_now(&known) })
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

/// Who came by a link or a paper code is met once a coordinator gave a role, be it the same, to somebody seen in person.
fn is_met(acts: &[Act], devices: &BTreeSet<DeviceId>) -> bool {
    acts.iter().any(|act| match &act.body {
        Members::Admit(newcomer) => newcomer.invitation.is_none() && devices.contains(&newcomer.device.id()),
        // Who begins together knows each other. So does who came first and by a link: founders hold offices, and a role,
        // which is what takes the mark away, is given to an official by two, whom a street of two does not have.
        Members::Genesis(genesis) => genesis.founders.iter().any(|founder| devices.contains(&founder.device.id())),
        Members::Role { target, .. } => devices.contains(target),
        Members::Replace { device, .. } => devices.contains(&device.id()),
        _ => false,
    })
}

/// The last second of a day (Unix seconds).
fn day_end_s(day: Day) -> i64 {
    let seconds = (u32::from(day.0) + 1).saturating_mul(86_400);
    Day::unix_s(seconds) - 1
}
