//! Beginning a neighbourhood, inviting and joining.

use ratel_core::Founding;
use serde_json::json;

use super::{Place, print_json};
use crate::{
    args,
    failure::Failure,
    phone::{open_or_make, try_exchange},
    speech::print_line,
};

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

/// `ratel invite`. The code stands alone on the first line.
pub(super) async fn invite(place: &Place, as_json: bool) -> Result<(), Failure> {
    let app = place.open()?;
    let invitation = app.invite()?;
    let ready = try_exchange(&app).await;
    if as_json {
        return print_json(&json!({ "invitation": invitation, "relay_knows": ready }));
    }
    print_line(&invitation);
    place.speech.say("cli-invite-use");
    place.speech.say(if ready { "cli-invite-ready" } else { "cli-invite-later" });
    Ok(())
}

/// `ratel join`.
pub(super) async fn join(place: &Place, join: &args::Join) -> Result<(), Failure> {
    let app = open_or_make(&place.folder, &place.speech)?;
    app.join(&join.code, &join.name, join.number.as_deref())?;
    let asked = try_exchange(&app).await;
    place.speech.say("cli-join-waiting");
    place.speech.say(if asked { "cli-join-asked" } else { "cli-relay-later" });
    Ok(())
}
