//! Acts by person: one tap acts on all devices of somebody.

use ratel_protocol::Ref;

use crate::{
    app::{author::LONG_CLASS, handle::check_note, state::State},
    envelope::operation::{Content, Members, keys::Channel, members::NewDevice},
    error::Error,
    group::Member,
    identity::DeviceId,
    view::Role,
};

impl State {
    /// Takes a person out. Why, is for coordinators only.
    pub(in crate::app) fn remove_person(&mut self, person: &str, why: &str) -> Result<(), Error> {
        let person = self.find_person(person)?;
        if person == self.my_person()? {
            return self.leave();
        }
        let acts = self.devices_of(person)?.into_iter().map(|(device, _)| remove(device)).collect();
        self.administer_because(acts, why)
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

    /// Gives a person a role, on every device that has another. The same role again says that a coordinator has met the
    /// person.
    pub(in crate::app) fn give_role(&mut self, person: &str, role: Role) -> Result<(), Error> {
        let person = self.find_person(person)?;
        let devices = self.devices_of(person)?;
        let others = devices.iter().any(|(_, member)| member.role != role);
        let targets = devices.into_iter().filter(|(_, member)| !others || member.role != role);
        let act = |(target, _): (DeviceId, Member)| Members::Role {
            target,
            role,
            badge_until: None,
            cosignatures: Vec::new(),
        };
        self.administer(targets.map(act).collect())?;
        Ok(())
    }

    /// Leaves: this phone, and before it what other phones of the person a coordinator may take out. Never refused.
    pub(in crate::app) fn leave(&mut self) -> Result<(), Error> {
        let me = self.keys()?.device();
        let coordinator = self.group()?.membership().is_coordinator(me);
        let mine = self.devices_of(self.my_person()?)?;
        let others = mine.into_iter().filter(|(device, member)| *device != me && member.role < Role::Trustee);
        let mut acts: Vec<Members> = others.filter(|_| coordinator).map(|(device, _)| remove(device)).collect();
        acts.push(remove(me));
        self.administer(acts)?;
        Ok(())
    }

    /// Puts a new phone in the place of a person's lost one, and takes out what other phones the person had: which of
    /// them is lost, nobody can tell from afar. A helper replaces the phone whose helper she is.
    pub(in crate::app) fn replace(&mut self, person: &str, new: NewDevice) -> Result<(), Error> {
        let person = self.find_person(person)?;
        let me = self.keys()?.device();
        let coordinator = self.group()?.membership().is_coordinator(me);
        let devices = self.devices_of(person)?;
        let mine = devices.into_iter().filter(|(_, member)| coordinator || member.helper == Some(me));
        let targets: Vec<DeviceId> = mine.map(|(device, _)| device).collect();
        let (lost, others) = targets.split_first().ok_or(Error::NotCoordinator)?;
        let mut acts = vec![Members::Replace { target: *lost, device: new, cosignatures: Vec::new() }];
        acts.extend(others.iter().filter(|_| coordinator).map(|device| remove(*device)));
        self.administer(acts)?;
        Ok(())
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
    pub(super) fn administer_because(&mut self, acts: Vec<Members>, why: &str) -> Result<(), Error> {
        let why = check_note(why)?;
        let done = self.administer(acts)?;
        match done.first() {
            Some(about) => self.give_reason(*about, why),
            None => Ok(()),
        }
    }

    fn give_reason(&mut self, about: Ref, text: String) -> Result<(), Error> {
        let coordinator = self.group()?.membership().is_coordinator(self.keys()?.device());
        if text.is_empty() || !coordinator {
            return Ok(());
        }
        let until = self.stamp_day().plus(LONG_CLASS);
        self.write_in(Channel::Coordination, Content::Reason { until, about, text }, None)?;
        Ok(())
    }
}

/// Taking a device out.
fn remove(target: DeviceId) -> Members {
    Members::Remove { target, cosignatures: Vec::new() }
}
