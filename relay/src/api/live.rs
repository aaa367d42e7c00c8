//! `GET /v1/live`: tells at once that a mailbox has new mail.
//!
//! A stream names each mailbox with the cursor that the client has. It begins with what is newer than that, so that
//! nothing falls between a pull and the stream; then it says the newest cursor whenever that grows. Only the newest:
//! a reader that was slow, or away, pulls everything from its own cursor.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{RawQuery, State},
    http::{HeaderValue, header},
    response::Response,
};
use futures_util::{future::select_all, stream};
use ratel_protocol::{MailboxId, TokenHash, http::Mail};
use tokio::sync::watch;

use super::{App, auth, auth::Caller, problem::Refusal};
use crate::{metrics::Streaming, news::Latest, server::stopped};

/// Mailboxes that one stream may wait for: sixteen groups.
const MAX_MAILBOXES: usize = 32;
/// A comment: keeps proxies from closing a silent stream, and shows a client that the relay lives.
const COMMENT: &str = ":\n\n";

pub(super) async fn live(
    State(app): State<Arc<App>>,
    Caller(token): Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let wanted = wanted(query.as_deref())?;
    let mut watched = Vec::with_capacity(wanted.len());
    for (mailbox, after) in wanted {
        app.store.access(token, mailbox).await?;
        // Listens before it looks: what arrives between is heard.
        let news = app.news.subscribe(mailbox);
        let newest = app.store.newest(mailbox).await?;
        let tokens = news.borrow().tokens;
        watched.push(Watched { mailbox, news, newest, told: after, tokens });
    }
    let streaming = app.metrics.stream_begins();
    let stopping = app.stopping.clone();
    let keepalive = app.limits.keepalive;
    let listener = Listener { app, token, watched, stopping, keepalive, begun: false, _streaming: streaming };
    let events = stream::unfold(listener, |mut listener| async move {
        let text = listener.next().await?;
        Some((Ok::<_, std::io::Error>(Bytes::from(text)), listener))
    });
    let mut response = Response::new(Body::from_stream(events));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    // Asks reverse proxies that know this header not to collect the stream.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

fn wanted(query: Option<&str>) -> Result<Vec<(MailboxId, u64)>, Refusal> {
    let wrong = || Refusal::bad_request("name 1 to 32 mailboxes: mailbox=ID:AFTER");
    let mut seen = BTreeSet::new();
    let mut wanted = Vec::new();
    for (name, value) in auth::pairs(query) {
        if name == "mailbox" {
            let (id, after) = value.split_once(':').ok_or_else(wrong)?;
            let id = MailboxId::from_hex(id).ok_or_else(wrong)?;
            if seen.insert(id) {
                wanted.push((id, after.parse().map_err(|_| wrong())?));
            }
        }
    }
    if wanted.is_empty() || wanted.len() > MAX_MAILBOXES { Err(wrong()) } else { Ok(wanted) }
}

struct Watched {
    mailbox: MailboxId,
    news: watch::Receiver<Latest>,
    newest: u64,
    told: u64,
    tokens: u64,
}

struct Listener {
    app: Arc<App>,
    token: TokenHash,
    watched: Vec<Watched>,
    stopping: watch::Receiver<bool>,
    keepalive: Duration,
    begun: bool,
    _streaming: Streaming,
}

impl Listener {
    /// The next piece of the stream; `None` ends it.
    async fn next(&mut self) -> Option<String> {
        if !self.begun {
            // Sends the head at once, so that a client knows that it is connected.
            self.begun = true;
            return Some(COMMENT.to_owned());
        }
        loop {
            if !self.still_allowed().await {
                return None;
            }
            let text = self.announce();
            if !text.is_empty() {
                return Some(text);
            }
            let changed = select_all(self.watched.iter_mut().map(|watched| Box::pin(watched.news.changed())));
            tokio::select! {
                () = stopped(&mut self.stopping) => return None,
                _ = changed => {}
                () = tokio::time::sleep(self.keepalive) => return Some(COMMENT.to_owned()),
            }
        }
    }

    /// What the client has not been told.
    fn announce(&mut self) -> String {
        let mut text = String::new();
        for watched in &mut self.watched {
            let newest = watched.newest.max(watched.news.borrow_and_update().cursor);
            if newest > watched.told {
                watched.told = newest;
                let mail = Mail { mailbox: watched.mailbox, cursor: newest };
                // A record of an id and a number always serialises.
                let data = serde_json::to_string(&mail).unwrap_or_default();
                text.push_str("event: mail\ndata: ");
                text.push_str(&data);
                text.push_str("\n\n");
            }
        }
        text
    }

    /// Whether the token still may listen, asked again when tokens of a group changed.
    async fn still_allowed(&mut self) -> bool {
        for watched in &mut self.watched {
            let tokens = watched.news.borrow().tokens;
            if tokens != watched.tokens {
                watched.tokens = tokens;
                if self.app.store.access(self.token, watched.mailbox).await.is_err() {
                    return false;
                }
            }
        }
        true
    }
}
