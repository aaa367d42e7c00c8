//! Claims over random histories, with the figure that each must reach. Run it in release:
//!
//! `cargo test --release -p ratel-tests --test properties -- --nocapture`
//!
//! `RATEL_ORDERS` sets how many orders are tried, `RATEL_SEED` where the numbers begin; a failure names the seed that
//! replays it alone. Every claim has a control: the same check over a rule that is known to be wrong must find that.

mod controls;
mod hostile;
mod naive;
mod orders;
mod random;
mod sealer;
mod story;
