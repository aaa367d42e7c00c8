//! What went wrong: few kinds for a shell to act on, and the sentence that it shows to the person.

use ratel_core::{Error, ErrorKind};

/// An error of the core. Its message says in the person's language what happened and the one thing to do now.
#[derive(Debug, thiserror::Error, uniffi::Error)]
#[uniffi(flat_error)]
pub enum RatelError {
    /// Give other input.
    #[error("{0}")]
    Input(String),
    /// Name something that exists.
    #[error("{0}")]
    NotFound(String),
    /// Not now, or not by this person.
    #[error("{0}")]
    State(String),
    /// Look at the disk.
    #[error("{0}")]
    Storage(String),
    /// Look at the phone's settings.
    #[error("{0}")]
    Platform(String),
    /// Try again when there is a network.
    #[error("{0}")]
    Network(String),
    /// Nothing.
    #[error("{0}")]
    Other(String),
}

impl RatelError {
    /// The error as it is told in the language of a BCP 47 tag.
    pub(crate) fn new(error: &Error, lang: &str) -> Self {
        let kind = match error.kind() {
            ErrorKind::Input => Self::Input,
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::State => Self::State,
            ErrorKind::Storage => Self::Storage,
            ErrorKind::Platform => Self::Platform,
            ErrorKind::Network => Self::Network,
            ErrorKind::Other => Self::Other,
        };
        kind(error.sentence(lang))
    }
}
