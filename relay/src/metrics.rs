//! Counters for the operator, in the Prometheus text format. They count requests and bytes, never people.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use ratel_protocol::http::{Outcome, PostedItem};

use crate::RequestLine;

/// Upper bounds of the buckets in which answers are counted by time taken (microseconds).
const BUCKETS_US: [u64; 8] = [500, 1_000, 3_000, 10_000, 30_000, 100_000, 250_000, 1_000_000];

/// All counters of a relay.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    answers: Mutex<BTreeMap<(&'static str, String, u16), u64>>,
    took_us: [AtomicU64; BUCKETS_US.len() + 1],
    took_us_sum: AtomicU64,
    outcomes: [AtomicU64; 5],
    bytes_down: AtomicU64,
    streams: AtomicI64,
    connections: AtomicI64,
}

/// Counts something that is open until this is dropped.
pub(crate) struct Streaming(Arc<Metrics>);

impl Drop for Streaming {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Counts a connection until this is dropped.
pub(crate) struct Connected(Arc<Metrics>);

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// A live stream has begun.
    pub(crate) fn stream_begins(self: &Arc<Self>) -> Streaming {
        self.streams.fetch_add(1, Ordering::Relaxed);
        Streaming(Arc::clone(self))
    }

    /// A connection was made.
    pub(crate) fn connected(self: &Arc<Self>) -> Connected {
        self.connections.fetch_add(1, Ordering::Relaxed);
        Connected(Arc::clone(self))
    }

    /// A request was answered.
    pub(crate) fn answered(&self, line: &RequestLine) {
        let key = (line.method, line.route.clone(), line.status);
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let count = answers.entry(key).or_default();
        *count = count.wrapping_add(1);
        drop(answers);
        let took_us = u64::try_from(line.took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BUCKETS_US.iter().position(|bound| took_us <= *bound).unwrap_or(BUCKETS_US.len());
        if let Some(bucket) = self.took_us.get(bucket) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.took_us_sum.fetch_add(took_us, Ordering::Relaxed);
    }

    /// Envelopes were posted.
    pub(crate) fn posted(&self, results: &[PostedItem]) {
        for item in results {
            if let Some(counter) = self.outcomes.get(number(item.outcome)) {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// A page was read.
    pub(crate) fn pulled(&self, bytes: usize) {
        self.bytes_down.fetch_add(u64::try_from(bytes).unwrap_or(0), Ordering::Relaxed);
    }

    /// All counters as text.
    pub(crate) fn text(&self, free_bytes: Option<u64>) -> String {
        let mut out = String::new();
        head(&mut out, "ratel_relay_requests_total", "counter", "Answered requests.");
        for ((method, route, status), count) in self.answers.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(
                out,
                "ratel_relay_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}"
            );
        }
        self.durations(&mut out);
        head(&mut out, "ratel_relay_envelopes_total", "counter", "Posted envelopes by outcome.");
        for (outcome, counter) in ["stored", "expired", "malformed", "quota", "full"].iter().zip(&self.outcomes) {
            let count = counter.load(Ordering::Relaxed);
            let _ = writeln!(out, "ratel_relay_envelopes_total{{outcome=\"{outcome}\"}} {count}");
        }
        let bytes = self.bytes_down.load(Ordering::Relaxed);
        single(&mut out, "ratel_relay_pulled_bytes_total", "counter", "Bytes of pages.", &bytes);
        let streams = self.streams.load(Ordering::Relaxed);
        single(&mut out, "ratel_relay_live_streams", "gauge", "Open live streams.", &streams);
        let connections = self.connections.load(Ordering::Relaxed);
        single(&mut out, "ratel_relay_connections", "gauge", "Open connections.", &connections);
        if let Some(free) = free_bytes {
            single(&mut out, "ratel_relay_disk_free_bytes", "gauge", "Free bytes of the data folder's disk.", &free);
        }
        out
    }

    fn durations(&self, out: &mut String) {
        head(out, "ratel_relay_request_duration_microseconds", "histogram", "Time from request to answer.");
        let mut sum = 0_u64;
        let bounds = BUCKETS_US.iter().map(ToString::to_string).chain([String::from("+Inf")]);
        for (bound, bucket) in bounds.zip(&self.took_us) {
            sum = sum.wrapping_add(bucket.load(Ordering::Relaxed));
            let _ = writeln!(out, "ratel_relay_request_duration_microseconds_bucket{{le=\"{bound}\"}} {sum}");
        }
        let total = self.took_us_sum.load(Ordering::Relaxed);
        let _ = writeln!(out, "ratel_relay_request_duration_microseconds_sum {total}");
        let _ = writeln!(out, "ratel_relay_request_duration_microseconds_count {sum}");
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn single(out: &mut String, name: &str, kind: &str, help: &str, value: &impl std::fmt::Display) {
    head(out, name, kind, help);
    let _ = writeln!(out, "{name} {value}");
}

fn number(outcome: Outcome) -> usize {
    match outcome {
        Outcome::Stored => 0,
        Outcome::Expired => 1,
        Outcome::Malformed => 2,
        Outcome::Quota => 3,
        Outcome::Full => 4,
    }
}
