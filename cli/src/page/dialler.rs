//! Word that the dialler would open now. A computer has none: the page shows that a phone would open one.

use ratel_core::platform::PlatformError;
use tokio::sync::broadcast;

use crate::computer;

/// Presses of 112 that a slow page may still have to show.
const PRESSES: usize = 4;

/// Carries presses of 112 from a core to the pages that show it.
#[derive(Debug, Clone)]
pub(crate) struct Dialler {
    pressed: broadcast::Sender<()>,
}

impl Dialler {
    /// One for a phone.
    pub(crate) fn new() -> Self {
        Self { pressed: broadcast::Sender::new(PRESSES) }
    }

    /// The end that the core holds. It fails where no page is there to show anything.
    pub(crate) fn port(&self) -> computer::Dialler {
        let pressed = self.pressed.clone();
        Box::new(move |_| match pressed.send(()) {
            Ok(_) => Ok(()),
            Err(_) => Err(PlatformError { reason: String::from("no page is open") }),
        })
    }

    /// The end that a page holds.
    pub(crate) fn presses(&self) -> broadcast::Receiver<()> {
        self.pressed.subscribe()
    }
}
