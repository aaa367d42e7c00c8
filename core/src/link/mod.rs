//! Ways to other phones: the only place of the core that opens sockets.

mod client;
mod live;

pub use client::{LinkError, RelayAddress, RelayClient, Response};
pub use live::Live;
