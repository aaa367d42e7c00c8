//! What travels: one signed, sealed thing that never changes.

mod codec;
pub mod operation;

pub use codec::{DecodeError, Reader, Writer};
