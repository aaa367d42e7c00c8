//! Writing: what this phone's person says becomes an envelope, in the transaction of the act.

use ratel_protocol::{Day, Head, Ref};

use super::state::State;
use crate::{
    envelope::{
        Address, ChannelKey, Sealed,
        crypto::random,
        operation::{Body, Content, MAX_PARENTS, Operation, keys::Channel},
        seal_with_salt,
    },
    error::Error,
    storage::{Mailbox, NewEnvelope, State as Held},
};

/// Days that a content envelope is kept when its document lives at most this long.
const SHORT_CLASS: u16 = 35;
/// Days that a longer-lived content envelope is kept, and the longest life of a document.
pub(super) const LONG_CLASS: u16 = 400;
/// Days that key operations are kept.
pub(super) const KEY_CLASS: u16 = 100;

/// An operation to sign and seal.
pub(super) struct Draft<'a> {
    pub(super) mailbox: Mailbox,
    pub(super) address: Address,
    pub(super) key: &'a ChannelKey,
    pub(super) expires: Day,
    pub(super) document: Option<Ref>,
    pub(super) parents: Vec<Ref>,
    pub(super) body: Body,
    /// What is known of it at once: operations of the log are inserted by their own path.
    pub(super) state: Held,
}

impl State {
    /// Writes content into the street, or what follows a document into its channel, and shows it at once.
    pub(super) fn write(&mut self, content: Content, document: Option<Ref>) -> Result<Ref, Error> {
        let opening = document.map(|document| self.store.envelope(document)).transpose()?.flatten();
        let channel = opening.and_then(|opening| self.group.as_ref()?.channel_of(&opening));
        self.write_in(channel.unwrap_or(Channel::Street), content, document)
    }

    /// Writes content into a channel and shows it at once. [`Error::NotAllowed`] if it would not count; an alert is never
    /// stopped here: what was agreed meanwhile may set it aside, with its author knowing.
    pub(super) fn write_in(&mut self, channel: Channel, content: Content, document: Option<Ref>) -> Result<Ref, Error> {
        let device = self.keys()?.device();
        let alert = matches!(content, Content::Alert(_) | Content::Called112 { .. });
        if !alert && !self.group()?.may_write_now(device, channel, &content) {
            return Err(Error::NotAllowed);
        }
        let parents = match document {
            Some(document) if content.is_state() => self.heads_of(document)?,
            _ => Vec::new(),
        };
        let expires = self.expires(&content, document)?;
        let erased = if let Content::Erase { refs } = &content { Some(refs.clone()) } else { None };
        let group = self.group()?;
        let key = group.writing_key(channel).ok_or(Error::NoKeyYet)?;
        let (key, address) = (key.key.clone(), group.address(Mailbox::Content));
        let draft = Draft {
            mailbox: Mailbox::Content,
            address,
            key: &key,
            expires,
            document,
            parents,
            body: Body::Content(content),
            state: Held::Opened,
        };
        let id = self.seal_and_queue(draft)?.id.short();
        self.refresh_document(document.unwrap_or(id))?;
        if let Some(targets) = erased {
            self.note_erase(id, &targets)?;
        }
        Ok(id)
    }

    /// The clear day: of the two classes the smaller that covers the life of the document.
    pub(super) fn expires(&self, content: &Content, document: Option<Ref>) -> Result<Day, Error> {
        let until = match (content.until(), document) {
            (Some(until), _) => Some(until),
            (None, Some(document)) => self.store.until_of(document)?,
            (None, None) => None,
        };
        let (short, long) = (self.stamp_day().plus(SHORT_CLASS), self.stamp_day().plus(LONG_CLASS));
        Ok(if until.is_some_and(|until| until <= short) { short } else { long })
    }

    /// Signs, seals, stores and queues an operation.
    pub(super) fn seal_and_queue(&mut self, draft: Draft<'_>) -> Result<Sealed, Error> {
        self.seal_and_queue_with(draft, random()?)
    }

    /// The same under a salt that what is inside is bound to.
    pub(super) fn seal_and_queue_with(&mut self, draft: Draft<'_>, salt: [u8; 16]) -> Result<Sealed, Error> {
        let keys = self.keys()?;
        let device = keys.device();
        let operation = Operation {
            device,
            seq: self.store.last_seq(draft.mailbox, device)? + 1,
            time: Day::stamp(self.now_ms().div_euclid(1000)),
            document: draft.document,
            parents: draft.parents,
            body: draft.body,
        };
        let sealed = seal_with_salt(&operation, &keys.signing, draft.key, &draft.address, draft.expires, salt)?;
        let head = Head::parse(&sealed.bytes).map_err(|_| Error::Internal("sealed bytes are no envelope"))?;
        self.store.hold(&NewEnvelope {
            id: sealed.id,
            mailbox: draft.mailbox,
            head,
            bytes: &sealed.bytes,
            own: true,
            received_ms: self.now_ms(),
            first_lived: self.days.lived(),
            state: draft.state,
            opened: Some(self.columns(&operation, sealed.id)),
        })?;
        self.store.queue(sealed.id.short())?;
        Ok(sealed)
    }

    /// The state heads of a document: openings and state operations that none held names as a parent.
    fn heads_of(&self, document: Ref) -> Result<Vec<Ref>, Error> {
        let group = self.group()?;
        let mut heads: Vec<Ref> = Vec::new();
        let mut named: Vec<Ref> = Vec::new();
        for stored in self.store.envelopes_of(document)?.iter().filter(|stored| stored.state == Held::Opened) {
            let Some(opened) = group.reopen(stored) else { continue };
            let Body::Content(content) = &opened.operation.body else { continue };
            if content.is_opening() || content.is_state() {
                heads.push(stored.id.short());
                named.extend(&opened.operation.parents);
            }
        }
        heads.retain(|head| !named.contains(head));
        heads.sort_unstable();
        heads.truncate(MAX_PARENTS);
        Ok(heads)
    }
}
