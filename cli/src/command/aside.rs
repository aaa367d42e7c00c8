//! Envelopes from a file, and what was set aside.

use std::{fs::File, io::Read};

use ratel_core::{
    Taken,
    view::{QuarantineReason, Quarantined},
};

use super::{
    Place,
    list::{line, short, when},
    print_json,
};
use crate::{
    args::{Id, Receive},
    failure::Failure,
    speech::{Speech, print_line},
};

/// Longest file that is read (bytes): an envelope is at most 64 KiB, with a mailbox's id before it.
const MAX_BYTES: u64 = (1 << 16) + 16;

/// `ratel receive`: the same path as from the relay. Rubbish is refused and changes nothing.
pub(super) fn receive(place: &Place, receive: &Receive) -> Result<(), Failure> {
    let app = place.open()?;
    let mut bytes = Vec::new();
    let read = File::open(&receive.file).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    if read.is_err() {
        return Err(Failure::Said("cli-cannot-read", vec![("file", receive.file.display().to_string())]));
    }
    place.speech.say(match app.take_file(&bytes)? {
        Taken::Opened => "cli-received",
        Taken::Waiting => "cli-received-waiting",
        Taken::Known => "cli-received-known",
    });
    Ok(())
}

/// `ratel aside`.
pub(super) fn list(place: &Place, as_json: bool) -> Result<(), Failure> {
    let aside = place.open()?.quarantined()?;
    if as_json {
        return print_json(&aside);
    }
    if aside.is_empty() {
        place.speech.say("cli-aside-none");
    }
    for one in &aside {
        print_line(&one_line(&place.speech, one));
    }
    Ok(())
}

/// `ratel keep`.
pub(super) fn keep(place: &Place, id: &Id) -> Result<(), Failure> {
    place.open()?.keep(&id.id)?;
    place.speech.say("cli-saved");
    Ok(())
}

fn one_line(speech: &Speech, one: &Quarantined) -> String {
    let what = match &one.alert {
        Some(alert) => line(speech, alert),
        None => [short(&one.id), when(one.time_s), speech.get("cli-aside-follows")].join("  "),
    };
    let why = speech.get(match one.why {
        QuarantineReason::NotMember => "cli-aside-not-member",
        QuarantineReason::Role => "cli-aside-role",
        QuarantineReason::Charter => "cli-aside-charter",
    });
    [what, one.author.name.clone(), why].join("  ")
}
