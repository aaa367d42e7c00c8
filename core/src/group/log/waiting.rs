//! Operations that came before what they name: in memory, and few.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::Ref;

use super::MembersOperation;
use crate::identity::DeviceId;

/// Most operations that wait: more than a phone holds of them.
const MOST: usize = 16_384;

/// Operations by id, with what each still lacks.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    held: BTreeMap<Ref, Held>,
    /// Who waits for an operation that is not here.
    wanted_by: BTreeMap<Ref, BTreeSet<Ref>>,
    arrivals: u64,
}

#[derive(Debug, Clone)]
struct Held {
    operation: MembersOperation,
    missing: BTreeSet<Ref>,
    arrival: u64,
    known_author: bool,
}

impl Waiting {
    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    pub(super) fn contains(&self, id: &Ref) -> bool {
        self.held.contains_key(id)
    }

    /// Lets an operation wait. When too many do, the oldest of a device that is not known here goes, else the oldest.
    pub(super) fn add(&mut self, operation: MembersOperation, missing: &[Ref], known: impl Fn(&DeviceId) -> bool) {
        let id = operation.id;
        for parent in missing {
            self.wanted_by.entry(*parent).or_default().insert(id);
        }
        let known_author = known(&operation.author);
        let missing = missing.iter().copied().collect();
        self.held.insert(id, Held { operation, missing, arrival: self.arrivals, known_author });
        self.arrivals += 1;
        if self.held.len() > MOST {
            let oldest = self.held.iter().min_by_key(|(_, held)| (held.known_author, held.arrival)).map(|(id, _)| *id);
            if let Some(oldest) = oldest {
                self.forget(oldest);
            }
        }
    }

    /// What waited for `id` and for nothing else any more.
    pub(super) fn release(&mut self, id: Ref) -> Vec<MembersOperation> {
        let mut ready = Vec::new();
        for child in self.wanted_by.remove(&id).unwrap_or_default() {
            let Some(held) = self.held.get_mut(&child) else { continue };
            held.missing.remove(&id);
            if held.missing.is_empty() {
                ready.extend(self.held.remove(&child).map(|held| held.operation));
            }
        }
        ready
    }

    /// See [`super::Log::lacks_only_left`].
    pub(super) fn lacks_only_left(
        &self,
        left: impl Fn(&Ref) -> Option<DeviceId>,
        members: impl Fn(DeviceId) -> bool,
    ) -> BTreeMap<DeviceId, Ref> {
        let (mut never_seen, mut of_device): (Vec<Ref>, BTreeMap<DeviceId, Vec<Ref>>) = (Vec::new(), BTreeMap::new());
        for gap in self.wanted_by.keys().filter(|gap| !self.held.contains_key(*gap)) {
            match left(gap) {
                Some(device) => of_device.entry(device).or_default().push(*gap),
                None => never_seen.push(*gap),
            }
        }
        let hopeless = self.above(never_seen, &BTreeSet::new());
        let mut out = BTreeMap::new();
        for (device, gaps) in of_device {
            let above = self.above(gaps, &hopeless);
            let mut waits = above.into_iter().filter_map(|id| self.held.get(&id).map(|held| (id, held)));
            if let Some((id, _)) = waits.find(|(_, held)| members(held.operation.author)) {
                out.insert(device, id);
            }
        }
        out
    }

    /// What waits for one of these, or for what waits for it, `except` for these.
    fn above(&self, mut next: Vec<Ref>, except: &BTreeSet<Ref>) -> BTreeSet<Ref> {
        let mut above = BTreeSet::new();
        while let Some(id) = next.pop() {
            for child in self.wanted_by.get(&id).into_iter().flatten() {
                if !except.contains(child) && above.insert(*child) {
                    next.push(*child);
                }
            }
        }
        above
    }

    pub(super) fn forget(&mut self, id: Ref) {
        let Some(held) = self.held.remove(&id) else { return };
        for parent in held.missing {
            if let Some(children) = self.wanted_by.get_mut(&parent) {
                children.remove(&id);
                if children.is_empty() {
                    self.wanted_by.remove(&parent);
                }
            }
        }
    }
}
