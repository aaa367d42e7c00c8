//! The street: a real relay and three phones, each a whole core with its own folder and keys, in one local page; a
//! fourth is new, for whoever wants to join.
//!
//! `folder` is where it lives and who holds it, `post_box` the relay with its plug, `forwarder` the internet of one
//! phone, `house` a phone with its internet, `neighbours` who they are, `settle` how they find each other.

mod folder;
mod forwarder;
mod house;
mod neighbours;
mod post_box;
mod settle;

use std::{path::Path, sync::Arc, time::Duration};

use tokio::task::JoinSet;

use crate::{
    args,
    failure::Failure,
    page::{Page, Served},
    signal,
    speech::Speech,
};
use folder::{Folder, Ports};
pub(crate) use forwarder::Forwarder;
use house::House;
pub(crate) use post_box::PostBox;

/// How long stopping may take before the process just ends; everything acknowledged is on the disk already.
const STOP: Duration = Duration::from_secs(4);

/// Runs the street until a signal.
pub(crate) async fn run(path: &Path, options: &args::Street, speech: Speech) -> Result<(), Failure> {
    let stop = signal::stop();
    tokio::pin!(stop);
    let folder = Folder::take(path, options.fresh)?;
    let speech = Arc::new(speech);
    let served = Served::open(options.serve.listen, &speech).await?;
    speech.say_with("street-starts", &[("folder", (&folder.path().display().to_string()).into())]);
    if !options.serve.no_open {
        served.show(folder.path());
    }
    let begun = tokio::select! {
        begun = begin(&folder, &options.serve, &speech) => Some(begun),
        () = &mut stop => None,
    };
    let Some(begun) = begun else {
        served.stop().await;
        return Ok(());
    };
    let (post_box, houses) = begun?;
    let mut phones = JoinSet::new();
    for house in &houses {
        let (app, stopping) = (house.app.clone(), served.stopping());
        phones.spawn(async move { app.run(stopping).await });
    }
    let [fatma, ahmed, ria, newcomer] = &houses;
    let (way, stopping) = (newcomer.way(), served.stopping());
    phones.spawn(async move {
        tokio::select! { () = way => {}, () = stopping => {} }
    });
    served.fill(Page {
        phones: [ria, ahmed, fatma, newcomer].map(|house| Arc::new(house.phone(&speech))).into(),
        relay: Some(Arc::clone(&post_box)),
        speech: Arc::clone(&speech),
    });
    speech.say("street-ready");
    stop.await;
    speech.say("street-stops");
    let stopping = async {
        served.stop().await;
        while phones.join_next().await.is_some() {}
        post_box.stop().await;
    };
    let _ = tokio::time::timeout(STOP, stopping).await;
    Ok(())
}

/// Starts the relay and the phones, and brings them together.
async fn begin(
    folder: &Folder,
    options: &args::Serve,
    speech: &Arc<Speech>,
) -> Result<(Arc<PostBox>, [House; 4]), Failure> {
    let ports = folder.ports();
    speech.say("street-starts-relay");
    let relay = folder.part("relay");
    let post_box = match PostBox::open(&relay, ports.relay, Arc::clone(speech)).await {
        Err(Failure::Said("cli-port-in-use", _)) => PostBox::open(&relay, 0, Arc::clone(speech)).await?,
        opened => opened?,
    };
    speech.say("street-starts-phones");
    let open = |neighbour, port| House::open(neighbour, folder, (port, post_box.port()), (options, speech.as_ref()));
    let fatma = open(neighbours::FATMA, ports.fatma).await?;
    let ahmed = open(neighbours::AHMED, ports.ahmed).await?;
    let ria = open(neighbours::RIA, ports.ria).await?;
    let newcomer = open(neighbours::NEWCOMER, ports.newcomer).await?;
    folder.keep_ports(Ports {
        relay: post_box.port(),
        fatma: fatma.internet.port(),
        ahmed: ahmed.internet.port(),
        ria: ria.internet.port(),
        newcomer: newcomer.internet.port(),
    })?;
    settle::settle(&fatma, &ahmed, &ria, speech).await?;
    Ok((post_box, [fatma, ahmed, ria, newcomer]))
}
