//! Starts and stops a relay.

use std::{net::SocketAddr, path::Path, sync::Arc};

use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    task::JoinHandle,
};

use crate::{
    Config, SqliteStore, StartError, Store, admin,
    api::{App, Gate},
    metrics::Metrics,
    news::News,
    registration::CodeKey,
    store::sqlite::Setting,
};

mod accept;
mod stall;
mod tls;

use accept::Listening;
pub(crate) use accept::stopped;

/// A relay that can be started.
#[derive(Debug, Clone, Copy)]
pub struct Relay;

/// A relay that runs on the current tokio runtime. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct RunningRelay {
    address: SocketAddr,
    admin_address: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    ended: JoinHandle<()>,
}

impl Relay {
    /// Opens the store, binds the addresses and begins to answer.
    pub async fn start(config: Config) -> Result<RunningRelay, StartError> {
        let (listener, address) = bind(config.listen).await?;
        let admin = match config.admin_listen {
            Some(listen) => Some(bind(listen).await?),
            None => None,
        };
        let tls = config.tls.as_ref().map(tls::acceptor).transpose()?;
        let news = Arc::new(News::default());
        let setting = Setting {
            limits: config.limits,
            quota: config.quota,
            clock: Arc::clone(&config.clock),
            news: Arc::clone(&news),
        };
        let data = config.data.clone();
        let opened = tokio::task::spawn_blocking(move || open(&data, setting)).await;
        let (store, codes) = opened.map_err(|_| StartError::Config(String::from("the store's thread ended")))??;
        let store: Arc<dyn Store> = Arc::new(store);
        let (stop, stopping) = watch::channel(false);
        let metrics = Arc::new(Metrics::default());
        let app = Arc::new(App {
            store,
            clock: Arc::clone(&config.clock),
            limits: config.limits,
            codes,
            open: config.is_open(),
            gate: Gate::new(config.limits.registrations_per_hour.filter(|_| !address.ip().is_loopback())),
            news,
            metrics,
            stopping,
            room_up: Arc::new(Semaphore::new(config.limits.bytes_in_flight)),
            room_down: Arc::new(Semaphore::new(config.limits.bytes_in_flight)),
            on_request: config.on_request.clone(),
        });
        let admin_address = admin.as_ref().map(|(_, address)| *address);
        let admin = admin.map(|(listener, _)| (listener, admin::router(&app, &config.data)));
        let listening = Listening { app, listener, tls, admin };
        let ended = tokio::spawn(listening.run());
        Ok(RunningRelay { address, admin_address, stop, ended })
    }
}

impl RunningRelay {
    /// Where the API answers.
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// Where health, readiness and metrics answer, if anywhere.
    pub fn admin_addr(&self) -> Option<SocketAddr> {
        self.admin_address
    }

    /// Stops: takes no more connections, ends live streams, lets running requests finish (for at most
    /// [`crate::Limits::stop_timeout`]), and closes the store. Afterwards port and folder are free.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        // The task does not panic; if the runtime is going away there is nothing to wait for.
        let _ = self.ended.await;
    }
}

/// Runs a relay until `shutdown` is ready.
pub async fn serve(config: Config, shutdown: impl Future<Output = ()>) -> Result<(), StartError> {
    let running = Relay::start(config).await?;
    shutdown.await;
    running.stop().await;
    Ok(())
}

fn open(data: &Path, setting: Setting) -> Result<(SqliteStore, CodeKey), StartError> {
    let store = SqliteStore::open(data, setting)?;
    let codes = CodeKey::open(data).map_err(|error| StartError::Data(data.to_path_buf(), error))?;
    Ok((store, codes))
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let explain = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AddrInUse => StartError::PortInUse(address),
        _ => StartError::Listen(address, error),
    };
    let listener = TcpListener::bind(address).await.map_err(explain)?;
    let bound = listener.local_addr().map_err(explain)?;
    Ok((listener, bound))
}
