//! Stories and attacks of the membership log.

mod agreements;
mod along;
mod attacks;
pub(crate) mod dice;
mod differs;
mod ghosts;
mod invitations;
mod leavers;
mod model;
mod old;
pub(crate) mod random;
mod reference;
mod remnants;
mod rooms;
mod stories;
pub(crate) mod street;
mod surplus;
mod taken;
mod told;
