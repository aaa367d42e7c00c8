//! Coming in: face to face by two scans, both phones offline (`card`, `scan`), or from afar by an invitation (`link`). By
//! either way the same box lets the phone in (`answer`).
//!
//! Face to face:
//! 1. The newcomer's phone makes its keys and shows its card.
//! 2. A coordinator's phone scans it, admits the phone in one transaction, and shows the answer: one box for that phone.
//! 3. The newcomer's phone scans the answer and takes part at once; the log and the names follow by any link.
//!
//! The same two scans put a new phone in the place of a lost one, and join a second phone of a person. From afar the
//! newcomer asks under the invitation's key, and the phone of any coordinator who knows of the invitation answers.

mod answer;
mod card;
mod link;
mod scan;

use super::App;
use crate::{error::Error, view::Role};

pub(super) use answer::LET_IN;

impl App {
    /// Makes the keys of this phone, if it has none, and gives its card for a coordinator to scan; asked again, the same
    /// card.
    ///
    /// # Errors
    /// [`Error::AlreadyIn`], and those of a name that cannot be.
    pub fn card(&self, name: &str, number: Option<&str>) -> Result<String, Error> {
        self.act(|state| state.card(name, number))
    }

    /// Lets in the phone of a card and gives the answer for it to scan. `role` is the newcomer's; without one, a
    /// resident, or the trustee of a neighbourhood that begins with the two.
    ///
    /// # Errors
    /// [`Error::CodeUsed`] for the card of somebody who was let in before, [`Error::CodeOwn`],
    /// [`Error::NotCoordinator`], [`Error::RoleLater`] for a role that takes two to give, and those of
    /// [`crate::group::Code::read`]. Nothing is changed then.
    pub fn admit(&self, card: &str, role: Option<Role>) -> Result<String, Error> {
        self.act(|state| state.admit_card(card, role))
    }

    /// The answer to the card of a phone that was let in, once more: for a newcomer who could not scan it the first time.
    ///
    /// # Errors
    /// [`Error::NotInYet`] while that phone is not in, [`Error::CodeUsed`] for another's card under its name.
    pub fn answer(&self, card: &str) -> Result<String, Error> {
        self.act(|state| state.answer_again(card))
    }

    /// Takes the answer to this phone's card: from now on the phone takes part.
    ///
    /// # Errors
    /// [`Error::CodeOtherPhone`] for an answer to another card, [`Error::AlreadyIn`] for one that was used.
    pub fn accept(&self, answer: &str) -> Result<(), Error> {
        self.act(|state| state.accept_answer(answer))
    }

    /// Puts the phone of a card in the place of a person's lost one, as a coordinator or as the helper whom that phone
    /// named; gives the answer. The person stays who it was. Over a coordinator or trustee it takes two: then it gives the
    /// code for the second one's [`App::cosign`], and once both have signed, [`App::answer`] gives the answer.
    ///
    /// # Errors
    /// [`Error::NotCoordinator`] for everybody else, and those of [`App::admit`].
    pub fn replace(&self, person: &str, card: &str) -> Result<String, Error> {
        self.act(|state| state.replace_by_card(person, card))
    }

    /// Takes an invitation back, whichever coordinator gave it out.
    ///
    /// # Errors
    /// [`Error::CodeUsed`] once somebody came in by it, [`Error::CodeElsewhere`], [`Error::NotCoordinator`].
    pub fn revoke(&self, invitation: &str) -> Result<(), Error> {
        self.act(|state| state.revoke(invitation))
    }

    /// Lets in a second phone of this phone's person by its card, as resident; gives the answer.
    pub fn link(&self, card: &str) -> Result<String, Error> {
        self.act(|state| state.link_card(card))
    }
}
