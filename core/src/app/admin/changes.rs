//! "Wat is er veranderd": every act of administration that counts, newest first, with who did it.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::{Day, Ref};

use super::{history::Act, people::day_noon_s};
use crate::{
    app::{known::Known, state::State},
    envelope::operation::{Content, Members, number},
    error::Error,
    group::Proposal,
    identity::DeviceId,
    view::{Change, ChangeKind, Person, Role},
};

/// Acts of one tap lie at most so far apart (seconds).
const ONE_TAP_S: i64 = 60;

impl State {
    /// Acts that count, newest first. One tap on several devices of one person is one change, and the Keep that goes with
    /// a removal is part of it.
    pub(in crate::app) fn changes(&self) -> Result<Vec<Change>, Error> {
        Ok(self.told(&self.known()?, &self.acts()?, &self.reasons()?))
    }

    /// Some acts, for a screen that tells no reasons.
    pub(in crate::app) fn changes_in(&self, known: &Known, ids: &[Ref]) -> Result<Vec<Change>, Error> {
        Ok(self.told(known, &self.acts_among(ids)?, &BTreeMap::new()))
    }

    fn told(&self, known: &Known, acts: &[Act], reasons: &BTreeMap<Ref, String>) -> Vec<Change> {
        let companions = companions(acts);
        let mut changes: Vec<Change> = Vec::new();
        for act in acts.iter().filter(|act| !companions.contains(&act.id)) {
            let Some(change) = self.change(known, reasons, act) else { continue };
            match changes.last_mut() {
                Some(last) if is_one_tap(last, &change) => last.reason = last.reason.take().or(change.reason),
                _ => changes.push(change),
            }
        }
        changes.sort_by_key(|change| change.time_s);
        changes.reverse();
        changes
    }

    fn change(&self, known: &Known, reasons: &BTreeMap<Ref, String>, act: &Act) -> Option<Change> {
        let (mut what, devices, role) = what(act)?;
        // Others signed that somebody who stopped is out: told as what it was.
        if what == ChangeKind::Removed && self.answers_a_leave(&act.id).is_ok_and(|answers| answers) {
            what = ChangeKind::Left;
        }
        let mut whom: Vec<Person> = Vec::new();
        for person in devices.into_iter().map(|device| self.person_view(known, device)) {
            if !whom.contains(&person) {
                whom.push(person);
            }
        }
        let with = act.body.cosignatures().iter().map(|by| self.person_view(known, by.device)).collect();
        Some(Change {
            id: act.id.to_hex(),
            time_s: act.time_s,
            by: self.person_view(known, act.author),
            with,
            what,
            whom,
            role,
            until_s: until(act).map(day_noon_s),
            reason: self.reason(reasons, act),
        })
    }

    /// The reason of an act, by its ref or by the name that it had while it was a proposal.
    fn reason(&self, reasons: &BTreeMap<Ref, String>, act: &Act) -> Option<String> {
        let proposed = || {
            let group = self.group.as_ref().filter(|_| !act.body.cosignatures().is_empty())?;
            reasons.get(&Proposal::name_of(group.id, &act.parents, &act.body))
        };
        reasons.get(&act.id).or_else(proposed).cloned()
    }

    /// Reasons by the act that they are about, on a phone that reads coordination.
    fn reasons(&self) -> Result<BTreeMap<Ref, String>, Error> {
        let mut reasons = BTreeMap::new();
        for paper in self.papers(number::REASON)? {
            if let Content::Reason { about, text, .. } = paper.content {
                reasons.entry(about).or_insert(text);
            }
        }
        Ok(reasons)
    }
}

/// What an act did, to whose devices, and which role it gave; nothing for a kind of a later release.
fn what(act: &Act) -> Option<(ChangeKind, Vec<DeviceId>, Option<Role>)> {
    Some(match &act.body {
        Members::Genesis(genesis) => {
            (ChangeKind::Began, genesis.founders.iter().map(|founder| founder.device.id()).collect(), None)
        }
        Members::Admit(newcomer) => (ChangeKind::Admitted, vec![newcomer.device.id()], Some(newcomer.role)),
        Members::Role { target, role, .. } => (ChangeKind::Role, vec![*target], Some(*role)),
        Members::Remove { target, .. } if *target == act.author => (ChangeKind::Left, vec![act.author], None),
        Members::Remove { target, .. } => (ChangeKind::Removed, vec![*target], None),
        Members::Replace { target, .. } => (ChangeKind::Replaced, vec![*target], None),
        Members::Link(_) => (ChangeKind::Linked, vec![act.author], None),
        Members::Helper { device } => (ChangeKind::Helper, device.iter().copied().collect(), None),
        Members::Charter(_) => (ChangeKind::Charter, Vec::new(), None),
        Members::Relay { .. } => (ChangeKind::Relay, Vec::new(), None),
        Members::Recover { coordinators, .. } => (ChangeKind::Recovered, coordinators.clone(), Some(Role::Coordinator)),
        Members::Keep { .. } => (ChangeKind::Kept, Vec::new(), None),
        Members::Other { .. } => return None,
    })
}

/// The last day of the badge that an act gave, if it has one.
fn until(act: &Act) -> Option<Day> {
    match &act.body {
        Members::Admit(newcomer) => newcomer.badge_until,
        Members::Role { badge_until, .. } => *badge_until,
        _ => None,
    }
}

/// Keeps that were signed in one tap with what they belong to, or by the first of two signers.
fn companions(acts: &[Act]) -> BTreeSet<Ref> {
    let keeps: BTreeMap<Ref, &Act> =
        acts.iter().filter(|act| matches!(act.body, Members::Keep { .. })).map(|act| (act.id, act)).collect();
    let mut companions = BTreeSet::new();
    for act in acts {
        for keep in act.parents.iter().filter_map(|parent| keeps.get(parent)) {
            let same_tap = keep.author == act.author && act.time_s - keep.time_s <= ONE_TAP_S;
            if same_tap || act.body.cosignatures().iter().any(|by| by.device == keep.author) {
                companions.insert(keep.id);
            }
        }
    }
    companions
}

fn is_one_tap(last: &Change, next: &Change) -> bool {
    (&last.by, last.what, &last.whom, last.role, last.until_s)
        == (&next.by, next.what, &next.whom, next.role, next.until_s)
        && next.time_s - last.time_s <= ONE_TAP_S
        // Agreements that follow each other are each a change.
        && last.what != ChangeKind::Charter
}
