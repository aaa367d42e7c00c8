//! Ways to other phones: the only place of the core that opens sockets.

mod address;
mod client;
mod live;

pub use address::RelayAddress;
pub use client::{LinkError, RelayClient, Response};
pub use live::Live;
