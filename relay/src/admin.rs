//! `/healthz`, `/readyz` and `/metrics`, on a listener of their own that belongs to the operator.

use std::{path::Path, path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};

use crate::{api::App, store::sqlite::free_bytes};

/// How long a relay that is ready may take to say so.
const READY_WITHIN: Duration = Duration::from_secs(2);

struct Admin {
    app: Arc<App>,
    data: PathBuf,
}

pub(crate) fn router(app: &Arc<App>, data: &Path) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(Arc::new(Admin { app: Arc::clone(app), data: data.to_path_buf() }))
}

/// Ready means: a write would reach the disk now.
async fn ready(State(admin): State<Arc<Admin>>) -> (StatusCode, String) {
    match tokio::time::timeout(READY_WITHIN, admin.app.store.check()).await {
        Ok(Ok(())) => (StatusCode::OK, String::from("ready\n")),
        Ok(Err(error)) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {error}\n")),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, String::from("not ready: the disk does not answer\n")),
    }
}

async fn metrics(State(admin): State<Arc<Admin>>) -> impl IntoResponse {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (kind, admin.app.metrics.text(free_bytes(&admin.data)))
}
