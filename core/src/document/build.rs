//! The Automerge document, always made from nothing in the canonical order.
//!
//! One change for each operation that writes: actor = its ref (so every sequence number is 1 and no two operations can
//! claim the same one), dependencies = the changes of what it follows, time = the author's, no message.
//! `transaction_at` takes the number of a change's first write from the whole document, which is why the order of
//! building must be the canonical one: numbers then rise along it, and the value that Automerge shows first is that of
//! the greatest (depth, id).
//!
//! An operation that writes nothing makes no change: an empty one would follow all heads and silently overwrite what
//! stands beside it. What follows it follows its dependencies instead.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{
    ActorId, Automerge, ChangeHash, ObjId, ObjType, PatchLog, ROOT, ReadDoc as _, ScalarValue,
    transaction::{CommitOptions, Transactable},
};
use ratel_protocol::{Day, Ref};

use super::{
    Change, DocumentError, Family, Fields,
    order::order,
    read::{Values, Written, fields},
    schema::{Slot, Value, Write, field},
};
use crate::identity::DeviceId;

/// A document as Automerge holds it.
#[derive(Debug, Clone)]
pub struct Document {
    pub(super) automerge: Automerge,
    pub(super) family: Option<Family>,
    maps: BTreeMap<&'static str, ObjId>,
}

impl Document {
    /// Makes the document that `opening` opens from the operations held of it, in any order. Without an opening that is
    /// here and counts, the document is empty.
    pub fn build(opening: Ref, changes: &[Change]) -> Result<Self, DocumentError> {
        let mut document = Self { automerge: Automerge::new(), family: None, maps: BTreeMap::new() };
        let placed = order(opening, changes);
        let Some(family) = placed.first().and_then(|first| Family::opened_by(&first.change.content)) else {
            return Ok(document);
        };
        // By place: the changes that an operation stands for.
        let mut stands_for: Vec<Vec<ChangeHash>> = Vec::with_capacity(placed.len());
        for (place, operation) in placed.iter().enumerate() {
            let writes = family.writes(operation.change);
            if writes.is_empty() && place == 0 {
                return Ok(document);
            }
            let follows: BTreeSet<ChangeHash> =
                operation.follows.iter().filter_map(|place| stands_for.get(*place)).flatten().copied().collect();
            let follows: Vec<ChangeHash> = follows.into_iter().collect();
            stands_for.push(if writes.is_empty() {
                follows
            } else {
                let made = if place == 0 { family.maps() } else { &[] };
                vec![document.commit(operation.change, &follows, made, &writes)?]
            });
        }
        document.family = Some(family);
        Ok(document)
    }

    /// What it says, or `None` while there is no opening that counts.
    pub fn fields(&self) -> Result<Option<Fields>, DocumentError> {
        self.family.map(|family| fields(self, family)).transpose()
    }

    /// Its Automerge bytes, readable by every Automerge program.
    pub fn save(&self) -> Vec<u8> {
        self.automerge.save()
    }

    fn commit(
        &mut self,
        change: &Change,
        follows: &[ChangeHash],
        made: &'static [&'static str],
        writes: &[Write],
    ) -> Result<ChangeHash, DocumentError> {
        self.automerge.set_actor(ActorId::from(change.id.0.as_slice()));
        let mut transaction =
            self.automerge.transaction_at(PatchLog::null(), follows).map_err(|_| DocumentError::NoChange)?;
        for write in writes {
            match &write.slot {
                Slot::Field(name) => put(&mut transaction, &ROOT, name, &write.value)?,
                Slot::Entry(map, device) => {
                    let object = self.maps.get(map).ok_or(DocumentError::Field(map))?;
                    put(&mut transaction, object, &device.to_hex(), &write.value)?;
                }
            }
        }
        for map in made {
            self.maps.insert(map, transaction.put_object(ROOT, *map, ObjType::Map)?);
        }
        let options = CommitOptions::default().with_time(Day::unix_s(change.time));
        transaction.commit_with(options).0.ok_or(DocumentError::NoChange)
    }
}

/// Writes a value so that it replaces all that its author had seen, even an equal one. Automerge drops a write of the
/// value that is there already; then another's change to the field would win alone although two people wrote. So the
/// old values are taken away first.
fn put(to: &mut impl Transactable, object: &ObjId, key: &str, value: &Value) -> Result<(), DocumentError> {
    let scalar = match value {
        Value::Map(entries) => {
            let map = to.put_object(object, key, ObjType::Map)?;
            return entries.iter().try_for_each(|(key, value)| put(to, &map, key, value));
        }
        Value::Text(text) => ScalarValue::Str(text.as_str().into()),
        Value::Int(number) => ScalarValue::Int(*number),
        Value::Bool(yes) => ScalarValue::Boolean(*yes),
    };
    to.delete(object, key)?;
    to.put(object, key, scalar)?;
    Ok(())
}

impl Values for Document {
    fn all(&self, slot: &Slot) -> Result<Vec<Written>, DocumentError> {
        let found = match slot {
            Slot::Field(name) => self.automerge.get_all(ROOT, *name)?,
            Slot::Entry(map, device) => {
                let object = self.maps.get(map).ok_or(DocumentError::Field(map))?;
                self.automerge.get_all(object, device.to_hex())?
            }
        };
        let mut found: Vec<(u64, Written)> = found
            .into_iter()
            .map(|(value, id)| {
                let ObjId::Id(number, actor, _) = &id else { return Err(DocumentError::Field(field::ID)) };
                let by = actor.to_bytes().try_into().map_err(|_| DocumentError::Field(field::ID))?;
                Ok((*number, Written { by: Ref(by), value: self.value(&value, &id)? }))
            })
            .collect::<Result<_, _>>()?;
        found.sort_by_key(|(number, written)| (*number, written.by));
        Ok(found.into_iter().map(|(_, written)| written).collect())
    }

    fn devices(&self, map: &'static str) -> Result<Vec<DeviceId>, DocumentError> {
        let object = self.maps.get(map).ok_or(DocumentError::Field(map))?;
        self.automerge.keys(object).map(|key| DeviceId::from_hex(&key).ok_or(DocumentError::Field(map))).collect()
    }
}

impl Document {
    /// A value of Automerge in the terms of the schema.
    pub(super) fn value(&self, value: &automerge::Value<'_>, id: &ObjId) -> Result<Value, DocumentError> {
        match value {
            automerge::Value::Object(ObjType::Map) => self
                .automerge
                .keys(id)
                .map(|key| {
                    let (value, id) =
                        self.automerge.get(id, key.as_str())?.ok_or(DocumentError::Field(field::DOCUMENT))?;
                    Ok((key, self.value(&value, &id)?))
                })
                .collect::<Result<_, _>>()
                .map(Value::Map),
            automerge::Value::Object(_) => Err(DocumentError::Field(field::DOCUMENT)),
            automerge::Value::Scalar(scalar) => match scalar.as_ref() {
                ScalarValue::Str(text) => Ok(Value::Text(text.to_string())),
                ScalarValue::Int(number) => Ok(Value::Int(*number)),
                ScalarValue::Boolean(yes) => Ok(Value::Bool(*yes)),
                _ => Err(DocumentError::Field(field::DOCUMENT)),
            },
        }
    }
}
