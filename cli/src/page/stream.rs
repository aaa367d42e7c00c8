//! Answers that never end: one JSON object a line, until the page goes away or the program stops.

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::Value;
use tokio::sync::{mpsc, watch};

/// Lines that may wait for a slow reader; after that the newest screen replaces the older ones.
const WAITING_LINES: usize = 4;

/// Where lines are written; clones write on the same answer.
#[derive(Clone)]
pub(crate) struct Lines {
    sender: mpsc::Sender<Bytes>,
    stop: watch::Receiver<bool>,
}

impl Lines {
    /// An answer, and where its lines are written; both end when `stop` becomes true.
    pub(crate) fn new(stop: watch::Receiver<bool>) -> (Self, Response) {
        let (sender, receiver) = mpsc::channel(WAITING_LINES);
        let lines = stream::unfold(receiver, |mut receiver| async move {
            let line = receiver.recv().await?;
            Some((Ok::<Bytes, std::convert::Infallible>(line), receiver))
        });
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/x-ndjson"));
        (Self { sender, stop }, ([kind], Body::from_stream(lines)).into_response())
    }

    /// Writes each value on a line of its own; false once nobody reads any more.
    pub(crate) async fn send(&self, values: &[Value]) -> bool {
        let mut text = String::new();
        for value in values {
            text.push_str(&value.to_string());
            text.push('\n');
        }
        tokio::select! {
            sent = self.sender.send(Bytes::from(text)) => sent.is_ok(),
            () = stopped(self.stop.clone()) => false,
        }
    }

    /// Ready when the reader went away or the program stops.
    pub(crate) async fn ended(&self) {
        tokio::select! {
            () = self.sender.closed() => {}
            () = stopped(self.stop.clone()) => {}
        }
    }
}

/// Ready when `stop` is true, or whoever could say so is gone.
pub(crate) async fn stopped(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
