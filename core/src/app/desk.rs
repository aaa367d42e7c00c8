//! For people at a desk: exports, and a look at the store's health.

use serde::Serialize;

use super::{send::document_of, state::State, view_of::changes};
use crate::{document::Document, error::Error};

/// What an export looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// The alert as people read it, and `document`, the whole document as JSON.
    Json,
    /// An Automerge file.
    Automerge,
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
        let alert = self.alert(id)?;
        let document = document_of(&alert)?;
        let rows = self.store.envelopes_of(document)?;
        let unreadable = |_| Error::Internal("a document could not be exported");
        let built = Document::build(document, &changes(self.group()?, document, &rows)).map_err(unreadable)?;
        match format {
            ExportFormat::Automerge => Ok(built.save()),
            ExportFormat::Json => {
                let json = serde_json::json!({ "alert": alert, "document": built.json().map_err(unreadable)? });
                Ok(serde_json::to_vec_pretty(&json)?)
            }
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
