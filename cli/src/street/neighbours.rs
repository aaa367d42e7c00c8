//! The three people of the street, who are made up, and a fourth phone for whoever looks at the page.

use ratel_core::screen::Mode;

/// The street's name.
pub(super) const STREET: &str = "Zonnebloemstraat";

/// A neighbour.
#[derive(Debug, Clone, Copy)]
pub(super) struct Neighbour {
    /// Name of the folder, and id in the page.
    pub(super) id: &'static str,
    /// First name.
    pub(super) name: &'static str,
    /// House number.
    pub(super) number: &'static str,
    /// How the phone is set when it is new.
    pub(super) mode: Mode,
    /// Key of a word about the person.
    pub(super) about: &'static str,
}

/// An older resident.
pub(super) const RIA: Neighbour =
    Neighbour { id: "ria", name: "Ria", number: "14", mode: Mode::Simplified, about: "street-about-ria" };
/// A resident; the first to join, which makes him a trustee.
pub(super) const AHMED: Neighbour =
    Neighbour { id: "ahmed", name: "Ahmed", number: "16", mode: Mode::Full, about: "street-about-ahmed" };
/// Begins the neighbourhood and coordinates it.
pub(super) const FATMA: Neighbour =
    Neighbour { id: "fatma", name: "Fatma", number: "12", mode: Mode::Full, about: "street-about-fatma" };
/// Nobody yet: a phone out of its box, on which a visitor can begin and join. Its name is a word of the page.
pub(super) const NEWCOMER: Neighbour =
    Neighbour { id: "newcomer", name: "", number: "18", mode: Mode::Simplified, about: "street-about-newcomer" };
