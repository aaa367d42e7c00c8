//! What went wrong: few kinds for a shell to act on, and the sentence that it shows to the person.

use std::fmt;

use ratel_core::{Error, ErrorKind};

/// An error of the core. Its message says in the person's language what happened and the one thing to do now.
#[derive(Debug, uniffi::Error)]
#[uniffi(flat_error)]
pub enum RatelError {
    /// Give other input.
    Input(String),
    /// Name something that exists.
    NotFound(String),
    /// Not now, or not by this person.
    State(String),
    /// Look at the disk.
    Storage(String),
    /// Look at the phone's settings.
    Platform(String),
    /// Try again when there is a network.
    Network(String),
    /// Nothing.
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

impl fmt::Display for RatelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Input(sentence)
        | Self::NotFound(sentence)
        | Self::State(sentence)
        | Self::Storage(sentence)
        | Self::Platform(sentence)
        | Self::Network(sentence)
        | Self::Other(sentence)) = self;
        f.write_str(sentence)
    }
}

impl std::error::Error for RatelError {}
