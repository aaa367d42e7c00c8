//! Something between phones and relay: it records every byte, and on request it behaves as badly as networks do.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use ratel_protocol::{
    MailboxId,
    http::{Outcome, Posted, STORE},
};

/// How the proxy behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Passes everything on.
    Honest,
    /// Answers 503 to everything.
    Overloaded,
    /// Answers 200 with the log-in page of a hotel.
    Hotel,
    /// Answers 200 with the relay's headers and a body of rubbish.
    Rubbish,
    /// Says of a batch that everything is stored, and passes nothing on; the ids are another batch's.
    WrongItems,
    /// Leaves the last result of a batch out, though the relay stored it.
    MissingItem,
    /// Says of every envelope that it is none, under a store's name of its own.
    Picky,
    /// Says that the quota is used up, and passes nothing on.
    Quota,
    /// Says of every change of tokens that the disk is full, and passes all else on.
    NoTokens,
    /// Passes everything on, under another store's name each time.
    Flapping,
}

#[derive(Clone)]
struct Shared {
    target: Arc<Mutex<SocketAddr>>,
    mood: Arc<Mutex<Mood>>,
    captured: Arc<Mutex<Vec<u8>>>,
    client: reqwest::Client,
}

/// A running proxy; it ends with the test's runtime.
pub struct Proxy {
    address: SocketAddr,
    shared: Shared,
}

const MAX_BODY: usize = 8 << 20;
/// The store that [`Mood::Picky`] pretends to be.
const PICKY: &str = "0123456789abcdef0123456789abcdef";

/// An HTTP client for this machine.
pub fn plain_client() -> reqwest::Client {
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy().build().expect("a client")
}

impl Proxy {
    /// Starts in front of a relay.
    pub async fn start(target: SocketAddr) -> Self {
        let client = plain_client();
        let shared = Shared {
            target: Arc::new(Mutex::new(target)),
            mood: Arc::new(Mutex::new(Mood::Honest)),
            captured: Arc::default(),
            client,
        };
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().fallback(pass).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, shared }
    }

    /// The proxy's address, to be used as the relay's.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes its behaviour.
    pub fn becomes(&self, mood: Mood) {
        *self.shared.mood.lock().unwrap() = mood;
    }

    /// Stands before another relay from now on.
    pub fn stands_before(&self, target: SocketAddr) {
        *self.shared.target.lock().unwrap() = target;
    }

    /// Every path, header and body that went through, both ways.
    pub fn captured(&self) -> Vec<u8> {
        self.shared.captured.lock().unwrap().clone()
    }
}

impl Shared {
    fn record(&self, headers: &HeaderMap, body: &[u8]) {
        let mut captured = self.captured.lock().unwrap();
        for (name, value) in headers {
            captured.extend_from_slice(name.as_str().as_bytes());
            captured.extend_from_slice(value.as_bytes());
        }
        captured.extend_from_slice(body);
    }
}

async fn pass(State(shared): State<Shared>, request: Request) -> Response {
    let mood = *shared.mood.lock().unwrap();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MAX_BODY).await.unwrap_or_default();
    shared.captured.lock().unwrap().extend_from_slice(parts.uri.to_string().as_bytes());
    shared.record(&parts.headers, &body);
    match mood {
        Mood::Overloaded => return answer(StatusCode::SERVICE_UNAVAILABLE, None, Bytes::from_static(b"busy")),
        Mood::Hotel => return answer(StatusCode::OK, None, Bytes::from_static(b"<html>Welcome! Room number?</html>")),
        Mood::Rubbish => return answer(StatusCode::OK, Some("00"), Bytes::from(vec![0xA5; 5000])),
        _ => {}
    }
    let is_post = parts.method == axum::http::Method::POST && parts.uri.path().ends_with("/envelopes");
    let target = *shared.target.lock().unwrap();
    if mood == Mood::NoTokens && parts.uri.path().ends_with("/tokens") {
        return answer(StatusCode::INSUFFICIENT_STORAGE, Some(&store_of(&shared, target).await), Bytes::new());
    }
    let (status, mut headers, mut body) = match (is_post, mood) {
        (true, Mood::Picky) => {
            let id = parts.uri.path().split('/').find_map(MailboxId::from_hex).expect("a mailbox");
            let posted = serde_json::to_vec(&invented(&body, mood, id)).unwrap();
            return answer(StatusCode::OK, Some(PICKY), Bytes::from(posted));
        }
        (true, Mood::WrongItems | Mood::Quota) => {
            // The mailbox is not hashed in: these are ids of other envelopes, unless the answer is an honest refusal.
            let (store, posted) = (store_of(&shared, target).await, invented(&body, mood, MailboxId([0; 16])));
            return answer(StatusCode::OK, Some(&store), Bytes::from(serde_json::to_vec(&posted).unwrap()));
        }
        _ => forward(&shared, target, &parts, body).await,
    };
    shared.record(&headers, &body);
    if mood == Mood::Picky {
        headers.insert(STORE, PICKY.parse().unwrap());
    }
    if mood == Mood::Flapping {
        let number = shared.captured.lock().unwrap().len();
        headers.insert(STORE, format!("{number:032x}").parse().unwrap());
    }
    if is_post && mood == Mood::MissingItem {
        let mut posted: Posted = serde_json::from_slice(&body).expect("the relay's answer");
        posted.results.pop();
        body = Bytes::from(serde_json::to_vec(&posted).unwrap());
    }
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    for name in [STORE, ratel_protocol::http::MORE, "date"] {
        if let Some(value) = headers.get(name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

/// Results for a batch that was thrown away.
fn invented(body: &[u8], mood: Mood, mailbox: MailboxId) -> Posted {
    let batch = ratel_protocol::frame::decode_batch(body).expect("a batch");
    let item = |bytes: &[u8]| {
        let outcome = match mood {
            Mood::Picky => Outcome::Malformed,
            Mood::Quota => Outcome::Quota,
            _ => Outcome::Stored,
        };
        let id = ratel_protocol::EnvelopeId::of(mailbox, bytes);
        ratel_protocol::http::PostedItem { id, outcome, retry_after_s: Some(60) }
    };
    Posted { results: batch.into_iter().map(item).collect() }
}

async fn store_of(shared: &Shared, target: SocketAddr) -> String {
    let answer = shared.client.get(format!("http://{target}/v1/nothing")).send().await.expect("the relay answers");
    answer.headers().get(STORE).and_then(|store| store.to_str().ok()).unwrap_or_default().to_owned()
}

async fn forward(
    shared: &Shared,
    target: SocketAddr,
    parts: &axum::http::request::Parts,
    body: Bytes,
) -> (StatusCode, HeaderMap, Bytes) {
    let mut headers = parts.headers.clone();
    headers.remove("host");
    let url = format!("http://{target}{}", parts.uri);
    let sent = shared.client.request(parts.method.clone(), url).headers(headers).body(body).send().await;
    match sent {
        Ok(response) => {
            let (status, headers) = (response.status(), response.headers().clone());
            (status, headers, response.bytes().await.unwrap_or_default())
        }
        Err(_) => (StatusCode::BAD_GATEWAY, HeaderMap::new(), Bytes::new()),
    }
}

fn answer(status: StatusCode, store: Option<&str>, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    if let Some(store) = store.and_then(|store| store.parse().ok()) {
        response.headers_mut().insert(STORE, store);
    }
    response
}
