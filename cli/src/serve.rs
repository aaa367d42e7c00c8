//! One own phone in the browser: how a volunteer's laptop uses Ratel every day.

use std::{path::Path, sync::Arc, time::Duration};

use ratel_core::{Config, Error, link::RelayAddress, screen::Permission};

use crate::{
    args,
    failure::Failure,
    page::{Dialler, Page, Phone, Served},
    phone::{self, SEEN_DELAY_MAX_S},
    signal,
    speech::Speech,
};

/// How long stopping may take before the process just ends; everything acknowledged is on the disk already.
const STOP: Duration = Duration::from_secs(4);

/// Serves the phone in `folder` until a signal. A new phone is made only where a relay is named: a mistyped folder gets a
/// sentence.
pub(crate) async fn run(folder: &Path, options: &args::ServeOne, speech: Speech) -> Result<(), Failure> {
    let (relay, options) = (options.relay.clone(), &options.page);
    if relay.is_none() && !folder.is_dir() {
        return Err(Failure::folder("cli-no-phone", folder));
    }
    if relay.as_deref().is_some_and(|address| RelayAddress::parse(address).is_none()) {
        return Err(Failure::Core(Error::RelayAddress));
    }
    let stop = signal::stop();
    let dialler = Dialler::new();
    let config = Config {
        undo_s: options.undo_s,
        seen_delay_max_s: options.seen_delay_s.unwrap_or(SEEN_DELAY_MAX_S),
        lang: Some(speech.lang.to_owned()),
        permissions: vec![Permission::Notifications],
        relay,
        ..Config::new(folder.to_owned())
    };
    let app = phone::open(config, dialler.port())?;
    let speech = Arc::new(speech);
    let served = Served::open(options.listen, &speech).await?;
    if !options.no_open {
        served.show(folder);
    }
    let me = app.neighbourhood()?.me;
    let phone = Phone {
        id: "me",
        name: me.name,
        plate: me.number.unwrap_or_default(),
        about: String::new(),
        app: app.clone(),
        dialler,
        internet: None,
        waits_inside: false,
        speech: Arc::clone(&speech),
    };
    served.fill(Page { phones: vec![Arc::new(phone)], relay: None, speech: Arc::clone(&speech) });
    speech.say("cli-serve-ready");
    let stopping = served.stopping();
    let running = tokio::spawn(async move { app.run(stopping).await });
    stop.await;
    let stopping = async {
        served.stop().await;
        let _ = running.await;
    };
    let _ = tokio::time::timeout(STOP, stopping).await;
    Ok(())
}
