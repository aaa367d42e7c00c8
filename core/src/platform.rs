//! What a phone supplies: the only door through which time, secrets of the hardware and the dialler come in.

use std::fmt;

use zeroize::Zeroizing;

/// Ports that a shell implements. Calls are short and never wait for a network.
pub trait Platform: Send + Sync {
    /// Milliseconds since the Unix epoch, as the phone's clock says. It may be wrong; it decides nothing but what
    /// people read.
    fn now_ms(&self) -> i64;

    /// Seconds east of UTC for the person's clock, to show hours.
    fn utc_offset_s(&self) -> i32;

    /// A clock that only runs forward within one boot and counts sleep.
    fn boot(&self) -> BootClock;

    /// The key that wraps this phone's keys on disk: from Keystore or Keychain, a file on a desktop. The first call
    /// makes it; later calls return the same.
    fn wrapping_key(&self) -> Result<Zeroizing<[u8; 32]>, PlatformError>;

    /// Where the phone is, in millionths of a degree (latitude, longitude), if it knows and may tell.
    fn position(&self) -> Option<(i32, i32)>;

    /// Opens the dialler with the number filled in. It never calls by itself. A dialler that does not open is an
    /// error: nobody may think that a call was prepared when it was not.
    fn dial(&self, number: &str) -> Result<(), PlatformError>;
}

/// Time since the phone was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BootClock {
    /// Changes with every boot.
    pub boot_id: String,
    /// Milliseconds since that boot, counting sleep.
    pub elapsed_ms: u64,
}

/// The phone refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformError {
    /// What the phone said, for a log; holds no personal data.
    pub reason: String,
}

impl fmt::Display for PlatformError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the phone refused: {}", self.reason)
    }
}

impl std::error::Error for PlatformError {}
