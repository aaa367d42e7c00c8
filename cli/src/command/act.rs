//! What a person does with alerts.

use ratel_core::{
    App, Error, NewAlert,
    intent::{AlertKind, Answer, Intent, PlaceChoice},
    view::{Alert, Delivery},
};

use super::Place;
use crate::{
    args::{self, YesNo},
    failure::Failure,
    phone::try_exchange,
    speech::print_line,
};

/// `ratel alert`. Nobody can press Stop here, so it is sealed at once. The id stands alone on the first line.
pub(super) async fn alert(place: &Place, alert: args::Alert) -> Result<(), Failure> {
    let app = place.open()?;
    let kind = AlertKind::from_code(&alert.kind).ok_or(Error::Setting)?;
    let id = app.post_alert(&NewAlert {
        kind,
        place: place_choice(alert.at),
        note: alert.note,
        called_112: alert.called_112.map(|answer| answer == YesNo::Yes),
        practice: alert.practice,
    })?;
    print_line(&id);
    if matches!(app.alert(&id)?.delivery, Delivery::Draft { .. }) {
        place.speech.say("cli-alert-draft");
        return Ok(());
    }
    try_exchange(&app).await;
    let sent = matches!(app.alert(&id)?.delivery, Delivery::Sent);
    place.speech.say(if sent { "cli-alert-sent" } else { "cli-alert-saved" });
    if kind.emergency_first() && alert.called_112 != Some(YesNo::Yes) {
        place.speech.say("cli-alert-112");
    }
    Ok(())
}

fn place_choice(at: String) -> PlaceChoice {
    match at.as_str() {
        "here" => PlaceChoice::Here,
        "home" => PlaceChoice::Home,
        _ => PlaceChoice::Words { words: at },
    }
}

/// `ratel answer`.
pub(super) fn answer(place: &Place, given: &args::Answer) -> Result<(), Failure> {
    let app = place.open()?;
    let answer = Answer::from_code(&given.answer).ok_or(Error::Setting)?;
    act(&app, &given.alert, |alert| Intent::Answer { alert: alert.id, answer })?;
    place.speech.say("cli-saved");
    Ok(())
}

/// `ratel edit`.
pub(super) fn edit(place: &Place, edit: args::Edit) -> Result<(), Failure> {
    let app = place.open()?;
    act(&app, &edit.alert, |alert| Intent::Edit { alert: alert.id, note: edit.note })?;
    place.speech.say("cli-saved");
    Ok(())
}

/// `ratel withdraw`: a draft is stopped, what is sealed is taken back.
pub(super) fn withdraw(place: &Place, id: &args::Id) -> Result<(), Failure> {
    let app = place.open()?;
    act(&app, id, |alert| match alert.delivery {
        Delivery::Draft { .. } => Intent::Stop { alert: alert.id },
        _ => Intent::Withdraw { alert: alert.id },
    })?;
    place.speech.say("cli-saved");
    Ok(())
}

/// `ratel erase`: on this phone one's own is gone when this returns.
pub(super) fn erase(place: &Place, id: &args::Id) -> Result<(), Failure> {
    place.open()?.erase(&id.id)?;
    place.speech.say("cli-erased");
    Ok(())
}

/// Finds the alert by its first digits and hands the act to the core.
fn act(app: &App, id: &args::Id, intent: impl FnOnce(Alert) -> Intent) -> Result<(), Error> {
    let alert = app.alert(&id.id)?;
    app.handle(intent(alert))
}
