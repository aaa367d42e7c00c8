//! Refusals: a status, a fixed word for programs and a sentence for people. None repeats anything of the request.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use ratel_protocol::http::Problem;

use crate::StoreError;

/// After how long a busy relay is worth another try (seconds).
const BUSY_RETRY_S: u32 = 1;
/// After how long a full relay is worth another try (seconds).
const FULL_RETRY_S: u32 = 3_600;

/// An answer that is not what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
    retry_after_s: Option<u32>,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self { status, code, message, retry_after_s: None }
    }

    fn after(self, retry_after_s: u32) -> Self {
        Self { retry_after_s: Some(retry_after_s), ..self }
    }

    pub(super) fn bad_request(message: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    pub(super) fn unauthorised() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorised", "send a token that is registered here")
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "there is no such mailbox here")
    }

    pub(super) fn too_large(message: &'static str) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", message)
    }

    pub(super) fn registration(message: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "registration", message)
    }

    pub(super) fn quota(message: &'static str, retry_after_s: u32) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "quota", message).after(retry_after_s)
    }

    pub(super) fn full() -> Self {
        Self::new(StatusCode::INSUFFICIENT_STORAGE, "full", "the relay or this mailbox is full; keep it and try later")
            .after(FULL_RETRY_S)
    }

    pub(super) fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "the relay has too much to do; try again")
            .after(BUSY_RETRY_S)
    }

    pub(super) fn slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "busy", "the body did not arrive in time; try again")
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unauthorised => Self::unauthorised(),
            StoreError::Forbidden => Self::new(StatusCode::FORBIDDEN, "forbidden", "this token may not do this here"),
            StoreError::NotFound => Self::not_found(),
            StoreError::Taken => Self::new(
                StatusCode::CONFLICT,
                "taken",
                "one of these mailboxes is registered; the operator can give a code that replaces its tokens",
            ),
            StoreError::CodeUsed => Self::registration("this registration code was used before; ask for another"),
            StoreError::Full => Self::full(),
            StoreError::Busy => Self::busy(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = Problem { code: self.code.to_owned(), message: self.message.to_owned() };
        // A record of two plain strings always serialises.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// For paths that are none of ours.
pub(super) async fn unknown_path() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "not-found", "this relay has nothing at this path")
}

/// For methods that a path does not know.
pub(super) async fn unknown_method() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "bad-request", "this path does not know this method")
}
