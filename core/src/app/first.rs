//! The first run: how far it came, kept so that a killed app goes on at its step.
//!
//! It stands in place of the first screen until it is done. A phone that was set up by command line never had one: as
//! soon as it has keys, a first run that nobody began is over.

use serde::{Deserialize, Serialize};

use super::{begin::Founding, state::State};
use crate::{
    error::Error,
    identity::{check_name, check_street},
    intent::{CharterChange, CharterTemplate, Intent},
    screen::{FirstStep, Route, words},
};

/// How far the first run came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct FirstRun {
    /// The step that stands there; none before anything was pressed.
    step: Option<FirstStep>,
    /// First name, empty while there is none.
    name: String,
    /// The street's name, for who begins.
    street: String,
}

impl State {
    /// Where the person is; the first run stands in place of home.
    pub(super) fn shown_route(&self) -> Route {
        match self.route.last() {
            None | Some(Route::Home) => self.first_step().map_or(Route::Home, |step| Route::FirstRun {
                step,
                name: self.first_name(),
                street: self.first_street(),
                may_begin: self.config.relay.is_some(),
            }),
            Some(route) => route.clone(),
        }
    }

    /// The first name, or the word for somebody without one.
    pub(super) fn first_name(&self) -> String {
        self.first_word(&self.first.name, "person-nameless")
    }

    /// The first name, if one was said in the first run.
    pub(super) fn said_first_name(&self) -> Option<String> {
        (!self.first.name.is_empty()).then(|| self.first.name.clone())
    }

    fn first_street(&self) -> String {
        self.first_word(&self.first.street, "first-street-nameless")
    }

    fn first_word(&self, given: &str, key: &str) -> String {
        if given.is_empty() { words(&self.settings.lang).get(key) } else { given.to_owned() }
    }

    /// The step that stands there now; none once the first run is over.
    fn first_step(&self) -> Option<FirstStep> {
        match self.first.step {
            Some(FirstStep::Done) => None,
            Some(step) => Some(self.past_the_code(step)),
            None => self.keys.is_none().then_some(FirstStep::Language),
        }
    }

    /// Who is in, or has asked to be let in, needs no code any more.
    fn past_the_code(&self, step: FirstStep) -> FirstStep {
        let waits_for_a_code = matches!(step, FirstStep::Code | FirstStep::NoCode | FirstStep::Street);
        if waits_for_a_code && self.has_asked() { FirstStep::Danger } else { step }
    }

    fn has_asked(&self) -> bool {
        self.group.is_some() || self.invitation().ok().flatten().is_some()
    }

    /// Acts of the first run; what is none of them is a setting.
    pub(super) fn first_run_intent(&mut self, intent: Intent) -> Result<(), Error> {
        match intent {
            Intent::FirstStep { from, to } => self.leave_first_step(from, to),
            Intent::FirstName { note } => self.set_first_name(&note),
            Intent::FirstStreet { note } => self.set_first_street(&note),
            Intent::FirstAgreements { template } => self.set_first_agreements(template),
            other => self.set(other),
        }
    }

    /// Leaves a step, if it is the one that stands there.
    fn leave_first_step(&mut self, from: FirstStep, to: Option<FirstStep>) -> Result<(), Error> {
        if self.first_step() != Some(from) {
            return Ok(());
        }
        if from == FirstStep::Street && to.is_none() {
            self.found_in_first_run()?;
        }
        self.first.step = Some(to.unwrap_or_else(|| self.next_first_step(from)));
        Ok(())
    }

