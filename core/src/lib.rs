//! Everything a phone needs except drawing.
//!
//! A tap becomes an [`intent::Intent`]; the app turns it into an operation, seals it into an envelope and stores it
//! in one transaction; a new [`screen::Screen`] is there at once. A link carries the envelope to a relay and to
//! neighbours, where it is opened, checked against the membership log, folded into its document and drawn.

mod app;
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

pub use app::{App, Check, Config, Doctor, ExportFormat, Founding, NewAlert, PartnerFile, PartnerKey, Taken};
pub use error::{Error, ErrorKind};
pub use screen::{Words, words};
