//! For people at a desk: exports, and a look at the store's health.

use ratel_protocol::{EnvelopeId, Head, MailboxId, Ref};
use serde::Serialize;

use super::{send::document_of, state::State, view_of::changes};
use crate::{
    document::Document,
    error::Error,
    storage::{Mailbox, State as Held},
};

/// What an export looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// The alert as people read it, and `document`, the whole document as JSON.
    Json,
    /// An Automerge file.
    Automerge,
    /// The sealed opening as it travels: the mailbox's id (16 bytes), then the envelope. For trying what phones do with it.
    Envelope,
}

/// What became of an envelope from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was opened and judged.
    Opened,
    /// It is held: its key, or what it names, has not come yet.
    Waiting,
    /// It was here.
    Known,
}

/// What [`super::App::doctor`] found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doctor {
    /// Each check by its code.
    pub checks: Vec<Check>,
    /// Held envelopes whose key is missing.
    pub sealed: u64,
    /// Held envelopes whose author is not known yet.
    pub unknown: u64,
    /// Held envelopes that were opened.
    pub opened: u64,
    /// Held envelopes that were refused: malformed, or not signed by whom they name.
    pub refused: u64,
    /// Size of the store (bytes).
    pub bytes: i64,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// `integrity`, `fold`, `relay` or `clock`.
    pub code: &'static str,
    /// Passed.
    pub ok: bool,
}

impl State {
    /// An alert as JSON or as an Automerge document.
    pub(super) fn export(&self, id: &str, format: ExportFormat) -> Result<Vec<u8>, Error> {
        if format == ExportFormat::Envelope {
            return self.export_envelope(id);
        }
        let alert = self.alert(id)?;
        let document = document_of(&alert)?;
        if alert.to.is_some() {
            // A letter has no document of the street.
            return match format {
                ExportFormat::Json => Ok(serde_json::to_vec_pretty(&serde_json::json!({ "alert": alert }))?),
                ExportFormat::Automerge | ExportFormat::Envelope => Err(Error::NotAllowed),
            };
        }
        let rows = self.store.envelopes_of(document)?;
        let unreadable = |_| Error::Internal("a document could not be exported");
        let built = Document::build(document, &changes(self.group()?, document, &rows)).map_err(unreadable)?;
        if format == ExportFormat::Automerge {
            return Ok(built.save());
        }
        let json = serde_json::json!({ "alert": alert, "document": built.json().map_err(unreadable)? });
        Ok(serde_json::to_vec_pretty(&json)?)
    }

    /// Any held envelope by its whole reference, or an alert's opening.
    fn export_envelope(&self, id: &str) -> Result<Vec<u8>, Error> {
        let held = Ref::from_hex(id).map(|id| self.store.envelope(id)).transpose()?.flatten();
        let stored = match held {
            Some(stored) => stored,
            None => self.store.envelope(document_of(&self.alert(id)?)?)?.ok_or(Error::NoSuchAlert)?,
        };
        Ok([self.group()?.mailbox(stored.mailbox).0.as_slice(), &stored.bytes].concat())
    }

    /// Takes what [`ExportFormat::Envelope`] made, on the same path as from the relay. Bytes that are no envelope of this
    /// neighbourhood, or one that was changed on the way or is not signed by whom it names, change nothing.
    pub(super) fn take_file(&mut self, file: &[u8]) -> Result<Taken, Error> {
        let (mailbox_id, bytes) = file.split_first_chunk::<16>().ok_or(Error::Envelope)?;
        let wanted = |mailbox: &Mailbox| self.mailbox_id(*mailbox) == Some(MailboxId(*mailbox_id));
        let mailbox = Mailbox::ALL.into_iter().find(wanted).ok_or(Error::Envelope)?;
        let head = Head::parse(bytes).map_err(|_| Error::Envelope)?;
        if head.expires < self.today() {
            return Err(Error::Envelope);
        }
        let id = EnvelopeId::of(MailboxId(*mailbox_id), bytes).short();
        if self.store.holds(id)? {
            return Ok(Taken::Known);
        }
        self.take_envelopes(mailbox, &[bytes])?;
        match self.store.envelope(id)?.map(|stored| stored.state) {
            Some(Held::Opened) => Ok(Taken::Opened),
            Some(Held::Sealed | Held::Unknown) => Ok(Taken::Waiting),
            Some(Held::Refused) | None => Err(Error::Envelope),
        }
    }

    /// Looks the store over.
    pub(super) fn doctor(&self) -> Result<Doctor, Error> {
        let [sealed, unknown, opened, refused] = self.store.count_by_state()?;
        let checks = vec![
            Check { code: "integrity", ok: self.store.integrity()? == "ok" },
            Check { code: "fold", ok: self.documents_equal_their_fold()? },
            Check { code: "relay", ok: self.store.fact("relay")?.is_none() || self.link.refused.is_none() },
            Check { code: "clock", ok: self.connection()?.clock_ahead_s.is_none() },
        ];
        Ok(Doctor { checks, sealed, unknown, opened, refused, bytes: self.store.size()? })
    }

    fn documents_equal_their_fold(&self) -> Result<bool, Error> {
        let Some(group) = &self.group else { return Ok(true) };
        for document in self.store.documents()? {
            let changes = changes(group, document, &self.store.envelopes_of(document)?);
            let built = Document::build(document, &changes).and_then(|built| built.fields());
            let folded = crate::document::Fold::of(document, &changes).fields();
            if built.map_err(|_| Error::Internal("a document could not be built"))?
                != folded.map_err(|_| Error::Internal("a document could not be folded"))?
            {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
