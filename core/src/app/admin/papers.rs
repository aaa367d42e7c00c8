//! Papers: what stands for itself, such as a reason or a proposal.

use crate::{
    app::state::State,
    envelope::operation::{Body, Content, keys::Channel},
    error::Error,
};

impl State {
    /// Papers of one kind that count, each with where it lies, in the order of their arrival.
    pub(in crate::app) fn papers(&self, kind: u64) -> Result<Vec<(Channel, Content)>, Error> {
        let Some(group) = &self.group else { return Ok(Vec::new()) };
        let mut papers = Vec::new();
        for stored in self.store.opened_kind(kind)? {
            let Some(channel) = group.channel_of(&stored) else { continue };
            let Some(opened) = group.reopen(&stored) else { continue };
            let (id, device) = (stored.id.short(), opened.operation.device);
            let Body::Content(content) = opened.operation.body else { continue };
            if group.membership().counts(id, device, channel, &content) {
                papers.push((channel, content));
            }
        }
        Ok(papers)
    }
}
