//! Stories and attacks of the membership log.

mod attacks;
mod dice;
mod random;
mod reference;
mod stories;
mod street;
