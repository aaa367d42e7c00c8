//! Acts of administration: who takes part, who may do what, what was agreed.
//!
//! Every act of this phone goes through [`State::administer`], in one transaction:
//! 1. what the log would refuse is refused here, with a sentence that says what to do;
//! 2. what counts now and would not count afterwards is named in Lists, and a Keep of them is signed first, so that a
//!    removal takes away nothing that was said before it;
//! 3. the acts are signed, after the Keep;
//! 4. who reads no more gets no new key, and the relay learns of tokens that come and go;
//! 5. what is shown of those concerned is drawn anew.

mod acts;
mod changes;
mod confirm;
mod follow;
mod history;
mod keep;
mod leaving;
mod papers;
mod people;
mod relay;
mod sign;
mod silence;
mod waiting;

pub(super) use follow::mark;
use ratel_protocol::Ref;
pub(super) use relay::AtFormer;

use super::{App, charter::check_grant, state::State};
use crate::{
    envelope::operation::Members,
    error::Error,
    group::{Inserted, MembersOperation, Membership, Refusal},
    intent::BadgeDay,
    view::{Change, Member, Police, Proposal, Role},
};

impl App {
    /// Everybody who takes part, by name: one entry a person.
    pub fn members(&self) -> Result<Vec<Member>, Error> {
        self.state().members()
    }

    /// Whether the police read along, computed from the log and the agreements.
    pub fn police(&self) -> Result<Police, Error> {
        self.state().police()
    }

    /// What was done in administration, newest first.
    pub fn changes(&self) -> Result<Vec<Change>, Error> {
        self.state().changes()
    }

    /// Takes a person out; why, is for coordinators only. Over a coordinator or trustee it takes two: then this signs, and
    /// gives the code for the second one's [`App::cosign`].
    ///
    /// # Errors
    /// [`Error::NoSuchMember`] and [`Error::AmbiguousMember`] where the words fit nobody or several;
    /// [`Error::NotCoordinator`].
    pub fn remove(&self, person: &str, why: &str) -> Result<Option<String>, Error> {
        self.act(|state| state.remove_person(person, why))
    }

    /// Gives a person a role, on all devices; gives a code where it takes two, as [`App::remove`] does.
    pub fn give_role(&self, person: &str, role: Role) -> Result<Option<String>, Error> {
        self.give_role_until(person, role, BadgeDay::Same)
    }

    /// As [`App::give_role`]; a badge shows the role until a day, the rights stay.
    ///
    /// # Errors
    /// [`Error::DayPast`].
    pub fn give_role_until(&self, person: &str, role: Role, until: BadgeDay) -> Result<Option<String>, Error> {
        self.act(|state| state.give_role(person, role, until))
    }

    /// Signs what somebody else signed first. If that is enough it is done, else the code for the next signer comes back.
    ///
    /// # Errors
    /// [`Error::NotHereYet`] while this phone misses what the first signer had seen; [`Error::SignedAlready`],
    /// [`Error::SignerGone`], [`Error::DoneAlready`], [`Error::NoSuchMember`], [`Error::CodeElsewhere`].
    pub fn cosign(&self, code: &str) -> Result<Option<String>, Error> {
        self.act(|state| state.cosign(code))
    }

    /// Signs first that an official who stopped is out, by [`Proposal::left`]; gives the code for the second signer.
    pub fn sign_left(&self, person: &str) -> Result<String, Error> {
        self.act(|state| state.sign_left(person))
    }

    /// Signs first that these people become coordinators; gives the code for the next signer. It takes three persons, and
    /// a third of the neighbourhood (half where two trustees stand).
    pub fn recover(&self, persons: &[String]) -> Result<String, Error> {
        self.act(|state| state.recover(persons))
    }

    /// Acts that wait for signatures.
    pub fn proposals(&self) -> Result<Vec<Proposal>, Error> {
        self.state().proposals()
    }

    /// Moves the neighbourhood to another relay; other phones follow when they have seen it. A coordinator's phone only.
    pub fn move_relay(&self, address: &str) -> Result<(), Error> {
        self.act(|state| state.move_relay(address))
    }

    /// Leaves the neighbourhood.
    pub fn leave(&self) -> Result<(), Error> {
        self.act(State::leave)
    }

    /// Chooses who may replace this phone, or nobody.
    pub fn choose_helper(&self, person: Option<&str>) -> Result<(), Error> {
        self.act(|state| state.choose_helper(person))
    }

    /// Takes several people out in one tap.
    pub fn lapse(&self, persons: &[String]) -> Result<(), Error> {
        self.act(|state| state.lapse(persons))
    }
}

impl State {
    /// Signs acts of administration on all that this phone knows, and lets them count at once; gives their refs. None of
    /// them is done when one is refused.
    pub(super) fn administer(&mut self, acts: Vec<Members>) -> Result<Vec<Ref>, Error> {
        let before = self.group()?.membership().clone();
        let after = self.foresee(&acts)?;
        self.keep_what_would_go(&before, &after)?;
        let acts = acts.into_iter().map(|act| self.write_members(act)).collect::<Result<Vec<_>, _>>()?;
        self.look_again()?;
        self.follow(&before)?;
        Ok(acts)
    }

    /// Who would belong after these acts. Each is asked for its right where the ones before it are done.
    fn foresee(&self, acts: &[Members]) -> Result<Membership, Error> {
        let author = self.keys()?.device();
        let mut log = self.group()?.log.clone();
        for (number, body) in acts.iter().enumerate() {
            log.can(author, body).map_err(Error::from)?;
            check_grant(log.membership(), body)?;
            let operation = MembersOperation { id: stand_in(number), author, parents: log.heads(), body: body.clone() };
            let id = operation.id;
            if log.insert(operation) != Inserted::Entered || !log.membership().counting.contains(&id) {
                return Err(Error::NotAllowed);
            }
        }
        Ok(log.membership().clone())
    }
}

/// An id of an act that is only thought of.
fn stand_in(number: usize) -> Ref {
    let mut id = [0xFF; 16];
    for (slot, byte) in id.iter_mut().zip(number.to_be_bytes()) {
        *slot = byte;
    }
    Ref(id)
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotMember => Self::NotAMember,
            Refusal::NotCoordinator => Self::NotCoordinator,
            Refusal::TwoSignatures => Self::TwoSignatures,
            Refusal::TooFewSigned => Self::TooFewSigned,
            Refusal::NoTarget => Self::NoSuchMember,
            Refusal::NotNew => Self::DeviceKnown,
            Refusal::InvitationUsed => Self::CodeUsed,
            Refusal::TooMany => Self::TooManyActs,
            Refusal::Taken => Self::ChangedMeanwhile,
            Refusal::Outdated => Self::Outdated,
            Refusal::Malformed | Refusal::SecondBeginning | Refusal::Unknown => {
                Self::Internal("an act has no place in the log")
            }
        }
    }
}
