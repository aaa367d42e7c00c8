//! Stories of a relay over real HTTP on loopback.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on must say where"
)]

mod carrying;
mod days;
mod killed;
mod live;
mod operator;
mod overload;
mod program;
mod restored;
mod rights;
mod rubbish;
mod shares;
mod tls;
mod world;
