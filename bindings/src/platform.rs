//! What a phone supplies, as a shell implements it.
//!
//! Every call may fail, also by an exception that nobody meant: none reaches the core as a crash. A clock that fails
//! after it has worked stands still at what it last said, since the core has no use for "no time".

use std::sync::{Arc, Mutex, PoisonError};

use ratel_core::platform::{BootClock, PlatformError};
use zeroize::Zeroizing;

/// Latitude and longitude in millionths of a degree.
pub(crate) type Position = (i32, i32);

/// A [`Position`] with names.
#[derive(uniffi::Record)]
pub struct GeoPoint {
    /// Latitude in millionths of a degree.
    pub latitude_e6: i32,
    /// Longitude in millionths of a degree.
    pub longitude_e6: i32,
}

uniffi::custom_type!(Position, GeoPoint, {
    remote,
    lower: |position| GeoPoint { latitude_e6: position.0, longitude_e6: position.1 },
    try_lift: |point| Ok((point.latitude_e6, point.longitude_e6)),
});

#[uniffi::remote(Record)]
pub struct BootClock {
    pub boot_id: String,
    pub elapsed_ms: u64,
}

/// The phone refused.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum PhoneError {
    /// It said no, or its code failed.
    #[error("{reason}")]
    Refused {
        /// What it said, for a log; holds no personal data.
        reason: String,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for PhoneError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // The exception's text stays behind: nobody knows whether it holds personal data.
        Self::Refused { reason: "the shell threw an exception".to_owned() }
    }
}

impl From<PhoneError> for PlatformError {
    fn from(error: PhoneError) -> Self {
        let PhoneError::Refused { reason } = error;
        Self { reason }
    }
}

/// Ports that a shell implements; `ratel_core::platform` says what each means. Calls are short, come from any thread,
/// and must not call back into `Ratel`.
#[uniffi::export(foreign)]
pub trait Platform: Send + Sync {
    /// Milliseconds since the Unix epoch, as the phone's clock says.
    fn now_ms(&self) -> Result<i64, PhoneError>;
    /// Seconds east of UTC.
    fn utc_offset_s(&self) -> Result<i32, PhoneError>;
    /// A clock that only runs forward within one boot and counts sleep.
    fn boot(&self) -> Result<BootClock, PhoneError>;
    /// The 32 bytes from Keystore or Keychain that wrap this phone's keys.
    fn wrapping_key(&self) -> Result<Vec<u8>, PhoneError>;
    /// Where the phone is, if it knows and may tell.
    fn position(&self) -> Result<Option<Position>, PhoneError>;
    /// Opens the dialler with the number filled in.
    fn dial(&self, number: String) -> Result<(), PhoneError>;
}

/// What the clocks said last.
struct Clocks {
    now_ms: i64,
    utc_offset_s: i32,
    boot: BootClock,
}

/// A shell as the core sees it.
pub(crate) struct Phone {
    shell: Arc<dyn Platform>,
    last: Mutex<Clocks>,
}

impl Phone {
    /// Fails if a clock of the shell fails.
    pub(crate) fn new(shell: Arc<dyn Platform>) -> Result<Self, PlatformError> {
        let last = Clocks { now_ms: shell.now_ms()?, utc_offset_s: shell.utc_offset_s()?, boot: shell.boot()? };
        Ok(Self { shell, last: Mutex::new(last) })
    }

    /// What a clock says, or else what it said last.
    fn read<T: Clone>(&self, said: Result<T, PhoneError>, of: fn(&mut Clocks) -> &mut T) -> T {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let last = of(&mut last);
        if let Ok(said) = said {
            *last = said;
        }
        last.clone()
    }
}

impl ratel_core::platform::Platform for Phone {
    fn now_ms(&self) -> i64 {
        self.read(self.shell.now_ms(), |last| &mut last.now_ms)
    }

    fn utc_offset_s(&self) -> i32 {
        self.read(self.shell.utc_offset_s(), |last| &mut last.utc_offset_s)
    }

    fn boot(&self) -> BootClock {
        self.read(self.shell.boot(), |last| &mut last.boot)
    }

    fn wrapping_key(&self) -> Result<Zeroizing<[u8; 32]>, PlatformError> {
        let bytes = Zeroizing::new(self.shell.wrapping_key()?);
        let key = <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new);
        key.map_err(|_| PlatformError { reason: "the wrapping key is not 32 bytes long".to_owned() })
    }

    fn position(&self) -> Option<(i32, i32)> {
        self.shell.position().ok().flatten()
    }

    fn dial(&self, number: &str) -> Result<(), PlatformError> {
        Ok(self.shell.dial(number.to_owned())?)
    }
}
