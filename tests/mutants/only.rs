//! The core without its app, as `tests/mutants/run` builds it: who belongs, what travels, and what they name. A changed
//! expression is then judged within seconds.
#![allow(unused, dead_code, unreachable_pub, reason = "what uses it is left out")]

pub mod assets;
mod day;
pub mod document;
pub mod envelope;
mod error;
pub mod group;
pub mod identity;
pub mod intent;
pub mod link;
pub mod platform;
pub mod screen;
pub mod storage;
pub mod sync;
pub mod view;

pub use error::{Error, ErrorKind};
