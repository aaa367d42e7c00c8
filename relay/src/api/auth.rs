//! Reads what every call carries: the token, the mailbox in the path, the query, the body.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use ratel_protocol::{MailboxId, Token, TokenHash};
use tokio::sync::OwnedSemaphorePermit;

use super::{App, problem::Refusal};

/// The caller's token, known or not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caller(pub(super) TokenHash);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = value.and_then(|value| value.split_once(' ')).ok_or_else(Refusal::unauthorised)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Refusal::unauthorised());
        }
        Token::from_hex(token.trim()).map(|token| Self(token.hash())).ok_or_else(Refusal::unauthorised)
    }
}

/// The mailbox of the path.
pub(super) fn mailbox(path: &str) -> Result<MailboxId, Refusal> {
    MailboxId::from_hex(path).ok_or_else(Refusal::not_found)
}

/// The pairs of a query string, in order. Ids and numbers need no escapes but the colon, which some clients escape.
pub(super) fn pairs(query: Option<&str>) -> impl Iterator<Item = (&str, String)> {
    query.unwrap_or_default().split('&').filter_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((name, value.replace("%3A", ":").replace("%3a", ":")))
    })
}

/// A body in memory, and the room that it takes.
pub(super) struct Taken {
    pub(super) bytes: Bytes,
    _room: OwnedSemaphorePermit,
}

/// Reads a body of at most `limit` bytes, if the relay has room for it now.
pub(super) async fn body(app: &App, headers: &HeaderMap, body: Body, limit: usize) -> Result<Taken, Refusal> {
    let too_large = || Refusal::too_large("the body is larger than this call takes");
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<usize>().ok())
        .unwrap_or(limit);
    if announced > limit {
        return Err(too_large());
    }
    let room = u32::try_from(announced).map_err(|_| too_large())?;
    let room = app.room_up.clone().try_acquire_many_owned(room).map_err(|_| Refusal::busy())?;
    let reading = axum::body::to_bytes(body, limit);
    let bytes = within(app.limits.body_timeout, reading).await?.map_err(|_| too_large())?;
    Ok(Taken { bytes, _room: room })
}

async fn within<T>(time: Duration, work: impl Future<Output = T>) -> Result<T, Refusal> {
    tokio::time::timeout(time, work).await.map_err(|_| Refusal::slow())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_keep_their_order_and_escaped_colons_are_read() {
        let read: Vec<_> = pairs(Some("mailbox=ab:1&x&mailbox=cd%3A2")).collect();
        assert_eq!(read, [("mailbox", String::from("ab:1")), ("mailbox", String::from("cd:2"))]);
        assert_eq!(pairs(None).count(), 0);
    }
}
