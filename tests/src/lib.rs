//! A street for stories: real cores, a real relay over loopback, and a clock that tests move.

mod clock;
mod phone;
mod proxy;
pub mod samples;
mod street;

pub use clock::{MovableClock, RelayClock};
pub use phone::{Phone, TestPlatform};
pub use proxy::{Mood, Proxy};
pub use street::{Street, section};
