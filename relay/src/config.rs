//! Everything a relay can be told.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use crate::{Clock, Quota, RequestLine, SystemClock};

/// Where a relay listens unless told otherwise.
pub const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8473);

/// Called once for every request that was answered, on the thread that answers: it must not block.
pub type RequestHook = Arc<dyn Fn(RequestLine) + Send + Sync>;

/// Who may register a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Registration {
    /// Everybody on a relay that listens on loopback, else holders of a code.
    #[default]
    Auto,
    /// Everybody, limited by address.
    Open,
    /// Holders of the operator's code.
    Codes,
}

/// Settings of a relay. Start from [`Config::new`] and change what you need.
#[derive(Clone)]
pub struct Config {
    /// Folder of the database; made if it is not there.
    pub data: PathBuf,
    /// Address of the API; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Address of health, readiness and metrics; off when `None`.
    pub admin_listen: Option<SocketAddr>,
    /// Who may register.
    pub registration: Registration,
    /// Certificate chain and key (PEM files); plain HTTP when `None`.
    pub tls: Option<TlsFiles>,
    /// Bounds.
    pub limits: Limits,
    /// Shares of a token.
    pub quota: Quota,
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Is told of every request.
    pub on_request: Option<RequestHook>,
}

/// PEM files for TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, then those that lead to its root.
    pub cert: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Bounds of a relay: each answers more with a refusal, never with unbounded memory or disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Open connections; more are answered 503.
    pub connections: usize,
    /// Time for a request's head, also the time that an idle connection stays open.
    pub header_timeout: Duration,
    /// Time for a request's body.
    pub body_timeout: Duration,
    /// Time in which a peer must take some bytes of an answer.
    pub write_timeout: Duration,
    /// Bytes of request bodies, and as many of pages, in memory at one time.
    pub bytes_in_flight: usize,
    /// Bytes of envelopes in one mailbox.
    pub mailbox_bytes: u64,
    /// Tokens of one group.
    pub tokens_per_group: u32,
    /// Groups.
    pub groups: u32,
    /// Free bytes that stay on the disk; below them nothing is stored.
    pub disk_floor_bytes: u64,
    /// Registrations an hour from one address on an open relay; unlimited when `None`. Not applied on loopback.
    pub registrations_per_hour: Option<NonZeroU32>,
    /// Silence after which a live stream sends a comment.
    pub keepalive: Duration,
    /// How often to look whether a new day has begun and expired envelopes must go.
    pub sweep_every: Duration,
    /// Time for requests that are under way when the relay stops.
    pub stop_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Many machines allow a process 1,024 files; some are needed for the database.
            connections: 900,
            header_timeout: Duration::from_secs(20),
            body_timeout: Duration::from_mins(1),
            write_timeout: Duration::from_secs(30),
            bytes_in_flight: 24 << 20,
            mailbox_bytes: 512 << 20,
            tokens_per_group: 5_000,
            groups: 20_000,
            disk_floor_bytes: 256 << 20,
            registrations_per_hour: NonZeroU32::new(10),
            keepalive: Duration::from_secs(15),
            sweep_every: Duration::from_mins(1),
            stop_timeout: Duration::from_secs(3),
        }
    }
}

impl Config {
    /// A relay with default bounds in `data` on `listen`.
    pub fn new(data: impl Into<PathBuf>, listen: SocketAddr) -> Self {
        Self {
            data: data.into(),
            listen,
            admin_listen: None,
            registration: Registration::Auto,
            tls: None,
            limits: Limits::default(),
            quota: Quota::default(),
            clock: Arc::new(SystemClock),
            on_request: None,
        }
    }

    /// Whether anybody may register.
    pub fn is_open(&self) -> bool {
        match self.registration {
            Registration::Auto => self.listen.ip().is_loopback(),
            Registration::Open => true,
            Registration::Codes => false,
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("data", &self.data)
            .field("listen", &self.listen)
            .field("admin_listen", &self.admin_listen)
            .field("registration", &self.registration)
            .field("tls", &self.tls)
            .field("limits", &self.limits)
            .field("quota", &self.quota)
            .finish_non_exhaustive()
    }
}
