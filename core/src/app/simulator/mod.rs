//! A whole neighbourhood in one thread, with one seed: real phones (their own stores, keys and logs), a clock that is
//! moved, and meetings instead of a network. Everything by chance follows from the seed, also keys, salts and ids, so
//! that a history that fails is played again by one command, which every failure prints.
//!
//! * [`world`]: the phones, who can meet whom, the days that pass, and what happens in a history;
//! * [`phone`]: one phone, and what its person does;
//! * [`thief`]: a phone in the hands of somebody who writes what no app writes;
//! * [`keys_attacked`]: weeks of attacks on secrets;
//! * [`judge`]: what must be equal, and what must never happen;
//! * [`sets`], [`histories`], [`counts`] and [`leaks`]: the proofs;
//! * [`floods`]: what somebody who is in makes others hold;
//! * [`holes`]: what was found and mended; [`secrets`]: stories of channel keys.

mod counts;
mod floods;
mod histories;
mod holes;
mod judge;
mod keys_attacked;
mod leaks;
mod phone;
mod secrets;
mod set_aside;
mod sets;
mod thief;
mod world;