    /// The next in order, without questions that the platform does not ask.
    fn next_first_step(&self, from: FirstStep) -> FirstStep {
        let next = match from {
            FirstStep::Language => FirstStep::Letters,
            FirstStep::Letters => FirstStep::ReadAloud,
            FirstStep::ReadAloud => FirstStep::Name,
            FirstStep::Name => FirstStep::Code,
            FirstStep::Street => FirstStep::Agreements,
            FirstStep::Code | FirstStep::NoCode | FirstStep::Agreements => FirstStep::Danger,
            FirstStep::Danger => FirstStep::Behaviour,
            FirstStep::Behaviour => FirstStep::Follow,
            FirstStep::Follow => FirstStep::Photo,
            FirstStep::Photo => FirstStep::Notifications,
            FirstStep::Notifications => FirstStep::Camera,
            FirstStep::Camera => FirstStep::Position,
            FirstStep::Position => FirstStep::Practise,
            FirstStep::Practise | FirstStep::Done => FirstStep::Done,
        };
        let next = self.past_the_code(next);
        match next.permission() {
            Some(permission) if !self.config.permissions.contains(&permission) => self.next_first_step(next),
            _ => next,
        }
    }

    /// "Terug": the step before. What was joined or begun is not undone by it.
    pub(super) fn back_in_first_run(&mut self) {
        let Some(step) = self.first_step() else { return };
        let asked = |step: FirstStep| step.permission().is_none_or(|it| self.config.permissions.contains(&it));
        let before = match step {
            FirstStep::Language | FirstStep::Letters | FirstStep::Done => FirstStep::Language,
            FirstStep::ReadAloud => FirstStep::Letters,
            FirstStep::Name => FirstStep::ReadAloud,
            FirstStep::Danger if self.has_asked() => FirstStep::Name,
            FirstStep::Code | FirstStep::Agreements => FirstStep::Name,
            FirstStep::NoCode | FirstStep::Danger => FirstStep::Code,
            FirstStep::Street => FirstStep::NoCode,
            FirstStep::Behaviour => FirstStep::Danger,
            FirstStep::Follow => FirstStep::Behaviour,
            FirstStep::Photo => FirstStep::Follow,
            FirstStep::Notifications | FirstStep::Camera | FirstStep::Position | FirstStep::Practise => {
                let asked_before = [FirstStep::Position, FirstStep::Camera, FirstStep::Notifications];
                asked_before.into_iter().find(|it| *it < step && asked(*it)).unwrap_or(FirstStep::Photo)
            }
        };
        self.first.step = Some(before);
    }

    /// Who begins the practice alert is through.
    pub(super) fn end_first_run(&mut self) {
        if self.first_step() == Some(FirstStep::Practise) {
            self.first.step = Some(FirstStep::Done);
        }
    }

    /// Keeps the first name; an empty one is none.
    fn set_first_name(&mut self, name: &str) -> Result<(), Error> {
        self.first.name = if name.trim().is_empty() { String::new() } else { check_name(name)? };
        Ok(())
    }

    /// Keeps the street's name; an empty one is none.
    fn set_first_street(&mut self, street: &str) -> Result<(), Error> {
        self.first.street = if street.trim().is_empty() { String::new() } else { check_street(street)? };
        Ok(())
    }

    /// Reads aloud by itself or not; in the first run that is an answer, and the next question comes.
    pub(super) fn set_read_aloud(&mut self, on: bool) {
        self.settings.read_aloud = on;
        if self.first_step() == Some(FirstStep::ReadAloud) {
            self.first.step = Some(FirstStep::Name);
        }
    }

    /// Begins with ready-made agreements, and goes on.
    fn set_first_agreements(&mut self, template: CharterTemplate) -> Result<(), Error> {
        if self.first_step() != Some(FirstStep::Agreements) {
            return Ok(());
        }
        self.set_charter(&CharterChange { template: Some(template), ..CharterChange::default() })?;
        self.first.step = Some(FirstStep::Danger);
        Ok(())
    }

    fn found_in_first_run(&mut self) -> Result<(), Error> {
        let relay = self.config.relay.clone().ok_or(Error::RelayAddress)?;
        self.found(&Founding { name: self.first_name(), number: None, street: self.first_street(), relay })
    }
}
