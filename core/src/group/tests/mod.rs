//! Stories and attacks of the membership log.

mod attacks;
mod dice;
mod figures;
mod random;
mod reference;
mod stories;
mod street;
mod surplus;
