//! `POST /v1/mailboxes/{id}/envelopes`.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use ratel_protocol::{
    EnvelopeId, Head, MailboxId,
    frame::{MAX_BATCH_BYTES, decode_batch},
    http::{Outcome, Posted, PostedItem},
};

use super::{App, auth, auth::Caller, json, problem::Refusal};
use crate::store::{Batch, Item};

pub(super) async fn post(
    State(app): State<Arc<App>>,
    Caller(token): Caller,
    Path(mailbox): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let mailbox = auth::mailbox(&mailbox)?;
    app.store.access(token, mailbox).await?;
    let body = auth::body(&app, &headers, body, MAX_BATCH_BYTES).await?;
    let items = items(mailbox, &body.bytes)?;
    let results = app.store.post(Batch { token, mailbox, items }).await?;
    app.metrics.posted(&results);
    answer(results)
}

fn items(mailbox: MailboxId, body: &Bytes) -> Result<Vec<Item>, Refusal> {
    let batch = decode_batch(body)
        .map_err(|_| Refusal::bad_request("the body is no batch: length and envelope, 1 to 64 times"))?;
    let items = batch.into_iter().map(|bytes| Item {
        id: EnvelopeId::of(mailbox, bytes),
        expires: Head::parse(bytes).ok().map(|head| head.expires),
        bytes: body.slice_ref(bytes),
    });
    Ok(items.collect())
}

/// A batch of which nothing was taken for one reason is refused as a whole, so that any HTTP client backs off.
fn answer(results: Vec<PostedItem>) -> Result<Response, Refusal> {
    let wait_s = results.iter().filter_map(|item| item.retry_after_s).max().unwrap_or(0);
    if results.iter().all(|item| item.outcome == Outcome::Quota) {
        return Err(Refusal::quota("this token's share of the day is used up", wait_s));
    }
    if results.iter().all(|item| item.outcome == Outcome::Full) {
        return Err(Refusal::full());
    }
    json(&Posted { results })
}
