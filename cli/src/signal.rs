//! When to stop: Ctrl-C, or SIGTERM from whoever started the program.

use std::future::Future;

/// Listens from the call on; ready once somebody asks the program to stop. If signals cannot be heard it never is:
/// then only the end of the process stops it.
#[cfg(unix)]
pub(crate) fn stop() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};

    let (interrupted, terminated) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        match (interrupted, terminated) {
            (Ok(mut interrupted), Ok(mut terminated)) => {
                tokio::select! {
                    _ = interrupted.recv() => {}
                    _ = terminated.recv() => {}
                }
            }
            _ => std::future::pending().await,
        }
    }
}

/// Listens from the first poll on; ready once somebody asks the program to stop.
#[cfg(not(unix))]
pub(crate) async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
