//! Talking to the relay.

use std::collections::BTreeMap;

use ratel_core::{App, view::Alert};

use super::{Place, list};
use crate::{failure::Failure, phone::exchange, signal, speech::print_line};

/// `ratel sync`.
pub(super) async fn sync(place: &Place, watch: bool) -> Result<(), Failure> {
    let app = place.open()?;
    if watch {
        return follow(place, &app).await;
    }
    let moved = exchange(&app).await?;
    place.speech.say_with("cli-sync-done", &[("pushed", moved.pushed.into()), ("pulled", moved.pulled.into())]);
    Ok(())
}

/// Stays connected and prints every alert that is new or changed, until a signal.
async fn follow(place: &Place, app: &App) -> Result<(), Failure> {
    let mut screens = app.screens();
    let mut known: BTreeMap<String, Alert> = app.alerts()?.into_iter().map(|alert| (alert.id.clone(), alert)).collect();
    place.speech.say("cli-sync-watching");
    let link = app.run(signal::stop());
    tokio::pin!(link);
    loop {
        tokio::select! {
            () = &mut link => return Ok(()),
            Ok(()) = screens.changed() => {
                screens.mark_unchanged();
                for alert in app.alerts()? {
                    if known.get(&alert.id) != Some(&alert) {
                        print_line(&list::line(&place.speech, &alert));
                        known.insert(alert.id.clone(), alert);
                    }
                }
            }
        }
    }
}
