//! What a command says when it refuses: what happened and the one thing to do now, in the person's language.

use std::{io, net::SocketAddr, path::Path};

use ratel_core::{Error, screen::Value};
use ratel_relay::StartError;

use crate::speech::Speech;

/// A refusal.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The core refused.
    Core(Error),
    /// The command line refused: a message of the locale files and its arguments.
    Said(&'static str, Vec<(&'static str, String)>),
}

impl Failure {
    /// A refusal without arguments.
    pub(crate) fn said(key: &'static str) -> Self {
        Self::Said(key, Vec::new())
    }

    /// A refusal about a folder.
    pub(crate) fn folder(key: &'static str, folder: &Path) -> Self {
        Self::Said(key, vec![("folder", folder.display().to_string())])
    }

    /// An address could not be listened to.
    pub(crate) fn listen(address: SocketAddr, error: &io::Error) -> Self {
        let key = match error.kind() {
            io::ErrorKind::AddrInUse => "cli-port-in-use",
            _ => "cli-cannot-listen",
        };
        Self::Said(key, vec![("address", address.to_string())])
    }

    /// The relay of the street could not be started.
    pub(crate) fn relay(error: &StartError, folder: &Path) -> Self {
        tracing::warn!(%error, "the relay did not start");
        match error {
            StartError::PortInUse(address) => Self::Said("cli-port-in-use", vec![("address", address.to_string())]),
            _ => Self::folder("cli-relay-broken", folder),
        }
    }

    /// The sentence.
    pub(crate) fn sentence(&self, speech: &Speech) -> String {
        match self {
            Self::Core(error) => error.sentence(speech.lang),
            Self::Said(key, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(|(name, value)| (*name, Value::Text(value))).collect();
                speech.with(key, &arguments)
            }
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Core(Error::Folder(error))
    }
}
