//! HTTPS to a relay.
//!
//! TLS is rustls with ring and the Mozilla roots, handed to reqwest ready-made: its default would bring a second
//! cryptography library and start-up code on Android.

use std::{sync::Arc, time::Duration};

use ratel_protocol::{
    Ref, Token, frame,
    http::{self, Posted},
};
use reqwest::{Method, StatusCode};

use super::{Live, RelayAddress};
use crate::sync::{Ask, Reply};

/// Longest wait for one answer (a batch of large envelopes over a slow line).
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);
/// Longest wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of envelopes asked for at once.
const PAGE_BYTES: usize = 1 << 20;
/// Largest answer taken (bytes): a page, or the ids of a very full mailbox.
const MAX_ANSWER_BYTES: usize = http::MAX_PAGE_BYTES + (1 << 20);

/// The relay could not be reached, or what it said cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// No connection, an unreadable answer, or one that a proxy made up.
    #[error("the relay did not answer")]
    Unreachable,
    /// It refused with a status that trying again will not change.
    #[error("the relay refused with status {0}")]
    Refused(u16),
}

impl From<reqwest::Error> for LinkError {
    fn from(_: reqwest::Error) -> Self {
        Self::Unreachable
    }
}

/// An answer with what came beside it.
#[derive(Debug)]
pub struct Response {
    /// The answer.
    pub reply: Reply,
    /// Id of the relay's store.
    pub store: String,
    /// The relay's clock in Unix seconds, from the Date header.
    pub date_s: Option<i64>,
}

/// A connection pool to one relay.
#[derive(Clone)]
pub struct RelayClient {
    http: reqwest::Client,
    base: RelayAddress,
}

impl RelayClient {
    /// A client for an address. `extra_root` is a DER certificate to trust beside the Mozilla roots.
    pub fn new(base: RelayAddress, extra_root: Option<&[u8]>) -> Result<Self, LinkError> {
        let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(der) = extra_root {
            roots.add(der.to_vec().into()).map_err(|_| LinkError::Unreachable)?;
        }
        let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|_| LinkError::Unreachable)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self { http, base })
    }

    fn request(&self, method: Method, path: &str, token: &Token) -> reqwest::RequestBuilder {
        let url = format!("{}{path}", self.base.as_text());
        self.http.request(method, url).bearer_auth(token.to_hex())
    }

    /// Asks and waits for the answer.
    pub async fn ask(&self, ask: &Ask, token: &Token) -> Result<Response, LinkError> {
        let request = match ask {
            Ask::Register(register) => self.request(Method::POST, http::GROUPS, token).json_body(register)?,
            Ask::Tokens { mailbox, change, .. } => {
                self.request(Method::PUT, &http::tokens(*mailbox), token).json_body(change)?
            }
            Ask::Push { id, envelopes, .. } => self
                .request(Method::POST, &http::envelopes(*id), token)
                .header(reqwest::header::CONTENT_TYPE, http::BINARY)
                .body(frame::encode_batch(envelopes.iter().map(|(_, bytes)| bytes.as_slice()))),
            Ask::Pull { id, after, .. } => {
                let path = format!("{}?after={after}&limit={PAGE_BYTES}", http::envelopes(*id));
                self.request(Method::GET, &path, token)
            }
            Ask::Digest { id, .. } => self.request(Method::GET, &http::digest(*id), token),
            Ask::Ids { id, .. } => self.request(Method::GET, &http::ids(*id), token),
        };
        let response = request.timeout(ANSWER_TIMEOUT).send().await?;
        read(ask, response).await
    }

    /// Opens the stream that announces new mail, from the given cursors on.
    pub async fn live(&self, mailboxes: &[(ratel_protocol::MailboxId, u64)], token: &Token) -> Result<Live, LinkError> {
        let query: Vec<String> = mailboxes.iter().map(|(id, after)| format!("mailbox={id}:{after}")).collect();
        let path = format!("{}?{}", http::LIVE, query.join("&"));
        let sending = self.request(Method::GET, &path, token).send();
        let response = tokio::time::timeout(CONNECT_TIMEOUT, sending).await.map_err(|_| LinkError::Unreachable)??;
        if response.status() == StatusCode::OK { Ok(Live::new(response)) } else { Err(status_error(response.status())) }
    }
}

trait JsonBody: Sized {
    fn json_body(self, body: &impl serde::Serialize) -> Result<Self, LinkError>;
}

impl JsonBody for reqwest::RequestBuilder {
    fn json_body(self, body: &impl serde::Serialize) -> Result<Self, LinkError> {
        let bytes = serde_json::to_vec(body).map_err(|_| LinkError::Unreachable)?;
        Ok(self.header(reqwest::header::CONTENT_TYPE, "application/json").body(bytes))
    }
}

fn status_error(status: StatusCode) -> LinkError {
    match status.as_u16() {
        // Trying the same again will not help: the address, the token or the registration is wrong.
        code @ (400 | 401 | 403 | 404 | 409 | 413) => LinkError::Refused(code),
        _ => LinkError::Unreachable,
    }
}

async fn read(ask: &Ask, mut response: reqwest::Response) -> Result<Response, LinkError> {
    if !response.status().is_success() {
        return Err(status_error(response.status()));
    }
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    // An answer without it comes from something else than a relay, such as the log-in page of a network.
    let store = header(http::STORE).ok_or(LinkError::Unreachable)?;
    let more = header(http::MORE).as_deref() == Some("1");
    let date_s =
        header("date").and_then(|text| chrono::DateTime::parse_from_rfc2822(&text).ok()).map(|date| date.timestamp());
    let mut body = Vec::new();
    while let Some(chunk) =
        tokio::time::timeout(ANSWER_TIMEOUT, response.chunk()).await.map_err(|_| LinkError::Unreachable)??
    {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER_BYTES {
            return Err(LinkError::Unreachable);
        }
    }
    let reply = decode(ask, &body, more).ok_or(LinkError::Unreachable)?;
    Ok(Response { reply, store, date_s })
}

fn decode(ask: &Ask, body: &[u8], more: bool) -> Option<Reply> {
    Some(match ask {
        Ask::Register(_) => {
            let registered: http::Registered = serde_json::from_slice(body).ok()?;
            registered.registered.then_some(Reply::Done)?
        }
        Ask::Tokens { .. } => {
            let done: http::Done = serde_json::from_slice(body).ok()?;
            done.done.then_some(Reply::Done)?
        }
        Ask::Push { .. } => Reply::Posted(serde_json::from_slice::<Posted>(body).ok()?.results),
        Ask::Pull { .. } => Reply::Page {
            envelopes: frame::decode_page(body)
                .ok()?
                .iter()
                .map(|placed| (placed.cursor, placed.bytes.to_vec()))
                .collect(),
            more,
        },
        Ask::Digest { .. } => Reply::Digest(body.try_into().ok()?),
        Ask::Ids { .. } => {
            let (ids, rest) = body.as_chunks::<16>();
            if !rest.is_empty() {
                return None;
            }
            Reply::Ids(ids.iter().map(|id| Ref(*id)).collect())
        }
    })
}
