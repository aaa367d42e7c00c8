//! The whole document as JSON: what an Automerge program reads from [`Document::save`], value by value. Where several
//! values stand side by side it holds the one that Automerge shows, which is that of greatest (depth, id).

use automerge::{ObjType, ROOT};
use serde_json::{Map, Value as Json};

use super::{
    Document, DocumentError, Fold,
    read::Written,
    schema::{Slot, Value},
};

impl Document {
    /// The document as JSON; an empty object while there is no opening that counts.
    pub fn json(&self) -> Result<Json, DocumentError> {
        Ok(json(&self.value(&automerge::Value::Object(ObjType::Map), &ROOT)?))
    }
}

impl Fold {
    /// The same by the fold.
    pub fn json(&self) -> Json {
        let mut out = Map::new();
        for map in self.family.into_iter().flat_map(super::schema::Family::maps) {
            out.insert((*map).to_owned(), Json::Object(Map::new()));
        }
        for (slot, written) in &self.values {
            let Some(Written { value, .. }) = written.last() else { continue };
            match slot {
                Slot::Field(name) => {
                    out.insert((*name).to_owned(), json(value));
                }
                Slot::Entry(map, device) => {
                    if let Some(Json::Object(map)) = out.get_mut(*map) {
                        map.insert(device.to_hex(), json(value));
                    }
                }
            }
        }
        Json::Object(out)
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Int(number) => Json::from(*number),
        Value::Bool(yes) => Json::from(*yes),
        Value::Map(entries) => Json::Object(entries.iter().map(|(key, value)| (key.clone(), json(value))).collect()),
    }
}
