//! Real processes: the command line, the relay and the street, as people start them.
//!
//! Build the programs first: `cargo build -p ratel -p ratel-relay`. `RATEL_BIN` and `RATEL_RELAY_BIN` name others.
//! Waiting is by looking again until something is there, for at most a minute; no test claims how fast it goes.

mod agreements;
mod cards;
mod cross;
mod local_page;
mod people;
mod programs;
mod refusals;
mod street;
mod web;
