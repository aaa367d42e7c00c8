//! The request log: what a relay says of a request links no people.
//!
//! Method, route (the template, without ids), status, sizes and time taken. No address, no token, no id, no query.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::HttpBody as _,
    extract::{MatchedPath, Request, State},
    http::{Method, header},
    middleware::Next,
    response::Response,
};

use crate::api::App;

/// One answered request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLine {
    /// `GET`, `POST`, `PUT` ... or `OTHER`.
    pub method: &'static str,
    /// The route's template, as `/v1/mailboxes/{mailbox}/envelopes`; `unknown` for paths that are none.
    pub route: String,
    /// HTTP status.
    pub status: u16,
    /// Bytes of the request's body, as announced.
    pub bytes_up: u64,
    /// Bytes of the answer's body; 0 for a live stream.
    pub bytes_down: u64,
    /// From the request's head to the answer's.
    pub took: Duration,
}

/// Logs, counts and shows a request.
pub(crate) async fn record(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = name(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str).to_owned();
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let bytes_up = announced.and_then(|length| length.parse().ok()).unwrap_or(0);
    let response = next.run(request).await;
    let line = RequestLine {
        method,
        route,
        status: response.status().as_u16(),
        bytes_up,
        bytes_down: response.body().size_hint().exact().unwrap_or(0),
        took: begun.elapsed(),
    };
    app.metrics.answered(&line);
    let took_us = u64::try_from(line.took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(
        target: "ratel_relay::request",
        method = line.method,
        route = %line.route,
        status = line.status,
        bytes_up = line.bytes_up,
        bytes_down = line.bytes_down,
        took_us,
    );
    if let Some(hook) = &app.on_request {
        hook(line);
    }
    response
}

/// Methods are a closed list here: a client could write anything else into the log.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "OTHER",
    }
}
