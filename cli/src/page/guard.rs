//! Who may talk to the local page: nobody but the person at this computer.
//!
//! The page listens on loopback, yet three kinds of strangers can reach it there. A web site in the same browser can
//! send forms and scripts to it (they carry an `Origin` that is not ours). A name that its owner lets point to
//! 127.0.0.1 makes a foreign page look like ours (DNS rebinding; the `Host` is not ours). Another account on the
//! computer can connect (it has no secret). So: a foreign `Host` or `Origin` is refused with 403 on every path, and
//! everything under `/api/` needs the secret, 32 random bytes that live in the address's fragment, which browsers
//! never send.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use ring::digest::{SHA256, digest};

use super::answer::Refusal;
use crate::random::random_hex;

/// What the page may load and run: its own files and nothing else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The secret and the names under which the page may be called.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    secret: String,
    hosts: Vec<String>,
    sentences: Sentences,
}

/// What is said to whoever is not let in.
#[derive(Debug, Clone)]
pub(crate) struct Sentences {
    /// The page was called by another name, or by another page.
    pub(crate) foreign: String,
    /// The secret is missing or wrong.
    pub(crate) locked: String,
}

impl Guard {
    /// A new secret for the page at `address`; `None` if the system gives no random bytes.
    pub(crate) fn new(address: SocketAddr, sentences: Sentences) -> Option<Self> {
        let secret = random_hex::<32>()?;
        let hosts = vec![address.to_string(), format!("localhost:{}", address.port())];
        Some(Self { secret, hosts, sentences })
    }

    /// The address to open, with the secret in its fragment.
    pub(crate) fn address(&self) -> String {
        format!("http://{}/#{}", self.hosts.first().map_or("", String::as_str), self.secret)
    }

    fn knows_host(&self, host: &str) -> bool {
        self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    /// Exactly one `Host`, ours, also where the request line repeats it.
    fn right_host(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut named = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (named.next(), named.next()) else { return false };
        host.to_str().is_ok_and(|host| self.knows_host(host))
            && uri.authority().is_none_or(|authority| self.knows_host(authority.as_str()))
    }

    /// No `Origin`, or ours.
    fn right_origin(&self, headers: &HeaderMap) -> bool {
        headers.get_all(header::ORIGIN).iter().all(|origin| {
            origin.to_str().is_ok_and(|origin| origin.strip_prefix("http://").is_some_and(|host| self.knows_host(host)))
        })
    }

    fn right_secret(&self, headers: &HeaderMap) -> bool {
        let mut sent = headers.get_all(header::AUTHORIZATION).iter();
        let (Some(sent), None) = (sent.next(), sent.next()) else { return false };
        let Some(token) = sent.to_str().ok().and_then(|value| value.strip_prefix("Bearer ")) else { return false };
        // Comparing digests leaks nothing about the secret by how long it takes.
        digest(&SHA256, token.as_bytes()).as_ref() == digest(&SHA256, self.secret.as_bytes()).as_ref()
    }
}

/// Lets a request through, or answers 403 or 401; hardens every answer.
pub(crate) async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let api = is_api(request.uri().path());
    let mut response = if !guard.right_host(request.uri(), request.headers()) || !guard.right_origin(request.headers())
    {
        Refusal::new(StatusCode::FORBIDDEN, guard.sentences.foreign).into_response()
    } else if api && !guard.right_secret(request.headers()) {
        Refusal::new(StatusCode::UNAUTHORIZED, guard.sentences.locked).into_response()
    } else {
        next.run(request).await
    };
    harden(&mut response, api);
    response
}

fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

fn harden(response: &mut Response<Body>, api: bool) {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value| headers.insert(name, HeaderValue::from_static(value));
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    // The page's own files change with the program, so a browser asks again.
    set(header::CACHE_CONTROL, if api { "no-store" } else { "no-cache" });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Guard {
        let sentences = Sentences { foreign: "foreign".into(), locked: "locked".into() };
        Guard::new("127.0.0.1:4711".parse().unwrap(), sentences).unwrap()
    }

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn only_our_own_names_are_a_host() {
        let (page, path) = (page(), Uri::from_static("/"));
        for host in ["127.0.0.1:4711", "localhost:4711", "LOCALHOST:4711"] {
            assert!(page.right_host(&path, &headers(&[(header::HOST, host)])), "{host}");
        }
        for host in ["127.0.0.1", "127.0.0.1:4712", "evil.example:4711", "localhost:4711.evil.example", ""] {
            assert!(!page.right_host(&path, &headers(&[(header::HOST, host)])), "{host}");
        }
        assert!(!page.right_host(&path, &HeaderMap::new()), "a request without a host");
        let mut two = headers(&[(header::HOST, "localhost:4711")]);
        two.append(header::HOST, HeaderValue::from_static("evil.example"));
        assert!(!page.right_host(&path, &two), "two hosts");
        let foreign = Uri::from_static("http://evil.example:4711/");
        assert!(
            !page.right_host(&foreign, &headers(&[(header::HOST, "localhost:4711")])),
            "another in the request line"
        );
    }

    #[test]
    fn only_our_own_pages_are_an_origin() {
        let page = page();
        assert!(page.right_origin(&HeaderMap::new()));
        assert!(page.right_origin(&headers(&[(header::ORIGIN, "http://127.0.0.1:4711")])));
        for origin in ["null", "https://127.0.0.1:4711", "http://127.0.0.1:80", "http://evil.example"] {
            assert!(!page.right_origin(&headers(&[(header::ORIGIN, origin)])), "{origin}");
        }
    }

    #[test]
    fn only_the_secret_opens_the_calls() {
        let page = page();
        let secret = page.address().split_once('#').unwrap().1.to_owned();
        assert_eq!(secret.len(), 64);
        assert!(page.right_secret(&headers(&[(header::AUTHORIZATION, &format!("Bearer {secret}"))])));
        for wrong in [secret.clone(), format!("Bearer {secret}0"), "Bearer ".into(), format!("Basic {secret}")] {
            assert!(!page.right_secret(&headers(&[(header::AUTHORIZATION, &wrong)])), "{wrong}");
        }
        assert!(!page.right_secret(&HeaderMap::new()));
        assert_ne!(self::page().address(), page.address(), "new each time");
    }
}
