//! Blind store-and-forward for sealed envelopes.
//!
//! A relay keeps what phones post until a coarse day, and hands it to whoever has a token of the same group. It
//! cannot read: this crate depends on `ratel-protocol` only, which holds no key and no word of a person.
//!
//! A tour. [`Config`] says what a relay may do and [`Relay::start`] starts it; `server` takes connections, bounded in
//! number and time; `api` judges each call before it reads a body; [`Store`] is where envelopes lie, behind a trait so
//! that another database can take the place of [`SqliteStore`]. [`Quota`] is a token's share of a day. `registration`
//! makes and checks the operator's codes; `news` wakes live streams; [`RequestLine`] is all that is logged of a
//! request; [`inspect()`] shows everything that a relay knows. Time comes through [`Clock`].

mod admin;
mod api;
mod clock;
mod config;
mod error;
mod metrics;
mod news;
mod quota;
mod registration;
mod request;
mod server;
mod store;

pub use clock::{Clock, SystemClock};
pub use config::{Config, DEFAULT_LISTEN, Limits, Registration, RequestHook, TlsFiles};
pub use error::StartError;
pub use quota::{Amount, Kind, Mark, Quota, Share};
pub use registration::{Code, CodeKey};
pub use request::RequestLine;
pub use server::{Relay, RunningRelay, serve};
pub use store::{
    Access, Answer, Batch, Inspection, Item, KnownEnvelope, Page, PageQuery, Registering, SqliteStore, Store,
    StoreError, StoreId, inspect,
};
