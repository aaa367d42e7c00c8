//! What to say to a relay, without saying it: a state machine that does no I/O.
//!
//! [`Pass`] asks one question at a time ([`Ask`]) and is told what came back ([`Reply`]). A pass registers what must be
//! registered, pushes what is queued, pulls what is new, and once a day, or when the relay's store changed, compares
//! sets by digest. The link carries; the [`Replica`] keeps.

mod pass;

pub use pass::{Ask, Pass, Replica, Reply, SyncReport};
