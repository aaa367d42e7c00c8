//! What must be equal, and what must never happen.

use std::collections::{BTreeMap, BTreeSet};

use ratel_protocol::Ref;

use super::phone::Phone;
use crate::{
    app::view_of::changes,
    document::{Document, Fold, state_hash},
    envelope::crypto::sha256,
    storage::{Mailbox, State as Held},
};

/// What a phone shows, as far as it is a function of what it has opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Members, roles, charter, helpers, invitations, what is kept, what counts.
    pub(super) membership: [u8; 32],
    /// Operations in the log.
    pub(super) log: usize,
    /// By document: the envelopes of it that were opened, and what it says.
    pub(super) documents: BTreeMap<Ref, (BTreeSet<Ref>, [u8; 32])>,
}

/// Reads a phone.
pub(super) fn verdict(phone: &Phone) -> Verdict {
    let group = phone.state.group().expect("a group");
    let mut documents = BTreeMap::new();
    for document in phone.state.store.documents().expect("a readable store") {
        let rows = phone.state.store.envelopes_of(document).expect("a readable store");
        let opened: BTreeSet<Ref> =
            rows.iter().filter(|row| row.state == Held::Opened).map(|row| row.id.short()).collect();
        let changes = changes(group, document, &rows);
        let fields = Fold::of(document, &changes).fields().expect("a document that can be read");
        documents.insert(document, (opened, state_hash(fields.as_ref())));
    }
    let membership = sha256(&[format!("{:?}", group.membership()).as_bytes()]);
    Verdict { membership, log: group.log.len(), documents }
}

impl Verdict {
    /// Everything in one number.
    pub(super) fn hash(&self) -> [u8; 32] {
        sha256(&[format!("{self:?}").as_bytes()])
    }

    /// Why two phones that have met differ, where they must not: in who belongs, or in a document of which both have
    /// opened the same envelopes.
    pub(super) fn differs(&self, other: &Self) -> Option<String> {
        if self.membership != other.membership {
            return Some(format!("who belongs (logs of {} and {})", self.log, other.log));
        }
        let same_set = |document: &Ref, opened: &BTreeSet<Ref>, said: &[u8; 32]| {
            other.documents.get(document).is_some_and(|(theirs, hash)| theirs == opened && hash != said)
        };
        let differing = self.documents.iter().find(|(document, (opened, said))| same_set(document, opened, said));
        differing.map(|(document, _)| format!("document {}", document.to_hex()))
    }
}

/// Documents of a phone whose Automerge document says something else than the fold.
pub(super) fn unlike_their_fold(phone: &Phone) -> Vec<Ref> {
    let group = phone.state.group().expect("a group");
    let mut out = Vec::new();
    for document in phone.state.store.documents().expect("a readable store") {
        let rows = phone.state.store.envelopes_of(document).expect("a readable store");
        let changes = changes(group, document, &rows);
        let built = Document::build(document, &changes).and_then(|built| built.fields()).expect("a document");
        if built != Fold::of(document, &changes).fields().expect("a fold") {
            out.push(document);
        }
    }
    out
}

/// How many envelopes of the content mailbox a phone has opened.
pub(super) fn opened(phone: &Phone) -> BTreeSet<Ref> {
    let rows = phone.state.store.keys_in(Mailbox::Content, Held::Opened).expect("a readable store");
    rows.into_iter().map(|(id, _)| id).collect()
}
