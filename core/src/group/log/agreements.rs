//! The agreements through time: whole values, of which the last that counts in replay is in force.

use ratel_protocol::Ref;

use super::Log;
use crate::{envelope::operation::members::Charter, identity::DeviceId};

/// Agreements that count, or counted until others followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Agreement<'a> {
    /// The operation that made them.
    pub id: Ref,
    /// Who signed it.
    pub author: DeviceId,
    /// What was agreed.
    pub charter: &'a Charter,
}

impl Log {
    /// Every version that counts, in the order of replay: the last is in force. Empty before the beginning has come.
    pub fn agreements(&self) -> Vec<Agreement<'_>> {
        self.agreeing().into_iter().filter_map(|number| self.agreement(number)).collect()
    }

    /// The last of the versions that were made beside the one in force by somebody who had not seen it, nor been seen by
    /// its author. Whoever signs one of the two anew ends the doubt.
    pub fn other_agreement(&self) -> Option<Agreement<'_>> {
        let mut agreeing = self.agreeing();
        let seen = self.past_of(&[agreeing.pop()?]);
        let other = agreeing.into_iter().rev().find(|number| seen.get(*number) != Some(&true))?;
        self.agreement(other)
    }

    fn agreeing(&self) -> Vec<usize> {
        let agrees = |number: &usize| self.nodes.get(*number).is_some_and(|node| node.act.charter().is_some());
        self.whole().counting.iter().copied().filter(agrees).collect()
    }

    fn agreement(&self, number: usize) -> Option<Agreement<'_>> {
        let node = self.nodes.get(number)?;
        Some(Agreement { id: node.place.1, author: self.device_id(node.author), charter: node.act.charter()? })
    }
}
