//! Stories and attacks of the membership log.

mod stories;
mod street;
