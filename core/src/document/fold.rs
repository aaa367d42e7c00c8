//! The same values by a plain pass over the operations: what the document must equal, at a hundredth of its cost.
//!
//! Going backwards through the order, an operation learns which fields were written by something that follows it, and
//! hands that on to what it follows itself. What it wrote to such a field is overwritten; all else stands. Leaves need
//! no such pass: each device's form one chain, so the last of each kind stands.

use std::collections::BTreeMap;

use ratel_protocol::Ref;

use super::{
    Change, DocumentError, Family, Fields,
    order::order,
    read::{Values, Written, fields},
    schema::{Slot, Write},
};
use crate::identity::DeviceId;

/// A document as the fold sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    pub(super) family: Option<Family>,
    pub(super) values: BTreeMap<Slot, Vec<Written>>,
}

impl Fold {
    /// Folds the operations held of the document that `opening` opens, in any order. Without an opening that is here
    /// and counts, the document is empty.
    pub fn of(opening: Ref, changes: &[Change]) -> Self {
        let mut fold = Self { family: None, values: BTreeMap::new() };
        let placed = order(opening, changes);
        let Some(first) = placed.first().filter(|first| first.change.counts) else { return fold };
        let Some(family) = Family::opened_by(&first.change.content) else { return fold };
        fold.family = Some(family);

        // By place: the fields that something later wrote.
        let mut overwritten: Vec<Vec<&'static str>> = vec![Vec::new(); placed.len()];
        for (place, operation) in placed.iter().enumerate().rev() {
            let mut later = overwritten.get_mut(place).map(std::mem::take).unwrap_or_default();
            for Write { slot, value } in family.writes(operation.change) {
                let written = Written { by: operation.change.id, value };
                match slot {
                    Slot::Field(name) => {
                        if !later.contains(&name) {
                            fold.values.entry(slot).or_default().push(written);
                            later.push(name);
                        }
                    }
                    Slot::Entry(..) => {
                        fold.values.entry(slot).or_insert_with(|| vec![written]);
                    }
                }
            }
            for before in &operation.follows {
                let Some(before) = overwritten.get_mut(*before) else { continue };
                for name in &later {
                    if !before.contains(name) {
                        before.push(name);
                    }
                }
            }
        }
        fold.values.values_mut().for_each(|written| written.reverse());
        fold
    }

    /// What it says, or `None` while there is no opening that counts.
    pub fn fields(&self) -> Result<Option<Fields>, DocumentError> {
        self.family.map(|family| fields(self, family)).transpose()
    }
}

impl Values for Fold {
    fn all(&self, slot: &Slot) -> Result<Vec<Written>, DocumentError> {
        Ok(self.values.get(slot).cloned().unwrap_or_default())
    }

    fn devices(&self, map: &'static str) -> Result<Vec<DeviceId>, DocumentError> {
        Ok(self
            .values
            .keys()
            .filter_map(|slot| match slot {
                Slot::Entry(name, device) if *name == map => Some(*device),
                Slot::Entry(..) | Slot::Field(_) => None,
            })
            .collect())
    }
}
