//! A relay on loopback with a movable clock, and people who call it.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use ratel_protocol::{
    Day, EnvelopeId, Head, MailboxId, Token,
    frame::{decode_page, encode_batch},
    hex,
    http::{self, Posted, Problem, Register, TokenChange},
};
use ratel_relay::{Clock, Config, Relay, RequestLine, RunningRelay, StartError};
use reqwest::{Method, Response, StatusCode};

/// 2026-03-01T12:00:00Z.
const NOON: i64 = 1_772_366_400;
const DAY_S: i64 = 86_400;

pub(crate) struct MovableClock(AtomicI64);

impl Clock for MovableClock {
    fn unix_s(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A relay with its folder, clock and request log.
pub(crate) struct World {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) clock: Arc<MovableClock>,
    pub(crate) log: Arc<Mutex<Vec<RequestLine>>>,
    pub(crate) config: Config,
    relay: Option<RunningRelay>,
    addr: SocketAddr,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(MovableClock(AtomicI64::new(NOON)));
        let log = Arc::new(Mutex::new(Vec::new()));
        let mut config = Config::new(dir.path().join("relay"), "127.0.0.1:0".parse().unwrap());
        config.clock = Arc::clone(&clock) as Arc<dyn Clock>;
        let lines = Arc::clone(&log);
        config.on_request = Some(Arc::new(move |line| lines.lock().unwrap().push(line)));
        config.limits.sweep_every = Duration::from_millis(20);
        change(&mut config);
        let relay = Relay::start(config.clone()).await.unwrap();
        let addr = relay.addr();
        Self { dir, clock, log, config, relay: Some(relay), addr }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    pub(crate) fn admin_url(&self, path: &str) -> String {
        format!("http://{}{path}", self.relay.as_ref().unwrap().admin_addr().unwrap())
    }

    pub(crate) fn addr(&self) -> SocketAddr {
        self.addr
    }

    pub(crate) fn today(&self) -> Day {
        self.clock.today()
    }

    pub(crate) fn days_pass(&self, days: i64) {
        self.clock.0.fetch_add(days * DAY_S, Ordering::SeqCst);
    }

    pub(crate) async fn stop(&mut self) {
        self.relay.take().unwrap().stop().await;
    }

    /// Starts again on the same port and folder.
    pub(crate) async fn start(&mut self) {
        self.config.listen = self.addr;
        loop {
            match Relay::start(self.config.clone()).await {
                Ok(relay) => break self.relay = Some(relay),
                // A test beside this one was given the port by the system; it gives it back.
                Err(StartError::PortInUse(_)) => tokio::time::sleep(Duration::from_millis(20)).await,
                Err(error) => panic!("{error}"),
            }
        }
    }
}

/// A neighbourhood: two mailboxes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Street {
    pub(crate) log: MailboxId,
    pub(crate) content: MailboxId,
}

impl Street {
    pub(crate) fn new(seed: u8) -> Self {
        Self { log: MailboxId([seed; 16]), content: MailboxId([seed ^ 0x80; 16]) }
    }
}

/// Somebody with a token and an HTTP client.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) token: Token,
    pub(crate) http: reqwest::Client,
    base: String,
}

impl Person {
    pub(crate) fn new(world: &World, seed: u8) -> Self {
        Self::at(world.url(""), seed)
    }

    /// Somebody who calls the relay at an address.
    pub(crate) fn at(base: String, seed: u8) -> Self {
        Self { token: Token([seed; 32]), http: client(), base }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub(crate) async fn call(&self, method: Method, path: &str, body: Vec<u8>) -> Response {
        let url = format!("{}{path}", self.base);
        let request = self.http.request(method, url).bearer_auth(self.token.to_hex()).body(body);
        request.send().await.unwrap()
    }

    pub(crate) async fn register(&self, street: Street) -> Response {
        self.register_with(street, None).await
    }

    pub(crate) async fn register_with(&self, street: Street, code: Option<&str>) -> Response {
        let body = Register { log: street.log, content: street.content, token: self.token.hash() };
        let mut request = self.http.post(format!("{}{}", self.base, http::GROUPS));
        if let Some(code) = code {
            request = request.header(http::REGISTRATION, code);
        }
        request.body(serde_json::to_vec(&body).unwrap()).send().await.unwrap()
    }

    pub(crate) async fn tokens(&self, mailbox: MailboxId, change: &TokenChange) -> Response {
        self.call(Method::PUT, &http::tokens(mailbox), serde_json::to_vec(change).unwrap()).await
    }

    pub(crate) async fn post(&self, mailbox: MailboxId, envelopes: &[Vec<u8>]) -> Response {
        let body = encode_batch(envelopes.iter().map(Vec::as_slice));
        self.call(Method::POST, &http::envelopes(mailbox), body).await
    }

    pub(crate) async fn posted(&self, mailbox: MailboxId, envelopes: &[Vec<u8>]) -> Posted {
        let response = self.post(mailbox, envelopes).await;
        assert_eq!(response.status(), StatusCode::OK);
        serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.call(Method::GET, path, Vec::new()).await
    }

    /// Everything behind `after`, page by page: cursors and envelopes.
    pub(crate) async fn pull(&self, mailbox: MailboxId, mut after: u64) -> Vec<(u64, Vec<u8>)> {
        let mut out = Vec::new();
        loop {
            let response = self.get(&format!("{}?after={after}&limit=4000", http::envelopes(mailbox))).await;
            assert_eq!(response.status(), StatusCode::OK);
            let more = response.headers()[http::MORE] == "1";
            let body = response.bytes().await.unwrap();
            for placed in decode_page(&body).unwrap() {
                after = placed.cursor;
                out.push((placed.cursor, placed.bytes.to_vec()));
            }
            if !more {
                return out;
            }
        }
    }

    pub(crate) async fn digest(&self, mailbox: MailboxId) -> Vec<u8> {
        self.get(&http::digest(mailbox)).await.bytes().await.unwrap().to_vec()
    }

    pub(crate) async fn ids(&self, mailbox: MailboxId) -> Vec<u8> {
        self.get(&http::ids(mailbox)).await.bytes().await.unwrap().to_vec()
    }
}

pub(crate) fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// A sealed envelope as a relay sees it: a head, then bytes that mean nothing to it.
pub(crate) fn envelope(number: u32, expires: Day, size: usize) -> Vec<u8> {
    let mut salt = [0; 16];
    salt[..4].copy_from_slice(&number.to_be_bytes());
    let mut bytes = Head { key_id: [7; 16], salt, expires }.to_bytes().to_vec();
    bytes.resize(size, 0x5A);
    bytes
}

pub(crate) fn id_of(mailbox: MailboxId, bytes: &[u8]) -> EnvelopeId {
    EnvelopeId::of(mailbox, bytes)
}

/// Status, code word and Retry-After of a refusal.
pub(crate) async fn refusal(response: Response) -> (u16, String, Option<u64>) {
    let status = response.status().as_u16();
    let retry = response.headers().get("retry-after").map(|value| value.to_str().unwrap().parse().unwrap());
    let problem: Problem = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
    (status, problem.code, retry)
}

pub(crate) fn store_of(response: &Response) -> String {
    let id = response.headers()[http::STORE].to_str().unwrap().to_owned();
    assert!(hex::decode::<16>(&id).is_some());
    id
}
