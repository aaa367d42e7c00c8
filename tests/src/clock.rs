//! Time that a test moves, shared by phones and relay or set apart for one phone.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use ratel_relay::Clock;

/// 2026-11-24T20:04:00Z, four past nine in the evening in the Netherlands.
const START_MS: i64 = 1_795_550_640_000;

/// A clock in Unix milliseconds.
#[derive(Debug, Clone)]
pub struct MovableClock(Arc<AtomicI64>);

impl Default for MovableClock {
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(START_MS)))
    }
}

impl MovableClock {
    /// Now.
    pub fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Moves on, or back.
    pub fn advance_s(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

/// The same clock for a relay, unless it is set off.
pub struct RelayClock {
    /// The world's clock.
    pub world: MovableClock,
    /// How far the relay is off (seconds).
    pub off_s: Arc<AtomicI64>,
}

impl RelayClock {
    /// A relay whose clock is right.
    pub fn right(world: MovableClock) -> Self {
        Self { world, off_s: Arc::default() }
    }
}

impl Clock for RelayClock {
    fn unix_s(&self) -> i64 {
        self.world.now_ms().div_euclid(1000) + self.off_s.load(Ordering::SeqCst)
    }
}
