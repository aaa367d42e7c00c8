//! `POST /v1/groups`.

use std::sync::Arc;

use axum::{Extension, body::Body, extract::State, http::HeaderMap, response::Response};
use ratel_protocol::http::{REGISTRATION, Register, Registered};

use super::{App, Peer, auth, json, problem::Refusal};
use crate::{registration::Code, store::Registering};

/// A registration is three hashes.
const BODY_BYTES: usize = 1_024;
/// Seconds after which an address whose registrations are used up may try again (an hour, as the limit counts).
const RETRY_S: u32 = 3_600;

pub(super) async fn register(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let code = code(&app, &headers)?;
    if code.is_none() && !app.gate.passes(peer.0) {
        return Err(Refusal::quota("too many registrations from this address", RETRY_S));
    }
    let body = auth::body(&app, &headers, body, BODY_BYTES).await?;
    let request: Register =
        serde_json::from_slice(&body.bytes).map_err(|_| Refusal::bad_request("the body is no registration"))?;
    if request.log == request.content {
        return Err(Refusal::bad_request("a group has two mailboxes"));
    }
    app.store.register(Registering { request, code }).await?;
    json(&Registered { registered: true })
}

/// The code that was sent, checked. An open relay needs none, but honours one, for it may replace.
fn code(app: &App, headers: &HeaderMap) -> Result<Option<Code>, Refusal> {
    let Some(sent) = headers.get(REGISTRATION) else {
        return if app.open {
            Ok(None)
        } else {
            Err(Refusal::registration("this relay registers a group with the operator's code only"))
        };
    };
    let code = sent.to_str().ok().and_then(|code| app.codes.check(code, app.clock.today()));
    code.map(Some)
        .ok_or_else(|| Refusal::registration("this registration code is not of this relay, or its day has passed"))
}
