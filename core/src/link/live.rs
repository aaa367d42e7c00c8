//! The stream on which a relay announces new mail (server-sent events).

use std::time::Duration;

use ratel_protocol::http::Mail;
use tokio::time::{Instant, timeout_at};

use super::LinkError;

/// Longest line taken (bytes); a relay's lines are under 100.
const MAX_LINE: usize = 4096;
/// A stream without a byte for so long is taken for dead: a relay sends a comment more often (every 15 s).
const SILENCE: Duration = Duration::from_mins(1);

/// An open stream.
pub struct Live {
    response: reqwest::Response,
    buffer: Vec<u8>,
    /// When the relay was last heard.
    heard: Instant,
}

impl Live {
    pub(super) fn new(response: reqwest::Response) -> Self {
        Self { response, buffer: Vec::new(), heard: Instant::now() }
    }

    /// Waits for the next announcement; comments that keep the line open are passed over.
    /// [`LinkError::Unreachable`] when the stream ended or fell silent. May be dropped and called again: nothing is lost.
    pub async fn next(&mut self) -> Result<Mail, LinkError> {
        loop {
            while let Some(line) = self.take_line() {
                if let Some(mail) = line.strip_prefix("data:").and_then(|data| serde_json::from_str(data.trim()).ok()) {
                    return Ok(mail);
                }
            }
            if self.buffer.len() > MAX_LINE {
                return Err(LinkError::Unreachable);
            }
            let chunk = timeout_at(self.heard + SILENCE, self.response.chunk()).await;
            let chunk = chunk.map_err(|_| LinkError::Unreachable)??.ok_or(LinkError::Unreachable)?;
            self.heard = Instant::now();
            self.buffer.extend_from_slice(&chunk);
        }
    }

    fn take_line(&mut self) -> Option<String> {
        let end = self.buffer.iter().position(|byte| *byte == b'\n')?;
        let line: Vec<u8> = self.buffer.drain(..=end).collect();
        Some(String::from_utf8_lossy(&line).trim_end().to_owned())
    }
}
