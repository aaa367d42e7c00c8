//! Looking at this phone: status, export, doctor, rebuild.

use ratel_core::{
    ExportFormat,
    view::{Connection, Membership, Neighbourhood},
};
use serde::Serialize;

use super::{Place, print_json};
use crate::{args, failure::Failure, speech::print_bytes};

const SECONDS_OF_A_DAY: u64 = 86_400;

#[derive(Serialize)]
struct Status<'a> {
    #[serde(flatten)]
    neighbourhood: &'a Neighbourhood,
    #[serde(flatten)]
    connection: &'a Connection,
    /// How many envelopes are set aside.
    quarantined: u32,
}

/// `ratel status`.
pub(super) fn status(place: &Place, as_json: bool) -> Result<(), Failure> {
    let app = place.open()?;
    let (neighbourhood, connection, quarantined) = (app.neighbourhood()?, app.connection()?, app.count_quarantined()?);
    if as_json {
        return print_json(&Status { neighbourhood: &neighbourhood, connection: &connection, quarantined });
    }
    let speech = &place.speech;
    let key = match neighbourhood.membership {
        Membership::Outside => "cli-status-outside",
        Membership::Alone => "cli-status-alone",
        Membership::Waiting => "cli-join-waiting",
        Membership::Spent => "error-code-revoked",
        Membership::Member => "cli-status-member",
        Membership::Removed => "cli-status-removed",
    };
    speech.say_with(
        key,
        &[
            ("street", (&neighbourhood.street).into()),
            ("name", (&neighbourhood.me.name).into()),
            ("others", neighbourhood.others.into()),
        ],
    );
    match connection.waiting {
        0 => speech.say("cli-status-all-sent"),
        waiting => speech.say_with("cli-status-waiting", &[("count", waiting.into())]),
    }
    if let Ok(visible @ 1..) = u32::try_from(app.quarantined()?.len()) {
        speech.say_with("cli-status-aside", &[("count", visible.into())]);
    }
    if let Some(ahead_s) = connection.clock_ahead_s {
        let days = u32::try_from(ahead_s.unsigned_abs() / SECONDS_OF_A_DAY).unwrap_or(u32::MAX).max(1);
        let key = if ahead_s > 0 { "status-clock-ahead" } else { "status-clock-behind" };
        speech.say_with(key, &[("count", days.into())]);
    }
    Ok(())
}

/// `ratel export`.
pub(super) fn export(place: &Place, export: &args::Export) -> Result<(), Failure> {
    let app = place.open()?;
    let format = match export.format {
        args::Format::Json => ExportFormat::Json,
        args::Format::Automerge => ExportFormat::Automerge,
        args::Format::Envelope => ExportFormat::Envelope,
    };
    print_bytes(&app.export(&export.alert.id, format)?);
    Ok(())
}

/// `ratel doctor`: prints what it found; a problem makes the command fail.
pub(super) fn doctor(place: &Place) -> Result<(), Failure> {
    let findings = place.open()?.doctor()?;
    print_json(&findings)?;
    if findings.checks.iter().all(|check| check.ok) {
        Ok(())
    } else {
        Err(Failure::folder("cli-doctor-problem", &place.folder))
    }
}

/// `ratel rebuild`.
pub(super) fn rebuild(place: &Place) -> Result<(), Failure> {
    let app = place.open()?;
    app.rebuild()?;
    place.speech.say("cli-rebuilt");
    Ok(())
}
