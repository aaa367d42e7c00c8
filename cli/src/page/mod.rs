//! The local page: phones in a browser, for the person at this computer and nobody else.
//!
//! `guard` decides who may call at all, `calls` are the calls, `phone` and `switches` one phone and what lies under
//! it, `stream` the answers that never end, `assets` the page's own files, `browser` opens it. The page holds no
//! word and no rule: both come from the core.

mod answer;
mod assets;
mod browser;
mod calls;
mod dialler;
mod guard;
mod phone;
mod stream;
mod switches;

use std::{future::Future, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use axum::serve::ListenerExt;
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use calls::Shared;
pub(crate) use dialler::Dialler;
use guard::{Guard, Sentences};
pub(crate) use phone::Phone;
pub(crate) use stream::{Lines, stopped};
pub(crate) use switches::Switch;

use crate::{
    failure::Failure,
    speech::{Speech, print_line},
    street::PostBox,
};

/// How long connections may take to end once the program stops.
const GRACE: Duration = Duration::from_secs(2);

/// What is in the page.
pub(crate) struct Page {
    /// The phones, in the order of their houses.
    pub(crate) phones: Vec<Arc<Phone>>,
    /// The relay between them, if it is ours.
    pub(crate) relay: Option<Arc<PostBox>>,
    /// The words around them.
    pub(crate) speech: Arc<Speech>,
}

impl Page {
    fn listed(&self) -> Value {
        let word = |key: &str| self.speech.get(key);
        let how = |icon: &str, key: &str| json!({ "icon": icon, "text": word(key) });
        let phones: Vec<_> = self.phones.iter().map(|phone| phone.listed()).collect();
        let street = self.relay.is_some();
        json!({
            "title": word("street-title"),
            "lead": word(if street { "street-lead" } else { "street-lead-own" }),
            "lang": self.speech.lang,
            "words": {
                "lost": word("street-lost"),
                "log": word("street-log"),
                "newcomer": word("street-newcomer"),
            },
            "how": if street {
                vec![
                    how("report", "street-how-report"),
                    how("see", "street-how-see"),
                    how("unplug", "street-how-unplug"),
                ]
            } else {
                Vec::new()
            },
            "phones": phones,
            "relay": self.relay.as_ref().map(|relay| relay.listed()),
        })
    }
}

/// A page that is being served.
pub(crate) struct Served {
    content: watch::Sender<Option<Arc<Page>>>,
    stop: watch::Sender<bool>,
    address: String,
    ended: JoinHandle<()>,
}

impl Served {
    /// Listens on `listen`, prints the address alone on the first line, and answers. The page is empty until
    /// [`Served::fill`].
    pub(crate) async fn open(listen: SocketAddr, speech: &Speech) -> Result<Self, Failure> {
        if !listen.ip().is_loopback() {
            return Err(Failure::Said("cli-not-loopback", vec![("address", listen.to_string())]));
        }
        let failed = |error| Failure::listen(listen, &error);
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let sentences = Sentences { foreign: speech.get("street-foreign"), locked: speech.get("street-locked") };
        let door = Guard::new(listener.local_addr().map_err(failed)?, sentences)
            .ok_or(Failure::Core(ratel_core::Error::Internal("no random bytes")))?;
        let address = door.address();
        print_line(&address);
        let (content, stop) = (watch::Sender::new(None), watch::Sender::new(false));
        let router = calls::router(Shared { page: content.subscribe(), stop: stop.subscribe() }, door);
        let stopping = stopped(stop.subscribe());
        // Small lines must not wait for more.
        let listener = listener.tap_io(|socket| drop(socket.set_nodelay(true)));
        let ended = tokio::spawn(async move {
            let _ = axum::serve(listener, router).with_graceful_shutdown(stopping).await;
        });
        Ok(Self { content, stop, address, ended })
    }

    /// Opens the page in a browser; `folder` is a private folder of ours.
    pub(crate) fn show(&self, folder: &Path) {
        browser::open(&self.address, folder);
    }

    /// Puts the phones into the page.
    pub(crate) fn fill(&self, page: Page) {
        self.content.send_replace(Some(Arc::new(page)));
    }

    /// Ready when the page stops.
    pub(crate) fn stopping(&self) -> impl Future<Output = ()> + Send + use<> {
        stopped(self.stop.subscribe())
    }

    /// Ends streams and connections.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        let _ = tokio::time::timeout(GRACE, self.ended).await;
    }
}
