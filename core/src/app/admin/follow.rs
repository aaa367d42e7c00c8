//! What follows when the membership has changed, by an act of this phone or by one that came: tokens and views. New keys
//! are made where the transaction ends.

use std::collections::BTreeSet;

use ratel_protocol::{Ref, TokenHash};

use crate::{
    app::state::State, envelope::operation::keys::Channel, error::Error, group::Membership, identity::DeviceId,
    storage::TokenKind, view::Role,
};

impl State {
    /// After acts of this phone: tokens for the relay, what was left and may count now, views of those concerned.
    pub(super) fn follow(&mut self, before: &Membership) -> Result<(), Error> {
        let after = self.group()?.membership().clone();
        self.tell_tokens(before)?;
        self.want_what_may_count(before)?;
        if invitations_are_known_outside(before, &after) {
            self.revoke_open()?;
        }
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
    let mine = after.devices.get(&me).map(|member| member.token);
    let others = before.changed(after).into_iter().filter(|device| *device != me);
    let changes = others.filter_map(|device| match (before.devices.get(&device), after.devices.get(&device)) {
        (was, Some(member)) => {
            let kind = mark(after, member.token);
            let new = was.is_none() || member.role == Role::Coordinator;
            let lowered = was.is_some_and(|was| was.role == Role::Coordinator && member.role != was.role);
            (new || lowered).then_some((member.token, kind))
        }
        (Some(member), None) if !standing.contains(&member.token) => Some((member.token, TokenKind::Remove)),
        _ => None,
    });
    changes.filter(|(token, _)| Some(*token) != mine).collect()
}

/// How the relay is to know a token: the greatest of all devices that show it. Hashes lie in the log, and anybody could
/// write a coordinator's beside a phone of his own.
pub(in crate::app) fn mark(members: &Membership, token: TokenHash) -> TokenKind {
    let mut showing = members.devices.values().filter(|member| member.token == token);
    if showing.any(|member| member.role == Role::Coordinator) { TokenKind::Admin } else { TokenKind::Add }
}

/// Whether somebody who read coordination, where open invitations lie, reads it no more, or a wijkagent reads it now.
fn invitations_are_known_outside(before: &Membership, after: &Membership) -> bool {
    let reads = |members: &Membership, device| members.reads(device, Channel::Coordination);
    let gone = before.devices.keys().any(|device| reads(before, *device) && !reads(after, *device));
    let police = |device: &DeviceId| after.role(*device) == Some(Role::Wijkagent);
    gone || after.devices.keys().any(|device| police(device) && reads(after, *device) && !reads(before, *device))
}
