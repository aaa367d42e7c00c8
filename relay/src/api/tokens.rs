//! `PUT /v1/mailboxes/{id}/tokens`.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use ratel_protocol::http::{Done, TokenChange};

use super::{App, auth, auth::Caller, json, problem::Refusal};

/// Largest change (bytes): 5,000 hashes of 67 characters.
const BODY_BYTES: usize = 384 << 10;

pub(super) async fn change(
    State(app): State<Arc<App>>,
    Caller(caller): Caller,
    Path(mailbox): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let mailbox = auth::mailbox(&mailbox)?;
    app.store.access(caller, mailbox).await?;
    let body = auth::body(&app, &headers, body, BODY_BYTES).await?;
    let change: TokenChange =
        serde_json::from_slice(&body.bytes).map_err(|_| Refusal::bad_request("the body is no change of tokens"))?;
    let all = [&change.add, &change.admin, &change.join, &change.remove];
    let distinct: BTreeSet<_> = all.iter().copied().flatten().collect();
    if distinct.len() != all.iter().map(|list| list.len()).sum::<usize>() {
        return Err(Refusal::bad_request("a token is named twice"));
    }
    app.store.change_tokens(caller, mailbox, change).await?;
    json(&Done { done: true })
}
