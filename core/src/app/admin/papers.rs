//! Papers: what stands for itself, such as a reason or a proposal.

use crate::{
    app::state::State,
    envelope::operation::{Body, Content, keys::Channel},
    error::Error,
    identity::DeviceId,
};

/// A paper that counts.
pub(super) struct Paper {
    pub(super) device: DeviceId,
    pub(super) channel: Channel,
    pub(super) content: Content,
}

impl State {
    /// Papers of one kind that count, in the order of their arrival.
    pub(super) fn papers(&self, kind: u64) -> Result<Vec<Paper>, Error> {
        let Some(group) = &self.group else { return Ok(Vec::new()) };
        let mut papers = Vec::new();
        for stored in self.store.opened_kind(kind)? {
            let Some(channel) = group.channel_of(&stored) else { continue };
            let Some(opened) = group.reopen(&stored) else { continue };
            let (id, device) = (stored.id.short(), opened.operation.device);
            let Body::Content(content) = opened.operation.body else { continue };
            if group.membership().counts(id, device, channel, &content) {
                papers.push(Paper { device, channel, content });
            }
        }
        Ok(papers)
    }
}
