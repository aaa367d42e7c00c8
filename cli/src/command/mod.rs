//! Commands that act on one phone and end.
//!
//! A command changes the store and nothing else: `sync` talks to the relay. Those that others wait for (`new`,
//! `invite`, `join`, `admit`, `alert` ...) also try, for a moment, and say whether it went; they never fail because of it.

mod act;
mod aside;
mod begin;
mod charter;
mod join;
mod list;
mod look;
mod notes;
mod people;
mod sync;

use std::path::PathBuf;

use ratel_core::App;
use serde::Serialize;

use crate::{
    args::Command,
    failure::Failure,
    phone,
    speech::{Speech, print_line},
};

/// Where a command works and how it speaks.
pub(crate) struct Place {
    /// The phone's folder.
    pub(crate) folder: PathBuf,
    /// The words.
    pub(crate) speech: Speech,
}

impl Place {
    fn open(&self) -> Result<App, Failure> {
        phone::open_existing(&self.folder, &self.speech)
    }
}

/// Runs one command. `street` and `serve` are not among them: they stay.
pub(crate) async fn run(place: &Place, command: Command) -> Result<(), Failure> {
    match command {
        Command::New(new) => begin::new(place, new).await,
        Command::Invite(invite) => join::invite(place, &invite).await,
        Command::Join(join) => join::join(place, &join).await,
        Command::Card(card) => join::card(place, &card),
        Command::Admit(admit) => join::admit(place, &admit).await,
        Command::Replace(replace) => join::replace(place, &replace).await,
        Command::Link(link) => join::link(place, &link).await,
        Command::Alert(alert) => act::alert(place, alert).await,
        Command::Answer(answer) => act::answer(place, &answer),
        Command::Edit(edit) => act::edit(place, edit),
        Command::Withdraw(alert) => act::withdraw(place, &alert),
        Command::Erase(alert) => act::erase(place, &alert),
        Command::Alerts(format) => list::alerts(place, format.json),
        Command::Show(show) => list::show(place, &show),
        Command::Note(note) => notes::note(place, &note),
        Command::Notes(asked) => notes::notes(place, &asked),
        Command::Members(look) => people::members(place, look.format.json),
        Command::Remove(act) => people::remove(place, &act),
        Command::Role(act) => people::role(place, &act),
        Command::Cosign(act) => people::cosign(place, act.code.as_deref()),
        Command::Leave => people::leave(place),
        Command::Helper(helper) => people::helper(place, &helper.act),
        Command::Lapse(act) => people::lapse(place, &act.names),
        Command::Recover(act) => people::recover(place, &act.names),
        Command::Relay(act) => people::relay(place, &act.url),
        Command::Changes(look) => people::changes(place, look.format.json),
        Command::Charter(act) => charter::charter(place, act),
        Command::Sync(sync) => sync::sync(place, sync.watch).await,
        Command::Status(format) => look::status(place, format.json),
        Command::Export(export) => look::export(place, &export),
        Command::Receive(receive) => aside::receive(place, &receive),
        Command::Aside(format) => aside::list(place, format.json),
        Command::Keep(id) => aside::keep(place, &id),
        Command::Doctor => look::doctor(place),
        Command::Rebuild => look::rebuild(place),
        Command::Street(_) | Command::Serve(_) => Ok(()),
    }
}

/// Prints JSON that a person can read too.
fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    match serde_json::to_string_pretty(value) {
        Ok(text) => {
            print_line(&text);
            Ok(())
        }
        Err(_) => Err(Failure::Core(ratel_core::Error::Internal("a value is no JSON"))),
    }
}
