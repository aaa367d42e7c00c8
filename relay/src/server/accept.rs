//! Takes connections, each in a task of its own, never more than the limit.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::Router;
use hyper::{Request, body::Incoming, server::conn::http1, service::Service as _};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

use super::stall::Stalling;
use crate::api::{self, App, Peer};

/// Bytes of a request's head, and of what hyper buffers for a connection.
const BUFFER_BYTES: usize = 64 << 10;
/// Connections to the operator's listener.
const ADMIN_CONNECTIONS: usize = 16;
/// Rest after a failed accept, which is mostly "too many open files" (milliseconds).
const ACCEPT_REST_MS: u64 = 100;
/// How long one that is turned away may take to hear it (seconds).
const TURN_AWAY_S: u64 = 1;
/// For who comes when all connections are taken.
const TURNED_AWAY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// A relay's open doors.
pub(super) struct Listening {
    pub(super) app: Arc<App>,
    pub(super) listener: TcpListener,
    pub(super) tls: Option<TlsAcceptor>,
    pub(super) admin: Option<(TcpListener, Router)>,
}

impl Listening {
    /// Answers until the relay stops, then closes everything.
    pub(super) async fn run(self) {
        let Self { app, listener, tls, admin } = self;
        let chores = tokio::spawn(chores(Arc::clone(&app)));
        let admin = admin.map(|(listener, router)| {
            let door = Door { app: Arc::clone(&app), listener, tls: None, router, room: ADMIN_CONNECTIONS };
            tokio::spawn(door.run())
        });
        let router = api::router(&app);
        let room = app.limits.connections;
        Door { app: Arc::clone(&app), listener, tls, router, room }.run().await;
        chores.abort();
        if let Some(admin) = admin {
            let _ = admin.await;
        }
        app.store.close().await;
    }
}

struct Door {
    app: Arc<App>,
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    room: usize,
}

impl Door {
    async fn run(self) {
        let mut stopping = self.app.stopping.clone();
        let room = Arc::new(Semaphore::new(self.room));
        let graceful = GracefulShutdown::new();
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                () = stopped(&mut stopping) => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, from)) => match Arc::clone(&room).try_acquire_owned() {
                        Ok(permit) => {
                            let work = self.connection(stream, from, graceful.watcher());
                            connections.spawn(async move {
                                work.await;
                                drop(permit);
                            });
                        }
                        Err(_) => {
                            connections.spawn(turn_away(stream, self.tls.is_some()));
                        }
                    },
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be taken");
                        tokio::time::sleep(Duration::from_millis(ACCEPT_REST_MS)).await;
                    }
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(self.listener);
        if tokio::time::timeout(self.app.limits.stop_timeout, graceful.shutdown()).await.is_err() {
            tracing::warn!("requests that did not finish in time were ended");
        }
        connections.shutdown().await;
    }

    fn connection(&self, stream: TcpStream, from: SocketAddr, watcher: Watcher) -> impl Future<Output = ()> + use<> {
        let (app, tls, router) = (Arc::clone(&self.app), self.tls.clone(), self.router.clone());
        async move {
            let _connected = app.metrics.connected();
            // Small answers must not wait for more; a socket that refuses this works without.
            let _ = stream.set_nodelay(true);
            let stream = Stalling::new(stream, app.limits.write_timeout);
            match tls {
                None => answer(&app, stream, from, router, watcher).await,
                Some(tls) => {
                    let handshake = tokio::time::timeout(app.limits.header_timeout, tls.accept(stream)).await;
                    if let Ok(Ok(stream)) = handshake {
                        answer(&app, stream, from, router, watcher).await;
                    }
                }
            }
        }
    }
}

async fn answer<S>(app: &App, stream: S, from: SocketAddr, router: Router, watcher: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let router = TowerToHyperService::new(router);
    let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(from.ip()));
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.limits.header_timeout)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    // Errors here are clients that went away or spoke no HTTP: nothing that an operator can act on.
    let _ = watcher.watch(connection).await;
}

/// Ready when the relay stops, or whoever held it dropped it.
pub(crate) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await;
}

async fn turn_away(mut stream: TcpStream, is_tls: bool) {
    if !is_tls {
        let say = async {
            let _ = stream.write_all(TURNED_AWAY).await;
            let _ = stream.shutdown().await;
        };
        let _ = tokio::time::timeout(Duration::from_secs(TURN_AWAY_S), say).await;
    }
}

/// What a relay does unasked: destroys what has expired and forgets addresses.
async fn chores(app: Arc<App>) {
    let mut swept = None;
    loop {
        let today = app.clock.today();
        if swept != Some(today) {
            match app.store.sweep().await {
                Ok(true) => continue,
                Ok(false) => swept = Some(today),
                Err(error) => tracing::warn!(%error, "what has expired could not be destroyed; it is tried again"),
            }
        }
        app.gate.forget();
        tokio::time::sleep(app.limits.sweep_every).await;
    }
}
