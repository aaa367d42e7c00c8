//! Acts by person: one tap acts on all devices of somebody.

use ratel_protocol::{Day, Ref};

use crate::{
    app::{author::LONG_CLASS, handle::check_note, state::State},
    envelope::operation::{
        Content, Members,
        keys::Channel,
        members::{MAX_NEW_COORDINATORS, NewDevice},
    },
    error::Error,
    group::Member,
    identity::DeviceId,
    intent::BadgeDay,
    view::Role,
};

impl State {
    /// Takes a person out. Why, is for coordinators only. Over a coordinator or trustee this only signs, and gives the
    /// code for the second signer.
    pub(in crate::app) fn remove_person(&mut self, person: &str, why: &str) -> Result<Option<String>, Error> {
        let person = self.find_person(person)?;
        if person == self.my_person()? {
            return Err(Error::NotOneself);
        }
        let (officials, others) = split(self.devices_of(person)?);
        if officials.is_empty() {
            return self.administer_because(others.into_iter().map(remove).collect(), why);
        }
        self.propose(officials.into_iter().map(remove).collect(), why).map(Some)
    }

    /// Takes several people out in one tap: who has been silent for long.
    pub(in crate::app) fn lapse(&mut self, persons: &[String]) -> Result<(), Error> {
        let mine = self.my_person()?;
        let mut acts = Vec::new();
        for person in persons {
            let person = self.find_person(person)?;
            if person == mine {
                return Err(Error::NotOneself);
            }
            acts.extend(self.devices_of(person)?.into_iter().map(|(device, _)| remove(device)));
        }
        self.administer(acts)?;
        Ok(())
    }

    /// Gives a person a role, on every device that has another or a badge with another day. The same again says that a
    /// coordinator has met the person.
    pub(in crate::app) fn give_role(
        &mut self,
        person: &str,
        role: Role,
        until: BadgeDay,
    ) -> Result<Option<String>, Error> {
        let person = self.find_person(person)?;
        let devices = self.devices_of(person)?;
        let chosen = match until {
            BadgeDay::Until { until_s } => Some(Day::from_unix_s(until_s)),
            BadgeDay::Same | BadgeDay::Open => None,
        };
        if chosen.is_some_and(|day| day < self.today()) {
            return Err(Error::DayPast);
        }
        if chosen.is_some() && role == Role::Resident {
            return Err(Error::NoBadge);
        }
        let badge = |member: &Member| match until {
            BadgeDay::Same if member.role == role => member.badge_until,
            _ => chosen,
        };
        let differs = |(_, member): &&(DeviceId, Member)| member.role != role || member.badge_until != badge(member);
        let others = devices.iter().any(|device| differs(&device));
        let act = |(target, member): &(DeviceId, Member)| Members::Role {
            target: *target,
            role,
            badge_until: badge(member),
            cosignatures: Vec::new(),
        };
        let official = role.is_official() || devices.iter().any(|(_, member)| member.role.is_official());
        let acts = devices.iter().filter(|device| !others || differs(device)).map(act).collect();
        if official { self.propose(acts, "").map(Some) } else { self.administer_because(acts, "") }
    }

    /// Makes people coordinators by the signatures of many: where none is left, or none can be reached.
    pub(in crate::app) fn recover(&mut self, persons: &[String]) -> Result<String, Error> {
        let mut coordinators = Vec::new();
        for person in persons {
            let devices = self.devices_of(self.find_person(person)?)?;
            coordinators.extend(devices.first().map(|(device, _)| *device));
        }
        coordinators.sort_unstable();
        coordinators.dedup();
        if coordinators.is_empty() || coordinators.len() > MAX_NEW_COORDINATORS {
            return Err(Error::TooManyCoordinators);
        }
        self.propose(vec![Members::Recover { coordinators, cosignatures: Vec::new() }], "")
    }

    /// Puts a new phone in the place of a person's lost one, and takes out what other phones the person had: which of
    /// them is lost, nobody can tell from afar. A helper replaces the phone whose helper she is.
    pub(in crate::app) fn replace(&mut self, person: &str, new: NewDevice) -> Result<Option<String>, Error> {
        let person = self.find_person(person)?;
        let me = self.keys()?.device();
        let coordinator = self.group()?.membership().is_coordinator(me);
        let replace = |target| Members::Replace { target, device: new, cosignatures: Vec::new() };
        let (officials, others) = split(self.devices_of(person)?);
        if let Some((lost, more)) = officials.split_first() {
            let acts = [replace(*lost)].into_iter().chain(more.iter().copied().map(remove));
            return self.propose(acts.collect(), "").map(Some);
        }
        let helps = |device: &DeviceId| {
            self.group().is_ok_and(|group| {
                group.membership().devices.get(device).is_some_and(|member| member.helper == Some(me))
            })
        };
        let targets: Vec<DeviceId> = others.into_iter().filter(|device| coordinator || helps(device)).collect();
        let (lost, others) = targets.split_first().ok_or(Error::NotCoordinator)?;
        let mut acts = vec![replace(*lost)];
        acts.extend(others.iter().filter(|_| coordinator).map(|device| remove(*device)));
        self.administer_because(acts, "")
    }

    /// Chooses who may replace this phone, or nobody.
    pub(in crate::app) fn choose_helper(&mut self, person: Option<&str>) -> Result<(), Error> {
        let device = match person {
            None => None,
            Some(words) => {
                let person = self.find_person(words)?;
                if person == self.my_person()? {
                    return Err(Error::NotOneself);
                }
                self.devices_of(person)?.first().map(|(device, _)| *device)
            }
        };
        self.administer(vec![Members::Helper { device }])?;
        Ok(())
    }

    /// Acts with a reason. It lies in coordination, never in the log.
    fn administer_because(&mut self, acts: Vec<Members>, why: &str) -> Result<Option<String>, Error> {
        if let Some(about) = self.administer(acts)?.first() {
            self.give_reason(*about, why)?;
        }
        Ok(None)
    }

    /// Says why something was done, to coordinators.
    pub(super) fn give_reason(&mut self, about: Ref, why: &str) -> Result<(), Error> {
        let text = check_note(why)?;
        let coordinator = self.group()?.membership().is_coordinator(self.keys()?.device());
        if text.is_empty() || !coordinator {
            return Ok(());
        }
        let until = self.stamp_day().plus(LONG_CLASS);
        match self.write_in(Channel::Coordination, Content::Reason { until, about, text }, None) {
            // The act does not wait for its reason.
            Err(Error::NoKeyYet) => Ok(()),
            written => written.map(drop),
        }
    }
}

/// Devices of officials, and the others.
fn split(devices: Vec<(DeviceId, Member)>) -> (Vec<DeviceId>, Vec<DeviceId>) {
    let (officials, others): (Vec<_>, Vec<_>) = devices.into_iter().partition(|(_, member)| member.role.is_official());
    let ids = |devices: Vec<(DeviceId, Member)>| devices.into_iter().map(|(device, _)| device).collect();
    (ids(officials), ids(others))
}

/// Taking a device out.
pub(super) fn remove(target: DeviceId) -> Members {
    Members::Remove { target, cosignatures: Vec::new() }
}
