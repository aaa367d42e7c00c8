//! Reading: pages, digest and ids of a mailbox.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Path, RawQuery, State},
    http::HeaderValue,
    response::Response,
};
use futures_util::stream;
use ratel_protocol::{MailboxId, Ref, digest, http};
use tokio::sync::OwnedSemaphorePermit;

use super::{App, auth, auth::Caller, binary, problem::Refusal};
use crate::store::{Page, PageQuery};

/// Size of a page when none is asked for (bytes).
const PAGE_BYTES: usize = 1 << 20;
/// Size of a page when memory is short (bytes).
const SMALL_PAGE_BYTES: usize = 64 << 10;
/// A page goes out in parts, so that what a slow reader holds is known (bytes).
const PART_BYTES: usize = 64 << 10;

pub(super) async fn page(
    State(app): State<Arc<App>>,
    Caller(token): Caller,
    Path(mailbox): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let mailbox = auth::mailbox(&mailbox)?;
    app.store.access(token, mailbox).await?;
    let (mut after, mut limit_bytes) = (0, PAGE_BYTES);
    for (name, value) in auth::pairs(query.as_deref()) {
        let wrong = |_| Refusal::bad_request("after and limit are numbers");
        match name {
            "after" => after = value.parse().map_err(wrong)?,
            "limit" => limit_bytes = value.parse().map_err(wrong)?,
            _ => {}
        }
    }
    let (room, limit_bytes) = room(&app, limit_bytes.min(http::MAX_PAGE_BYTES))?;
    let Page { frames, more } = app.store.page(PageQuery { mailbox, after, limit_bytes }).await?;
    app.metrics.pulled(frames.len());
    let mut response = binary(parts(Bytes::from(frames), room));
    response.headers_mut().insert(http::MORE, HeaderValue::from_static(if more { "1" } else { "0" }));
    Ok(response)
}

/// Room for a page of this size, else for a small one.
fn room(app: &App, limit_bytes: usize) -> Result<(OwnedSemaphorePermit, usize), Refusal> {
    for bytes in [limit_bytes, limit_bytes.min(SMALL_PAGE_BYTES)] {
        let permits = u32::try_from(bytes).map_err(|_| Refusal::busy())?;
        if let Ok(room) = app.room_down.clone().try_acquire_many_owned(permits) {
            return Ok((room, bytes));
        }
    }
    Err(Refusal::busy())
}

/// A body that gives its room back when the last part was taken.
fn parts(bytes: Bytes, room: OwnedSemaphorePermit) -> Body {
    if bytes.len() <= PART_BYTES {
        return Body::from(bytes);
    }
    let parts = stream::unfold((bytes, room), |(mut rest, room)| async move {
        let part = rest.split_to(rest.len().min(PART_BYTES));
        (!part.is_empty()).then_some((Ok::<_, std::io::Error>(part), (rest, room)))
    });
    Body::from_stream(parts)
}

pub(super) async fn digest(
    State(app): State<Arc<App>>,
    Caller(token): Caller,
    Path(mailbox): Path<String>,
) -> Result<Response, Refusal> {
    let refs = refs(&app, token, &mailbox).await?;
    Ok(binary(Body::from(digest::of_sorted(&refs).to_vec())))
}

pub(super) async fn ids(
    State(app): State<Arc<App>>,
    Caller(token): Caller,
    Path(mailbox): Path<String>,
) -> Result<Response, Refusal> {
    let refs = refs(&app, token, &mailbox).await?;
    let bytes: Vec<u8> = refs.iter().flat_map(|id| id.0).collect();
    Ok(binary(Body::from(bytes)))
}

async fn refs(app: &App, token: ratel_protocol::TokenHash, mailbox: &str) -> Result<Vec<Ref>, Refusal> {
    let mailbox: MailboxId = auth::mailbox(mailbox)?;
    app.store.access(token, mailbox).await?;
    Ok(app.store.refs(mailbox).await?)
}
