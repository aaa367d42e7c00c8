//! The relay of the street: a real one, in this process, with its own database file and a plug.
//!
//! "What the relay knows" is read from the database file, as anybody could who stole it, and from the lines that it
//! logs of requests. Nothing is asked of the phones.

use std::{
    collections::VecDeque,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{Local, TimeZone};
use ratel_relay::{Config, Inspection, KnownEnvelope, Relay, RequestLine, RunningRelay, inspect};
use serde_json::{Value, json};
use tokio::sync::{Mutex as AsyncMutex, watch};

use crate::{
    failure::Failure,
    page::{Lines, Switch},
    speech::Speech,
};

/// Letters that the page shows.
const LETTERS: u32 = 8;
/// Requests that the page shows.
const REQUESTS: usize = 60;
/// Digits of a letter's id that are shown.
const ID_DIGITS: usize = 8;
/// Bursts of requests are drawn once (milliseconds).
const BURST_MS: u64 = 100;

/// The relay, its plug and its log.
pub(crate) struct PostBox {
    folder: PathBuf,
    port: u16,
    running: AsyncMutex<Option<RunningRelay>>,
    log: Arc<Log>,
    plugged: watch::Sender<bool>,
    speech: Arc<Speech>,
}

/// The newest request lines, and how many there were.
struct Log {
    lines: Mutex<VecDeque<String>>,
    count: watch::Sender<u64>,
}

impl Log {
    fn add(&self, line: &RequestLine) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == REQUESTS {
            lines.pop_front();
        }
        lines.push_back(format!("{} {} {}", line.method, line.route, line.status));
        drop(lines);
        self.count.send_modify(|count| *count += 1);
    }

    fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

impl PostBox {
    /// Starts the relay on `port` of loopback (0 takes a free one), with its database in `folder`.
    pub(crate) async fn open(folder: &Path, port: u16, speech: Arc<Speech>) -> Result<Arc<Self>, Failure> {
        let log = Arc::new(Log { lines: Mutex::default(), count: watch::Sender::new(0) });
        let relay = start(folder, port, &log).await?;
        Ok(Arc::new(Self {
            folder: folder.to_owned(),
            port: relay.addr().port(),
            running: AsyncMutex::new(Some(relay)),
            log,
            plugged: watch::Sender::new(true),
            speech,
        }))
    }

    /// Where it answers while it is plugged in.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Pulls the plug or puts it back. The port stays the same.
    pub(crate) async fn plug(&self, plugged: bool) -> Result<(), Failure> {
        let mut running = self.running.lock().await;
        match (plugged, running.take()) {
            (true, None) => *running = Some(start(&self.folder, self.port, &self.log).await?),
            (false, Some(relay)) => relay.stop().await,
            (_, unchanged) => *running = unchanged,
        }
        self.plugged.send_replace(plugged);
        Ok(())
    }

    /// Stops for good.
    pub(crate) async fn stop(&self) {
        if let Some(relay) = self.running.lock().await.take() {
            relay.stop().await;
        }
    }

    /// How the page describes it.
    pub(crate) fn listed(&self) -> Value {
        let word = |key: &str| self.speech.get(key);
        let fact = |key: &str| json!({ "icon": "lock", "text": word(key) });
        json!({
            "name": word("street-relay-name"),
            "title": word("street-relay-title"),
            "about": word("street-relay-lead"),
            "switches": self.switches(),
            "facts": [
                fact("street-relay-no-name"),
                fact("street-relay-no-street"),
                fact("street-relay-no-text"),
            ],
            "columns": [
                word("street-relay-letter"),
                word("street-relay-size"),
                word("street-relay-time"),
            ],
        })
    }

    fn switches(&self) -> Vec<Switch> {
        let plugged = *self.plugged.borrow();
        vec![Switch::toggle("plug", if plugged { "plug" } else { "unplug" }, self.speech.get("street-plug"), plugged)]
    }

    /// Streams what the relay knows, each time that it was asked something or its plug moved.
    pub(crate) async fn stream(self: Arc<Self>, lines: Lines) {
        let mut count = self.log.count.subscribe();
        let mut plugged = self.plugged.subscribe();
        let mut sent = None;
        loop {
            count.borrow_and_update();
            plugged.borrow_and_update();
            let now = self.event().await;
            if sent.as_ref() != Some(&now) {
                if !lines.send(std::slice::from_ref(&now)).await {
                    return;
                }
                sent = Some(now);
            }
            tokio::select! {
                changed = count.changed() => if changed.is_err() { return },
                changed = plugged.changed() => if changed.is_err() { return },
                () = lines.ended() => return,
            }
            // The line is written before the relay's answer; a moment later the database shows it too.
            tokio::time::sleep(Duration::from_millis(BURST_MS)).await;
        }
    }

    async fn event(&self) -> Value {
        let folder = self.folder.clone();
        let known = tokio::task::spawn_blocking(move || inspect(&folder, LETTERS)).await;
        let known = known.ok().and_then(Result::ok).unwrap_or_else(Inspection::default);
        json!({
            "event": "relay",
            "plugged": *self.plugged.borrow(),
            "letters": known.newest.iter().map(|letter| self.letter(letter)).collect::<Vec<_>>(),
            "switches": self.switches(),
            "log": self.log.lines(),
        })
    }

    fn letter(&self, letter: &KnownEnvelope) -> Value {
        let digits: String = letter.id.to_string().chars().take(ID_DIGITS).collect();
        let (left, right) = digits.split_at_checked(ID_DIGITS / 2).unwrap_or((&digits, ""));
        let time = Local.timestamp_opt(letter.received_unix_s, 0).single();
        json!({
            "id": format!("{left} {right}"),
            "size": self.speech.with("street-relay-bytes", &[("count", letter.size.into())]),
            "time": time.map_or_else(String::new, |time| time.format("%H:%M").to_string()),
        })
    }
}

async fn start(folder: &Path, port: u16, log: &Arc<Log>) -> Result<RunningRelay, Failure> {
    let mut config = Config::new(folder, SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    // Streams end at once; what is under way has a second.
    config.limits.stop_timeout = Duration::from_secs(1);
    let log = Arc::clone(log);
    config.on_request = Some(Arc::new(move |line| log.add(&line)));
    Relay::start(config).await.map_err(|error| Failure::relay(&error, folder))
}
