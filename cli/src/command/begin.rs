//! Beginning a neighbourhood.

use super::Place;
use crate::{
    args,
    failure::Failure,
    phone::{open_or_make, try_exchange},
};
use ratel_core::Founding;

/// `ratel new`.
pub(super) async fn new(place: &Place, new: args::New) -> Result<(), Failure> {
    let app = open_or_make(&place.folder, &place.speech)?;
    let street = new.street.clone();
    app.found(&Founding { name: new.name, number: new.number, street: new.street, relay: new.relay })?;
    let registered = try_exchange(&app).await;
    place.speech.say_with("cli-new-done", &[("street", (&street).into())]);
    place.speech.say(if registered { "cli-new-registered" } else { "cli-relay-later" });
    place.speech.say("cli-new-next");
    Ok(())
}
