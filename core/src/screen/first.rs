//! The steps of the first run, one question each.

use serde::{Deserialize, Serialize};

/// A step of the first run (screen 7), in order. Nothing of it is mandatory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum FirstStep {
    /// Which language.
    #[default]
    Language,
    /// How large the letters.
    Letters,
    /// Whether screens are read aloud by themselves.
    ReadAloud,
    /// The first name.
    Name,
    /// The codes by which two phones meet.
    Code,
    /// For who has no neighbour to meet: begin a neighbourhood, or go on without.
    NoCode,
    /// The street's name, for who begins.
    Street,
    /// Which alerts the neighbourhood agrees on, for who begins.
    Agreements,
    /// Agreement one: 112 first.
    Danger,
    /// Agreement two: tell what somebody does.
    Behaviour,
    /// Agreement three: never follow anybody.
    Follow,
    /// Agreement four: no photo of a person.
    Photo,
    /// Why the phone asks to show notices.
    Notifications,
    /// Why it asks for the camera.
    Camera,
    /// Why it asks for the position.
    Position,
    /// A practice alert.
    Practise,
    /// The end: the first screen from now on.
    Done,
}

impl FirstStep {
    /// The four agreements, one by one.
    pub const AGREEMENTS: [Self; 4] = [Self::Danger, Self::Behaviour, Self::Follow, Self::Photo];

    /// The permission that a step explains.
    pub const fn permission(self) -> Option<Permission> {
        match self {
            Self::Notifications => Some(Permission::Notifications),
            Self::Camera => Some(Permission::Camera),
            Self::Position => Some(Permission::Position),
            _ => None,
        }
    }
}

/// What a platform asks the person to allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permission {
    /// To say that there is an alert.
    Notifications,
    /// To scan codes.
    Camera,
    /// To say where it is.
    Position,
}
