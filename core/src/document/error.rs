//! What can go wrong while a document is made or read. Nothing that a person or a neighbour does leads here: operations
//! are checked before, so each of these means a fault in this program.

use automerge::AutomergeError;
use thiserror::Error;

/// A document that could not be made or read.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// Automerge refused a value that this code made.
    #[error("the document could not be made: {0}")]
    Automerge(#[from] AutomergeError),
    /// Automerge made no change of an operation that writes.
    #[error("an operation of the document left no change")]
    NoChange,
    /// A field is missing or is of another type than the schema says.
    #[error("the document has no proper field {0}")]
    Field(&'static str),
}
