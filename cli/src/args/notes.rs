//! `ratel note` and `ratel notes`.

use clap::{Args, ValueEnum, builder::NonEmptyStringValueParser};
use ratel_core::envelope::operation::keys;

use super::Json;

/// `ratel note`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ratel note 'The lamp at number 9 is broken.' --in team")]
pub(crate) struct Note {
    /// What it says
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub(crate) text: String,
    #[command(flatten)]
    pub(crate) room: Room,
}

/// `ratel notes`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ratel notes --in team --json")]
pub(crate) struct Notes {
    #[command(flatten)]
    pub(crate) room: Room,
    #[command(flatten)]
    pub(crate) format: Json,
}

/// Where a note is.
#[derive(Debug, Args)]
pub(crate) struct Room {
    /// Whose notes: of those who walk patrols, or of the coordinators
    #[arg(long = "in", value_enum)]
    pub(crate) channel: Channel,
}

/// Channels that have notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Channel {
    /// Patrol volunteers and coordinators.
    Team,
    /// Coordinators.
    Coordination,
}

impl Room {
    /// As the core names it.
    pub(crate) fn channel(&self) -> keys::Channel {
        match self.channel {
            Channel::Team => keys::Channel::Team,
            Channel::Coordination => keys::Channel::Coordination,
        }
    }
}
