//! The calls of the page.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::StatusCode,
    middleware,
    response::Response,
    routing::{get, post},
};
use ratel_core::{Error, intent::Intent};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::watch;

use super::{
    Page, Phone,
    answer::Refusal,
    assets,
    guard::{Guard, guard},
    stream::Lines,
    switches::Which,
};

/// Largest body of a call (bytes): an intent with a note of 64 KiB still reaches the core, which says why it is too
/// long.
const MAX_BODY_BYTES: usize = 512 << 10;

/// What the calls share. The page is there from the first second; what is in it comes when the phones are ready.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) page: watch::Receiver<Option<Arc<Page>>>,
    pub(super) stop: watch::Receiver<bool>,
}

impl Shared {
    /// Waits until the phones are ready.
    async fn page(&self) -> Result<Arc<Page>, Refusal> {
        let mut page = self.page.clone();
        let stop = super::stream::stopped(self.stop.clone());
        let ready = async { page.wait_for(Option::is_some).await.ok().and_then(|page| page.clone()) };
        tokio::select! {
            page = ready => page.ok_or_else(gone),
            () = stop => Err(gone()),
        }
    }

    async fn phone(&self, id: &str) -> Result<Arc<Phone>, Refusal> {
        self.page().await?.phones.iter().find(|phone| phone.id == id).cloned().ok_or_else(Refusal::not_found)
    }
}

fn gone() -> Refusal {
    Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "The program is stopping.")
}

/// Everything that the page can ask.
pub(super) fn router(shared: Shared, door: Guard) -> Router {
    let api = Router::new()
        .route("/street", get(street))
        .route("/events", get(events))
        .route("/phones/{id}/switches/{switch}", post(throw))
        .route("/phones/{id}/intents", post(intent))
        .route("/relay/switches/plug", post(plug));
    Router::new()
        .nest("/api", api)
        .route("/", get(assets::index))
        .route("/assets/{*name}", get(assets::asset))
        .fallback(|| async { Refusal::not_found() })
        .method_not_allowed_fallback(|| async { Refusal::not_found() })
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(middleware::from_fn_with_state(door, guard))
        .with_state(shared)
}

async fn street(State(shared): State<Shared>) -> Result<Json<Value>, Refusal> {
    Ok(Json(shared.page().await?.listed()))
}

/// Everything that moves in the page, on one answer: a browser opens at most six connections to a host, and a second
/// tab must find some left.
async fn events(State(shared): State<Shared>) -> Result<Response, Refusal> {
    let page = shared.page().await?;
    let (lines, response) = Lines::new(shared.stop.clone());
    for phone in &page.phones {
        tokio::spawn(Arc::clone(phone).stream(lines.clone()));
    }
    if let Some(post_box) = &page.relay {
        tokio::spawn(Arc::clone(post_box).stream(lines));
    }
    Ok(response)
}

async fn intent(State(shared): State<Shared>, Path(id): Path<String>, body: Bytes) -> Result<StatusCode, Refusal> {
    let phone = shared.phone(&id).await?;
    let intent: Intent = serde_json::from_slice(&body).map_err(|_| phone.refusal(&Error::Setting))?;
    phone.handle(intent).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where a switch shall stand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    value: String,
}

async fn throw(
    State(shared): State<Shared>,
    Path((id, switch)): Path<(String, String)>,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let phone = shared.phone(&id).await?;
    let switch = Which::from_id(&switch).ok_or_else(Refusal::not_found)?;
    let position: Position = serde_json::from_slice(&body).map_err(|_| phone.refusal(&Error::Setting))?;
    phone.throw(switch, &position.value).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn plug(State(shared): State<Shared>, body: Bytes) -> Result<StatusCode, Refusal> {
    let page = shared.page().await?;
    let post_box = page.relay.clone().ok_or_else(Refusal::not_found)?;
    let no_setting = || Refusal::new(StatusCode::BAD_REQUEST, Error::Setting.sentence(page.speech.lang));
    let position: Position = serde_json::from_slice(&body).map_err(|_| no_setting())?;
    let plugged = position.value.parse().map_err(|_| no_setting())?;
    post_box
        .plug(plugged)
        .await
        .map_err(|failure| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, failure.sentence(&page.speech)))?;
    Ok(StatusCode::NO_CONTENT)
}
