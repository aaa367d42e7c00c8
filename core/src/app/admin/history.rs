//! The acts that count, oldest first, with a credible time: for "since when" and "what has changed".

use std::collections::BTreeMap;

use ratel_protocol::{Day, Ref};

use crate::{
    app::{state::State, view_of::AHEAD_S},
    envelope::operation::{Body, Members},
    error::Error,
    identity::DeviceId,
};

/// An act that counts.
pub(super) struct Act {
    pub(super) id: Ref,
    pub(super) author: DeviceId,
    pub(super) parents: Vec<Ref>,
    pub(super) body: Members,
    /// When (Unix seconds): what its author's clock said, not before the acts that it follows, and not after its arrival.
    pub(super) time_s: i64,
}

impl State {
    /// All acts that count, each after those that it follows.
    pub(super) fn acts(&self) -> Result<Vec<Act>, Error> {
        self.acts_among(&self.group.as_ref().map(|group| group.log.history()).unwrap_or_default())
    }

    /// These acts, in this order.
    pub(super) fn acts_among(&self, ids: &[Ref]) -> Result<Vec<Act>, Error> {
        let Some(group) = &self.group else { return Ok(Vec::new()) };
        let mut times: BTreeMap<Ref, i64> = BTreeMap::new();
        let mut acts = Vec::new();
        for id in ids.iter().copied() {
            let Some(stored) = self.store.envelope(id)? else { continue };
            let Some(opened) = group.reopen(&stored) else { continue };
            let Body::Members(body) = opened.operation.body else { continue };
            let (author, parents) = (opened.operation.device, opened.operation.parents);
            let after_s = parents.iter().filter_map(|parent| times.get(parent)).max().copied();
            let latest_s = stored.received_ms.div_euclid(1000) + AHEAD_S;
            let said_s = Day::unix_s(opened.operation.time).min(latest_s);
            let shown_s = said_s.max(after_s.unwrap_or(0));
            times.insert(id, shown_s);
            acts.push(Act { id, author, parents, body, time_s: shown_s });
        }
        Ok(acts)
    }
}
