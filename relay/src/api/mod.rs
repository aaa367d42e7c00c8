//! The HTTP API under `/v1`: who may call is judged before a body is read.

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::Response,
    routing::{get, post, put},
};
use ratel_protocol::{hex, http};
use tokio::{sync::Semaphore, sync::watch};

use crate::{Clock, Limits, Store, metrics::Metrics, news::News, registration::CodeKey, request};

mod auth;
mod gate;
mod groups;
mod live;
mod post;
mod problem;
mod pull;
mod tokens;

pub(crate) use gate::Gate;

/// What all requests share.
pub(crate) struct App {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) codes: CodeKey,
    pub(crate) open: bool,
    pub(crate) gate: Gate,
    pub(crate) news: Arc<News>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) stopping: watch::Receiver<bool>,
    /// Bytes of bodies that may still be read into memory.
    pub(crate) room_up: Arc<Semaphore>,
    /// Bytes of pages that may still be held in memory.
    pub(crate) room_down: Arc<Semaphore>,
    pub(crate) on_request: Option<crate::RequestHook>,
}

/// The address that a connection comes from. Used for one limit, never logged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

type Shared = State<Arc<App>>;

/// All routes.
pub(crate) fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route(http::GROUPS, post(groups::register))
        .route(http::LIVE, get(live::live))
        .route("/v1/mailboxes/{mailbox}/tokens", put(tokens::change))
        .route("/v1/mailboxes/{mailbox}/envelopes", post(post::post).get(pull::page))
        .route("/v1/mailboxes/{mailbox}/digest", get(pull::digest))
        .route("/v1/mailboxes/{mailbox}/ids", get(pull::ids))
        .fallback(problem::unknown_path)
        .method_not_allowed_fallback(problem::unknown_method)
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(Arc::clone(app), stamp))
        .layer(middleware::from_fn_with_state(Arc::clone(app), request::record))
        .with_state(Arc::clone(app))
}

/// Every answer carries the store's id and the relay's date: clients take both as facts about this relay.
async fn stamp(State(app): Shared, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&hex::encode(&app.store.id().0)) {
        headers.insert(http::STORE, id);
    }
    let unix_s = u64::try_from(app.clock.unix_s()).unwrap_or(0);
    // An HTTP date ends with the year 9999.
    let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(unix_s.min(253_402_300_799)));
    if let Ok(date) = HeaderValue::from_str(&date) {
        headers.insert(header::DATE, date);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A body of bytes that no browser may take for a page.
fn binary(body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(http::BINARY));
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A JSON answer.
fn json(value: &impl serde::Serialize) -> Result<Response, problem::Refusal> {
    let text = serde_json::to_vec(value).map_err(|_| problem::Refusal::busy())?;
    let mut response = Response::new(Body::from(Bytes::from(text)));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}
