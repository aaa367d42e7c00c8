//! Grammar of letting people in and coming in.

use clap::{Args, ValueEnum};

use super::Json;

/// `ratel invite`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ratel invite
  ratel invite --revoke RATEL-04MTR-...")]
pub(crate) struct Invite {
    /// Take this invitation back, whichever coordinator gave it out
    #[arg(long, value_name = "CODE")]
    pub(crate) revoke: Option<String>,
    #[command(flatten)]
    pub(crate) format: Json,
}

/// `ratel join`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ratel join RATEL-04MTR-... --as Ahmed --number 16       ask to be let in with an invitation
  ratel join RATEL-OPEN-04GQ0-...                         take the answer to your card")]
pub(crate) struct Join {
    /// The invitation, or the answer to your card, that a coordinator gave you
    pub(crate) code: String,
    /// Your first name; needed with an invitation
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Your house number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) number: Option<String>,
}

/// `ratel card`.
#[derive(Debug, Args)]
#[command(after_help = "Example, with both phones offline:
  ratel card --as Ria --number 14         on the phone of who comes in; prints RATEL-CARD-...
  ratel admit RATEL-CARD-...              on a coordinator's phone; prints RATEL-OPEN-...
  ratel join RATEL-OPEN-...               on the first phone again: it takes part")]
pub(crate) struct Card {
    /// Your first name
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) name: String,
    /// Your house number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) number: Option<String>,
    #[command(flatten)]
    pub(crate) format: Json,
}

/// `ratel admit`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  ratel admit RATEL-CARD-04MTR-...
  ratel admit RATEL-CARD-04MTR-... --role patrol
  ratel admit RATEL-CARD-04MTR-... --again        the answer once more")]
pub(crate) struct Admit {
    /// The card of the phone that comes in
    pub(crate) code: String,
    /// The newcomer's role [default: resident; trustee for the first neighbour]
    #[arg(long, value_enum, value_name = "ROLE", conflicts_with = "again")]
    pub(crate) role: Option<AdmitRole>,
    /// That phone was let in before: print the answer once more
    #[arg(long)]
    pub(crate) again: bool,
    #[command(flatten)]
    pub(crate) format: Json,
}

/// Roles with which somebody can come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AdmitRole {
    /// A neighbour.
    Resident,
    /// Walks patrols.
    Patrol,
    /// Co-signs; only with the first neighbour.
    Trustee,
    /// Lets people in; only with the first neighbour.
    Coordinator,
}

/// `ratel replace`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ratel replace Ria RATEL-CARD-04MTR-...          prints the answer for the new phone, or the code for a second signer")]
pub(crate) struct Replace {
    /// Whose phone is lost
    #[arg(value_name = "OLD")]
    pub(crate) person: String,
    /// The card of the new phone
    #[arg(value_name = "NEW-CODE")]
    pub(crate) code: String,
    #[command(flatten)]
    pub(crate) format: Json,
}

/// `ratel link`.
#[derive(Debug, Args)]
#[command(after_help = "Example:
  ratel link RATEL-CARD-04MTR-...                 prints the answer for your second phone")]
pub(crate) struct Link {
    /// The card of your second phone
    pub(crate) code: String,
    #[command(flatten)]
    pub(crate) format: Json,
}
