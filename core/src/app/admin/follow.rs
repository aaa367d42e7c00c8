//! What follows when the membership has changed, by an act of this phone or by one that came: tokens and views. New keys
//! are made where the transaction ends.

use std::collections::BTreeSet;

use ratel_protocol::{Ref, TokenHash};

use crate::{app::state::State, error::Error, group::Membership, identity::DeviceId, storage::TokenKind, view::Role};

impl State {
    /// After acts of this phone: tokens for the relay, views of those concerned.
    pub(super) fn follow(&mut self, before: &Membership) -> Result<(), Error> {
        let after = self.group()?.membership().clone();
        self.tell_tokens(before)?;
        for document in self.documents_concerned(before, &after)? {
            self.refresh_document(document)?;
        }
        Ok(())
    }

    /// Tells the relay whose tokens come, go and may change others; only a coordinator's phone can.
    pub(in crate::app) fn tell_tokens(&mut self, before: &Membership) -> Result<(), Error> {
        let device = self.keys()?.device();
        let after = self.group()?.membership();
        if !after.is_coordinator(device) {
            return Ok(());
        }
        for (token, kind) in token_changes(before, after, device) {
            self.store.queue_token(token, kind)?;
        }
        Ok(())
    }

    /// Documents in which something counts by another rule than before.
    fn documents_concerned(&self, before: &Membership, after: &Membership) -> Result<BTreeSet<Ref>, Error> {
        if before.charter != after.charter {
            return Ok(self.store.documents()?.into_iter().collect());
        }
        self.store.documents_of(&before.changed(after))
    }
}

/// What the relay is to know of tokens, this phone's own left out. A token that somebody who stays shows too is not taken
/// away.
fn token_changes(before: &Membership, after: &Membership, me: DeviceId) -> Vec<(TokenHash, TokenKind)> {
    let standing: BTreeSet<TokenHash> = after.devices.values().map(|member| member.token).collect();
    let others = before.changed(after).into_iter().filter(|device| *device != me);
    others
        .filter_map(|device| match (before.devices.get(&device), after.devices.get(&device)) {
            (_, Some(member)) if member.role == Role::Coordinator => Some((member.token, TokenKind::Admin)),
            (was, Some(member)) if was.is_none_or(|was| was.role == Role::Coordinator) => {
                Some((member.token, TokenKind::Add))
            }
            (Some(member), None) if !standing.contains(&member.token) => Some((member.token, TokenKind::Remove)),
            _ => None,
        })
        .collect()
}
