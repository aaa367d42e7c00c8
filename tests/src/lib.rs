//! What the suites share: a street for stories (real cores, a real relay over loopback, a clock that tests move),
//! scenes to draw, the words of the locale files, and how a reader takes a screen in.

pub mod catalogue;
mod clock;
mod insider;
mod partner;
mod phone;
mod proxy;
pub mod reading;
pub mod samples;
pub mod scenes;
mod street;

pub use clock::{MovableClock, RelayClock};
pub use insider::Insider;
pub use partner::partner_file;
pub use phone::{Phone, TestPlatform};
pub use proxy::{Mood, Proxy, plain_client};
pub use street::{Street, section};
